"""The blind test of definitions: does a definition point to its own service without its label?

The label's words are struck out of each definition; the words left are ranked by BM25 (SQLite's
FTS5, Porter stems) against the descriptions of the Local Government Association's list, which
lies beside the checkout and is not part of it. Counted is the own code among the first five.

Each miss stands in ``misses.csv`` with the verdict of whoever read it.
"""

from __future__ import annotations

import csv
import os
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from listkeeper.edition import load
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
SHARED = Path(os.environ.get("LISTKEEPER_SHARED", ROOT.parent / "shared"))
FIRST = 5
COMMON = frozenset(
    {
        *("a", "about", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "by"),
        *(
            "can",
            "do",
            "does",
            "each",
            "for",
            "from",
            "has",
            "have",
            "how",
            "if",
            "in",
            "into",
            "is",
        ),
        *(
            "it",
            "its",
            "may",
            "more",
            "most",
            "must",
            "no",
            "not",
            "of",
            "off",
            "on",
            "one",
            "only",
        ),
        *(
            "or",
            "other",
            "out",
            "over",
            "own",
            "so",
            "some",
            "such",
            "than",
            "that",
            "the",
            "their",
        ),
        *("them", "then", "there", "these", "they", "this", "those", "to", "under", "up", "use"),
        *("used", "was", "what", "when", "where", "which", "while", "who", "whom", "whose", "will"),
        *("with", "without", "you", "your"),
    }
)
"""Words that every text has."""


class Outcome(NamedTuple):
    """The rank of a service's own description, None where it is not found at all."""

    code: str
    rank: int | None


def words(text: str) -> list[str]:
    """Give the words of a text in lower case."""
    return re.findall(r"[a-z0-9]+", text.lower())


def left_over(definition: str, label: str) -> list[str]:
    """Strike the label's words, in singular and plural, out of a definition."""
    struck = {form for word in words(label) for form in (word, f"{word}s", word.removesuffix("s"))}
    return [word for word in words(definition) if word not in struck | COMMON]


def described(path: Path) -> sqlite3.Connection:
    """Index the descriptions of the source list."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE d USING fts5(code UNINDEXED, text, tokenize='porter')")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = ((r["Identifier"], r["Description"]) for r in csv.DictReader(stream))
        database.executemany("INSERT INTO d VALUES (?, ?)", (row for row in rows if row[1].strip()))
    return database


def outcomes(database: sqlite3.Connection) -> Iterator[Outcome]:
    """Rank every service that has a definition here and a description there."""
    known = {code for (code,) in database.execute("SELECT code FROM d")}
    for service in load(open_workspace(ROOT)).vocabulary.members("services"):
        definition = service.definition()
        if definition and service.notation in known:
            query = " OR ".join(left_over(definition.value, service.label().value)) or "nothing"
            found = database.execute("SELECT code FROM d WHERE d MATCH ? ORDER BY rank", (query,))
            order = [code for (code,) in found]
            rank = order.index(service.notation) + 1 if service.notation in order else None
            yield Outcome(service.notation, rank)


def verdicts() -> dict[str, str]:
    """Read what was said of earlier misses."""
    with (FOLDER / "misses.csv").open(encoding="utf-8", newline="") as stream:
        return {row["Code"]: row["Verdict"] for row in csv.DictReader(stream)}


def report(found: Iterable[Outcome]) -> None:
    """Print the share that was hit, and each miss with its verdict."""
    results = list(found)
    misses = [o for o in results if o.rank is None or o.rank > FIRST]
    said = verdicts()
    share = 1 - len(misses) / len(results)
    print(f"{len(results)} definitions, own description among the first {FIRST}: {share:.1%}")
    for miss in misses:
        print(f"  {miss.code:>6}  rank {miss.rank or '-'}  {said.get(miss.code, 'not read yet')}")


def main() -> None:
    """Run the test, or say what it needs."""
    path = SHARED / "data" / "lists" / "services.csv"
    if path.exists():
        report(outcomes(described(path)))
    else:
        print(f"Blind test of definitions: needs {path.name} in {path.parent}; not run")


if __name__ == "__main__":
    main()
