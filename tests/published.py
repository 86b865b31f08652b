"""Publishing a small lists repository, and reading what came out with other parsers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from listkeeper.publish.publication import Publication
from repository import SETTINGS, edition_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listkeeper.edition import Edition
    from listkeeper.graph import Triple

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "site_templates"
DEFINITIONS = (ROOT / "vocabularies" / "definitions.ttl").read_text("utf-8")

LIST = """
<list/needs> a skos:ConceptScheme ; dct:title "Needs"@en ; def:segment "need" ;
    def:conceptClass def:Need ; owl:versionInfo "1.2" ; adms:status <status/live> .
"""


def publish(edition: Edition) -> Publication:
    """Publish an edition with the templates of the checkout."""
    return Publication(edition, templates=TEMPLATES)


def published(
    folder: Path, files: Mapping[str, str], settings: str = SETTINGS, lists: str = LIST
) -> Publication:
    """Publish a repository of one list, *needs*, and the files given."""
    everything = {"definitions.ttl": DEFINITIONS, "needs/list.ttl": lists, **files}
    return publish(edition_of(folder, everything, settings))


def need(number: int, more: str = "", label: str = "Company") -> str:
    """Write a need in Turtle."""
    return f"""<need/{number}> a skos:Concept, def:Need ; skos:inScheme <list/needs> ;
        skos:notation "{number}" ; skos:prefLabel "{label}"@en ; {more}
        adms:status <status/current> .\n"""


def document(publication: Publication, path: str) -> bytes:
    """Render the document at a path, which must exist."""
    found = publication.find(path)
    assert found is not None, path
    return publication.render(found)


def text(publication: Publication, path: str) -> str:
    """Render a document of text."""
    return document(publication, path).decode()


def triples(data: bytes, format_: ox.RdfFormat) -> set[Triple]:
    """Parse triples with pyoxigraph."""
    quads: Iterable[ox.Quad] = ox.parse(data, format=format_)
    return {(quad.subject, quad.predicate, quad.object) for quad in quads}  # type: ignore[misc]  # no triple terms in RDF 1.1
