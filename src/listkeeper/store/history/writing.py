"""Writing to Git without a checkout: blobs, trees, commits and tags, then all refs in one step.

Nothing is to be seen of what is written before :meth:`Writer.move`: whatever ends the program
earlier leaves objects that no one names, which ``git gc`` removes. Neither hooks nor signing
programs are run (:mod:`listkeeper.store.history.git`).
"""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.errors import HistoryError, UsageError
from listkeeper.store.history.git import Git, ask, environment_of
from listkeeper.store.history.objects import NAME
from listkeeper.store.history.trees import FOLDER, SUBMODULE, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listkeeper.store.history.repository import Repository

BRANCHES: Final = "refs/heads/"
TAGS: Final = "refs/tags/"
FILE: Final = "100644"
KINDS: Final = {FOLDER: "tree", SUBMODULE: "commit"}
"""Mode of an entry to the kind of its object; all others are blobs."""

WHO: Final = re.compile(r"(?P<name>.*) <(?P<email>[^<>]*)> -?\d+ [+-]\d{4}")
NOBODY: Final = (
    "git does not know who you are; run `git config user.name NAME` and "
    "`git config user.email ADDRESS`"
)
DURABLE: Final = ("-c", "core.fsync=all")
"""What is moved to is on the disk first, so that a power cut leaves the old state or the new."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Who makes commits and tags, as Git knows them."""

    name: str
    email: str


class Move(NamedTuple):
    """What becomes of one ref."""

    ref: str
    """Its full name, such as ``refs/heads/main``."""
    new: str
    """The object it is to name."""
    old: str = ""
    """The object it has to name until then; empty where it must not be there."""


class Writer:
    """Writes to one repository in somebody's name."""

    def __init__(self, repository: Repository, who: Identity) -> None:
        """Write to a repository.

        Args:
            repository: where; it is read from as well.
            who: the author, committer and tagger.
        """
        self.repository = repository
        self.who = who
        self._git = Git(repository.git.directory, more=environment_of(who.name, who.email))

    def blob(self, data: bytes) -> str:
        """Write a file's content as it is: no filter of the repository's changes it."""
        return self._named("hash-object", "-w", "--no-filters", "--stdin", feed=data)

    def tree(self, tree: str, files: Mapping[str, bytes | None]) -> str:
        """Write a folder in which some files are others.

        Args:
            tree: the folder as it was; empty for one that is new.
            files: paths below it to their contents; None where the file is to go.

        Returns:
            the new tree's name; empty where nothing is left in it.
        """
        entries = {e.name: e for e in self.repository.trees.entries(tree)} if tree else {}
        here = {path: data for path, data in files.items() if "/" not in path}
        for folder in sorted({path.split("/", 1)[0] for path in files} - here.keys()):
            below = {p.split("/", 1)[1]: d for p, d in files.items() if p.startswith(f"{folder}/")}
            old = entries.pop(folder, None)
            new = self.tree(old.id if old and old.mode == FOLDER else "", below)
            if new:
                entries[folder] = Entry(FOLDER, folder, new)
        for name, data in here.items():
            old = entries.pop(name, None)
            if data is not None:
                entries[name] = Entry(old.mode if old else FILE, name, self.blob(data))
        return self._tree(entries.values()) if entries else ""

    def commit(self, tree: str, parents: Iterable[str], message: str) -> str:
        """Write a commit.

        Args:
            tree: the whole repository's folder.
            parents: full names of the commits it comes from.
            message: its subject, an empty line, more.
        """
        words = [word for parent in parents for word in ("-p", parent)]
        return self._named("commit-tree", tree, *words, feed=message.encode())

    def tag(self, name: str, commit: str, message: str) -> str:
        """Write an annotated tag; no ref names it yet."""
        stamp = f"{self.who.name} <{self.who.email}> {int(time.time())} +0000"
        head = f"object {commit}\ntype commit\ntag {name}\ntagger {stamp}\n\n"
        return self._named("mktag", feed=f"{head}{message.rstrip()}\n".encode())

    def move(self, moves: Iterable[Move], reason: str) -> None:
        """Move refs, all of them or none, each from where it has to be.

        Raises:
            HistoryError: when one of them is elsewhere: somebody else was faster.
        """
        lines = (
            f"update {ref} {new} {old}" if old else f"create {ref} {new}" for ref, new, old in moves
        )
        feed = os.fsencode("\n".join(("start", *lines, "prepare", "commit", "")))
        try:
            self._git.run(*DURABLE, "update-ref", "-m", reason, "--stdin", feed=feed)
        except HistoryError as error:
            why = f"has somebody else committed or released meanwhile? ({error})"
            raise HistoryError(f"nothing was changed; {why}") from error

    def stage(self, files: Mapping[str, tuple[str, str]]) -> None:
        """Record files in the index, as they are in the commit checked out.

        Args:
            files: paths from the lists repository's root to their modes and blobs.
        """
        prefix = self.repository.prefix
        lines = (f"{mode} {blob}\t{prefix}{path}\0" for path, (mode, blob) in files.items())
        self._git.run("update-index", "-z", "--index-info", feed=os.fsencode("".join(lines)))

    def _tree(self, entries: Iterable[Entry]) -> str:
        lines = (
            f"{entry.mode.zfill(6)} {KINDS.get(entry.mode, 'blob')} {entry.id}\t{entry.name}\0"
            for entry in entries
        )
        return self._named("mktree", "-z", feed=os.fsencode("".join(lines)))

    def _named(self, *words: str, feed: bytes) -> str:
        name = self._git.run(*DURABLE, *words, feed=feed).decode("ascii", "replace").strip()
        if not NAME.fullmatch(name):
            raise HistoryError(f"git {words[0]} gives no object's name: {name[:80]!r}")
        return name


def identity(repository: Repository) -> Identity:
    """Find out who the user is, from Git's configuration and environment.

    Raises:
        UsageError: when Git does not know.
    """
    found = WHO.fullmatch(ask(repository.git.directory, "var", "GIT_COMMITTER_IDENT").strip())
    if found is None or not found["name"].strip() or not found["email"].strip():
        raise UsageError(NOBODY)
    return Identity(name=found["name"], email=found["email"])


def current_branch(repository: Repository) -> str | None:
    """Give the full name of the branch checked out; None where HEAD names none."""
    words = ("symbolic-ref", "--quiet", "HEAD")
    name = repository.git.run(*words, may_fail=True).decode("utf-8", "surrogateescape").strip()
    return name if name.startswith(BRANCHES) else None


def ref_target(repository: Repository, ref: str) -> str:
    """Give the object that a ref names, by the ref's full name; empty where there is none."""
    words = ("for-each-ref", "--format=%(objectname) %(refname)", ref)
    lines = repository.git.run(*words).decode("utf-8", "replace").splitlines()
    pairs = (line.split(" ", 1) for line in lines)
    return next((id_ for id_, name in pairs if name == ref), "")
