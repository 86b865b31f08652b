"""The account of one document: changes made of statements taken from its ledger."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from listkeeper.changes.kinds import Kind
from listkeeper.changes.ledger import Ledger, Taken
from listkeeper.changes.model import Change, Reference
from listkeeper.graph import RDF_TYPE, Literal, URINode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from listkeeper.changes.names import Names
    from listkeeper.changes.properties import Kinds, Tables
    from listkeeper.graph import Subject, Term


@dataclass(kw_only=True, slots=True)
class Account:
    """The changes of one document, and what is left of its ledger."""

    node: Subject
    subject: Reference
    lists: tuple[str, ...]
    ledger: Ledger
    names: Names
    tables: Tables
    changes: list[Change] = field(default_factory=list)

    def tell(self, kind: Kind, taken: Taken, **more: Any) -> None:  # noqa: ANN401 - the fields of a change
        """Add a change made of statements."""
        told = {"removed": taken.removed, "added": taken.added, **more}
        self.changes.append(Change(kind=kind, subject=self.subject, lists=self.lists, **told))

    def tell_whole(self, kind: Kind) -> None:
        """Tell of a document that is new or gone as a whole; its label is its value."""
        taken = self.ledger.take_rest()
        label = (self.names.value(Literal(self.subject.label)),)
        side = {"after": label} if taken.added else {"before": label}
        self.tell(kind, taken, **side)

    def tell_property(
        self, kind: Kind, property_: URINode, taken: Taken, language: str = ""
    ) -> None:
        """Tell of other values of one property."""
        self.tell(
            kind,
            taken,
            property_uri=property_.value,
            property_label=self.names.property_label(property_.value),
            language=language,
            before=tuple(map(self.names.value, taken.before)),
            after=tuple(map(self.names.value, taken.after)),
        )

    def tell_properties(self, table: Mapping[URINode, Kinds], default: Kind | None = None) -> None:
        """Tell of the document's properties as a table says.

        Args:
            table: property to kinds.
            default: of properties that are not in it; without one they are left.
        """
        for property_ in self.ledger.predicates(self.node):
            kinds = table.get(property_)
            if kinds is not None and not kinds.is_one:
                taken = self.ledger.take(self.node, property_)
                self._tell_apart(kinds, property_, taken)
            elif kinds is not None or default is not None:
                kind = kinds.added if kinds else default
                taken = self.ledger.take(self.node, property_)
                for language, part in taken.by_language():
                    self.tell_property(kind or Kind.OTHER, property_, part, language)

    def tell_parts(self) -> None:
        """Tell of records kept on hash IRIs, all of a kind together, with what points to them."""
        found: dict[Kind, Taken] = {}
        for part in self.ledger.subjects():
            kind = self._part_kind(part)
            if part != self.node and kind is not None:
                found[kind] = found.get(kind, Taken()) + self.ledger.take_all(part)
        for kind, taken in found.items():
            pointer = self.tables.pointers.get(kind)
            pointing = self.ledger.take(self.node, pointer) if pointer else Taken()
            self.tell(
                kind,
                pointing + taken,
                before=self._values(taken.removed),
                after=self._values(taken.added),
            )

    def tell_rest(self) -> None:
        """Tell of all that is left, property by property, so that nothing is lost."""
        for subject in self.ledger.subjects():
            for property_ in self.ledger.predicates(subject):
                self.tell_property(Kind.OTHER, property_, self.ledger.take(subject, property_))

    def absorb(self, property_: URINode, alone: Kind) -> None:
        """Let a property go with the first change told; tell of it by itself if there is none."""
        taken = self.ledger.take(self.node, property_)
        if taken and self.changes:
            first = self.changes[0]
            self.changes[0] = replace(
                first, removed=first.removed + taken.removed, added=first.added + taken.added
            )
        elif taken:
            self.tell_property(alone, property_, taken)

    def part_where(self, is_wanted: Callable[[Subject], bool]) -> Taken:
        """Take the parts that are wanted, with what points to them."""
        taken = Taken()
        for part in self.ledger.subjects():
            if part != self.node and is_wanted(part):
                taken += self.ledger.take_all(part)
        return taken

    def _tell_apart(self, kinds: Kinds, property_: URINode, taken: Taken) -> None:
        for kind, part in (
            (kinds.removed, Taken(removed=taken.removed)),
            (kinds.added, Taken(added=taken.added)),
        ):
            if part:
                self.tell_property(kind, property_, part)

    def _part_kind(self, part: Subject) -> Kind | None:
        for edition in (self.names.after, self.names.before):
            for class_ in edition.authored.objects(part, RDF_TYPE):
                if isinstance(class_, URINode) and class_ in self.tables.parts:
                    return self.tables.parts[class_]
        return None

    def _values(self, triples: tuple[tuple[Subject, URINode, Term], ...]) -> tuple[Any, ...]:
        """Read what parts say, but for their classes."""
        return tuple(self.names.value(term) for _, p, term in triples if p != RDF_TYPE)
