"""Search, suggestions and resolving over HTTP."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest

from asking import Reply, ask
from searched import searched_site

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HTML = "text/html,application/xhtml+xml"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> ASGIApp:
    """A few services and functions, served."""
    return searched_site(tmp_path_factory.mktemp("site"))


def asked(site: ASGIApp, path: str, **query: str) -> dict[str, Any]:
    """Ask for JSON."""
    answer: dict[str, Any] = json.loads(ask(site, f"{path}?{urlencode(query)}").body)
    return answer


def test_one_function_answers_programs_and_people(site: ASGIApp) -> None:
    """The page shows what JSON says, in its order."""
    codes = [entry["code"] for entry in asked(site, "/search", q="waste")["entries"]]
    page = ask(site, "/search?q=waste", HTML).text

    places = [page.index(f'<span class="code">{code}</span>') for code in codes]
    assert len(codes) > 1
    assert places == sorted(places)


def test_a_code_leads_a_browser_straight_to_its_entry(site: ASGIApp) -> None:
    """A program gets the answer all the same."""
    reply = ask(site, "/search?q=855", HTML)

    assert (reply.status, reply.headers["location"]) == (303, "/service/855")
    assert asked(site, "/search", q="855")["entries"][0]["code"] == "855"


def test_a_code_of_two_lists_leads_nowhere(site: ASGIApp) -> None:
    """Both entries are shown to choose from."""
    assert ask(site, "/search?q=9", HTML).status == 200
    assert {e["list"] for e in asked(site, "/search", q="9")["entries"]} == {
        *("services", "functions"),
    }


def test_a_retired_entry_is_struck_with_what_to_use(site: ASGIApp) -> None:
    """As its page says it."""
    page = ask(site, "/search?q=dustbins", HTML).text

    assert '<li class="retired"><s>' in page
    assert "Use <a" in page
    assert "524" in page


def test_a_former_name_is_told(site: ASGIApp) -> None:
    """Who knows the old name sees why this entry is shown."""
    assert "was called Refuse - household waste" in ask(site, "/search?q=refuse", HTML).text


MISTYPED = {"plannnig consultaton": "855", "planing consultationn": "855"}
"""What finds nothing as it stands, and the entry that was meant."""


@pytest.mark.parametrize("words", MISTYPED)
def test_what_is_mistyped_brings_names_that_are_alike(site: ASGIApp, words: str) -> None:
    """Apart from what was found, which is nothing; a link to the entry is on the page."""
    answer = asked(site, "/search", q=words)
    page = ask(site, f"/search?q={quote(words)}", HTML).text

    assert (answer["total"], answer["entries"]) == (0, [])
    assert answer["alike"][0]["code"] == MISTYPED[words]
    assert answer["alike"][0]["found_by"] == "like a name"
    assert "Did you mean" in page
    assert f'<span class="code">{MISTYPED[words]}</span>' in page


def test_alike_names_keep_to_the_list_asked_for(site: ASGIApp) -> None:
    """Under a filter that the matcher does not know, none are told."""
    assert not asked(site, "/search", q="plannnig consultaton", list="functions")["alike"]
    assert not asked(site, "/search", q="plannnig consultaton", status="retired")["alike"]


def test_nothing_found_offers_what_else_to_do(site: ASGIApp) -> None:
    """The tool that takes names that are only alike."""
    assert 'href="./match"' in ask(site, "/search?q=xyzzy", HTML).text


def test_filters_are_kept_from_page_to_page(site: ASGIApp) -> None:
    """The way to more has the words and the filters in it."""
    page = ask(site, "/search?q=waste&list=services&limit=1", HTML).text

    assert 'rel="next" href="./search?q=waste&amp;list=services&amp;limit=1&amp;offset=1"' in page
    assert '<option value="services" selected>' in page


def test_links_are_relative_below_a_folder(site: ASGIApp) -> None:
    """Also a redirect stays in the folder that a proxy shows the site in."""
    reply = ask(site, "/search?q=855", HTML, root_path="/lists")

    assert reply.headers["location"] == "/lists/service/855"


def test_suggestions_are_short_and_in_order(site: ASGIApp) -> None:
    """What the words begin, as many as asked for."""
    answer = asked(site, "/suggest", q="stree", limit="1")

    assert [s["label"] for s in answer["suggestions"]] == ["Street lighting"]


RESOLVED = [
    ("http://id.esd.org.uk/service/559", "/id/service/559"),
    ("https://id.esd.org.uk/service/559", "/id/service/559"),
    ("https://lists.example.org/id/function/9", "/id/function/9"),
    ("esdServiceType:559", "/id/service/559"),
    ("service/600", "/id/service/600"),
]


@pytest.mark.parametrize(("uri", "location"), RESOLVED)
def test_an_identifier_is_resolved(uri: str, location: str, site: ASGIApp) -> None:
    """Any address an entry has or had, retired ones too, leads to its identifier here."""
    reply = ask(site, f"/resolve?uri={quote(uri, safe='')}")

    assert (reply.status, reply.headers["location"]) == (303, location)


UNRESOLVED = [
    "",
    "559",
    "http://evil.example/service/559",
    "//evil.example",
    "javascript:alert(1)",
    "http://id.esd.org.uk/service/1827",
    "http://id.esd.org.uk/service/559/../560",
    "https://lists.example.org/id/service/\r\nSet-Cookie: a=b",
]


@pytest.mark.parametrize("uri", UNRESOLVED)
def test_what_is_no_identifier_here_is_a_problem(uri: str, site: ASGIApp) -> None:
    """Never a way to another site; a code of another owner is said to be one."""
    reply = ask(site, f"/resolve?uri={quote(uri, safe='')}")

    assert (reply.status, reply.headers["content-type"]) == (404, "application/problem+json")
    assert ("issuedAs" in reply.text) == ("1827" in uri)


WRONG = [
    ("/search?q=a&limit=x", 400, "limit is a number"),
    ("/search?q=a&limit=101", 400, "limit is a number from 0 to 100"),
    ("/search?q=a&offset=-1", 400, "offset is a number"),
    ("/search?q=a&list=nolist", 400, "no such list"),
    ("/search?q=a&function=777", 400, "no such entry"),
    ("/search?q=a&colour=red", 400, "unknown query parameter colour"),
    ("/suggest?q=a&limit=99999", 400, "limit is a number"),
    (f"/search?q={'a' * 9000}", 414, "longer than"),
    ("/search?" + "&".join(f"q{n}=1" for n in range(200)), 400, "more than"),
    ("/search?q=%ff", 400, "no UTF-8"),
]


@pytest.mark.parametrize(("target", "status", "why"), WRONG)
def test_a_wrong_question_is_told(target: str, status: int, why: str, site: ASGIApp) -> None:
    """In a problem document, and to a browser on a page."""
    reply = ask(site, target)

    assert (reply.status, reply.headers["content-type"]) == (status, "application/problem+json")
    assert why in reply.text
    assert ask(site, target, HTML).headers["content-type"].startswith("text/html")


SEEDS = [
    *('"', "'", "*", "^", "NEAR(a b)", "a AND", "OR", "NOT x", "label:waste", "{marks} : s0", "-a"),
    *("';DROP TABLE entries;--", "\\", "%00", "<script>alert(1)</script>", "{{7*7}}", "${x}"),
    *("\u202e", "\ufffe", "🗑", "../../etc/passwd", "=cmd|' /C calc'!A0", "(a+)+$", "\n\r\t"),
]
HOSTILE = [
    *(seed * times for seed in SEEDS for times in (1, 40)),
    *(f"{seed} waste {seed}" for seed in SEEDS),
    *(f"street{seed}" for seed in SEEDS),
    *("street " * n for n in (1, 12, 13, 900)),
    *("x" * n for n in (1, 199, 201, 7000)),
    *("9" * n for n in (1, 20, 400, 7000)),
    *(" ".join(f"w{n}" for n in range(k)) for k in (12, 13, 500)),
    *(f'"{"a" * n}"*' for n in (1, 200, 5000)),
]


@pytest.mark.parametrize("path", ["/search", "/suggest", "/resolve"])
def test_a_hundred_hostile_queries_are_answered_soon(path: str, site: ASGIApp) -> None:
    """Every one with an answer or a clear 4xx; none is understood as a query or as markup."""
    assert len(HOSTILE) >= 100
    for words in HOSTILE:
        name = "uri" if path == "/resolve" else "q"
        for accept in (None, HTML):
            start = time.monotonic()
            reply = ask(site, f"{path}?{urlencode({name: words}, errors='replace')}", accept)

            assert 200 <= reply.status < 500, words
            assert "<script>alert" not in _shown(reply)
            assert time.monotonic() - start < 2, words


def _shown(reply: Reply) -> str:
    return reply.text if reply.headers.get("content-type", "").startswith("text/html") else ""


def test_every_page_can_search(site: ASGIApp) -> None:
    """A form in the header, which needs no script and works in any folder."""
    for path, action in (("/", "./search"), ("/service/559", "../search"), ("/lists", "./search")):
        assert f'<form class="find" action="{action}" method="get"' in ask(site, path, HTML).text
