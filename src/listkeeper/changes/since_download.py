"""What changed since a download: its own rows compared with the lists as they are now.

Every download carries what is needed (codes, names, parents, status), so no history is asked for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError
from listkeeper.search.checking import CodeChecker
from listkeeper.search.filters import scheme_of
from listkeeper.search.identify import Identifier
from listkeeper.uris import URI, natural_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme, Vocabulary

IDENTIFIER: Final = "Identifier"
LABEL: Final = "Label"
PARENTS: Final = "Parent identifiers"
STATUS: Final = "Status"
RELEASE: Final = "Release"
ADDRESS: Final = "URI"
SEPARATOR: Final = ";"


class Change(Enum):
    """What became of an entry, in the order in which it is told."""

    RETIRED = "retired"
    RENAMED = "renamed"
    MOVED = "moved"
    ADDED = "added"
    REINSTATED = "reinstated"
    UNKNOWN = "not held here"


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """One change of one entry; an entry may have several."""

    change: Change
    code: str
    concept: Concept | None
    before: str = ""
    """The name, parents or status that the file has."""
    now: str = ""
    replacements: tuple[Concept, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What changed since a file was downloaded."""

    list_name: str
    released: str
    """The release the file says it is; empty where it says none."""
    version: str
    """The list's version now."""
    rows: int
    """Different entries in the file."""
    changes: tuple[Changed, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Number of changes of each kind, all kinds named."""
        counts = Counter(changed.change for changed in self.changes)
        return {change.value: counts[change] for change in Change}


def since_download(
    rows: Iterable[Mapping[str, str]], edition: Edition, list_name: str = ""
) -> Comparison:
    """Compare a download with the lists.

    Args:
        rows: cells by the name of their column; repeated codes count once.
        edition: the lists now.
        list_name: the list or subset it was downloaded of; empty where the codes tell it.

    Raises:
        ContentError: when the file has no codes, or the codes of no list.
        UsageError: when there is no such list.
    """
    old = _entries(rows)
    if not old:
        raise ContentError(f"has no column {IDENTIFIER} with codes; give a file downloaded here")
    scheme = _scheme(edition, list_name, old)
    identifier = Identifier(edition)
    members = edition.vocabulary.members(scheme.name)
    known: dict[str, Concept] = {}
    for code in old:
        found = identifier.read(code, scheme.segment).concepts
        if found:
            known[code] = found[0]
    changes = [
        change
        for code, cells in old.items()
        for change in _changes(code, cells, known.get(code), edition.vocabulary)
    ]
    changes += _added(members, known)
    changes.sort(key=lambda c: (list(Change).index(c.change), natural_key(c.code)))
    releases = Counter(cells.get(RELEASE, "").strip() for cells in old.values())
    return Comparison(
        list_name=scheme.name,
        released=releases.most_common(1)[0][0],
        version=scheme.version,
        rows=len(old),
        changes=tuple(changes),
    )


def _entries(rows: Iterable[Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """Keep the first row of each code: files of links have one row for each link."""
    old: dict[str, Mapping[str, str]] = {}
    for cells in rows:
        code = cells.get(IDENTIFIER, "").strip()
        if code:
            old.setdefault(code, cells)
    return old


def _scheme(
    edition: Edition, list_name: str, old: Mapping[str, Mapping[str, str]]
) -> ConceptScheme:
    """Find the list or subset whose entries are most nearly those of the file."""
    vocabulary = edition.vocabulary
    if list_name:
        return scheme_of(vocabulary, list_name)
    identifier = Identifier(edition)
    addresses = [found for cells in old.values() if (found := cells.get(ADDRESS, ""))]
    sample = addresses or list(old)
    name = CodeChecker(edition, sample=sample).list_name
    if not name:
        raise ContentError("has the codes of no list here; say which list with --list")
    segment = vocabulary.schemes[name].segment
    codes = {concept.uri for code in old for concept in identifier.read(code, segment).concepts}
    alike = [s for s in vocabulary.schemes.values() if s.segment == segment]
    return min(alike, key=lambda s: (_difference(vocabulary, s, codes), bool(s.subset_of)))


def _difference(vocabulary: Vocabulary, scheme: ConceptScheme, codes: set[URI]) -> int:
    members = {c.uri for c in vocabulary.concepts.values() if scheme.uri in c.in_schemes}
    return len(codes ^ members)


def _changes(
    code: str, cells: Mapping[str, str], concept: Concept | None, vocabulary: Vocabulary
) -> Iterator[Changed]:
    if concept is None:
        before = cells.get(LABEL, "")
        yield Changed(change=Change.UNKNOWN, code=code, concept=None, before=before)
        return
    was_retired = cells.get(STATUS, "").strip() == "retired"
    if concept.is_retired != was_retired:
        yield _standing(concept, vocabulary, cells.get(STATUS, ""))
    label = concept.label().value
    if LABEL in cells and _plain(cells[LABEL]) != _plain(label):
        yield Changed(
            change=Change.RENAMED,
            code=concept.notation,
            concept=concept,
            before=cells[LABEL],
            now=label,
        )
    held = vocabulary.concepts
    parents = [held[uri].notation for uri in concept.broader if uri in held]
    if PARENTS in cells and _codes(cells[PARENTS]) != set(parents):
        yield Changed(
            change=Change.MOVED,
            code=concept.notation,
            concept=concept,
            before=cells[PARENTS],
            now="; ".join(parents),
        )


def _standing(concept: Concept, vocabulary: Vocabulary, before: str) -> Changed:
    held = vocabulary.concepts
    return Changed(
        change=Change.RETIRED if concept.is_retired else Change.REINSTATED,
        code=concept.notation,
        concept=concept,
        before=before,
        now=f"retired {concept.end_date}".strip() if concept.is_retired else concept.status,
        replacements=tuple(held[uri] for uri in concept.replaced_by if uri in held),
    )


def _added(members: Iterable[Concept], known: Mapping[str, Concept]) -> Iterator[Changed]:
    """Tell the entries that the file has not; of the retired it may have left out all."""
    held = {concept.uri for concept in known.values()}
    for concept in members:
        if concept.uri not in held and not concept.is_retired:
            yield Changed(
                change=Change.ADDED,
                code=concept.notation,
                concept=concept,
                now=concept.label().value,
            )


def _plain(label: str) -> str:
    """Compare names as they are read: white space is no change, letters and signs are."""
    return " ".join(label.split())


def _codes(cell: str) -> set[str]:
    return {code.strip() for code in cell.split(SEPARATOR) if code.strip()}
