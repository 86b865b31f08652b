"""Which codes were ever given out, and how far one has spread: from the history in Git."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.editing.renumbering import Standing
from listkeeper.errors import HistoryError
from listkeeper.store.history import paths_added, read_file
from listkeeper.store.workspace import DEEPEST, VOCABULARIES, FileKind, classify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from listkeeper.model import Concept
    from listkeeper.store.history import Repository

LOCAL_MAINS: Final = ("refs/heads/main", "refs/heads/master")


def given_out(repository: Repository, list_name: str) -> frozenset[str]:
    """Give every code of a list that any commit of any branch or tag has, or ever had."""
    return codes(paths_added(repository), list_name)


def codes(paths: Iterable[str], list_name: str) -> frozenset[str]:
    """Give the codes of the entries of a list among paths from the repository's root."""
    prefix = f"{VOCABULARIES}/{list_name}/"
    inside = [path for path in paths if path.startswith(prefix)]
    kinds = {path: classify(path.removeprefix(f"{VOCABULARIES}/")) for path in inside}
    entries = (path for path, kind in kinds.items() if kind is FileKind.CONCEPT)
    return frozenset(path.rsplit("/", 1)[-1].removesuffix(".ttl") for path in entries)


def standing(repository: Repository, concept: Concept, against: str | None = None) -> Standing:
    """Say how far the code of an entry has spread.

    Args:
        repository: the history.
        concept: the entry.
        against: the main branch; None takes the one that others see, else the one here.

    Raises:
        HistoryError: when the history can not be read.
    """
    readable = (r for r in repository.releases(repository.head()) if not r.problem)
    released = (r.name for r in readable if _holds(repository, r.commit, concept))
    base = _base(repository, against)
    paths = paths_added(repository, base) if base else ()
    was_on_main = concept.notation in codes(paths, concept.list_name)
    return Standing(released_in=next(released, ""), was_on_main=was_on_main)


def committed(repository: Repository) -> Callable[[str], bytes | None]:
    """Give what reads files of the last commit, by their paths from the root of the lists."""
    head = repository.head()

    def content(path: str) -> bytes | None:
        return read_file(repository, head, path) if head else None

    return content


def _base(repository: Repository, against: str | None) -> str | None:
    """Find the commit of the main branch that the work at hand began from."""
    head = repository.head()
    if head is None:
        return None
    tip = repository.resolve(against) if against else repository.upstream()
    return repository.merge_base(tip or _local_main(repository) or head, head)


def _local_main(repository: Repository) -> str | None:
    for name in LOCAL_MAINS:
        try:
            return repository.resolve(name)
        except HistoryError:
            continue
    return None


def _holds(repository: Repository, commit: str, concept: Concept) -> bool:
    """Say whether a release has the entry: by the name of its file, as the check asks."""
    folder = repository.trees.find(repository.folder(commit), f"{VOCABULARIES}/{concept.list_name}")
    if folder is None:
        return False
    leaves, _ = repository.trees.leaves(folder.id, DEEPEST)
    return any(leaf.path.rsplit("/", 1)[-1] == f"{concept.notation}.ttl" for leaf in leaves)
