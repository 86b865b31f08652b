"""``check FILE...`` as people run it: anywhere, on any SKOS, in every form of report."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from listkeeper.validate.formats import FORMATS

LISTKEEPER: Final = str(Path(sys.executable).with_name("listkeeper"))
CLASH: Final = (
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "<https://v.example/a> a skos:Concept ;\n  skos:prefLabel 'red'@en, 'rot'@en .\n"
)
SOUND: Final = CLASH.replace(", 'rot'@en", "")


def run(*words: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [LISTKEEPER, "check", *words]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, check=False, cwd=cwd, timeout=60
    )


def test_a_file_is_checked_outside_of_any_repository(tmp_path: Path) -> None:
    """No settings are needed; the place is that of the second label."""
    (tmp_path / "colours.ttl").write_text(CLASH)
    done = run("colours.ttl", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("colours.ttl:3:28 error LK022 a ")
    assert done.stdout.endswith("1 error, 0 warnings, 1 note in 1 entry\n")


def test_standard_input_is_a_file(tmp_path: Path) -> None:
    """Its syntax has to be said."""
    done = run("-", "--input-format", "turtle", cwd=tmp_path, stdin=CLASH)

    assert done.stdout.startswith("standard input:3:28 error LK022 ")
    assert run("-", cwd=tmp_path, stdin=CLASH).returncode == 2


def test_several_files(tmp_path: Path) -> None:
    """Each is its own vocabulary, or all are one."""
    (tmp_path / "a.ttl").write_text(SOUND)
    (tmp_path / "b.ttl").write_text(SOUND.replace("red", "rouge"))

    assert run("a.ttl", "b.ttl", cwd=tmp_path).returncode == 0
    assert "LK022" in run("a.ttl", "b.ttl", "--together", cwd=tmp_path).stdout


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_of_report_takes_files(tmp_path: Path, form: str) -> None:
    """Each names the rule."""
    (tmp_path / "colours.ttl").write_text(CLASH)
    done = run("colours.ttl", "--format", form, cwd=tmp_path)

    assert (done.returncode, done.stderr) == (1, "")
    assert "LK022" in done.stdout


def test_a_context_is_taken_from_a_copy(tmp_path: Path) -> None:
    """The address of the one, and the file of the other."""
    text = '{"@context": "https://v.example/c", "@type": "Concept", "@id": "https://v.example/a"}'
    (tmp_path / "a.jsonld").write_text(text)
    (tmp_path / "c.json").write_text(
        '{"@context": {"@vocab": "http://www.w3.org/2004/02/skos/core#"}}'
    )
    words = ("a.jsonld", "--format", "json", "--context")
    done = run(*words, "https://v.example/c=c.json", cwd=tmp_path)

    assert [f["code"] for f in json.loads(done.stdout)["findings"]] == ["LK161"]
    assert run(*words, "c.json", cwd=tmp_path).returncode == 2


MISUSED: Final = [
    (("missing.ttl",), "missing.ttl: there is no such file"),
    (("a.csv",), "say with --input-format what it is, one of turtle, "),
    (("a.ttl", "--input-format", "n3"), "say with --input-format what it is"),
    (("a.ttl", "--fix"), "--fix is for the lists of a repository"),
    (("a.ttl", "--against", "main"), "--against is for the lists of a repository"),
    (("-", "-", "--input-format", "turtle"), "- stands twice"),
]


@pytest.mark.parametrize(("words", "reason"), MISUSED)
def test_wrong_words_are_told_in_one_line(
    tmp_path: Path, words: tuple[str, ...], reason: str
) -> None:
    """Nothing is checked."""
    (tmp_path / "a.ttl").write_text(SOUND)
    (tmp_path / "a.csv").write_text("Code,Name\n")
    done = run(*words, cwd=tmp_path)

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert reason in done.stderr


def test_an_interrupt_leaves_no_process_behind(tmp_path: Path) -> None:
    """Neither the command nor its worker, and no traceback."""
    lines = "".join(f"<urn:{n}> <urn:p> <urn:{n + 1}> .\n" for n in range(700_000))
    (tmp_path / "long.nt").write_text(lines)
    process = subprocess.Popen(
        [LISTKEEPER, "check", "long.nt"], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    with process:
        workers = _wait_for_children(process.pid)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=30)

    assert workers
    assert "Traceback" not in stderr
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


def _wait_for_children(pid: int) -> list[str]:
    for _ in range(400):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if children:
            return children
        time.sleep(0.02)
    return []
