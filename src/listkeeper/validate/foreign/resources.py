"""Rules of what the terms of any SKOS are: concepts, schemes, addresses, typed values."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from listkeeper.exchange.reading.parsing import RELATIVE
from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import XSD
from listkeeper.shacl.datatypes import lexical_test
from listkeeper.validate.foreign.labelling import PLAIN
from listkeeper.validate.foreign.structure import MAPPINGS, MEMBERSHIPS, RELATIONS
from listkeeper.validate.rule import Breach
from listkeeper.validate.scope import quoted, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listkeeper.graph import Subject, Term
    from listkeeper.validate.foreign.scope import ForeignScope
    from listkeeper.validate.rule import Breaches

HARMFUL: Final = ("javascript:", "data:", "vbscript:", "file:", "blob:")
WEB: Final = ("http://", "https://")
FAMILIAR: Final = (*WEB, "urn:", "mailto:", "tel:", "doi:", "info:", "tag:", "ftp://", RELATIVE)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

OBJECTS: Final = (
    *RELATIONS,
    *MEMBERSHIPS,
    *(f"skos:{name}" for name in MAPPINGS),
    "skos:semanticRelation",
    "skos:mappingRelation",
    "skos:member",
)
"""Properties whose values are resources (S3, S5, S18, S31, S39)."""


def no_concept(scope: ForeignScope) -> Breaches:
    """Tell a file in which there is nothing to check as SKOS."""
    if not scope.concepts:
        message = "holds no skos:Concept, so next to nothing could be checked"
        yield Breach(message=message, path=next(iter(scope.edition.files)))


def text_for_resource(scope: ForeignScope) -> Breaches:
    """Tell relations that lead to a text."""
    for name in OBJECTS:
        predicate = scope.term(name)
        for subject, term in scope.pairs.get(predicate, ()):
            if isinstance(term, Literal):
                message = f"{scope.named(subject)}: {name} {scope.named(term)} is text, no address"
                yield Breach(message=message, subject=subject, predicate=predicate, object=term)


def wrong_kind(scope: ForeignScope) -> Breaches:
    """S9 with the domains and ranges: what is used as a concept is no scheme, and vice versa."""
    as_concept = ((name, True, True) for name in (*RELATIONS, *(f"skos:{m}" for m in MAPPINGS)))
    as_member = (("skos:topConceptOf", True, False), ("skos:hasTopConcept", False, True))
    for name, of_subject, of_object in (*as_concept, *as_member):
        predicate = scope.term(name)
        for subject, term in scope.pairs.get(predicate, ()):
            ends = [subject] * of_subject + [term] * of_object
            schemes = [end for end in ends if end in scope.schemes]
            if schemes:
                message = f"{scope.named(schemes[0])} is a concept scheme, and no end of {name}"
                yield Breach(message=message, subject=subject, predicate=predicate, object=term)
    yield from _in_concept(scope)


def _in_concept(scope: ForeignScope) -> Breaches:
    for name in ("skos:inScheme", "skos:topConceptOf"):
        predicate = scope.term(name)
        for subject, term in scope.pairs.get(predicate, ()):
            if term in scope.concepts:
                message = f"{scope.named(term)} is a concept, and no scheme to be in"
                yield Breach(message=message, subject=subject, predicate=predicate, object=term)


def undescribed(scope: ForeignScope) -> Breaches:
    """Tell what is pointed to as a part of this vocabulary and not described in it (qSKOS usr)."""
    own = _own_spaces(scope)
    for name in OBJECTS:
        predicate = scope.term(name)
        for subject, term in scope.pairs.get(predicate, ()):
            here = isinstance(term, URINode) and _space(term.value) in own
            if here and term not in scope.edition.homes:
                message = f"{scope.named(subject)}: {name} {scope.named(term)} is described nowhere"
                yield Breach(message=message, subject=subject, predicate=predicate, object=term)


def untyped(scope: ForeignScope) -> Breaches:
    """Tell what is described and used as a concept here, and does not say that it is one."""
    told: dict[Term, None] = {}
    for name in (*RELATIONS, "skos:hasTopConcept"):
        for _, term in scope.pairs.get(scope.term(name), ()):
            if isinstance(term, URINode) and term in scope.edition.homes and term not in told:
                told[term] = None
                if term not in scope.concepts and term not in scope.schemes:
                    message = f"{scope.named(term)} is used as a concept, and is no skos:Concept"
                    yield Breach(message=message, subject=term, predicate=RDF_TYPE)


def _own_spaces(scope: ForeignScope) -> frozenset[str]:
    """Give the namespaces of the vocabulary's own concepts."""
    nodes = (node.value for node in scope.concepts if isinstance(node, URINode))
    return frozenset(Counter(map(_space, nodes)))


def _space(uri: str) -> str:
    """Give the namespace of an address: up to its last slash or hash."""
    return uri[: max(uri.rfind("/"), uri.rfind("#")) + 1]


def harmful_address(scope: ForeignScope) -> Breaches:
    """Tell addresses that a reader's browser might run."""
    for node, uses in scope.pointers.items():
        if node.value.lower().startswith(HARMFUL):
            scheme = visible(node.value.split(":", 1)[0])
            for subject, predicate in uses:
                message = f"{scope.named(subject)}: addresses with {scheme}: are not taken"
                yield Breach(message=message, subject=subject, predicate=predicate, object=node)


def odd_address(scope: ForeignScope) -> Breaches:
    """Tell addresses whose scheme is no usual one: often a prefix that was never declared."""
    for node, uses in scope.pointers.items():
        if not node.value.lower().startswith((*FAMILIAR, *HARMFUL)):
            for subject, predicate in uses:
                message = f"{scope.named(subject)}: <{visible(node.value)}> has an unusual scheme"
                yield Breach(message=message, subject=subject, predicate=predicate, object=node)


def not_of_the_web(scope: ForeignScope) -> Breaches:
    """Tell concepts whose own address is no web address (qSKOS husv), relative ones too."""
    for concept in (*scope.schemes, *scope.concepts):
        if not isinstance(concept, URINode):
            yield Breach(message="a concept or scheme has no address", subject=concept)
        elif concept.value.startswith(RELATIVE):
            message = f"<{concept.value.removeprefix(RELATIVE)}> is relative, and there is no base"
            yield Breach(message=message, subject=concept)
        elif not concept.value.lower().startswith(WEB):
            yield Breach(message=f"{scope.named(concept)} is no web address", subject=concept)


def odd_value(scope: ForeignScope) -> Breaches:
    """Tell dates that are none and numbers that are none."""
    for kind, rows in _typed_values(scope).items():
        test = lexical_test(kind)
        for subject, predicate, term in rows if test else ():
            if test and not test(term.value):
                what = f"{quoted(term.value)} is no xsd:{visible(kind.value.removeprefix(XSD))}"
                message = f"{scope.named(subject)}: {scope.short(predicate.value)}: {what}"
                yield Breach(message=message, subject=subject, predicate=predicate, object=term)


def odd_type(scope: ForeignScope) -> Breaches:
    """Tell types of values that are none, each once: they come from one wrong prefix."""
    for kind, rows in _typed_values(scope).items():
        if not kind.value.startswith((*WEB, "urn:")):
            subject, predicate, term = rows[0]
            first = f"{scope.named(subject)}: {scope.short(predicate.value)}"
            number = f"; {len(rows):,} values have it" if len(rows) > 1 else ""
            message = f"{first}: <{visible(kind.value)}> is no type of values{number}"
            yield Breach(message=message, subject=subject, predicate=predicate, object=term)


def _typed_values(
    scope: ForeignScope,
) -> Mapping[URINode, Sequence[tuple[Subject, URINode, Literal]]]:
    """Give the values that are no plain texts, by their type."""
    found: dict[URINode, list[tuple[Subject, URINode, Literal]]] = defaultdict(list)
    for predicate, pairs in scope.pairs.items():
        for subject, term in pairs:
            if isinstance(term, Literal) and term.datatype.value not in PLAIN:
                found[term.datatype].append((subject, predicate, term))
    return found
