"""Retired, merged, split, dropped, proposed, never given out: each its own answer, everywhere."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from asking import Site, make_site
from listkeeper.publish.representations import offers
from listkeeper.publish.resources import ResourceKind
from published import triples

if TYPE_CHECKING:
    from asking import Reply

BASE = "https://lists.example.org/"
PREFIXES = """\
@base <https://lists.example.org/id/> .
@prefix def: <https://lists.example.org/def/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
DROPPED = f"""{PREFIXES}
<list/plots> a skos:ConceptScheme ; dct:title "Plots"@en ; def:segment "plot" ;
    adms:status <status/dropped> .
"""
PLOT = f"""{PREFIXES}
<plot/1> a skos:Concept ; skos:inScheme <list/plots> ; skos:notation "1" ;
    skos:prefLabel "A plot"@en ; adms:status <status/current> .
"""
IDS = """\
# comment
200005          tried out by mistake
4000-4999 used by another register
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository, with a dropped list and codes that are kept back."""
    extra = {
        "plots/list.ttl": DROPPED,
        "plots/1.ttl": PLOT,
        "services/ids.txt": IDS,
        "needs/ids.txt": IDS,
    }
    return make_site(tmp_path_factory.mktemp("lists"), extra)


STANDINGS = [
    # address, case, the sentences of the JSON, what the page says, replacements
    (
        "service/600",
        "replaced",
        "Retired 1 April 2025. Use 1614 16 to 19 bursary fund instead. Reason: The scheme closed.",
        "Retired 1 April 2025. Use",
        ["service/1614"],
    ),
    (
        "service/601",
        "split",
        (
            "Retired 1 April 2025. Split into several: choose one of "
            "602 Allotments, 603 Smallholdings. Reason: Two services were under one code."
        ),
        "Split into several: choose one of",
        ["service/602", "service/603"],
    ),
    (
        "service/604",
        "merged",
        (
            "Retired 1 April 2025. Merged with 605 Pest control: wasps: use 606 Pest control "
            "instead. Reason: Councils offer one service."
        ),
        "Merged with",
        ["service/606"],
    ),
    (
        "service/607",
        "not-replaced",
        "Retired 1 April 2025. Nothing replaces it. Reason: The licence was abolished.",
        "Nothing replaces it.",
        [],
    ),
    (
        "service/200001",
        "proposed",
        "Proposed: not yet part of the list; do not use this code.",
        "Proposed: not yet part of the list",
        [],
    ),
    (
        "plot/1",
        "list-dropped",
        (
            "The list Plots has been dropped: it is no longer kept up to date. "
            "Its codes keep their meaning and their pages."
        ),
        "The list Plots has been dropped",
        [],
    ),
    ("service/559", "current", "", "Libraries", []),
]
BY_ADDRESS = {row[0]: row for row in STANDINGS}


@pytest.mark.parametrize("address", BY_ADDRESS)
def test_every_format_answers(site: Site, address: str) -> None:
    """Whatever became of an entry, its URIs answer 200, and its identifier leads there."""
    assert site.ask(f"/id/{address}").status == 303
    for row in offers(ResourceKind.CONCEPT):
        assert site.ask(f"/{address}{row.extension}").status == 200


@pytest.mark.parametrize("address", BY_ADDRESS)
def test_in_words(site: Site, address: str) -> None:
    """The page and the JSON say it in sentences, each case in its own."""
    _, case, words, shown, _ = BY_ADDRESS[address]
    told = json.loads(site.ask(f"/{address}.json").body)

    assert told["standing"] == {"case": case, "words": words}
    assert shown in re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", site.ask(f"/{address}").text))


@pytest.mark.parametrize("address", BY_ADDRESS)
def test_for_programs(site: Site, address: str) -> None:
    """Status and replacements are in the data and in the header of every format."""
    replacements = BY_ADDRESS[address][4]
    uris = {f"{BASE}id/{each}" for each in replacements}
    status = json.loads(site.ask(f"/{address}.json").body)["status"]
    found = triples(site.ask(f"/{address}.ttl").body, ox.RdfFormat.TURTLE)
    said = {(p.value, o.value) for s, p, o in found if s.value == f"{BASE}id/{address}"}

    assert {o for p, o in said if p == "http://purl.org/dc/terms/isReplacedBy"} == uris
    assert ("http://www.w3.org/ns/adms#status", f"{BASE}id/status/{status}") in said
    assert (("http://www.w3.org/2002/07/owl#deprecated", "true") in said) == (status == "retired")
    (row,) = csv.DictReader(io.StringIO(site.ask(f"/{address}.csv").text))
    assert row["Status"] == status
    assert all(each.rpartition("/")[2] in row["Replaced by"] for each in replacements)
    for path in (f"/{address}", f"/{address}.ttl", f"/{address}.csv", f"/id/{address}"):
        assert successors(site.ask(path)) == uris


MISSING = [
    # path, the sentence, members of the problem document
    (
        "/service/9",
        (
            "9 was issued, or may have been, by the Local Government Association and is not held "
            "here. Its identifier there is http://id.esd.org.uk/service/9"
        ),
        {"issuedAs": "http://id.esd.org.uk/service/9"},
    ),
    (
        "/service/200005",
        "200005 is not given out: tried out by mistake.",
        {"notGivenOut": "tried out by mistake"},
    ),
    (
        "/id/need/4321",
        "4321 is not given out: used by another register.",
        {"notGivenOut": "used by another register"},
    ),
    (
        "/service/200002.ttl",
        "200002 has never been given out in the list Services.",
        {"list": f"{BASE}id/list/services"},
    ),
    (
        "/need/70",
        "70 has never been given out in the list Needs.",
        {"list": f"{BASE}id/list/needs"},
    ),
    ("/nothing/70", "There is nothing at this address. Check the code, or look in the lists.", {}),
    ("/service/a/b", "There is nothing at this address. Check the code, or look in the lists.", {}),
]


@pytest.mark.parametrize(("path", "detail", "members"), MISSING)
def test_a_code_that_there_is_not(
    site: Site, path: str, detail: str, members: dict[str, str]
) -> None:
    """404 that says which of the reasons it is, to programs and to people."""
    reply, page = site.ask(path), site.ask(path, "text/html")
    told = json.loads(reply.body)

    assert reply.status == page.status == 404
    assert told["detail"] == detail
    known = {"type", "title", "status", "detail", "instance", "near"}
    assert {name: told[name] for name in told.keys() - known} == members
    assert detail in page.text


def successors(reply: Reply) -> set[str]:
    return set(re.findall(r'<([^>]*)>; rel="successor-version"', reply.headers["link"]))
