"""The command line: one line for what is expected, a suggestion for what is nearly right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from listkeeper import __version__
from listkeeper.cli import COMMANDS
from repository import write_repository

LISTKEEPER = str(Path(sys.executable).with_name("listkeeper"))


def run(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LISTKEEPER, *words], capture_output=True, text=True, check=False, cwd=cwd
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """One entry, written by hand and so not canonical."""
    return write_repository(
        tmp_path,
        {"needs/69.ttl": '<need/69> skos:notation "69" ; a skos:Concept . # by hand'},
    )


def test_help_names_every_command() -> None:
    """Each has a summary, and help imports none of them."""
    code = (
        "import sys; from listkeeper.cli import run\n"
        "try: run(['--help'])\n"
        "except SystemExit: pass\n"
        "print([m for m in sys.modules if m in ('pyoxigraph', 'rdflib', 'fastapi', 'jinja2')])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout.rstrip().endswith("[]")
    for name, entry in COMMANDS.items():
        assert f"{name} " in result.stdout
        assert entry.summary.split(";")[0] in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_of_its_own(name: str) -> None:
    """The table names a command that exists and says how it is used."""
    result = run(name, "--help")

    assert result.returncode == 0
    assert result.stdout.startswith(f"Usage: listkeeper {name}")


def test_the_version_is_told() -> None:
    """As packaging tools expect it."""
    assert run("--version").stdout == f"listkeeper, version {__version__}\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["chekc"], "no command chekc; did you mean check?"),
        (["zzzz"], "no command zzzz; there are accept, build"),
        (["show"], "Missing argument 'CODE'"),
        (["show", "69", "-C", "/nowhere"], "does not exist"),
    ],
)
def test_wrong_words_are_told(words: list[str], message: str) -> None:
    """Exit code 2 and what would have been right."""
    result = run(*words)

    assert result.returncode == 2
    assert message in result.stderr


def test_outside_a_repository_one_line_says_so(tmp_path: Path) -> None:
    """An expected error has no traceback unless it is asked for."""
    result = run("show", "69", cwd=tmp_path)

    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "run `listkeeper init DIR`" in result.stderr
    assert "Traceback" in run("--debug", "show", "69", cwd=tmp_path).stderr


def test_fmt_says_what_it_would_do_then_does_it(repository: Path) -> None:
    """--check changes nothing and ends with 1; afterwards there is nothing to do."""
    path = repository / "vocabularies/needs/69.ttl"
    before = path.read_bytes()

    checked = run("fmt", "--check", cwd=repository)
    assert (checked.returncode, checked.stdout) == (1, "would change vocabularies/needs/69.ttl\n")
    assert path.read_bytes() == before

    done = run("fmt", cwd=repository)
    assert (done.returncode, done.stdout) == (0, "formatted vocabularies/needs/69.ttl\n")
    assert path.read_text().endswith(
        '<need/69>\n    a skos:Concept ; # by hand\n    skos:notation "69" .\n'
    ) or path.read_text().endswith(
        '<need/69>\n    a skos:Concept ;\n    skos:notation "69" . # by hand\n'
    )
    assert run("fmt", "--check", cwd=repository).returncode == 0


def test_fmt_looks_at_the_paths_given(repository: Path) -> None:
    """A folder stands for what lies below it; a path elsewhere is refused."""
    assert run("fmt", "--check", "vocabularies/needs", cwd=repository).returncode == 1
    refused = run("fmt", "listkeeper.toml", cwd=repository)
    assert refused.returncode == 2
    assert "no file of the lists" in refused.stderr


def test_fmt_leaves_alone_what_it_cannot_read(repository: Path) -> None:
    """A broken file is told with its place; the others are formatted all the same."""
    broken = repository / "vocabularies/needs/70.ttl"
    broken.write_text("<need/70> a \n")

    result = run("fmt", cwd=repository)

    assert result.returncode == 1
    assert "formatted vocabularies/needs/69.ttl" in result.stdout
    assert result.stderr.startswith("vocabularies/needs/70.ttl:1:12: ")
    assert broken.read_text() == "<need/70> a \n"


def test_show_tells_an_entry_in_words(root: Path) -> None:
    """Code, label, list, status, URI, file, then what it is linked to."""
    lines = run("show", "need/69", cwd=root).stdout.splitlines()

    assert lines[:3] == [
        "69 Social inclusion (Needs, current)",
        "  https://lists.example.org/id/need/69",
        "  vocabularies/needs/69.ttl",
    ]


def test_show_suggests_near_codes(root: Path) -> None:
    """An unknown code is a usage error with the nearest entries."""
    result = run("show", "service/55900", cwd=root)

    assert result.returncode == 2
    assert "no entry service/55900; did you mean service/" in result.stderr


def test_init_then_rebase(tmp_path: Path) -> None:
    """A new repository is moved to its own domain by one command."""
    assert run("init", "lists", "--dry-run", cwd=tmp_path).stdout.startswith("would write ")
    assert not (tmp_path / "lists").exists()

    assert run("init", "lists", cwd=tmp_path).returncode == 0
    moved = run("rebase", "https://lists.example.gov.uk/", "-C", "lists", cwd=tmp_path)

    assert "https://lists.example.org/ -> https://lists.example.gov.uk/" in moved.stdout
    shown = run("show", "10002", "-C", "lists", cwd=tmp_path).stdout
    assert "https://lists.example.gov.uk/id/place/10002" in shown
    again = run("init", "lists", cwd=tmp_path)
    assert (again.returncode, "is a lists repository already" in again.stderr) == (2, True)


def test_a_read_only_folder_is_one_line(tmp_path: Path) -> None:
    """Nothing is half-written where writing is not allowed."""
    (tmp_path / "file").touch()

    result = run("init", "file/lists", cwd=tmp_path)

    assert result.returncode in {2, 3}
    assert "Traceback" not in result.stderr


def test_labels_go_out_and_come_back(repository: Path) -> None:
    """Filled in, the file is taken; with a row that does not fit it ends with 1."""
    words = ("--language", "cy", "-C", str(repository))
    exported = run("labels", "export", "--out", "cy.csv", *words, cwd=repository)
    path = repository / "cy.csv"

    assert exported.stdout == "wrote 1 labels to cy.csv: 0 reviewed, 0 drafts\n"
    path.write_text(path.read_text().replace(",,,\n", ",,Cynhwysiant,\n"))
    trial = run("labels", "import", "cy.csv", "--dry-run", *words, cwd=repository)
    assert (trial.returncode, trial.stdout) == (0, "would take 1 of 1 rows; 0 refused\n")
    assert "Cynhwysiant" not in (repository / "vocabularies/needs/69.ttl").read_text()

    assert run("labels", "import", "cy.csv", *words, cwd=repository).returncode == 0
    assert '"Cynhwysiant"@cy' in (repository / "vocabularies/needs/69.ttl").read_text()

    path.write_text(path.read_text().replace("need/69", "need/70"))
    refused = run("labels", "import", "cy.csv", *words, cwd=repository)
    assert refused.returncode == 1
    assert refused.stdout.startswith("cy.csv:2: https://lists.example.org/id/need/70: is no entry")
