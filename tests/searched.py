"""A few lists to search, match and check against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.edition import load
from listkeeper.publish.publication import Publication
from listkeeper.store.workspace import open_workspace
from listkeeper.web.app import create_app
from listkeeper.web.serving import Serving
from published import DEFINITIONS, TEMPLATES
from repository import write_repository

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import ASGIApp

    from listkeeper.edition import Edition

SERVICES = """<list/services> a skos:ConceptScheme ; dct:title "Services"@en ;
    def:segment "service" ; def:conceptClass def:Service ; def:firstMinted 200001 ;
    def:formerSpace "http://id.esd.org.uk/service/" ; def:formerOwner "the owner" ;
    def:curiePrefix "esdServiceType" ; def:otherName "LGSL" ; sh:order 1 ;
    owl:versionInfo "1.2" ; adms:status <status/live> ."""
FUNCTIONS = """<list/functions> a skos:ConceptScheme ; dct:title "Functions"@en ;
    def:segment "function" ; def:conceptClass def:Function ; sh:order 2 ;
    adms:status <status/live> ."""


def service(code: int, label: str, more: str = "", status: str = "current") -> str:
    """Write a service in Turtle."""
    return f"""<service/{code}> a skos:Concept, def:Service ; skos:inScheme <list/services> ;
        skos:notation "{code}" ; skos:prefLabel "{label}"@en ; {more}
        adms:status <status/{status}> .\n"""


def former(code: int, label: str, version: str = "4.00") -> str:
    """Write a former name of a service."""
    return f"""<service/{code}> skosxl:hiddenLabel <service/{code}#former-1> .
        <service/{code}#former-1> a skosxl:Label ; skosxl:literalForm "{label}"@en ;
        def:replacedIn "{version}" .\n"""


def function(code: int, label: str, more: str = "") -> str:
    """Write a function in Turtle."""
    return f"""<function/{code}> a skos:Concept, def:Function ; skos:inScheme <list/functions> ;
        skos:notation "{code}" ; skos:prefLabel "{label}"@en ; {more}
        adms:status <status/current> .\n"""


FILES = {
    "definitions.ttl": DEFINITIONS,
    "services/list.ttl": SERVICES,
    "functions/list.ttl": FUNCTIONS,
    "functions/1.ttl": function(1, "Environment"),
    "functions/9.ttl": function(9, "Waste management", "skos:broader <function/1> ;"),
    "services/9.ttl": service(9, "Special needs assessment"),
    "services/855.ttl": service(855, "Planning consultation"),
    "services/524.ttl": service(
        524,
        "Household waste collection",
        'skos:altLabel "bin day"@en ; def:draftLabel "Casglu sbwriel tŷ"@cy ; '
        'skos:definition "Emptying the dustbins of homes."@en ; def:partOfFunction <function/9> ;',
    )
    + former(524, "Refuse - household waste"),
    "services/530.ttl": service(530, "Household garden waste", "skos:broader <service/524> ;"),
    "services/559.ttl": service(559, "Street furniture", 'skos:altLabel "benches"@en ;'),
    "services/564.ttl": service(564, "Street lighting"),
    "services/508.ttl": service(508, "Tree preservation orders"),
    "services/716.ttl": service(716, "Houses in multiple occupation register"),
    "services/580.ttl": service(580, "Litter clearing") + former(580, "Street cleaning"),
    "services/600.ttl": service(
        600,
        "Dustbins",
        'dct:isReplacedBy <service/524> ; def:endDate "2026-04-01"^^xsd:date ;',
        "retired",
    ),
    "services/601.ttl": service(601, "Dustbin washing"),
}


def searched(folder: Path, files: dict[str, str] | None = None) -> Edition:
    """Load the lists, with files added or changed."""
    return load(open_workspace(write_repository(folder, {**FILES, **(files or {})})))


def searched_site(folder: Path) -> ASGIApp:
    """Serve the lists in process."""
    return create_app(Serving(Publication(searched(folder), templates=TEMPLATES)))
