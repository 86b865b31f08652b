"""The commands ``check`` and ``explain``, as people run them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from repository import HEADER, write_repository
from repository import SETTINGS as PLAIN
from seeded import CLEAN, SETTINGS, Seed, sown

if TYPE_CHECKING:
    from pathlib import Path

DANGLING: Final = sown(Seed("", "services/1.ttl", "<need/10002>", "<need/7>"))
LINE: Final = HEADER.count("\n") + 11
"""Of the link that leads nowhere."""

HINT: Final = sown(Seed("", "needs/10001.ttl", '"Learning"@en', '"Learning & play"@en'))
MISSHAPEN: Final = sown(
    Seed("", "needs/10001.ttl", "adms:status <status/current>", "adms:status <status/live>")
)


def listkeeper(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process of its own."""
    command = [sys.executable, "-c", "from listkeeper.cli import run; run()", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_clean_lists(tmp_path: Path) -> None:
    """Lists without a finding end with 0 and one line that says so."""
    done = listkeeper("check", "-C", write_repository(tmp_path, CLEAN, SETTINGS))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "0 errors, 0 warnings in 8 entries\n"


def test_error(tmp_path: Path) -> None:
    """An error ends with 1 and is told with place, rule, message and remedy."""
    root = write_repository(tmp_path, DANGLING, SETTINGS)
    done = listkeeper("check", "-C", root, "--engine", "none")

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        f'vocabularies/services/1.ttl:{LINE}:19 error LK040 service/1 "Libraries": '
        "def:meetsNeed points to need/7, which does not exist\n"
        "    remedy: Correct the code, add the entry it names, or remove this line.\n"
        "\n1 error, 0 warnings in 8 entries\n"
    )


def test_folder_inside_the_repository(tmp_path: Path) -> None:
    """The repository is found from any folder inside it; paths stay those from its root."""
    root = write_repository(tmp_path, DANGLING, SETTINGS)
    done = listkeeper("check", "-C", root / "vocabularies" / "needs", "--engine", "none")

    assert done.stdout.startswith(f"vocabularies/services/1.ttl:{LINE}:19 error LK040")


@pytest.mark.parametrize(("engine", "code"), [("pyshacl", 1), ("none", 0)])
def test_engine(tmp_path: Path, engine: str, code: int) -> None:
    """Shapes are run unless they are left out."""
    root = write_repository(tmp_path, MISSHAPEN, SETTINGS)
    done = listkeeper("check", "-C", root, "--engine", engine)

    assert done.returncode == code
    assert ("LK205" in done.stdout) is (code == 1)


@pytest.mark.parametrize(("severity", "told"), [("info", True), ("warning", False), (None, False)])
def test_severity(tmp_path: Path, severity: str | None, told: bool) -> None:  # noqa: FBT001 - a row of the table
    """Hints are told when asked for, and always counted; they do not change the end."""
    root = write_repository(tmp_path, HINT, SETTINGS)
    asked = ("--severity", severity) if severity else ()
    done = listkeeper("check", "-C", root, "--engine", "none", *asked)

    assert done.returncode == 0
    assert ("LK105" in done.stdout) is told
    assert done.stdout.endswith("0 errors, 0 warnings, 1 note in 8 entries\n")


def test_json(tmp_path: Path) -> None:
    """JSON is one document on standard output and nothing else."""
    root = write_repository(tmp_path, DANGLING, SETTINGS)
    done = listkeeper("check", "-C", root, "--engine", "none", "--format", "json")
    document = json.loads(done.stdout)

    assert (done.returncode, done.stderr) == (1, "")
    assert [(f["code"], f["line"]) for f in document["findings"]] == [("LK040", LINE)]


def test_own_shapes(tmp_path: Path) -> None:
    """A repository's own shapes are used in place of ours; broken ones are told at their place."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    (root / "shapes").mkdir()
    (root / "shapes" / "own.ttl").write_text("<urn:a>")
    done = listkeeper("check", "-C", root)

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("shapes/own.ttl:1:8 error LK342 ")


ODD: Final = (
    (("check", "--format", "xml"), 2, "'xml' is not one of"),
    (("check", "--engine", "jena"), 2, "'jena' is not one of"),
    (("check",), 2, "no listkeeper.toml here or above"),
    (("explain",), 2, "name one rule, such as LK040, or ask for --all"),
    (("explain", "LK04"), 2, "LK04: no such rule; did you mean LK040?"),
    (("explain", "zzz"), 2, "zzz: no such rule; did you mean --all?"),
)


@pytest.mark.parametrize(("words", "code", "message"), ODD)
def test_bad_words(tmp_path: Path, words: tuple[str, ...], code: int, message: str) -> None:
    """Words that mean nothing end with 2, in a line that says what to do."""
    done = listkeeper(words[0], "-C", tmp_path, *words[1:])

    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr


@pytest.mark.parametrize("word", ["LK040", "lk040", "dangling-link"])
def test_explain(word: str) -> None:
    """A rule is explained by its code or its name, also outside a repository."""
    done = listkeeper("explain", word)

    assert done.returncode == 0
    assert done.stdout.startswith("LK040 dangling-link (error)\n  asks:   What an entry points to")
    assert "The lists are not served while it is broken." in done.stdout


def test_explain_a_shape() -> None:
    """Shapes are explained like rules."""
    assert "LK203 notation (error)" in listkeeper("explain", "LK203").stdout


def test_explain_tells_the_severity_that_a_rule_has_here(tmp_path: Path) -> None:
    """Settings go before the table; both are told."""
    write_repository(tmp_path, {}, PLAIN + '[check.severity]\nLK105 = "warning"\nLK156 = "off"\n')

    told = [listkeeper("explain", "-C", tmp_path, code).stdout for code in ("LK105", "LK156")]

    assert told[0].startswith("LK105 ampersand (warning here, info by default)\n")
    assert told[1].startswith("LK156 alone (off here, info by default)\n")


def test_explain_all() -> None:
    """All rules are told one below the other."""
    told = listkeeper("explain", "--all").stdout

    assert told.index("LK001 syntax") < told.index("LK040 dangling-link") < told.index("LK203")
