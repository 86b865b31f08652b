"""The commands for officers' tables: find, match, check-codes, changed-since."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from searched import FILES, searched

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = (sys.executable, "-c", "from listkeeper.cli import run; run()")


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of a few services and functions."""
    folder = tmp_path_factory.mktemp("lists")
    searched(folder)
    return folder


def run(lists: Path, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a command as people do."""
    command = [*PROGRAM, words[0], "-C", str(lists), *words[1:]]
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=60)


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_find_tells_codes_and_why(lists: Path) -> None:
    """The old name, and what a retired code is replaced by."""
    former = run(lists, "find", "refuse", "household")
    retired = run(lists, "find", "600")

    assert former.stdout.decode().splitlines()[:2] == [
        "524 Household waste collection (Services)",
        "  was called Refuse - household waste",
    ]
    assert "600 Dustbins (Services, retired)" in retired.stdout.decode()
    assert "  replaced by 524 Household waste collection" in retired.stdout.decode()
    assert (former.returncode, retired.returncode) == (0, 0)


def test_find_ends_with_1_when_there_is_nothing(lists: Path) -> None:
    """And says what else to do, on standard error."""
    done = run(lists, "find", "xyzzy")

    assert (done.returncode, done.stdout) == (1, b"")
    assert b"listkeeper match" in done.stderr


def test_find_tells_names_that_are_alike(lists: Path) -> None:
    """The entry meant is data; that it was not found is talk."""
    done = run(lists, "find", "plannnig", "consultaton")

    assert done.returncode == 1
    assert done.stdout.startswith(b"855 Planning consultation")
    assert done.stderr == b"nothing found; alike are:\n"


def test_find_gives_json(lists: Path) -> None:
    """The same record that the server gives."""
    record = json.loads(run(lists, "find", "street", "--format", "json", "--limit", "1").stdout)

    assert (record["total"], len(record["entries"])) == (3, 1)


def test_match_gives_the_same_rows_with_columns_added(lists: Path, tmp_path: Path) -> None:
    """The command of the documentation, on a council's file as it comes."""
    file, out = tmp_path / "council.csv", tmp_path / "matched.csv"
    file.write_bytes(
        "Café list\nService name;Cost\nStreet lights;£5\n;\nBenches;-1\n".encode("cp1252")
    )
    done = run(
        *(lists, "match", str(file), "--column", "service NAME", "--list", "services"),
        *("--out", str(out)),
    )

    assert (done.returncode, done.stdout) == (0, b"")
    assert [row[:4] for row in rows(out.read_bytes())] == [
        ["Service name", "Cost", "Match", "Code"],
        ["Street lights", "£5", "likely", "564"],
        ["", "", "none", ""],
        ["Benches", "'-1", "likely", "559"],
    ]
    assert b"read as cp1252" in done.stderr
    assert b"the header is taken to be row 2" in done.stderr
    assert b"an apostrophe was put before" in done.stderr
    assert b"2 likely, 1 none" in done.stderr


def test_match_reads_standard_input(lists: Path) -> None:
    """A dash stands for it."""
    done = run(lists, "match", "-", given=b"Name\nBenches\n")

    assert rows(done.stdout)[1][:3] == ["Benches", "likely", "559"]


CHECKED = [
    (b"LGSL\n559\n564\n", 0, "2 current"),
    (b"LGSL\n559\n600\n", 1, "1 current, 1 retired"),
    (b"URI\nhttp://id.esd.org.uk/service/559\nesdServiceType:1827\n", 1, "1 not held here"),
    (b"Code\n559\n\nnonsense\n", 1, "1 current, 1 empty, 1 unknown"),
]


@pytest.mark.parametrize(("given", "code", "told"), CHECKED)
def test_check_codes_ends_with_1_on_problems(
    given: bytes, code: int, told: str, lists: Path
) -> None:
    """So that a council can run it among its own checks."""
    done = run(lists, "check-codes", "-", given=given)

    assert done.returncode == code
    assert told in done.stderr.decode()
    assert len(rows(done.stdout)) == given.count(b"\n")


def test_changed_since_tells_what_changed(lists: Path, tmp_path: Path) -> None:
    """Nothing since a download of today; what was renamed since one of last year."""
    file = tmp_path / "services.csv"
    file.write_bytes(
        b"Identifier,Label,Status,Release\n559,Benches,current,1.0\n"
        + b"".join(
            f"{path.split('/')[-1][:-4]},,,1.0\n".encode()
            for path in FILES
            if path.startswith("services/") and "list" not in path and "559" not in path
        )
    )
    done = run(lists, "changed-since", str(file))
    told = {tuple(row[:2]): row for row in rows(done.stdout)[1:]}

    assert done.returncode == 1
    assert told["renamed", "559"][3:5] == ["Benches", "Street furniture"]
    assert told["retired", "600"][5:7] == ["524", "Household waste collection"]
    assert b"services, 1.0; now 1.2" in done.stderr


WRONG = [
    (("match", "nofile.csv"), 2, "nofile.csv: no such file"),
    (("match", "-", "--list", "nolist"), 2, "nolist: no such list"),
    (("match", "-", "--column", "Nme"), 2, "did you mean Name?"),
    (("check-codes", "-", "--names", "x"), 2, "has no column x"),
    (("changed-since", "-"), 1, "no column Identifier"),
    (("match", "-", "--out", "vocabularies/x.csv"), 2, "choose another place"),
]


@pytest.mark.parametrize(("words", "code", "told"), WRONG)
def test_a_mistake_is_told_in_one_line(
    words: tuple[str, ...], code: int, told: str, lists: Path
) -> None:
    """Without a traceback."""
    placed = tuple(w.replace("vocabularies", str(lists / "vocabularies")) for w in words)
    done = run(lists, *placed, given=b"Name\nBenches\n")

    assert done.returncode == code
    assert told in done.stderr.decode().splitlines()[-1]
    assert b"Traceback" not in done.stderr
