"""Rules of paths: a repository can be checked out on any machine, each file where it belongs."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from listkeeper.uris import DEVICES
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#files"
REFUSED: Final = frozenset('<>:"\\|?*')
"""Characters that Windows takes in no file name."""


def collision(scope: Scope) -> Breaches:
    """Tell files and folders whose paths Windows or macOS take for another's."""
    taken: dict[str, str] = {}
    folders: set[str] = set()
    for path in scope.edition.files:
        for part in _new_parts(path, folders):
            other = taken.setdefault(_folded(part), part)
            if other != part:
                message = f"{visible(part)} is {visible(other)} where names are folded"
                yield Breach(message=message, path=path)


def _new_parts(path: str, folders: set[str]) -> Iterator[str]:
    """Give the folders of a path that have not been given before, and the path itself."""
    ahead = path.rpartition("/")[0]
    while ahead and ahead not in folders:
        folders.add(ahead)
        yield ahead
        ahead = ahead.rpartition("/")[0]
    yield path


def _folded(path: str) -> str:
    return (path if path.isascii() else unicodedata.normalize("NFKC", path)).casefold()


def not_portable(scope: Scope) -> Breaches:
    """Tell names of files and folders that not every machine can have."""
    judged: dict[str, str] = {}
    for path in scope.edition.files:
        for name in path.split("/"):
            if name not in judged:
                judged[name] = _problem(name)
            if judged[name]:
                yield Breach(message=f"the name {visible(name)} {judged[name]}", path=path)


def _problem(name: str) -> str:
    cases = (
        (name.split(".", 1)[0].casefold() in DEVICES, "is kept for a device by Windows"),
        (not REFUSED.isdisjoint(name), "has a character that Windows does not take"),
        (name.endswith((".", " ")), "ends in a full stop or a space, which Windows cuts off"),
        (not name.isprintable(), "has a character that can not be seen"),
    )
    return next((words for holds, words in cases if holds), "")


RULES: Final = (
    Rule(
        "LK167",
        "path-collision",
        Severity.ERROR,
        "No path is that of another, letters' case and their ways of writing apart (Unicode).",
        "Rename one of the two; on Windows and macOS one would overwrite the other.",
        DOCS,
        collision,
        guard=True,
    ),
    Rule(
        "LK008",
        "name-not-portable",
        Severity.ERROR,
        "Files have names that every machine can have.",
        "Rename the file; Windows can not check the repository out as it is.",
        DOCS,
        not_portable,
        guard=True,
    ),
)
