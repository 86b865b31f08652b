"""URLs and their answers, as a specification: redirects, formats, caching, links, methods."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn

import pytest
from starlette.testclient import TestClient

from asking import Reply, Site, make_site
from listkeeper.publish.representations import offers
from listkeeper.publish.resources import Resource, ResourceKind
from listkeeper.web.headers import COMMON

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.publish.representations import Representation

BASE = "https://lists.example.org/"
CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
UNSUITED = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix def: <https://lists.example.org/def/> .
<https://lists.example.org/id/service/900> a skos:Concept, def:Service ;
    skos:inScheme <https://lists.example.org/id/list/services> ;
    skos:notation "900" ; skos:prefLabel "Unsuited to XML"@en ;
    <https://example.org/1> "a predicate that no XML element can be named by" .
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository."""
    return make_site(tmp_path_factory.mktemp("lists"))


def links(reply: Reply) -> set[tuple[str, str, str]]:
    """Target, relation and type of each link of an answer."""
    found = re.findall(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?', reply.headers["link"])
    return {
        (target, relation, media_type)
        for target, relations, media_type in found
        for relation in relations.split()
    }


REDIRECTS = [
    # identifier, Accept, where it leads
    ("/id/service/559", None, "/service/559"),
    ("/id/service/559", CHROME, "/service/559"),
    ("/id/service/559", "text/turtle", "/service/559.ttl"),
    ("/id/service/559", "application/ld+json", "/service/559.jsonld"),
    ("/id/service/559", "application/rdf+xml", "/service/559.rdf"),
    ("/id/service/559", "application/n-triples", "/service/559.nt"),
    ("/id/service/559", "application/json", "/service/559.json"),
    ("/id/service/559", "text/csv", "/service/559.csv"),
    ("/id/list/services", None, "/list/services"),
    ("/id/list/services", "text/csv", "/list/services.csv"),
    ("/id/list/englishAndWelshServices", "text/turtle", "/list/englishAndWelshServices.ttl"),
    ("/id/catalogue", None, "/catalogue.ttl"),
    ("/id/status/retired", "text/turtle", "/status/retired.ttl"),
    ("/service/559", "text/turtle", "/service/559.ttl"),
    ("/service/559", "text/turtle, text/html;q=0.9", "/service/559.ttl"),
    ("/list/services", "application/json", "/list/services.json"),
    ("/catalogue", "application/ld+json", "/catalogue.jsonld"),
    ("/def", "text/turtle", "/def.ttl"),
    ("/def/meetsNeed", None, "/def.html#meetsNeed"),
    ("/def/meetsNeed", CHROME, "/def.html#meetsNeed"),
    ("/def/Service", "text/turtle", "/def.ttl"),
    ("/def/", None, "/def.html"),
    ("/def/", "application/ld+json", "/def.jsonld"),
]


@pytest.mark.parametrize(("path", "accept", "target"), REDIRECTS)
def test_negotiated_redirects(site: Site, path: str, accept: str | None, target: str) -> None:
    """An identifier is no document: 303 leads to one, and no cache keeps which."""
    reply = site.ask(path, accept)

    assert (reply.status, reply.headers["location"]) == (303, target)
    assert reply.headers["cache-control"] == "no-store"
    assert {"Accept", "Accept-Profile"} <= reply.varies
    assert reply.body == b""
    path_led_to, _, _ = target.partition("#")
    assert site.ask(path_led_to, accept).status == 200


def test_a_redirect_keeps_the_folder_it_is_served_in(site: Site) -> None:
    """Behind a proxy that shows the site in a folder, locations stay there."""
    redirect = site.ask("/id/service/559", root_path="/standards/lists")
    page = site.ask("/service/559", root_path="/standards/lists")
    turtle = site.ask("/service/559.ttl", root_path="/standards/lists")

    assert redirect.headers["location"] == "/standards/lists/service/559"
    assert page.status == turtle.status == 200
    assert page.body == site.ask("/service/559").body


def test_a_redirect_drops_the_query(site: Site) -> None:
    """What follows a question mark names nothing here."""
    assert site.ask("/id/service/559?x=//evil").headers["location"] == "/service/559"


@pytest.mark.parametrize("accept", [None, "*/*", "text/html", CHROME, "text/*", "TEXT/HTML;q=0.1"])
def test_a_plain_url_is_html(site: Site, accept: str | None) -> None:
    """One URL, one body: whoever does not prefer another format gets the page."""
    reply = site.ask("/service/559", accept)

    assert reply.status == 200
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["content-location"] == "559.html"
    assert {"Accept", "Accept-Profile", "Accept-Encoding"} <= reply.varies
    assert reply.headers["cache-control"] == "no-cache"
    assert reply.body == site.ask("/service/559.html").body


NO_GLANCE_SUFFICES = [
    "text/html, text/html;charset=utf-8;q=0.1, text/turtle",
    "text/html;q=0.5, text/turtle",
    "text/turtle, text/html;q=0.9",
]


@pytest.mark.parametrize("accept", NO_GLANCE_SUFFICES)
def test_a_preference_is_read_to_its_end(site: Site, accept: str) -> None:
    """A header that begins like a browser's but goes on otherwise is negotiated in full."""
    assert site.ask("/service/559", accept).headers["location"] == "/service/559.ttl"


def test_several_accept_lines_are_one(site: Site) -> None:
    """Lines of one header are joined (RFC 9110 section 5.3)."""
    with TestClient(site.app, follow_redirects=False) as client:
        lines = [("Accept", "text/csv;q=0.5"), ("Accept", "text/turtle")]
        reply = client.get("/id/service/559", headers=lines)

    assert reply.headers["location"] == "/service/559.ttl"


FORMATS = [
    (address, row)
    for address, kind in (
        ("service/559", ResourceKind.CONCEPT),
        ("list/services", ResourceKind.LIST),
        ("list/duties", ResourceKind.LIST),
        ("def", ResourceKind.DEFINITIONS),
        ("catalogue", ResourceKind.CATALOGUE),
    )
    for row in offers(kind)
]


@pytest.mark.parametrize(
    ("address", "row"), FORMATS, ids=[f"{address}{row.extension}" for address, row in FORMATS]
)
def test_a_format_url_has_one_format(site: Site, address: str, row: Representation) -> None:
    """It ignores `Accept`, is kept by shared caches for a while, and says what it is."""
    reply = site.ask(f"/{address}{row.extension}", "image/png, */*;q=0")

    assert reply.status == 200
    assert reply.headers["content-type"] == row.content_type
    assert reply.headers["content-length"] == str(len(reply.body))
    assert reply.headers["cache-control"] == "public, max-age=300"
    assert reply.varies == ({"Accept-Encoding"} if row.name != "xlsx" else set())
    assert re.fullmatch(r'"[0-9a-f]{32}"', reply.headers["etag"])


def test_formats_have_tags_of_their_own(site: Site) -> None:
    """Two formats of one entry never share a validator."""
    tags = [site.ask(f"/service/559{row.extension}").headers["etag"] for row in REPRESENTED]

    assert len(set(tags)) == len(tags)


REPRESENTED = offers(ResourceKind.CONCEPT)
CACHED = ["/service/559", "/service/559.ttl", "/service/559.html", "/", "/list/services.xlsx"]


@pytest.mark.parametrize("path", CACHED)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_a_client_has_is_not_sent_again(site: Site, path: str, method: str) -> None:
    """A 304 repeats validator and caching, and has no body; another tag gets it all."""
    whole = site.ask(path)
    tag = whole.headers["etag"]
    fresh = site.ask(path, method=method, headers={"If-None-Match": f'"other", W/{tag}'})
    stale = site.ask(path, method=method, headers={"If-None-Match": '"other"'})

    assert (fresh.status, fresh.body) == (304, b"")
    for name in ("etag", "cache-control", "vary", "content-location"):
        assert fresh.headers.get(name) == whole.headers.get(name)
    assert "content-type" not in fresh.headers
    assert "content-length" not in fresh.headers
    assert stale.status == 200


def test_a_star_matches_anything_there_is(site: Site) -> None:
    """`If-None-Match: *` asks for nothing that exists, and changes nothing for what does not."""
    assert site.ask("/service/559.ttl", headers={"If-None-Match": "*"}).status == 304
    assert site.ask("/service/none.ttl", headers={"If-None-Match": "*"}).status == 404


def test_dates_do_not_count(site: Site) -> None:
    """There is no `Last-Modified`, and asking by date changes nothing."""
    headers = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT", "Range": "bytes=0-1"}
    reply = site.ask("/service/559.ttl", headers=headers)

    assert reply.status == 200
    assert "last-modified" not in reply.headers


def test_static_files_are_kept_longest(site: Site) -> None:
    """The stylesheet changes seldom."""
    reply = site.ask("/static/style.css")

    assert reply.headers["content-type"] == "text/css; charset=utf-8"
    assert reply.headers["cache-control"] == "public, max-age=3600"


EVERY_KIND = [
    *("/", "/lists", "/about", "/service/559", "/service/559.ttl", "/list/services.xlsx"),
    *("/static/style.css", "/id/service/559", "/def/meetsNeed", "/def/none", "/nothing"),
    *("/health", "/openapi.json", "/list/services/table?q=a", "/list/services/table?x=a"),
    *("/service/559.ttl?x=1", "/service/99"),
]


@pytest.mark.parametrize("path", EVERY_KIND)
@pytest.mark.parametrize("accept", [None, "text/html", "image/png"])
def test_head_is_get_without_the_body(site: Site, path: str, accept: str | None) -> None:
    """The same status and headers, on every kind of URL."""
    got, head = site.ask(path, accept), site.ask(path, accept, method="HEAD")

    assert head.body == b""
    assert (head.status, head.headers) == (got.status, got.headers)


@pytest.mark.parametrize("path", EVERY_KIND)
def test_every_answer_may_be_read_from_anywhere_and_runs_nothing(site: Site, path: str) -> None:
    """Cross-origin reading and the security headers are on each, whatever its status."""
    for accept in ("text/html", "image/png"):
        reply = site.ask(path, accept)
        for name, value in COMMON:
            assert reply.headers[name.decode()] == value.decode()


def test_the_common_headers_are_strict() -> None:
    """Nothing is loaded or run but our own styles and pictures."""
    headers = {name.decode(): value.decode() for name, value in COMMON}

    assert headers["access-control-allow-origin"] == "*"
    exposed = set(headers["access-control-expose-headers"].split(", "))
    assert {"ETag", "Link", "Location", "Content-Location", "Vary"} <= exposed
    assert headers["content-security-policy"].split("; ") == [
        *("default-src 'none'", "style-src 'self'", "img-src 'self'", "form-action 'self'"),
        *("base-uri 'none'", "frame-ancestors 'none'"),
    ]
    assert headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
@pytest.mark.parametrize("path", ["/service/559.ttl", "/service/559", "/id/service/559", "/health"])
def test_nothing_can_be_changed(site: Site, method: str, path: str) -> None:
    """Other methods get 405 with those that there are."""
    reply = site.ask(path, method=method)

    assert reply.status == 405
    assert reply.headers["allow"] == "GET, HEAD, OPTIONS"
    assert json.loads(reply.body)["status"] == 405


@pytest.mark.parametrize("path", ["/service/559.ttl", "/id/service/559", "/health", "/nothing"])
def test_a_browser_may_ask_before_it_reads(site: Site, path: str) -> None:
    """The preflight of a cross-origin request is allowed everywhere."""
    asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}
    reply = site.ask(path, method="OPTIONS", headers=asked)

    assert (reply.status, reply.body) == (204, b"")
    assert reply.headers["allow"] == "GET, HEAD, OPTIONS"
    assert reply.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert reply.headers["access-control-allow-origin"] == "*"


def test_links_of_a_page(site: Site) -> None:
    """A page names its other formats, its licence, what to cite and what it is about."""
    found = links(site.ask("/service/559"))

    assert (f"{BASE}service/559.ttl", "alternate", "text/turtle") in found
    assert (f"{BASE}service/559.csv", "alternate", "text/csv") in found
    assert (f"{BASE}service/559.ttl", "describedby", "text/turtle") in found
    assert (f"{BASE}service/559", "canonical", "text/html") in found
    assert (f"{BASE}list/services", "collection", "text/html") in found
    assert (f"{BASE}service/559.linkset.json", "linkset", "application/linkset+json") in found
    assert (f"{BASE}id/service/559", "cite-as", "") in found
    assert ("http://www.w3.org/2004/02/skos/core#Concept", "type", "") in found
    assert ("https://schema.org/AboutPage", "type", "") in found
    assert {target for target, relation, _ in found if relation == "license"} == {
        "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    }
    assert found > links(site.ask("/service/559.html"))


OWN_LICENCE = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix def: <https://lists.example.org/def/> .
@prefix dct: <http://purl.org/dc/terms/> .
<https://lists.example.org/id/list/needs> a skos:ConceptScheme ; dct:title "Needs"@en ;
    def:segment "need" ; dct:license <https://example.org/own-licence> .
"""


def test_a_list_may_have_a_licence_of_its_own(tmp_path: Path) -> None:
    """It goes before the catalogue's, for the list and for each of its entries."""
    site = make_site(tmp_path, {"needs/list.ttl": OWN_LICENCE})

    for path in ("/list/needs.ttl", "/need/69.csv", "/id/need/69"):
        assert ("https://example.org/own-licence", "license", "") in links(site.ask(path))
    assert ("https://example.org/own-licence", "license", "") not in links(site.ask("/def"))


@pytest.mark.parametrize("path", ["/list/services.csv", "/id/list/services", "/list/services.ttl"])
def test_alternates_are_every_other_format(site: Site, path: str) -> None:
    """Made from the table of formats, with the page at its plain URL, never naming itself."""
    alternates = {
        (target, media_type)
        for target, relation, media_type in links(site.ask(path))
        if relation == "alternate"
    }
    every = {
        (f"{BASE}list/services{'' if row.name == 'html' else row.extension}", row.media_type)
        for row in offers(ResourceKind.LIST)
        if row.name != "linkset"
    }

    in_profiles = {pair for pair in alternates if "?_profile=" in pair[0]}
    others = {pair for pair in every if pair[0] != BASE + path.removeprefix("/")}
    assert alternates - in_profiles == others


def test_a_csv_names_its_metadata(site: Site) -> None:
    """As CSV on the Web asks (https://www.w3.org/TR/tabular-data-model/#link-header)."""
    expected = (f"{BASE}list/needs.csv-metadata.json", "describedby", "application/csvm+json")

    assert expected in links(site.ask("/list/needs.csv"))


NOT_ACCEPTABLE = [("/id/service/559", "image/png"), ("/service/559", "*/*;q=0")]


@pytest.mark.parametrize(("path", "accept"), NOT_ACCEPTABLE)
def test_what_cannot_be_had_is_told_with_what_can(site: Site, path: str, accept: str) -> None:
    """A 406 lists every format with its URL."""
    reply = site.ask(path, accept)
    told = json.loads(reply.body)

    assert reply.status == told["status"] == 406
    assert reply.headers["content-type"] == "application/problem+json"
    assert {"Accept", "Accept-Profile"} <= reply.varies
    assert {"href": "/service/559.ttl", "type": "text/turtle", "label": "Turtle"} in told[
        "alternates"
    ]
    assert "text/csv" in told["detail"]
    assert (f"{BASE}service/559.ttl", "alternate", "text/turtle") in links(reply)


@pytest.mark.parametrize("accept", ["application/csvm+json", "text/tab-separated-values"])
def test_some_formats_are_had_by_their_urls_alone(site: Site, accept: str) -> None:
    """They accompany others and are no description of their own: `Accept` does not find them."""
    assert site.ask("/id/list/services", accept).status == 406


def test_a_page_excluded_leads_to_the_next_best(site: Site) -> None:
    """Who wants anything but HTML gets something else."""
    reply = site.ask("/service/559", "*/*, text/html;q=0")

    assert reply.headers["location"] == "/service/559.ttl"


@pytest.mark.parametrize("accept", [None, "application/rdf+xml", "text/html"])
def test_what_a_format_cannot_carry_is_refused(tmp_path: Path, accept: str | None) -> None:
    """Never ill-formed: 406 with the reason, and the other formats of the entry still answer."""
    site = make_site(tmp_path, {"services/09/900.ttl": UNSUITED})
    reply = site.ask("/service/900.rdf", accept)

    assert reply.status == 406
    assert "https://example.org/1" in reply.text
    assert site.ask("/service/900.ttl").status == 200


def test_health(site: Site) -> None:
    """What is served and what the checks found, as JSON that no cache keeps."""
    reply = site.ask("/health")
    told = json.loads(reply.body)

    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["cache-control"] == "no-store"
    assert told["status"] == "ok"
    assert told["concepts"] == len(site.publication.edition.vocabulary.concepts)
    assert told["lists"] + told["subsets"] == len(site.publication.edition.vocabulary.schemes)
    assert told["findings"] == 0
    assert told["check"] == "not finished"


def test_the_interface_is_described(site: Site) -> None:
    """OpenAPI at its usual place; no pages that load scripts from elsewhere."""
    told = json.loads(site.ask("/openapi.json").body)

    assert {"/id/{address}", "/def/{name}", "/health"} <= set(told["paths"])
    assert "servers" not in told
    assert site.ask("/docs").status == site.ask("/redoc").status == 404


def test_a_filtered_table(site: Site) -> None:
    """The filters of a list's form are answered, and known again by their tag."""
    reply = site.ask("/list/services/table?status=retired&q=")

    assert reply.status == 200
    assert reply.headers["cache-control"] == "no-cache"
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.body == site.publication.pages.table("services", {"status": "retired"})
    tag = {"If-None-Match": reply.headers["etag"]}
    assert site.ask("/list/services/table?status=retired&q=", headers=tag).status == 304


def test_a_swap_takes_effect_with_the_next_request(tmp_path: Path) -> None:
    """A new publication replaces the old one whole, its kept answers with it."""
    first, second = make_site(tmp_path / "a"), make_site(tmp_path / "b", more=1)
    assert first.ask("/service/300000").status == 404
    assert first.ask("/list/services.csv").status == 200

    first.serving.swap(second.publication, findings=2)

    assert first.ask("/service/300000").status == 200
    assert first.ask("/list/services.csv").body == second.ask("/list/services.csv").body
    assert json.loads(first.ask("/health").body)["status"] == "findings"


class Failing(dict[str, Resource]):
    """A defect of the program, where a route looks something up."""

    def get(self, key: str, default: object = None) -> NoReturn:
        """Fail."""
        raise RuntimeError(f"secret inside of {key}{default}")


def test_a_defect_is_told_without_its_inside(tmp_path: Path) -> None:
    """The client learns that the server failed; what failed goes to the log alone."""
    site = make_site(tmp_path)
    site.publication.resources = Failing()
    with TestClient(site.app, raise_server_exceptions=False) as client:
        reply = client.get("/id/service/559")

    assert reply.status_code == 500
    assert reply.headers["content-type"] == "application/problem+json"
    assert "secret" not in reply.text
