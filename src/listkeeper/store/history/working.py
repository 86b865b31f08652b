"""What the working tree has that a revision has not: compared by content, file by file.

``git status`` would run the filters and monitors that a repository's configuration names, and
would tell line endings that a checkout changed as unchanged, though we publish the bytes read.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from listkeeper.errors import HistoryError
from listkeeper.settings import FILE_NAME
from listkeeper.store.history.objects import object_id
from listkeeper.store.history.trees import FOLDER, LINK
from listkeeper.store.workspace import DEEPEST, VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from listkeeper.store.history.repository import Repository

OURS: Final = (FILE_NAME, VOCABULARIES, "shapes", "site_templates")
"""Files and folders that lists are published from."""


def changed_paths(
    repository: Repository, root: Path, revision: str = "HEAD", names: tuple[str, ...] = OURS
) -> tuple[str, ...]:
    """Name the files of the working tree that are not as a revision has them.

    Args:
        repository: the repository of that working tree.
        root: the lists repository's folder.
        revision: what to compare with.
        names: files and folders that count.

    Returns:
        paths from the lists repository's root: changed, added, removed, and those staged to be.

    Raises:
        HistoryError: when the revision can not be read, or a file can not.
    """
    kept = dict(_recorded(repository, revision, names))
    here = dict(_present(root, names, 2 * repository.id_bytes))
    differing = {path for path in kept.keys() | here.keys() if kept.get(path) != here.get(path)}
    return tuple(sorted(differing | set(_staged(repository, names))))


def is_dirty(repository: Repository, root: Path) -> bool:
    """Say whether the working tree, or what is staged, differs from the commit checked out.

    In a repository without commits everything is new.
    """
    return repository.head() is None or bool(changed_paths(repository, root))


def _recorded(
    repository: Repository, revision: str, names: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    tree = repository.folder(revision)
    for name in names:
        entry = repository.trees.find(tree, name)
        if entry is None:
            continue
        if entry.mode != FOLDER:
            yield name, entry.id
            continue
        leaves, _ = repository.trees.leaves(entry.id, DEEPEST)
        for leaf in leaves:
            yield f"{name}/{leaf.path}", f"link {leaf.id}" if leaf.mode == LINK else leaf.id


def _present(root: Path, names: tuple[str, ...], digits: int) -> Iterator[tuple[str, str]]:
    try:
        for name in names:
            if (root / name).is_file():
                yield name, _named(str(root / name), digits)
            for folder, folders, files in os.walk(root / name):
                folders[:] = [f for f in folders if not f.startswith(".")]
                links = [f for f in folders if os.path.islink(f"{folder}/{f}")]  # noqa: PTH114 - text is faster over thousands
                below = os.path.relpath(folder, root).replace(os.sep, "/")
                for file in (*links, *(f for f in files if not f.startswith("."))):
                    yield f"{below}/{file}", _named(f"{folder}/{file}", digits)
    except OSError as error:
        raise HistoryError(f"{error.filename}: {error.strerror}") from error


def _named(path: str, digits: int) -> str:
    """Name a file's content as Git does; a link's is where it leads."""
    if os.path.islink(path):  # noqa: PTH114 - see above
        return "link " + object_id("blob", os.fsencode(os.readlink(path)), digits)  # noqa: PTH115 - see above
    with open(path, "rb") as stream:  # noqa: PTH123 - see above
        return object_id("blob", stream.read(), digits)


def _staged(repository: Repository, names: tuple[str, ...]) -> Iterator[str]:
    """Name what is staged; the index is compared with the commit, the files are not looked at."""
    wanted = [repository.prefix + name for name in names]
    words = ("--cached", "--name-only", "-z", "--no-renames", repository.resolve("HEAD"), "--")
    found = repository.git.run("diff-index", *words, *wanted)
    for path in filter(None, os.fsdecode(found).split("\0")):
        yield path.removeprefix(repository.prefix)
