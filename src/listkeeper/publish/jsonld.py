"""Descriptions as JSON-LD 1.1, written from one table, the context inline.

What a term of the context cannot say exactly is said in full beside it, under the property's
prefixed name, which the context gives no shape: so nothing is lost or said differently, which
the tests prove by parsing what was written (https://www.w3.org/TR/json-ld11/).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from listkeeper.errors import UnsupportedError
from listkeeper.graph import RDF_TYPE, XSD_STRING, BlankNode, Literal, URINode
from listkeeper.namespaces import OWL, PREFIXES, XSD
from listkeeper.store.turtle.spelling import language_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from listkeeper.edition import Edition
    from listkeeper.graph import Subject, Term, Triple

JSON: TypeAlias = Any
"""What :mod:`json` writes: no narrower type exists for it."""

TEXT: Final = "@language"
LINK: Final = "@id"
PLAIN: Final = ""
DATE: Final = "xsd:date"


class Word(NamedTuple):
    """A term of the context: its name, its property and the shape of its values."""

    name: str
    property: str
    shape: str
    """`TEXT` texts by language, `LINK` IRIs, a prefixed datatype, or `PLAIN`."""


WORDS: Final = (
    *(Word(name, f"skos:{name}", TEXT) for name in ("prefLabel", "altLabel", "hiddenLabel")),
    *(Word(name, f"skos:{name}", TEXT) for name in ("definition", "scopeNote", "example")),
    *(Word(name, f"skos:{name}", TEXT) for name in ("historyNote", "changeNote")),
    Word("editorialNote", "skos:editorialNote", TEXT),
    Word("notation", "skos:notation", PLAIN),
    *(Word(name, f"skos:{name}", LINK) for name in ("inScheme", "broader", "narrower", "related")),
    *(Word(name, f"skos:{name}", LINK) for name in ("topConceptOf", "hasTopConcept", "member")),
    *(Word(name, f"skos:{name}", LINK) for name in ("exactMatch", "closeMatch", "broadMatch")),
    *(Word(name, f"skos:{name}", LINK) for name in ("narrowMatch", "relatedMatch")),
    Word("formerLabel", "skosxl:hiddenLabel", LINK),
    Word("literalForm", "skosxl:literalForm", TEXT),
    Word("status", "adms:status", LINK),
    Word("versionInfo", "owl:versionInfo", PLAIN),
    Word("deprecated", "owl:deprecated", PLAIN),
    Word("inverseOf", "owl:inverseOf", LINK),
    Word("label", "rdfs:label", TEXT),
    Word("comment", "rdfs:comment", TEXT),
    Word("subClassOf", "rdfs:subClassOf", LINK),
    Word("subPropertyOf", "rdfs:subPropertyOf", LINK),
    Word("title", "dct:title", TEXT),
    Word("description", "dct:description", TEXT),
    *(Word(name, f"dct:{name}", DATE) for name in ("created", "issued", "modified", "date")),
    *(Word(name, f"dct:{name}", LINK) for name in ("license", "publisher", "replaces", "format")),
    Word("replacedBy", "dct:isReplacedBy", LINK),
    Word("rightsStatement", "dct:rights", TEXT),
    *(Word(name, f"dct:{name}", PLAIN) for name in ("source", "language", "identifier")),
    *(Word(name, f"dcat:{name}", LINK) for name in ("dataset", "distribution", "mediaType")),
    *(Word(name, f"dcat:{name}", LINK) for name in ("accessURL", "downloadURL", "contactPoint")),
    *(Word(name, f"def:{name}", TEXT) for name in ("draftLabel", "retirementReason", "heading")),
    *(Word(name, f"def:{name}", TEXT) for name in ("inverseHeading", "purpose", "use", "owner")),
    *(Word(name, f"def:{name}", DATE) for name in ("startDate", "endDate", "evidenceDate")),
    *(Word(name, f"def:{name}", DATE) for name in ("replacedOn", "reinstatedOn")),
)
"""The terms with a shape of their own; the definitions add the rest."""

NATIVE: Final = {
    URINode(XSD + "boolean"): re.compile("true|false"),
    URINode(XSD + "integer"): re.compile(r"0|-?[1-9][0-9]{0,14}"),
}
"""Datatypes, and the forms that JSON's own values stand for exactly."""

DEFINED: Final = (
    (OWL + "DatatypeProperty", PLAIN),
    (OWL + "ObjectProperty", LINK),
)
"""Kinds of properties of the definitions, and the shape of their terms."""


def words(edition: Edition) -> tuple[Word, ...]:
    """Give the terms: the fixed ones, then those of the definitions whose names are free."""
    found = {word.name: word for word in WORDS}
    taken = {word.property for word in WORDS}
    for word in _defined(edition):
        if word.property not in taken and word.name not in PREFIXES:
            found.setdefault(word.name, word)
    return tuple(found.values())


def _defined(edition: Edition) -> Iterator[Word]:
    """Give a term for each property that the definitions declare."""
    shapes: dict[Term, str] = {URINode(kind): shape for kind, shape in DEFINED}
    shapes[URINode(edition.minter.term("LinkType"))] = LINK
    own_name = re.compile(re.escape(edition.minter.terms) + "([A-Za-z][A-Za-z0-9]*)")
    for subject in edition.homes:
        name = own_name.fullmatch(subject.value)
        types = edition.authored.objects(subject, RDF_TYPE) if name else ()
        shape = next((shapes[kind] for kind in types if kind in shapes), None)
        if name and shape is not None:
            yield Word(name[1], f"def:{name[1]}", shape)


def context(edition: Edition, without: Collection[str] = ()) -> dict[str, JSON]:
    """Make the context: prefixes, then terms; the same inline and at ``/context.jsonld``.

    Args:
        edition: whose terms are declared.
        without: names that it must not declare, since they are schemes of IRIs that are said.
    """
    prefixes = {"def": edition.minter.terms, **PREFIXES}

    def spelled(name: str) -> str:
        prefix, _, local = name.partition(":")
        return prefixes[prefix] + local if prefix in without else name

    declared = {
        **prefixes,
        **{word.name: _entry(word, spelled) for word in words(edition)},
    }
    return {"@version": 1.1, **{k: v for k, v in declared.items() if k not in without}}


def _entry(word: Word, spelled: Callable[[str], str]) -> JSON:
    property_ = spelled(word.property)
    if word.shape == PLAIN:
        return {"@id": property_}
    key = "@container" if word.shape == TEXT else "@type"
    return {"@id": property_, key: spelled(word.shape)}


@dataclass(frozen=True, slots=True)
class _Key:
    """What a property is called in a document, by the shape its values have."""

    term: str
    shape: str
    full: str


class JSONLDWriter:
    """Writes descriptions of one edition as JSON-LD."""

    def __init__(self, edition: Edition, without: Collection[str] = ()) -> None:
        """Make the context once.

        Args:
            edition: whose descriptions are written.
            without: names that its context must not declare.
        """
        self._edition = edition
        self.context = context(edition, without)
        self._context_text = _dumps(self.context)
        self._prefixes = {"def": edition.minter.terms, **PREFIXES}
        spaces = ((s, prefix) for prefix, s in self._prefixes.items() if prefix in self.context)
        self._namespaces = sorted(spaces, reverse=True)
        declared = (word for word in words(edition) if word.name in self.context)
        self._words = {self._expand(word.property): word for word in declared}
        self._keys: dict[URINode, _Key] = {}

    def context_document(self) -> bytes:
        """Write the context as a document of its own."""
        return f'{{"@context":{self._context_text}}}\n'.encode()

    def write(self, triples: Iterable[Triple]) -> bytes:
        """Write a description: each subject a node of ``@graph``, one on a line.

        Args:
            triples: grouped by subject.

        Raises:
            UnsupportedError: when a text has a direction.
        """
        triples = tuple(triples)
        clashing = {name for triple in triples for name in self._clashes(triple)}
        if clashing:
            return JSONLDWriter(self._edition, clashing).write(triples)
        nodes: dict[Subject, dict[str, JSON]] = {}
        for subject, predicate, term in triples:
            node = nodes.setdefault(subject, {"@id": self._reference(subject)})
            self._add(node, predicate, term)
        lines = ",\n".join(_dumps(node) for node in nodes.values())
        return f'{{"@context":{self._context_text},\n"@graph":[\n{lines}\n]}}\n'.encode()

    def _clashes(self, triple: Triple) -> Iterator[str]:
        """Give the names of the context that a parser would take schemes of IRIs for.

        Of ``<xsd:http://…>`` it would make a name with the prefix ``xsd``
        (https://www.w3.org/TR/json-ld11-api/#iri-expansion).
        """
        for term in triple:
            node = term.datatype if isinstance(term, Literal) else term
            if isinstance(node, URINode):
                scheme, _, rest = node.value.partition(":")
                if scheme in self.context and not rest.startswith("//"):
                    yield scheme

    def _add(self, node: dict[str, JSON], predicate: URINode, term: Term) -> None:
        if predicate == RDF_TYPE and not isinstance(term, Literal):
            _append(node, "@type", self._reference(term, compact=True))
            return
        key = self._key(predicate)
        if key.shape == TEXT and isinstance(term, Literal) and term.language:
            _refuse_direction(term)
            texts = node.setdefault(key.term, {})
            _append(texts, language_tag(term.language), term.value, always=False)
        elif key.shape == LINK and not isinstance(term, Literal):
            _append(node, key.term, self._reference(term))
        elif key.shape and self._has_datatype(term, key.shape):
            _append(node, key.term, term.value, always=False)
        else:
            name = key.full if key.shape else key.term
            _append(node, name, self._value(term), always=False)

    def _has_datatype(self, term: Term, shape: str) -> bool:
        if not isinstance(term, Literal) or term.language or shape in {TEXT, LINK}:
            return False
        return term.datatype.value == self._expand(shape)

    def _value(self, term: Term) -> JSON:
        """Say an object in full."""
        if not isinstance(term, Literal):
            return {"@id": self._reference(term)}
        _refuse_direction(term)
        if term.language:
            return {"@language": language_tag(term.language), "@value": term.value}
        if term.datatype == XSD_STRING:
            return term.value
        native = NATIVE.get(term.datatype)
        if native and native.fullmatch(term.value):
            return json.loads(term.value)
        return {"@type": self._reference(term.datatype, compact=True), "@value": term.value}

    def _key(self, predicate: URINode) -> _Key:
        if predicate not in self._keys:
            full = self._reference(predicate, compact=True)
            word = self._words.get(predicate.value, Word(full, full, PLAIN))
            self._keys[predicate] = _Key(word.name, word.shape, full)
        return self._keys[predicate]

    def _reference(self, term: Term, *, compact: bool = False) -> str:
        """Write an IRI in full or, as `compact`, with a prefix; a blank node by its label."""
        if isinstance(term, BlankNode):
            return f"_:{term.value}"
        return self._compacted(term.value) if compact else term.value

    def _compacted(self, iri: str) -> str:
        for space, prefix in self._namespaces:
            local = iri.removeprefix(space)
            if local != iri and re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", local):
                return f"{prefix}:{local}"
        return iri

    def _expand(self, prefixed: str) -> str:
        prefix, _, local = prefixed.partition(":")
        return self._prefixes[prefix] + local


def _append(node: dict[str, JSON], key: str, value: JSON, *, always: bool = True) -> None:
    """Add a value: an array from the second on, or `always`."""
    if key not in node:
        node[key] = [value] if always else value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]


def _refuse_direction(term: Literal) -> None:
    if term.direction is not None:
        raise UnsupportedError(f"{term} has a direction, which RDF 1.1 does not know")


def _dumps(value: Mapping[str, JSON]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
