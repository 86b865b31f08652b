"""What the data is made of and where it is had whole, in VoID, with the versions of each list.

https://www.w3.org/TR/void/. It lies at `/.well-known/void` and tells of all releases, so it is
no part of any of them: the data files of a release stay as they are when another is made.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.graph import RDF_TYPE, Graph, Literal, URINode
from listkeeper.namespaces import DCAT, DCT, FOAF, OWL, PROV, SKOS, VOID, XSD
from listkeeper.publish import rdf
from listkeeper.publish.resources import VOID_ADDRESS, ResourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.graph import Term, Triple
    from listkeeper.model import ConceptScheme, LinkType, Text
    from listkeeper.publish.publication import Publication
    from listkeeper.publish.resources import Resource

FEATURES: Final = {
    "turtle": "http://www.w3.org/ns/formats/Turtle",
    "json-ld": "http://www.w3.org/ns/formats/JSON-LD",
    "rdf-xml": "http://www.w3.org/ns/formats/RDF_XML",
    "n-triples": "http://www.w3.org/ns/formats/N-Triples",
}
"""Name of a representation that holds all triples to its URI as a format."""

VOCABULARIES: Final = (SKOS, DCT, DCAT, PROV, OWL)
SPARQL: Final = "sparql"


class Version(NamedTuple):
    """A version of a list that was released."""

    list_name: str
    name: str
    """What the list calls it, ``owl:versionInfo``."""
    release: str
    """The first release with it."""
    issued: str
    """That release's date, ISO 8601."""


def void_document(publication: Publication) -> bytes:
    """Write what the data is made of, as Turtle."""
    edition = publication.edition
    graph = Graph(_Description(publication).triples())
    return rdf.turtle(tuple(graph), edition.minter, edition.settings.default_language)


class _Description:
    """Describes what one publication holds."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._edition = publication.edition
        self._vocabulary = publication.edition.vocabulary
        self._document = self._url(VOID_ADDRESS)
        resources = publication.resources.values()
        self._lists = {r.name: r for r in resources if r.kind is ResourceKind.LIST}
        self._all = next(r for r in resources if r.kind is ResourceKind.CATALOGUE)

    def triples(self) -> Iterator[Triple]:
        yield self._document, RDF_TYPE, URINode(VOID + "DatasetDescription")
        yield self._document, URINode(FOAF + "primaryTopic"), URINode(self._all.uri)
        yield from self._whole()
        for name, resource in self._lists.items():
            yield from self._list(resource, self._vocabulary.schemes[name])
            yield from self._versions(resource)
        for kind in self._vocabulary.link_types:
            yield from self._links(kind)

    def _whole(self) -> Iterator[Triple]:
        """Describe everything together: the data of the catalogue."""
        node, catalogue = URINode(self._all.uri), self._vocabulary.catalogue
        yield node, RDF_TYPE, URINode(VOID + "Dataset")
        titles = catalogue.titles if catalogue else ()
        yield from self._texts(node, "title", titles, self._edition.settings.site_name)
        yield node, URINode(VOID + "uriSpace"), Literal(self._edition.minter.identifiers)
        yield node, URINode(VOID + "sparqlEndpoint"), self._url(SPARQL)
        yield node, URINode(VOID + "triples"), _number(len(self._edition.published))
        yield node, URINode(VOID + "entities"), _number(len(self._vocabulary.concepts))
        for vocabulary in (*VOCABULARIES, self._edition.minter.terms):
            yield node, URINode(VOID + "vocabulary"), URINode(vocabulary)
        if catalogue and catalogue.licence:
            yield node, URINode(DCT + "license"), URINode(catalogue.licence)

    def _list(self, resource: Resource, scheme: ConceptScheme) -> Iterator[Triple]:
        """Describe a list: its size, its first entry, and the files that hold all of it."""
        node, minter = URINode(resource.uri), self._edition.minter
        members = self._publication.descriptions.members(scheme.name)
        yield URINode(self._all.uri), URINode(VOID + "subset"), node
        yield node, RDF_TYPE, URINode(VOID + "Dataset")
        yield from self._texts(node, "title", scheme.titles, scheme.name)
        yield node, URINode(VOID + "entities"), _number(len(members))
        if scheme.segment:
            space = f"{minter.identifiers}{scheme.segment}/"
            yield node, URINode(VOID + "uriSpace"), Literal(space)
        if members:
            yield node, URINode(VOID + "exampleResource"), URINode(members[0].uri)
        for row in self._publication.offers(resource):
            if row.name in FEATURES:
                yield node, URINode(VOID + "feature"), URINode(FEATURES[row.name])
                dump = self._url(resource.address + row.extension)
                yield node, URINode(VOID + "dataDump"), dump

    def _versions(self, resource: Resource) -> Iterator[Triple]:
        """Tell the versions of a list: each had whole, at the release that brought it."""
        found = [v for v in self._publication.versions if v.list_name == resource.name]
        scheme = self._vocabulary.schemes[resource.name]
        list_ = URINode(resource.uri)
        nodes = [self._url(f"release/{v.release}/{resource.address}") for v in found]
        for version, node in zip(found, nodes, strict=True):
            yield list_, URINode(DCAT + "hasVersion"), node
            yield node, RDF_TYPE, URINode(DCAT + "Dataset")
            yield from self._texts(node, "title", scheme.titles, scheme.name)
            yield from self._texts(node, "description", scheme.descriptions, scheme.name)
            yield node, URINode(DCAT + "isVersionOf"), list_
            yield node, URINode(DCAT + "version"), Literal(version.name)
            date = Literal(version.issued, datatype=URINode(XSD + "date"))
            yield node, URINode(DCT + "issued"), date
        for before, after in pairwise(nodes):
            yield after, URINode(DCAT + "previousVersion"), before
        if nodes:
            yield list_, URINode(DCAT + "hasCurrentVersion"), nodes[-1]

    def _links(self, kind: LinkType) -> Iterator[Triple]:
        """Describe the links of one kind: which lists they join, and how many there are."""
        ends = [self._lists.get(name) for name in (kind.domain_list, kind.range_list)]
        concepts = self._vocabulary.concepts.values()
        count = sum(len(concept.links.get(kind.uri, ())) for concept in concepts)
        if not (ends[0] and ends[1] and count):
            return
        node = URINode(f"{self._document.value}#{kind.name}")
        yield URINode(self._all.uri), URINode(VOID + "subset"), node
        yield node, RDF_TYPE, URINode(VOID + "Linkset")
        yield node, URINode(VOID + "linkPredicate"), URINode(kind.uri)
        yield node, URINode(VOID + "subjectsTarget"), URINode(ends[0].uri)
        yield node, URINode(VOID + "objectsTarget"), URINode(ends[1].uri)
        yield node, URINode(VOID + "triples"), _number(count)

    def _texts(
        self, node: URINode, name: str, texts: tuple[Text, ...], otherwise: str
    ) -> Iterator[Triple]:
        values: list[Term] = [
            Literal(t.value, language=t.language) if t.language else Literal(t.value) for t in texts
        ]
        language = self._edition.settings.default_language
        for value in values or [Literal(otherwise, language=language)]:
            yield node, URINode(DCT + name), value

    def _url(self, address: str) -> URINode:
        return URINode(self._edition.minter.base + address)


def _number(count: int) -> Literal:
    return Literal(str(count), datatype=URINode(XSD + "integer"))
