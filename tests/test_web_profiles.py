"""Content negotiation by profile: https://www.w3.org/TR/dx-prof-conneg/ as tables of cases."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import Site, make_site
from listkeeper.publish.profiles import PROFILES, profiled
from listkeeper.web.profiles import read_accept_profile
from published import triples

if TYPE_CHECKING:
    from asking import Reply

BASE = "https://lists.example.org/"
URIS = {profile.token: profile.uri for profile in PROFILES}
SKOS = URIS["skos"]
SCHEMA = URIS["schema.org"]
DCAT = URIS["dcat"]
CPSV = URIS["cpsv-ap"]
FORMATS = {"text/turtle": ox.RdfFormat.TURTLE, "application/ld+json": ox.RdfFormat.JSON_LD}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository."""
    return make_site(tmp_path_factory.mktemp("lists"))


def own(token: str, media_type: str) -> str:
    """The query of a document in a profile."""
    return f"?_profile={token}&_mediatype={media_type.replace('+', '%2B')}"


CASES = [
    # path, Accept-Profile, Accept, where it leads, Content-Profile
    ("/id/service/559", f"<{SKOS}>", None, "/service/559.ttl", SKOS),
    ("/id/service/559", f"<{SKOS}#>", None, "/service/559.ttl", SKOS),
    ("/id/service/559", f"<{SKOS}>", "application/ld+json", "/service/559.jsonld", SKOS),
    ("/service/559", f"<{SKOS}>", "text/html,*/*;q=0.8", "/service/559.ttl", SKOS),
    (
        "/id/service/559",
        f"<{SCHEMA}>",
        None,
        "/service/559" + own("schema.org", "application/ld+json"),
        SCHEMA,
    ),
    (
        "/id/service/559",
        "<http://schema.org/>",
        "text/turtle",
        "/service/559" + own("schema.org", "text/turtle"),
        SCHEMA,
    ),
    (
        "/id/service/559",
        f"<{SKOS}>;q=0.5, <{CPSV}>;q=0.9",
        "text/turtle",
        "/service/559" + own("cpsv-ap", "text/turtle"),
        CPSV,
    ),
    ("/id/service/559", f"<urn:x>, <{SKOS}>;q=0.1", None, "/service/559.ttl", SKOS),
    ("/id/service/559", '"skos"', None, "/service/559.ttl", SKOS),
    ("/id/service/559", f"<{SCHEMA}>;q=0, <{SKOS}>", None, "/service/559.ttl", SKOS),
    # the first profile that there is in a format that is accepted
    ("/id/service/559", f"<{CPSV}>, <{SKOS}>", "application/n-triples", "/service/559.nt", SKOS),
    # none of those that are wanted: as if nothing had been said
    ("/id/service/559", "<urn:x>", None, "/service/559", ""),
    ("/id/service/559", f"<{DCAT}>", "text/turtle", "/service/559.ttl", SKOS),
    ("/id/service/559", f"<{SCHEMA}>", "text/csv", "/service/559.csv", ""),
    ("/id/service/559", ";;,<", None, "/service/559", ""),
    ("/id/catalogue", f"<{DCAT}>", None, "/catalogue.ttl", DCAT),
    (
        "/list/services",
        f"<{DCAT}>",
        "text/turtle",
        "/list/services" + own("dcat", "text/turtle"),
        DCAT,
    ),
    ("/id/service/559", "", "text/turtle", "/service/559.ttl", SKOS),
]


@pytest.mark.parametrize(("path", "profile", "accept", "target", "conforms"), CASES)
def test_by_header(
    site: Site, path: str, profile: str, accept: str | None, target: str, conforms: str
) -> None:
    """The answer says which profile was chosen, and caches that it was."""
    reply = site.ask(path, accept, headers={"Accept-Profile": profile})

    assert (reply.status, reply.headers["location"]) == (303, target)
    assert reply.headers.get("content-profile", "") == (f"<{conforms}>" if conforms else "")
    assert {"Accept", "Accept-Profile"} <= reply.varies
    led_to = site.ask(target)
    assert led_to.status == 200
    assert led_to.headers.get("content-profile", "") == (f"<{conforms}>" if conforms else "")


QUERIES = [
    # path and query, Accept, where it leads
    ("/service/559?_profile=skos", None, "/service/559.ttl"),
    ("/id/service/559?_profile=skos", "application/rdf+xml", "/service/559.rdf"),
    ("/service/559?_profile=skos&_mediatype=application/ld+json", None, "/service/559.jsonld"),
    (
        "/service/559?_profile=schema.org",
        "text/html",
        None,
    ),
    (
        "/service/559?_profile=schema.org",
        None,
        "/service/559" + own("schema.org", "application/ld+json"),
    ),
    (
        "/id/service/559?_profile=schema.org&_mediatype=text/turtle",
        "application/ld+json",
        "/service/559" + own("schema.org", "text/turtle"),
    ),
    ("/service/559?_profile=https://schema.org/", None, None),
    ("/service/559?_mediatype=text/csv", "text/turtle", "/service/559.csv"),
    ("/service/559?_mediatype=application%2Fld%2Bjson", None, "/service/559.jsonld"),
    ("/service/559?_profile=urn:x,skos", None, "/service/559.ttl"),
    (f"/service/559?_profile=<{SKOS}>", None, "/service/559.ttl"),
]


@pytest.mark.parametrize(("target", "accept", "location"), QUERIES)
def test_by_query(site: Site, target: str, accept: str | None, location: str | None) -> None:
    """It goes before every header."""
    reply = site.ask(target, accept, headers={"Accept-Profile": f"<{DCAT}>"})

    if location:
        assert (reply.status, reply.headers["location"]) == (303, location)
    elif accept == "text/html":
        assert reply.status == 406
    else:
        assert (reply.status, reply.headers["content-profile"]) == (303, f"<{SCHEMA}>")


@pytest.mark.parametrize("query", ["_profile=dcat", "_profile=x", "_profile=skos&_mediatype=a/b"])
def test_a_profile_that_there_is_not(site: Site, query: str) -> None:
    """406 with those that there are, where the query named one."""
    reply = site.ask(f"/service/559?{query}")
    told = json.loads(reply.body)

    assert reply.status == 406
    assert [profile["token"] for profile in told["profiles"]] == ["skos", "schema.org", "cpsv-ap"]


def every(site: Site) -> list[tuple[str, str, str]]:
    """Address, profile and media type of all there is in profiles."""
    return [
        (f"/{each.address}", each.profile.uri, each.row.media_type)
        for resource in site.publication.resources.values()
        for each in profiled(site.publication, resource)
    ]


def test_what_is_listed_can_be_had(site: Site) -> None:
    """Nothing is offered that cannot be delivered, and all of it parses."""
    found = every(site)

    assert {uri for _, uri, _ in found} == set(URIS.values())
    for address, uri, media_type in found:
        reply = site.ask(address, "image/png")
        assert (address, reply.status) == (address, 200)
        assert reply.headers["content-profile"] == f"<{uri}>"
        assert reply.headers["content-type"].startswith(media_type)
        assert reply.headers["cache-control"] == "public, max-age=300"
        if media_type in FORMATS:
            assert triples(reply.body, FORMATS[media_type]), address


def test_the_formats_of_a_profile_say_the_same(site: Site) -> None:
    """Turtle and JSON-LD of one profile are one graph."""
    for resource in site.publication.resources.values():
        found: dict[str, list[object]] = {}
        for each in profiled(site.publication, resource):
            if each.row.media_type in FORMATS:
                body = site.ask(f"/{each.address}").body
                found.setdefault(each.profile.token, []).append(
                    triples(body, FORMATS[each.row.media_type])
                )
        for token, graphs in found.items():
            assert all(graph == graphs[0] for graph in graphs), (resource.address, token)


def graph(site: Site, address: str) -> set[tuple[str, str, str]]:
    """What a document says, without the kinds of terms."""
    found = triples(site.ask(address).body, ox.RdfFormat.TURTLE)
    return {(s.value, p.value, o.value) for s, p, o in found}


def test_schema_org(site: Site) -> None:
    """An entry is a defined term of its list, a list a set of terms."""
    libraries = graph(site, "/service/559" + own("schema.org", "text/turtle"))
    services = graph(site, "/list/services" + own("schema.org", "text/turtle"))
    node = f"{BASE}id/service/559"

    assert {
        (node, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"{SCHEMA}DefinedTerm"),
        (node, f"{SCHEMA}termCode", "559"),
        (node, f"{SCHEMA}name", "Libraries"),
        (node, f"{SCHEMA}inDefinedTermSet", f"{BASE}id/list/services"),
        (node, f"{SCHEMA}url", f"{BASE}service/559"),
        (node, f"{SCHEMA}sameAs", "http://id.esd.org.uk/service/559"),
    } <= libraries
    assert (f"{BASE}id/list/services", f"{SCHEMA}hasDefinedTerm", node) in services
    assert libraries <= services


def test_cpsv_ap(site: Site) -> None:
    """A duty is a rule that implements legislation; a kind of service is related to it."""
    type_ = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    duty = graph(site, "/power-or-duty/10001" + own("cpsv-ap", "text/turtle"))
    service = graph(site, "/service/559" + own("cpsv-ap", "text/turtle"))
    node, rule = f"{BASE}id/service/559", f"{BASE}id/power-or-duty/10001"
    act = "http://www.legislation.gov.uk/id/ukpga/1964/75"

    assert (rule, type_, "http://purl.org/vocab/cpsv#Rule") in duty
    assert (rule, "http://purl.org/vocab/cpsv#implements", act) in duty
    assert (act, type_, "http://data.europa.eu/eli/ontology#LegalResource") in duty
    assert (node, "http://purl.org/dc/terms/relation", rule) in service
    assert duty <= service
    assert (node, type_, "http://purl.org/vocab/cpsv#PublicService") not in service
    assert "cpsv-ap" not in tokens(site, "/need/69")


def test_dcat(site: Site) -> None:
    """A list is a dataset with the distributions that the catalogue gives it."""
    found = graph(site, "/list/needs" + own("dcat", "text/turtle"))
    catalogue = graph(site, "/catalogue.ttl")

    assert found <= catalogue
    assert {s for s, p, o in found if o == "http://www.w3.org/ns/dcat#Dataset"} == {
        f"{BASE}id/list/needs"
    }
    assert any(o == "http://www.w3.org/ns/dcat#Distribution" for _, _, o in found)


@pytest.mark.parametrize("path", ["/service/559", "/id/service/559"])
def test_profiles_are_listed(site: Site, path: str) -> None:
    """As JSON for programs and as a page for people, and in the header for both."""
    reply = site.ask(f"{path}?_profile=all")
    page = site.ask(f"{path}?_profile=all", "text/html")
    told = json.loads(reply.body)

    assert reply.status == page.status == 200
    assert reply.headers["content-profile"] == "<http://www.w3.org/ns/dx/conneg/profile/qsa>"
    assert told["resource"] == f"{BASE}id/service/559"
    assert {p["token"]: p["uri"] for p in told["profiles"]} == {
        token: URIS[token] for token in ("skos", "schema.org", "cpsv-ap")
    }
    for profile in told["profiles"]:
        for href in profile["links"]:
            assert site.ask(href).status == 200
            assert href.replace("&", "&amp;") in page.text
    assert token_links(reply) == token_links(page) == token_links(site.ask("/service/559"))


def test_every_negotiated_answer_lists_them_in_its_header(site: Site) -> None:
    """Which token means which, and where each is; documents of a format are kept short."""
    for path in ("/service/559", "/id/service/559"):
        reply = site.ask(path)
        assert token_links(reply) == {
            token: URIS[token] for token in ("skos", "schema.org", "cpsv-ap")
        }
        found = re.findall(
            r'<([^>]*)>; rel="alternate[^"]*"(?:; type="[^"]*")?; profile="([^"]*)"', link(reply)
        )
        assert {uri for _, uri in found} == {SKOS, SCHEMA, CPSV}
        assert all(site.ask(target.removeprefix(BASE[:-1])).status < 304 for target, _ in found)
    assert not token_links(site.ask("/service/559.ttl"))


def test_no_language_changes_what_is_said(site: Site) -> None:
    """Data has every language at once, whatever a client prefers."""
    for path in (
        "/service/1614.ttl",
        "/service/1614.jsonld",
        "/service/1614.csv",
        "/id/service/1614",
    ):
        one, other = (
            site.ask(path, "text/turtle", headers={"Accept-Language": language})
            for language in ("cy", "en")
        )
        assert (one.status, one.headers, one.body) == (other.status, other.headers, other.body)
        assert "Accept-Language" not in one.varies


@given(st.text(max_size=200))
def test_any_header_is_read(text: str) -> None:
    """Whatever a client sends, and in no time."""
    assert all(name for name in read_accept_profile(text))


def tokens(site: Site, path: str) -> list[str]:
    return [p["token"] for p in json.loads(site.ask(f"{path}?_profile=all").body)["profiles"]]


def token_links(reply: Reply) -> dict[str, str]:
    pattern = (
        r'<http://www.w3.org/ns/dx/prof/Profile>; rel="type"; token="([^"]*)"; anchor="([^"]*)"'
    )
    return dict(re.findall(pattern, link(reply)))


def link(reply: Reply) -> str:
    return reply.headers["link"]
