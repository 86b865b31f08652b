"""Collections of a vocabulary as groups of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.exchange.skos.carrying import LABELS, TEXTS, Carrier
from listkeeper.exchange.skos.ledger import Fate
from listkeeper.exchange.skos.vocabulary import COLLECTIONS
from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.graph import Subject, Term, Triple

MEMBER: Final = URINode(SKOS + "member")
MEMBERS: Final = URINode(SKOS + "memberList")
FIRST: Final = URINode(RDF + "first")
REST: Final = URINode(RDF + "rest")

SPOKEN: Final = frozenset({*LABELS, *TEXTS})
"""Properties of groups whose texts need a language."""


def group(carrier: Carrier, collection: Subject, node: URINode) -> Iterator[Triple]:
    """Describe a collection; the order of an ordered one is lost, and told."""
    yield node, RDF_TYPE, COLLECTIONS[0]
    for triple in carrier.graph.about(collection):
        predicate, term = triple[1:]
        if predicate == RDF_TYPE and term in COLLECTIONS:
            fate = Fate.TAKEN if term == COLLECTIONS[0] else Fate.CHANGED
            carrier.ledger.note(triple, fate, "" if fate is Fate.TAKEN else "the order is lost")
        elif predicate == MEMBERS:
            carrier.ledger.note(triple, Fate.CHANGED, "the order is lost")
            for member in _listed(carrier, term):
                yield from _member(carrier, triple, member, node)
        elif predicate == MEMBER:
            yield from _member(carrier, triple, term, node)
        elif predicate in SPOKEN and isinstance(term, Literal):
            text, changed = carrier.text(term, is_name=predicate in LABELS)
            carrier.ledger.note(triple, Fate.CHANGED if changed else Fate.TAKEN, changed)
            yield node, predicate, text
        else:
            yield from carrier.carried(triple, node)


def _member(carrier: Carrier, triple: Triple, member: Term, node: URINode) -> Iterator[Triple]:
    name = None if isinstance(member, Literal) else carrier.names.get(member)
    if name is None:
        carrier.ledger.note(triple, Fate.LEFT, "a member that is not in the file")
    else:
        carrier.ledger.note(triple, Fate.TAKEN)
        yield node, MEMBER, URINode(name)


def _listed(carrier: Carrier, start: Term) -> Iterator[Term]:
    """Give the members of a list of RDF; one that runs in a circle ends where it would."""
    seen: set[Term] = set()
    while not isinstance(start, Literal) and start not in seen:
        seen.add(start)
        carrier.ledger.note_all(carrier.graph.about(start), Fate.CHANGED, "the order is lost")
        yield from carrier.graph.objects(start, FIRST)
        following = carrier.graph.objects(start, REST)
        if not following:
            return
        start = following[0]
