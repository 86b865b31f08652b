"""Tying imported entries together: broader entries, links to other lists, subsets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from listkeeper.exchange.foreign import ForeignLink, Note, Outcome
from listkeeper.exchange.history_notes import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from listkeeper.exchange.foreign import ForeignFile, Row
    from listkeeper.exchange.merging import MergedEntry, Merging
    from listkeeper.model import LinkType


@dataclass(frozen=True, kw_only=True, slots=True)
class Subset:
    """Which entries a subset has: those of a file, or those whose history notes say so."""

    name: str
    evidence: ForeignFile | None = None
    """File that has the members and no others."""
    phrase: str = ""
    """Words in the history notes that are the evidence of membership."""

    def members(self, entries: Iterable[MergedEntry], merging: Merging) -> frozenset[str]:
        """Give the codes of the entries for which there is evidence."""
        if self.phrase:
            words = folded(self.phrase)
            return frozenset(each.notation for each in entries if words in folded(each.history))
        told = self.evidence.entries if self.evidence else ()
        return frozenset(each.notation.strip() for each in told if merging.is_ours(each.kind))


@dataclass(slots=True)
class Linking:
    """The links of one list's entries."""

    merging: Merging
    link_types: Sequence[LinkType]
    """Every kind of link that is defined."""
    held: Mapping[str, frozenset[str]]
    """Codes held, by list; those of this list include the imported ones."""
    list_name: str
    forced: str = ""
    """Kind of link that every relation of the files stands for; empty to go by their names."""
    notes: list[Note] = field(default_factory=list)
    _unknown: set[tuple[str, str]] = field(default_factory=set)

    def with_broader(self, entries: Iterable[MergedEntry]) -> list[MergedEntry]:
        """Give each entry its broader ones, from the first file that tells any."""
        return [replace(entry, broader=self._broader(entry)) for entry in entries]

    def _broader(self, entry: MergedEntry) -> tuple[str, ...]:
        source = next((source for source in entry.sources if source.parents), None)
        if source is None:
            return ()
        held = self.held[self.list_name]
        for parent in source.parents:
            if parent not in held or parent == entry.notation:
                words = "is itself" if parent == entry.notation else f"{parent} is not held"
                self._note(source.row, entry.notation, "parent", f"its parent {words}; left out")
        return tuple(p for p in source.parents if p in held and p != entry.notation)

    def links(
        self, files: Iterable[ForeignFile]
    ) -> tuple[dict[str, tuple[tuple[str, str], ...]], dict[str, Row]]:
        """Give the links by the code they begin at, and the first row that tells one.

        A link is the name of its kind and the code linked to.
        """
        found: dict[str, dict[tuple[str, str], None]] = {}
        rows: dict[str, Row] = {}
        for file in files:
            for link in file.links:
                resolved = self._resolved(link)
                if resolved:
                    self.merging.rows.add(link.row)
                    ours, link_type, other = resolved
                    if self._is_whole(link, ours, other, link_type):
                        rows.setdefault(ours, link.row)
                        found.setdefault(ours, {})[link_type.name, other] = None
        return {code: tuple(links) for code, links in found.items()}, rows

    def _resolved(self, link: ForeignLink) -> tuple[str, LinkType, str] | None:
        """Tell which kind of link it is, and which end is ours; None when none is."""
        ours_first = self.merging.is_ours(link.subject_kind)
        ours_second = self.merging.is_ours(link.object_kind)
        for link_type in self._own_types():
            if ours_first and self._named(link_type.name, link.relation, link_type):
                return link.subject, link_type, link.object
            if ours_second and self._named(_local(link_type.inverse), link.relation, link_type):
                return link.object, link_type, link.subject
        if ours_first or ours_second:
            self._unknown_relation(link)
        return None

    def _own_types(self) -> list[LinkType]:
        """Give the kinds of link that begin at this list."""
        return [each for each in self.link_types if each.domain_list == self.list_name]

    def _named(self, name: str, relation: str, link_type: LinkType) -> bool:
        return link_type.name == self.forced if self.forced else name == relation

    def _unknown_relation(self, link: ForeignLink) -> None:
        """Tell once in each file that a relation means nothing here; silent on other lists'."""
        elsewhere = {_local(uri) for each in self.link_types for uri in (each.uri, each.inverse)}
        if link.relation not in elsewhere and (link.row.path, link.relation) not in self._unknown:
            self._unknown.add((link.row.path, link.relation))
            names = ", ".join(link_type.name for link_type in self._own_types()) or "none"
            message = (
                f"{link.relation!r} is no kind of link that begins at {self.list_name}; such links "
                "are left out from here on"
            )
            remedy = f"name the kind with --link (there are: {names})"
            self.notes.append(Note(kind="relation", row=link.row, message=message, remedy=remedy))

    def _is_whole(self, link: ForeignLink, ours: str, other: str, link_type: LinkType) -> bool:
        """Say whether both ends are held, telling which is not."""
        ends = ((ours, self.list_name), (other, link_type.range_list))
        for code, list_name in ends:
            if code not in self.held.get(list_name, frozenset()):
                message = f"{link_type.name}: {code or 'no code'} is not held in {list_name}"
                remedy = f"import {list_name} first, or correct the code"
                self.notes.append(
                    Note(
                        kind="link",
                        row=link.row,
                        notation=ours,
                        message=message,
                        remedy=remedy,
                        outcome=Outcome.REJECTED,
                    )
                )
                return False
        return True

    def _note(self, row: Row, notation: str, kind: str, message: str) -> None:
        self.notes.append(
            Note(kind=kind, row=row, notation=notation, message=message, outcome=Outcome.CHANGED)
        )


def _local(uri: str) -> str:
    return uri.rsplit("/", 1)[-1]


def with_subsets(
    entries: Sequence[MergedEntry], subsets: Sequence[Subset], merging: Merging
) -> list[MergedEntry]:
    """Give each entry the subsets it has evidence for, of a subset's several kinds any."""
    evidence = [(subset.name, subset.members(entries, merging)) for subset in subsets]
    return [
        replace(
            entry,
            subsets=tuple(
                dict.fromkeys(name for name, codes in evidence if entry.notation in codes)
            ),
        )
        for entry in entries
    ]
