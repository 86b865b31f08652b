"""A generated repository of 12,000 entries in four lists, linked as ours are."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
HEADER: Final = """\
@base <https://lists.example.org/id/> .
@prefix def: <https://lists.example.org/def/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
LICENCE: Final = "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
SHARES: Final = (
    # list, segment, class, share of all entries in twelfths
    ("services", "service", "Service", 8),
    ("needs", "need", "Need", 2),
    ("circumstances", "circumstance", "Circumstance", 1),
    ("functions", "function", "Function", 1),
)
TWELFTHS: Final = 12
WORDS: Final = (
    *("advice", "allotments", "benches", "bins", "bursaries", "care", "collection", "computers"),
    *("drainage", "families", "grants", "housing", "inspection", "libraries", "licences", "meals"),
    *("noise", "parking", "paths", "permits", "planning", "recycling", "repairs", "schools"),
    *("shelters", "signs", "streets", "students", "support", "transport", "waste", "wardens"),
)
FIRST: Final = 10_001


def write_large(folder: Path, entries: int = 12_000, seed: int = 6) -> Path:
    """Write the repository; the same bytes for the same arguments.

    Args:
        folder: where; it is made.
        entries: how many entries in all, a multiple of twelve.
        seed: of the words and links.

    Returns:
        The folder.
    """
    source = random.Random(seed)  # noqa: S311 - words of a benchmark, no secret
    for path, text in _files(entries, source):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def _files(entries: int, source: random.Random) -> Iterator[tuple[str, str]]:
    shipped = ROOT / "vocabularies"
    yield "listkeeper.toml", (ROOT / "listkeeper.toml").read_text("utf-8")
    for name in ("catalogue.ttl", "definitions.ttl"):
        yield f"vocabularies/{name}", (shipped / name).read_text("utf-8")
    for file in (shipped / "statuses").rglob("*.ttl"):
        yield f"vocabularies/statuses/{file.relative_to(shipped / 'statuses')}", file.read_text()
    for name, segment, kind, share in SHARES:
        yield f"vocabularies/{name}/list.ttl", HEADER + _list(name, segment, kind)
        for number in range(FIRST, FIRST + entries * share // TWELFTHS):
            text = _entry(name, segment, kind, number, entries, source)
            yield f"vocabularies/{name}/{number // 100}/{number}.ttl", HEADER + text


def _list(name: str, segment: str, kind: str) -> str:
    return f"""<list/{name}>
    a skos:ConceptScheme ;
    dct:title "{name.capitalize()}"@en ;
    dct:license <{LICENCE}> ;
    def:segment "{segment}" ;
    def:conceptClass def:{kind} ;
    owl:versionInfo "1.0" ;
    adms:status <status/live> .
"""


def _entry(
    name: str, segment: str, kind: str, number: int, entries: int, source: random.Random
) -> str:
    label, other, definition = (" ".join(source.choices(WORDS, k=k)) for k in (4, 3, 20))
    links = "".join(_links(entries, source)) if segment == "service" else ""
    return f"""<{segment}/{number}>
    a skos:Concept, def:{kind} ;
    skos:inScheme <list/{name}> ;
    skos:notation "{number}" ;
    skos:prefLabel "{label.capitalize()} {number}"@en ;
    skos:altLabel "{other}"@en ;
    skos:definition "{definition.capitalize()}."@en ;
{links}    skos:exactMatch <http://id.esd.org.uk/{segment}/{number}> ;
    adms:status <status/current> ;
    dct:created "2013-04-03"^^xsd:date ;
    dct:modified "2026-11-22"^^xsd:date .
"""


def _links(entries: int, source: random.Random) -> Iterator[str]:
    kinds = zip(("meetsNeed", "aimedAt", "partOfFunction"), SHARES[1:], strict=True)
    for link, (_, segment, _, share) in kinds:
        number = FIRST + source.randrange(entries * share // TWELFTHS)
        yield f"    def:{link} <{segment}/{number}> ;\n"
