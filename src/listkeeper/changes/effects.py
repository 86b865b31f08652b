"""What a change touches elsewhere: entries that link to the changed one, and known users."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from listkeeper.changes.kinds import Kind
from listkeeper.changes.model import Effect, KnownUser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listkeeper.changes.model import Change, Reference
    from listkeeper.changes.names import Names
    from listkeeper.edition import Edition
    from listkeeper.model import Use
    from listkeeper.uris import URI

GONE: Final = frozenset({Kind.REMOVED, Kind.WITHDRAWN})


def with_effects(changes: Sequence[Change], names: Names) -> Iterator[Change]:
    """Count, for each change that is felt, the entries in use that link to the changed one."""
    felt = [change for change in changes if change.kind.row.is_felt]
    now = _effects(names.after, {c.subject.uri for c in felt if c.kind not in GONE}, names)
    then = _effects(names.before, {c.subject.uri for c in felt if c.kind in GONE}, names)
    for change in changes:
        found = (then if change.kind in GONE else now).get(change.subject.uri)
        is_told = found and change.kind.row.is_felt
        yield replace(change, effects=found) if is_told and found else change


def known_users(changes: Iterable[Change], names: Names) -> tuple[KnownUser, ...]:
    """Name those who are known to use codes of which they have to be told."""
    touched = {c.subject.uri: c.subject for c in changes if c.kind.row.is_felt}
    uses = {
        use.uri: use for edition in (names.before, names.after) for use in edition.vocabulary.uses
    }
    users = (_user(use, touched, names) for use in uses.values())
    return tuple(user for user in users if user.concepts)


def _user(use: Use, touched: dict[str, Reference], names: Names) -> KnownUser:
    return KnownUser(
        uri=use.uri,
        user=use.user.value,
        source=use.source,
        date=use.date,
        list_name=names.reference(use.concepts[0]).list_name if use.concepts else "",
        concepts=tuple(touched[uri] for uri in use.concepts if uri in touched),
    )


def _effects(edition: Edition, wanted: set[str], names: Names) -> dict[str, tuple[Effect, ...]]:
    """Count the links to some entries, by the list they come from and their kind."""
    counts: dict[str, Counter[tuple[str, URI]]] = {}
    for source, kind, target in _links(edition, wanted):
        counts.setdefault(target, Counter())[source, kind] += 1
    return {
        target: tuple(
            _effect(count, source, kind, names) for (source, kind), count in found.items()
        )
        for target, found in counts.items()
    }


def _links(edition: Edition, wanted: set[str]) -> Iterator[tuple[str, URI, URI]]:
    kinds = [link_type.uri for link_type in edition.vocabulary.link_types] if wanted else []
    for concept in edition.vocabulary.concepts.values():
        for kind in kinds if not concept.is_retired else ():
            for target in concept.links.get(kind, ()):
                if target in wanted:
                    yield concept.list_name, kind, target


def _effect(count: int, source: str, kind: URI, names: Names) -> Effect:
    scheme = names.after.vocabulary.schemes.get(source) or names.before.vocabulary.schemes.get(
        source
    )
    return Effect(
        count=count,
        list_name=source,
        list_title=scheme.title(names.language).value if scheme else source,
        link_type=kind,
        link_label=names.property_label(kind),
    )
