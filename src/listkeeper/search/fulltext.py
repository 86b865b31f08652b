"""Words in names and texts by SQLite's FTS5, in memory (https://www.sqlite.org/fts5.html)."""

from __future__ import annotations

import sqlite3
import time
from threading import Lock
from typing import TYPE_CHECKING, Final

from listkeeper.search.names import Kind, prose_of
from listkeeper.search.text import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listkeeper.model import Concept
    from listkeeper.search.names import Name

TABLE: Final = (
    "CREATE VIRTUAL TABLE entries USING fts5("
    "label, former, other, prose, marks, content='', prefix='3', "
    "tokenize='porter unicode61')"
)
RANK: Final = (
    "SELECT rowid, -bm25(entries, 10.0, 4.0, 4.0, 1.0, 0.0) AS score FROM entries "
    "WHERE entries MATCH ? ORDER BY score DESC, rowid LIMIT ?"
)
RETIRED: Final = "tretired"
DEADLINE: Final = 0.25
"""Seconds after which a query ends with what the index gave: nothing."""

STEPS: Final = 20_000
"""Steps of SQLite's machine between two looks at the clock."""

SHORTEST_PREFIX: Final = 3
"""Signs of the shortest word that is also looked for as the beginning of others."""


class FullText:
    """The words of each concept; shared by threads, one query at a time."""

    def __init__(
        self,
        concepts: Sequence[Concept],
        names: Sequence[Sequence[Name]],
        marks: Sequence[str],
    ) -> None:
        """Index concepts by their numbers.

        Args:
            concepts: the concepts.
            names: the names of each.
            marks: the marks of each that filters ask for.
        """
        self._lock = Lock()
        self._until = 0.0
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._connection.execute(TABLE)
        rows = (
            (number, *_columns(concept, named), marked)
            for number, (concept, named, marked) in enumerate(
                zip(concepts, names, marks, strict=True)
            )
        )
        insert = (
            "INSERT INTO entries(rowid, label, former, other, prose, marks) VALUES(?,?,?,?,?,?)"
        )
        self._connection.executemany(insert, rows)
        self._connection.commit()
        self._connection.set_progress_handler(self._is_late, STEPS)

    def all_of(
        self, words: Sequence[str], marks: Iterable[str], limit: int, *, retired: bool
    ) -> Iterator[int]:
        """Give the concepts that have every word, the last perhaps unfinished, by BM25.

        Args:
            words: folded words.
            marks: marks they must have.
            limit: how many to give at most.
            retired: whether the retired ones are wanted, or all others.
        """
        if words:
            *most, last = (f'"{word}"' for word in words)
            star = "*" if len(words[-1]) >= SHORTEST_PREFIX else ""
            asked = " AND ".join(
                ["{label former other prose} : " + w for w in (*most, last + star)]
            )
            wanted = [*marks, RETIRED] if retired else marks
            missing = "" if retired else f" NOT marks : {RETIRED}"
            query = f"({asked}{_marked(wanted)}){missing}"
            yield from (number for number, _ in self._rows(query, limit))

    def any_of(
        self, words: Sequence[str], marks: Iterable[str], limit: int
    ) -> list[tuple[int, float]]:
        """Give the concepts that have any of some words, with their scores by BM25.

        Args:
            words: folded words.
            marks: marks they must have.
            limit: how many to give at most.
        """
        if not words:
            return []
        asked = " OR ".join(f'"{word}"' for word in dict.fromkeys(words))
        return self._rows(f"({{label former other prose}} : ({asked})){_marked(marks)}", limit)

    def _rows(self, query: str, limit: int) -> list[tuple[int, float]]:
        with self._lock:
            self._until = time.monotonic() + DEADLINE
            try:
                return self._connection.execute(RANK, (query, limit)).fetchall()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                    raise
                return []

    def _is_late(self) -> int:
        return int(time.monotonic() > self._until)


def _marked(marks: Iterable[str]) -> str:
    return "".join(f' AND marks : "{mark}"' for mark in marks)


def _columns(concept: Concept, names: Sequence[Name]) -> tuple[str, str, str, str]:
    joined: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    for name in names:
        joined[name.kind].append(name.folded)
    label, former = " ".join(joined[Kind.LABEL]), " ".join(joined[Kind.FORMER])
    other = " ".join((*joined[Kind.OTHER], *joined[Kind.DRAFT]))
    return label, former, other, normal(prose_of(concept))
