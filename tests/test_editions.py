"""Editions: any revision opened whole, what revisions share kept once, memory bounded."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

import pytest

from checkout import Checkout, make_checkout
from listkeeper.edition import load
from listkeeper.editions import Editions, ParsedFiles
from listkeeper.errors import RevisionError
from listkeeper.store.workspace import FileKind, SourceFile, open_workspace
from repository import HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from listkeeper.store.history import Repository

NEED: Final = '<need/{0}> a skos:Concept ; skos:notation "{0}" ; skos:prefLabel "{1}"@en .\n'
LIST: Final = '<list/needs> a skos:ConceptScheme ; def:segment "need" .\n'
FILES: Final = {
    "needs/list.ttl": LIST,
    **{f"needs/{n}.ttl": NEED.format(n, f"Need {n}") for n in (1, 2)},
}


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A repository with two releases; the second renames a need."""
    made = make_checkout(tmp_path)
    made.commit(FILES)
    made.release("2026.01")
    made.commit({"needs/1.ttl": NEED.format(1, "Company")})
    made.release("2026.02")
    return made


@pytest.fixture
def repository(checkout: Checkout) -> Iterator[Repository]:
    """The same, opened."""
    with checkout.open() as opened:
        yield opened


def labels(editions: Editions, revision: str) -> list[str]:
    concepts = editions.open(revision).vocabulary.concepts.values()
    return [concept.label().value for concept in concepts]


def test_any_revision_is_an_edition(checkout: Checkout, repository: Repository) -> None:
    """A past release is what it was; the newest is what a checkout of it loads as."""
    editions = Editions(repository)
    folder = load(open_workspace(checkout.root))

    assert labels(editions, "2026.01") == ["Need 1", "Need 2"]
    assert list(editions.open("2026.02").authored) == list(folder.authored)
    assert editions.open("2026.02").vocabulary == folder.vocabulary
    assert editions.open("2026.02").homes == folder.homes


def test_commits_that_share_the_lists_share_an_edition(
    checkout: Checkout, repository: Repository
) -> None:
    """An edition is kept by the content of its folder, whatever it is called."""
    (checkout.top / "README").write_text("beside")
    (checkout.top / "README").unlink()
    checkout.record("Nothing changed")
    editions = Editions(repository)

    assert editions.open("HEAD") is editions.open("2026.02")
    assert editions.open("HEAD") is editions.open(repository.resolve("main"))


def test_files_that_revisions_share_are_parsed_once(repository: Repository) -> None:
    """Triples of the same blob at the same path are the same objects."""
    editions = Editions(repository)
    first, second = editions.open("2026.01"), editions.open("2026.02")
    shared = "vocabularies/needs/2.ttl"

    assert first is not second
    assert editions.files.parse(first.files[shared]) is editions.files.parse(second.files[shared])


def test_what_is_kept_is_bounded(repository: Repository) -> None:
    """Of editions the last are kept; of triples, so many bytes of Turtle."""
    editions = Editions(repository, kept=1, parsed=1)
    first = editions.open("2026.01")
    editions.open("2026.02")

    assert editions.open("2026.01") is not first
    assert list(editions.open("2026.01").authored) == list(first.authored)
    assert not editions.files._known  # noqa: SLF001 - how much is kept is the point


def test_the_last_used_are_kept() -> None:
    """What was used last is the last to go."""
    size = len(HEADER)
    files = ParsedFiles(most=2 * size)
    one, two, three = (
        SourceFile(path="a.ttl", data=HEADER.encode(), kind=FileKind.CONCEPT, blob=blob)
        for blob in ("1" * 40, "2" * 40, "3" * 40)
    )
    kept, gone = files.parse(one), files.parse(two)
    files.parse(one)
    files.parse(three)

    assert files.parse(one) is kept
    assert files.parse(two) is not gone


def test_a_file_that_is_not_turtle(checkout: Checkout, repository: Repository) -> None:
    """It is unreadable in each edition that has it, and hides no other file."""
    checkout.commit({"needs/1.ttl": "nonsense"})
    editions = Editions(repository, kept=1)
    for _ in range(2):
        assert [e.path for e in editions.open("HEAD").unreadable] == ["vocabularies/needs/1.ttl"]
        assert labels(editions, "HEAD") == ["Need 2"]
        assert labels(editions, "2026.01") == ["Need 1", "Need 2"]


def test_a_revision_that_can_not_be_opened(checkout: Checkout, repository: Repository) -> None:
    """It is told; the next one opens."""
    (checkout.root / "listkeeper.toml").unlink()
    checkout.record()
    editions = Editions(repository)
    with pytest.raises(RevisionError, match=r"has no listkeeper\.toml"):
        editions.open("HEAD")

    assert labels(editions, "2026.01")


def test_editions_from_many_threads(repository: Repository) -> None:
    """Threads that open the same revisions get the same editions."""
    editions = Editions(repository)
    found: list[tuple[str, int]] = []

    def open_both() -> None:
        found.extend((name, id(editions.open(name))) for name in ("2026.01", "2026.02"))

    threads = [threading.Thread(target=open_both) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 16
    assert len(set(found)) == 2
