"""What a change asks to be recorded, seen against the lists as they were before it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from listkeeper.editing.naming import DATE, PART, former_label
from listkeeper.editing.tidying import tidied
from listkeeper.graph import Literal, URINode
from listkeeper.namespaces import DCT, SKOS, SKOSXL
from listkeeper.uris import URI

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from listkeeper.edition import Edition
    from listkeeper.graph import Triple
    from listkeeper.uris import Minter

PREF_LABEL: Final = URINode(SKOS + "prefLabel")
OTHER_LABELS: Final = frozenset(
    URINode(iri) for iri in (SKOS + "altLabel", SKOS + "hiddenLabel", SKOSXL + "literalForm")
)
"""Where a name may be kept besides; it is not recorded again."""

MODIFIED: Final = URINode(DCT + "modified")
PROPOSED: Final = "proposed"


class Past:
    """The lists as they were before the change at hand."""

    def __init__(self, before: Edition, minter: Minter, today: str) -> None:
        """Index what was said of each entry and its parts."""
        self.before = before
        self.today = today
        self._minter = minter
        self._said: dict[str, set[Triple]] = defaultdict(set)
        for triple in before.authored:
            self._said[_document(triple)].add(triple)

    def former_names(
        self, entry: URINode, now: Sequence[Triple]
    ) -> list[tuple[Literal, list[Triple]]]:
        """Give the names that an entry had and has no more, each with what records it.

        Names of proposals are not recorded: nobody was to use them yet. Neither is a name that
        the entry keeps as another label.

        Args:
            entry: its URI.
            now: what its file says.
        """
        concept = self.before.vocabulary.concepts.get(URI(entry.value))
        if concept is None or concept.status == PROPOSED:
            return []
        then, today = _names(entry, self._said[entry.value]), _names(entry, now)
        kept = {term for _, predicate, term in now if predicate in OTHER_LABELS}
        lost = [
            name
            for language, name in then.items()
            if name and today.get(language) not in {None, name} and name not in kept
        ]
        first = 1 + max(map(_number, (*now, *self._said[entry.value])), default=0)
        numbered = enumerate(lost, start=first)
        return [
            (name, former_label(self._minter, entry, number, name, self.today))
            for number, name in numbered
        ]

    def modified(self, entry: URINode, now: Iterable[Triple]) -> Triple | None:
        """Give the date of modification that an entry has to get, None where it needs none.

        It needs one where it is not what it was, and its date has not moved since.

        Args:
            entry: its URI.
            now: what its file says.
        """
        said = {triple for triple in now if _document(triple) == entry.value}
        past = self._said[entry.value]
        if not past or _without_date(entry, past) == _without_date(entry, said):
            return None
        latest = max(_dates(entry, said), default="")
        moved = latest > max(_dates(entry, past), default="") or latest >= self.today
        return None if moved else (entry, MODIFIED, Literal(self.today, datatype=DATE))


def _document(triple: Triple) -> str:
    """Give the URI of the entry that a triple is about, be it about a part of it."""
    return triple[0].value.partition("#")[0]


def _names(entry: URINode, said: Iterable[Triple]) -> dict[str, Literal | None]:
    """Give an entry's preferred label in each language, None where it has several."""
    found: dict[str, Literal | None] = {}
    for subject, predicate, term in said:
        if (subject, predicate) == (entry, PREF_LABEL) and isinstance(term, Literal):
            name, _ = tidied(term, is_name=True)
            language = term.language or ""
            found[language] = None if found.get(language, name) != name else name
    return found


def _number(triple: Triple) -> int:
    found = PART.search(triple[0].value)
    return int(found[1]) if found else 0


def _dates(entry: URINode, said: Iterable[Triple]) -> list[str]:
    return [term.value for subject, p, term in said if (subject, p) == (entry, MODIFIED)]


def _without_date(entry: URINode, said: Iterable[Triple]) -> set[Triple]:
    return {triple for triple in said if triple[:2] != (entry, MODIFIED)}
