"""Changes as plain, frozen Python: what :func:`listkeeper.changes.compare.compare` gives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from listkeeper.changes.difference import Difference
from listkeeper.changes.kinds import Impact, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.graph import Triple
    from listkeeper.uris import URI


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """What a change is about, or points to: an entry, a list, a term, a file."""

    uri: str
    """Its URI; the path of a file."""
    code: str = ""
    """Notation of an entry, name of a list; empty for what has none."""
    label: str = ""
    list_name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """A value that was or is stated."""

    text: str
    """The literal; of a URI its label where it is known here, else the URI."""
    language: str = ""
    reference: Reference | None = None
    """What a URI names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """Entries that link to a changed one."""

    count: int
    list_name: str
    list_title: str
    link_type: URI
    link_label: str
    """Label of the kind of link, such as "required by duty"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One change of one subject, with the statements that make it up.

    No statement belongs to two changes, and the statements of all changes are those of the
    :class:`~listkeeper.changes.difference.Difference`.
    """

    kind: Kind
    subject: Reference
    lists: tuple[str, ...] = ()
    """Names of the list and the subsets that the subject is in, before or after."""
    property_uri: str = ""
    """The property that has other values, where it is one."""
    property_label: str = ""
    language: str = ""
    before: tuple[Value, ...] = ()
    after: tuple[Value, ...] = ()
    replaced_by: tuple[Reference, ...] = ()
    """Of a retired entry: what to use instead."""
    effects: tuple[Effect, ...] = ()
    removed: tuple[Triple, ...] = ()
    added: tuple[Triple, ...] = ()

    @property
    def impact(self) -> Impact:
        """What it asks of those who use the lists."""
        return self.kind.impact


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownUser:
    """Someone who is known to use codes that were changed (``uses.ttl``)."""

    uri: URI
    user: str
    source: str
    date: str
    list_name: str
    concepts: tuple[Reference, ...]
    """The changed entries that they use."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """A file that could not be read in one of the two states, so that it was not compared."""

    state: str
    """``before`` or ``after``."""
    path: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What changed between two states of the lists."""

    changes: tuple[Change, ...] = ()
    """By list, then by kind, then by code."""
    difference: Difference = field(default_factory=Difference)
    """The same as triples: of all lists, also where only those of one are told."""
    titles: tuple[tuple[str, str], ...] = ()
    """Name and title of each list, in the order of lists."""
    users: tuple[KnownUser, ...] = ()
    unread: tuple[Unread, ...] = ()

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return bool(self.changes)

    @property
    def counts(self) -> dict[Kind, int]:
        """Number of changes of each kind there is, in the order of kinds."""
        counts = Counter(change.kind for change in self.changes)
        return {kind: counts[kind] for kind in Kind if counts[kind]}

    @property
    def impacts(self) -> dict[Impact, int]:
        """Number of changes of each impact, all of them named."""
        counts = Counter(change.impact for change in self.changes)
        return {impact: counts[impact] for impact in Impact}

    @property
    def impact(self) -> Impact | None:
        """The gravest impact; None where nothing changed."""
        return next((impact for impact, number in self.impacts.items() if number), None)

    def of_list(self, name: str) -> Changes:
        """Keep the changes of one list or subset, and of its users."""
        kept = tuple(change for change in self.changes if name in change.lists)
        uris = {change.subject.uri for change in kept}
        users = (
            replace(user, concepts=tuple(c for c in user.concepts if c.uri in uris))
            for user in self.users
        )
        return replace(self, changes=kept, users=tuple(user for user in users if user.concepts))

    def by_list(self) -> Iterator[tuple[str, str, tuple[Change, ...]]]:
        """Give name, title and changes of each list with any; last those of no list."""
        titles = dict(self.titles)
        found: dict[str, list[Change]] = {name: [] for name in titles}
        for change in self.changes:
            found.setdefault(change.subject.list_name, []).append(change)
        for name, changes in found.items():
            if changes:
                yield name, titles.get(name, name), tuple(changes)
