"""Schemes of a vocabulary as the descriptions of lists and subsets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.exchange.skos.ledger import Fate
from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import DCT, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listkeeper.exchange.skos.carrying import Carrier
    from listkeeper.graph import Subject, Triple

SCHEME: Final = URINode(SKOS + "ConceptScheme")
FOLLOWS: Final = frozenset({URINode(SKOS + "hasTopConcept")})
DATES: Final = frozenset({URINode(DCT + "created"), URINode(DCT + "modified")})
TITLES: Final = tuple(
    URINode(iri)
    for iri in (
        DCT + "title", "http://purl.org/dc/elements/1.1/title", SKOS + "prefLabel", RDFS + "label",
    )
)  # fmt: skip
DESCRIPTIONS: Final = tuple(
    URINode(iri)
    for iri in (
        DCT + "description", "http://purl.org/dc/elements/1.1/description",
        SKOS + "definition", RDFS + "comment",
    )
)  # fmt: skip


def described(
    carrier: Carrier, scheme: Subject | None, node: URINode, name: str
) -> Iterator[Triple]:
    """Describe a list or subset by what the file says of a scheme."""
    draft = carrier.draft
    yield node, RDF_TYPE, draft.term("skos:ConceptScheme")
    yield node, draft.term("adms:status"), draft.status("live")
    titles = list(_texts(carrier, scheme, TITLES, "dct:title"))
    if not titles:
        words = name.replace("-", " ").capitalize()
        titles = [(draft.term("dct:title"), Literal(words, language=draft.language))]
    told = (*titles, *_texts(carrier, scheme, DESCRIPTIONS, "dct:description"))
    yield from ((node, predicate, text) for predicate, text in told)
    source = scheme.value if isinstance(scheme, URINode) else carrier.source
    yield node, draft.term("dct:source"), Literal(source)
    yield from _rest(carrier, scheme, node)


def _texts(
    carrier: Carrier, scheme: Subject | None, properties: Sequence[URINode], place: str
) -> Iterator[tuple[URINode, Literal]]:
    """Give the texts of the first property that has any: one in each language."""
    found: dict[str, None] = {}
    for predicate in properties if scheme is not None else ():
        for term in carrier.graph.objects(scheme, predicate):  # type: ignore[arg-type] # it is one, as just asked
            language = getattr(term, "language", None) or carrier.language
            if isinstance(term, Literal) and language not in found:
                found[language] = None
                source = (scheme, predicate, term)
                carrier.ledger.note(source, Fate.CHANGED, f"became {place} of the list")  # type: ignore[arg-type] # as above
                text = Literal(" ".join(term.value.split()), language=language)
                yield carrier.draft.term(place), text


def _rest(carrier: Carrier, scheme: Subject | None, node: URINode) -> Iterator[Triple]:
    """Carry over what else is said of a scheme."""
    if scheme is None:
        return
    for triple in carrier.graph.about(scheme):
        is_own = triple[1] in {*FOLLOWS, *TITLES, *DESCRIPTIONS}
        if triple[1] == RDF_TYPE and triple[2] == SCHEME:
            carrier.ledger.note(triple, Fate.TAKEN)
        elif triple[1] in FOLLOWS:
            carrier.ledger.note(triple, Fate.DERIVED)
        elif triple[1] in DATES:
            carrier.ledger.note(triple, Fate.LEFT, "the list has dates of its own")
        elif is_own:
            carrier.ledger.note(triple, Fate.LEFT, "a second title or description in one language")
        else:
            yield from carrier.carried(triple, node)
