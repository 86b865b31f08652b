"""An edition: one immutable snapshot of the lists, as graphs and as the model.

Three graphs (`docs/architecture.md`): *authored* is what the files say; *derived* is what
follows from it (inverses, narrower, top concepts, plain former labels) and is never stored;
*published* is both.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from listkeeper.collecting import paused_collection
from listkeeper.errors import TurtleSyntaxError
from listkeeper.graph import Graph
from listkeeper.inference import derive
from listkeeper.store.parsing import parse
from listkeeper.store.reader import read_again
from listkeeper.store.workspace import FileKind
from listkeeper.uris import Minter

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from typing import TypeAlias

    from listkeeper.graph import Subject, Triple
    from listkeeper.model import Vocabulary
    from listkeeper.settings import Settings
    from listkeeper.store.reader import ConceptsRead
    from listkeeper.store.workspace import SourceFile, Sources

    Parse: TypeAlias = Callable[[SourceFile], tuple[list[Triple], TurtleSyntaxError | None]]

NOT_TURTLE: Final = frozenset({FileKind.IDS, FileKind.UNKNOWN})


@dataclass(frozen=True, kw_only=True, eq=False)
class Edition:
    """One snapshot; everything that is published is made from one of these."""

    settings: Settings
    minter: Minter
    files: Mapping[str, SourceFile]
    """Every file of the lists by its path."""
    authored: Graph
    homes: Mapping[Subject, str]
    """Subject to the path of the file that describes it."""
    repeated: tuple[tuple[Subject, str, str], ...]
    """Subjects that a second file describes: subject, first path, second path."""
    unreadable: tuple[TurtleSyntaxError, ...]
    """Files that are not Turtle or not readable; the rest is read all the same."""
    known: ConceptsRead | None = field(default=None, repr=False)
    """Concepts that were read for another edition, and are the same in this one."""

    model: Vocabulary | None = field(default=None, repr=False)
    """The model, where it is not to be read from the authored graph."""

    @cached_property
    def _reading(self) -> tuple[Vocabulary, ConceptsRead]:
        with paused_collection():
            return read_again(self.authored, self.minter, self.homes, self.known)

    @property
    def vocabulary(self) -> Vocabulary:
        """The authored graph as the model; read when first asked for."""
        return self.model or self._reading[0]

    @property
    def concepts_read(self) -> ConceptsRead:
        """The concepts before inverses were added, for :func:`reload`."""
        return self._reading[1]

    @cached_property
    def derived(self) -> Graph:
        """What follows from the authored graph."""
        return derive(self.authored, self.vocabulary, self.minter)

    @cached_property
    def published(self) -> Graph:
        """The authored and the derived graph together."""
        return self.authored.united(self.derived)


@paused_collection()
def load(workspace: Sources, parse: Parse = parse) -> Edition:
    """Read every file of a folder or a revision into one edition.

    A file that cannot be read is told in `unreadable` and never hides another.

    Args:
        workspace: the files and their settings.
        parse: gives the triples of a file, and what is wrong with it; one that remembers.
    """
    minter = Minter(base=workspace.settings.base_uri)
    authored = Graph()
    homes: dict[Subject, str] = {}
    repeated: list[tuple[Subject, str, str]] = []
    unreadable = [TurtleSyntaxError(why, path=path) for path, why in workspace.unreadable]
    same: dict[Any, Any] = {}
    for file in workspace.files:
        if file.kind in NOT_TURTLE:
            continue
        triples, error = parse(file)
        if error:
            unreadable.append(error)
        authored.update(triples, same)
        for subject in dict.fromkeys(triple[0] for triple in triples):
            first = homes.setdefault(subject, file.path)
            if first != file.path:
                repeated.append((subject, first, file.path))
    return Edition(
        settings=workspace.settings,
        minter=minter,
        files={file.path: file for file in workspace.files},
        authored=authored,
        homes=homes,
        repeated=tuple(repeated),
        unreadable=tuple(unreadable),
    )


@paused_collection()
def reload(workspace: Sources, before: Edition, parse: Parse = parse) -> Edition:
    """Load the files of a repository of which an earlier edition is at hand.

    It gives what :func:`load` gives, and reads only the files whose content is another. Content
    is compared byte by byte; times and sizes are not asked. The editions share what is the same.

    Args:
        workspace: the files as they are now.
        before: an edition of the same repository.
        parse: as for :func:`load`.
    """
    kept = {file.path for file in workspace.files if _is_same(file, before.files.get(file.path))}
    sources = [file for file in workspace.files if file.kind not in NOT_TURTLE]
    read = {file.path: parse(file) for file in sources if file.path not in kept}
    subjects = _subjects(before, kept)
    subjects |= {path: dict.fromkeys(t[0] for t in read[path][0]) for path in read}
    homes = {s: file.path for file in sources for s in subjects.get(file.path, ())}
    is_plain = not before.repeated and len(homes) == sum(map(len, subjects.values()))
    if workspace.settings != before.settings or not is_plain:
        return load(workspace, parse)
    authored = Graph()
    errors = {error.path: error for error in before.unreadable if error.path in kept}
    errors |= {path: error for path, (_, error) in read.items() if error}
    for file in sources:
        if file.path in kept:
            authored.take_over(before.authored, subjects.get(file.path, ()))
        else:
            authored.update(read[file.path][0])
    unread = [TurtleSyntaxError(why, path=path) for path, why in workspace.unreadable]
    return replace(
        before,
        files={file.path: file for file in workspace.files},
        authored=authored,
        homes=homes,
        unreadable=(*unread, *(errors[file.path] for file in sources if file.path in errors)),
        known=_unaffected(before, homes, kept),
    )


def _is_same(file: SourceFile, before: SourceFile | None) -> bool:
    return before is not None and before.data == file.data


def _subjects(edition: Edition, kept: Collection[str]) -> dict[str, dict[Subject, None]]:
    """Give the subjects of each of some files, in the order they came."""
    found: dict[str, dict[Subject, None]] = {}
    for subject, path in edition.homes.items():
        if path in kept:
            found.setdefault(path, {})[subject] = None
    return found


def _unaffected(
    before: Edition, homes: Mapping[Subject, str], kept: Collection[str]
) -> ConceptsRead:
    """Give the concepts that need not be read again: neither they nor their parts changed.

    A part may stand in another file than its concept, however odd that is.
    """
    changed = {
        subject.value
        for places in (before.homes, homes)
        for subject, path in places.items()
        if path not in kept
    }
    concepts = {
        node: concept
        for node, concept in before.concepts_read.concepts.items()
        if node.value not in changed and changed.isdisjoint(concept.parts)
    }
    return replace(before.concepts_read, concepts=concepts)
