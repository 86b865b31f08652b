"""Changes between releases over HTTP, and the feeds that tell of them."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from listkeeper.changes.commit_log import read_log
from listkeeper.namespaces import DCT, PROV
from listkeeper.publish.feeds.ldes import LDES, TREE
from listkeeper.publish.feeds.patch import rdf_patch
from listkeeper.store.cache import Cache
from published import need, triples
from timed import BROKEN, FIRST, ONE, SECOND, THIRD, broken_release, released_lists, timed_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from asking import Site

BASE = "https://lists.example.org/"
ATOM = "{http://www.w3.org/2005/Atom}"
ONE_URI, TWO_URI, LIST_URI = (f"{BASE}id/{a}" for a in ("need/10001", "need/10002", "list/needs"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Three releases, a broken one and a draft."""
    made = released_lists(tmp_path_factory.mktemp("lists"))
    broken_release(made)
    with timed_site(made) as found:
        yield found


def told(site: Site, path: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    reply = site.ask(path)
    assert reply.status == 200, reply.text
    return json.loads(reply.text)


def kinds(site: Site, path: str) -> list[tuple[str, str]]:
    return [(c["kind"], c["subject"]["code"]) for c in told(site, path)["changes"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [("added", "10002")]),
        (f"?to={SECOND}", [("renamed", "10001")]),
        (f"?from={FIRST}&to={THIRD}", [("added", "10002"), ("renamed", "10001")]),
        (f"?from={THIRD}&to={THIRD}", []),
        (f"?from={THIRD}&to={SECOND}", [("removed", "10002")]),
        (f"?from={SECOND}&to=latest", [("added", "10002")]),
    ],
)
@pytest.mark.parametrize("path", ["/changes.json", "/list/needs/changes.json"])
def test_changes_between_two_releases(
    site: Site, path: str, query: str, expected: list[tuple[str, str]]
) -> None:
    """By default between the last two that can be read; the draft is in none of them."""
    assert kinds(site, path + query) == expected


def test_changes_as_a_page_and_as_a_table(site: Site) -> None:
    """In words, what comes from the lists as text alone; the same as CSV."""
    page = site.ask(f"/changes?from={FIRST}&to={THIRD}", "text/html")
    table = site.ask(f"/changes.csv?from={FIRST}&to={THIRD}")

    assert "&lt;b&gt;Shelter&lt;/b&gt; &amp; more" in page.text
    assert "<b>Shelter" not in page.text
    assert re.search(r"<option selected>2026.01</option>", page.text)
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["Identifier"] for row in rows] == ["10002", "10001"]
    assert site.ask("/list/needs/changes", "text/html").status == 200
    assert "first release" in site.ask(f"/changes?to={FIRST}", "text/html").text


def test_a_preferred_format_is_led_to(site: Site) -> None:
    """One URL, one body: `Accept` leads to another URL, with what was asked."""
    reply = site.ask(f"/changes?from={FIRST}&to={THIRD}", "application/json")

    assert reply.headers["location"] == f"/changes.json?from={FIRST}&to={THIRD}"
    assert site.ask("/changes", "application/atom+xml").headers["location"] == "/changes.atom"


def test_what_is_between_two_named_releases_never_changes(site: Site) -> None:
    """It may be kept for ever; what is up to the latest may not."""
    fixed = site.ask(f"/changes.json?from={FIRST}&to={SECOND}").headers["cache-control"]

    assert "immutable" in fixed
    assert "immutable" not in site.ask("/changes.json").headers["cache-control"]
    latest = site.ask(f"/changes.json?from={FIRST}&to=latest").headers["cache-control"]
    assert "immutable" not in latest


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/changes?from=1999.01", 400),
        (f"/changes.json?from={BROKEN}", 400),
        ("/changes?since=yesterday", 400),
        ("/list/nothing/changes", 404),
        ("/list/nothing/changes.atom", 404),
        ("/feeds/nothing/ldes.ttl", 404),
        ("/feeds/ldes/1999.01.ttl", 404),
        (f"/feeds/activity/{BROKEN}.json", 404),
    ],
)
def test_what_there_is_not_is_refused(site: Site, path: str, status: int) -> None:
    """With a reason, never with an error of the server."""
    reply = site.ask(path)

    assert (reply.status, bool(json.loads(reply.text)["detail"])) == (status, True)


def test_atom(site: Site) -> None:
    """What RFC 4287 asks for: one id, title and date each, an author, links; newest first."""
    reply = site.ask("/changes.atom")
    feed = ET.fromstring(reply.body)  # noqa: S314 - our own document

    assert reply.headers["content-type"] == "application/atom+xml; charset=utf-8"
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
    ids = [element.findtext(f"{ATOM}id") for element in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert [title.split()[1] for title in titles if title] == [
        f"{n}:" for n in (THIRD, SECOND, FIRST)
    ]
    assert feed.findtext(f"{ATOM}updated") == "2026-01-14T00:00:00Z"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    relations = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert relations == {"self": f"{BASE}changes.atom", "alternate": f"{BASE}changes"}
    words = "".join(entries[0].itertext())
    assert "<b>Shelter</b> & more" in words
    assert "Renamed: Company → Fellowship" in "".join(entries[1].itertext())
    own = ET.fromstring(site.ask("/list/needs/changes.atom").body)  # noqa: S314 - our own document
    assert own.findtext(f"{ATOM}id") == f"{BASE}list/needs/changes.atom"


def test_the_event_stream_has_every_version(site: Site) -> None:
    """Followed from the view, each page gives what changed as it was; pages never change."""
    view = triples(site.ask("/feeds/ldes.ttl").body, ox.RdfFormat.TURTLE)
    pages = sorted(t.value for _, p, t in view if p.value == TREE + "node")
    versions: dict[str, list[str]] = {}
    for page in pages:
        reply = site.ask(page.removeprefix(BASE.rstrip("/")))
        assert "immutable" in reply.headers["cache-control"]
        found = triples(reply.body, ox.RdfFormat.TURTLE)
        members = {t for _, p, t in found if p.value == TREE + "member"}
        of = {s: t.value for s, p, t in found if p.value == DCT + "isVersionOf"}
        assert members == set(of)
        leading = [site.ask(m.value.removeprefix(BASE.rstrip("/")), "text/turtle") for m in members]
        assert {reply.status for reply in leading} == {303}
        assert {s for s, p, _ in found if p.value == PROV + "generatedAtTime"} == members
        versions[page.split("/")[-1].removesuffix(".ttl")] = list(of.values())

    assert list(versions) == [FIRST, SECOND, THIRD]
    assert {ONE_URI, LIST_URI} <= set(versions[FIRST])
    assert (versions[SECOND], versions[THIRD]) == ([ONE_URI], [TWO_URI])
    assert [t.value for _, p, t in view if p.value == LDES + "versionOfPath"] == [
        DCT + "isVersionOf"
    ]
    labels = re.findall(r'prefLabel> "([^"]*)"', site.ask(f"/feeds/ldes/{SECOND}.ttl").text)
    assert labels == ["Fellowship"]


def test_activities_are_walked_from_the_last_to_the_first(site: Site) -> None:
    """As IIIF Change Discovery 1.0 has it: last, then prev; within a page in order of time."""
    collection = told(site, "/feeds/activity.json")
    assert (collection["type"], bool(collection["id"])) == ("OrderedCollection", True)
    walked, at = [], collection["last"]["id"]
    while at:
        page = told(site, at.removeprefix(BASE.rstrip("/")))
        assert (page["id"], page["type"]) == (at, "OrderedCollectionPage")
        assert page["orderedItems"]
        assert [a["endTime"] for a in page["orderedItems"]] == sorted(
            a["endTime"] for a in page["orderedItems"]
        )
        walked.append(page)
        at = page.get("prev", {}).get("id", "")

    acts = [[(a["type"], a["object"]["id"]) for a in page["orderedItems"]] for page in walked]
    assert acts[:2] == [[("Create", TWO_URI)], [("Update", ONE_URI)]]
    assert ("Create", ONE_URI) in acts[2]
    assert collection["totalItems"] == sum(map(len, acts))
    assert all({"id", "type"} <= a["object"].keys() for p in walked for a in p["orderedItems"])


def test_an_rdf_patch_makes_one_release_from_another(site: Site) -> None:
    """Applied to what the first published it gives what the second did."""
    past = site.serving.past
    assert past is not None
    text = site.ask(f"/changes.rdfp?from={FIRST}&to={THIRD}").text
    state = {" ".join(map(str, triple)) for triple in past.edition(FIRST).published}
    for line in text.splitlines():
        act, _, statement = line.removesuffix(" .").partition(" ")
        if act == "D":
            state.remove(statement)
        if act == "A":
            assert statement not in state
            state.add(statement)

    assert state == {" ".join(map(str, triple)) for triple in past.edition(THIRD).published}
    assert f"H prev <{BASE}release/{FIRST}/> ." in text
    whole = rdf_patch(BASE, ("", FIRST), None, past.edition(FIRST)).decode()
    assert whole.count("\nA ") == len(set(past.edition(FIRST).published))


def test_what_was_announced_is_kept_on_disk(tmp_path: Path) -> None:
    """A start after the first opens no release; a broken file counts as absent."""
    made, cache = released_lists(tmp_path / "lists"), Cache(folder=str(tmp_path / "kept"))
    with timed_site(made, cache) as first:
        expected = first.ask("/changes.atom").text
    with timed_site(made, cache) as again:
        past = again.serving.past
        assert past is not None
        past.changes = None  # type: ignore[method-assign, assignment]  # nothing may be compared
        assert again.ask("/changes.atom").text == expected
    for file in (tmp_path / "kept").iterdir():
        file.write_bytes(file.read_bytes()[:-9] + b"[[[[[[[[[")
    with timed_site(made, cache) as third:
        assert third.ask("/changes.atom").text == expected


def test_commits_are_kept_on_disk(tmp_path: Path) -> None:
    """What is read back is what was read, and a further commit is seen."""
    made, cache = released_lists(tmp_path / "lists"), Cache(folder=str(tmp_path / "kept"))
    with made.open() as repository:
        fresh = read_log(repository, repository.releases())
        cold = read_log(repository, repository.releases(), cache=cache)
        warm = read_log(repository, repository.releases(), cache=cache)
        assert fresh.commits == cold.commits == warm.commits
        assert set(warm.released.values()) == {FIRST, SECOND, THIRD}
        made.commit({ONE: need(10001, label="Later")}, "Later")
        later = read_log(repository, repository.releases(), cache=cache)
    assert later.commits[0].subject == "Later"
    assert later.by_path[f"vocabularies/{ONE}"][0][0] == later.commits[0]


def test_a_release_that_is_broken_inside_is_passed_over(tmp_path: Path) -> None:
    """An object that is gone shows when the release is opened; from then on it is known."""
    made = released_lists(tmp_path / "lists")
    tree = made.git("rev-parse", f"{SECOND}:vocabularies/needs")
    file = made.root / ".git" / "objects" / tree[:2] / tree[2:]
    file.chmod(0o600)
    file.unlink()
    with timed_site(made) as site:
        refused = site.ask(f"/release/{SECOND}/need/10001.json")
        dated = {"Accept-Datetime": "Mon, 12 Jan 2026 00:00:00 GMT"}
        led = site.ask("/id/need/10001", "text/turtle", headers=dated)
        feed = site.ask("/changes.atom")
        listed = told(site, "/releases.json")["releases"]

    assert (refused.status, "cannot be read" in refused.text) == (404, True)
    assert led.headers["location"] == f"/release/{FIRST}/need/10001.ttl"
    assert (SECOND in feed.text, THIRD in feed.text) == (False, True)
    assert [r["name"] for r in listed if r["problem"]] == [SECOND]


def test_a_new_release_is_seen_when_the_server_looks(tmp_path: Path) -> None:
    """Not before: until then every answer is of the same releases."""
    made = released_lists(tmp_path / "lists")
    with timed_site(made) as site:
        made.release(BROKEN)
        before = kinds(site, "/changes.json")
        past = site.serving.past
        assert past is not None
        opened = past.refresh()
        after = kinds(site, "/changes.json")

    assert (before, after) == ([("added", "10002")], [("added", "10003")])
    assert list(opened) == [FIRST, SECOND, THIRD, BROKEN]
