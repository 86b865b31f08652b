"""Matching names: how sure, which candidates, why, and the same rows in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.errors import UsageError
from listkeeper.search.matching import MOST_CANDIDATES, Matcher, Matchers, Tier
from searched import searched, service

if TYPE_CHECKING:
    from listkeeper.edition import Edition

CASES = [
    # a name that somebody uses, the tier, the first code
    ("Street furniture", "exact", "559"),
    ("  street-FURNITURE ", "exact", "559"),
    ("Refuse: household waste", "former name", "524"),
    ("bin day", "likely", "524"),
    ("559", "exact", "559"),
    ("http://id.esd.org.uk/service/559", "exact", "559"),
    ("Furniture in the street", "likely", "559"),
    ("Streetlighting", "likely", "564"),
    ("Strete lightning", None, "564"),
    ("TPO", None, "508"),
    ("HMO register", None, "716"),
    ("HMOs", None, "716"),
    ("tree preserv. orders", None, "508"),
    ("Special need assessments", "likely", "9"),
    ("quantum chromodynamics", "none", None),
    ("", "none", None),
    ("?!", "none", None),
]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A few services and functions."""
    return searched(tmp_path_factory.mktemp("matching"))


@pytest.fixture(scope="module")
def matcher(edition: Edition) -> Matcher:
    """Matches to services."""
    return Matcher(edition, "services")


@pytest.mark.parametrize(("name", "tier", "code"), CASES)
def test_a_name_is_matched(name: str, tier: str | None, code: str | None, matcher: Matcher) -> None:
    """Names as they are, of old, of others, mistyped, joined, shortened; and nothing alike."""
    match = matcher.match(name)

    assert tier in {None, match.tier.value}
    assert (match.candidates[0].concept.notation if match.candidates else None) == code


def test_a_code_is_preselected_only_where_it_is_sure(matcher: Matcher) -> None:
    """To choose and none leave the choice to the person."""
    assert {tier.value for tier in Tier if tier.preselects} == {"exact", "former name", "likely"}
    assert matcher.match("waste").selected is None
    selected = matcher.match("Street furniture").selected
    assert selected
    assert selected.concept.notation == "559"


def test_one_name_of_two_entries_is_a_choice(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Both are given, neither is pre-selected."""
    more = {"services/1.ttl": service(1, "Parks"), "services/2.ttl": service(2, "Parks")}
    match = Matcher(searched(tmp_path_factory.mktemp("twice"), more), "services").match("parks")

    assert match.tier is Tier.CHOOSE
    assert [c.concept.notation for c in match.candidates[:2]] == ["1", "2"]


def test_an_entry_in_use_goes_before_a_retired_one(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The retired one of the same name is no reason to ask."""
    more = {
        "services/1.ttl": service(1, "Parks", status="retired"),
        "services/2.ttl": service(2, "Parks"),
    }
    match = Matcher(searched(tmp_path_factory.mktemp("old"), more), "services").match("parks")

    assert (match.tier, match.candidates[0].concept.notation) == (Tier.EXACT, "2")


def test_a_retired_name_is_matched_with_what_replaces_it(matcher: Matcher) -> None:
    """The officer sees both the code that was meant and the one to use."""
    match = matcher.match("Dustbins")

    assert match.candidates[0].concept.is_retired
    assert [c.notation for c in matcher.replacements(match.candidates[0].concept)] == ["524"]


def test_a_candidate_says_why(matcher: Matcher) -> None:
    """The name it is like, and how a word was read."""
    why = {c.concept.notation: c.why for c in matcher.match("strete lighting").candidates}

    assert why["564"] == "like its label; strete read as street"


def test_there_are_five_candidates_at_most(matcher: Matcher) -> None:
    """Each once, the likeliest first."""
    candidates = matcher.match("household waste street tree planning register").candidates

    assert len(candidates) == MOST_CANDIDATES
    assert len({c.concept.uri for c in candidates}) == MOST_CANDIDATES
    assert [c.score for c in candidates] == sorted((c.score for c in candidates), reverse=True)


def test_a_word_of_every_row_tells_nothing(matcher: Matcher) -> None:
    """A column that says *request* throughout is matched as if it did not."""
    names = ["Street lighting", "Street furniture", *(f"Thing {n}" for n in range(30))]
    plain = [m.candidates[0].score for m in list(matcher.match_all(names))[:2]]
    wordy = list(matcher.match_all(f"Request for zyx {name}" for name in names))[:2]

    assert [m.candidates[0].concept.notation for m in wordy] == ["564", "559"]
    assert [m.candidates[0].score for m in wordy] == pytest.approx(
        [min(94.9, score) for score in plain], abs=6
    )


def test_only_the_list_is_looked_at(edition: Edition) -> None:
    """A function is no candidate among services."""
    everywhere, services = Matchers(edition).of(), Matchers(edition).of("LGSL")

    assert everywhere.match("Waste management").candidates[0].concept.list_name == "functions"
    assert {c.concept.list_name for c in services.match("Waste management").candidates} == {
        "services"
    }


def test_a_list_that_is_not_there_is_refused(edition: Edition) -> None:
    """With the nearest name."""
    with pytest.raises(UsageError, match="did you mean services"):
        Matchers(edition).of("service-list")


@given(names=st.lists(st.one_of(st.text(max_size=80), st.sampled_from([c[0] for c in CASES]))))
def test_rows_stay_in_their_places(names: list[str], matcher: Matcher) -> None:
    """Whatever the names are, there is one answer for each, about that name; scores are scores."""
    matches = list(matcher.match_all(names))

    assert [match.text for match in matches] == names
    assert all(0 <= c.score <= 100 for match in matches for c in match.candidates)


@given(name=st.text(max_size=200))
def test_the_same_name_gets_the_same_answer(name: str, matcher: Matcher) -> None:
    """Also when it is asked again, and beside other names."""
    assert matcher.match(name) == matcher.match(name) == next(matcher.match_all([name, "x"]))
