"""``listkeeper rename``, ``renumber`` and ``withdraw``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from listkeeper.cli.editing import LinksChoice, Output, carry_out, desk, edit_options
from listkeeper.editing import naming, renumbering
from listkeeper.editing.pointers import Links
from listkeeper.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

against_option = click.option(
    "--against", metavar="REV", help="The main branch; the one that others see unless told."
)


@click.command()
@click.argument("code")
@click.argument("label")
@click.option("--language", default="", help="Language of the label; the first one unless told.")
@edit_options
def rename(  # noqa: PLR0913 - each is an option of the command
    code: str,
    label: str,
    *,
    language: str,
    today: str | None,
    dry_run: bool,
    format_: str,
    root: Path,
) -> None:
    """Call CODE by another LABEL; the former name is kept, with the date."""
    with desk(root, today) as at:
        known = at.edition.settings.languages
        if language and language not in known:
            raise UsageError(f"--language {language}: the settings have {', '.join(known)}")
        naming.rename(at.draft, at.entry(code), label, language)
        carry_out(at, Output(dry_run=dry_run, format_=format_))


@click.command()
@click.argument("code")
@click.argument("number", default="")
@click.option("--reason", default="", help="Why, for ids.txt.")
@against_option
@edit_options
def renumber(  # noqa: PLR0913 - each is an option of the command
    code: str,
    number: str,
    *,
    reason: str,
    against: str | None,
    today: str | None,
    dry_run: bool,
    format_: str,
    root: Path,
) -> None:
    """Give CODE, which no release contains, the NUMBER, or the next free one."""
    with desk(root, today) as at:
        concept = at.entry(code)
        wanted = number or at.number(at.edition.vocabulary.schemes[concept.list_name])
        standing = at.standing(concept, against)
        renumbering.renumber(at.draft, concept, wanted, standing, reason)
        carry_out(at, Output(dry_run=dry_run, format_=format_))


@click.command()
@click.argument("code")
@click.option("--reason", required=True, help="Why; ids.txt keeps it where the code does.")
@click.option(
    "--links",
    type=LinksChoice(Links.DROP, Links.KEEP),
    default=Links.KEEP.value,
    help="What becomes of links to it; kept ones are refused by the check.",
)
@against_option
@edit_options
def withdraw(  # noqa: PLR0913 - each is an option of the command
    code: str,
    *,
    reason: str,
    links: str,
    against: str | None,
    today: str | None,
    dry_run: bool,
    format_: str,
    root: Path,
) -> None:
    """Take CODE, which no release contains, out altogether."""
    with desk(root, today) as at:
        concept = at.entry(code)
        standing = at.standing(concept, against)
        renumbering.withdraw(at.draft, concept, standing, reason=reason, links=Links(links))
        carry_out(at, Output(dry_run=dry_run, format_=format_))
