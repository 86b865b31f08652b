"""Bringing a repository's files into canonical form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from listkeeper.errors import ContentError
from listkeeper.settings import Settings
from listkeeper.store.files import write_all
from listkeeper.store.formatting import canonical, reformat
from listkeeper.store.workspace import SourceFile, classify, open_workspace
from repository import write_repository

if TYPE_CHECKING:
    from pathlib import Path

UNTIDY = {
    "needs/2.ttl": '<need/2>   skos:notation "2" ; a skos:Concept .',
    "needs/1.ttl": '<need/1> a skos:Concept ; skos:notation "1" .',
}


def file(name: str, data: bytes) -> SourceFile:
    return SourceFile(path=f"vocabularies/{name}", data=data, kind=classify(name))


def test_formatting_twice_changes_nothing(tmp_path: Path) -> None:
    """What is written is canonical."""
    workspace = open_workspace(write_repository(tmp_path, UNTIDY))
    changed, refused = reformat(workspace.files, workspace.settings)
    write_all(tmp_path, changed)

    again = open_workspace(tmp_path)

    assert (sorted(changed), refused) == ([f"vocabularies/{name}" for name in sorted(UNTIDY)], ())
    assert reformat(again.files, again.settings) == ({}, ())


REFUSED = [
    (b'<urn:a> <urn:b> "caf\xe9" .', 1, "is not UTF-8; save it as UTF-8"),
    (b'<urn:a> <urn:b> "x"\n<urn:c> .', 1, "',' is missing here"),
    (b'<urn:a> <urn:b> "x" .\n<urn:c> .', 2, ""),
    (b"<urn:a> <urn:b> [] .", 1, ""),
]


@pytest.mark.parametrize(("data", "line", "message"), REFUSED)
def test_what_cannot_be_kept_is_refused_at_its_place(data: bytes, line: int, message: str) -> None:
    """The file is named, and the others are formatted all the same."""
    good = file("needs/1.ttl", b"<urn:a>   <urn:b> <urn:c> .")
    bad = file("needs/2.ttl", data)

    changed, (error,) = reformat([good, bad], Settings())

    assert list(changed) == ["vocabularies/needs/1.ttl"]
    assert (error.path, error.line) == ("vocabularies/needs/2.ttl", line)
    assert message in error.message
    with pytest.raises(ContentError):
        canonical(bad, Settings())


@pytest.mark.parametrize("name", ["rocks.ttl", "needs/ids.txt", "needs/notes.docx"])
def test_what_is_not_ours_keeps_its_form(name: str) -> None:
    """A vocabulary of others in one file, and files that are no Turtle, are passed over."""
    assert reformat([file(name, b"<urn:a>   <urn:b> <urn:c> .")], Settings()) == ({}, ())


def test_the_default_language_comes_first() -> None:
    """It is that of the settings, whichever that is."""
    data = b'<urn:a> <urn:b> "x"@en, "y"@cy .'
    written = canonical(file("needs/1.ttl", data), Settings(languages=("cy", "en")))

    assert written.index(b'"y"@cy') < written.index(b'"x"@en')
