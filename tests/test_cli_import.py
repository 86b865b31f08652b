"""``listkeeper import`` as people type it: what it writes, reports and answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from listkeeper.cli import main
from listkeeper.errors import ListkeeperError
from listkeeper.exchange.foreign import KINDS
from repository import write_repository

if TYPE_CHECKING:
    from pathlib import Path

LISTS = {
    "services/list.ttl": """
<list/services> a skos:ConceptScheme ; def:segment "service" ; def:conceptClass def:Service .
""",
    "services/list-internal.ttl": """
<list/internal> a skos:ConceptScheme ; def:subsetOf <list/services> .
""",
}
GOOD = """\
Identifier,Label,History notes,Type
559,Street furniture,Added to the internal list.,Service
"""
BAD = GOOD + "1E5,Odd,,Service\n"


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A repository with one empty list, and files beside it."""
    write_repository(tmp_path / "lists", LISTS)
    (tmp_path / "good.csv").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.csv").write_text(BAD, encoding="utf-8")
    return tmp_path


def listkeeper(lists: Path, *words: str) -> Result:
    """Run the command on the list of services; words that name files are below the folder."""
    at = [word.replace("@", f"{lists}/") for word in words]
    return CliRunner().invoke(
        main, ["import", "-C", str(lists / "lists"), "--list", "services", *at]
    )


def test_entries_are_written_and_counted(lists: Path) -> None:
    result = listkeeper(lists, "@good.csv")

    assert result.exit_code == 0
    assert (lists / "lists/vocabularies/services/559.ttl").is_file()
    assert result.stdout.splitlines() == [
        "good.csv (list CSV): 1 rows read, 1 taken as they are, 0 taken with a change, 0 rejected",
        "notes: none",
        "entries of services: 1 added, 0 completed, 0 unchanged",
    ]


def test_a_row_not_taken_ends_with_one_and_the_others_are_written(lists: Path) -> None:
    result = listkeeper(lists, "@bad.csv")

    assert result.exit_code == 1
    assert (lists / "lists/vocabularies/services/559.ttl").is_file()
    assert result.stdout.splitlines()[0] == (
        "bad.csv:3: 1E5: code '1E5' looks like a number with an exponent to a spreadsheet; "
        "correct it in the file [code, rejected]"
    )
    assert result.stderr == "1 rows were not taken; --rejects FILE keeps them whole\n"


def test_rejects_keep_the_rows_whole(lists: Path) -> None:
    result = listkeeper(lists, "@bad.csv", "--rejects", "@rejects.csv")
    rejects = (lists / "rejects.csv").read_text(encoding="utf-8").splitlines()

    assert result.stderr == ""
    assert rejects[0] == "file,line,reason,Identifier,Label,History notes,Type"
    assert rejects[1].startswith("bad.csv,3,")
    assert rejects[1].endswith("1E5,Odd,,Service")


def test_a_dry_run_reports_and_writes_nothing(lists: Path) -> None:
    before = sorted(lists.rglob("*"))
    result = listkeeper(lists, "--dry-run", "@bad.csv", "--rejects", "@rejects.csv")

    assert result.exit_code == 1
    assert "entries of services: 1 added" in result.stdout
    assert sorted(lists.rglob("*")) == before


def test_programs_get_json(lists: Path) -> None:
    report = json.loads(listkeeper(lists, "--format", "json", "@bad.csv").stdout)

    assert report["entries"] == {"added": 1, "completed": 0, "unchanged": 0}
    assert report["files"][0]["rejected"] == 1
    assert report["written"] == ["vocabularies/services/559.ttl"]
    assert [(n["kind"], n["line"], n["code"], n["outcome"]) for n in report["notes"]] == [
        ("code", 3, "1E5", "rejected")
    ]


def test_a_subset_goes_by_a_file_or_by_words(lists: Path) -> None:
    for words in (["--subset", "internal=@good.csv"], ["--subset-note", "internal=internal list"]):
        listkeeper(lists, "@good.csv", *words)
        entry = lists / "lists/vocabularies/services/559.ttl"
        assert "<list/internal>" in entry.read_text(encoding="utf-8")
        entry.unlink()


def test_an_origin_is_the_source_of_a_former_name(lists: Path) -> None:
    (lists / "old.csv").write_text(GOOD.replace("Street", "Road"), encoding="utf-8")
    listkeeper(lists, "@good.csv", "@old.csv", "--origin", "old.csv=The list of 2013")
    text = (lists / "lists/vocabularies/services/559.ttl").read_text(encoding="utf-8")

    assert 'skosxl:literalForm "Road furniture"@en ;\n    dct:source "The list of 2013" .' in text


def test_two_files_of_one_name_are_told_apart_by_their_folders(lists: Path) -> None:
    (lists / "old").mkdir()
    (lists / "old" / "good.csv").write_text(GOOD.replace("Street", "Road"), encoding="utf-8")
    result = listkeeper(lists, "@good.csv", "@old/good.csv")

    assert f"{lists}/old/good.csv:2: 559: label 'Road furniture' differs" in result.stdout


WRONG = [
    (["--column", "code=A", "@good.csv"], "--column: say code=… and label=…"),
    (["--pairs", "hasInteraction", "@good.csv"], "--column: say from=… and to=…"),
    (["--unconfirmed", "@good.csv"], "--unconfirmed: is about files read by --column"),
    (["@nothing.csv"], "nothing.csv: cannot be read: No such file"),
    (["--subset", "external=@good.csv", "@good.csv"], "no subset external of services"),
    (["--subset", "internal=@nothing.csv", "@good.csv"], "nothing.csv: cannot be read"),
]


@pytest.mark.parametrize(("words", "message"), WRONG)
def test_what_cannot_be_done_is_said_in_one_line(
    words: list[str], message: str, lists: Path
) -> None:
    result = listkeeper(lists, *words)

    assert isinstance(result.exception, ListkeeperError)
    assert message in str(result.exception)
    assert not (lists / "lists/vocabularies/services/559.ttl").exists()


@pytest.mark.parametrize("word", ["code", "=Label", "code="])
def test_an_assignment_needs_both_sides(word: str, lists: Path) -> None:
    result = listkeeper(lists, "--column", word, "@good.csv")

    assert result.exit_code == 2
    assert "has to be NAME=VALUE" in result.stderr


def test_one_broken_file_keeps_everything_unwritten(lists: Path) -> None:
    (lists / "broken.xml").write_text("<a><b></a>", encoding="utf-8")
    result = listkeeper(lists, "@good.csv", "@broken.xml")

    assert str(result.exception).startswith("broken.xml:1:")
    assert not (lists / "lists/vocabularies/services/559.ttl").exists()


def test_help_shows_its_examples_line_by_line() -> None:
    text = CliRunner().invoke(main, ["import", "--help"]).stdout

    assert "\n    listkeeper import --list functions functions.csv\n" in text


def test_every_kind_of_note_is_documented(root: Path) -> None:
    text = (root / "docs" / "import.md").read_text(encoding="utf-8")

    assert [kind for kind in KINDS if f"| `{kind}` |" not in text] == []


def test_every_option_is_documented(root: Path) -> None:
    """`docs/import.md` tells of each option, and `--help` of each too."""
    command = main.get_command(None, "import")  # type: ignore[arg-type]  # the group needs no context
    assert command is not None
    text = (root / "docs" / "import.md").read_text(encoding="utf-8")
    options = [name for each in command.params for name in each.opts if name.startswith("-")]

    assert [name for name in options if f"`{name}" not in text] == []
    helps = {each.name: getattr(each, "help", None) for each in command.params}
    assert [name for name, text in helps.items() if not text] == ["files"]


CLUMSY = """\
Identifier,Label,History notes,Type
559,Street furniture,,Service
CON,Devices,,Service
{long},Long,,Service
007,=SUM(A1),,Service
560,Bell\x07s,,Service
"""


def test_what_is_imported_the_check_takes(lists: Path) -> None:
    """Codes and labels that it refuses are left out, each told in one line of bounded length."""
    text = CLUMSY.format(long="9" * 5000)
    (lists / "clumsy.csv").write_text(text, encoding="utf-8")
    result = listkeeper(lists, "@clumsy.csv")
    notes = result.output.splitlines()

    assert result.exit_code == 1
    assert not isinstance(result.exception, ValueError)
    assert max(map(len, notes)) < 300
    for word in ("'CON' is a file name", "has more than 64", "begins with '='", "U+0007"):
        assert any(word in line for line in notes), word
    written = sorted((lists / "lists/vocabularies/services").glob("*.ttl"))
    assert [path.name for path in written] == ["559.ttl", "list-internal.ttl", "list.ttl"]
