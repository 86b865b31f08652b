"""What the download builder shows: the choices for a list, and the address they come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.errors import UsageError
from listkeeper.publish.column_choice import every_column, language_name, usual_columns
from listkeeper.publish.mapped import linked_lists
from listkeeper.publish.page_table import Option
from listkeeper.publish.representations import REPRESENTATIONS
from listkeeper.publish.selection import FORMATS, linkable, read_selection, select

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listkeeper.edition import Edition
    from listkeeper.model import ConceptScheme
    from listkeeper.publish.page_entries import Linker
    from listkeeper.publish.page_words import Words
    from listkeeper.publish.selection import Selection

MOST_OPTIONS: Final = 60
"""Entries that a list of choices names; of longer lists the code is asked for."""

PLACE: Final = ("list", "format")
"""Parameters of the page that are no part of the query of a download."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """A choice of entries by what they are linked to."""

    name: str
    label: Words
    options: tuple[Option, ...]
    """Empty where a code is to be typed."""
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """The download that the choices make."""

    href: str
    """Link from the page."""
    address: str
    """The whole address, for other programs."""
    rows: int
    columns: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BuilderView:
    """The form as it was sent, and what comes of it."""

    action: str
    lists: tuple[Option, ...]
    formats: tuple[Option, ...] = ()
    """Empty until a list is chosen, as are the others."""
    languages: tuple[Option, ...] = ()
    mapped: tuple[Option, ...] = ()
    filters: tuple[Filter, ...] = ()
    columns: tuple[Option, ...] = ()
    retired: bool = True
    result: Result | None = None


def builder_view(
    edition: Edition, linker: Linker, pairs: Sequence[tuple[str, str]], base: str
) -> BuilderView:
    """Show the form with the choices that a query makes.

    Args:
        edition: the lists.
        linker: makes the links of the page.
        pairs: names and values of the query; empty values are ignored, as forms send them.
        base: where whole addresses begin.

    Raises:
        UsageError: when a choice is not possible.
    """
    told = [(name, value) for name, value in pairs if value]
    place = {name: value for name, value in told if name in PLACE}
    name = place.get("list", "")
    lists = tuple(_lists(linker, name))
    action = linker.to("downloads")
    if not name:
        _refuse_others(told)
        return BuilderView(action=action, lists=lists)
    if name not in edition.vocabulary.schemes:
        raise UsageError(f"list={name[:100]}: no such list")
    scheme = edition.vocabulary.schemes[name]
    selection = read_selection(edition, scheme, [pair for pair in told if pair[0] not in PLACE])
    format_ = place.get("format", "xlsx")
    extension = _extension(format_)
    query = f"?{selection.query}" if selection.query else ""
    table = select(edition, scheme, linker.index.members[name], selection)
    address = f"list/{name}{extension}"
    return BuilderView(
        action=action,
        lists=lists,
        formats=tuple(_formats(format_)),
        languages=tuple(_languages(edition, selection)),
        mapped=tuple(_mapped(edition, scheme, linker, selection)),
        filters=tuple(_filters(edition, scheme, linker, selection)),
        columns=tuple(_columns(edition, selection)),
        retired=selection.retired,
        result=Result(
            href=linker.to(address) + query,
            address=f"{base}{address}{query}",
            rows=len(table.lines),
            columns=len(table.columns),
        ),
    )


def _refuse_others(told: Iterable[tuple[str, str]]) -> None:
    """Refuse choices about no list."""
    others = [name[:100] for name, _ in told if name not in PLACE]
    if others:
        raise UsageError(f"{', '.join(others[:10])}: choose a list first")


def _lists(linker: Linker, chosen: str) -> Iterator[Option]:
    index = linker.index
    for scheme in (s for main in index.lists for s in (main, *index.subsets(main.name))):
        title = index.title(scheme).value
        yield Option(value=scheme.name, label=title, chosen=scheme.name == chosen)


def _extension(format_: str) -> str:
    found = (row.extension for row in REPRESENTATIONS if row.name == format_ in FORMATS)
    extension = next(found, "")
    if not extension:
        raise UsageError(f"format={format_[:100]}: must be one of {', '.join(FORMATS)}")
    return extension


def _formats(chosen: str) -> Iterator[Option]:
    labels = {row.name: row.label for row in REPRESENTATIONS}
    for name in ("xlsx", "excel-csv", "csv"):
        yield Option(value=name, label=labels[name], chosen=name == chosen)


def _languages(edition: Edition, selection: Selection) -> Iterator[Option]:
    chosen = selection.language or edition.settings.default_language
    for tag in edition.settings.languages:
        yield Option(value=tag, label=language_name(tag), chosen=tag == chosen)


def _mapped(
    edition: Edition, scheme: ConceptScheme, linker: Linker, selection: Selection
) -> Iterator[Option]:
    for other in linked_lists(edition, scheme):
        title = linker.index.title(other).value
        yield Option(value=other.name, label=title, chosen=other.name == selection.mapped_to)


def _filters(
    edition: Edition, scheme: ConceptScheme, linker: Linker, selection: Selection
) -> Iterator[Filter]:
    """Offer a filter for each list that entries are linked to, one for lists that share codes."""
    chosen = dict(selection.linked)
    codes = linkable(edition, scheme)
    titled = {other.segment: linker.index.title(other) for other in linked_lists(edition, scheme)}
    for segment, members in codes.items():
        value = chosen.get(segment, "")
        options = (
            Option(value=code, label=f"{code} {linker.index.label(c).value}", chosen=code == value)
            for code, c in members.items()
        )
        few = len(members) <= MOST_OPTIONS
        yield Filter(
            name=segment,
            label=titled[segment],
            options=tuple(options) if few else (),
            value=value,
        )


def _columns(edition: Edition, selection: Selection) -> Iterator[Option]:
    languages, mapped = edition.settings.languages, bool(selection.mapped_to)
    usual = tuple(column.name for column in usual_columns(languages, mapped=mapped))
    chosen = selection.columns or usual
    for name, column in every_column(languages, mapped=mapped).items():
        yield Option(value=name, label=column.title, chosen=name in chosen)
