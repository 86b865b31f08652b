"""Comparing two editions: what changed, in the words of those who keep and use lists.

Every statement that differs is told of in exactly one change; what no rule explains is told as
"other statements changed".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from listkeeper.changes.account import Account
from listkeeper.changes.difference import changed_files, difference
from listkeeper.changes.effects import known_users, with_effects
from listkeeper.changes.entries import tell_entry
from listkeeper.changes.kinds import Kind
from listkeeper.changes.ledger import ledgers
from listkeeper.changes.model import Change, Changes, Reference, Unread, Value
from listkeeper.changes.names import Names
from listkeeper.changes.properties import Tables
from listkeeper.collecting import paused_collection
from listkeeper.edition import NOT_TURTLE
from listkeeper.graph import RDF_TYPE, Graph
from listkeeper.uris import URI, natural_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.changes.difference import Move
    from listkeeper.changes.ledger import Ledger
    from listkeeper.edition import Edition
    from listkeeper.graph import Subject

KINDS: Final = list(Kind)
UNORDERED: Final = 1_000_000
"""Place of a list that states none."""


@paused_collection()
def compare(before: Edition | None, after: Edition) -> Changes:
    """Tell what changed between two editions.

    Args:
        before: one state of the lists; None is a time before there were any.
        after: another; entries are called what they are called here.
    """
    before = before or _nothing(after)
    found = difference(before, after)
    old = _moved(before, found.move) if found.move else before
    names = Names(old, after)
    told = list(_base_moved(before, after) if found.move else ())
    comparison = _Comparison(names)
    states = (old.authored, after.authored)
    for node, ledger in ledgers(found, states, comparison.is_part).items():
        told += comparison.changes(node, ledger)
    told += _other_files(before, after)
    titles = _titles(names)
    order = {name: place for place, (name, _) in enumerate(titles)}
    ordered = sorted(told, key=lambda change: _key(change, order))
    return Changes(
        changes=tuple(with_effects(ordered, names)),
        difference=found,
        titles=titles,
        users=known_users(ordered, names),
        unread=tuple(_unread(before, after)),
    )


class _Comparison:
    """What documents are, by either state."""

    def __init__(self, names: Names) -> None:
        self._names = names
        vocabularies = (names.before.vocabulary, names.after.vocabulary)
        self._before, self._after = vocabularies
        types = [link for vocabulary in vocabularies for link in vocabulary.link_types]
        self._tables = Tables(names.after.minter, types)
        self._uses = {use.uri for vocabulary in vocabularies for use in vocabulary.uses}
        self._catalogues = {v.catalogue.uri for v in vocabularies if v.catalogue}

    def is_part(self, uri: str) -> bool:
        """Say whether an IRI is that of a part of a document rather than of a document."""
        known = (self._before.concepts, self._after.concepts, self._names.scheme_names)
        return "#" in uri and uri not in self._uses and not any(uri in table for table in known)

    def changes(self, node: Subject, ledger: Ledger) -> list[Change]:
        """Tell what became of one document."""
        uri = URI(node.value)
        account = Account(
            node=node,
            subject=self._subject(node),
            lists=(),
            ledger=ledger,
            names=self._names,
            tables=self._tables,
        )
        account.lists = self._names.lists(uri, account.subject.list_name)
        old, new = self._before.concepts.get(uri), self._after.concepts.get(uri)
        if old or new:
            tell_entry(account, old, new)
        elif uri in self._names.scheme_names:
            self._tell_list(account)
        else:
            self._tell_resource(account)
        return account.changes

    def _tell_list(self, account: Account) -> None:
        name = self._names.scheme_names[account.subject.uri]
        old, new = self._before.schemes.get(name), self._after.schemes.get(name)
        if old is None or new is None:
            account.tell_whole(Kind.LIST_ADDED if new else Kind.LIST_REMOVED)
            return
        account.tell_parts()
        modified = account.tables.node("dct:modified")
        held = account.ledger.take(account.node, modified)
        account.tell_properties(account.tables.scheme, Kind.LIST_METADATA)
        account.ledger.enter(held.removed, held.added)
        account.absorb(modified, Kind.LIST_METADATA)
        account.tell_rest()

    def _tell_resource(self, account: Account) -> None:
        """Tell of groups, known users, the catalogue and terms; of the rest as it stands."""
        kind = self._resource_kind(account.subject.uri)
        if kind is None:
            account.tell_rest()
            return
        was, is_ = (
            bool(edition.authored.properties(account.node))
            for edition in (self._names.before, self._names.after)
        )
        if kind is Kind.TERM_CHANGED and not (was and is_):
            account.tell_whole(Kind.TERM_ADDED if is_ else Kind.TERM_REMOVED)
        for subject in account.ledger.subjects():
            for property_ in account.ledger.predicates(subject):
                taken = account.ledger.take(subject, property_)
                account.tell_property(kind, property_, taken)

    def _resource_kind(self, uri: str) -> Kind | None:
        terms = self._names.after.minter.terms
        cases = (
            (uri in self._before.collections or uri in self._after.collections, Kind.GROUP),
            (uri in self._uses, Kind.USE),
            (uri in self._catalogues, Kind.CATALOGUE),
            (uri.startswith(terms), Kind.TERM_CHANGED),
        )
        return next((kind for holds, kind in cases if holds), None)

    def _subject(self, node: Subject) -> Reference:
        """Refer to a document; one without a list of its own belongs to that of its file."""
        reference = self._names.reference(node.value)
        if reference.list_name:
            return reference
        homes = (self._names.after.homes, self._names.before.homes)
        path = next((home[node] for home in homes if node in home), "")
        folder = path.split("/")[1] if path.count("/") > 1 else ""
        return replace(reference, list_name=folder)


def _nothing(edition: Edition) -> Edition:
    """Give an edition without files, at the same base."""
    return replace(
        edition,
        files={},
        homes={},
        repeated=(),
        unreadable=(),
        authored=Graph(),
        known=None,
        model=None,
    )


def _moved(edition: Edition, move: Move) -> Edition:
    """Give an edition as if its base were another."""
    homes = {
        move.triple((node, RDF_TYPE, RDF_TYPE))[0]: path for node, path in edition.homes.items()
    }
    return replace(
        edition,
        minter=replace(edition.minter, base=move.after),
        authored=Graph(map(move.triple, edition.authored)),
        homes=homes,
        known=None,
        model=None,
    )


def _base_moved(before: Edition, after: Edition) -> Iterator[Change]:
    base = after.minter.base
    yield Change(
        kind=Kind.MOVED_BASE,
        subject=Reference(uri=base, label=base),
        before=(Value(text=before.minter.base),),
        after=(Value(text=base),),
    )


def _other_files(before: Edition, after: Edition) -> Iterator[Change]:
    """Tell of files that hold no statements, such as lists of codes never to be given out."""
    for path in sorted(changed_files(before, after)):
        file = after.files.get(path) or before.files[path]
        if file.kind in NOT_TURTLE:
            name = file.list_name if path.count("/") > 1 else ""
            subject = Reference(uri=path, label=path, list_name=name)
            yield Change(kind=Kind.FILE, subject=subject, lists=(name,) if name else ())


def _unread(before: Edition, after: Edition) -> Iterator[Unread]:
    for state, edition in (("before", before), ("after", after)):
        for error in edition.unreadable:
            yield Unread(state=state, path=error.path, reason=error.message)


def _titles(names: Names) -> tuple[tuple[str, str], ...]:
    """Name the lists in their order, with their titles."""
    editions = (names.before, names.after)
    schemes = {s.name: s for edition in editions for s in edition.vocabulary.schemes.values()}
    lists = [scheme for scheme in schemes.values() if not scheme.subset_of]
    lists.sort(key=lambda scheme: (scheme.order or UNORDERED, scheme.name))
    return tuple((scheme.name, scheme.title(names.language).value) for scheme in lists)


def _key(change: Change, order: dict[str, int]) -> tuple[object, ...]:
    subject = change.subject
    place = order.get(subject.list_name, UNORDERED)
    code = natural_key(subject.code)
    return (
        place,
        subject.list_name,
        KINDS.index(change.kind),
        code,
        subject.uri,
        change.property_uri,
        change.language,
    )
