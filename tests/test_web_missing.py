"""What is said where there is nothing, and of requests that are odd or meant to harm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import Site, make_site
from listkeeper.search.issued import issuer_of
from listkeeper.web.problems import LONGEST_ECHO, printable
from repository import edition_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository."""
    return make_site(tmp_path_factory.mktemp("lists"))


FORMER = [
    # a code of the list of services, whose codes from 200001 up are minted here
    ("/id/service/9", "9"),
    ("/service/9", "9"),
    ("/service/9.ttl", "9"),
    ("/service/9.csv-metadata.json", "9"),
    ("/id/service/200000", "200000"),
]


@pytest.mark.parametrize(("path", "code"), FORMER)
def test_a_code_that_another_owner_may_have_issued(site: Site, path: str, code: str) -> None:
    """It is never answered with another entry, nor said not to exist: its owner is named."""
    told = json.loads(site.ask(path).body)

    assert told["status"] == 404
    assert told["detail"] == (
        f"{code} was issued, or may have been, by the Local Government Association and is not "
        f"held here. Its identifier there is http://id.esd.org.uk/service/{code}"
    )
    assert told["issuedAs"] == f"http://id.esd.org.uk/service/{code}"


NOT_FORMER = [
    *("/service/200001x", "/service/200002", "/service/0", "/service/05599", "/service/-1"),
    *("/service/1e3", "/service/\u0665", "/need/9", "/list/9", "/9", "/service/1/2"),
    *("/id/service/559.ttl", "/service/559.ttl/", "/service/559/"),
    pytest.param("/service/" + "9" * 5000, id="a long number"),
    *("/services", "/id/", "/id/def", "/id/service", "/id/service/559/"),
]


@pytest.mark.parametrize("path", NOT_FORMER)
def test_other_paths_are_just_not_there(site: Site, path: str) -> None:
    """A number that we mint, a text, another list: no owner is made up for them."""
    told = json.loads(site.ask(path).body)

    assert told["status"] == 404
    assert "issuedAs" not in told
    assert told["title"] == "Not Found"
    assert len(told["instance"]) <= LONGEST_ECHO + 1


def test_the_first_code_minted_here_is_ours(site: Site) -> None:
    """Codes below the first are another owner's, that one and all above are not."""
    vocabulary = site.publication.edition.vocabulary

    assert issuer_of(vocabulary, "service/200000") is vocabulary.schemes["services"]
    assert issuer_of(vocabulary, "service/200001") is None


def test_a_list_in_which_nothing_is_minted_is_its_owners(tmp_path: Path) -> None:
    """Every number of it may have been issued; an owner without a name is still told of."""
    files = {
        "interactions/list.ttl": """<list/interactions> a skos:ConceptScheme ;
            def:segment "interaction" ; def:formerSpace "http://id.esd.org.uk/interaction/" ."""
    }
    vocabulary = edition_of(tmp_path, files).vocabulary

    assert issuer_of(vocabulary, "interaction/300000") is vocabulary.schemes["interactions"]
    assert issuer_of(vocabulary, "interaction/x") is None


def test_near_codes_are_offered(site: Site) -> None:
    """To a program with code, label and URI; to a person as links."""
    told = json.loads(site.ask("/service/595").body)
    page = site.ask("/service/595", "text/html")

    near = {entry["code"]: entry for entry in told["near"]}
    assert near["559"]["uri"] == "https://lists.example.org/id/service/559"
    assert near["559"]["label"]
    assert page.status == 404
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["vary"] == "Accept"
    assert 'href="../service/559"' in page.text


ALIASES = [
    # other ways to write a URL of ours, or to leave its folder: none is one
    *("/service/559/", "//service/559", "/service//559", "/service/559.ttl/", "/./service/559"),
    *("/service/../service/559", "/service/./559", "/service%2F559", "/service/%35%35%39"),
    *("/service/559%2Ettl", "/service/559%00", "/service/559%0A", "/service/559;x", "/SERVICE/559"),
    *("/static/../style.css", "/static/%2e%2e/%2e%2e/listkeeper.toml", "/static//style.css"),
    *("/static/..%2f..%2fetc/passwd", "/static/", "/static", "/static/%5c..%5cbase.html"),
    *("/%69d/service/559", "/id/service%2F559", "/id//service/559", "/id/service/559.ttl"),
    *("//evil.example/%2e%2e", "/id//evil.example", "/def//evil.example", "/\\evil.example"),
    *("/%ff%fe", "/service/%ff", "/%", "/%zz"),
    pytest.param("/" + "a/" * 5000, id="many slashes"),
    pytest.param("/" + "%41" * 9000, id="a long path"),
    *("/def/nothing", "/def/%6deetsNeed", "/def/{x}", "/def/a b", "/def/meetsNeed/", "/def/<a>"),
    *("/list/nothing", "/list/nothing/table", "/list/services/table/", "/list//table"),
    *("*", "service/559", ""),
    *("/list/services/page/1", "/list/services/page/99", "/list/services/page/x"),
]


@pytest.mark.parametrize("path", ALIASES)
@pytest.mark.parametrize("accept", [None, "text/html", "text/turtle"])
def test_an_alias_is_no_url(site: Site, path: str, accept: str | None) -> None:
    """One thing has one URL: no second one for caches to mix up, no redirect to be led by."""
    for method in ("GET", "HEAD"):
        reply = site.ask(path, accept, method=method)
        assert reply.status == 404
        assert "location" not in reply.headers


def test_an_empty_query_is_none(site: Site) -> None:
    """A question mark with nothing after it asks for nothing more."""
    assert site.ask("/service/559.ttl?").status == 200


UNKNOWN = [
    ("x=1", ["x"]),
    ("x", ["x"]),
    ("=1", [""]),
    ("_profile=skos&x=1&x=2", ["_profile", "x"]),
    ("%00%E2%80%AE=1", ["??"]),
    ("<script>=1", ["<script>"]),
]


@pytest.mark.parametrize(("query", "names"), UNKNOWN)
@pytest.mark.parametrize("path", ["/service/559.ttl", "/list/services.csv", "/service/559.html"])
def test_unknown_parameters_of_a_file_are_refused(
    site: Site, path: str, query: str, names: list[str]
) -> None:
    """They are named; a cache would otherwise keep a copy for each."""
    told = json.loads(site.ask(f"{path}?{query}").body)
    page = site.ask(f"{path}?{query}", "text/html")

    assert told["status"] == page.status == 400
    assert told["parameters"] == names
    assert "<script>" not in page.text


@pytest.mark.parametrize("path", ["/service/559", "/", "/lists"])
def test_a_page_bears_what_others_add_to_its_address(site: Site, path: str) -> None:
    """People share addresses with trackers on them: the page is the same."""
    assert site.ask(f"{path}?utm_source=mail").body == site.ask(path).body


BAD_FILTERS = [
    "colour=red",
    "page=0",
    "page=x",
    "page=99",
    "status=unheard-of",
    pytest.param("page=" + "9" * 5000, id="a page beyond counting"),
]


@pytest.mark.parametrize("query", BAD_FILTERS)
def test_filters_that_do_not_exist_are_told(site: Site, query: str) -> None:
    """A filter form's mistake is the asker's, with a page that says so."""
    reply = site.ask(f"/list/services/table?{query}", "text/html")

    assert reply.status == 400
    assert 'href="../../static/style.css"' in reply.text


FORMS = [
    # what an error is told as
    (None, "application/problem+json"),
    ("*/*", "application/problem+json"),
    ("application/json", "application/problem+json"),
    ("text/turtle", "application/problem+json"),
    ("image/png", "application/problem+json"),
    ("text/html", "text/html; charset=utf-8"),
    ("text/html,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
    ("application/json, text/html;q=0.5", "application/problem+json"),
]


@pytest.mark.parametrize(("accept", "content_type"), FORMS)
def test_a_problem_is_told_in_the_form_that_is_read(
    site: Site, accept: str | None, content_type: str
) -> None:
    """A page to who names HTML, else a problem document; never nothing."""
    reply = site.ask("/nothing", accept)

    assert reply.headers["content-type"] == content_type
    assert reply.headers["cache-control"] == "no-store"
    assert reply.body


def test_hostile_paths_stay_inert_in_pages(site: Site) -> None:
    """What was asked for is said again as text, short and printable."""
    page = site.ask('/service/"><script>alert(1)</script>' + "x" * 5000, "text/html").text

    assert "<script>" not in page
    assert len(page) < 5000
    assert printable("a\u202eb\x00c\x1b[31m") == "a?b?c?[31m"


PATHS = st.one_of(
    st.binary(max_size=60),
    st.text(alphabet="/.%\\:@0159aservicdfl-?#&=", max_size=40).map(str.encode),
    st.builds(
        "/".join,
        st.lists(
            st.sampled_from(
                (
                    *("", "id", "service", "559", "559.ttl", "def", "meetsNeed", "list"),
                    *("services", "table", "..", ".", "%2e%2e", "%2F", "evil.example", "page"),
                    "\\evil.example",
                )
            ),
            max_size=6,
        ),
    ).map(str.encode),
)
QUERIES = st.one_of(st.just(b""), st.binary(max_size=30), st.sampled_from([b"q=a&page=2", b"%"]))
ACCEPTS = st.one_of(
    st.none(),
    st.sampled_from(["text/html", "text/turtle", "*/*", "image/png", "text/csv;q=0.1"]),
    st.text(max_size=30),
)
METHODS = st.sampled_from(["GET", "HEAD", "OPTIONS", "POST"])


@given(PATHS, QUERIES, ACCEPTS, METHODS)
def test_no_request_breaks_the_server_or_leads_elsewhere(
    site: Site, path: bytes, query: bytes, accept: str | None, method: str
) -> None:
    """Whatever the bytes: no 5xx, and a redirect only to a path of ours."""
    reply = site.ask(b"/" + path + b"?" + query, accept, method=method)

    assert reply.status < 500
    if 300 <= reply.status < 304:
        assert reply.status == 303
        target = reply.headers["location"]
        split = urlsplit(target)
        assert (split.scheme, split.netloc) == ("", "")
        assert target.startswith("/")
        assert not target.startswith(("//", "/\\"))
        assert site.ask(target.partition("#")[0], accept).status == 200
    if method == "HEAD":
        assert reply.body == b""


@given(st.text(), st.text())
def test_no_host_and_no_validator_changes_what_is_answered(
    site: Site, host: str, if_none_match: str
) -> None:
    """The `Host` header is in no answer, and odd validators are only no match."""
    reply = site.ask("/id/service/559", headers={"Host": host, "X-Forwarded-Host": host})
    whole = site.ask("/service/559.ttl", headers={"If-None-Match": if_none_match})

    assert reply.headers["location"] == "/service/559"
    assert whole.status == (304 if if_none_match.strip() == "*" else 200)
