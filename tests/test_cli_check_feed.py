"""``listkeeper check-feed``: what the terms of a directory of services are today."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.exchange.feed import read_services, terms_of
from listkeeper.exchange.feed_check import FeedCheck
from sample import sample_edition, write_sample

LISTKEEPER = str(Path(sys.executable).with_name("listkeeper"))

COMPLETE = ("esdServiceType:602", "esdNeed:69", "esdCircumstance:10003")


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample repository, its needs and circumstances with the prefixes of Open Referral UK."""
    folder = tmp_path_factory.mktemp("lists")
    write_sample(folder)
    for name, prefix in (("needs", "esdNeed"), ("circumstances", "esdCircumstance")):
        file = folder / "vocabularies" / name / "list.ttl"
        text = file.read_text("utf-8")
        file.write_text(text.replace("def:segment", f'def:curiePrefix "{prefix}" ; def:segment'))
    return folder


def service(*codes: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Write a service of Open Referral UK 3."""
    attributes = [{"taxonomy_term": {"id": str(n), "code": c}} for n, c in enumerate(codes)]
    return {"id": "s1", "name": "Reading group", "attributes": attributes, **more}


def run(lists: Path, feed: object, *words: str) -> subprocess.CompletedProcess[str]:
    """Check a feed that is given on standard input."""
    return subprocess.run(
        [LISTKEEPER, "check-feed", "-", "-C", str(lists), *words],
        capture_output=True, text=True, check=False,
        input=feed if isinstance(feed, str) else json.dumps(feed),
    )  # fmt: skip


def term(**keys: str) -> dict[str, Any]:
    """Write a service that has all it should, and one more term."""
    whole = service(*COMPLETE)
    whole["attributes"].append({"taxonomy_term": keys})
    return whole


TERMS = [
    # term, exit code, what is said
    ({"code": "esdServiceType:559"}, 0, ""),
    ({"term_uri": "http://id.esd.org.uk/service/559"}, 0, ""),
    ({"term_uri": "https://lists.example.org/id/service/559", "name": "libraries"}, 0, ""),
    ({"code": "559", "taxonomy": "esdServiceTypes"}, 0, ""),
    (
        {"id": "esdServiceType:559", "vocabulary": "esdServiceTypes", "name": "Lending library"},
        0,
        "",
    ),
    ({"code": "559", "name": "Library services"}, 0, ""),
    ({"code": "openEligibility:102"}, 0, ""),
    (
        *({"code": "esdServiceType:559", "name": "Library services"}, 1),
        "renamed: 559 Libraries was called 'Library services'",
    ),
    (
        *({"code": "esdServiceType:559", "name": "Book store"}, 1),
        "renamed: 559 Libraries is not called 'Book store'",
    ),
    (
        *({"code": "esdServiceType:600"}, 1),
        "600 Education maintenance allowance was retired on 2025-04-01: use 1614 16 to 19 bursary",
    ),
    ({"code": "esdServiceType:601"}, 1, "choose one of 602 Allotments, 603 Smallholdings"),
    ({"code": "esdServiceType:607"}, 1, "was retired on 2025-04-01; nothing replaces it"),
    ({"code": "esdServiceType:200001"}, 1, "proposed: 200001 Crèche at a café is a proposal"),
    ({"code": "esdNeed:96"}, 1, "unknown: no entry need/96; did you mean 69 Social inclusion"),
    (
        {"code": "esdServiceType:560"},
        0,
        "not held here: 560 was issued, or may have been, by the Local",
    ),
    (
        *({"code": "esdCircumstance:10001"}, 0),
        "could be more precise: 10001 Parent could be more precise: 10003 Parent out of work",
    ),
]


@pytest.mark.parametrize(("keys", "code", "said"), TERMS)
def test_what_is_said_of_a_term(keys: dict[str, str], code: int, said: str, lists: Path) -> None:
    """However the feed names it; terms of others' vocabularies are counted and left alone."""
    result = run(lists, {"contents": [term(**keys)]})

    assert result.returncode == code, result.stderr
    assert said in result.stdout
    assert bool(said) == bool(result.stdout)
    assert result.stderr.startswith("1 services with 4 terms")


SERVICES = [
    # services, exit code, lines
    ([service(*COMPLETE)], 0, []),
    (
        *([service("esdServiceType:602")], 0),
        [
            "s1 Reading group: missing: no term of the list Needs",
            "s1 Reading group: missing: no term of the list Circumstances",
        ],
    ),
    (
        *([service()], 1),
        ["s1 Reading group: untagged: no term of any list: Circumstances, Needs, Services"],
    ),
]


@pytest.mark.parametrize(("services", "code", "lines"), SERVICES)
def test_services_without_terms(
    services: list[object], code: int, lines: list[str], lists: Path
) -> None:
    """A list that has a prefix in directories is expected; which those are, the lists say."""
    result = run(lists, services)

    assert (result.returncode, sorted(result.stdout.splitlines())) == (code, sorted(lines))


def test_advice_counts_where_that_is_asked_for(lists: Path) -> None:
    """So that a council's own checks can be as strict as it likes."""
    assert run(lists, [service("esdServiceType:602")], "--strict").returncode == 1
    assert run(lists, [service(*COMPLETE)], "--strict").returncode == 0


FORMS = [
    '{"contents": [SERVICE]}',
    '{"totalElements": 1, "content": [SERVICE]}',
    '{"services": [SERVICE]}',
    "[SERVICE]",
    "SERVICE",
    "SERVICE\nSERVICE\n",
]


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_has_any_of_its_forms(form: str, lists: Path) -> None:
    """A page of an API, a list, a service alone, or one on each line."""
    result = run(lists, form.replace("SERVICE", json.dumps(service("esdServiceType:600"))))

    assert result.returncode == 1
    assert result.stdout.count(" retired: ") == form.count("SERVICE")


def test_terms_of_earlier_versions_are_found(lists: Path) -> None:
    """Open Referral UK 1 has them in ``service_taxonomys``, and in what a service asks for."""
    old = {
        "id": "s2",
        "name": "Old",
        "service_taxonomys": [{"id": "1", "taxonomy": {"id": "esdServiceType:600", "name": "x"}}],
        "eligibilitys": [{"taxonomys": [{"vocabulary": "esdNeeds", "id": "esdNeed:69"}]}],
    }
    result = run(lists, {"content": [old]})

    assert "600 Education maintenance allowance was retired" in result.stdout
    assert "no term of the list Needs" not in result.stdout


BAD = [
    ("", "no JSON"),
    ("{", "no JSON"),
    ('{"contents": [{"id": 1,]}', "no JSON"),
    ("\x00", "no JSON"),
]


@pytest.mark.parametrize(("text", "said"), BAD)
def test_what_is_no_json_is_told_in_one_line(text: str, said: str, lists: Path) -> None:
    """And ends with 1: the file has findings."""
    result = run(lists, text)

    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert said in result.stderr


def test_other_forms_of_the_answer(lists: Path) -> None:
    """JSON on lines, and CSV in which no name becomes a formula."""
    feed = [service("esdServiceType:601", name="=1+1", id="s9")]

    (first, *_) = [
        json.loads(line) for line in run(lists, feed, "--format", "json").stdout.splitlines()
    ]
    table = list(csv.DictReader(io.StringIO(run(lists, feed, "--format", "csv").stdout)))

    assert first["replaced by"] == "602; 603"
    assert (first["state"], first["name"]) == ("retired", "=1+1")
    assert (table[0]["state"], table[0]["name"]) == ("retired", "'=1+1")


class Endless(io.RawIOBase):
    """A feed that is made while it is read, and counts what is asked of it."""

    def __init__(self, services: int) -> None:
        """Make a feed of so many services."""
        super().__init__()
        self.rest = services
        self.made = b'{"contents": ['

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any buffer of bytes
        """Make as many services as fit."""
        while self.rest and len(self.made) < len(buffer):
            self.rest -= 1
            self.made += json.dumps(service("esdNeed:69")).encode() + (b"," if self.rest else b"]}")
        size = min(len(buffer), len(self.made))
        buffer[:size], self.made = self.made[:size], self.made[size:]
        return size


def test_a_long_feed_is_read_piece_by_piece(tmp_path: Path) -> None:
    """The first service is given long before the feed has ended."""
    feed = Endless(20_000)
    services = read_services(io.BufferedReader(feed), "feed")

    next(services)

    assert feed.rest > 19_000
    check = FeedCheck(sample_edition(tmp_path))
    assert sum(1 for _ in check.findings(services)) == 0 or check.services == 19_999


def test_something_endless_is_no_service(lists: Path) -> None:
    """It is refused before it fills the memory."""
    result = run(lists, '[{"a": [' + "1," * 300_000 + "1]}]")

    assert result.returncode == 1
    assert "what has more than 200,000 values is no service" in result.stderr


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["taxonomy_term", "taxonomy", "id", "code", "vocabulary", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(feed=st.dictionaries(st.sampled_from(["contents", "id"]), JSON_VALUES))
def test_any_json_is_read_to_its_end(feed: dict[str, Any]) -> None:
    """Whatever stands where a service or a term is expected."""
    data = json.dumps(feed).encode()

    for found in read_services(io.BytesIO(data), "feed"):
        list(terms_of(found))
