"""``listkeeper link``, ``unlink`` and ``none-known``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from listkeeper.cli.editing import Output, carry_out, desk, edit_options
from listkeeper.editing import linking
from listkeeper.editing.kinds import link_kind

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.cli.editing import Desk
    from listkeeper.editing.kinds import LinkKind
    from listkeeper.model import Concept


@click.command()
@click.argument("code")
@click.argument("kind")
@click.argument("target")
@edit_options
def link(  # noqa: PLR0913 - each is an option of the command
    code: str,
    kind: str,
    target: str,
    *,
    today: str | None,
    dry_run: bool,
    format_: str,
    root: Path,
) -> None:
    """Link CODE to TARGET by a KIND of link, such as meets-need, met-by or broader."""
    with desk(root, today) as at:
        linking.link(at.draft, *_named(at, code, kind, target))
        carry_out(at, Output(dry_run=dry_run, format_=format_))


@click.command()
@click.argument("code")
@click.argument("kind")
@click.argument("target")
@edit_options
def unlink(  # noqa: PLR0913 - each is an option of the command
    code: str,
    kind: str,
    target: str,
    *,
    today: str | None,
    dry_run: bool,
    format_: str,
    root: Path,
) -> None:
    """Take the link of a KIND from CODE to TARGET back."""
    with desk(root, today) as at:
        linking.unlink(at.draft, *_named(at, code, kind, target))
        carry_out(at, Output(dry_run=dry_run, format_=format_))


@click.command("none-known")
@click.argument("code")
@click.argument("kinds", nargs=-1, required=True)
@click.option("--looked-at", required=True, help="What was looked at, in a few words.")
@edit_options
def none_known(  # noqa: PLR0913 - each is an option of the command
    code: str,
    kinds: tuple[str, ...],
    *,
    looked_at: str,
    today: str | None,
    dry_run: bool,
    format_: str,
    root: Path,
) -> None:
    """Record that links of KINDS were looked for and CODE has none that is known."""
    with desk(root, today) as at:
        concept = at.entry(code)
        named = [link_kind(at.edition, kind, concept.list_name) for kind in kinds]
        linking.record_none(at.draft, concept, named, looked_at)
        carry_out(at, Output(dry_run=dry_run, format_=format_))


def _named(at: Desk, code: str, kind: str, target: str) -> tuple[Concept, LinkKind, Concept]:
    """Find what the words name; the kind says in which lists to look for bare codes."""
    known = link_kind(at.edition, kind, at.list_of(code))
    concept = at.entry(code, known.own_list)
    return concept, known, at.entry(target, known.other_list or concept.list_name)
