"""Two states of the sample lists: one as it is, one with a few words of its files replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.changes.compare import compare
from listkeeper.edition import load
from listkeeper.publish.change_reports.wording import detail_words, rendered
from listkeeper.store.workspace import open_workspace
from sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from listkeeper.changes.model import Change, Changes
    from listkeeper.edition import Edition

Edit = tuple[str, str, str]
"""A file, words in it, and what stands there instead; without words a new or a removed file."""


def edit(folder: Path, edits: Iterable[Edit]) -> None:
    """Replace words in files; a file is removed where nothing stands instead of no words."""
    for name, old, new in edits:
        path = folder / "vocabularies" / name
        if old:
            text = path.read_text("utf-8")
            assert text.count(old) >= 1, (name, old)
            path.write_text(text.replace(old, new), "utf-8")
        elif new:
            head = (folder / "vocabularies/services/05/559.ttl").read_text("utf-8")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(head.split("\n\n")[0] + "\n\n" + new, "utf-8")
        else:
            path.unlink()


def loaded(folder: Path) -> Edition:
    """Load a repository."""
    return load(open_workspace(folder))


def changed(folder: Path, *edits: Edit) -> Changes:
    """Compare the sample with itself edited."""
    before = loaded(write_sample(folder))
    edit(folder, edits)
    return compare(before, loaded(folder))


def told(changes: Iterable[Change]) -> list[tuple[str, str, str]]:
    """Give kind, code and words of each change."""
    return [
        (
            change.kind.value,
            change.subject.code or change.subject.uri,
            rendered(detail_words(change), lambda quoted: quoted.text),
        )
        for change in changes
    ]
