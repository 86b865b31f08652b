"""An edition: one immutable snapshot of the lists, as graphs and as the model.

Three graphs (`docs/architecture.md`): *authored* is what the files say; *derived* is what
follows from it (inverses, narrower, top concepts, plain former labels) and is never stored;
*published* is both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from listkeeper.collecting import paused_collection
from listkeeper.errors import TurtleSyntaxError
from listkeeper.graph import Graph
from listkeeper.inference import derive
from listkeeper.store.parsing import parse
from listkeeper.store.reader import read_vocabulary
from listkeeper.store.workspace import FileKind
from listkeeper.uris import Minter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.graph import Subject
    from listkeeper.model import Vocabulary
    from listkeeper.settings import Settings
    from listkeeper.store.workspace import SourceFile, Workspace

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
    vocabulary: Vocabulary
    unreadable: tuple[TurtleSyntaxError, ...]
    """Files that are not Turtle or not readable; the rest is read all the same."""

    @cached_property
    def derived(self) -> Graph:
        """What follows from the authored graph."""
        return derive(self.authored, self.vocabulary, self.minter)

    @cached_property
    def published(self) -> Graph:
        """The authored and the derived graph together."""
        graph = Graph(self.authored)
        graph.update(self.derived)
        return graph


@paused_collection()
def load(workspace: Workspace) -> Edition:
    """Read every file of a workspace into one edition.

    A file that cannot be read is told in `unreadable` and never hides another.
    """
    minter = Minter(base=workspace.settings.base_uri)
    authored = Graph()
    homes: dict[Subject, str] = {}
    repeated: list[tuple[Subject, str, str]] = []
    unreadable = [TurtleSyntaxError(why, path=path) for path, why in workspace.unreadable]
    for file in workspace.files:
        if file.kind in NOT_TURTLE:
            continue
        triples, error = parse(file)
        if error:
            unreadable.append(error)
        authored.update(triples)
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
        vocabulary=read_vocabulary(authored, minter, homes),
        unreadable=tuple(unreadable),
    )
