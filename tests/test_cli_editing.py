"""The editing commands as people run them: diffs, refusals, history, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from checkout import ENVIRONMENT, Checkout
from edited import FILES, TODAY, lists
from listkeeper.edition import load
from listkeeper.store.changing import JOURNAL
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

LISTKEEPER: Final = str(Path(sys.executable).with_name("listkeeper"))


def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a repository on a certain day."""
    dated = () if words[0] in {"log", "show"} or "--help" in words else ("--date", TODAY)
    return subprocess.run(
        [LISTKEEPER, *words, *dated],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Lists in canonical form, committed."""
    made = Checkout(top=tmp_path / "lists")
    made.top.mkdir()
    lists(made.root)
    made.git("init", "--quiet", "--initial-branch=main")
    made.record("Begin the lists")
    return made


def status(checkout: Checkout) -> str:
    return checkout.git("status", "--short")


def test_an_edit_is_shown_and_written(checkout: Checkout) -> None:
    """The diff is standard output, what was done is talk; Git takes the diff back."""
    done = run(checkout.root, "link", "1", "need", "10003")

    assert (done.returncode, done.stderr) == (
        0,
        'linked service/1 "Libraries": meetsNeed need/10003 "Company"\n',
    )
    assert done.stdout.startswith(
        "--- a/vocabularies/services/1.ttl\n+++ b/vocabularies/services/1.ttl"
    )
    assert "+        <need/10003> ;\n" in done.stdout
    assert status(checkout) == "M vocabularies/services/1.ttl"
    taken_back = ["git", "apply", "-R", "-"]
    subprocess.run(taken_back, cwd=checkout.root, input=done.stdout, text=True, check=True)
    assert status(checkout) == ""


def test_a_dry_run_writes_nothing(checkout: Checkout) -> None:
    """What is shown for programs is what would be shown for people."""
    words = ("new", "needs", "--label", "Light", "--met-by", "service/1", "--dry-run")
    shown, told = run(checkout.root, *words), run(checkout.root, *words, "--format", "json")

    assert shown.stderr.startswith(
        'dry run: new need/10004 "Light" in vocabularies/needs/10004.ttl'
    )
    record = json.loads(told.stdout)
    assert record["diff"] == shown.stdout
    assert record["dry_run"] is True
    assert record["files"] == [
        {"path": "vocabularies/needs/10004.ttl", "change": "added"},
        {"path": "vocabularies/services/1.ttl", "change": "changed"},
    ]
    assert (status(checkout), told.stderr) == ("", "")


def test_new_files_are_patches_too(checkout: Checkout) -> None:
    """Git takes a diff that adds and removes files."""
    shown = run(checkout.root, "renumber", "need/10003", "--dry-run").stdout
    subprocess.run(["git", "apply", "-"], cwd=checkout.root, input=shown, text=True, check=True)

    assert not (checkout.root / "vocabularies/needs/10003.ttl").exists()
    assert '"10004"' in (checkout.root / "vocabularies/needs/10004.ttl").read_text()


def test_what_the_check_refuses_is_refused(checkout: Checkout) -> None:
    """With each finding at its place, exit code 1, and nothing changed."""
    done = run(checkout.root, "retire", "need/10002", "--reason", "Gone.")

    assert done.returncode == 1
    assert "LK043" in done.stderr
    assert done.stderr.splitlines()[-1] == (
        "listkeeper: nothing was changed: the check would then find 1 error; --links move or "
        "--links drop says what becomes of links to what is retired"
    )
    assert (done.stdout, status(checkout)) == ("", "")


def test_errors_from_before_do_not_stand_in_the_way(checkout: Checkout) -> None:
    """Only what the edit causes is refused, even in the file that it changes."""
    path = checkout.root / "vocabularies/needs/10003.ttl"
    path.write_text(path.read_text().replace('"10003" ;', '"10003" ;\n    def:endDate "soon" ;'))

    assert run(checkout.root, "rename", "need/10003", "Friends").returncode == 0


USAGE: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    # words, what is said
    (("new", "serices", "--label", "X"), "serices: no such list; did you mean services?"),
    (("new", "services", "--label", " "), "a text is empty"),
    (("new", "services", "--label", "X", "--need", "99"), "no entry 99; did you mean"),
    (
        ("new", "needs", "--label", "X", "--meets-need", "10001"),
        "--meets-need is for entries of services, not of needs",
    ),
    (("new", "services", "--label", "X", "--nead", "10001"), "Did you mean one of: '--need'"),
    (("new", "services", "--label", "X", "--code", "1"), "service/1 is taken"),
    (("new", "needs", "--label", "X", "--exact-match", "a b"), "'a b' is no web address"),
    (("new", "needs", "--label", "X", "--exact-match", "https://[/"), "is no web address"),
    (("new", "needs", "--label", "X", "--type", "ukpga"), "--type is not for entries of needs"),
    (("new", "duties", "--label", "X", "--year", "2026"), "--year is not for entries of duties"),
    (("new", "legislation", "--label", "X", "--read-at", "page 7"), "is no web address"),
    (("new", "duties", "--label", "X", "--provision", "s.7"), "write its kind and its number"),
    (("new", "duties", "--label", "X", "--act", "99"), "no entry 99"),
    (("link", "10002", "need", "10003"), "10002 names"),
    (("link", "1", "meetsNeeed", "10003"), "did you mean meets-need?"),
    (("link", "service/19", "need", "10003"), "no entry service/19; did you mean service/1 "),
    (("rename", "service/1", "Books", "--language", "fr"), "--language fr: the settings have en"),
    (("merge", "need/10001", "need/10002", "--reason", "One."), "say --into CODE, or --label"),
    (("retire", "1", "--reason", "Gone.", "--end-date", "soon"), "'soon' is no date such as"),
    (("retire", "1", "--reason", "Gone.", "--end-date", "2026-02-30"), "is no date such as"),
    (("withdraw", "1", "--reason", "Wrong.", "--against", "--all"), "--all: no such revision"),
    (("renumber", "service/1", "list"), "is a name the site uses itself"),
)


@pytest.mark.parametrize(("words", "said"), USAGE)
def test_words_that_are_off(checkout: Checkout, words: tuple[str, ...], said: str) -> None:
    """One line says what is wrong and what there is instead; exit code 2, nothing changed."""
    done = run(checkout.root, *words)

    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert (done.stdout, status(checkout)) == ("", "")


@pytest.mark.parametrize(
    "code", ["service/1", "services 1", "services/1", "http://id.esd.org.uk/service/1"]
)
def test_an_entry_by_what_people_write(checkout: Checkout, code: str) -> None:
    assert run(checkout.root, "rename", code, "Books", "--dry-run").returncode == 0


# Numbers


def next_number(checkout: Checkout) -> str:
    """Ask for the next number of the list of needs."""
    done = run(checkout.root, "new", "needs", "--label", "Light", "--dry-run", "--format", "json")
    return str(json.loads(done.stdout)["files"][0]["path"]).rsplit("/", 1)[-1]


def test_a_number_is_never_given_out_again(checkout: Checkout) -> None:
    """Not that of a removed file, of another branch, of a tag alone, or of ids.txt."""
    assert next_number(checkout) == "10004.ttl"
    path = "vocabularies/needs/{}.ttl"
    need = (checkout.root / path.format(10003)).read_text()

    def add(code: str) -> None:
        (checkout.root / path.format(code)).write_text(need.replace("10003", code))
        checkout.record(f"Add {code}")

    add("10006")
    checkout.git("rm", "-q", path.format(10006))
    checkout.record("Take it out")
    assert next_number(checkout) == "10007.ttl"
    checkout.git("checkout", "-q", "-b", "other")
    add("10008")
    checkout.git("checkout", "-q", "main")
    assert next_number(checkout) == "10009.ttl"
    checkout.git("checkout", "-q", "--orphan", "third")
    add("10010")
    checkout.release("2026.11")
    checkout.git("checkout", "-q", "main")
    checkout.git("branch", "-q", "-D", "third")
    assert next_number(checkout) == "10011.ttl"
    ids = checkout.root / "vocabularies/needs/ids.txt"
    ids.write_text("10012 tried out\n10013-10020 another register's\n90000-90009 far off\n")
    assert next_number(checkout) == "10021.ttl"


def test_without_git_the_files_and_ids_count(tmp_path: Path) -> None:
    """Everything but history works; the number that ids.txt keeps back is passed over."""
    root = lists(tmp_path).root
    done = run(root, "new", "services", "--label", "Cycle hire")

    assert (
        done.stderr == 'new service/200010 "Cycle hire" in vocabularies/services/2000/200010.ttl\n'
    )
    assert run(root, "log", "service/1").returncode == 3


NUMBERLESS: Final = (
    # more of list.ttl, code of an entry, what is said
    ("", "red", "its codes are no numbers; give one with --code"),
    (
        'def:formerSpace "http://id.esd.org.uk/colour/" ; def:formerOwner "the LGA"',
        "7",
        "its codes are those of the LGA, and def:firstMinted does not say where ours begin",
    ),
    ("", "7", None),
)


@pytest.mark.parametrize(("more", "code", "said"), NUMBERLESS)
def test_lists_whose_next_number_is_not_known(
    tmp_path: Path, more: str, code: str, said: str | None
) -> None:
    """A list of numbers that says nothing goes on from the greatest."""
    colours = (
        FILES["needs/list.ttl"]
        .replace("list/needs", "list/colours")
        .replace('def:segment "need"', f'def:segment "colour" {";" if more else ""} {more}')
    )
    colour = FILES["needs/10001.ttl"].replace("need/10001", f"colour/{code}").replace("10001", code)
    files = {
        "colours/list.ttl": colours,
        f"colours/{code}.ttl": colour.replace("list/needs", "list/colours"),
    }
    done = run(lists(tmp_path, files).root, "new", "colours", "--label", "Green", "--dry-run")

    if said:
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    else:
        assert 'new colour/8 "Green"' in done.stderr


def test_a_shallow_clone_says_so(checkout: Checkout, tmp_path: Path) -> None:
    run(checkout.root, "rename", "need/10001", "Knowledge")
    checkout.record("Rename")
    shallow = tmp_path / "shallow"
    words = ["git", "clone", "-q", "--depth", "1", f"file://{checkout.root}", str(shallow)]
    subprocess.run(words, env=ENVIRONMENT, check=True)

    assert "the clone is shallow" in run(shallow, "new", "needs", "--label", "X").stderr
    assert "the clone is shallow" in run(shallow, "log", "need/10001").stderr


# What is on the main branch, and what is released


def test_two_branches_that_took_one_number(checkout: Checkout) -> None:
    """`renumber` in one of them, and both merge; the number of the other is not kept back."""
    for branch, label in (("ann", "Light"), ("bob", "Air")):
        checkout.git("checkout", "-q", "-b", branch, "main")
        path = checkout.root / "vocabularies/needs/10004.ttl"
        need = (checkout.root / "vocabularies/needs/10003.ttl").read_text()
        path.write_text(need.replace("10003", "10004").replace("Company", label))
        checkout.record(f"Add {label}")
    checkout.git("checkout", "-q", "main")
    checkout.git("merge", "-q", "ann")
    checkout.git("checkout", "-q", "bob")
    done = run(checkout.root, "renumber", "need/10004")
    checkout.record("Renumber")

    assert done.stderr == 'renumbered need/10004 "Air": it is need/10005 now\n'
    checkout.git("merge", "-q", "main", "-m", "Merge")
    assert '"Light"' in (checkout.root / "vocabularies/needs/10004.ttl").read_text()
    checked = subprocess.run([LISTKEEPER, "check"], cwd=checkout.root, check=False)
    assert checked.returncode == 0


def test_what_was_on_main_is_kept_back(checkout: Checkout) -> None:
    """And the check against it agrees."""
    done = run(checkout.root, "withdraw", "need/10003", "--reason", "never meant")

    assert done.returncode == 0
    assert "vocabularies/needs/ids.txt keeps 10003 back" in done.stderr
    words = [LISTKEEPER, "check", "--against", "HEAD"]
    assert subprocess.run(words, cwd=checkout.root, check=False).returncode == 0
    taken = run(checkout.root, "new", "needs", "--label", "X", "--code", "10003")
    assert f"need/10003 is kept back in ids.txt: withdrawn on {TODAY}: never meant" in taken.stderr


def test_what_only_a_branch_had_is_not(checkout: Checkout) -> None:
    checkout.git("checkout", "-q", "-b", "work")
    run(checkout.root, "new", "needs", "--label", "Light")
    checkout.record("Add Light")

    done = run(checkout.root, "withdraw", "need/10004", "--reason", "Wrong.")
    assert done.stderr == 'withdrew need/10004 "Light"\n'


def test_what_is_released_stays(checkout: Checkout) -> None:
    checkout.release("2026.11")

    for words in (("withdraw", "need/10003", "--reason", "Wrong."), ("renumber", "need/10003")):
        done = run(checkout.root, *words)
        assert done.returncode == 2
        assert "release 2026.11 contains it, so its code stays" in done.stderr
    assert status(checkout) == ""


def test_an_interrupted_edit_is_undone_first(checkout: Checkout) -> None:
    """What a power cut left half done is put back, and told, before the next edit is made."""
    path = "vocabularies/needs/10003.ttl"
    undo = {"files": {path: {"old": None, "new": _digest(checkout.root / path)}}}
    (checkout.root / JOURNAL).write_text(json.dumps(undo))

    done = run(checkout.root, "rename", "need/10003", "Friends")
    assert done.stderr.splitlines()[0] == f"undid an interrupted change of {path}"
    assert "no entry need/10003" in done.stderr


def _digest(path: Path) -> str:
    import hashlib  # noqa: PLC0415 - used here alone

    return hashlib.sha256(path.read_bytes()).hexdigest()


# Options that the definitions give


def test_the_options_are_those_of_the_lists_at_hand(checkout: Checkout, tmp_path: Path) -> None:
    """A new kind of link is data: its option is there at once; elsewhere there is none."""
    path = checkout.root / "vocabularies/definitions.ttl"
    path.write_text(path.read_text().replace("allowedByPower", "restsOnPower"))
    help_ = run(checkout.root, "new", "--help").stdout
    outside = run(tmp_path, "new", "--help")

    assert "--rests-on-power CODE" in help_
    assert "--meets-need CODE" in help_
    assert (outside.returncode, "CODE\n" in outside.stdout) == (0, False)
    elsewhere = run(tmp_path, "new", "services", "--label", "X")
    assert (elsewhere.returncode, "no listkeeper.toml here or above" in elsewhere.stderr) == (
        2,
        True,
    )
    there = run(
        tmp_path, "new", "services", "--label", "X", "--need", "10001", f"-C{checkout.root}"
    )
    assert there.returncode == 0


# Acts, powers and duties

PARKS: Final = (
    *("new", "legislation", "--label", "Parks Act 2026", "--type", "ukpga", "--year", "2026"),
    *("--number", "9", "--read-at", "https://www.legislation.gov.uk/ukpga/2026/9"),
)
OPEN: Final = (
    *("new", "duties", "--label", "Keep parks open", "--act", "10002"),
    *("--provision", "section 7(1)", "--heading", "Duty to keep parks open"),
    *("--version", "revised", "--as-at", "2026-11-01", "--read-on", "2026-11-20"),
    *("--read-at", "https://www.legislation.gov.uk/ukpga/2026/9/section/7"),
    *("--applies-in", "England", "--applies-in", "Wales", "--in-force", "in-force"),
)


def test_a_new_duty_with_its_act(checkout: Checkout) -> None:
    """By options alone: the check takes both, and the record is what the reader reads."""
    assert run(checkout.root, *PARKS).returncode == 0
    done = run(checkout.root, *OPEN, "--not-general")
    assert done.returncode == 0, done.stderr

    vocabulary = load(open_workspace(checkout.root)).vocabulary
    made = {c.address: c for c in vocabulary.concepts.values()}
    duty, act = made["power-or-duty/10003"], made["legislation/10002"]
    assert duty.rule is not None
    (cited,) = duty.rule.provisions
    assert (cited.kind, cited.number, cited.role) == ("section", "7(1)", "primary")
    assert cited.legislation == act.uri
    assert (cited.evidence.date, cited.evidence.point_in_time) == ("2026-11-20", "2026-11-01")
    assert act.enactment is not None
    assert (act.enactment.year, act.enactment.evidence_date) == ("2026", TODAY)
    assert (duty.rule.applies_in, duty.rule.general) == (("England", "Wales"), False)


def test_an_entry_shows_its_law_and_its_end(checkout: Checkout) -> None:
    """A duty cites its provision, an Act has its address, a retired entry says what to use."""
    shown = run(checkout.root, "show", "power-or-duty/10001").stdout
    address = "http://www.legislation.gov.uk/id/ukpga/1964/75"
    assert f", section 7(1), {address}/section/7/1 (read 2026-11-21)\n" in shown
    assert f"\n  {address}\n" in run(checkout.root, "show", "legislation/10001").stdout

    words = ("--reason", "Joined.", "--end-date", "2027-04-01", "--replaced-by", "need/10001")
    assert run(checkout.root, "retire", "need/10003", *words).returncode == 0
    shown = run(checkout.root, "show", "need/10003").stdout
    assert "\n  ended 2027-04-01: Joined.\n  use 10001 " in shown


@pytest.mark.parametrize(
    ("words", "left_out", "asked"),
    [(PARKS, "--number", "add --number"), (OPEN, "--heading", "add --heading")],
)
def test_what_the_law_still_needs(
    checkout: Checkout, words: tuple[str, ...], left_out: str, asked: str
) -> None:
    """The refusal names the options that are missing; nothing is changed."""
    if words is OPEN:
        run(checkout.root, *PARKS)
        checkout.record("Add an Act")
    at = words.index(left_out)
    done = run(checkout.root, *words[:at], *words[at + 2 :])

    assert done.returncode == 1
    assert done.stderr.endswith(f"1 error; {asked}\n")
    assert status(checkout) == ""


# Files that can not be read


@pytest.mark.parametrize("code", ["need/10003", "needs 10003", "10003"])
def test_an_entry_whose_file_can_not_be_read(checkout: Checkout, code: str) -> None:
    """The file is named with what is wrong, not other entries with codes like it."""
    path = checkout.root / "vocabularies/needs/10003.ttl"
    aside = checkout.root.parent / "10003.ttl"
    path.rename(aside)
    path.symlink_to(aside)
    linked = run(checkout.root, "rename", code, "Friends")
    path.unlink()
    path.write_bytes(b"\x00\xff")
    binary = run(checkout.root, "rename", code, "Friends")

    name = "vocabularies/needs/10003.ttl"
    assert (linked.returncode, binary.returncode) == (2, 2)
    assert linked.stderr.startswith(f"listkeeper: {name}: is a symbolic link")
    assert binary.stderr.startswith(f"listkeeper: {name}")
    assert "did you mean" not in linked.stderr + binary.stderr


# The history of an entry


def history(checkout: Checkout, code: str) -> list[Mapping[str, object]]:
    """Give what the log tells programs."""
    told: list[Mapping[str, object]] = json.loads(
        run(checkout.root, "log", code, "--format", "json").stdout
    )
    return told


def test_the_log_of_an_entry(checkout: Checkout) -> None:
    """Who did what when, the latest first, through a move and a new number, in which release."""
    edits = (
        ("link", "service/200001", "need", "10003"),
        ("rename", "service/200001", "Lamps"),
        ("retire", "service/200001", "--reason", "Dark.", "--replaced-by", "service/1"),
    )
    run(checkout.root, "renumber", "service/200001", "200020")
    checkout.record("Another number")
    for words in edits:
        run(checkout.root, words[0], "service/200020", *words[2:])
        checkout.record(f"{words[0]} it")
        if words[0] == "link":
            checkout.release("2026.11")
    folder = checkout.root / "vocabularies/services"
    (folder / "2000/200020.ttl").rename(folder / "200020.ttl")
    checkout.record("Move it")

    shown = run(checkout.root, "log", "service/200020").stdout
    told = history(checkout, "service/200020")
    assert [event["subject"] for event in told] == [
        *("Move it", "retire it", "rename it", "link it", "Another number", "Begin the lists"),
    ]
    assert [event["release"] for event in told] == [None, None, None, *["2026.11"] * 3]
    assert told[0]["movedFrom"] == "vocabularies/services/2000/200020.ttl"
    assert told[4]["movedFrom"] == "vocabularies/services/20/200001.ttl"
    assert "Ann Editor" in shown
    assert "    Renamed: Street lighting → Lamps (en)\n" in shown
    assert "    Links added: meets need: 10003 Company\n" in shown
    assert f"    Retired: {TODAY}; Dark.; use 1 Libraries\n" in shown
    assert "    Moved from vocabularies/services/2000/200020.ttl\n" in shown


def test_a_change_of_form_alone(checkout: Checkout) -> None:
    """Says that nothing else changed."""
    path = checkout.root / "vocabularies/needs/10001.ttl"
    path.write_text(path.read_text() + "# a remark\n")
    checkout.record("Remark")

    assert (
        "  Remark\n    Only the form of the file changed\n"
        in run(checkout.root, "log", "need/10001").stdout
    )


def test_what_is_not_committed_has_no_log(checkout: Checkout) -> None:
    run(checkout.root, "new", "needs", "--label", "Light")

    assert run(checkout.root, "log", "need/10004").stdout == "no commit has it\n"
    assert history(checkout, "need/10004") == []


def test_commits_of_others_are_only_text(checkout: Checkout) -> None:
    """No author or message gives orders to a terminal."""
    path = checkout.root / "vocabularies/needs/10001.ttl"
    path.write_text(path.read_text().replace("Learning", "Study"))
    checkout.git("add", "-A")
    checkout.git("commit", "-q", "-m", "a\x1b[31mb", "--author", "E\x1b[31mve <e@example.org>")

    shown = run(checkout.root, "log", "need/10001").stdout
    assert "\x1b" not in shown
    assert "a\\u001b[31mb" in shown
