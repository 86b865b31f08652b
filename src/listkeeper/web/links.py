"""The ``Link`` header of a resource (RFC 8288), made from the table of representations.

The relations are those that FAIR Signposting asks for, https://signposting.org/FAIR/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.namespaces import DCAT, OWL, SCHEMA, SKOS
from listkeeper.publish.representations import offers
from listkeeper.publish.resources import ResourceKind
from listkeeper.web.headers import reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.publish.publication import Document, Publication
    from listkeeper.publish.representations import Representation
    from listkeeper.publish.resources import Resource

HTML: Final = "html"
CSVW: Final = "csvw"

TYPES: Final = {
    ResourceKind.CONCEPT: SKOS + "Concept",
    ResourceKind.LIST: SKOS + "ConceptScheme",
    ResourceKind.DEFINITIONS: OWL + "Ontology",
    ResourceKind.CATALOGUE: DCAT + "Catalog",
}

DESCRIBED_BY: Final = {
    "html": "turtle",
    "csv": "csvw",
    "excel-csv": "csvw",
    "xlsx": "csvw",
    "links": "links-csvw",
}
"""Format to the format that describes it; what is not named here describes itself."""


def url(publication: Publication, resource: Resource, row: Representation) -> str:
    """Give the absolute URL of a resource in a format: for HTML the plain one."""
    extension = "" if row.name == HTML else row.extension
    return reference(f"{publication.edition.minter.base}{resource.address}{extension}")


def document_links(publication: Publication, document: Document) -> str:
    """Write the header for a document; empty for a page that is about nothing we identify."""
    if document.resource is None or document.representation is None:
        return ""
    links = [
        *resource_links(publication, document.resource, document.representation),
        *_of_format(publication, document.resource, document.representation),
    ]
    return ", ".join(links)


def resource_links(
    publication: Publication, resource: Resource, sent: Representation | None = None
) -> Iterator[str]:
    """Give the links that hold for a resource in every format.

    Args:
        publication: what is published.
        resource: what the answer is about.
        sent: the format of the answer, which is no alternate of itself; None for a redirect.
    """
    for row in offers(resource.kind):
        if row != sent:
            target = url(publication, resource, row)
            yield f'<{target}>; rel="alternate"; type="{row.media_type}"'
    yield f'<{reference(resource.uri)}>; rel="cite-as"'
    yield f'<{TYPES[resource.kind]}>; rel="type"'
    licence = _licence(publication, resource)
    if licence:
        yield f'<{reference(licence)}>; rel="license"'


def _of_format(publication: Publication, resource: Resource, sent: Representation) -> Iterator[str]:
    if sent.name == HTML:
        yield f'<{SCHEMA}AboutPage>; rel="type"'
        yield f'<{url(publication, resource, sent)}>; rel="canonical"'
    for row in offers(resource.kind):
        if row.name == DESCRIBED_BY.get(sent.name):
            target = url(publication, resource, row)
            yield f'<{target}>; rel="describedby"; type="{row.media_type}"'


def _licence(publication: Publication, resource: Resource) -> str:
    """Find the licence: the list's own, else that of the catalogue."""
    vocabulary = publication.edition.vocabulary
    name = resource.name
    if resource.kind is ResourceKind.CONCEPT:
        name = vocabulary.concepts[resource.uri].list_name
    scheme = vocabulary.schemes.get(name)
    catalogue = vocabulary.catalogue
    return (scheme.licence if scheme else "") or (catalogue.licence if catalogue else "")
