"""A generated set of lists with seeded defects, and what a SHACL engine has to say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

BASE: Final = "https://lists.example.org/"
PREFIXES: Final = f"""\
@prefix : <{BASE}shapes/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix id: <{BASE}id/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix status: <{BASE}id/status/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

CORE_SHAPES: Final = (
    PREFIXES
    + """
:Concept a sh:NodeShape ; sh:targetClass skos:Concept ; sh:nodeKind sh:IRI ;
    sh:property :prefLabel, :english, :altLabel, :definition, :notation, :inScheme, :broader,
        :related, :created, :modified, :status, :exactMatch, :identifier .
:prefLabel sh:path skos:prefLabel ; sh:minCount 1 ; sh:uniqueLang true ; sh:maxLength 80 ;
    sh:pattern "^[^ ].*[^ ]$" ; sh:languageIn ( "en" "cy" ) .
:english sh:path skos:prefLabel ; sh:qualifiedMinCount 1 ;
    sh:qualifiedValueShape [ sh:languageIn ( "en" ) ] .
:altLabel sh:path skos:altLabel ; sh:languageIn ( "en" "cy" ) ; sh:maxLength 200 .
:definition sh:path skos:definition ; sh:minCount 1 ; sh:nodeKind sh:Literal .
:notation sh:path skos:notation ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ;
    sh:pattern "^[A-Za-z0-9._-]+$" .
:inScheme sh:path skos:inScheme ; sh:minCount 1 ; sh:class skos:ConceptScheme .
:broader sh:path skos:broader ; sh:maxCount 1 ; sh:nodeKind sh:IRI ; sh:class skos:Concept .
:related sh:path skos:related ; sh:nodeKind sh:IRI ; sh:class skos:Concept .
:created sh:path dct:created ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:date .
:modified sh:path dct:modified ; sh:maxCount 1 ; sh:datatype xsd:date .
:status sh:path adms:status ; sh:minCount 1 ; sh:in ( status:current status:retired ) .
:exactMatch sh:path skos:exactMatch ; sh:nodeKind sh:IRI ; sh:pattern "^https?://" .
:identifier sh:path dct:identifier ; sh:maxCount 1 ; sh:datatype xsd:string .
:Scheme a sh:NodeShape ; sh:targetClass skos:ConceptScheme ; sh:nodeKind sh:IRI ;
    sh:property :title, :publisher, :hasTopConcept .
:title sh:path dct:title ; sh:minCount 1 ; sh:uniqueLang true .
:publisher sh:path dct:publisher ; sh:minCount 1 ; sh:nodeKind sh:IRI .
:hasTopConcept sh:path skos:hasTopConcept ; sh:minCount 1 ; sh:class skos:Concept .
"""
)
"""18 shapes: two node shapes and sixteen property shapes."""

SPARQL_SHAPES: Final = (
    PREFIXES
    + """
:prefixes sh:declare [ sh:prefix "skos" ;
        sh:namespace "http://www.w3.org/2004/02/skos/core#"^^xsd:anyURI ] ,
    [ sh:prefix "dct" ; sh:namespace "http://purl.org/dc/terms/"^^xsd:anyURI ] .
:Concept sh:targetClass skos:Concept ; sh:sparql :uniqueNotation, :dates, :symmetry, :acyclic .
:uniqueNotation sh:prefixes :prefixes ; sh:message "Another concept has the notation {?value}" ;
    sh:select \"\"\"SELECT DISTINCT $this ?value {
        $this skos:notation ?value ; skos:inScheme ?list .
        ?other skos:notation ?value ; skos:inScheme ?list . FILTER(?other != $this) }\"\"\" .
:dates sh:prefixes :prefixes ; sh:message "Modified on {?value}, before it was created" ;
    sh:select \"\"\"SELECT $this ?value { $this dct:created ?created ; dct:modified ?value .
        FILTER(?value < ?created) }\"\"\" .
:symmetry sh:prefixes :prefixes ; sh:message "{?value} is not related back" ;
    sh:select \"\"\"SELECT $this ?value { $this skos:related ?value .
        FILTER NOT EXISTS { ?value skos:related $this } }\"\"\" .
:acyclic sh:prefixes :prefixes ; sh:message "It is broader than itself" ;
    sh:select "SELECT $this { $this skos:broader+ $this }" .
"""
)
"""Four SPARQL constraints."""

Expected = tuple[str, str | None, str]
"""Focus node, predicate, component, each by its local part."""


@dataclass
class Sample:
    """Concepts as Turtle in the making: predicate to objects, by the concept's number."""

    size: int
    concepts: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    expected: list[Expected] = field(default_factory=list)

    def expect(self, number: int, predicate: str | None, *components: str) -> None:
        """Note the results that a defect has to give."""
        self.expected += [(f"c{number}", predicate, component) for component in components]

    def turtle(self) -> str:
        """Write the whole."""
        lists = range(4)
        schemes = "".join(
            f"id:list{n} a skos:ConceptScheme ; dct:title 'List {n}'@en ; dct:publisher id:us ;"
            f" skos:hasTopConcept id:c{n} .\n"
            for n in lists
        )
        return PREFIXES + schemes + "".join(map(self._concept, self.concepts))

    def _concept(self, number: int) -> str:
        values = self.concepts[number].items()
        parts = " ;\n  ".join(f"{name} {', '.join(terms)}" for name, terms in values if terms)
        return f"id:c{number} a skos:Concept ;\n  {parts} .\n"


def _sound(number: int, size: int) -> dict[str, list[str]]:
    partner = number ^ 1
    return {
        "skos:prefLabel": [f"'Service number {number}'@en", f"'Gwasanaeth {number}'@cy"],
        "skos:altLabel": [f"'The service {number}'@en"],
        "skos:definition": [f"'What the council does in case {number}.'@en"],
        "skos:notation": [f"'N{number}'"],
        "skos:inScheme": [f"id:list{number % 4}"],
        "skos:broader": [f"id:c{number // 8}"] if number > size // 4 else [],
        "skos:related": [f"id:c{partner}"] if partner < size else [],
        "dct:created": ["'2015-04-01'^^xsd:date"],
        "dct:modified": [f"'2026-{1 + number % 12:02}-{1 + number % 28:02}'^^xsd:date"],
        "dct:identifier": [f"'{number:06}'"],
        "adms:status": ["status:current"],
        "skos:exactMatch": [f"<http://id.esd.org.uk/service/{number}>"],
    }


CORE_DEFECTS: Final = (
    ("skos:prefLabel", [], ("MinCount", "QualifiedMinCount")),
    ("skos:prefLabel", ["'One'@en", "'Two'@en"], ("UniqueLang",)),
    ("skos:prefLabel", [f"'{'long ' * 20}end'@en"], ("MaxLength",)),
    ("skos:prefLabel", ["' Led by a space'@en"], ("Pattern",)),
    ("skos:altLabel", ["'Le service'@fr"], ("LanguageIn",)),
    ("skos:definition", [], ("MinCount",)),
    ("skos:definition", ["id:c1"], ("NodeKind",)),
    ("skos:notation", ["'D1'", "'D2'"], ("MaxCount",)),
    ("skos:notation", ["'odd notation'"], ("Pattern",)),
    ("skos:notation", [], ("MinCount",)),
    ("skos:inScheme", ["id:c1"], ("Class",)),
    ("skos:broader", ["'a broader one'"], ("NodeKind", "Class")),
    ("skos:broader", ["id:nowhere"], ("Class",)),
    ("dct:created", ["'2024-13-45'^^xsd:date"], ("Datatype",)),
    ("dct:modified", ["'2001-01-01'"], ("Datatype",)),
    ("adms:status", ["status:unheard-of"], ("In",)),
    ("skos:exactMatch", ["'not a URI'"], ("NodeKind", "Pattern")),
)
"""17 defects that SHACL Core finds, with the components of their 20 results."""


def _same_notation(sample: Sample, number: int) -> None:
    sample.concepts[number + 4]["skos:notation"] = [f"'N{number}'"]
    sample.expect(number, None, "SPARQL")
    sample.expect(number + 4, None, "SPARQL")


def _dates(sample: Sample, number: int) -> None:
    sample.concepts[number]["dct:modified"] = ["'1999-01-01'^^xsd:date"]
    sample.expect(number, None, "SPARQL")


def _one_sided(sample: Sample, number: int) -> None:
    sample.concepts[number]["skos:related"].append(f"id:c{number + 9}")
    sample.expect(number, None, "SPARQL")


def _cycle(sample: Sample, number: int) -> None:
    other = number + 2
    sample.concepts[number]["skos:broader"] = [f"id:c{other}"]
    sample.concepts[other]["skos:broader"] = [f"id:c{number}"]
    sample.expect(number, None, "SPARQL")
    sample.expect(other, None, "SPARQL")


SPARQL_DEFECTS: Final[tuple[Callable[[Sample, int], None], ...]] = (
    _same_notation,
    _dates,
    _one_sided,
    _cycle,
)
"""Four defects that only SPARQL finds, with 6 results."""


def sample(size: int, *, seeded: bool = True) -> Sample:
    """Make `size` concepts (400 or more); `seeded` puts 21 defects with 26 results in."""
    made = Sample(size, {number: _sound(number, size) for number in range(size)})
    if not seeded:
        return made
    place = size // 2 + 10
    for predicate, terms, components in CORE_DEFECTS:
        made.concepts[place][predicate] = terms
        made.expect(place, predicate.partition(":")[2], *components)
        place += 8
    for defect in SPARQL_DEFECTS:
        defect(made, place)
        place += 12
    return made
