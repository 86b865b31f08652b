"""What clumsy hands and odd machines do: one line, the right exit code, nothing half-written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from listkeeper.cli.options import wants_colour
from listkeeper.editing.starter import starter_files
from listkeeper.store.files import write_all

LISTKEEPER = str(Path(sys.executable).with_name("listkeeper"))
PLACES = "vocabularies/places"


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LISTKEEPER, *words], capture_output=True, text=True, check=False, cwd=cwd, timeout=60
    )


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A new repository."""
    folder = tmp_path / "lists"
    write_all(folder, starter_files())
    return folder


def test_a_pipe_among_the_lists_is_told_and_not_waited_for(lists: Path) -> None:
    """Only regular files are opened."""
    os.mkfifo(lists / PLACES / "10003.ttl")

    result = run("check", cwd=lists)

    assert result.returncode == 1
    assert f"{PLACES}/10003.ttl:1:1 error LK003" in result.stdout
    assert "is no regular file" in result.stdout


def test_a_text_beyond_the_parsers_buffer_hides_nothing_else(lists: Path) -> None:
    """Its file is told; the other entries are checked and shown."""
    path = lists / PLACES / "10002.ttl"
    path.write_text(path.read_text().replace('"Park"', f'"{"x" * 17_000_000}"'))

    checked = run("check", "--engine", "none", cwd=lists)

    assert checked.returncode == 1
    assert "holds a text of more than 16 MB" in checked.stdout
    assert run("show", "10001", cwd=lists).returncode == 0
    assert "is larger than 16,000,000 bytes" in run("fmt", "--check", cwd=lists).stderr


def test_an_entry_of_a_list_without_its_file_is_shown(lists: Path) -> None:
    """A missing list.ttl is the check's to tell."""
    (lists / PLACES / "list.ttl").unlink()

    assert run("show", "10001", cwd=lists).stdout.startswith("10001 Open space (places, current)")
    assert "LK010" in run("check", cwd=lists).stdout


def test_folders_without_end_are_told(lists: Path) -> None:
    """They are not followed to the bottom."""
    deep = lists / PLACES
    for _ in range(60):
        deep = deep / "a"
    deep.mkdir(parents=True)

    result = run("check", cwd=lists)

    assert result.returncode == 1
    assert "lies too deep" in result.stdout


def test_a_target_in_quotes_is_no_link(lists: Path) -> None:
    """It would silently lead nowhere."""
    more = 'def:near a def:LinkType ; rdfs:label "near"@en ; def:heading "Near"@en .\n'
    terms = lists / "vocabularies/definitions.ttl"
    terms.write_text(terms.read_text() + more)
    path = lists / PLACES / "10002.ttl"
    path.write_text(path.read_text().replace("    adms:status", '    def:near "10001" ;\n    adms:status', 1))  # fmt: skip  # noqa: E501 - one change, one line

    assert "error LK055" in run("check", cwd=lists).stdout


BASES = [
    *("https://[/", "https://x%zz/", "https://x.example/%zz/", "https://x.example/../"),
    *("https://@/", "https://user:pw@x/", "https://:80/", "https://x.example/a b/"),
]


@pytest.mark.parametrize("base", BASES)
def test_a_base_that_cannot_carry_identifiers_is_refused(lists: Path, base: str) -> None:
    """Nothing is written."""
    before = (lists / "listkeeper.toml").read_bytes()

    assert run("rebase", base, cwd=lists).returncode == 2
    assert run("init", "new", "--base-uri", base, cwd=lists.parent).returncode == 2
    assert (lists / "listkeeper.toml").read_bytes() == before
    assert not (lists.parent / "new").exists()


def test_a_move_leaves_out_no_file(lists: Path) -> None:
    """One that cannot be read stops it before anything is written."""
    (lists / PLACES / "1.ttl").symlink_to(lists / PLACES / "10001.ttl")
    before = (lists / PLACES / "10002.ttl").read_bytes()

    result = run("rebase", "https://lists.example.gov.uk/", cwd=lists)

    assert result.returncode == 1
    assert f"{PLACES}/1.ttl: is a symbolic link" in result.stderr
    assert (lists / PLACES / "10002.ttl").read_bytes() == before
    assert run("fmt", cwd=lists).returncode == 1


def test_an_interrupted_move_is_finished_by_running_it_again(lists: Path) -> None:
    """The settings change last."""
    base = "https://lists.example.gov.uk/"
    settings = (lists / "listkeeper.toml").read_bytes()
    assert run("rebase", base, cwd=lists).returncode == 0
    half = (lists / PLACES / "10001.ttl").read_bytes()
    write_all(lists, starter_files())
    (lists / PLACES / "10001.ttl").write_bytes(half)
    assert (lists / "listkeeper.toml").read_bytes() == settings

    run("rebase", base, cwd=lists)

    assert run("check", cwd=lists).returncode == 0
    assert base in run("show", "10002", cwd=lists).stdout


@pytest.mark.parametrize("out", ["vocabularies/site", "shapes", "site_templates/x", "/dev/null"])
def test_a_site_is_not_built_among_the_lists(lists: Path, out: str) -> None:
    """It would break the next check, or the next build."""
    result = run("build", "--out", out, cwd=lists)

    assert result.returncode == 2
    assert "choose another place" in result.stderr


def test_labels_are_not_exported_over_the_lists(lists: Path) -> None:
    """Nor into a language that is not kept."""
    settings = lists / "listkeeper.toml"
    settings.write_text(settings.read_text().replace('["en"]', '["en", "cy"]'))
    target = f"{PLACES}/list.ttl"
    before = (lists / target).read_bytes()

    words = ("labels", "export", "--language", "cy", "--out")
    assert run(*words, target, cwd=lists).returncode == 2
    assert (lists / target).read_bytes() == before
    unknown = run("labels", "export", "--language", "xx", "--out", "l.csv", cwd=lists)
    assert (unknown.returncode, (lists / "l.csv").exists()) == (2, False)
    assert (
        "is no regular file"
        in run("labels", "import", "/dev/zero", "--language", "cy", cwd=lists).stderr
    )


def test_letters_lost_on_the_way_are_refused(lists: Path) -> None:
    """A file saved in a charset without the letters does not overwrite good drafts."""
    settings = lists / "listkeeper.toml"
    settings.write_text(settings.read_text().replace('["en"]', '["en", "cy"]'))
    run("labels", "export", "--language", "cy", "--out", "l.csv", cwd=lists)
    text = (lists / "l.csv").read_text(encoding="utf-8-sig")
    (lists / "l.csv").write_text(text.replace("Park,,,", "Park,P?rc,,"))

    result = run("labels", "import", "l.csv", "--language", "cy", cwd=lists)

    assert result.returncode == 1
    assert "letters were lost on the way" in result.stdout


def test_rejects_do_not_take_the_place_of_the_source(lists: Path) -> None:
    """The rows not taken are kept beside it."""
    source = lists / "a.csv"
    source.write_text("Code,Name\n1,x\n1,y\n")
    columns = ("--column", "code=Code", "--column", "label=Name")

    result = run("import", "--list", "places", *columns, "a.csv", "--rejects", "a.csv", cwd=lists)

    assert result.returncode == 2
    assert "is one of the files to be imported" in result.stderr
    assert source.read_text() == "Code,Name\n1,x\n1,y\n"


@pytest.mark.parametrize("words", [["init", "x" * 300], ["init", "/dev/null/x"]])
def test_what_the_machine_refuses_is_one_line(tmp_path: Path, words: list[str]) -> None:
    """Exit code 3 and the system's own reason."""
    result = run(*words, cwd=tmp_path)

    assert result.returncode == 3
    assert (result.stderr.count("\n"), "Traceback" in result.stderr) == (1, False)


def test_settings_saved_by_notepad_are_read(lists: Path) -> None:
    """A byte order mark is passed over."""
    settings = lists / "listkeeper.toml"
    settings.write_bytes(b"\xef\xbb\xbf" + settings.read_bytes())

    assert run("check", cwd=lists).returncode == 0


def test_colour_is_for_those_who_want_it() -> None:
    """NO_COLOR and a dumb terminal say no."""
    assert wants_colour({"TERM": "xterm"})
    assert not wants_colour({"NO_COLOR": "1", "TERM": "xterm"})
    assert not wants_colour({"TERM": "dumb"})


def test_a_folder_without_shapes_checks_nothing_and_says_so(lists: Path) -> None:
    """Turtle of another kind in shapes/ would switch every shape off."""
    (lists / "shapes").mkdir()
    (lists / "shapes" / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .")

    result = run("check", cwd=lists)

    assert result.returncode == 1
    assert "shapes/a.ttl:1:1 error LK342 holds Turtle but no shape" in result.stdout


def test_a_subject_without_a_name_is_told(lists: Path) -> None:
    """The canonical writer would not keep it."""
    path = lists / PLACES / "10002.ttl"
    path.write_text(path.read_text() + "\n_:x skos:note _:y .\n")

    assert "LK006" in run("check", cwd=lists).stdout


def test_many_findings_are_told_in_few_lines(lists: Path) -> None:
    """A server that does not start does not flood the terminal."""
    path = lists / PLACES / "10002.ttl"
    links = ", ".join(f"<place/{number}>" for number in range(500, 600))
    path.write_text(path.read_text().replace("skos:broader <place/10001>", f"skos:broader {links}"))

    result = run("build", "--out", "site", cwd=lists)

    assert result.returncode == 1
    assert result.stderr.count("\n") == 22
    assert "and 80 more; `listkeeper check` tells them all" in result.stderr


def test_a_host_that_is_no_name_is_one_line(lists: Path) -> None:
    """Too long for a name of the network."""
    result = run("serve", "--host", "x" * 70, cwd=lists)

    assert (result.returncode, result.stderr.count("\n")) == (3, 1)
