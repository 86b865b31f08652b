"""Where a resource leads: typed links for programs, as FAIR Signposting asks for.

https://signposting.org/FAIR/: level 1 is the ``Link`` header of an answer, level 2 a document
with the links of the page and of each of its data files (https://www.rfc-editor.org/rfc/rfc9264).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from listkeeper.namespaces import DCAT, OWL, SCHEMA, SKOS
from listkeeper.publish.records import to_json
from listkeeper.publish.resources import ResourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listkeeper.publish.publication import Publication
    from listkeeper.publish.representations import Representation
    from listkeeper.publish.resources import Resource

HTML: Final = "html"
LINKSET: Final = "linkset"

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Signpost:
    """A typed link."""

    relation: str
    target: str
    """An absolute IRI."""
    media_type: str = ""
    profile: str = ""
    """URI of the profile that the target conforms to."""


def landing_page(publication: Publication, resource: Resource) -> str:
    """Give the URL of the page about a resource."""
    return f"{publication.edition.minter.base}{resource.address}"


def document_url(publication: Publication, resource: Resource, row: Representation) -> str:
    """Give the URL of a resource in a format: for HTML the plain one."""
    page = landing_page(publication, resource)
    return page if row.name == HTML else f"{page}{row.extension}"


def alternates(
    publication: Publication,
    resource: Resource,
    rows: Sequence[Representation],
    sent: Representation | None,
) -> Iterator[Signpost]:
    """Lead to the other formats of a resource."""
    for row in rows:
        if row != sent and row.name != LINKSET:
            yield _to(publication, resource, row, "alternate")


def identity(
    publication: Publication,
    resource: Resource,
    rows: Sequence[Representation],
    sent: Representation | None,
) -> Iterator[Signpost]:
    """Lead to what holds for a resource in every format.

    Args:
        publication: what is published.
        resource: what the links are about.
        rows: the formats it is published in.
        sent: the format the links are of; None for a redirect.
    """
    yield Signpost(relation="cite-as", target=resource.uri)
    yield Signpost(relation="type", target=TYPES[resource.kind])
    licence = _licence(publication, resource)
    if licence:
        yield Signpost(relation="license", target=licence)
    if resource.kind is ResourceKind.CONCEPT:
        for uri in publication.edition.vocabulary.concepts[resource.uri].replaced_by:
            yield Signpost(relation="successor-version", target=uri)
    above = _collection(publication, resource, sent)
    if above:
        yield Signpost(relation="collection", target=above, media_type="text/html")
    for row in rows:
        if row.name == LINKSET and row != sent:
            yield _to(publication, resource, row, "linkset")


def of_format(
    publication: Publication,
    resource: Resource,
    rows: Sequence[Representation],
    sent: Representation,
) -> Iterator[Signpost]:
    """Lead to what holds for one format: what describes it, and the data files of a page."""
    if sent.name == HTML:
        yield Signpost(relation="type", target=SCHEMA + "AboutPage")
        yield _to(publication, resource, sent, "canonical")
    if sent.name == HTML and resource.kind is ResourceKind.LIST:
        files = (row for row in rows if row.negotiable and row.name != HTML)
        yield from (_to(publication, resource, row, "item") for row in files)
    for row in rows:
        if row.name == DESCRIBED_BY.get(sent.name):
            yield _to(publication, resource, row, "describedby")


def linkset(publication: Publication, resource: Resource, rows: Sequence[Representation]) -> bytes:
    """Write the links of a page and of its data files as a link set (RFC 9264, in JSON).

    The page of a list also leads to the page of each of its entries, which no header could hold.
    """
    contexts = []
    for row in rows:
        if row.name != LINKSET:
            found = [
                *identity(publication, resource, rows, row),
                *of_format(publication, resource, rows, row),
            ]
            if row.name == HTML:
                found += alternates(publication, resource, rows, row)
                found += _members(publication, resource)
            contexts.append(_context(document_url(publication, resource, row), found))
    return to_json({"linkset": contexts})


def _members(publication: Publication, resource: Resource) -> Iterator[Signpost]:
    if resource.kind is ResourceKind.LIST:
        base = publication.edition.minter.base
        for concept in publication.descriptions.members(resource.name):
            target = f"{base}{concept.address}"
            yield Signpost(relation="item", target=target, media_type="text/html")


def _context(anchor: str, signposts: Sequence[Signpost]) -> dict[str, Any]:
    context: dict[str, Any] = {"anchor": anchor}
    for post in signposts:
        target = {"href": post.target, **({"type": post.media_type} if post.media_type else {})}
        context.setdefault(post.relation, []).append(target)
    return context


def _to(
    publication: Publication, resource: Resource, row: Representation, relation: str
) -> Signpost:
    target = document_url(publication, resource, row)
    return Signpost(relation=relation, target=target, media_type=row.media_type)


def _collection(publication: Publication, resource: Resource, sent: Representation | None) -> str:
    """Give the page above: of a data file its own page, of an entry's page that of its list."""
    if sent and sent.name != HTML:
        has_page = resource.kind is not ResourceKind.CATALOGUE
        return landing_page(publication, resource) if has_page else ""
    if resource.kind is not ResourceKind.CONCEPT:
        return ""
    name = publication.edition.vocabulary.concepts[resource.uri].list_name
    above = publication.resources.get(f"list/{name}")
    return landing_page(publication, above) if above else ""


def _licence(publication: Publication, resource: Resource) -> str:
    """Find the licence: the list's own, else that of the catalogue."""
    vocabulary = publication.edition.vocabulary
    name = resource.name
    if resource.kind is ResourceKind.CONCEPT:
        name = vocabulary.concepts[resource.uri].list_name
    scheme = vocabulary.schemes.get(name)
    catalogue = vocabulary.catalogue
    return (scheme.licence if scheme else "") or (catalogue.licence if catalogue else "")
