"""Merging two edits of one file, statement by statement: for Git's merge driver.

Both sides' statements are taken where they do not contradict each other. Where they do, the file
is written twice, once as each side wants it, and only the lines in which the two differ get
conflict markers. What can not be read as canonical Turtle is left to be resolved by hand, with
both texts in the file: nothing is lost, and nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from listkeeper.editing.contradictions import contradiction_free, renumbered
from listkeeper.errors import ContentError
from listkeeper.store.turtle import Comments, attach, fmt, read_statements, write
from listkeeper.uris import Minter

if TYPE_CHECKING:
    from collections.abc import Container, Hashable, Iterator, Mapping, Sequence
    from typing import TypeVar

    from listkeeper.graph import Triple
    from listkeeper.settings import Settings

    Anchor = TypeVar("Anchor", bound=Hashable)

MARKER_LENGTH: Final = 7
"""Characters of a conflict marker, unless Git asks for more."""

PREFIX: Final = b"@prefix "
LINE: Final = re.compile(rb"[^\n]*\n|[^\n]+\Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged:
    """A file in which two edits were brought together."""

    data: bytes
    conflicts: int = 0
    """Places with conflict markers."""
    reason: str = ""
    """Why the file was not merged by statements; empty where it was."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Side:
    triples: frozenset[Triple]
    prefixes: Mapping[str, str]
    comments: Comments


def merge_files(
    base: bytes, ours: bytes, theirs: bytes, settings: Settings | None, length: int = MARKER_LENGTH
) -> Merged:
    """Merge two edits of a file of the lists.

    Args:
        base: the file from which both come; empty where each side made it anew.
        ours: as one side has it.
        theirs: as the other has it.
        settings: of the repository; None where they cannot be read.
        length: characters of a conflict marker.
    """
    if settings is None:
        return by_lines(ours, theirs, length, "the settings of the lists can not be read")
    try:
        sides = [_read(data, settings) for data in (base, ours, theirs)]
    except ContentError as error:
        return by_lines(ours, theirs, length, str(error))
    except UnicodeDecodeError:
        return by_lines(ours, theirs, length, "is not UTF-8 text")
    old, mine, other = sides
    if not old.triples and mine.triples and other.triples not in {mine.triples, old.triples}:
        return by_lines(ours, theirs, length, "both sides made it: two entries with one code?")
    return _merged(old, mine, other, settings, length)


def by_lines(ours: bytes, theirs: bytes, length: int, reason: str) -> Merged:
    """Put both texts into one file, markers around all between the lines alike at both ends."""
    mine, other = LINE.findall(ours), LINE.findall(theirs)
    if mine == other:
        return Merged(data=ours, reason=reason)
    head = _alike(mine, other)
    rest = [mine[head:], other[head:]]
    tail = _alike(rest[0][::-1], rest[1][::-1])
    middle = [b"".join(lines[: len(lines) - tail]) for lines in rest]
    marked = _marked(middle[0], middle[1], length)
    end = b"".join(mine[len(mine) - tail :])
    return Merged(data=b"".join(mine[:head]) + marked + end, conflicts=1, reason=reason)


def _read(data: bytes, settings: Settings) -> _Side:
    """Read a file by its canonical form."""
    if not data.strip():
        return _Side(triples=frozenset(), prefixes={}, comments=Comments())
    minter = Minter(base=settings.base_uri)
    base, language = minter.identifiers, settings.default_language
    text = fmt(data.decode("utf-8"), base=base, prefixes=minter.prefixes, language=language)
    read = read_statements(text, base=base)
    triples = frozenset(found.triple for found in read.statements)
    return _Side(triples=triples, prefixes=read.prefixes, comments=attach(read))


def _merged(old: _Side, mine: _Side, other: _Side, settings: Settings, length: int) -> Merged:
    moves = renumbered(old.triples, mine.triples, other.triples)
    theirs = frozenset(moves.get(triple, triple) for triple in other.triples)
    kept, wanted = contradiction_free(old.triples, mine.triples, theirs)
    moved = _moved(other.comments, moves)
    comments = _comments(old.comments, mine.comments, moved)
    prefixes = {**other.prefixes, **mine.prefixes}
    comments = _with_footer(comments, kept | wanted)
    texts = [_written(triples, prefixes, comments, settings) for triples in (kept, wanted)]
    if texts[0] == texts[1]:
        return Merged(data=texts[0])
    blocks = list(_blocks(LINE.findall(texts[0]), LINE.findall(texts[1]), length))
    conflicts = sum(is_conflict for _, is_conflict in blocks)
    return Merged(data=b"".join(block for block, _ in blocks), conflicts=conflicts)


def _written(
    triples: frozenset[Triple], prefixes: Mapping[str, str], comments: Comments, settings: Settings
) -> bytes:
    """Write one version canonically."""
    minter = Minter(base=settings.base_uri)
    known = {**minter.prefixes, **{p: n for p, n in prefixes.items() if p not in minter.prefixes}}
    text = write(
        sorted(triples, key=str),
        base=minter.identifiers,
        prefixes=known,
        comments=comments,
        language=settings.default_language,
    )
    return text.encode()


def _with_footer(comments: Comments, triples: frozenset[Triple]) -> Comments:
    """Move comments to the end whose statements neither version has."""
    subjects = {triple[0] for triple in triples}
    lost = [
        *_lost(comments.above, triples),
        *_lost(comments.beside, triples),
        *_lost(comments.above_subject, subjects),
        *_lost(comments.beside_subject, subjects),
    ]
    return replace(comments, footer=(*comments.footer, *lost))


def _lost(places: Mapping[Anchor, tuple[str, ...]], kept: Container[Anchor]) -> Iterator[str]:
    return (text for anchor, texts in places.items() if anchor not in kept for text in texts)


def _blocks(
    mine: Sequence[bytes], other: Sequence[bytes], length: int
) -> Iterator[tuple[bytes, bool]]:
    """Give the lines of two texts, those that differ between conflict markers."""
    matcher = SequenceMatcher(None, mine, other, autojunk=False)
    for tag, low, high, start, end in matcher.get_opcodes():
        ours, theirs = mine[low:high], other[start:end]
        if tag == "equal":
            yield b"".join(ours), False
        elif all(line.startswith(PREFIX) for line in (*ours, *theirs)):
            yield b"".join((*ours, *theirs)), False  # either half may be kept, so both are declared
        else:
            yield _marked(b"".join(ours), b"".join(theirs), length), True


def _marked(ours: bytes, theirs: bytes, length: int) -> bytes:
    open_, middle, close = (sign * length for sign in (b"<", b"=", b">"))
    parts = (open_ + b" ours\n", _ended(ours), middle + b"\n", _ended(theirs), close + b" theirs\n")
    return b"".join(parts)


def _alike(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    """Count the lines that are alike at the beginning."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _ended(text: bytes) -> bytes:
    return text if not text or text.endswith(b"\n") else text + b"\n"


def _moved(comments: Comments, moves: Mapping[Triple, Triple]) -> Comments:
    """Give statements that were renumbered their comments."""
    nodes = {old[0]: new[0] for old, new in moves.items()}
    return replace(
        comments,
        above={moves.get(t, t): texts for t, texts in comments.above.items()},
        beside={moves.get(t, t): texts for t, texts in comments.beside.items()},
        above_subject={nodes.get(s, s): texts for s, texts in comments.above_subject.items()},
        beside_subject={nodes.get(s, s): texts for s, texts in comments.beside_subject.items()},
    )


def _comments(old: Comments, mine: Comments, other: Comments) -> Comments:
    return Comments(
        header=_texts(old.header, mine.header, other.header),
        above_subject=_places(old.above_subject, mine.above_subject, other.above_subject),
        beside_subject=_places(old.beside_subject, mine.beside_subject, other.beside_subject),
        above=_places(old.above, mine.above, other.above),
        beside=_places(old.beside, mine.beside, other.beside),
        footer=_texts(old.footer, mine.footer, other.footer),
    )


def _places(
    old: Mapping[Anchor, tuple[str, ...]],
    mine: Mapping[Anchor, tuple[str, ...]],
    other: Mapping[Anchor, tuple[str, ...]],
) -> dict[Anchor, tuple[str, ...]]:
    anchors = dict.fromkeys((*mine, *other))
    found = {a: _texts(old.get(a, ()), mine.get(a, ()), other.get(a, ())) for a in anchors}
    return {anchor: texts for anchor, texts in found.items() if texts}


def _texts(old: tuple[str, ...], mine: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Keep what either side added and neither took away."""
    if old == mine:
        return other
    kept = [text for text in mine if text in other or text not in old]
    return (*kept, *(text for text in other if text not in mine and text not in old))
