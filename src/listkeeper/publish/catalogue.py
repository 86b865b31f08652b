"""The catalogue of the lists as DCAT 3: a dataset for each list, a distribution for each format.

https://www.w3.org/TR/vocab-dcat-3/; the classes and node kinds are also those that DCAT-AP asks
for. The distributions come from the table of representations, so none can be forgotten. What
they weigh and hash to is known once they are rendered, so they come first and this after them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.graph import RDF_TYPE, Graph, Literal, URINode
from listkeeper.namespaces import DCAT, DCT, FOAF, OWL, RDFS, SPDX, VCARD, XSD
from listkeeper.publish.resources import VOID_ADDRESS, ResourceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from listkeeper.edition import Edition
    from listkeeper.graph import Triple
    from listkeeper.model import ConceptScheme, Text
    from listkeeper.publish.byte_cache import Facts
    from listkeeper.publish.representations import Representation
    from listkeeper.publish.resources import Resource

MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
"""Where IANA names media types."""

PAGE: Final = "html"
RIGHTS: Final = URINode(DCT + "rights")
DATE: Final = URINode(XSD + "date")
WHOLE_NUMBER: Final = URINode(XSD + "nonNegativeInteger")
HEX_BINARY: Final = URINode(XSD + "hexBinary")
SEE_ALSO: Final = URINode(RDFS + "seeAlso")


def describe_catalogue(
    edition: Edition,
    resources: Iterable[Resource],
    formats: Sequence[Representation],
    weigh: Callable[[Resource, Representation], Facts | None] | None = None,
) -> Graph:
    """Make the graph of the catalogue.

    Args:
        edition: what is published.
        resources: everything published, of which the lists and the catalogue are taken.
        formats: the representations of a list.
        weigh: gives size and hash of a distribution, None where the format cannot carry the
            list and there is none; without it, nothing is told of them.
    """
    found = {kind: [r for r in resources if r.kind is kind] for kind in ResourceKind}
    catalogue = _Catalogue(edition, URINode(found[ResourceKind.CATALOGUE][0].uri))
    graph = Graph(catalogue.itself())
    for resource in found[ResourceKind.LIST]:
        graph.update(catalogue.dataset(resource))
        for representation in formats:
            # A page is a view, made by templates that may change while the data does not.
            is_weighed = weigh is not None and representation.name != PAGE
            facts = weigh(resource, representation) if weigh and is_weighed else None
            if facts or not is_weighed:
                graph.update(catalogue.distribution(resource, representation, facts))
    return graph


class _Catalogue:
    """Says what the catalogue, its datasets and their distributions are."""

    def __init__(self, edition: Edition, node: URINode) -> None:
        self._edition = edition
        self._node = node
        self._catalogue = edition.vocabulary.catalogue
        self._language = edition.settings.default_language
        self._publisher = URINode(f"{node.value}#publisher")  # as inference.publisher_node has it
        self._contact = URINode(f"{node.value}#contact")

    def itself(self) -> Iterator[Triple]:
        """Say what is authored, and what a catalogue must say beside."""
        yield self._node, RDF_TYPE, URINode(DCAT + "Catalog")
        for triple in self._edition.authored.about(self._node):
            # Plain text is no rights statement to DCAT-AP: it is said in one of its own below.
            if triple[1] != RIGHTS:
                yield triple
        titles = self._catalogue.titles if self._catalogue else ()
        yield from self._texts(self._node, "title", titles, self._edition.settings.site_name)
        descriptions = self._catalogue.descriptions if self._catalogue else ()
        yield from self._texts(self._node, "description", descriptions, self._name())
        yield from self._rights()
        yield self._node, SEE_ALSO, self._url(VOID_ADDRESS)
        yield self._node, URINode(DCT + "publisher"), self._publisher
        yield self._publisher, RDF_TYPE, URINode(FOAF + "Agent")
        yield self._publisher, URINode(FOAF + "name"), Literal(self._name())
        yield from self._contact_point(self._node)

    def dataset(self, resource: Resource) -> Iterator[Triple]:
        """Say what a list is as a dataset; its URI is the list's own."""
        scheme = self._edition.vocabulary.schemes[resource.name]
        node = URINode(resource.uri)
        yield self._node, URINode(DCAT + "dataset"), node
        yield node, RDF_TYPE, URINode(DCAT + "Dataset")
        yield from self._texts(node, "title", scheme.titles, scheme.name)
        yield from self._texts(node, "description", scheme.descriptions, scheme.name)
        yield node, URINode(DCT + "identifier"), Literal(resource.uri)
        yield node, URINode(DCT + "publisher"), self._publisher
        yield node, URINode(DCAT + "landingPage"), self._url(resource.address)
        yield from self._contact_point(node)
        yield from _dates(node, scheme)
        if scheme.version:
            yield node, URINode(DCAT + "version"), Literal(scheme.version)
            yield node, URINode(OWL + "versionInfo"), Literal(scheme.version)

    def distribution(
        self, resource: Resource, representation: Representation, facts: Facts | None
    ) -> Iterator[Triple]:
        """Say what a list in one format is."""
        scheme = self._edition.vocabulary.schemes[resource.name]
        node = URINode(f"{resource.uri}#{representation.name}")
        yield URINode(resource.uri), URINode(DCAT + "distribution"), node
        yield node, RDF_TYPE, URINode(DCAT + "Distribution")
        yield node, URINode(DCT + "title"), Literal(representation.label, language="en")
        yield node, URINode(DCAT + "accessURL"), self._url(resource.address)
        download = self._url(resource.address + representation.extension)
        yield node, URINode(DCAT + "downloadURL"), download
        media_type = URINode(MEDIA_TYPES + representation.media_type)
        yield node, URINode(DCAT + "mediaType"), media_type
        licence = scheme.licence or (self._catalogue.licence if self._catalogue else "")
        if licence:
            yield node, URINode(DCT + "license"), URINode(licence)
        if facts:
            yield from _weight(node, facts)

    def _rights(self) -> Iterator[Triple]:
        texts = self._catalogue.attribution if self._catalogue else ()
        statement = URINode(f"{self._node.value}#rights")
        for text in texts:
            yield self._node, RIGHTS, statement
            yield statement, RDF_TYPE, URINode(DCT + "RightsStatement")
            yield statement, URINode(RDFS + "label"), _literal(text)

    def _contact_point(self, node: URINode) -> Iterator[Triple]:
        address = self._edition.settings.contact
        if address:
            yield node, URINode(DCAT + "contactPoint"), self._contact
            yield self._contact, RDF_TYPE, URINode(VCARD + "Kind")
            yield self._contact, URINode(VCARD + "fn"), Literal(self._name())
            yield self._contact, URINode(VCARD + "hasEmail"), URINode(f"mailto:{address}")

    def _texts(
        self, node: URINode, name: str, texts: Sequence[Text], otherwise: str
    ) -> Iterator[Triple]:
        for text in texts:
            yield node, URINode(DCT + name), _literal(text)
        if not texts:
            yield node, URINode(DCT + name), Literal(otherwise, language=self._language)

    def _name(self) -> str:
        publisher = self._catalogue.publisher if self._catalogue else None
        return publisher.value if publisher else self._edition.settings.site_name

    def _url(self, path: str) -> URINode:
        return URINode(self._edition.minter.base + path)


def _dates(node: URINode, scheme: ConceptScheme) -> Iterator[Triple]:
    for name, date in (("issued", scheme.created), ("modified", scheme.modified)):
        if date:
            yield node, URINode(DCT + name), Literal(date, datatype=DATE)


def _weight(node: URINode, facts: Facts) -> Iterator[Triple]:
    """Say how many bytes a distribution has, and what they hash to."""
    checksum = URINode(f"{node.value}-checksum")
    yield node, URINode(DCAT + "byteSize"), Literal(str(facts.size), datatype=WHOLE_NUMBER)
    yield node, URINode(SPDX + "checksum"), checksum
    yield checksum, RDF_TYPE, URINode(SPDX + "Checksum")
    yield checksum, URINode(SPDX + "algorithm"), URINode(SPDX + "checksumAlgorithm_sha256")
    yield checksum, URINode(SPDX + "checksumValue"), Literal(facts.sha256, datatype=HEX_BINARY)


def _literal(text: Text) -> Literal:
    return Literal(text.value, language=text.language) if text.language else Literal(text.value)
