"""What a check said of the same lists before: nothing is checked twice.

A verdict is kept by the hash of everything it follows from: every byte of the lists, the settings
and the shapes, the command's words, this program's own code, the libraries beside it, and the
day. Nothing is taken from times or sizes of files, so a verdict is never stale.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from listkeeper.cli.options import wants_colour
from listkeeper.errors import ListkeeperError
from listkeeper.store.assets import PACKAGE, find_assets
from listkeeper.store.cache import open_cache
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from listkeeper.store.cache import Cache
    from listkeeper.store.workspace import Workspace

COMMAND: Final = "check"
WORDS: Final = frozenset({"-C", "--format", "--engine", "--severity"})
"""Options after which a verdict follows from the lists alone; any other word is not looked up."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What a check said."""

    text: str
    remark: str
    exit_code: int

    def tell(self) -> NoReturn:
        """Print it, and end with its exit code."""
        if self.remark:
            click.echo(self.remark, err=True)
        click.echo(self.text, nl=False)
        sys.exit(self.exit_code)


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A check that is asked for: the lists as they were read, and where its verdict is kept."""

    workspace: Workspace
    key: str
    words: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    cache: Cache

    def recall(self) -> Verdict | None:
        """Return the verdict of before; None where there is none."""
        match self.cache.read(self.key):
            case {"text": str(text), "remark": str(remark), "exit": 0 | 1 as code}:
                return Verdict(text=text, remark=remark, exit_code=code)
        return None

    def remember(self, verdict: Verdict) -> None:
        """Keep a verdict, unless what it follows from was changed while the check ran."""
        if _key(self.workspace, self.words, self.environment) == self.key:
            value = {"text": verdict.text, "remark": verdict.remark, "exit": verdict.exit_code}
            self.cache.write(self.key, value)


def question(words: Sequence[str], environment: Mapping[str, str]) -> Question | None:
    """Read the lists that a check is asked of; None where no verdict can be kept.

    Args:
        words: the words of the command line.
        environment: the process's environment.
    """
    options = dict(zip(words[1::2], words[2::2], strict=False))
    if (
        words[:1] != [COMMAND]
        or len(words) != 1 + 2 * len(options)
        or not WORDS.issuperset(options)
    ):
        return None
    cache = open_cache(environment)
    if cache is None:
        return None
    try:
        workspace = open_workspace(Path(options.get("-C", ".")))
        key = _key(workspace, tuple(words), environment)
    except (ListkeeperError, OSError):
        return None  # the command tells what is wrong
    return Question(
        workspace=workspace, key=key, words=tuple(words), environment=environment, cache=cache
    )


def _key(workspace: Workspace, words: tuple[str, ...], environment: Mapping[str, str]) -> str:
    """Hash all that a verdict follows from, each piece with its length."""
    digest = hashlib.sha256()
    for piece in _pieces(workspace, words, environment):
        digest.update(b"%d:" % len(piece))
        digest.update(piece)
    return digest.hexdigest()


def _pieces(
    workspace: Workspace, words: tuple[str, ...], environment: Mapping[str, str]
) -> Iterable[bytes]:
    colour = sys.stdout.isatty() and wants_colour(environment)
    yield repr((words[1:], colour, sys.version, _today(), workspace.settings)).encode()
    yield repr((str(workspace.root), workspace.unreadable)).encode()
    yield " ".join(_libraries()).encode()
    yield from _contents(PACKAGE, ".py")
    yield from _contents(find_assets("shapes", workspace.root), ".ttl")
    for file in workspace.files:
        yield file.path.encode(errors="surrogateescape")
        yield file.data


def _today() -> int:
    """Number the day: what a check says may depend on it, and one of yesterday is not asked for."""
    return int(time.time() // 86400)


def _libraries() -> Iterable[str]:
    """Name the installed libraries with their versions, as their folders do."""
    folders = {str(Path(path)) for path in sys.path if path.endswith("-packages")}
    for folder in sorted(folders):
        names = os.listdir(folder)  # noqa: PTH208 - names alone are wanted
        yield from sorted(name for name in names if name.endswith(".dist-info"))


def _contents(folder: Path, ending: str) -> Iterable[bytes]:
    """Give path and content of each file below a folder, in the order of names."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(name for name in names if name.endswith(ending)):
            path = os.path.join(place, name)  # noqa: PTH118 - hundreds of files: twice as fast
            with open(path, "rb") as stream:  # noqa: PTH123 - as above
                yield path.encode(errors="surrogateescape")
                yield stream.read()
