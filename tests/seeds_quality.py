"""Seeded defects of how concepts hang together, of likeness, addresses, paths and silences."""

from __future__ import annotations

from typing import Final

from seeded import Seed

S1, S2, S3 = "services/1.ttl", "services/20/200001.ttl", "services/20/200002.ttl"
N1, N2 = "needs/10001.ttl", "needs/10002.ttl"
REVIEW: Final = "    def:reviewStatus <status/not-reviewed> ;\n"
OTHERS: Final = "colours.ttl"
"""A whole vocabulary of others, made by its defect."""

THIRD: Final = """\
<need/10003>
    a skos:Concept, def:Need ;
    skos:inScheme <list/needs> ;
    skos:notation "10003" ;
    skos:prefLabel "Play"@en ;
    {}
    def:reviewStatus <status/not-reviewed> ;
    adms:status <status/current> .
"""
BELOW_BOTH: Final = THIRD.format("skos:broader <need/10002>, ‸<need/10001> ;")
SIBLING: Final = THIRD.format("skos:broader <need/10001> ; skos:related ‸<need/10002> ;")
LONE: Final = THIRD.format("")


def others(*lines: str) -> str:
    """Write concepts of others, each with a label where it has none."""
    return "".join(f"<urn:{line[0]}> a skos:Concept ; {line[2:]} .\n" for line in lines)


SCHEME: Final = "<urn:scheme> a skos:ConceptScheme ; dct:title 'Colours'@en .\n"


def added(code: str, path: str, line: str, *also: str) -> Seed:
    """Put a line before the review status of an entry."""
    return Seed(code, path, REVIEW, f"    {line} ;\n{REVIEW}", also=also)


def silence(rule: str, reason: str, entry: str = "service/1") -> str:
    """Write a silence of an entry."""
    said = f'def:reason "{reason}" ; ' if reason else ""
    return (
        f'\n‸<{entry}#silence-1> a def:Silence ; def:rule "{rule}" ; {said}'
        'dct:date "2026-11-21"^^xsd:date .\n'
    )


HIERARCHY: Final = (
    added("LK151", N1, "skos:related ‸<need/10001>"),
    added("LK151", N1, "skos:closeMatch ‸<need/10001>"),
    Seed("LK152", "needs/10003.ttl", "", BELOW_BOTH),
    Seed("LK153", "needs/10003.ttl", "", SIBLING),
    added("LK154", N1, "skos:narrowerTransitive ‸<service/1>"),
    added("LK154", S2, "skos:broaderTransitive ‸<service/1>"),
    added("LK155", N1, "skos:closeMatch ‸<need/10002>"),
    added("LK155", S2, "skos:broadMatch ‸<service/1>"),
    Seed("LK156", "needs/10003.ttl", "", LONE, at="needs/list.ttl", where="‸<list/needs>"),
    Seed(
        *("LK157", OTHERS, ""),
        others(
            "a skos:prefLabel 'a'@en ; skos:broader <urn:b>",
            "b skos:prefLabel 'b'@en",
            "e skos:prefLabel 'e'@en ; skos:broader <urn:b>",
            "c skos:prefLabel 'c'@en ; skos:related <urn:d>",
        ).replace("<urn:c> a", "‸<urn:c> a"),
    ),
    Seed(
        *("LK158", OTHERS, ""),
        SCHEME
        + "‸"
        + others(
            "a skos:prefLabel 'a'@en ; skos:broader <urn:b> ; skos:topConceptOf <urn:scheme>",
            "b skos:prefLabel 'b'@en ; skos:topConceptOf <urn:scheme>",
        ),
    ),
    Seed(
        *("LK159", OTHERS, ""),
        "‸"
        + SCHEME
        + others("a skos:prefLabel 'a'@en ; skos:broader <urn:b>", "b skos:prefLabel 'b'@en"),
    ),
)

LIKENESS: Final = (
    added("LK160", S2, 'skos:altLabel ‸"libraries"@en'),
    added("LK160", S2, 'skos:hiddenLabel ‸"LIBRARIES"@en'),
    Seed(
        *("LK160", OTHERS, ""),
        others("a skos:prefLabel 'Red'@en", "b skos:prefLabel ‸'red'@en"),
    ),
    Seed(
        "LK161",
        OTHERS,
        "",
        others("a skos:prefLabel 'Red'@en") + "‸" + others("b rdfs:label 'b'@en"),
    ),
    Seed(
        *("LK162", OTHERS, ""),
        others(
            "a skos:prefLabel 'Red'@en ; skos:notation 'R'",
            "b skos:prefLabel 'Ruby'@en ; skos:notation ‸'R'",
        ),
    ),
    Seed("LK163", OTHERS, "", others("a skos:prefLabel ‸'Red'@eng")),
    Seed("LK163", OTHERS, "", others("a skos:prefLabel ‸'Red'@english")),
    Seed("LK163", OTHERS, "", others("a skos:prefLabel 'Red'@en ; skos:definition ‸'Coch'@xq")),
    Seed("LK109", OTHERS, "", others("a skos:prefLabel ‸'Red'")),
    Seed("LK164", N2, '"Reading"@en', '‸"Leaming"@en'),
    Seed("LK164", N2, '"Reading"@en', '‸"\\uFF2Cearning"@en'),
    Seed("LK164", N2, '"Reading"@en', '‸"Le\\u0430rning"@en', also=("LK165",)),
    Seed("LK165", N2, '"Reading"@en', '‸"Re\\u0430ding"@en'),
    Seed("LK165", N2, '"Reading"@en', '"Reading"@en ; skos:altLabel ‸"A \\u041Cuseum"@en'),
)

ADDRESSES: Final = (
    *(
        added("LK166", N1, f"rdfs:seeAlso ‸<{address}>")
        for address in (
            "http:///path",
            "https://",
            "https://council.gov.uk@evil.example/",
            "https://example.org:99999999/x",
            "https://example..org/x",
            "https://example.org/caf\\u0065\\u0301",
            "https://example.org/a\\u00A0b",
            "https://example.org/a\\u200Eb",
        )
    ),
    Seed(
        *("LK022", OTHERS, ""),
        others("a ‸skos:prefLabel 'a'@en ; skosxl:prefLabel <urn:l>")
        + "<urn:l> skosxl:literalForm 'b'@en .",
    ),
    Seed(
        *("LK021", OTHERS, ""),
        "‸"
        + others("a skosxl:prefLabel <urn:l> ; skosxl:altLabel <urn:m>")
        + "<urn:l> skosxl:literalForm 'b'@en . <urn:m> skosxl:literalForm 'b'@en .",
    ),
    Seed("LK120", OTHERS, "", "‸<javascript:alert(1)> a skos:Concept ; skos:prefLabel 'a'@en ."),
)

DATES: Final = (
    Seed("LK150", S1, '"2013-04-04"^^xsd:date', '‸"99999999999-01-01"^^xsd:date'),
    Seed("LK150", S1, '"2013-04-04"^^xsd:date', '‸"0026-11-21"^^xsd:date', also=("LK070",)),
    Seed("LK150", S1, '"2013-04-04"^^xsd:date', '‸"-2013-04-04"^^xsd:date'),
    Seed("LK150", S3, '"2024-01-01"^^xsd:date', '‸"9999-12-31"^^xsd:date'),
    added("LK150", N1, 'dct:issued ‸"20266-11-21T00:00:00Z"^^xsd:dateTime'),
)


def named(notation: str) -> str:
    """Write an entry of its own notation, the mark before it."""
    return LONE.replace("10003", notation).replace("skos:notation", "‸skos:notation")


NAMES: Final = (
    Seed("LK061", "needs/con.ttl", "", named("con"), also=("LK008",)),
    Seed("LK061", "needs/LPT1.x.ttl", "", named("LPT1.x"), also=("LK008",)),
    Seed("LK061", f"needs/{'9' * 65}.ttl", "", named("9" * 65)),
    Seed("LK063", "needs/x/010002.ttl", "", named("010002")),
    Seed(
        *("LK066", "services/lamps.ttl", ""),
        named("lamps")
        .replace("need/", "service/")
        .replace("needs", "services")
        .replace("Need", "Service"),
    ),
    Seed("LK008", "needs/aux/notes.txt", "", "x", also=("LK004",)),
    Seed("LK008", "needs/a:b.txt", "", "x", also=("LK004",)),
    Seed("LK167", "services/IDS.txt", "", "x", at="services/ids.txt", also=("LK004",)),
    Seed("LK167", "NEEDS/notes.txt", "", "x", at="needs/10001.ttl", also=("LK004",)),
)

SILENCES: Final = (
    Seed("LK168", S1, "", silence("LK133", "")),
    Seed("LK168", S1, "", silence("LK040", "It is so.")),
    Seed("LK168", S1, "", silence("LK115", "It is so.")),
    Seed("LK169", S1, "", silence("LK133", "It is so.")),
)

QUALITY: Final = (*HIERARCHY, *LIKENESS, *ADDRESSES, *DATES, *NAMES, *SILENCES)
