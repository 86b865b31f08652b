"""Running git: one clean environment, fixed words, no shell, bounded time and output."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from typing import TYPE_CHECKING, Final, TypedDict

from listkeeper.errors import HistoryError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SECONDS: Final = 60.0
"""How long one call may take."""

LARGEST: Final = 256 * 1024 * 1024
"""Bytes that one call may put out."""

NOWHERE: Final = os.devnull
ROLES: Final = ("AUTHOR", "COMMITTER")
HOMES: Final = ("HOME", "XDG_CONFIG_HOME")
"""Where the user's own configuration is found."""

SAFE: Final = (
    *("--no-pager", "--no-replace-objects", "--literal-pathspecs", "--no-optional-locks"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.attributesFile=/dev/null"),
    *("-c", "core.commitGraph=false"),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
    *("-c", "protocol.allow=never"),
    *("-c", "safe.bareRepository=explicit"),
)
"""What a repository's own configuration could otherwise turn into a program that is run, or into
a history that is not the one of its objects."""


class _Place(TypedDict):
    env: dict[str, str]
    cwd: Path


def environment(kept: Mapping[str, str]) -> dict[str, str]:
    """Make the environment of every call from the one we run in, of which only the path is kept.

    An inherited ``GIT_DIR`` or ``GIT_INDEX_FILE`` (hooks set both) would point elsewhere, and
    ``GIT_CONFIG_*`` and ``GIT_SSH*`` would bring back what :data:`SAFE` switches off. Lazy
    fetching of a partial clone is refused by the list of transports, which is empty.
    """
    return {
        "PATH": kept.get("PATH", os.defpath),
        "LC_ALL": "C.UTF-8",
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": NOWHERE,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_GRAFT_FILE": NOWHERE,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }


class Git:
    """Git, called on one repository's objects."""

    def __init__(
        self, directory: Path, seconds: float = SECONDS, more: Mapping[str, str] | None = None
    ) -> None:
        """Keep where the objects are.

        Args:
            directory: the ``.git`` directory, absolute; named outright, so nothing is searched.
            seconds: how long one call may take.
            more: variables of the environment besides the fixed ones.

        Raises:
            HistoryError: when git is not installed.
        """
        self.directory = directory
        self.seconds = seconds
        self._program = program()
        self._environment = {**environment(os.environ), **(more or {})}

    def run(
        self, *words: str, feed: bytes = b"", may_fail: bool = False, limit: int = LARGEST
    ) -> bytes:
        """Call git and return what it puts out.

        Args:
            words: a command and its arguments; whatever came from a user is an object name.
            feed: what the command reads.
            may_fail: return nothing where git says no, rather than raise.
            limit: bytes taken.

        Raises:
            HistoryError: when git fails, takes too long or says too much.
        """
        with tempfile.TemporaryFile() as fed, tempfile.TemporaryFile() as talk:
            fed.write(feed)
            fed.seek(0)
            process = subprocess.Popen(  # noqa: S603 - no shell; the words are fixed
                self.command(words), stdin=fed, stdout=subprocess.PIPE, stderr=talk, **self._place()
            )
            data = _output(process, self.seconds, limit)
            if process.returncode and not may_fail:
                talk.seek(0)
                raise _failure(words[0], talk.read(2000), process.returncode)
        return b"" if process.returncode else data

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a call that goes on; its talk is dropped."""
        return subprocess.Popen(  # noqa: S603 - no shell; the words are fixed
            self.command(words),
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **self._place(),
        )

    def command(self, words: Sequence[str]) -> list[str]:
        """Return the whole command line."""
        return [self._program, f"--git-dir={self.directory}", *SAFE, *words]

    def _place(self) -> _Place:
        return {"env": self._environment, "cwd": self.directory}


def discover(folder: Path, *questions: str) -> list[str]:
    """Ask git about the repository that a folder lies in.

    This one call sees the user's own configuration, where ``safe.directory`` says whose
    repositories may be read; it runs nothing.

    Returns:
        an answer to each question; nothing where there is no repository.

    Raises:
        HistoryError: when git is not installed, or refuses the repository.
    """
    kept = {key: os.environ[key] for key in HOMES if key in os.environ}
    ours = environment(os.environ)
    del ours["GIT_CONFIG_GLOBAL"], ours["GIT_CONFIG_NOSYSTEM"]
    command = [program(), "-C", str(folder), *SAFE, "rev-parse", *questions]
    try:
        done = subprocess.run(  # noqa: S603 - no shell; the words are fixed
            command, env={**ours, **kept}, capture_output=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise HistoryError(f"{folder}: git took longer than {SECONDS:g} seconds") from error
    if done.returncode == 0:
        return os.fsdecode(done.stdout).rstrip("\n").split("\n")
    if b"not a git repository" in done.stderr:
        return []
    raise HistoryError(f"{folder}: {_reason(done.stderr)}")


def environment_of(name: str, email: str) -> dict[str, str]:
    """Give the variables by which what is written is in somebody's name."""
    who = {f"GIT_{role}_NAME": name for role in ROLES}
    return {**who, **{f"GIT_{role}_EMAIL": email for role in ROLES}}


def ask(directory: Path, *words: str) -> str:
    """Ask git about the user, with the user's own configuration; nothing is run by it.

    Args:
        directory: the ``.git`` directory.
        words: a command that only tells.

    Returns:
        the answer; empty where git can not tell.
    """
    theirs = (*(f"GIT_{role}_{what}" for role in ROLES for what in ("NAME", "EMAIL")), "EMAIL")
    config = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM")
    wanted = (*HOMES, *config, *theirs)
    kept = {key: os.environ[key] for key in wanted if key in os.environ}
    ours = environment(os.environ)
    del ours["GIT_CONFIG_GLOBAL"], ours["GIT_CONFIG_NOSYSTEM"]
    command = [program(), f"--git-dir={directory}", *SAFE, *words]
    try:
        done = subprocess.run(  # noqa: S603 - no shell; the words are fixed
            command, env={**ours, **kept}, capture_output=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise HistoryError(f"git took longer than {SECONDS:g} seconds") from error
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def program() -> str:
    """Find git.

    Raises:
        HistoryError: when it is not installed.
    """
    found = shutil.which("git")
    if found is None:
        raise HistoryError("git is not installed; everything but history works without it")
    return found


def _output(process: subprocess.Popen[bytes], seconds: float, limit: int) -> bytes:
    """Read what a call puts out, and see it end."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    watch = threading.Timer(seconds, stop)
    watch.start()
    try:
        with process:
            assert process.stdout is not None  # noqa: S101 - it is a pipe, by the call above
            data = process.stdout.read(limit + 1)
            if len(data) > limit:
                process.kill()
                raise HistoryError(f"git puts out more than {limit:,} bytes; it was stopped")
    finally:
        watch.cancel()
    if late.is_set():
        raise HistoryError(f"git took longer than {seconds:g} seconds; it was stopped")
    return data


def _failure(command: str, talk: bytes, code: int) -> HistoryError:
    return HistoryError(f"git {command}: {_reason(talk) or f'ended with {code}'}")


def _reason(talk: bytes) -> str:
    """Give the first line that says what is wrong."""
    lines = talk.decode("utf-8", "replace").splitlines()
    grave = [line for line in lines if line.startswith(("fatal:", "error:"))] or lines[:1]
    return grave[0].removeprefix("fatal: ").removeprefix("error: ") if grave else ""
