"""The LGA's addresses, as the software that calls them reads the answers.

Each client is replayed in the few steps that matter: how it asks, what it refuses, what it keeps.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

import pytest
from lxml import etree

from asking import Site, make_site
from listkeeper.edition import load
from listkeeper.publish.publication import Publication
from listkeeper.store.workspace import open_workspace
from listkeeper.web.app import create_app
from listkeeper.web.serving import Serving
from listkeeper.web.shapes import ListAnswer, ListsAnswer, MappingAnswer
from published import ROOT, TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path

    from asking import Reply

PREFIXES: Final = """\
@base <https://lists.example.org/id/> .
@prefix def: <https://lists.example.org/def/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""

INTERACTIONS: Final = {
    "interactions/list.ttl": PREFIXES
    + """<list/interactions> a skos:ConceptScheme ; dct:title "Interactions"@en ;
    def:segment "interaction" ; def:conceptClass def:Interaction ; adms:status <status/dormant> .
""",
    "interactions/8.ttl": PREFIXES
    + """<interaction/8> a skos:Concept, def:Interaction ; skos:inScheme <list/interactions> ;
    skos:notation "8" ; skos:prefLabel "Providing information"@en ; adms:status <status/current> .
""",
    "services/06/602.ttl": PREFIXES
    + """<service/602> a skos:Concept, def:Service ; skos:inScheme <list/services> ;
    skos:notation "602" ; skos:prefLabel "Allotments"@en ; def:hasInteraction <interaction/8> ;
    def:impliesNothing <need/69> ; adms:status <status/current> .
""",
    "organisation-types/list.ttl": PREFIXES
    + """<list/organisation-types> a skos:ConceptScheme ; dct:title "Organisation types"@en ;
    def:segment "organisation-type" ; def:otherName "organisationTypes", "lawAndBodies" ;
    sh:order 10 ; def:conceptClass def:OrganisationType ; adms:status <status/live> .
""",
    "legislation/list.ttl": PREFIXES
    + """<list/legislation> a skos:ConceptScheme ; dct:title "Legislation"@en ;
    def:segment "legislation" ; def:otherName "lawAndBodies" ; sh:order 20 ;
    def:conceptClass def:Legislation ; adms:status <status/live> .
""",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository, with a dormant list."""
    return make_site(tmp_path_factory.mktemp("lists"), INTERACTIONS)


@pytest.fixture(scope="module")
def real() -> Site:
    """The lists of this checkout."""
    publication = Publication(load(open_workspace(ROOT)), templates=TEMPLATES)
    serving = Serving(publication)
    return Site(serving=serving, app=create_app(serving))


def rows(reply: Reply) -> list[dict[str, str]]:
    assert reply.status == 200, reply.text
    return list(csv.DictReader(io.StringIO(reply.body.decode(), newline="")))


def codes(reply: Reply) -> list[str]:
    return [row["Identifier"] for row in rows(reply)]


# GOV.UK's importer of links to councils


def govuk_rows(site: Site, query: str) -> list[dict[str, str | None]]:
    """Fetch as the importer does: 200 alone will do, headers by name, an empty cell is nothing."""
    reply = site.ask(f"/csv?uri=list/{query}", "*/*", headers={"user-agent": "Ruby"})
    assert reply.status == 200
    assert reply.body[:1].isalpha(), "a byte order mark would be part of the first header"
    return [{name: cell or None for name, cell in row.items()} for row in rows(reply)]


def test_gov_uk_imports_the_real_lists_without_an_error(real: Site) -> None:
    """Its database has unique codes and labels, and a pair must name a service and an interaction.

    https://github.com/alphagov/local-links-manager
    """
    services = govuk_rows(real, "englishAndWelshServices")
    interactions = govuk_rows(real, "interactions")
    pairs = govuk_rows(real, "englishAndWelshServices&mappedToUri=list/interactions")

    held: dict[str, set[str]] = {}
    for name, table in (("service", services), ("interaction", interactions)):
        labels = [row["Label"] for row in table]
        held[name] = {str(int(row["Identifier"] or "none")) for row in table}
        assert None not in labels
        assert len(set(labels)) == len(held[name]) == len(table)
    assert (len(services), len(interactions)) == (1127, 4)
    assert {row["Identifier"] for row in pairs} <= held["service"]
    assert {row["Mapped identifier"] for row in pairs} <= held["interaction"]


@pytest.mark.shared
def test_the_pairs_are_those_that_are_evidenced(real: Site, shared: Path) -> None:
    """All that the public file has; nobody says of the other services that they have none."""
    pairs = govuk_rows(real, "englishAndWelshServices&mappedToUri=list/interactions")
    file = shared / "data" / "lists" / "service_interactions.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        evidenced = {(row["LGSL"], row["LGIL"]) for row in csv.DictReader(stream)}

    assert {(row["Identifier"], row["Mapped identifier"]) for row in pairs} == evidenced
    assert len(pairs) == len(evidenced)


# The browser app that finds services by need, circumstance or type


def app_items(site: Site, query: str) -> list[dict[str, Any]]:
    """Fetch as the app does, from another origin: ``response.data.list.items``, by label."""
    reply = site.ask(
        f"/lists/mapping?{query}",
        "application/json, text/plain, */*",
        headers={"origin": "https://finder.example", "user-agent": "Mozilla/5.0"},
    )
    assert reply.status == 200, reply.text
    assert reply.headers["access-control-allow-origin"] == "*"
    items: list[dict[str, Any]] = json.loads(reply.body)["list"]["items"]
    return sorted(items, key=lambda item: item["label"].casefold())


def app_searches(item: dict[str, Any]) -> list[str]:
    """Give the codes of services that the app looks for when an item is chosen."""
    return [mapping["identifier"] for mapping in item["mappings"]]


APP = [
    # query as the app has it, label chosen, services looked for
    ("from=needs&to=services&toTag=Bristol", "Social inclusion", ["559"]),
    ("from=circumstances&to=services&toTag=Bristol", "Parent", ["559"]),
    ("from=circumstances&to=services", "Out of work", []),
    ("from=services&to=services&toTag=Bristol", "Libraries", ["559"]),
    ("from=services&to=needs", "Libraries", ["69", "71"]),
    ("from=life-events&to=services&ApplicationKey=k&Signature=s", "Having a baby", ["559"]),
]


@pytest.mark.parametrize(("query", "label", "services"), APP)
def test_an_app_finds_services_by_a_need(
    site: Site, query: str, label: str, services: list[str]
) -> None:
    """Every item has mappings, if only an empty list; parameters for selections are accepted."""
    (chosen,) = [item for item in app_items(site, query) if item["label"] == label]

    assert app_searches(chosen) == services


def test_the_app_finds_services_in_the_real_lists(real: Site) -> None:
    """Most needs lead somewhere, by current services alone."""
    current = set(codes(real.ask("/csv?uri=list/services")))
    needs = app_items(real, "from=needs&to=services&toTag=Bristol")
    types = app_items(real, "from=services&to=services&toTag=Bristol")

    found = [app_searches(item) for item in needs]
    assert sum(map(bool, found)) > 0.9 * len(found)
    assert {code for searched in found for code in searched} <= current
    assert all(app_searches(item) == [item["identifier"]] for item in types)


# CSV


def test_a_name_stands_for_a_list_or_for_several_in_their_order(site: Site) -> None:
    """Other names are data of the lists; one that two lists have joins them."""
    both = ["County council (England)", "Public Libraries and Museums Act 1964"]

    assert codes(site.ask("/csv?uri=list/LGSL")) == codes(site.ask("/csv?uri=list/services"))
    assert [row["Label"] for row in rows(site.ask("/csv?uri=list/lawAndBodies"))] == both
    joined = json.loads(site.ask("/lists/lawAndBodies").body)["list"]
    assert [item["label"] for item in joined["items"]] == both


def test_powers_and_duties_have_the_name_they_had(real: Site) -> None:
    """The LGA's name for both together."""
    both = set(codes(real.ask("/csv?uri=list/powersAndDuties")))

    assert both == {c for n in ("powers", "duties") for c in codes(real.ask(f"/csv?uri=list/{n}"))}


CURRENT = ["559", "602", "603", "606", "610", "1614", "1788"]
URIS = [
    *("list/services", "services", "LGSL", "http://id.esd.org.uk/list/services"),
    *("https://id.esd.org.uk/list/services", "https://lists.example.org/id/list/services"),
]


@pytest.mark.parametrize("uri", URIS)
def test_only_current_entries_however_the_list_is_named(site: Site, uri: str) -> None:
    """So that no label comes twice; neither retired entries nor proposals."""
    assert codes(site.ask(f"/csv?uri={uri}")) == CURRENT


def test_links_to_a_list_in_use_have_a_row_for_each_entry(site: Site) -> None:
    """As the LGA's mapped downloads: empty cells where there is no link."""
    found = rows(site.ask("/csv?uri=list/functions&mappedToUri=list/services"))

    assert [(r["Identifier"], r["Mapped identifier"], r["Mapping type"]) for r in found] == [
        ("110", "", ""),
        ("112", "559", "contains"),
        ("112", "1614", "contains"),
    ]


def test_links_to_a_dormant_list_are_those_evidenced(site: Site) -> None:
    """An importer takes an empty cell for a fault."""
    found = rows(site.ask("/csv?uri=list/services&mappedToUri=list/interactions"))

    assert [(row["Identifier"], row["Mapped identifier"]) for row in found] == [("602", "8")]


def test_the_links_of_one_entry(site: Site) -> None:
    """To all lists."""
    found = rows(site.ask("/csv/mappings?uri=service/1614"))

    assert [(r["Identifier"], r["Mapped identifier"], r["Mapped type"]) for r in found] == [
        ("1614", "112", "Function")
    ]


# XML


def test_ckan_reads_functions_and_services(site: Site) -> None:
    """It looks for every ``Function`` and ``Service`` at any depth and keys them by ``URI``.

    https://github.com/datagovuk/ckanext-dgu-local
    """
    reply = site.ask("/xml?uri=list/functions&mappedToUri=list/services")
    tree = etree.fromstring(reply.body)

    def read(name: str) -> dict[str, tuple[str, str]]:
        return {
            entry.findtext("URI", ""): (
                entry.findtext("Identifier", ""),
                entry.findtext("Label", ""),
            )
            for entry in tree.iter(name)
        }

    base = "https://lists.example.org/id/"
    assert reply.headers["content-type"] == "application/xml"
    assert read("Function") == {
        f"{base}function/110": ("110", "Leisure and culture"),
        f"{base}function/112": ("112", "Libraries"),
    }
    assert read("Service") == {
        f"{base}service/559": ("559", "Libraries"),
        f"{base}service/1614": ("1614", "16 to 19 bursary fund"),
    }


def test_the_nested_form_is_that_of_the_file_the_lga_published(real: Site, shared: Path) -> None:
    """Element by element: the same names in the same order inside each other."""
    theirs = etree.parse(shared / "data" / "lists" / "functions_services.xml").getroot()
    ours = etree.fromstring(real.ask("/xml?uri=list/functions&mappedToUri=list/services").body)

    def shape(element: Any) -> tuple[str, ...]:  # noqa: ANN401 - lxml's
        return tuple(child.tag for child in element)

    def under(tree: Any) -> dict[str, str]:  # noqa: ANN401 - see above
        """Give each function's parent."""
        return {
            f.findtext("Identifier"): f.getparent().getparent().findtext("Identifier", "")
            for f in tree.iter("Function")
            if f.getparent().tag == "Functions" and f.getparent().getparent() is not None
        }

    assert shape(theirs)[:5] == shape(ours)[:5]
    leaf = next(theirs.iter("Service"))
    assert all(shape(service) == shape(leaf) for service in ours.iter("Service"))
    assert under(ours) == under(theirs)


def test_an_entry_of_several_parents_is_below_each(site: Site) -> None:
    """And its own children are written once, so that no hierarchy explodes."""
    tree = etree.fromstring(site.ask("/xml?uri=list/circumstances").body)

    found = [
        (parent.findtext("Identifier"), child.findtext("Identifier"))
        for parent in tree.iter("Circumstance")
        for child in parent.iterfind("Circumstances/Circumstance")
    ]
    assert found == [("10001", "10003"), ("10002", "10003")]


def chain(length: int, last: str = "") -> dict[str, str]:
    """Write functions each below the one before."""
    return {
        f"functions/{n}.ttl": PREFIXES
        + f"""<function/{n}> a skos:Concept, def:Function ; skos:inScheme <list/functions> ;
        skos:notation "{n}" ; skos:prefLabel "F{n}"@en ; adms:status <status/current>
        {f"; skos:broader <function/{n - 1}>" if n > 1000 else last} .\n"""
        for n in range(1000, 1000 + length)
    }


@pytest.mark.parametrize("last", ["", "; skos:broader <function/2999>"])
def test_a_hierarchy_of_any_depth_is_written(last: str, tmp_path: Path) -> None:
    """No deeper than parsers read; also one that leads back to its beginning."""
    site = make_site(tmp_path, chain(2000, last))

    body = site.ask("/xml?uri=list/functions").body

    written = [element.text for element in etree.fromstring(body).iter("Identifier")]
    assert len(set(written)) == 2002
    assert len(written) < 2 * 2002


def test_the_older_form_is_flat_and_in_its_namespace(site: Site) -> None:
    """``ControlledList`` with an ``Item`` for each entry."""
    reply = site.ask("/xml?uri=list/circumstances&form=controlled-list")
    tree = etree.fromstring(reply.body)
    space = {"e": "http://www.esd.org.uk/standards"}

    assert tree.tag == "{http://www.esd.org.uk/standards}ControlledList"
    assert tree.get("ListName") == "Circumstances"
    assert tree.xpath("e:Item/@Id", namespaces=space) == ["10001", "10002", "10003"]
    item = tree.find("e:Item[@Id='10003']", space)
    assert item is not None
    assert item.findtext("e:Name", None, space) == "Parent out of work"
    assert item.xpath("e:BroaderItem/@Id", namespaces=space) == ["10001", "10002"]
    assert (item.get("Preferred"), item.get("Obsolete")) == ("true", "false")


def test_links_in_the_older_form_are_pairs_of_codes(site: Site) -> None:
    """As its readers know them."""
    query = "uri=list/functions&mappedToUri=list/services&form=controlled-list"
    tree = etree.fromstring(site.ask(f"/xml?{query}").body)
    space = {"e": "http://www.esd.org.uk/standards"}

    pairs = [
        (m.xpath("string(e:From/e:Item/@Id)", namespaces=space),
         m.xpath("string(e:To/e:Item/@Id)", namespaces=space))
        for m in tree.findall("e:ItemMapping", space)
    ]  # fmt: skip
    assert pairs == [("112", "559"), ("112", "1614")]


def test_texts_of_every_kind_are_well_formed(tmp_path: Path) -> None:
    """Labels that hold marks of XML."""
    site = make_site(tmp_path)

    for query in ("uri=list/services", "uri=list/services&form=controlled-list"):
        reply = site.ask(f"/xml?{query}")
        assert reply.status == 200, reply.text
        assert "<script>alert('x')</script>" in "".join(etree.fromstring(reply.body).itertext())


def test_a_character_that_xml_cannot_say_is_refused(tmp_path: Path) -> None:
    """Rather than sent ill-formed."""
    bad = INTERACTIONS["interactions/8.ttl"].replace("Providing", "Prov\\u0001iding")
    site = make_site(tmp_path, {**INTERACTIONS, "interactions/8.ttl": bad})

    reply = site.ask("/xml?uri=list/interactions")

    assert reply.status == 406
    assert "XML cannot say '\\x01'" in json.loads(reply.body)["detail"]


# JSON


SHAPES = [
    ("/lists.json", ListsAnswer),
    ("/lists/services", ListAnswer),
    ("/lists/services/verbose", ListAnswer),
    ("/lists/services/559", ListAnswer),
    ("/lists/englishAndWelshServices", ListAnswer),
    ("/lists/mapping?from=needs&to=services", MappingAnswer),
]


@pytest.mark.parametrize(("path", "shape"), SHAPES)
def test_answers_have_the_shape_that_is_described(site: Site, path: str, shape: Any) -> None:  # noqa: ANN401 - a model
    """No key that the description lacks, none that is missing."""
    reply = site.ask(path, "text/html")

    assert reply.headers["content-type"] == "application/json"
    shape.model_validate_json(reply.body)


def test_a_list_tells_its_nine_quality_fields(site: Site) -> None:
    """By the LGA's keys; a subset has its list's."""
    nine = "accuracy audience completeness coverage intendedLongevity provenance rights status"
    for name in ("services", "englishAndWelshServices"):
        found = json.loads(site.ask(f"/lists/{name}").body)["list"]
        assert [found[key] for key in (*nine.split(), "timeliness")] == [
            *("Read by two people.", "Councils", "A sample.", "England and Wales"),
            *("For as long as tests run", "Made up", "Open", "Trial", "None"),
        ]


def test_an_entry_tells_parents_links_and_lists(site: Site) -> None:
    """Each by code and name."""
    service = json.loads(site.ask("/lists/services/559").body)["list"]["items"]
    function = json.loads(site.ask("/lists/functions/112").body)["list"]["items"][0]
    uri = "https://lists.example.org/id/"

    assert [s["identifier"] for s in service] == ["559"]
    assert service[0]["mappings"]["needs"] == [
        {"identifier": code, "label": label, "uri": f"{uri}need/{code}", "type": "meetsNeed"}
        for code, label in (("69", "Social inclusion"), ("71", "Community facilities"))
    ]
    assert [entry["identifier"] for entry in service[0]["lists"]] == [
        *("services", "englishAndWelshServices"),
    ]
    assert function["parents"] == [
        {"identifier": "110", "label": "Leisure and culture", "uri": f"{uri}function/110"}
    ]
    assert list(function["mappings"]) == ["services"]


def test_a_retired_entry_is_told_by_its_code_alone(site: Site) -> None:
    """Lists leave it out; asked for by its code it says that it is retired, and what to use."""
    listed = json.loads(site.ask("/lists/services").body)["list"]["items"]
    (item,) = json.loads(site.ask("/lists/services/600").body)["list"]["items"]

    assert "600" not in {entry["identifier"] for entry in listed}
    assert (item["status"], [r["identifier"] for r in item["replacedBy"]]) == ("retired", ["1614"])


@pytest.mark.parametrize(
    ("accept", "target"),
    [("application/json", "/lists.json"), ("application/json, text/plain, */*", "/lists.json")],
)
def test_the_index_of_lists_leads_to_json(site: Site, accept: str, target: str) -> None:
    """For who prefers it; a browser gets the page."""
    reply = site.ask("/lists", accept)

    assert (reply.status, reply.headers["location"]) == (303, target)
    assert site.ask("/lists", "text/html,*/*;q=0.8").headers["content-type"].startswith("text/html")
    assert site.ask("/lists").body == site.ask("/lists.html").body


WRONG = [
    # target, status, what is said
    ("/csv", 400, "uri: is missing"),
    ("/csv?uri=", 400, "uri: is missing"),
    ("/csv?uri=list/colours", 404, "colours: no list has this name"),
    ("/csv?uri=list/services&mappedToUri=list/colours", 404, "colours: no list has this name"),
    ("/csv?uri=list/services&retired=no", 400, "unknown query parameter retired"),
    ("/csv?uri=list/services&uri=list/needs", 400, "a query parameter is said twice"),
    ("/csv/mappings?uri=service/9999999", 404, "service/9999999: no such entry"),
    ("/csv/mappings", 404, ": no such entry"),
    ("/xml?uri=list/services&form=rss", 400, "form=rss: must be one of nested"),
    ("/lists/colours", 404, "colours: no list has this name"),
    ("/lists/services/9999999", 404, "services/9999999: no such entry"),
    ("/lists/services/559?x=1", 400, "unknown query parameter x"),
    ("/lists/mapping", 400, "from: is missing"),
    ("/lists/mapping?from=needs&to=colours", 404, "colours: no list has this name"),
]


@pytest.mark.parametrize(("target", "status", "reason"), WRONG)
def test_what_cannot_be_answered(site: Site, target: str, status: int, reason: str) -> None:
    """A problem document says why."""
    reply = site.ask(target)

    assert (reply.status, reply.headers["content-type"]) == (status, "application/problem+json")
    assert json.loads(reply.body)["detail"].startswith(reason)


@pytest.mark.parametrize("path", ["/csv?uri=list/services", "/lists/services", "/lists.json"])
def test_answers_are_kept_and_validated(site: Site, path: str) -> None:
    """A nightly import of an unchanged list is a 304."""
    first = site.ask(path)
    again = site.ask(path, headers={"if-none-match": first.headers["etag"]})

    assert first.headers["cache-control"] == "public, max-age=300"
    assert (again.status, again.body) == (304, b"")
