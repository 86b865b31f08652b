"""``listkeeper refuse``: a proposal that is not taken up, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from listkeeper.cli.editing import Output, carry_out, desk, edit_options
from listkeeper.cli.propose import FOLDER
from listkeeper.editing.refusing import refuse as refused
from listkeeper.edition import load
from listkeeper.errors import UsageError
from listkeeper.exchange.proposals import branch_name
from listkeeper.search.lookup import Lookup
from listkeeper.store.history import open_revision
from listkeeper.store.history.branches import branches

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.cli.editing import Desk
    from listkeeper.model import Concept


@click.command()
@click.argument("code")
@click.option("--reason", required=True, help="Why, for whoever proposes it again.")
@edit_options
def refuse(
    code: str, *, reason: str, today: str | None, dry_run: bool, format_: str, root: Path
) -> None:
    """Refuse the proposal with a CODE such as service/200001, which a branch holds.

    The code is kept back in ids.txt of its list, with the name and the reason, so that it never
    comes to mean anything else. The branch may then be deleted.
    """
    with desk(root, today) as at:
        name, concept = _proposed(at, code)
        refused(at.draft, concept, reason)
        carry_out(at, Output(dry_run=dry_run, format_=format_))
    click.echo(f"next: commit this, then `git branch -D {name}`", err=True)


def _proposed(at: Desk, code: str) -> tuple[str, Concept]:
    """Find the branch of a proposal, and the entry as it has it."""
    ending = f"/{branch_name(code)}"
    known = branches(at.repository) if at.repository else {}
    names = [name for name in known if name.startswith(f"{FOLDER}/") and name.endswith(ending)]
    if at.repository is None or not names:
        others = [name for name in known if name.startswith(f"{FOLDER}/")]
        hint = f"there are {', '.join(others[:5])}" if others else "there is none of any"
        raise UsageError(f"no branch proposes {code}; {hint}")
    proposed = load(open_revision(at.repository, known[names[0]]))
    return names[0], Lookup(proposed).one(code)
