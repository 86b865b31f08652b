"""Reading the graph into the model: the one place where triples become concepts and lists.

Reading never fails on odd content: what cannot be read as the profile says is left out of the
model (it stays in the graph) and is reported by the checks, which look at the graph.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from listkeeper.graph import RDF_TYPE, Graph, Literal, Subject, Term, URINode
from listkeeper.model import (
    Catalogue,
    Collection,
    Concept,
    ConceptScheme,
    LinkType,
    Silence,
    Text,
    Use,
    Vocabulary,
)
from listkeeper.namespaces import DCAT, RDFS, SKOS
from listkeeper.store import properties as table
from listkeeper.store.parts import PartsReader
from listkeeper.uris import URI, Minter, natural_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CONCEPT: Final = URINode(SKOS + "Concept")
SCHEME: Final = URINode(SKOS + "ConceptScheme")
COLLECTION: Final = URINode(SKOS + "Collection")
MEMBER: Final = URINode(SKOS + "member")
PREF_LABEL: Final = URINode(SKOS + "prefLabel")
CATALOG: Final = URINode(DCAT + "Catalog")
LABEL: Final = URINode(RDFS + "label")
REPEATED: Final = frozenset({"types", "in_schemes", "status", "review", "created", "modified"})
"""Fields with the same values in thousands of concepts: each value is kept once."""

MAPPINGS: Final = {URINode(SKOS + name): name for name in table.MAPPING_PROPERTIES}


def read_vocabulary(graph: Graph, minter: Minter, homes: Mapping[Subject, str]) -> Vocabulary:
    """Read everything a graph holds.

    Args:
        graph: the authored graph.
        minter: mints our own terms and identifiers.
        homes: subject to the path of the file that describes it.
    """
    return read_again(graph, minter, homes, None)[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class ConceptsRead:
    """The concepts as the authored graph alone has them, before inverses are added."""

    concepts: Mapping[URINode, Concept]
    links: Mapping[URINode, URI]
    segments: Mapping[str, str]


def read_again(
    graph: Graph, minter: Minter, homes: Mapping[Subject, str], known: ConceptsRead | None
) -> tuple[Vocabulary, ConceptsRead]:
    """Read everything a graph holds, most concepts of which were read before.

    Args:
        graph: the authored graph.
        minter: mints our own terms and identifiers.
        homes: subject to the path of the file that describes it.
        known: concepts whose triples, and those of their parts, are the same and in the same
            file; they are read again all the same where lists or kinds of links are not.
    """
    return _Reader(graph, minter, homes).read(known)


class _Reader:
    """One reading of one graph."""

    def __init__(self, graph: Graph, minter: Minter, homes: Mapping[Subject, str]) -> None:
        self.graph = graph
        self.minter = minter
        self.homes = homes
        self.parts = PartsReader(graph, minter)
        self.by_type: dict[Term, list[URINode]] = defaultdict(list)
        for subject in graph.subjects():
            if isinstance(subject, URINode):
                for kind in graph.properties(subject).get(RDF_TYPE, ()):
                    self.by_type[kind].append(subject)

    def read(self, known: ConceptsRead | None) -> tuple[Vocabulary, ConceptsRead]:
        schemes = {scheme.name: scheme for scheme in map(self._scheme, self.by_type[SCHEME])}
        link_types = self._link_types()
        found = self._concepts(schemes, link_types, known)
        concepts = {concept.uri: concept for concept in found.concepts.values()}
        vocabulary = Vocabulary(
            catalogue=next(map(self._catalogue, self.by_type[CATALOG]), None),
            schemes=schemes,
            concepts=_with_inverses(concepts, link_types),
            collections={c.uri: c for c in map(self._collection, self.by_type[COLLECTION])},
            uses=tuple(map(self._use, self._typed("Use"))),
            link_types=link_types,
            term_labels=self._term_labels(),
            silences=tuple(map(self._silence, self._typed("Silence"))),
        )
        return vocabulary, found

    def _typed(self, name: str) -> list[URINode]:
        return self.by_type[URINode(self.minter.term(name))]

    def _fill(self, fields: table.Fields, node: URINode) -> dict[str, Any]:
        return table.fill(table.bind(fields, self.minter), self.graph.properties(node))

    def _scheme(self, node: URINode) -> ConceptScheme:
        path = self.homes.get(node, "")
        name = (self.minter.path(node.value) or "").removeprefix("list/") or _file_name(path)
        values = {"segment": name, **self._fill(table.SCHEME_FIELDS, node)}
        quality = self._fill(table.QUALITY_FIELDS, node)
        return ConceptScheme(uri=URI(node.value), name=name, quality=quality, path=path, **values)

    def _link_types(self) -> tuple[LinkType, ...]:
        found = (
            LinkType(
                uri=URI(node.value),
                name=node.value.removeprefix(self.minter.terms),
                **{"inverse": "", "domain_list": "", "range_list": "", **values},
            )
            for node in self._typed("LinkType")
            if (values := self._fill(table.LINK_TYPE_FIELDS, node))
        )
        return tuple(sorted(found, key=lambda link_type: (link_type.order, link_type.name)))

    def _catalogue(self, node: URINode) -> Catalogue:
        return Catalogue(uri=URI(node.value), **self._fill(table.CATALOGUE_FIELDS, node))

    def _use(self, node: URINode) -> Use:
        empty = {"user": Text(value=""), "source": "", "date": "", "concepts": ()}
        return Use(uri=URI(node.value), **{**empty, **self._fill(table.USE_FIELDS, node)})

    def _silence(self, node: URINode) -> Silence:
        empty = dict.fromkeys(("rule", "reason", "date"), "")
        return Silence(uri=URI(node.value), **{**empty, **self._fill(table.SILENCE_FIELDS, node)})

    def _collection(self, node: URINode) -> Collection:
        return Collection(
            uri=URI(node.value),
            pref_labels=table.texts(self.graph.objects(node, PREF_LABEL)),
            members=tuple(sorted(table.uris(self.graph.objects(node, MEMBER)), key=natural_key)),
        )

    def _term_labels(self) -> dict[URI, Text]:
        """Labels of our own terms, the first given for each."""
        found: dict[URI, Text] = {}
        for subject, path in self.homes.items():
            if path.endswith("/definitions.ttl") and isinstance(subject, URINode):
                for term in self.graph.objects(subject, LABEL):
                    if isinstance(term, Literal):
                        label = Text(value=term.value, language=term.language or "")
                        found.setdefault(URI(subject.value), label)
        return found

    def _concepts(
        self,
        schemes: Mapping[str, ConceptScheme],
        link_types: Iterable[LinkType],
        known: ConceptsRead | None,
    ) -> ConceptsRead:
        fields = {**table.bind(table.CONCEPT_FIELDS, self.minter), **self.parts.fields}
        links = {URINode(link_type.uri): link_type.uri for link_type in link_types}
        segments = {scheme.name: scheme.segment for scheme in schemes.values()}
        is_same = known is not None and (known.links, known.segments) == (links, segments)
        ready = known.concepts if known is not None and is_same else {}
        concepts: dict[URINode, Concept] = {}
        once = dict[Any, Any]().setdefault
        for node in self.by_type[CONCEPT]:
            if node in ready:
                concepts[node] = ready[node]
                continue
            properties = self.graph.properties(node)
            values = table.fill(fields, properties)
            values.update(self.parts.whole(values.get("types", ()), properties))
            values["links"] = {
                links[p]: table.uris(t)
                for p, t in properties.items()
                if p in links and p not in fields
            }
            values["mappings"] = _mappings(properties)
            values |= {name: once(values[name], values[name]) for name in REPEATED & values.keys()}
            concepts[node] = self._placed(node, values, segments)
        return ConceptsRead(concepts=concepts, links=links, segments=segments)

    def _placed(
        self, node: URINode, values: dict[str, Any], segments: Mapping[str, str]
    ) -> Concept:
        """Give a concept its list and its address, both told by its file and URI."""
        path = self.homes.get(node, "")
        list_name = _list_name(path)
        if "notation" not in values:
            values["notation"] = node.value.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        address = self.minter.path(node.value)
        if address is None:
            address = f"{segments.get(list_name, list_name)}/{values['notation']}"
        return Concept(
            uri=URI(node.value), list_name=list_name, path=path, address=address, **values
        )


def _mappings(properties: table.Properties) -> tuple[tuple[str, URI], ...]:
    found = [
        (MAPPINGS[property_], target)
        for property_, targets in properties.items()
        if property_ in MAPPINGS
        for target in table.uris(targets)
    ]
    return tuple(found)


def _list_name(path: str) -> str:
    parts = path.split("/")
    return parts[1].removesuffix(".ttl") if len(parts) > 1 else ""


def _file_name(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".ttl")


def _with_inverses(
    concepts: Mapping[URI, Concept], link_types: Iterable[LinkType]
) -> dict[URI, Concept]:
    """Add what is derived: narrower concepts and the other direction of each link."""
    inverse = {link_type.uri: link_type.inverse for link_type in link_types if link_type.inverse}
    narrower: dict[URI, list[URI]] = defaultdict(list)
    back: dict[URI, dict[URI, list[URI]]] = defaultdict(lambda: defaultdict(list))
    for concept in concepts.values():
        for target in concept.broader:
            narrower[target].append(concept.uri)
        for property_, targets in concept.links.items():
            for target in targets:
                if property_ in inverse:
                    back[target][inverse[property_]].append(concept.uri)
    result = dict(concepts)
    order = cache(natural_key)  # most are the source of several links
    for uri in narrower.keys() | back.keys():
        if uri in result:
            inverses = {p: tuple(sorted(found, key=order)) for p, found in back[uri].items()}
            result[uri] = replace(
                result[uri],
                narrower=tuple(sorted(narrower[uri], key=order)),
                links={**result[uri].links, **inverses},
            )
    return result
