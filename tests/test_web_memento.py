"""The past over HTTP: releases as they were, Memento (RFC 7089), and the history of entries."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from listkeeper.namespaces import FOAF, PROV
from published import need, triples
from timed import (
    BROKEN,
    FIRST,
    ONE,
    SECOND,
    THIRD,
    TWO,
    broken_release,
    released_lists,
    timed_site,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asking import Reply, Site

BASE = "https://lists.example.org/"
LINK = re.compile(r'<([^>]*)>; rel="([^"]*)"')
DATES = {
    FIRST: "Tue, 06 Jan 2026 00:00:00 GMT",
    SECOND: "Sat, 10 Jan 2026 00:00:00 GMT",
    THIRD: "Wed, 14 Jan 2026 00:00:00 GMT",
}
"""When each was tagged."""

TIMES = [  # Accept-Datetime, the release it leads to
    ("Thu, 01 Jan 1998 00:00:00 GMT", FIRST),
    (DATES[FIRST], FIRST),
    ("Fri, 09 Jan 2026 23:59:59 GMT", FIRST),
    (DATES[SECOND], SECOND),
    ("Fri, 01 Jan 2100 00:00:00 GMT", THIRD),
]
MALFORMED = [
    "",
    "yesterday",
    "2026-01-05",
    "Mon, 05 Jan 2026 00:00:00 +0100",
    "Mon, 35 Jan 2026 00:00:00 GMT",
    "Mon, 05 Jan 2026 00:00:00 GMT, Mon, 05 Jan 2026 00:00:00 GMT",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Three releases, a broken one and a draft."""
    made = released_lists(tmp_path_factory.mktemp("lists"))
    broken_release(made)
    with timed_site(made) as found:
        yield found


def links(reply: Reply) -> dict[str, str]:
    """Relation to target; a link of two relations counts for both."""
    found = LINK.findall(reply.headers.get("link", ""))
    return {relation: target for target, names in found for relation in names.split()}


def label(reply: Reply) -> str:
    assert reply.status == 200, reply.text
    found: str = json.loads(reply.text)["label"]["en"]
    return found


def test_everything_is_kept_as_it_was_released(site: Site) -> None:
    """Each release answers with what it had, whatever became of it since."""
    labels = [label(site.ask(f"/release/{r}/need/10001.json")) for r in (FIRST, SECOND, THIRD)]

    assert labels == ["Company", "Fellowship", "Fellowship"]
    assert site.ask(f"/release/{SECOND}/need/10002.json").status == 404
    assert label(site.ask(f"/release/{THIRD}/need/10002.json")) == "<b>Shelter</b> & more"
    assert site.ask("/need/10003.json").status == 200
    assert site.ask(f"/release/{THIRD}/need/10003").status == 404


@pytest.mark.parametrize(
    "path", ["need/10001.ttl", "need/10001.jsonld", "list/needs.csv", "catalogue.ttl", "def.ttl"]
)
def test_data_of_a_release_never_changes(site: Site, path: str) -> None:
    """Data formats may be kept for ever, and are known again by their tags."""
    reply = site.ask(f"/release/{FIRST}/{path}")
    again = site.ask(f"/release/{FIRST}/{path}", headers={"If-None-Match": reply.headers["etag"]})

    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert again.status == 304
    assert site.ask(f"/{path}").headers["cache-control"] != reply.headers["cache-control"]


def test_a_page_of_a_release_says_which_it_is(site: Site) -> None:
    """It is a view: it names its release, leads to what is now, and is asked for again."""
    reply = site.ask(f"/release/{FIRST}/need/10001", "text/html")

    assert f"<strong>Release {FIRST}:</strong>" in reply.text
    assert 'href="../../../need/10001">This page now' in reply.text
    assert "Draft:" not in reply.text
    assert reply.headers["cache-control"] == "no-cache"
    assert "<strong>Release" not in site.ask("/need/10001", "text/html").text


def test_negotiation_stays_in_the_release(site: Site) -> None:
    """Identifiers and plain URLs below a release lead to that release's documents."""
    folder = f"/release/{FIRST}"
    by_identifier = site.ask(f"{folder}/id/need/10001", "text/turtle")
    plain = site.ask(f"{folder}/need/10001", "application/ld+json")

    assert (by_identifier.status, by_identifier.headers["location"]) == (
        303,
        f"{folder}/need/10001.ttl",
    )
    assert plain.headers["location"] == f"{folder}/need/10001.jsonld"
    assert site.ask(folder).headers["location"] == f"{folder}/"
    assert site.ask(f"{folder}/", "text/html").status == 200
    assert site.ask(f"{folder}/static/style.css").status == 200
    under = site.ask(f"{folder}/id/need/10001", "text/turtle", root_path="/lists")
    assert under.headers["location"] == f"/lists{folder}/need/10001.ttl"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/release/1999.01/need/10001", f"there are {FIRST}, {SECOND}"),
        ("/release/nonsense", f"there are {FIRST}"),
        (f"/release/{BROKEN}/need/10001", f"release {BROKEN} cannot be read"),
        (f"/release/{FIRST}/release/{FIRST}/need/10001", "once for the whole site"),
        (f"/release/{FIRST}/sparql", "once for the whole site"),
        (f"/release/{FIRST}/need/10001/history", "once for the whole site"),
    ],
)
def test_what_is_no_release_is_refused_with_its_reason(site: Site, path: str, said: str) -> None:
    """Unknown names tell those there are; a broken release tells its reason."""
    reply = site.ask(path)

    assert reply.status == 404
    assert said in json.loads(reply.text)["detail"]


def test_a_broken_release_keeps_no_other_from_being_served(site: Site) -> None:
    """It is listed with its reason, and in no TimeMap."""
    listed = json.loads(site.ask("/releases.json").text)["releases"]

    problems = {release["name"]: release["problem"] for release in listed}
    assert [name for name, problem in problems.items() if problem] == [BROKEN]
    assert "listkeeper.toml" in problems[BROKEN]
    assert "cannot be read" in site.ask("/releases", "text/html").text
    assert BROKEN not in site.ask("/timemap/need/10001").text


@pytest.mark.parametrize(("asked", "release"), TIMES)
@pytest.mark.parametrize("path", ["/id/need/10001", "/need/10001", "/timegate/need/10001"])
def test_a_timegate_leads_to_what_was_released_last(
    site: Site, path: str, asked: str, release: str
) -> None:
    """The release before the date, else the first; in the format that is liked."""
    reply = site.ask(path, "text/turtle", headers={"Accept-Datetime": asked})

    assert (reply.status, reply.headers["location"]) == (
        302,
        f"/release/{release}/need/10001.ttl",
    )
    assert "Accept-Datetime" in reply.varies
    assert "memento-datetime" not in reply.headers
    assert links(reply)["original"] == f"{BASE}id/need/10001"
    page = site.ask(path, "text/html", headers={"Accept-Datetime": asked})
    assert page.headers["location"] == f"/release/{release}/need/10001"


@pytest.mark.parametrize("asked", MALFORMED)
@pytest.mark.parametrize("path", ["/id/need/10001", "/need/10001", "/timegate/need/10001"])
def test_a_malformed_date_is_refused(site: Site, path: str, asked: str) -> None:
    """As RFC 7089 section 4.5.3 has it."""
    reply = site.ask(path, headers={"Accept-Datetime": asked})

    assert reply.status == 400
    assert "Accept-Datetime" in reply.varies


def test_a_fixed_format_is_not_negotiated_in_time(site: Site) -> None:
    """It ignores every preference."""
    reply = site.ask("/need/10001.ttl", headers={"Accept-Datetime": "nonsense"})

    assert reply.status == 200


def test_a_memento_tells_its_date_and_those_around_it(site: Site) -> None:
    """First, last, the one before, the one after, and where all of them are."""
    reply = site.ask(f"/release/{SECOND}/need/10001.ttl")

    assert reply.headers["memento-datetime"] == DATES[SECOND]
    found = links(reply)
    assert found["original"] == f"{BASE}id/need/10001"
    assert found["timegate"] == f"{BASE}timegate/need/10001"
    assert found["timemap"] == f"{BASE}timemap/need/10001"
    assert found["first"] == found["prev"] == f"{BASE}release/{FIRST}/need/10001"
    assert found["last"] == found["next"] == f"{BASE}release/{THIRD}/need/10001"
    assert found["cite-as"] == f"{BASE}id/need/10001"
    assert found["alternate"].startswith(f"{BASE}release/{SECOND}/need/10001.")
    assert "memento-datetime" not in site.ask("/need/10001.ttl").headers
    assert links(site.ask("/need/10001"))["timegate"] == f"{BASE}timegate/need/10001"


def test_a_timemap_lists_the_releases_that_have_it(site: Site) -> None:
    """In link format and in JSON; what came later is in later ones alone."""
    found = site.ask("/timemap/need/10001")
    mementos = re.findall(r'<([^>]*)>; rel="([a-z ]*)memento"; datetime="([^"]*)"', found.text)
    later = json.loads(site.ask("/timemap/need/10002.json").text)["mementos"]["list"]

    assert found.headers["content-type"] == "application/link-format"
    assert [(uri.split("/")[4], role.strip(), date) for uri, role, date in mementos] == [
        (FIRST, "first", DATES[FIRST]),
        (SECOND, "", DATES[SECOND]),
        (THIRD, "last", DATES[THIRD]),
    ]
    assert f'from="{DATES[FIRST]}"; until="{DATES[THIRD]}"' in found.text
    assert [row["release"] for row in later] == [THIRD]
    redirect = site.ask("/timemap/need/10001", "application/json")
    assert redirect.headers["location"] == "/timemap/need/10001.json"
    assert site.ask("/timemap/need/10003").status == 404
    assert site.ask("/timemap/need/99999").status == 404
    for path in ("/timemap/list/needs", "/timemap/def", "/timemap/"):
        assert site.ask(path).text.count("memento") == 3, path


def test_a_whole_uri_may_be_given_to_a_timegate(site: Site) -> None:
    """As clients with a list of archives do; another site's is not ours to tell of."""
    accepted = {"Accept-Datetime": DATES[FIRST]}
    ours = site.ask(f"/timegate/{BASE}id/need/10001", headers=accepted)
    other = site.ask("/timegate/https://elsewhere.example/id/need/10001", headers=accepted)

    assert ours.headers["location"] == f"/release/{FIRST}/need/10001"
    assert other.status == 404


def test_a_page_shows_what_was_at_a_day(site: Site) -> None:
    """A form without script: the end of that day counts."""
    page = site.ask("/need/10001", "text/html").text
    action = re.search(r'<form action="([^"]*)" method="get">\s*<p><label for="as-at"', page)

    assert action is not None
    assert action[1] == "../timegate/need/10001"
    day = site.ask("/timegate/need/10001?date=2026-01-10", "text/html")
    assert day.headers["location"] == f"/release/{SECOND}/need/10001"
    assert site.ask("/timegate/need/10001?date=soon").status == 400
    assert site.ask("/timegate/need/10001?when=soon").status == 400


def test_history_tells_who_changed_what_and_when(site: Site) -> None:
    """In words, as JSON and as PROV-O, with the release each change came out in."""
    page = site.ask("/need/10001/history", "text/html")
    told = json.loads(site.ask("/need/10001/history.json").text)["events"]
    prov = triples(site.ask("/need/10001/history.ttl").body, ox.RdfFormat.TURTLE)

    assert "Call it fellowship" in page.text
    assert "in release 2026.02" in page.text
    assert [(e["author"], e["subject"], e["release"]) for e in told] == [
        ("Ann Editor", "Call it fellowship", SECOND),
        ("Ann Editor", "Begin", FIRST),
    ]
    assert told[0]["words"] == ["Renamed: Company → Fellowship (en)"]
    names = {t.value for _, p, t in prov if p.value == FOAF + "name"}
    revisions = [s for s, p, _ in prov if p.value == PROV + "wasRevisionOf"]
    assert (names, len(revisions)) == ({"Ann Editor"}, 1)
    assert "not released yet" in site.ask("/need/10003/history", "text/html").text
    assert site.ask("/need/10001/history", "text/turtle").headers["location"].endswith(".ttl")
    assert site.ask("/need/99999/history").status == 404


def test_history_follows_an_entry_whose_file_was_moved(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A TimeMap and a history are of the entry, wherever its file lies."""
    made = released_lists(tmp_path_factory.mktemp("moved"))
    text = need(10001, label="Fellowship")
    made.commit({ONE: None, "needs/00/10001.ttl": text}, "Sort into folders")
    made.release("2026.05")
    with timed_site(made) as site:
        told = json.loads(site.ask("/need/10001/history.json").text)["events"]
        mementos = json.loads(site.ask("/timemap/need/10001.json").text)["mementos"]["list"]

    assert told[0]["movedFrom"] == f"vocabularies/{ONE}"
    assert len(told) == 3
    assert [m["release"] for m in mementos] == [FIRST, SECOND, THIRD, "2026.05"]


def test_a_code_of_two_lists_is_two_entries_in_time(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A file of the same name in another list is another entry's, even where it links here."""
    made = released_lists(tmp_path_factory.mktemp("two"))
    other = '<thing/10002> a skos:Concept ; skos:notation "10002" ; skos:related <need/10002> .\n'
    lists = '<list/things> a skos:ConceptScheme ; def:segment "thing" .\n'
    made.commit({"things/list.ttl": lists, "things/10002.ttl": other, TWO: None}, "Another list")
    made.release("2026.05")
    with timed_site(made) as site:
        found = site.ask("/timemap/thing/10002.json").text

    assert [m["release"] for m in json.loads(found)["mementos"]["list"]] == ["2026.05"]


def test_no_method_but_reading(site: Site) -> None:
    """HEAD is GET without its body; nothing is written."""
    path = f"/release/{FIRST}/need/10001.ttl"
    head, whole = site.ask(path, method="HEAD"), site.ask(path)

    assert (head.body, head.headers) == (b"", whole.headers)
    assert site.ask(path, method="POST").status == 405
    assert site.ask(path, method="OPTIONS").status == 204


def test_without_git_there_is_no_past(site: Site) -> None:
    """Everything else answers; what is asked of the past says why there is none."""
    past, site.serving.past = site.serving.past, None
    try:
        replies = [site.ask(p) for p in ("/releases", "/timemap/need/10001", "/release/x/y")]
        plain = site.ask("/need/10001", headers={"Accept-Datetime": DATES[FIRST]})
    finally:
        site.serving.past = past
    assert [reply.status for reply in replies] == [404] * 3
    assert plain.status == 200


@pytest.mark.parametrize(
    "folder", ["/timegate/", "/timemap/", "/release/", "/changes?from=", "/feeds/"]
)
@pytest.mark.parametrize(
    "rest",
    [
        *(
            "%00",
            "..%2f..%2fetc",
            "//evil.example/",
            "http://[::1",
            "--help",
            "2026.01%0d%0aX:%20y",
        ),
        *("need/10001.json.json", "list/", "/", "2026.01//evil.example/x", "%F0%28%8C", "é"),
    ],
)
def test_no_input_breaks_the_past(site: Site, folder: str, rest: str) -> None:
    """Never an error of the server, never a way to another host."""
    for accept in ("text/html", "*/*", "nonsense"):
        reply = site.ask(folder + rest, accept)
        target = reply.headers.get("location", "/")

        assert reply.status < 500
        assert (target[:1], target[1:2] != "/", "\n" in target) == ("/", True, False)
