"""The examples: questions and the queries that answer them, one file each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

FOLDER: Final = "queries"
"""Folder of the examples in ``site_templates``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A question and the query that answers it."""

    name: str
    question: str
    text: str
    """The query, which begins by saying what its IRIs are relative to."""


def read_examples(templates: Path, base: str) -> tuple[Example, ...]:
    """Read the examples, in the order of their file names.

    Each is SPARQL without ``BASE``, so that it moves with the base URI, and its first line is
    the question as a comment.

    Args:
        templates: the folder ``site_templates``.
        base: the base URI of the lists.
    """
    files = sorted((templates / FOLDER).glob("*.rq"))
    return tuple(_example(file.stem, file.read_text("utf-8"), base) for file in files)


def _example(name: str, text: str, base: str) -> Example:
    first, _, rest = text.strip().partition("\n")
    question = first.removeprefix("#").strip()
    return Example(name=name, question=question, text=f"BASE <{base}>\n{rest}")
