"""The one table of representations.

The server, the static site, ``Link: rel=alternate`` and the distributions of the catalogue are
all driven by it: to publish one more format, add one row (`docs/architecture.md`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.publish import rdf
from listkeeper.publish.catalogue import describe_catalogue
from listkeeper.publish.csvw import KEY, metadata
from listkeeper.publish.link_table import links_table
from listkeeper.publish.records import to_json
from listkeeper.publish.resources import ResourceKind
from listkeeper.publish.signposts import LINKSET, linkset
from listkeeper.publish.spreadsheet import xlsx_bytes
from listkeeper.publish.sssom import sssom
from listkeeper.publish.tables import csv_bytes, excel_csv_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from listkeeper.graph import Triple
    from listkeeper.publish.publication import Publication
    from listkeeper.publish.resources import Resource
    from listkeeper.publish.tables import Table

CONCEPT, LIST, DEFINITIONS, CATALOGUE = ResourceKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Representation:
    """A format that resources of some kinds are published in."""

    name: str
    """Name for programs, such as ``turtle``."""
    label: str
    """Name for people, such as ``Turtle``."""
    extension: str
    """Ending of its URLs, with the dot."""
    media_type: str
    charset: str = ""
    """``utf-8`` for text that needs it said, else empty."""
    parameters: str = ""
    """Further parameters of the media type."""
    kinds: frozenset[ResourceKind]
    negotiable: bool = True
    """Whether ``Accept`` can ask for it; the others are had by their own URLs alone."""
    render: Callable[[Publication, Resource], bytes]

    @property
    def content_type(self) -> str:
        """The ``Content-Type`` of its documents."""
        charset = f"charset={self.charset}" if self.charset else ""
        return "; ".join(part for part in (self.media_type, charset, self.parameters) if part)


EVERYWHERE: Final = frozenset(ResourceKind)
PAGES: Final = frozenset({CONCEPT, LIST, DEFINITIONS})
ENTRIES: Final = frozenset({CONCEPT, LIST})
LISTS: Final = frozenset({LIST})
EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _html(publication: Publication, resource: Resource) -> bytes:
    pages = publication.pages
    makers: dict[ResourceKind, Callable[[], bytes]] = {
        CONCEPT: lambda: pages.concept(resource.uri),
        LIST: lambda: pages.list_(resource.name),
        DEFINITIONS: pages.definitions,
    }
    return makers[resource.kind]()


def _triples(publication: Publication, resource: Resource) -> Sequence[Triple]:
    if resource.kind is CATALOGUE:
        everything = publication.resources.values()
        formats, weigh = distributions(), publication.weigh
        return tuple(describe_catalogue(publication.edition, everything, formats, weigh))
    return publication.descriptions.triples(resource)


def _turtle(publication: Publication, resource: Resource) -> bytes:
    language = publication.edition.settings.default_language
    triples = _triples(publication, resource)
    return rdf.turtle(triples, publication.edition.minter, language)


def _json_ld(publication: Publication, resource: Resource) -> bytes:
    return publication.json_ld.write(_triples(publication, resource))


def _rdf_xml(publication: Publication, resource: Resource) -> bytes:
    return rdf.rdf_xml(_triples(publication, resource), publication.edition.minter)


def _n_triples(publication: Publication, resource: Resource) -> bytes:
    return rdf.n_triples(_triples(publication, resource))


def _json(publication: Publication, resource: Resource) -> bytes:
    vocabulary, recorder = publication.edition.vocabulary, publication.recorder
    if resource.kind is CONCEPT:
        return to_json(recorder.concept(vocabulary.concepts[resource.uri]))
    if resource.kind is LIST:
        members = publication.descriptions.members(resource.name)
        return to_json(recorder.list_(vocabulary.schemes[resource.name], members))
    return to_json(recorder.definitions())


def _csv(publication: Publication, resource: Resource) -> bytes:
    return csv_bytes(publication.table(resource))


def _excel_csv(publication: Publication, resource: Resource) -> bytes:
    return excel_csv_bytes(publication.table(resource))


def _xlsx(publication: Publication, resource: Resource) -> bytes:
    return xlsx_bytes(publication.table(resource))


def _csvw(publication: Publication, resource: Resource) -> bytes:
    scheme = publication.edition.vocabulary.schemes[resource.name]
    return metadata(publication.table(resource), scheme, f"{resource.name}.csv")


def _links(publication: Publication, resource: Resource) -> bytes:
    return csv_bytes(_links_table(publication, resource))


def _links_csvw(publication: Publication, resource: Resource) -> bytes:
    scheme = publication.edition.vocabulary.schemes[resource.name]
    table = _links_table(publication, resource)
    return metadata(table, scheme, f"{resource.name}.links.csv", ((KEY, resource.name),))


def _links_table(publication: Publication, resource: Resource) -> Table:
    scheme = publication.edition.vocabulary.schemes[resource.name]
    members = publication.descriptions.members(resource.name)
    return links_table(publication.edition, scheme, members)


def _linkset(publication: Publication, resource: Resource) -> bytes:
    return linkset(publication, resource, offers(resource.kind))


def _sssom(publication: Publication, resource: Resource) -> bytes:
    scheme = publication.edition.vocabulary.schemes[resource.name]
    return sssom(publication.edition, scheme, publication.descriptions.members(resource.name))


REPRESENTATIONS: Final = (
    Representation(
        name="html",
        label="Web page",
        extension=".html",
        media_type="text/html",
        charset="utf-8",
        kinds=PAGES,
        render=_html,
    ),
    Representation(
        name="turtle",
        label="Turtle",
        extension=".ttl",
        media_type="text/turtle",
        charset="utf-8",
        kinds=EVERYWHERE,
        render=_turtle,
    ),
    Representation(
        name="json-ld",
        label="JSON-LD",
        extension=".jsonld",
        media_type="application/ld+json",
        kinds=EVERYWHERE,
        render=_json_ld,
    ),
    Representation(
        name="rdf-xml",
        label="RDF/XML",
        extension=".rdf",
        media_type="application/rdf+xml",
        kinds=PAGES,
        render=_rdf_xml,
    ),
    Representation(
        name="n-triples",
        label="N-Triples",
        extension=".nt",
        media_type="application/n-triples",
        kinds=PAGES,
        render=_n_triples,
    ),
    Representation(
        name="json",
        label="JSON",
        extension=".json",
        media_type="application/json",
        kinds=PAGES,
        render=_json,
    ),
    Representation(
        name="csv",
        label="CSV",
        extension=".csv",
        media_type="text/csv",
        charset="utf-8",
        parameters="header=present",
        kinds=ENTRIES,
        render=_csv,
    ),
    Representation(
        name="xlsx",
        label="Excel spreadsheet",
        extension=".xlsx",
        media_type=EXCEL,
        kinds=LISTS,
        render=_xlsx,
    ),
    Representation(
        name="excel-csv",
        label="CSV for Excel",
        extension=".excel.csv",
        media_type="text/csv",
        charset="utf-8",
        parameters="header=present",
        kinds=LISTS,
        negotiable=False,
        render=_excel_csv,
    ),
    Representation(
        name="csvw",
        label="CSV on the Web metadata",
        extension=".csv-metadata.json",
        media_type="application/csvm+json",
        kinds=LISTS,
        negotiable=False,
        render=_csvw,
    ),
    Representation(
        name="links",
        label="Links as CSV",
        extension=".links.csv",
        media_type="text/csv",
        charset="utf-8",
        parameters="header=present",
        kinds=LISTS,
        negotiable=False,
        render=_links,
    ),
    Representation(
        name="links-csvw",
        label="CSV on the Web metadata of the links",
        extension=".links.csv-metadata.json",
        media_type="application/csvm+json",
        kinds=LISTS,
        negotiable=False,
        render=_links_csvw,
    ),
    Representation(
        name="sssom",
        label="Links as SSSOM",
        extension=".sssom.tsv",
        media_type="text/tab-separated-values",
        charset="utf-8",
        kinds=LISTS,
        negotiable=False,
        render=_sssom,
    ),
    Representation(
        name=LINKSET,
        label="Links for programs",
        extension=".linkset.json",
        media_type="application/linkset+json",
        kinds=ENTRIES,
        negotiable=False,
        render=_linkset,
    ),
)
"""Every format, in the order the server prefers them."""


def offers(kind: ResourceKind) -> tuple[Representation, ...]:
    """Give the formats that a kind of resource is published in, in the server's order."""
    return tuple(row for row in REPRESENTATIONS if kind in row.kinds)


def distributions() -> tuple[Representation, ...]:
    """Give the formats of a list that hold it: links to them are no distribution of it."""
    return tuple(row for row in offers(LIST) if row.name != LINKSET)
