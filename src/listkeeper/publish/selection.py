"""A choice of rows and columns of a list's table, as the query of a download's address says it.

Every choice has one spelling, so that it can be bookmarked and kept by caches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from listkeeper.errors import UsageError, refuse_unknown_parameters
from listkeeper.model import RETIRED
from listkeeper.publish.column_choice import every_column, usual_columns
from listkeeper.publish.csvw import KEY, MAPPED_KEY, metadata
from listkeeper.publish.mapped import linked_lists, mapped_lines, named_lists
from listkeeper.publish.spreadsheet import xlsx_bytes
from listkeeper.publish.tables import Table, csv_bytes, excel_csv_bytes, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme
    from listkeeper.publish.publication import Publication

RETIRED_CHOICES: Final = ("yes", "no")
LONGEST_VALUE: Final = 1_000
"""Characters of a value; the names of all columns together are fewer."""

MOST_PARAMETERS: Final = 60
SHOWN: Final = 100
"""Characters of a wrong value that are said again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """Which rows and columns of a list are wanted."""

    retired: bool = True
    language: str = ""
    """Of names and definitions; empty for the default one."""
    columns: tuple[str, ...] = ()
    """Names of columns; none for the usual ones."""
    mapped_to: str = ""
    """Name of the list that rows tell the links to."""
    linked: tuple[tuple[str, str], ...] = ()
    """Path segment of a list and a code of it: only entries linked to it; to one of several
    codes of a list, and to each of several lists."""

    @property
    def query(self) -> str:
        """The one spelling of this choice; empty for the whole list."""
        pairs = (
            *self.linked,
            ("retired", "" if self.retired else "no"),
            ("language", self.language),
            ("mapped-to", self.mapped_to),
            ("columns", ",".join(self.columns)),
        )
        return urlencode([pair for pair in pairs if pair[1]], safe=",")


def read_selection(
    edition: Edition, scheme: ConceptScheme, pairs: Sequence[tuple[str, str]]
) -> Selection:
    """Read the choice that a query makes.

    Args:
        edition: the lists.
        scheme: the list or subset whose table is wanted.
        pairs: the names and values of the query, in its order.

    Raises:
        UsageError: when a name is unknown, a value is not possible, or there are too many.
    """
    if len(pairs) > MOST_PARAMETERS or any(len(value) > LONGEST_VALUE for _, value in pairs):
        raise UsageError("the query is too long: ask for the whole list")
    codes = linkable(edition, scheme)
    known = ("retired", "language", "columns", "mapped-to", *codes)
    refuse_unknown_parameters((name for name, _ in pairs), known)
    single = _single(pairs, {"retired", "language", "mapped-to"})
    mapped_to = _mapped_to(edition, single.get("mapped-to", ""))
    chosen = [n for name, value in pairs if name == "columns" for n in value.split(",") if n]
    return Selection(
        retired=_one_of("retired", single.get("retired") or "yes", RETIRED_CHOICES) == "yes",
        language=_language(edition, single.get("language", "")),
        columns=_columns(edition, chosen, mapped=bool(mapped_to)),
        mapped_to=mapped_to,
        linked=tuple(dict.fromkeys(_linked(codes, pairs))),
    )


def linkable(edition: Edition, scheme: ConceptScheme) -> dict[str, dict[str, Concept]]:
    """Give the codes that a list can be filtered by: segment of the linked list, code, concept."""
    found: dict[str, dict[str, Concept]] = {}
    for other in linked_lists(edition, scheme):
        members = edition.vocabulary.members(other.name)
        found.setdefault(other.segment, {}).update({c.notation: c for c in members})
    return found


def select(
    edition: Edition, scheme: ConceptScheme, members: Iterable[Concept], selection: Selection
) -> Table:
    """Make the table that a selection describes.

    Args:
        edition: the lists.
        scheme: the list or subset.
        members: its concepts, in their order.
        selection: what is wanted of them.
    """
    kept = [c for c in members if selection.retired or c.status != RETIRED]
    concepts = [c for c in kept if _is_linked(edition, c, selection)]
    mapped = bool(selection.mapped_to)
    lines = lines_of(concepts)
    if mapped:
        targets = named_lists(edition.vocabulary, selection.mapped_to)
        lines = mapped_lines(edition, concepts, targets, retired=selection.retired)
    languages = edition.settings.languages
    every = every_column(languages, mapped=mapped)
    columns = [every[name] for name in selection.columns]
    return Table(
        edition,
        scheme,
        lines,
        columns=columns or usual_columns(languages, mapped=mapped),
        language=selection.language,
        selection=selection.query,
    )


def render_selection(
    publication: Publication, name: str, format_: str, selection: Selection
) -> bytes:
    """Render a selection of a list in one of `FORMATS`.

    Raises:
        UnsupportedError: when a cell cannot be written in the format.
    """
    edition = publication.edition
    scheme = edition.vocabulary.schemes[name]
    table = select(edition, scheme, publication.descriptions.members(name), selection)
    if format_ == METADATA:
        keys = _keys(edition, scheme, selection)
        return metadata(table, scheme, f"{name}.csv?{selection.query}", keys)
    return FORMATS[format_](table)


def _keys(
    edition: Edition, scheme: ConceptScheme, selection: Selection
) -> Sequence[tuple[str, str]]:
    """Say which columns of a table of links hold codes of which lists."""
    if not selection.mapped_to:
        return ()
    targets = named_lists(edition.vocabulary, selection.mapped_to)
    mapped = ((MAPPED_KEY, target.name) for target in targets if len(targets) == 1)
    return ((KEY, scheme.name), *mapped)


METADATA: Final = "csvw"

FORMATS: Final[Mapping[str, Callable[[Table], bytes]]] = {
    "csv": csv_bytes,
    "excel-csv": excel_csv_bytes,
    "xlsx": xlsx_bytes,
}
"""Name of a representation that takes a selection, and what writes it; also `METADATA`."""


def _single(pairs: Iterable[tuple[str, str]], names: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in names and found.setdefault(name, value) != value:
            raise UsageError(f"{name}: is said twice")
    return found


def _one_of(name: str, value: str, choices: Sequence[str]) -> str:
    if value not in choices:
        raise UsageError(f"{name}={value[:SHOWN]}: must be one of {', '.join(choices)}")
    return value


def _language(edition: Edition, value: str) -> str:
    if value:
        _one_of("language", value, edition.settings.languages)
    return "" if value == edition.settings.default_language else value


def _mapped_to(edition: Edition, value: str) -> str:
    """Give the list's own name for one of its others."""
    lists = named_lists(edition.vocabulary, value) if value else []
    return lists[0].name if len(lists) == 1 else value


def _columns(edition: Edition, chosen: Sequence[str], *, mapped: bool) -> tuple[str, ...]:
    every = every_column(edition.settings.languages, mapped=mapped)
    for name in chosen:
        _one_of("columns", name, tuple(every))
    usual = [column.name for column in usual_columns(edition.settings.languages, mapped=mapped)]
    wanted = tuple(dict.fromkeys(chosen))
    return () if list(wanted) == usual else wanted


def _linked(
    codes: Mapping[str, Mapping[str, Concept]], pairs: Iterable[tuple[str, str]]
) -> Iterable[tuple[str, str]]:
    for name, value in pairs:
        if name in codes and value:
            if value not in codes[name]:
                raise UsageError(f"{name}={value[:SHOWN]}: there is no such code")
            yield name, value


def _is_linked(edition: Edition, concept: Concept, selection: Selection) -> bool:
    wanted: dict[str, set[str]] = {}
    for segment, code in selection.linked:
        wanted.setdefault(segment, set()).add(f"{segment}/{code}")
    if not wanted:
        return True
    held = edition.vocabulary.concepts
    targets = (uri for uris in concept.links.values() for uri in uris if uri in held)
    addresses = {held[uri].address for uri in targets}
    return all(addresses & codes for codes in wanted.values())
