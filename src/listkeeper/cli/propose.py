"""``listkeeper propose``: a filled form as a branch with one commit, for review."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final

import click

from listkeeper.cli.editing import edit_options, refuse_errors, show_patch, today_of
from listkeeper.editing.draft import Draft
from listkeeper.editing.given_out import given_out
from listkeeper.editing.patches import patch
from listkeeper.edition import load
from listkeeper.errors import ContentError, UsageError
from listkeeper.exchange.issue_forms import LONGEST, read_form
from listkeeper.exchange.proposals import propose as drafted
from listkeeper.store.history import open_repository, open_revision, read_file
from listkeeper.store.history.branches import begin_branch, branches
from listkeeper.store.workspace import find_root
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.exchange.proposals import Proposal
    from listkeeper.store.history import Repository

FOLDER: Final = "proposal"
"""What the names of branches with proposals begin with."""


@click.command()
@click.option(
    "--from-issue",
    "file",
    type=click.File("rb"),
    required=True,
    help="The issue's text, as the forge gives it; - is standard input.",
)
@click.option("--issue", type=click.IntRange(1, 10**9), default=None, help="Its number there.")
@click.option("--onto", metavar="REV", help="Where the branch begins; the main branch unless told.")
@edit_options
def propose(  # noqa: PLR0913 - each is an option of the command
    file: BinaryIO,
    *,
    issue: int | None,
    onto: str | None,
    today: str | None,
    dry_run: bool,
    format_: str,
    root: Path,
) -> None:
    """Make a branch with one commit of a filled issue form.

    A new entry gets its final code at once, with the status "proposed". Nothing that is checked
    out changes: look at the branch, then push it, or refuse it with `listkeeper refuse`.
    """
    filled = read_form(_text(file))
    top = find_root(root)
    with open_repository(top) as repository:
        base = repository.resolve(onto) if onto else _main(repository)
        _refuse_again(repository, issue)
        sources = open_revision(repository, base)
        before = load(sources)
        draft = Draft(before, today_of(today), partial(read_file, repository, base))
        proposal = drafted(draft, filled, partial(given_out, repository), issue or 0)
        refuse_errors(before, proposal.edit.applied(sources), top)
        name = "/".join((FOLDER, *([str(issue)] if issue else []), proposal.name))
        contents = proposal.edit.contents
        commit = ""
        if not dry_run:
            commit = begin_branch(repository, name, base, contents, proposal.message)
    _tell(proposal, name, commit, format_)


def _text(file: BinaryIO) -> str:
    data = file.read(4 * LONGEST + 1)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ContentError("is not UTF-8 text", path=file.name) from error


def _main(repository: Repository) -> str:
    commit = repository.upstream() or repository.head()
    if commit is None:
        raise UsageError("the repository has no commit yet; commit the lists first")
    return commit


def _refuse_again(repository: Repository, issue: int | None) -> None:
    """Refuse an issue that a branch was made of already: its code is given out."""
    begun = [name for name in branches(repository) if name.startswith(f"{FOLDER}/{issue}/")]
    if begun:
        raise UsageError(f"issue {issue} is proposed already, on the branch {visible(begun[0])}")


def _tell(proposal: Proposal, name: str, commit: str, format_: str) -> None:
    edit = proposal.edit
    changes = patch({p: d for p, d in edit.before.items() if d is not None}, edit.contents)
    if format_ == "json":
        told = {"branch": name, "commit": commit or None, "told": list(edit.told)}
        whole = {**told, "diff": changes.decode(errors="replace")}
        click.echo(json.dumps(whole, ensure_ascii=True, indent=2))
        return
    show_patch(changes)
    for words in edit.told:
        click.echo(visible(words), err=True)
    done = f"began the branch {name}; `git push origin {name}`" if commit else f"would begin {name}"
    click.echo(done, err=True)
