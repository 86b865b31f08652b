"""The lists themselves, held against the public files they were made from."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from listkeeper.edition import Edition, load
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from listkeeper.model import Concept

COUNTY, UNITARY, DISTRICT = "10001", "10002", "10003"

TIERS = {
    frozenset({COUNTY, UNITARY}): "county/unitary",
    frozenset({DISTRICT, UNITARY}): "district/unitary",
    frozenset({COUNTY, DISTRICT, UNITARY}): "all",
}
"""Which of the three kinds of council deliver a service, and what GOV.UK calls that."""


@pytest.fixture(scope="module")
def edition() -> Edition:
    """The lists as they stand."""
    return load(open_workspace(Path(__file__).parent))


@pytest.fixture(scope="module")
def services(edition: Edition) -> dict[str, Concept]:
    """The services by code."""
    return {c.notation: c for c in edition.vocabulary.members("services")}


def rows(shared: Path, name: str) -> list[dict[str, str]]:
    path = shared / "data" / "lists" / name
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def tier(edition: Edition, service: Concept) -> str:
    delivered = service.links.get(edition.minter.term("deliveredBy"), ())
    codes = {uri.rpartition("/")[2] for uri in delivered}
    return TIERS.get(frozenset(codes & {COUNTY, UNITARY, DISTRICT}), "none of them")


@pytest.mark.shared
def test_every_code_of_the_sources_is_held(services: dict[str, Concept], shared: Path) -> None:
    """1,519 of the list, 1076 of the mapping and 1788 of GOV.UK's file."""
    listed = {row["Identifier"] for row in rows(shared, "services.csv")}
    used = {row["LGSL"] for row in rows(shared, "govuk_local_services.csv")}

    assert services.keys() == listed | used | {"1076"}
    assert len(services) == 1521
    assert services["1788"].label_unconfirmed


@pytest.mark.shared
def test_labels_are_those_of_the_list(services: dict[str, Concept], shared: Path) -> None:
    """Only spaces were set right."""
    differing = {
        row["Identifier"]: row["Label"]
        for row in rows(shared, "services.csv")
        if services[row["Identifier"]].label().value != " ".join(row["Label"].split())
    }

    assert differing == {}


@pytest.mark.shared
def test_the_tier_that_delivers_agrees_with_gov_uk(
    edition: Edition, services: dict[str, Concept], shared: Path
) -> None:
    """At least 95 % of the services GOV.UK uses are delivered by the tier it names."""
    given = {row["LGSL"]: row["Providing Tier"] for row in rows(shared, "govuk_local_services.csv")}
    differing = {
        code: (tier(edition, services[code]), expected)
        for code, expected in given.items()
        if tier(edition, services[code]) != expected
    }

    assert len(differing) <= len(given) * 0.05, differing


@pytest.mark.shared
def test_who_uses_which_codes_is_recorded(edition: Edition, shared: Path) -> None:
    """GOV.UK's 117 codes are known users' codes."""
    (gov_uk,) = edition.vocabulary.uses
    codes = {uri.rpartition("/")[2] for uri in gov_uk.concepts}

    assert codes == {row["LGSL"] for row in rows(shared, "govuk_local_services.csv")}


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


@pytest.mark.shared
def test_no_name_is_taken_from_gov_uk(services: dict[str, Concept], shared: Path) -> None:
    """Matching is tested on its titles, so they may not be among the names."""
    titles = {plain(row["Description"]) for row in rows(shared, "govuk_local_services.csv")}
    titles |= {title.removeprefix("find out about ") for title in titles}
    taken = {
        code: text.value
        for code, service in services.items()
        if code != "1788"
        for text in service.alt_labels
        if plain(text.value) in titles
    }

    assert taken == {}


@pytest.mark.shared
def test_no_sentence_is_taken_from_the_source(services: dict[str, Concept], shared: Path) -> None:
    """No definition shares a run of six words with the source's description of its service."""
    source = rows(shared, "services.csv")
    described = {row["Identifier"]: plain(row["Description"]) for row in source}
    copied = {}
    for code, service in services.items():
        definition = service.definition()
        words = plain(definition.value).split() if definition else []
        runs = (" ".join(words[i : i + 6]) for i in range(len(words) - 5))
        shared_runs = [run for run in runs if run in described.get(code, "")]
        if shared_runs:
            copied[code] = shared_runs[0]

    assert copied == {}


def test_every_service_with_a_function_is_defined_and_decided(
    edition: Edition, services: dict[str, Concept]
) -> None:
    """It has a definition with its record, and each kind of link is decided."""
    of_function = edition.minter.term("partOfFunction")
    reviewed = [s for s in services.values() if s.links.get(of_function)]

    assert len(reviewed) == 1242
    assert [s.notation for s in reviewed if not s.definitions or not s.text_records] == []


def test_every_provision_was_read(edition: Edition) -> None:
    """Each names the page of legislation.gov.uk, the day and the heading."""
    provisions = [
        provision
        for concept in edition.vocabulary.concepts.values()
        if concept.rule
        for provision in concept.rule.provisions
    ]
    unread = [
        provision.uri
        for provision in provisions
        if not (
            re.match(r"https?://(www\.)?legislation\.gov\.uk/", provision.evidence.address)
            and provision.evidence.date
            and provision.evidence.heading
        )
    ]

    assert len(provisions) >= 200
    assert unread == []
