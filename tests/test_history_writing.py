"""Writing to Git without a checkout: what Git then shows is what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkout import Checkout, make_checkout
from listkeeper.errors import HistoryError
from listkeeper.store.history import Identity, Move, Writer, current_branch, identity, ref_target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANN = Identity(name="Ann Éditor", email="ann@example.org")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A repository with a commit."""
    made = make_checkout(tmp_path / "lists")
    made.commit({"needs/1.ttl": "# 1\n", "needs/2.ttl": "# 2\n"})
    return made


@pytest.fixture
def writer(checkout: Checkout) -> Iterator[Writer]:
    """Writes in Ann's name."""
    with checkout.open() as repository:
        yield Writer(repository, ANN)


def tree_of(checkout: Checkout, revision: str = "HEAD") -> str:
    return checkout.git("rev-parse", f"{revision}^{{tree}}")


def test_a_tree_in_which_files_are_others(checkout: Checkout, writer: Writer) -> None:
    """Changed, new, in new folders, removed; all others stay."""
    (checkout.root / "run.sh").write_text("#!/bin/sh\n", encoding="utf-8")
    (checkout.root / "run.sh").chmod(0o755)
    (checkout.root / "link").symlink_to("run.sh")
    checkout.record()
    made = writer.tree(
        tree_of(checkout),
        {
            "vocabularies/needs/1.ttl": b"# one\r\n",
            "vocabularies/needs/2.ttl": None,
            "a/b/c d é.txt": b"\0\xff",
            "run.sh": b"#!/bin/bash\n",
            "absent/file": None,
        },
    )

    listed = checkout.git("-c", "core.quotePath=false", "ls-tree", "-r", made).splitlines()
    found = {line.split("\t")[1]: line.split()[0] for line in listed}
    assert found == {
        "a/b/c d é.txt": "100644",
        "link": "120000",
        "listkeeper.toml": "100644",
        "run.sh": "100755",
        "vocabularies/needs/1.ttl": "100644",
    }
    assert checkout.git("cat-file", "-s", f"{made}:vocabularies/needs/1.ttl") == "7"
    assert checkout.git("fsck", "--strict") == "" or "dangling" in checkout.git("fsck", "--strict")


def test_a_folder_in_which_nothing_is_left(checkout: Checkout, writer: Writer) -> None:
    """Git has no empty folders; a file may take its place."""
    gone = {"vocabularies/needs/1.ttl": None, "vocabularies/needs/2.ttl": None}
    assert "vocabularies" not in checkout.git(
        "ls-tree", "-r", "--name-only", writer.tree(tree_of(checkout), gone)
    )
    assert writer.tree("", {}) == ""


PARTS = st.sampled_from(["a", "b", "c", "a.b", "a-b", "é"])
PLACES = st.lists(PARTS, min_size=1, max_size=3).map("/".join)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.dictionaries(PLACES, st.binary(max_size=5), min_size=1, max_size=6))
def test_any_files(checkout: Checkout, writer: Writer, files: dict[str, bytes]) -> None:
    """Every file is in the tree with its bytes, in the order that Git wants."""
    whole = {f"{path}.txt": data for path, data in files.items()}
    tree = writer.tree("", whole)
    listed = checkout.git("-c", "core.quotePath=false", "ls-tree", "-r", tree).splitlines()

    read = {line.split("\t")[1]: line.split()[2] for line in listed}
    assert {path: writer.repository.objects.read(blob).data for path, blob in read.items()} == whole


def test_commits_and_tags_carry_the_name(checkout: Checkout, writer: Writer) -> None:
    """Author, committer and tagger; nothing names them before the refs move."""
    head = checkout.git("rev-parse", "HEAD")
    commit = writer.commit(tree_of(checkout), (head,), "Süßes\n\nBody.\n")
    tag = writer.tag("v1", commit, "Message")
    assert checkout.git("tag", "--list") == ""

    writer.move((Move("refs/heads/main", commit, head), Move("refs/tags/v1", tag)), "test")
    log = checkout.git("log", "-1", "--format=%an|%ae|%cn|%s|%P")
    assert log == f"Ann Éditor|ann@example.org|Ann Éditor|Süßes|{head}"
    assert "tagger Ann Éditor <ann@example.org>" in checkout.git("cat-file", "tag", "v1")
    assert "test" in checkout.git("reflog", "-1")


def test_refs_move_together_or_not_at_all(checkout: Checkout, writer: Writer) -> None:
    """One that is not where it has to be keeps the others from moving."""
    head = checkout.git("rev-parse", "HEAD")
    commit = writer.commit(tree_of(checkout), (head,), "New")
    checkout.git("tag", "v1")
    before = checkout.git("for-each-ref")
    for moves in (
        (Move("refs/heads/main", commit, head), Move("refs/tags/v1", commit)),
        (Move("refs/heads/main", commit, commit), Move("refs/tags/v2", commit)),
        (Move("refs/heads/main", "0" * 39 + "1", head), Move("refs/tags/v2", commit)),
    ):
        with pytest.raises(HistoryError, match="nothing was changed"):
            writer.move(moves, "test")
        assert checkout.git("for-each-ref") == before


def test_the_branch_checked_out(checkout: Checkout, writer: Writer) -> None:
    """By its full name; none for a detached HEAD; also where it has no commit yet."""
    repository = writer.repository
    assert current_branch(repository) == "refs/heads/main"
    assert ref_target(repository, "refs/heads/main") == checkout.git("rev-parse", "HEAD")
    assert ref_target(repository, "refs/heads/mai") == ""
    checkout.git("switch", "--quiet", "--orphan", "größe/neu")
    assert current_branch(repository) == "refs/heads/größe/neu"
    assert ref_target(repository, "refs/heads/größe/neu") == ""
    checkout.git("checkout", "--quiet", "--detach", "main")
    assert current_branch(repository) is None


def test_who_the_user_is(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the repository's configuration; the environment comes first, as Git has it."""
    checkout.git("config", "user.name", "Bob")
    checkout.git("config", "user.email", "bob@example.org")
    for name in ("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.delenv(name, raising=False)
    with checkout.open() as repository:
        assert identity(repository) == Identity(name="Bob", email="bob@example.org")
        monkeypatch.setenv("GIT_COMMITTER_NAME", "Ann")
        assert identity(repository).name == "Ann"
