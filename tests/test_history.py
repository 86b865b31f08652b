"""History: revisions, commits and releases from real Git repositories, good and bad."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest

from checkout import Checkout, make_checkout
from listkeeper.errors import HistoryError, ListkeeperError, RevisionError, SettingsError
from listkeeper.store.history import (
    Repository,
    changed_paths,
    find_repository,
    is_dirty,
    object_id,
    open_repository,
    open_revision,
    read_folder,
)
from listkeeper.store.history.commits import moment, parse_commits
from listkeeper.store.history.git import Git
from listkeeper.store.history.objects import ObjectReader
from listkeeper.store.history.trees import parse_tree
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIST: Final = "<list/needs> a skos:ConceptScheme .\n"
NEED: Final = '<need/1> a skos:Concept ; skos:prefLabel "{}"@en .\n'
FILES: Final = {"needs/list.ttl": LIST, "needs/1.ttl": NEED.format("Company")}

OPTION_LIKE: Final = (
    *("--upload-pack=touch pwned", "-o", "--output=pwned", "--all", "--exec=touch pwned", "-"),
    *("HEAD --output=pwned", "$(touch pwned)", "`touch pwned`", "main;touch pwned", "HEAD|cat"),
)
NO_REVISION: Final = (
    *("", " ", "main\nHEAD", "main\0", "nonsuch", "HEAD~99", "deadbeef", "@{upstream}", "main:"),
    *("HEAD:listkeeper.toml", "a" * 251, "f" * 40, "0" * 64, "^main", "main..HEAD", "..", "@{-1}"),
)
HOSTILE: Final = """
[core]
    fsmonitor = touch {0}/fsmonitor; false
    hooksPath = {0}/hooks
    pager = touch {0}/pager
    sshCommand = touch {0}/ssh
    editor = touch {0}/editor
[diff]
    external = touch {0}/external
[diff "turtle"]
    textconv = touch {0}/textconv; cat
    command = touch {0}/command
[filter "turtle"]
    clean = touch {0}/clean; cat
    smudge = touch {0}/smudge; cat
    process = touch {0}/process
    required = true
[log]
    showSignature = true
[gpg]
    program = touch {0}/gpg
[protocol "ext"]
    allow = always
[remote "origin"]
    url = ext::touch {0}/ext
    promisor = true
[extensions]
    partialClone = origin
[alias]
    cat-file = !touch {0}/alias
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A repository with two commits and a release of the first."""
    made = make_checkout(tmp_path / "lists")
    made.commit(FILES, "First lists\n\nWith one need.")
    made.release("2026.01", "The January release.\n\nOne need.")
    made.commit({"needs/1.ttl": NEED.format("Companionship")}, "Rename the need")
    return made


@pytest.fixture
def repository(checkout: Checkout) -> Iterator[Repository]:
    """The same, opened."""
    with checkout.open() as opened:
        yield opened


def texts(repository: Repository, revision: str) -> dict[str, bytes]:
    return {file.path: file.data for file in open_revision(repository, revision).files}


def test_a_revision_is_read_as_its_checkout_would_be(checkout: Checkout) -> None:
    """Same settings, files, order and kinds as the folder; each with its blob's name."""
    checkout.commit({"needs/a/2.ttl": NEED, "needs-b/3.ttl": NEED, "needs/.hidden.ttl": NEED})
    folder = open_workspace(checkout.root)
    with checkout.open() as repository:
        revision = open_revision(repository, "main")

    assert revision.settings == folder.settings
    assert [(f.path, f.data, f.kind) for f in revision.files] == [
        (f.path, f.data, f.kind) for f in folder.files
    ]
    assert [file.blob for file in revision.files] == [
        object_id("blob", file.data) for file in folder.files
    ]


def test_a_revision_is_read_with_its_own_settings(checkout: Checkout) -> None:
    """An older revision keeps the base it was made with."""
    checkout.commit({}, settings='format = 1\nbase_uri = "https://new.example.org/"\n')
    with checkout.open() as repository:
        bases = [open_revision(repository, r).settings.base_uri for r in ("2026.01", "HEAD")]

    assert bases == ["https://lists.example.org/", "https://new.example.org/"]


def test_history_is_not_read_from_the_checkout(checkout: Checkout, repository: Repository) -> None:
    """What lies in the folder, and what is staged, changes nothing of a revision."""
    before = texts(repository, "HEAD")
    checkout.write({"needs/1.ttl": "not Turtle"})
    checkout.git("add", ".")

    assert texts(repository, "HEAD") == before


@pytest.mark.parametrize("below", ["", "sub", "two/deep è"])
def test_lists_in_a_folder_of_the_repository(tmp_path: Path, below: str) -> None:
    """The lists repository may be any folder of Git's; paths are those from its own root."""
    made = make_checkout(tmp_path, below)
    (tmp_path / "README").write_text("beside")
    made.commit(FILES)
    with made.open() as repository:
        assert sorted(texts(repository, "main")) == [
            "vocabularies/needs/1.ttl",
            "vocabularies/needs/list.ttl",
        ]
        paths = [change.path for change in repository.commit("main").changes]

    assert [path for path in paths if path != "README"] == [
        "listkeeper.toml",
        "vocabularies/needs/1.ttl",
        "vocabularies/needs/list.ttl",
    ]


def test_a_worktree(checkout: Checkout, tmp_path: Path) -> None:
    """A second working tree sees its own HEAD and the common releases."""
    checkout.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "other"), "HEAD~1")
    with open_repository(tmp_path / "other") as repository:
        assert repository.head() == checkout.git("rev-parse", "HEAD~1")
        assert [release.name for release in repository.releases()] == ["2026.01"]
        assert not is_dirty(repository, tmp_path / "other")


def test_objects_named_by_sha256(tmp_path: Path) -> None:
    """A repository that names objects by SHA-256 is read alike."""
    made = make_checkout(tmp_path, "", "--object-format=sha256")
    made.commit(FILES)
    made.release("2026.01")
    with made.open() as repository:
        files = open_revision(repository, "2026.01").files
        assert {len(file.blob) for file in files} == {64}
        assert not is_dirty(repository, tmp_path)


def test_no_git_repository(tmp_path: Path) -> None:
    """Without a repository there is no history, said in one line or by None."""
    assert find_repository(tmp_path) is None
    with pytest.raises(HistoryError, match="is not in a Git repository; everything but history"):
        open_repository(tmp_path)


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git is not installed, only history is missing."""
    monkeypatch.setenv("PATH", str(tmp_path))

    assert find_repository(tmp_path) is None
    with pytest.raises(HistoryError, match="git is not installed"):
        open_repository(tmp_path)


def test_a_bare_repository(tmp_path: Path) -> None:
    """A repository without a working tree has no place where lists lie."""
    make_checkout(tmp_path, "", "--bare")

    with pytest.raises(HistoryError, match="bare repository"):
        open_repository(tmp_path)


def test_an_empty_repository(tmp_path: Path) -> None:
    """Before the first commit there is no revision, no release, and everything is new."""
    made = make_checkout(tmp_path)
    made.write(FILES)
    with made.open() as repository:
        assert repository.head() is None
        assert repository.releases() == ()
        assert is_dirty(repository, tmp_path)
        with pytest.raises(RevisionError, match="no commit yet"):
            open_revision(repository, "main")


def test_a_detached_head(checkout: Checkout) -> None:
    """HEAD need not be a branch."""
    checkout.git("checkout", "--quiet", "--detach", "HEAD~1")
    with checkout.open() as repository:
        assert repository.head() == repository.resolve("2026.01")


@pytest.mark.parametrize("words", OPTION_LIKE)
def test_revisions_that_look_like_options(
    checkout: Checkout, repository: Repository, words: str
) -> None:
    """Such a revision is none; git never takes it for an option, no shell ever sees it."""
    with pytest.raises(RevisionError):
        repository.resolve(words)

    assert not list(checkout.top.rglob("pwned"))


def test_a_branch_that_looks_like_an_option(checkout: Checkout, repository: Repository) -> None:
    """Git lets such a branch be made by its plumbing; it is read like any other."""
    checkout.git("update-ref", "refs/heads/--output=pwned", "HEAD~1")

    assert repository.resolve("--output=pwned") == repository.resolve("2026.01")


@pytest.mark.parametrize("revision", NO_REVISION)
def test_no_such_revision(repository: Repository, revision: str) -> None:
    """What names no commit is told in one line and ends a command with 2."""
    with pytest.raises(RevisionError) as caught:
        repository.resolve(revision)

    assert caught.value.exit_code == 2
    assert len(str(caught.value).splitlines()) == 1


def test_near_names_are_told(repository: Repository) -> None:
    """A slip of the finger is answered with the name that was meant."""
    with pytest.raises(RevisionError, match=r"2026\.10: no such revision; did you mean 2026\.01\?"):
        repository.resolve("2026.10")


def test_names_of_revisions(checkout: Checkout, repository: Repository) -> None:
    """Tags, branches, HEAD and parts of a commit's name all lead to the full name."""
    commit = checkout.git("rev-parse", "HEAD~1")

    assert {repository.resolve(r) for r in ("2026.01", "HEAD~1", commit, commit[:9], "main^")} == {
        commit
    }


def test_commits(repository: Repository) -> None:
    """Commits come newest first, with who, when, why and what changed."""
    second, first = repository.commits("main")

    assert (first.author, first.subject, first.body) == (
        *("Ann Editor", "First lists"),
        "With one need.",
    )
    assert first.committed == datetime(2026, 1, 4, tzinfo=UTC)
    assert second.parents == (first.id,)
    assert [(c.path, bool(c.before[0]), bool(c.after)) for c in second.changes] == [
        ("vocabularies/needs/1.ttl", True, True)
    ]
    assert len(first.changes) == 3
    assert [c.id for c in repository.commits("main", "2026.01")] == [second.id]


def test_changes_tell_blobs(repository: Repository) -> None:
    """A change tells the file's blob before and after; a removed file has none after."""
    change = repository.commit("main").changes[0]
    old, new = repository.objects.read_many((change.before[0], change.after))

    assert old.data.endswith(NEED.format("Company").encode())
    assert new.data.endswith(NEED.format("Companionship").encode())


def test_a_removed_file(checkout: Checkout) -> None:
    """Removal is a change without a blob after it."""
    checkout.commit({"needs/1.ttl": None})
    with checkout.open() as repository:
        change = repository.commit("main").changes[0]

    assert (change.path, change.after, change.mode) == ("vocabularies/needs/1.ttl", "", "000000")


def test_a_merge_tells_only_what_it_did_itself(checkout: Checkout) -> None:
    """Files taken over from a parent are told by that parent's commits."""
    checkout.git("checkout", "--quiet", "-b", "side")
    checkout.commit({"needs/2.ttl": NEED.format("Rest")})
    checkout.git("checkout", "--quiet", "main")
    checkout.commit({"needs/3.ttl": NEED.format("Food")})
    checkout.git("merge", "--quiet", "--no-commit", "side")
    checkout.commit({"needs/2.ttl": NEED.format("Quiet")}, "Merge")
    with checkout.open() as repository:
        merge, *others = repository.commits("main")

    assert len(merge.parents) == 2
    assert [(c.path, len(c.before)) for c in merge.changes] == [("vocabularies/needs/2.ttl", 2)]
    assert {c.path for commit in others for c in commit.changes} >= {
        "vocabularies/needs/2.ttl",
        "vocabularies/needs/3.ttl",
    }


def test_odd_texts_in_commits(checkout: Checkout) -> None:
    """Colons, separators and bytes that are no UTF-8 in a message break nothing."""
    message = ":100644 100644 a b M\x01\x1f\n\n:body\n\n--\n::x"
    made = checkout.commit({'needs/è "2"\t.ttl': NEED}, message)
    checkout.git("config", "i18n.commitEncoding", "latin1")
    with checkout.open() as repository:
        commit = repository.commit(made)

    assert commit.subject == message.split("\n", 1)[0]
    assert commit.body == ":body\n\n--\n::x"
    assert [change.path for change in commit.changes] == ['vocabularies/needs/è "2"\t.ttl']


def test_a_commit_without_changes(checkout: Checkout) -> None:
    """It is told all the same, between those that have some."""
    checkout.record("Nothing")
    checkout.commit({"needs/2.ttl": NEED})
    with checkout.open() as repository:
        assert [len(commit.changes) for commit in repository.commits("main")] == [1, 0, 1, 3]


@pytest.mark.parametrize("seconds", ["", "x", "9" * 30, "-99999999999999"])
def test_impossible_dates(seconds: str) -> None:
    """A commit may claim any date; one out of reach is taken for the first of all."""
    assert moment(seconds).year == 1970


def test_releases(checkout: Checkout, repository: Repository) -> None:
    """A release has its name, commit, date, tagger and message."""
    (release,) = repository.releases()

    assert (release.name, release.commit, release.tagger, release.message, release.problem) == (
        *("2026.01", checkout.git("rev-parse", "HEAD~1")),
        *("Ann Editor", "The January release.\n\nOne need.", ""),
    )
    assert release.date == datetime(2026, 1, 6, tzinfo=UTC)


def test_what_is_a_release(checkout: Checkout) -> None:
    """Year and month, perhaps a number; annotated; in the order they were made."""
    for name in (
        "2026.11",
        "2026.2",
        "2026.13",
        "v2026.11",
        "2026.01.10",
        "2026.01.2",
        "2026.01.0",
    ):
        checkout.release(name)
    checkout.git("tag", "2026.12")
    with checkout.open() as repository:
        names = [release.name for release in repository.releases()]

    assert names == ["2026.01", "2026.01.2", "2026.01.10", "2026.11"]


def test_releases_that_a_commit_comes_from(checkout: Checkout) -> None:
    """A release of another branch is left out where that is asked for."""
    checkout.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    checkout.commit({"needs/2.ttl": NEED})
    checkout.release("2026.02")
    with checkout.open() as repository:
        names = [release.name for release in repository.releases(reachable_from="main")]
        assert len(repository.releases()) == 2

    assert names == ["2026.01"]


def test_tags_of_odd_things(checkout: Checkout) -> None:
    """A tag of a tag is followed; a tag of a file is a release that says what is wrong."""
    checkout.git("tag", "-a", "2026.02", "2026.01", "-m", "Again")
    checkout.git("tag", "-a", "2026.03", "HEAD:listkeeper.toml", "-m", "A file")
    with checkout.open() as repository:
        first, second, third = repository.releases()

    assert second.commit == first.commit
    assert (third.commit, third.problem) == ("", "the tag names a blob, not a commit")


def test_signatures_are_no_part_of_a_message(checkout: Checkout) -> None:
    """What a signature adds to a tag is left out of its message."""
    signed = "Said.\n-----BEGIN PGP SIGNATURE-----\nabc\n-----END PGP SIGNATURE-----"
    checkout.release("2026.02", signed)
    with checkout.open() as repository:
        assert repository.releases()[-1].message == "Said."


def test_a_broken_commit_hides_no_other(checkout: Checkout) -> None:
    """Revisions with wrong settings, none, or no lists are each told; the others open."""
    checkout.commit({}, settings="format = 2\n")
    checkout.release("2026.02")
    (checkout.root / "listkeeper.toml").write_bytes(b"\xff")
    checkout.record()
    checkout.release("2026.03")
    (checkout.root / "listkeeper.toml").unlink()
    checkout.record()
    checkout.release("2026.04")
    told = {}
    with checkout.open() as repository:
        for release in repository.releases():
            try:
                open_revision(repository, release.name)
            except ListkeeperError as error:
                told[release.name] = (type(error), str(error))
        assert texts(repository, "2026.01")

    assert told == {
        "2026.02": (
            SettingsError,
            "2026.02:listkeeper.toml: format: 2 is not read here; this version reads 1",
        ),
        "2026.03": (
            SettingsError,
            "2026.03:listkeeper.toml: is not UTF-8 text (invalid start byte)",
        ),
        "2026.04": (RevisionError, "2026.04: has no listkeeper.toml; it holds no lists"),
    }


def test_links_and_other_repositories_are_refused(checkout: Checkout) -> None:
    """Modes 120000 and 160000 are told as the folder tells links, and never followed."""
    (checkout.root / "vocabularies" / "needs" / "2.ttl").symlink_to("/etc/passwd")
    checkout.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},vocabularies/other")
    checkout.git("add", "vocabularies/needs/2.ttl")
    checkout.git("commit", "--quiet", "-m", "Odd")
    with checkout.open() as repository:
        unreadable = open_revision(repository, "HEAD").unreadable

    assert unreadable == (
        ("vocabularies/needs/2.ttl", "is a symbolic link; put the file itself here"),
        ("vocabularies/other", "is another Git repository; put the files themselves here"),
    )
    assert unreadable[0] in open_workspace(checkout.root).unreadable


def test_folders_without_end(checkout: Checkout) -> None:
    """Folders that lie too deep are told, not followed."""
    checkout.commit({"needs/" + "a/" * 30 + "1.ttl": NEED})
    with checkout.open() as repository:
        ((path, why),) = open_revision(repository, "HEAD").unreadable

    assert path == "vocabularies/needs" + "/a" * 19
    assert why.startswith("lies too deep")


def test_a_shallow_clone(checkout: Checkout, tmp_path: Path) -> None:
    """What a shallow clone lacks is told with what to do; what it has is read."""
    origin = f"file://{checkout.top}"
    checkout.git("clone", "--quiet", "--depth=1", origin, str(tmp_path / "clone"))
    with open_repository(tmp_path / "clone") as repository:
        assert repository.is_shallow
        assert repository.upstream() == repository.head()
        assert len(list(repository.commits("HEAD"))) == 1
        assert texts(repository, "HEAD")
        with pytest.raises(RevisionError, match="git fetch --unshallow --tags"):
            repository.resolve("2026.01")


def test_a_partial_clone_fetches_nothing(checkout: Checkout, tmp_path: Path) -> None:
    """Missing files are told one by one; nothing is fetched behind our back."""
    checkout.git("config", "uploadpack.allowFilter", "true")
    words = ("--quiet", "--filter=blob:none", "--no-checkout", f"file://{checkout.top}")
    checkout.git("clone", *words, str(tmp_path / "clone"))
    with (
        open_repository(tmp_path / "clone") as repository,
        pytest.raises(HistoryError, match=r"is (missing|broken or was never fetched)"),
    ):
        open_revision(repository, "HEAD")


def objects_of(checkout: Checkout, revision: str) -> Path:
    name = checkout.git("rev-parse", revision)
    return checkout.top / ".git" / "objects" / name[:2] / name[2:]


@pytest.mark.parametrize("damage", ["missing", "garbage", "empty", "another"])
def test_a_damaged_file(checkout: Checkout, damage: str) -> None:
    """One lost or broken file is unreadable in its revision; the rest is read."""
    path = objects_of(checkout, "HEAD~1:vocabularies/needs/1.ttl")
    path.chmod(0o644)
    other = objects_of(checkout, "HEAD:listkeeper.toml").read_bytes()
    content = {"garbage": b"garbage", "empty": b"", "another": other}
    path.unlink() if damage == "missing" else path.write_bytes(content[damage])
    with checkout.open() as repository:
        old = open_revision(repository, "2026.01")
        assert [p for p, _ in old.unreadable] == ["vocabularies/needs/1.ttl"]
        assert [file.path for file in old.files] == ["vocabularies/needs/list.ttl"]
        assert not open_revision(repository, "HEAD").unreadable


@pytest.mark.parametrize("what", ["HEAD", "HEAD^{tree}", "HEAD:vocabularies", "2026.01"])
def test_damaged_objects(checkout: Checkout, what: str) -> None:
    """A lost commit, folder or tag is one line; what does not need it is read."""
    objects_of(checkout, what).unlink()
    with checkout.open() as repository:
        released = what == "2026.01"
        with pytest.raises(HistoryError) as caught:
            open_revision(repository, what if released else "HEAD")
        assert len(str(caught.value).splitlines()) == 1
        if released:
            assert repository.releases()[0].problem.startswith("the tag is missing")
        else:
            assert texts(repository, "2026.01")


def test_hostile_configuration(checkout: Checkout, tmp_path: Path) -> None:
    """Nothing that a repository's configuration, hooks or attributes name is run."""
    traps = tmp_path / "traps"
    (traps / "hooks").mkdir(parents=True)
    for hook in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        script = traps / "hooks" / hook
        script.write_text(f"#!/bin/sh\ntouch {traps}/{hook}\n")
        script.chmod(0o755)
    (checkout.root / ".gitattributes").write_text("* filter=turtle diff=turtle\n")
    git = checkout.top / ".git"
    with (git / "config").open("a") as config:
        config.write(HOSTILE.format(traps))
    (git / "info" / "attributes").write_text("* filter=turtle diff=turtle\n")
    objects_of(checkout, "HEAD~1:vocabularies/needs/1.ttl").unlink()
    (checkout.root / "vocabularies" / "needs" / "1.ttl").write_text("touched")
    with checkout.open() as repository:
        list(repository.commits("HEAD"))
        repository.releases(reachable_from="HEAD")
        repository.merge_base("HEAD", "HEAD~1")
        repository.upstream()
        open_revision(repository, "HEAD~1")
        assert is_dirty(repository, checkout.root)
        with pytest.raises(RevisionError):
            repository.resolve("nonsuch")

    assert [path.name for path in traps.iterdir()] == ["hooks"]


def test_the_working_tree_named_by_configuration(checkout: Checkout, tmp_path: Path) -> None:
    """A repository that says its files lie elsewhere is refused, not believed."""
    checkout.git("config", "core.worktree", str(tmp_path / "elsewhere"))
    (tmp_path / "elsewhere").mkdir()

    with pytest.raises(HistoryError):
        checkout.open()


def test_replaced_objects_and_grafts_count_for_nothing(checkout: Checkout) -> None:
    """History is that of the objects, whatever local notes would put in their place."""
    checkout.git("replace", "HEAD", "HEAD~1")
    (checkout.top / ".git" / "info" / "grafts").write_text(checkout.git("rev-parse", "HEAD"))
    with checkout.open() as repository:
        assert b"Companionship" in texts(repository, "HEAD")["vocabularies/needs/1.ttl"]
        assert len(repository.ancestors("HEAD")) == 2


def test_an_inherited_environment(
    checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variables that git gives to hooks do not lead us elsewhere."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.bare")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    with checkout.open() as repository:
        assert len(repository.ancestors("HEAD")) == 2
        assert not is_dirty(repository, checkout.root)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to someone else")
def test_a_repository_of_someone_else(
    checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git refuses it, unless the user's own settings say that it is trusted."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for path in (checkout.top, checkout.top / ".git"):
        os.chown(path, 12345, 12345)
    with pytest.raises(HistoryError, match="dubious ownership"):
        checkout.open()

    (tmp_path / ".gitconfig").write_text(f"[safe]\n directory = {checkout.top}\n")
    with checkout.open() as repository:
        assert repository.head()


def test_changed_paths(checkout: Checkout, repository: Repository) -> None:
    """The working tree is compared by content: changed, added, removed, staged."""
    assert changed_paths(repository, checkout.root) == ()
    checkout.write({"needs/1.ttl": "changed", "needs/2.ttl": "new"})
    (checkout.root / "vocabularies" / "needs" / "list.ttl").unlink()
    (checkout.root / "notes.txt").write_text("beside")
    (checkout.root / "shapes").mkdir()
    (checkout.root / "shapes" / "mine.ttl").symlink_to("nowhere")

    assert changed_paths(repository, checkout.root) == (
        "shapes/mine.ttl",
        *(f"vocabularies/needs/{name}.ttl" for name in ("1", "2", "list")),
    )


def test_what_is_staged_is_a_change(checkout: Checkout, repository: Repository) -> None:
    """A change that is staged and then undone in the folder would still be committed."""
    before = (checkout.root / "vocabularies" / "needs" / "1.ttl").read_text()
    checkout.write({"needs/1.ttl": "changed"})
    checkout.git("add", ".")
    (checkout.root / "vocabularies" / "needs" / "1.ttl").write_text(before)

    assert changed_paths(repository, checkout.root) == ("vocabularies/needs/1.ttl",)
    assert is_dirty(repository, checkout.root)


def test_plain_files_of_a_folder(checkout: Checkout, repository: Repository) -> None:
    """Shapes of a revision are read by their names; a folder that is not there holds nothing."""
    (checkout.root / "shapes").mkdir()
    (checkout.root / "shapes" / "a.ttl").write_text("x")
    (checkout.root / "shapes" / "b.ttl").symlink_to("a.ttl")
    checkout.record()

    assert read_folder(repository, "HEAD", "shapes") == {"a.ttl": b"x"}
    assert read_folder(repository, "2026.01", "shapes") == {}
    assert read_folder(repository, "HEAD", "listkeeper.toml") == {}


def test_merge_bases(checkout: Checkout, repository: Repository) -> None:
    """The commit two branches come from is found; unrelated ones have none."""
    checkout.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    checkout.commit({"needs/2.ttl": NEED})
    assert repository.merge_base("main", "side") == repository.resolve("2026.01")
    checkout.git("checkout", "--quiet", "--orphan", "alone")
    checkout.record()

    assert repository.merge_base("main", "alone") is None


def test_many_files_and_many_threads(checkout: Checkout) -> None:
    """Answers of one reader are never mixed up between threads."""
    files = {f"needs/{n}.ttl": NEED.format(n) for n in range(1500)}
    checkout.commit(files)
    wrong: list[str] = []
    with checkout.open() as repository:
        entries = open_revision(repository, "HEAD").files

        def read() -> None:
            objects = repository.objects.read_many(file.blob for file in entries)
            wrong.extend(f.path for f, o in zip(entries, objects, strict=True) if f.data != o.data)

        threads = [threading.Thread(target=read) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(entries) == 1501
    assert wrong == []


def test_the_reader_comes_back(repository: Repository) -> None:
    """A reader whose process was killed, or that was closed, is started again."""
    blob = open_revision(repository, "HEAD").files[0].blob
    first = repository.objects.read(blob)
    process = repository.objects._process  # noqa: SLF001 - to kill it
    assert process is not None
    process.kill()
    process.wait()
    repository.objects.read_many((blob,))
    repository.close()

    assert repository.objects.read(blob) == first


def test_objects_are_asked_for_by_full_names_only(repository: Repository) -> None:
    """Nothing but a full name reaches the reader, so nothing can be slipped into its talk."""
    for name in ("HEAD", "main\n" + "0" * 40, "", "0" * 39):
        with pytest.raises(HistoryError, match="not its full name"):
            repository.objects.read(name)


def test_large_objects_are_passed_over(checkout: Checkout, repository: Repository) -> None:
    """An object over the bound is told by its size, and what follows is read all the same."""
    checkout.commit({"needs/2.ttl": "x" * 3_000_000})
    blobs = [change.after for change in repository.commit("HEAD").changes]
    small = open_revision(repository, "2026.01").files[0]
    with ObjectReader(repository.git, largest=1 << 20) as reader:
        large, other = reader.read_many((*blobs, small.blob))

    assert (large.data, large.problem) == (b"", "holds more than 1 MB")
    assert other.data == small.data


def slow_git(checkout: Checkout, folder: Path, script: str) -> Git:
    """Give a git that is a script of ours, on the path before the real one."""
    program = folder / "git"
    program.write_text(f"#!{sys.executable}\n{script}")
    program.chmod(0o755)
    git = Git(checkout.top / ".git", seconds=0.5)
    git._program = str(program)  # noqa: SLF001 - there is no other way to a git that hangs
    return git


def test_a_git_that_hangs(checkout: Checkout, tmp_path: Path) -> None:
    """Both kinds of call end when their time is up."""
    git = slow_git(checkout, tmp_path, "import time; time.sleep(60)")
    with pytest.raises(HistoryError, match=r"longer than 0\.5 seconds"):
        git.run("rev-list")
    with ObjectReader(git) as reader, pytest.raises(HistoryError, match="silent"):
        reader.read("0" * 40)


def test_a_git_that_talks_without_end(checkout: Checkout, tmp_path: Path) -> None:
    """Output is bounded."""
    git = slow_git(checkout, tmp_path, "while True: print('x' * 10000)")
    with pytest.raises(HistoryError, match="more than 1,000,000 bytes"):
        git.run("rev-list", limit=1_000_000)


def test_a_git_that_always_dies(checkout: Checkout, tmp_path: Path) -> None:
    """A reader that gets no answer gives up after some tries."""
    git = slow_git(checkout, tmp_path, "raise SystemExit(1)")
    with ObjectReader(git) as reader, pytest.raises(HistoryError, match="does not read objects"):
        reader.read_many(f"{number:040x}" for number in range(100))


def test_no_process_is_left(checkout: Checkout) -> None:
    """Closing stops the reader's process and closes its pipes."""
    with checkout.open() as repository:
        texts(repository, "HEAD")
        process = repository.objects._process  # noqa: SLF001 - to see it end
        assert process is not None

    assert process.returncode is not None
    assert process.stdout is not None
    assert process.stdout.closed


@pytest.mark.parametrize("data", [b"100644", b"100644 a", b"100644 a\0" + bytes(19), b" a\0"])
def test_broken_trees(data: bytes) -> None:
    """A tree that is cut off is told."""
    with pytest.raises(HistoryError, match="tree object is broken"):
        parse_tree(data)


@pytest.mark.parametrize("name", [b"../evil.ttl", b"/etc/evil.ttl", b"..", b".", b""])
def test_names_that_lead_elsewhere(name: bytes) -> None:
    """Git's own commands never write such a tree; one made by hand is refused."""
    with pytest.raises(HistoryError, match="tree object holds the name"):
        parse_tree(b"100644 " + name + b"\0" + bytes(20))


def test_commits_in_an_unknown_form() -> None:
    """Output that ends in the middle of a commit is told, not taken for a short one."""
    with pytest.raises(HistoryError, match="not known here"):
        list(parse_commits(b"a\0b\0c"))


def test_git_itself_agrees(checkout: Checkout) -> None:
    """Git's own fsck finds nothing wrong with what these tests make."""
    done = subprocess.run(["git", "fsck"], cwd=checkout.top, capture_output=True, check=False)

    assert done.returncode == 0
