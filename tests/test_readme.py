"""Every command of the README is run, word for word, and prints what the README shows."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from listkeeper.cli import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SHOWN = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
RUN_ELSEWHERE = ("make serve", "make test")
"""`make test` is what is running; `make serve` has a test of its own below."""


class Step(NamedTuple):
    """A command and the output shown for it; a line of three dots stands for any lines."""

    command: str
    output: tuple[str, ...]


def steps(text: str) -> list[Step]:
    """Read the commands of the console blocks."""
    found: list[Step] = []
    for block in SHOWN.findall(text):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(Step(line[2:], ()))
            else:
                found[-1] = Step(found[-1].command, (*found[-1].output, line))
    return found


def pattern(output: tuple[str, ...]) -> str:
    """Turn shown output into a pattern: '…' alone is any lines, within a line any text."""
    lines = [
        r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", r".*") + r"\n"
        for line in output
    ]
    return "".join(lines)


README = (ROOT / "README.md").read_text(encoding="utf-8")
STEPS = [step for step in steps(README) if step.command not in RUN_ELSEWHERE]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, f"ended with {process.returncode}"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not begin to listen")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout as it stands, in a repository of its own."""
    folder = tmp_path_factory.mktemp("clone") / "lists"
    kept = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    for name in filter(None, kept.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    settings = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "-A"], [*settings, "commit", "-qm", "copy"]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def port(clone: Path) -> Iterator[int]:
    """A server of the clone's lists."""
    chosen = free_port()
    words = [str(BIN / "listkeeper"), "serve", "-C", str(clone), "--port", str(chosen)]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as server:
        wait_for(chosen, server)
        yield chosen
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=20) == 0


def test_every_command_prints_what_the_readme_shows(clone: Path, port: int) -> None:
    """They are run in order, in one clone, as a reader would."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    for step in STEPS:
        command = step.command.replace("127.0.0.1:8000", f"127.0.0.1:{port}")
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=clone, env=environment, capture_output=True, check=False,
        )  # fmt: skip
        printed = done.stdout.decode().replace("\r\n", "\n")

        assert done.returncode == (1 if " error LK" in printed else 0), done.stderr.decode()
        if step.output:
            assert re.match(pattern(step.output), printed), f"{step.command}\n{printed[:2000]}"


def test_every_command_is_named() -> None:
    """A new command is told of in the README."""
    assert [name for name in COMMANDS if f"`listkeeper {name}" not in README] == []


def test_links_lead_to_files_that_exist() -> None:
    """No link of the README is broken."""
    targets = re.findall(r"\]\(([^)#:]+)\)", README)

    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


@pytest.mark.skipif(not (ROOT / ".venv/.run").exists(), reason="needs `make` to have set up once")
def test_make_serve_ends_with_three_lines_that_work() -> None:
    """The link answers 200, the curl gives Turtle and the command shows an entry."""
    port = free_port()
    words = ["make", "-s", "serve", f"PORT={port}"]
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    with subprocess.Popen(
        words, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
    ) as server:
        wait_for(port, server)
        assert server.stderr is not None
        lines = [server.stderr.readline().decode() for _ in range(3)]
        commands = {name: rest.strip() for name, rest in (li.split(":", 1) for li in lines)}
        link = commands["officer"].split()[-1]
        acts = (f"curl -sf {link}", commands["developer"], commands["maintainer"])
        outputs = [
            subprocess.run(["bash", "-c", act], cwd=ROOT, env=environment, capture_output=True,
                           check=True).stdout.decode()
            for act in acts
        ]  # fmt: skip
        os.killpg(server.pid, signal.SIGTERM)

    assert "<html" in outputs[0]
    assert "skos:prefLabel" in outputs[1]
    assert "https://lists.example.org/id/" in outputs[2]
