"""``listkeeper retire``, ``replace``, ``merge``, ``split``, ``reinstate`` and ``accept``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from listkeeper.cli.editing import Day, LinksChoice, Output, carry_out, desk, edit_options
from listkeeper.editing import retiring
from listkeeper.editing.creating import successor
from listkeeper.editing.pointers import Links
from listkeeper.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from listkeeper.cli.editing import Desk
    from listkeeper.model import Concept

HINT: Final = "--links move or --links drop says what becomes of links to what is retired"

end_option = click.option(
    "--end-date", type=Day(), help="First day it is not to be used; --date unless told."
)
reason_option = click.option("--reason", required=True, help="One sentence for those who used it.")
links_option = click.option(
    "--links",
    type=LinksChoice(*Links),
    help="What becomes of links to it: they move to the one replacement unless told.",
)


def _links(chosen: str | None) -> Links | None:
    return Links(chosen) if chosen else None


def ending_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of commands that end the use of entries."""
    return end_option(links_option(edit_options(command)))


@click.command()
@click.argument("code")
@reason_option
@click.option("--replaced-by", multiple=True, metavar="CODE", help="What to use instead.")
@ending_options
def retire(  # noqa: PLR0913 - each is an option of the command
    code: str,
    *,
    reason: str,
    replaced_by: tuple[str, ...],
    end_date: str | None,
    links: str | None,
    today: str | None,
    dry_run: bool,
    format_: str,
    root: Path,
) -> None:
    """Retire CODE: it is not to be used from a day on, and its page stays for ever."""
    with desk(root, today) as at:
        concept = at.entry(code)
        replacements = at.entries(replaced_by, concept.list_name)
        retiring.retire(
            at.draft,
            concept,
            reason=reason,
            end_date=end_date or "",
            replaced_by=replacements,
            links=_links(links),
        )
        carry_out(at, Output(dry_run=dry_run, format_=format_), HINT)


@click.command()
@click.argument("code")
@click.argument("replacements", nargs=-1, required=True)
@click.option("--reason", default="", help="Why; needed where CODE is in use still.")
@ending_options
def replace(  # noqa: PLR0913 - each is an option of the command
    code: str,
    replacements: tuple[str, ...],
    *,
    reason: str,
    end_date: str | None,
    links: str | None,
    today: str | None,
    dry_run: bool,
    format_: str,
    root: Path,
) -> None:
    """Say that CODE is replaced by REPLACEMENTS; it is retired if it is in use."""
    with desk(root, today) as at:
        concept = at.entry(code)
        retiring.replace(
            at.draft,
            concept,
            at.entries(replacements, concept.list_name),
            reason=reason,
            end_date=end_date or "",
            links=_links(links),
        )
        carry_out(at, Output(dry_run=dry_run, format_=format_), HINT)


@click.command()
@click.argument("codes", nargs=-1, required=True)
@click.option(
    "--into", default="", metavar="CODE", help="The entry that stays, one of them or not."
)
@click.option("--label", default="", help="Label of a new entry that takes their place.")
@reason_option
@ending_options
def merge(  # noqa: PLR0913 - each is an option of the command
    codes: tuple[str, ...],
    *,
    into: str,
    label: str,
    reason: str,
    end_date: str | None,
    links: str | None,
    today: str | None,
    dry_run: bool,
    format_: str,
    root: Path,
) -> None:
    """Make one entry of several CODES: the others are retired in its favour."""
    if bool(into) == bool(label):
        raise UsageError("say --into CODE, or --label of a new entry")
    with desk(root, today) as at:
        concepts = at.entries(codes)
        first = concepts[0]
        target = _made(at, first, [label])[0] if label else at.entry(into, first.list_name)
        retiring.merge(
            at.draft,
            concepts,
            target,
            reason=reason,
            end_date=end_date or "",
            links=_links(links),
        )
        carry_out(at, Output(dry_run=dry_run, format_=format_), HINT)


@click.command()
@click.argument("code")
@click.option("--into", multiple=True, metavar="CODE", help="An entry that takes up a part.")
@click.option("--label", "labels", multiple=True, help="Label of a new entry for a part.")
@reason_option
@ending_options
def split(  # noqa: PLR0913 - each is an option of the command
    code: str,
    *,
    into: tuple[str, ...],
    labels: tuple[str, ...],
    reason: str,
    end_date: str | None,
    links: str | None,
    today: str | None,
    dry_run: bool,
    format_: str,
    root: Path,
) -> None:
    """Make several entries of CODE, which is retired; new ones get its place and its links."""
    with desk(root, today) as at:
        concept = at.entry(code)
        parts = [*at.entries(into, concept.list_name), *_made(at, concept, labels)]
        retiring.split(
            at.draft,
            concept,
            parts,
            reason=reason,
            end_date=end_date or "",
            links=_links(links),
        )
        carry_out(at, Output(dry_run=dry_run, format_=format_), HINT)


def _made(at: Desk, concept: Concept, labels: list[str] | tuple[str, ...]) -> list[Concept]:
    """Make new entries like another."""
    scheme = at.edition.vocabulary.schemes[concept.list_name]
    return [successor(at.draft, concept, at.number(scheme), label) for label in labels]


@click.command()
@click.argument("code")
@edit_options
def reinstate(code: str, *, today: str | None, dry_run: bool, format_: str, root: Path) -> None:
    """Bring the retired CODE back into use, from --date on."""
    with desk(root, today) as at:
        retiring.reinstate(at.draft, at.entry(code))
        carry_out(at, Output(dry_run=dry_run, format_=format_))


@click.command()
@click.argument("code")
@edit_options
def accept(code: str, *, today: str | None, dry_run: bool, format_: str, root: Path) -> None:
    """Take the proposed CODE up: it is in use from now on."""
    with desk(root, today) as at:
        retiring.accept(at.draft, at.entry(code))
        carry_out(at, Output(dry_run=dry_run, format_=format_))
