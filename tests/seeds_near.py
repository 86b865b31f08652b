"""Near misses: for each rule a text that it rightly does not tell, a hair away from a defect."""

from __future__ import annotations

from typing import Final

from seeded import SETTINGS, Seed
from seeds_quality import N1, N2, OTHERS, S1, S2, S3, SCHEME, THIRD, added, others, silence

DUTY, POWER = "powers-and-duties/10001.ttl", "powers-and-duties/10002.ttl"
NEEDS, SERVICES, TERMS = "needs/list.ttl", "services/list.ttl", "definitions.ttl"
LENDS: Final = '"Lends books to everyone who lives in the area."@en'
READ: Final = "https://www.legislation.gov.uk/ukpga/1964/75"
LONE: Final = THIRD.format("")
GONE: Final = """adms:status <status/retired> ;
    def:endDate "2025-01-01"^^xsd:date ; def:retirementReason "Gone."@en ."""
CURRENT: Final = "adms:status <status/current> ."
REBASED: Final = SETTINGS + 'also_answers_for = ["https://old.example.org/"]\n'


def entry(code: str, notation: str) -> Seed:
    """Add a sound entry of another notation."""
    return Seed(code, f"needs/{notation}.ttl", "", LONE.replace("10003", notation))


FORM: Final = (
    added("LK001", N1, "<http://a.example/b#c>   'd'"),
    Seed("LK004", "needs/x/10003.ttl", "", LONE),
    added("LK006", N1, "skos:note <need/10001#note>"),
    entry("LK008", "console"),
    Seed("LK011", SERVICES, "a skos:ConceptScheme", "a owl:Thing, skos:ConceptScheme"),
    Seed("LK012", "needs/10003.ttl", "", LONE),
    Seed("LK013", N1, "", "\n<need/10001#note> rdfs:comment 'A part.' ."),
    Seed("LK014", N1, "", "\n<need/10001> rdfs:comment 'Again, in the same file.' ."),
    Seed("LK167", "needs/ids2.txt", "", "x"),
)

SKOS: Final = (
    Seed("LK020", SERVICES, "a skos:ConceptScheme", "a skos:ConceptScheme, owl:Thing"),
    Seed("LK021", S1, '"Book lending"@en', '"Book lending"@en, "Libraries"@cy'),
    Seed("LK022", S1, '"Libraries"@en', '"Libraries"@en, "Libraries"@en-GB'),
    added("LK023", S2, "skos:related <service/1>"),
    Seed("LK024", "services/groups.ttl", "a skos:Coll", "a owl:Thing, skos:Coll"),
    added("LK025", N1, "skos:exactMatch <urn:a> ; skos:broadMatch <urn:b>"),
    Seed("LK026", "needs/10003.ttl", "", THIRD.format("skos:broader <need/10002> ;")),
    added("LK030", N1, "def:retirementReason 'None.'@en"),
    added("LK031", N1, "skos:changeNote 'New.'@en"),
    added("LK032", N2, "skos:related <need/10001>"),
)

LINKS: Final = (
    added("LK040", S2, "def:meetsNeed <need/10001>"),
    added("LK041", S2, "def:meetsNeed <need/10001>"),
    added("LK042", S2, "def:allowedByPower <power-or-duty/10002>"),
    Seed("LK043", S3, "dct:isReplacedBy", "def:meetsNeed <need/10002> ;\n    dct:isReplacedBy"),
    added("LK044", N1, "rdfs:seeAlso <service/1>"),
    added("LK045", S2, "rdfs:seeAlso <service/200001>"),
    added("LK046", S2, "rdfs:seeAlso <https://example.org/new-fun>"),
    Seed("LK047", N1, CURRENT, "adms:status <status/proposed> ."),
    added("LK048", N1, "skos:related <service/1>"),
    Seed(
        "LK049",
        N1,
        "skos:notation",
        "rdfs:seeAlso <https://old.example.org/need/1> ;\n    skos:notation",
        settings=REBASED,
    ),
    Seed("LK050", TERMS, "def:rangeList <list/powers>", "def:rangeList <list/duties>"),
    Seed("LK051", DUTY, "def:general false", "def:general true"),
    Seed("LK052", S2, "def:linkType def:meetsNeed", "def:linkType def:allowedByPower"),
    added("LK053", S2, "def:allowedByPower <power-or-duty/10002>"),
    Seed("LK054", TERMS, "def:minimumCoverage 0.8", "def:minimumCoverage 1.0"),
    added("LK055", S2, "rdfs:comment '10002'"),
)

NAMES: Final = (
    entry("LK060", "10003"),
    *(
        entry("LK061", notation)
        for notation in ("1-marx", "Trees", "a.csvx", "mare", "1e", "com0", "9" * 64)
    ),
    Seed("LK062", NEEDS, 'def:segment "need"', 'def:segment "searches"'),
    entry("LK063", "100020"),
    Seed("LK064", "services/ids.txt", "", "1-9 upwards # a comment\n"),
    Seed("LK065", "services/ids.txt", "", "200002-200003x promised\n200010 promised\n"),
    Seed(
        "LK066",
        "services/20/200003.ttl",
        "",
        LONE.replace("need/10003", "service/200003").replace("10003", "200003"),
    ),
    Seed(
        "LK067",
        S1,
        "<http://id.esd.org.uk/service/1>",
        "<http://id.esd.org.uk/service/1>, <http://id.esd.org.uk/function/2>",
    ),
)

LIFE: Final = (
    Seed("LK070", S1, '"2013-04-04"^^xsd:date', '"2013-04-03"^^xsd:date'),
    Seed("LK071", N1, CURRENT, GONE),
    Seed("LK072", N1, CURRENT, GONE),
    Seed("LK073", S2, CURRENT, f'def:endDate "2030-01-01"^^xsd:date ;\n    {CURRENT}'),
    Seed("LK074", S2, CURRENT, GONE.replace(" .", " ;\n    dct:isReplacedBy <service/1> .")),
    Seed("LK075", S3, "<service/200001>", "<service/200001>, <service/1>"),
    Seed("LK150", S1, '"2013-04-04"^^xsd:date', '"2999-12-31"^^xsd:date'),
    Seed("LK150", S1, '"2013-04-03"^^xsd:date', '"1000-01-01"^^xsd:date'),
    added("LK150", N1, 'rdfs:comment "99999999999-01-01"'),
)

PROFILE: Final = (
    Seed("LK080", N1, "a skos:Concept, def:Need", "a def:Need, owl:Thing, skos:Concept"),
    added("LK081", N1, "skos:inScheme <https://example.org/other>"),
    Seed("LK082", S2, "<list/services>", "<list/services>, <list/internal>"),
    Seed("LK083", S1, 'dct:language "en"', 'dct:language "EN"'),
    Seed("LK084", S1, '    dct:language "en" .', '    dct:source "The editors." .'),
    Seed("LK085", N1, CURRENT, GONE),
    Seed("LK086", NEEDS, "def:accuracy", "def:timeliness"),
    Seed("LK090", POWER, "a skos:Concept, def:Power", "a skos:Concept, def:Power, cpsv:Rule"),
    Seed("LK091", DUTY, '"A council must lend', '"A council SHALL lend'),
    Seed("LK092", POWER, '"Byelaws"', f'"{"Byelaws " * 14}too"'),
    Seed("LK093", DUTY, f"<{READ}/section/7>", f"<{READ}/section/7/2020-03-31>"),
    Seed("LK094", DUTY, f"<{READ}/section/7>", f"<{READ.replace('ukpga', 'UKPGA')}/section/7>"),
    Seed("LK095", POWER, "def:provisionRole", "rdfs:seeAlso <need/10001> ;\n    def:provisionRole"),
    Seed("LK096", DUTY, f"<{READ}/section/7>", f"<{READ}/part/1/section/7>"),
)

LABELS: Final = (
    Seed("LK100", N2, '"Reading"@en', '"Learnings"@en'),
    Seed("LK101", N1, '"Learning"@en', '"Learning"@EN'),
    Seed("LK102", N1, '"Learning"@en', '"Learning"@EN'),
    Seed("LK103", N1, '"Learning"@en', '"Learning"@en ; def:draftLabel "Dysgu"@cy'),
    Seed("LK104", S1, '"Library services"@en', '"libraries"@en'),
    Seed("LK105", N1, '"Learning"@en', '"Learning and play"@en'),
    Seed("LK109", OTHERS, "", others("a skos:prefLabel 'Red'@en ; skos:notation 'R'")),
    Seed("LK110", N1, '"Learning"@en', '"."@en'),
    Seed("LK111", N1, '"Learning"@en', '"Learning more"@en'),
    Seed("LK112", N1, '"Learning"@en', '"Learning\u2013more"@en'),
    Seed("LK113", N1, '"Learning"@en', '"Learn\u200ding"@en'),
    Seed("LK114", N1, '"Learning"@en', '"Caf\u00e9"@en'),
    Seed("LK115", N1, '"Learning"@en', '"3 - 2 = 1"@en'),
    added("LK160", S2, 'skos:altLabel "Library"@en, "Learning"@en, "Llyfrgelloedd"@en'),
    added("LK160", S2, 'skos:altLabel "Book lending"@en'),
    Seed(
        "LK161",
        OTHERS,
        "",
        others("a skosxl:prefLabel <urn:l>") + "<urn:l> skosxl:literalForm 'a'@en .",
    ),
    Seed(
        "LK162",
        OTHERS,
        "",
        others(
            "a skos:prefLabel 'a'@en ; skos:notation 'R'",
            "b skos:prefLabel 'b'@en ; skos:notation 'r'",
        ),
    ),
    Seed(
        "LK163",
        OTHERS,
        "",
        others("a skos:prefLabel 'a'@en, 'b'@cy, 'c'@zh-Hant, 'd'@sco, 'e'@no, 'f'@x-own"),
    ),
    Seed("LK164", N2, '"Reading"@en', '"Yearning"@en'),
    Seed("LK164", N2, '"Reading"@en', '"LEARNING"@cy'),
    Seed("LK165", N2, '"Reading"@en', '"\u0427\u0442\u0435\u043d\u0438\u0435 or Reading"@en'),
    Seed("LK165", N2, '"Reading"@en', '"Caf\u00e9 T\u0177"@en'),
)

LIMITS: Final = (
    added("LK120", N1, "dct:source <HTTPS://a.example/>, <urn:isbn:1>"),
    added("LK121", N1, f"rdfs:comment '{'x' * 250 * 1024}'"),
    added("LK122", N1, f"rdfs:comment '{'x' * 20 * 1024}'"),
    *(
        added("LK166", N1, f"rdfs:seeAlso <{address}>")
        for address in (
            "https://example.org",
            "https://example.org:8080/x?a=b@c#d",
            "http://[2001:db8::1]:80/x",
            "https://example.org/caf\u00e9/%C3%A9",
            "https://ex\u00e4mple.org/..x/a:b",
            "mailto:a@example.org",
        )
    ),
)

EDITORIAL: Final = (
    Seed("LK130", S1, LENDS, '"Lends many sorts of things."@en'),
    Seed("LK131", DUTY, '"A council must lend', '"Every council must lend'),
    Seed("LK132", S1, LENDS, '"Libraries lend books to everyone."@en'),
    Seed("LK133", S1, LENDS, '"Lends books to everyone, on 3 floors of the 1964 building."@en'),
    Seed("LK134", S1, "def:meetsNeed <need/10002>", "def:meetsNeed <need/10001>"),
)

HIERARCHY: Final = (
    added("LK151", N1, "skos:related <service/1> ; skos:closeMatch <urn:x>"),
    Seed("LK152", "needs/10003.ttl", "", THIRD.format("skos:broader <need/10002> ;")),
    Seed("LK153", "needs/10003.ttl", "", THIRD.format("skos:related <need/10002> ;")),
    added("LK154", N2, "skos:broaderTransitive <need/10001>"),
    added("LK155", N1, "skos:closeMatch <service/1>, <urn:x>"),
    Seed("LK156", "needs/10003.ttl", "", THIRD.format("skos:related <need/10002> ;")),
    Seed(
        "LK157",
        OTHERS,
        "",
        others(
            "a skos:prefLabel 'a'@en ; skos:related <urn:b>",
            "b skos:prefLabel 'b'@en ; skos:related <urn:c>",
            "c skos:prefLabel 'c'@en",
            "d skos:prefLabel 'd'@en",
        ),
    ),
    Seed(
        "LK158",
        OTHERS,
        "",
        SCHEME
        + others(
            "a skos:prefLabel 'a'@en ; skos:broader <urn:b>",
            "b skos:prefLabel 'b'@en ; skos:topConceptOf <urn:scheme>",
        ),
    ),
    Seed(
        "LK159",
        OTHERS,
        "",
        SCHEME
        + others("a skos:prefLabel 'a'@en ; skos:related <urn:b>", "b skos:prefLabel 'b'@en"),
    ),
    Seed("LK168", S1, "", silence("LK133", "It is so.")),
    Seed(
        *("LK169", "needs/10003.ttl", ""),
        LONE.replace("Play", "Play & fun") + silence("LK105", "A name.", "need/10003"),
    ),
)

NEAR: Final = (
    *(*FORM, *SKOS, *LINKS, *NAMES, *LIFE, *PROFILE),
    *(*LABELS, *LIMITS, *EDITORIAL, *HIERARCHY),
)
