"""What is served of releases: verified ones on the plain URLs, and the dates announced."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from listkeeper.release.archive import Releases
from listkeeper.release.manifest import read_manifest, sha256
from published import LIST, TEMPLATES, need, published, text
from releasing import NEED, NOTED, RENAMED, change, clean_checkout, listkeeper, released
from seeded import CLEAN, SETTINGS
from test_cli_serve import Served, refused, serving

if TYPE_CHECKING:
    from pathlib import Path

    from checkout import Checkout


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Two releases, a commit after them and a change that is not committed."""
    made = clean_checkout(tmp_path / "lists")
    released(made, "2026.11")
    change(made, RENAMED)
    released(made, "2026.12")
    change(made, NOTED)
    made.write({NEED: CLEAN[NEED].replace("Learning", "Unsaved")}, SETTINGS)
    return made


def label(served: Served, path: str) -> str:
    """The English label of an entry as it is answered."""
    with served.open(path) as reply:
        found: str = json.loads(reply.read())["label"]["en"]
    return found


def edition_of(served: Served) -> str:
    with served.open("/health") as reply:
        found: str = json.loads(reply.read())["edition"]
    return found


def test_the_newest_release_is_served(checkout: Checkout) -> None:
    """What came after it is not; every data file has the bytes that its manifest tells of."""
    manifest = read_manifest((checkout.root / "releases/2026.12.json").read_bytes(), "m")
    with serving("--release", "latest", folder=checkout.root) as served:
        assert edition_of(served) == "release 2026.12"
        assert label(served, "/service/1.json") == "Public libraries"
        assert label(served, "/need/10001.json") == "Learning"
        for path, file in manifest.files.items():
            with served.open(f"/{path}") as reply:
                assert sha256(reply.read()) == file.sha256, path
    with serving(folder=checkout.root) as served:
        assert (edition_of(served), label(served, "/need/10001.json")) == (
            "working tree",
            "Unsaved",
        )


def test_a_release_by_its_name(checkout: Checkout) -> None:
    """An earlier one, as it was."""
    with serving("--release", "2026.11", folder=checkout.root) as served:
        assert edition_of(served) == "release 2026.11"
        assert label(served, "/service/1.json") == "Libraries"


def test_a_release_that_can_not_be_verified_is_passed_over(checkout: Checkout) -> None:
    """The last good one is served instead; asked for by its name, it is refused."""
    message = checkout.git("for-each-ref", "refs/tags/2026.12", "--format=%(contents)")
    checkout.git("tag", "--force", "--annotate", "2026.12", "HEAD", "--message", message)
    with checkout.open() as repository:
        record, edition, passed = Releases(repository, TEMPLATES).newest_verified()
    assert record.name == "2026.11"
    assert edition.vocabulary.schemes["needs"].version == "2026.11"
    assert [why.partition(":")[0] for why in passed] == ["2026.12"]

    done = refused("--release", "2026.12", folder=checkout.root)
    assert (done.returncode, "its lists are not those" in done.stderr) == (1, True)


NOT_SERVED = (
    ("2031.01", 2, "no such release; the last ones are 2026.11, 2026.12"),
    ("--upload-pack=x", 2, "no such release"),
)


@pytest.mark.parametrize(("name", "code", "said"), NOT_SERVED)
def test_what_is_no_release(checkout: Checkout, name: str, code: int, said: str) -> None:
    """Only names of releases are taken."""
    done = refused(f"--release={name}", folder=checkout.root)

    assert (done.returncode, said in done.stderr) == (code, True), done.stderr


def test_no_release_to_serve(tmp_path: Path) -> None:
    """It is said how to make one; without Git that there is none."""
    made = clean_checkout(tmp_path / "lists")
    done = refused("--release", "latest", folder=made.root)
    assert (done.returncode, "listkeeper release" in done.stderr) == (1, True)


ANNOUNCED = """<list/needs> def:nextRelease "2027-01-31"^^xsd:date ;
    def:submissionsDeadline "2027-01-15"^^xsd:date .\n"""


def test_announced_dates_are_shown(tmp_path: Path) -> None:
    """On the list's page in words, in JSON as they are, and not where none are announced."""
    told = published(tmp_path / "a", {"needs/1.ttl": need(1)}, lists=LIST + ANNOUNCED)
    page, record = text(told, "/list/needs"), json.loads(text(told, "/list/needs.json"))
    assert "31 January 2027" in page
    assert "15 January 2027" in page
    assert record["nextRelease"] == "2027-01-31"
    assert record["submissionsDeadline"] == "2027-01-15"

    silent = published(tmp_path / "b", {"needs/1.ttl": need(1)})
    assert "Next release" not in text(silent, "/list/needs")
    assert json.loads(text(silent, "/list/needs.json"))["nextRelease"] == ""


def test_the_version_of_a_subset_is_that_of_its_entries_there(tmp_path: Path) -> None:
    """In a subset's JSON an entry tells the subset's version, as its CSV does."""
    made = released(clean_checkout(tmp_path / "lists"), "2026.11")
    path = "vocabularies/services/list-internal.ttl"
    file = made.root / path
    file.write_text(file.read_text("utf-8").replace("To name them.", "Other."), encoding="utf-8")
    made.record()
    released(made, "2026.12")
    done = listkeeper("build", "--release", "latest", "--out", tmp_path / "out", "-C", made.root)
    assert done.code == 0, done.err

    for name, version in (("internal", "2026.12"), ("services", "2026.11")):
        record = json.loads((tmp_path / f"out/list/{name}.json").read_bytes())
        assert {concept["version"] for concept in record["concepts"]} == {version}
        rows = (tmp_path / f"out/list/{name}.csv").read_text("utf-8").splitlines()
        assert all(row.endswith(version) for row in rows[1:])


def test_releases_are_served_beside_what_is_current(checkout: Checkout) -> None:
    """The command serves every release, what changed, and each entry's history."""
    with serving(folder=checkout.root) as served:
        labels = [label(served, f"/release/{r}/service/1.json") for r in ("2026.11", "2026.12")]
        with served.open("/changes.json") as reply:
            changed = [c["kind"] for c in json.loads(reply.read())["changes"]]
        with served.open("/service/1/history.json") as reply:
            events = json.loads(reply.read())["events"]
        with served.open("/service/1") as reply:
            page = reply.read().decode()

    assert labels == ["Libraries", "Public libraries"]
    assert "renamed" in changed
    assert [event["release"] for event in events] == ["2026.12", "2026.11"]
    assert 'action="../timegate/service/1"' in page
