"""From a filled form to a branch: final codes, strangers' texts, refusals that are kept."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from checkout import ENVIRONMENT, Checkout, make_checkout
from listkeeper.editing.defining import define
from listkeeper.editing.draft import Draft
from listkeeper.editing.refusing import refusals
from listkeeper.edition import load
from listkeeper.errors import UsageError
from listkeeper.store.history import open_revision
from listkeeper.store.ids import read_ids
from listkeeper.validate import check
from sample import sample_edition, write_sample
from test_issue_forms import NEW, RETIRE, filled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.edition import Edition
    from listkeeper.model import Concept

LISTKEEPER: Final = str(Path(sys.executable).with_name("listkeeper"))
BRANCH: Final = "proposal/service-200002"
CHANGE: Final = {
    "Entry": "559",
    "New name": "Library services for all",
    "New definition": "Books to lend, for everyone in the area.",
    "Reason": "Clearer.",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """The sample, committed."""
    started = make_checkout(tmp_path / "lists")
    write_sample(started.top)
    started.record("Start")
    return started


def run(checkout: Checkout, *words: str, form: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LISTKEEPER, *words, "-C", str(checkout.root)],
        input=form,
        env={**ENVIRONMENT, "LISTKEEPER_CACHE": "off"},
        capture_output=True,
        text=True,
        check=False,
    )


def propose(checkout: Checkout, form: str, *words: str) -> subprocess.CompletedProcess[str]:
    return run(checkout, "propose", "--from-issue", "-", *words, form=form)


def edition(checkout: Checkout, revision: str) -> Edition:
    with checkout.open() as repository:
        return load(open_revision(repository, revision))


def entry(checkout: Checkout, revision: str, address: str) -> Concept:
    concepts = edition(checkout, revision).vocabulary.concepts.values()
    return next(concept for concept in concepts if concept.address == address)


def state(checkout: Checkout) -> tuple[str, str, str]:
    return (
        checkout.git("rev-parse", "HEAD"),
        checkout.git("status", "--porcelain"),
        checkout.git("for-each-ref"),
    )


def test_a_new_entry_has_its_code_at_once(checkout: Checkout) -> None:
    """It is the final one, with the status "proposed"; what is checked out stays as it is."""
    before = checkout.git("rev-parse", "HEAD")
    links = "need/69\naimed at circumstance/10001"

    done = propose(checkout, filled(NEW, Definition="Dogs stay there overnight.", Links=links))

    assert (done.returncode, BRANCH in done.stderr) == (0, True), done.stderr
    made = entry(checkout, BRANCH, "service/200002")
    assert (made.status, made.label().value) == ("proposed", "Dog hotels")
    assert [text.value for text in made.alt_labels] == ["Dog boarding", "Kennels"]
    assert sorted(uri.split("/id/")[1] for uris in made.links.values() for uri in uris) == [
        "circumstance/10001",
        "need/69",
    ]
    assert checkout.git("rev-parse", f"{BRANCH}^") == before
    assert checkout.git("status", "--porcelain") == ""


def test_a_code_is_never_given_out_twice(checkout: Checkout) -> None:
    """Other branches count, merged or not; so do codes whose proposal was refused."""
    propose(checkout, filled(NEW))
    propose(checkout, filled(NEW, Name="Cat hotels"))
    refused = run(checkout, "refuse", "service/200002", "--reason", "Nobody runs # one.")
    checkout.record("Refuse")
    checkout.git("branch", "-D", BRANCH, "proposal/service-200003")

    propose(checkout, filled(NEW, Name="Cow hotels"))

    assert refused.returncode == 0, refused.stderr
    # 200003 was deleted without a word and its commit is named by nothing: it is free again
    assert (
        entry(checkout, "proposal/service-200003", "service/200003").label().value == "Cow hotels"
    )
    findings = check(edition(checkout, "HEAD"), shapes_folder=None).findings
    assert [finding for finding in findings if "ids.txt" in finding.path] == []


def test_a_refusal_is_kept_with_its_reason(checkout: Checkout) -> None:
    """It can be read back: code, name, day and reason."""
    propose(checkout, filled(NEW, Name='Dog "hotels": all'))
    run(checkout, "refuse", "service/200002", "--reason", "No: none.", "--date", "2026-11-22")

    text = (checkout.root / "vocabularies/services/ids.txt").read_text(encoding="utf-8")
    found = list(refusals(read_ids(text)[0]))

    assert [(r.notation, r.name, r.day, r.reason) for r in found] == [
        ("200002", 'Dog "hotels": all', "2026-11-22", "No: none.")
    ]


def test_a_branch_of_somebody_else_counts(checkout: Checkout, tmp_path: Path) -> None:
    """As far as it was fetched."""
    other = Checkout(top=tmp_path / "other")
    checkout.git("clone", "--quiet", str(checkout.top), str(other.top))
    propose(other, filled(NEW))
    checkout.git("remote", "add", "other", str(other.top))
    checkout.git("fetch", "--quiet", "other")

    assert "proposal/service-200003" in propose(checkout, filled(NEW)).stderr
    assert (
        "there is a branch" not in run(checkout, "refuse", "service/200002", "--reason", "x").stderr
    )


def test_an_issue_is_proposed_once(checkout: Checkout) -> None:
    """A second time would give out a second code."""
    assert propose(checkout, filled(NEW), "--issue", "12").returncode == 0
    again = propose(checkout, filled(NEW), "--issue", "12")
    another = propose(checkout, filled(NEW), "--issue", "1")

    assert (again.returncode, "proposal/12/service-200002" in again.stderr) == (2, True)
    assert "proposal/1/service-200003" in another.stderr


def test_a_change(checkout: Checkout) -> None:
    """A new name, of which the former is kept, and a definition that is a draft again."""
    done = propose(checkout, filled(CHANGE))

    made = entry(checkout, "proposal/change-service-559", "service/559")
    assert done.returncode == 0, done.stderr
    assert made.label().value == CHANGE["New name"]
    assert "Libraries" in [former.label.value for former in made.former_labels]
    assert [text.value for text in made.definitions] == [CHANGE["New definition"]]
    assert [(r.status, r.author_role) for r in made.text_records] == [("draft", "Proposer")]


def test_a_retirement(checkout: Checkout) -> None:
    """Its day, its reason and what takes its place."""
    done = propose(checkout, filled(RETIRE, Use_instead="service/1614", Reason="Not\nneeded."))

    made = entry(checkout, "proposal/retire-service-559", "service/559")
    assert done.returncode == 0, done.stderr
    assert (made.status, made.end_date) == ("retired", "2026-11-30")
    assert [text.value for text in made.retirement_reason] == ["Not needed."]
    assert [uri.rsplit("/", 1)[-1] for uri in made.replaced_by] == ["1614"]


def test_a_dry_run_changes_nothing(checkout: Checkout) -> None:
    """It shows what would be in the branch."""
    before = state(checkout)

    done = propose(checkout, filled(NEW), "--dry-run", "--format", "json")

    told = json.loads(done.stdout)
    assert (told["branch"], told["commit"]) == (BRANCH, None)
    assert '+    skos:prefLabel "Dog hotels"@en' in told["diff"]
    assert state(checkout) == before


REFUSED: Final = {
    "an unknown list": (filled(NEW, List="servces"), 2, "did you mean services?"),
    "an unknown code": (filled(NEW, Links="need/71000"), 2, "no entry need/71000"),
    "a code of several lists": (filled(NEW, Links="10001"), 2, "say which list is meant"),
    "a link of several kinds": (filled(NEW, Links="circumstance/10001"), 2, "write `eligible-if"),
    "no kind of link": (filled(NEW, Links="eats need/69"), 2, "'eats' is no kind of link"),
    "an option": (filled(NEW, Links="--help"), 2, "no entry --help"),
    "many links": (filled(NEW, Links="need/69\n" * 31), 2, "30 are taken at most"),
    "a parent elsewhere": (filled(NEW, Part_of="need/69"), 1, "the check would then find"),
    "a name that is there": (filled(NEW, Name="Libraries"), 1, "the check would then find"),
    "no day": (filled(RETIRE, Last_day="2026-02-30"), 2, "is no day"),
    "a date as people write it": (filled(RETIRE, Last_day="30/11/2026"), 2, "is no day"),
    "its own replacement": (filled(RETIRE, Use_instead="service/559"), 2, "can not replace itself"),
    "no change": (filled({"Entry": "559", "Reason": "x"}), 2, "neither a new name nor"),
    "nothing new": (filled(CHANGE, New_name="Libraries"), 2, "is called so already"),
    "a question": (filled({"Question": "What?", "About": "559"}), 2, "asks for no change"),
    "no form": ("Hello", 1, "none of the forms"),
    "not text": ("\udcff", 1, "is not UTF-8"),
}


@pytest.mark.parametrize(("form", "code", "said"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_be_taken(checkout: Checkout, form: str, code: int, said: str) -> None:
    """One line says what; no branch is begun."""
    before = state(checkout)

    done = subprocess.run(
        [LISTKEEPER, "propose", "--from-issue", "-", "-C", str(checkout.root)],
        input=form.encode(errors="surrogateescape"),
        env={**ENVIRONMENT, "LISTKEEPER_CACHE": "off"},
        capture_output=True,
        check=False,
    )

    assert said in done.stderr.decode()
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert state(checkout) == before


def test_a_message_is_not_obeyed(checkout: Checkout) -> None:
    """A forge closes issues, and tells people, for what stands in a commit's message."""
    reason = "closes #12, GH-3\n\nSigned-off-by: @ann\nSee https://forge.example/x/issues/1"
    propose(checkout, filled(NEW, Name="Hotels for @ann #4", Reason=reason), "--issue", "7")

    message = checkout.git("log", "-1", "--format=%B", "proposal/7/service-200002")

    assert message.startswith('Propose: new service/200002 "Hotels for (at)ann no. 4"\n')
    assert not [part for part in ("@", "#", "://", "GH-") if part in message]
    trailers = checkout.git("log", "-1", "--format=%(trailers)", "proposal/7/service-200002")
    assert trailers == "Issue: 7"


def test_git_that_knows_nobody(checkout: Checkout) -> None:
    """It is said how to tell it who one is; no branch is begun."""
    nobody = {k: v for k, v in ENVIRONMENT.items() if "NAME" not in k and "EMAIL" not in k}
    checkout.git("config", "user.useConfigOnly", "true")

    done = subprocess.run(
        [LISTKEEPER, "propose", "--from-issue", "-", "-C", str(checkout.root)],
        input=filled(NEW),
        env={**nobody, "HOME": str(checkout.top.parent), "LISTKEEPER_CACHE": "off"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, "git config user.name" in done.stderr) == (2, True), done.stderr


def test_refusing_what_nobody_proposed(checkout: Checkout) -> None:
    """The proposals there are are named; an entry of the lists is not refused."""
    propose(checkout, filled(NEW))

    unknown = run(checkout, "refuse", "service/9", "--reason", "x")
    checkout.git("merge", "--quiet", "--ff-only", BRANCH)
    merged = run(checkout, "refuse", "service/200002", "--reason", "x")

    assert (unknown.returncode, BRANCH in unknown.stderr) == (2, True)
    assert (merged.returncode, "listkeeper withdraw" in merged.stderr) == (2, True)


def definitions(folder: Path) -> Iterator[tuple[Draft, Concept]]:
    lists = sample_edition(folder)
    for concept in lists.vocabulary.concepts.values():
        if concept.list_name == "services":
            yield Draft(lists, "2026-11-22"), concept


def test_a_definition_is_a_draft_again(tmp_path: Path) -> None:
    """Whatever an entry said of its definition, it has one, with one record of today."""
    for draft, concept in definitions(tmp_path):
        define(draft, concept, "Something else altogether.")
        text = (draft.content(concept.path) or b"").decode()

        assert text.count('skos:definition "') == 1
        assert text.count("def:aboutProperty skos:definition ;") == 1
        assert 'dct:date "2026-11-22"^^xsd:date' in text
        assert "not-reviewed" not in text
        with pytest.raises(UsageError, match="is defined so already"):
            define(draft, concept, " Something else altogether. ")
