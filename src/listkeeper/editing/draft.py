"""A draft: what named edits of the lists would change, gathered before anything is written.

Each named edit (:mod:`~listkeeper.editing.creating`, :mod:`~listkeeper.editing.retiring` and
their neighbours) adds to a draft, and :meth:`Draft.edit` gives the files that change. Several
edits of one draft are one change. Nothing outside the draft is touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.editing.rewriting import rewritten
from listkeeper.errors import UsageError
from listkeeper.graph import Literal, URINode
from listkeeper.namespaces import DCT, XSD
from listkeeper.store.parsing import parse
from listkeeper.store.properties import expand
from listkeeper.store.turtle import write
from listkeeper.store.workspace import VOCABULARIES, FileKind, SourceFile, Sources, classify

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from listkeeper.edition import Edition
    from listkeeper.graph import Subject, Triple
    from listkeeper.model import Concept

MODIFIED: Final = URINode(DCT + "modified")
DATE: Final = URINode(XSD + "date")


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """A set of changes of files."""

    contents: Mapping[str, bytes | None]
    """New content by path from the repository's root; None for a file that is removed."""
    before: Mapping[str, bytes | None]
    """The content that each of them has to have still; None for a file that is new."""
    told: tuple[str, ...]
    """What is done, in words, a line each."""

    def applied(self, sources: Sources) -> Sources:
        """Give the files of a repository as they are after the edit."""
        kept = [file for file in sources.files if file.path not in self.contents]
        made = [_file(path, data) for path, data in self.contents.items() if data is not None]
        ordered = sorted((*kept, *made), key=lambda file: file.path.split("/"))
        return Sources(
            settings=sources.settings, files=tuple(ordered), unreadable=sources.unreadable
        )


class Draft:
    """The changes that edits make to the files of one edition."""

    def __init__(
        self,
        edition: Edition,
        today: str,
        committed: Callable[[str], bytes | None] | None = None,
    ) -> None:
        """Start with nothing changed.

        Args:
            edition: the lists as they stand.
            today: the date of the edits, such as ``2026-11-22``.
            committed: gives the content of a file, by its path, in the last commit, None for a
                file that is not in it: what an edit takes back to that state gets its date back
                too, and a name that was never committed is not kept as a former one. None where
                there is no history.
        """
        self.edition = edition
        self.today = today
        self.committed = committed
        self.language = edition.settings.default_language
        self._contents: dict[str, bytes | None] = {}
        self._told: list[str] = []

    def term(self, prefixed: str) -> URINode:
        """Expand a prefixed name, such as ``skos:broader``."""
        return URINode(expand(prefixed, self.edition.minter))

    def date(self, day: str = "") -> Literal:
        """Make the literal of a day; of today where none is given."""
        return Literal(day or self.today, datatype=DATE)

    def status(self, name: str) -> URINode:
        """Give the node of a status, such as ``retired``."""
        return URINode(self.edition.minter.concept("status", name))

    def tell(self, words: str) -> None:
        """Note in words what is done."""
        self._told.append(words)

    def content(self, path: str) -> bytes | None:
        """Give the content of a file as drafted; None where there is none."""
        if path in self._contents:
            return self._contents[path]
        file = self.edition.files.get(path)
        return file.data if file else None

    def triples(self, path: str) -> list[Triple]:
        """Give what a file says as drafted."""
        data = self.content(path)
        return [] if data is None else parse(_file(path, data))[0]

    def committed_triples(self, path: str) -> list[Triple] | None:
        """Give what a file says in the last commit; None where there is no history."""
        if self.committed is None:
            return None
        return parse(_file(path, self.committed(path) or b""))[0]

    def touched(self) -> set[str]:
        """Name the files of Turtle that are drafted and not removed."""
        return {p for p, data in self._contents.items() if data is not None and p.endswith(".ttl")}

    def kinds(self) -> Iterator[tuple[str, FileKind]]:
        """Give every file as drafted, with what it is for."""
        for path in self.edition.files.keys() | self._contents.keys():
            if self.content(path) is not None:
                yield path, _kind(path)

    def home(self, node: Subject) -> str:
        """Give the file that describes a subject, and may be edited.

        Raises:
            UsageError: when there is none, or it keeps the form it came in.
        """
        path = self.edition.homes.get(node)
        if path is None:
            raise UsageError(f"no file describes {node.value}")
        if self.edition.files[path].kind is FileKind.WHOLE:
            raise UsageError(f"{path}: a vocabulary in one file keeps its form; edit it by hand")
        return path

    def said(self, concept: Concept) -> list[Triple]:
        """Give what an entry's file says as drafted."""
        return self.triples(self.home(URINode(concept.uri)))

    def change(
        self,
        path: str,
        *,
        remove: Collection[Triple] = (),
        add: Iterable[Triple] = (),
        replace: Mapping[Triple, Triple] | None = None,
    ) -> None:
        """Change triples of a file; what stands there already, or no more, makes no difference.

        Raises:
            ContentError: when the file is not Turtle that can be written canonically.
        """
        data = self.content(path)
        if data is None:
            raise UsageError(f"{path}: there is no such file any more")
        held = set(self.triples(path))
        new = [triple for triple in add if triple not in held]
        gone = held.intersection(remove)
        instead = {old: term for old, term in (replace or {}).items() if old in held}
        if new or gone or instead:
            settings = self.edition.settings
            file = _file(path, data)
            self._contents[path] = rewritten(file, settings, remove=gone, add=new, replace=instead)

    def create(self, path: str, triples: Iterable[Triple]) -> None:
        """Add a file.

        Raises:
            UsageError: when there is one.
        """
        if self.content(path) is not None:
            raise UsageError(f"{path}: there is such a file already")
        minter = self.edition.minter
        text = write(
            triples, base=minter.identifiers, prefixes=minter.prefixes, language=self.language
        )
        self._contents[path] = text.encode()

    def put(self, path: str, data: bytes | None) -> None:
        """Put a content in the place of a file, or None to remove it."""
        self._contents[path] = data

    def edit(self) -> Edit:
        """Give the files that change, entries among them with their date of modification."""
        for path in list(self._contents):
            self._date(path)
        changed = {p: data for p, data in self._contents.items() if data != self._original(p)}
        return Edit(
            contents=changed,
            before={path: self._original(path) for path in changed},
            told=tuple(self._told),
        )

    def _original(self, path: str) -> bytes | None:
        file = self.edition.files.get(path)
        return file.data if file else None

    def _date(self, path: str) -> None:
        """Set the date of modification of the entry in a file, if what it says is new."""
        original = self._original(path)
        if _kind(path) is not FileKind.CONCEPT or original is None or self.content(path) is None:
            return
        now, then = self.triples(path), parse(_file(path, original))[0]
        if _dateless(now) == _dateless(then):
            self._contents[path] = original
            return
        committed = self.committed_triples(path)
        if committed and _dateless(now) == _dateless(committed):
            dated = [triple for triple in committed if triple[1] == MODIFIED]
        else:
            dated = [_dated(entry, now, self.today) for entry in _entries(now)]
        held = [triple for triple in now if triple[1] == MODIFIED]
        self._redate(path, held, dated)

    def _redate(self, path: str, held: list[Triple], dated: list[Triple]) -> None:
        subjects = {triple[0]: triple for triple in dated}
        instead = {old: subjects[old[0]] for old in held if old[0] in subjects}
        gone = [old for old in held if old not in instead]
        self.change(path, remove=gone, add=dated, replace=instead)


def _file(path: str, data: bytes) -> SourceFile:
    return SourceFile(path=path, data=data, kind=_kind(path))


def _kind(path: str) -> FileKind:
    return classify(path.removeprefix(f"{VOCABULARIES}/"))


def _dateless(triples: Iterable[Triple]) -> set[Triple]:
    return {triple for triple in triples if triple[1] != MODIFIED}


def _entries(triples: Iterable[Triple]) -> dict[Subject, None]:
    """Give the subjects that are no parts of others."""
    return {subject: None for subject, _, _ in triples if "#" not in subject.value}


def _dated(entry: Subject, triples: Iterable[Triple], today: str) -> Triple:
    """Date an entry; a date that lies later stays, for time does not run backwards."""
    held = (t.value for s, p, t in triples if (s, p) == (entry, MODIFIED))
    return entry, MODIFIED, Literal(max((*held, today)), datatype=DATE)
