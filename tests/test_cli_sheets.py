"""``listkeeper export`` and ``import`` of sheets as people type them."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from listkeeper.cli import main
from listkeeper.errors import ListkeeperError
from listkeeper.store.changing import JOURNAL, locked
from sheets import as_csv, edited, table, with_cells

if TYPE_CHECKING:
    from pathlib import Path

AUTHOR = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def commit(root: Path) -> None:
    for call in (("add", "-A"), (*AUTHOR, "commit", "-qm", "lists")):
        subprocess.run(["git", *call], cwd=root, check=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new repository with its one list, committed."""
    folder = tmp_path / "lists"
    assert run("init", folder).exit_code == 0
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    commit(folder)
    return folder


def sheet(root: Path) -> Path:
    out = root.parent / "places.csv"
    assert run("export", "places", "-C", root, "--out", out).exit_code == 0
    return out


def state(root: Path) -> dict[str, bytes]:
    folder = root / "vocabularies"
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*.ttl"))}


@pytest.mark.parametrize("name", ["places.xlsx", "places.csv"])
def test_a_sheet_that_was_not_edited_prints_and_writes_nothing(root: Path, name: str) -> None:
    before = state(root)
    out = root.parent / name
    result = run("export", "places", "-C", root, "--out", out)
    assert (result.exit_code, result.stderr) == (0, "")
    result = run("import", "-C", root, out)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "places: 0 cells edited, 0 new entries, 0 files change\n"
    assert state(root) == before


def test_the_diff_is_printed_and_a_trial_writes_nothing(root: Path) -> None:
    out = sheet(root)
    cells = {("10001", "Alternative labels (English)"): "Green; Common"}
    out.write_bytes(edited(out.read_bytes(), cells, {"Label (English)": "Car park"}))
    before = state(root)
    trial = run("import", "-C", root, out, "--dry-run")
    after_trial = state(root)
    result = run("import", "-C", root, out)

    assert trial.exit_code == 0
    assert after_trial == before
    assert '+    skos:altLabel "Common"@en,' in trial.stdout
    assert "+++ b/vocabularies/places/10003.ttl" in trial.stdout
    assert trial.stdout == result.stdout
    assert "10001: Alternative labels (English): (empty) -> Green; Common" in result.stderr
    assert state(root).keys() - before.keys() == {str(root / "vocabularies/places/10003.ttl")}
    assert run("check", "-C", root).exit_code == 0
    assert subprocess.run(["git", "apply", "--check", "-R"], input=trial.stdout.encode(),
                          cwd=root, check=False).returncode == 0  # fmt: skip


def test_what_the_check_would_refuse_is_refused_whole(root: Path) -> None:
    """An entry without what replaces nothing: retired, and no word of when or why."""
    out = sheet(root)
    cells = {("10001", "Status"): "retired", ("10002", "Label (English)"): "Public park"}
    out.write_bytes(edited(out.read_bytes(), cells))
    before = state(root)
    result = run("import", "-C", root, out)

    assert isinstance(result.exception, ListkeeperError)
    assert result.exception.exit_code == 1
    assert "LK071" in result.stderr
    assert "LK072" in result.stderr
    assert state(root) == before


def test_damaged_cells_are_told_and_nothing_is_written(root: Path) -> None:
    out = sheet(root)
    cells = {("10001", "Start date"): "4/3/13", ("10002", "Label (English)"): "Public park"}
    out.write_bytes(edited(out.read_bytes(), cells))
    before = state(root)
    result = run("import", "-C", root, out)

    assert isinstance(result.exception, ListkeeperError)
    assert str(result.exception) == "1 cell or row can not be taken; nothing was changed"
    assert "could be 2013-03-04 or 2013-04-03" in result.stderr
    assert state(root) == before


def test_a_sheet_does_not_mix_with_another_change(root: Path) -> None:
    """While another command changes files nothing is written, and nothing is told as done."""
    out = sheet(root)
    out.write_bytes(edited(out.read_bytes(), {("10002", "Label (English)"): "Public park"}))
    before = state(root)
    with locked(root):
        result = run("import", "-C", root, out)

    assert isinstance(result.exception, ListkeeperError)
    assert "another listkeeper is changing files here" in str(result.exception)
    assert (result.stdout, state(root)) == ("", before)


def test_an_import_is_all_or_nothing(root: Path) -> None:
    """What an import that was killed left half done is undone before the next one reads."""
    out = sheet(root)
    path = root / "vocabularies/places/10002.ttl"
    old, half = path.read_bytes(), path.read_bytes().replace(b"@en", b"@fr")
    path.write_bytes(half)
    kept = {"old": base64.b64encode(old).decode(), "new": hashlib.sha256(half).hexdigest()}
    undo = {"files": {"vocabularies/places/10002.ttl": kept}}
    (root / JOURNAL).write_text(json.dumps(undo))
    result = run("import", "-C", root, out)

    assert result.exit_code == 0, result.stderr
    assert "undid an interrupted change of vocabularies/places/10002.ttl" in result.stderr
    assert "0 files change" in result.stderr
    assert path.read_bytes() == old


def test_an_older_sheet_needs_rebase_and_is_merged_from_history(root: Path) -> None:
    """The base of the merge is found in Git by the state that each row names."""
    out = sheet(root)
    out.write_bytes(edited(out.read_bytes(), {("10001", "Label (English)"): "Open ground"}))
    file = root / "vocabularies/places/10001.ttl"
    file.write_text(
        file.read_text(encoding="utf-8").replace("everyone", "anyone"), encoding="utf-8"
    )
    commit(root)
    refused = run("import", "-C", root, out)
    merged = run("import", "-C", root, out, "--rebase", "--format", "json")

    assert "merge the two with --rebase" in str(refused.exception)
    assert json.loads(merged.stdout)["changed_since"] == ["10001"]
    text = file.read_text(encoding="utf-8")
    assert "anyone" in text
    assert '"Open ground"@en' in text
    assert 'skosxl:literalForm "Open space"@en' in text


def test_csv_of_files_that_are_not_committed_is_told(root: Path) -> None:
    file = root / "vocabularies/places/10001.ttl"
    file.write_text(file.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    result = run("export", "places", "-C", root)

    assert "can not be merged (--rebase) once they change; a workbook can" in result.stderr
    assert table(result.stdout_bytes)[0][0] == "Identifier"


WRONG = (
    (("export", "plases"), "no list plases; did you mean places?"),
    (("export", "places", "--out", "places.ods"), "a sheet ends in .xlsx or .csv"),
    (("export", "places", "--out", "@vocabularies/x.csv"), "choose another place"),
)


@pytest.mark.parametrize(("words", "told"), WRONG)
def test_a_wrong_word_is_told_in_one_line(root: Path, words: tuple[str, ...], told: str) -> None:
    result = run(*(word.replace("@", f"{root}/") for word in words), "-C", root)

    assert isinstance(result.exception, ListkeeperError)
    assert result.exception.exit_code == 2
    assert told in str(result.exception)


def test_a_table_in_a_workbook_is_read_as_csv_is(root: Path) -> None:
    """The LGA's columns, as somebody saved them: it is no sheet of ours."""
    file = root.parent / "more.xlsx"
    file.write_bytes(with_cells(as_csv([["Identifier", "Label"], ["10007", "Harbour"]]), {}))
    result = run("import", "-C", root, "--list", "places", file)

    assert result.exit_code == 0, result.output
    assert "more.xlsx (list CSV): 1 rows read, 1 taken as they are" in result.stdout


def test_a_table_of_codes_and_labels_needs_no_columns_named(root: Path) -> None:
    """Two columns whose names speak for themselves; a semicolon will do."""
    file = root.parent / "more.csv"
    file.write_bytes(as_csv([["Code", "Name"], ["10007", "Harbour"]], delimiter=";"))
    result = run("import", "-C", root, "--list", "places", file)

    assert result.exit_code == 0, result.output
    assert "1 added" in result.stdout
    assert '"Harbour"@en' in (root / "vocabularies/places/10007.ttl").read_text(encoding="utf-8")
