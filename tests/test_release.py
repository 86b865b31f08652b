"""``listkeeper release``: what it makes, what it refuses, and that it is all or nothing."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from checkout import ENVIRONMENT
from listkeeper.errors import HistoryError
from listkeeper.publish.resources import ResourceKind
from listkeeper.release.data_files import data_documents
from listkeeper.release.making import draft, make, start
from listkeeper.release.manifest import read_manifest
from listkeeper.release.turn import LOCK, NOTE
from listkeeper.store.history import Writer, identity
from published import publish
from releasing import (
    CLEAN,
    NEED,
    NOTED,
    RENAMED,
    SERVICE,
    change,
    clean_checkout,
    listkeeper,
    release,
    released,
    state,
)
from repository import edition_of
from seeded import SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

    from checkout import Checkout

LISTS: Final = "vocabularies"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Clean lists that are committed."""
    return clean_checkout(tmp_path / "lists")


def version(checkout: Checkout, file: str, revision: str = "HEAD") -> str:
    """The version that a file of the lists states."""
    text = checkout.git("show", f"{revision}:{LISTS}/{file}")
    return text.partition("owl:versionInfo ")[2].split('"')[1] if "versionInfo" in text else ""


def test_a_release_is_one_commit_and_one_tag(checkout: Checkout) -> None:
    """Versions, changelog and manifest in one commit; the tag says who and what."""
    before = checkout.git("rev-parse", "HEAD")
    done = release(checkout, "2026.11")

    assert done.code == 0, done.err
    assert checkout.git("rev-parse", "HEAD^") == before
    assert checkout.git("rev-parse", "2026.11^{commit}") == checkout.git("rev-parse", "HEAD")
    assert checkout.git("cat-file", "-t", "2026.11") == "tag"
    assert checkout.git("log", "-1", "--format=%an %s") == "Ann Editor Release 2026.11"
    changed = checkout.git("diff", "--name-only", "HEAD^").splitlines()
    assert {f"{LISTS}/CHANGELOG.md", f"{LISTS}/services/list.ttl"} < set(changed)
    assert "releases/2026.11.json" in changed
    assert checkout.git("status", "--porcelain") == ""
    assert (checkout.root / LISTS / "CHANGELOG.md").is_file()
    assert checkout.git("fsck", "--strict") == ""
    assert "git push --atomic origin main 2026.11" in done.err


def test_the_tag_vouches_for_the_manifest(checkout: Checkout) -> None:
    """The manifest's hash is in the tag; the next manifest names it too."""
    released(checkout, "2026.11")
    change(checkout, NOTED)
    released(checkout, "2026.12")
    data = [
        (checkout.root / f"releases/{name}.json").read_bytes() for name in ("2026.11", "2026.12")
    ]
    hashes = [hashlib.sha256(d).hexdigest() for d in data]

    for name, digest in zip(("2026.11", "2026.12"), hashes, strict=True):
        assert f"Manifest-SHA256: {digest}" in checkout.git("cat-file", "tag", name)
    first, second = (read_manifest(d, "m") for d in data)
    assert first.previous is None
    assert second.previous == ("2026.11", hashes[0])
    assert f"Graph-RDFC-1.0-SHA256: {second.published}" in checkout.git(
        "cat-file", "tag", "2026.12"
    )


def test_a_manifest_tells_of_data_alone(checkout: Checkout) -> None:
    """Every format of every entry and list, and the catalogue; no page, no style sheet."""
    released(checkout, "2026.11")
    files = json.loads((checkout.root / "releases/2026.11.json").read_bytes())["files"]

    assert {"service/1.ttl", "list/services.xlsx", "catalogue.ttl", "def.nt"} < set(files)
    assert "context.jsonld" in files
    assert not [path for path in files if path.endswith((".html", ".css", ".js"))]


NEXT: Final = 'def:nextRelease "2027-01-31"^^xsd:date ;\n    '


def test_the_catalogue_comes_after_what_it_describes(tmp_path: Path) -> None:
    """Distributions first; nothing follows the catalogue but the manifest."""
    made = data_documents(publish(edition_of(tmp_path, CLEAN, SETTINGS)))
    kinds = [document.resource.kind for document in made if document.resource]

    assert set(kinds[-2:]) == {ResourceKind.CATALOGUE}
    assert kinds.count(ResourceKind.CATALOGUE) == 2


VERSIONS: Final[tuple[tuple[dict[str, str], set[str]], ...]] = (
    # what is changed between the releases, and the lists whose version moves
    ({}, set()),
    (NOTED, {"needs/list.ttl"}),
    # services say which needs they meet by name, so their data changes with the name
    ({"needs/10002.ttl": CLEAN["needs/10002.ttl"].replace('prefLabel "', 'prefLabel "New ')},
     {"needs/list.ttl", "services/list.ttl", "services/list-internal.ttl"}),
    ({"services/list.ttl": CLEAN["services/list.ttl"].replace(
        "def:firstMinted", NEXT + "def:firstMinted")}, set()),
    ({"services/list-internal.ttl": CLEAN["services/list-internal.ttl"].replace(
        '"To name them."', '"To name those inside."')}, {"services/list-internal.ttl"}),
)  # fmt: skip


@pytest.mark.parametrize(("changed", "moved"), VERSIONS)
def test_a_version_moves_when_the_list_changed(
    checkout: Checkout, changed: dict[str, str], moved: set[str]
) -> None:
    """By what a list's data would say, of its own entries and of what they link to."""
    released(checkout, "2026.11")
    kept = {path: _as_released(checkout, path, text) for path, text in changed.items()}
    change(checkout, kept)
    done = released(checkout, "2026.12")

    lists = [f for f in CLEAN if f.rsplit("/", 1)[-1].startswith("list")]
    assert {f for f in lists if version(done, f) == "2026.12"} == moved
    assert {f for f in lists if version(done, f) == "2026.11"} == set(lists) - moved


def _as_released(checkout: Checkout, path: str, text: str) -> str:
    """Keep the version that a release wrote into a list's file."""
    if "list" not in path:
        return text
    stated = version(checkout, path)
    return text.replace("adms:status", f'owl:versionInfo "{stated}" ;\n    adms:status', 1)


def test_the_same_version_means_the_same_rows(checkout: Checkout) -> None:
    """A list whose version stays has byte for byte the files that the release before had."""
    released(checkout, "2026.11")
    change(checkout, NOTED)
    released(checkout, "2026.12")
    first, second = (
        read_manifest((checkout.root / f"releases/{n}.json").read_bytes(), n).files
        for n in ("2026.11", "2026.12")
    )

    of_services = [p for p in first if p.startswith(("list/services", "list/internal", "service/"))]
    assert len(of_services) > 20
    assert [path for path in of_services if first[path] != second[path]] == []
    assert first["list/needs.csv"] != second["list/needs.csv"]


def test_the_version_of_the_catalogue(checkout: Checkout) -> None:
    """The catalogue is of every release: its version and date move each time."""
    released(checkout, "2026.11", "2026.12")

    assert version(checkout, "catalogue.ttl") == "2026.12"
    text = checkout.git("show", f"HEAD:{LISTS}/catalogue.ttl")
    assert 'dct:modified "2026-12-28"^^xsd:date' in text


def test_the_changelog_has_the_newest_release_first(checkout: Checkout) -> None:
    """What changed, in words, under the release's name and date."""
    released(checkout, "2026.11")
    change(checkout, RENAMED)
    released(checkout, "2026.12")
    text = (checkout.root / LISTS / "CHANGELOG.md").read_text("utf-8")

    assert text.startswith("# Changelog of the lists\n\n## 2026.12 (2026-12-28)\n")
    assert text.index("Public libraries") < text.index("## 2026.11 (2026-11-28)")
    assert "The first release." in text


REFUSED: Final = (
    # the words, the exit code, and what is said
    (("2026.13",), 2, "is named by year and month"),
    (("November",), 2, "is named by year and month"),
    (("--help2",), 2, "No such option"),
    (("v2026.12",), 2, "is named by year and month"),
    (("2026.11",), 2, "is released already; a correction is 2026.11.1"),
    (("2026.10",), 2, "comes before 2026.11"),
    (("2066.12", "--date", "2026-12-01"), 2, "lies years after"),
    (("2026.12", "--date", "2026-11-31"), 2, "is no date"),
    (("2026.12", "--date", "tomorrow"), 2, "is no date"),
)


@pytest.mark.parametrize(("words", "code", "said"), REFUSED)
def test_names_and_dates_that_will_not_do(
    checkout: Checkout, words: tuple[str, ...], code: int, said: str
) -> None:
    """One line that says what to do, and nothing is touched."""
    released(checkout, "2026.11")
    before = state(checkout)
    done = listkeeper("release", "-C", checkout.root, *words)

    assert (done.code, state(checkout)) == (code, before)
    assert said in done.err
    assert done.err.count("\n") == 1 or "No such option" in said


def test_a_correction(checkout: Checkout) -> None:
    """A number after the month, in order."""
    released(checkout, "2026.11", "2026.11.1", "2026.11.10")

    assert "2026.11.11" in release(checkout, "2026.11").err
    assert release(checkout, "2026.11.9").code == 2


DIRTY: Final[tuple[tuple[dict[str, str | None], tuple[str, ...]], ...]] = (
    ({SERVICE: CLEAN[SERVICE] + "# note\n"}, ()),
    ({"needs/99999.ttl": "# new\n"}, ()),
    ({NEED: None}, ()),
    ({SERVICE: CLEAN[SERVICE] + "# staged\n"}, ("add", "--all")),
)


@pytest.mark.parametrize(("files", "words"), DIRTY)
def test_changes_that_are_not_committed(
    checkout: Checkout, files: dict[str, str | None], words: tuple[str, ...]
) -> None:
    """Changed, new, removed and staged files are named."""
    checkout.write(files, SETTINGS)
    if words:
        checkout.git(*words)
    before = state(checkout)
    done = release(checkout, "2026.11")

    assert (done.code, state(checkout)) == (1, before)
    assert f"not committed: {LISTS}/{next(iter(files))}; commit them first" in done.err


def test_what_is_no_list_may_be_changed(checkout: Checkout) -> None:
    """A README that is being written, and staged, stays as it is."""
    (checkout.root / "README.md").write_text("Draft\n", encoding="utf-8")
    checkout.git("add", "README.md")
    released(checkout, "2026.11")

    assert checkout.git("status", "--porcelain") == "A  README.md"
    assert "README.md" not in checkout.git("ls-tree", "-r", "--name-only", "HEAD")


def test_errors_of_the_check(checkout: Checkout) -> None:
    """The first ones are told with their places."""
    change(checkout, {SERVICE: CLEAN[SERVICE].replace("<need/10002>", "<need/404>")})
    before = state(checkout)
    done = release(checkout, "2026.11")

    assert (done.code, state(checkout)) == (1, before)
    assert f"not released for 1 error: {LISTS}/{SERVICE}:" in done.err


def test_the_committed_shapes_decide(checkout: Checkout) -> None:
    """A shape that is committed with the lists is asked."""
    shape = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix def: <https://lists.example.org/def/> .
<https://lists.example.org/shape/x> a sh:NodeShape ;
    sh:targetClass def:Need ; sh:property <https://lists.example.org/shape/y> .
<https://lists.example.org/shape/y> a sh:PropertyShape ; sh:path skos:example ; sh:minCount 1 ;
    sh:severity sh:Violation ; dct:identifier "LK901" ; sh:name "example" ;
    sh:message "has no example" .
"""
    (checkout.root / "shapes").mkdir()
    (checkout.root / "shapes/x.ttl").write_text(shape, encoding="utf-8")
    checkout.record("Shapes")

    assert "LK901" in release(checkout, "2026.11").err


def test_a_proposal_without_a_number(checkout: Checkout) -> None:
    """It has to be numbered before it is released."""
    text = CLEAN[NEED].replace("10001", "new-thing")
    change(checkout, {"needs/new-thing.ttl": text})
    done = release(checkout, "2026.11")

    assert done.code == 1
    assert f"without a number cannot be released: {LISTS}/needs/new-thing.ttl" in done.err


def test_a_released_entry_may_not_be_gone(checkout: Checkout) -> None:
    """The check knows the releases before."""
    released(checkout, "2026.11")
    change(checkout, {NEED: None})
    done = release(checkout, "2026.12")

    assert done.code == 1
    assert "10001" in done.err


def test_a_detached_head(checkout: Checkout) -> None:
    """No branch would have the release."""
    checkout.git("checkout", "--quiet", "--detach")
    done = release(checkout, "2026.11")

    assert (done.code, "HEAD is detached" in done.err) == (2, True)


def test_no_commit_yet(tmp_path: Path) -> None:
    """There is nothing to release."""
    made = clean_checkout(tmp_path / "lists")
    made.git("switch", "--quiet", "--orphan", "empty")
    made.write(CLEAN, SETTINGS)
    done = release(made, "2026.11")

    assert (done.code, "no commit yet" in done.err) == (2, True)


def test_a_shallow_clone(checkout: Checkout, tmp_path: Path) -> None:
    """Earlier releases may be missing from it."""
    change(checkout, NOTED)
    checkout.git("clone", "--quiet", "--depth=1", f"file://{checkout.top}", str(tmp_path / "clone"))
    done = listkeeper("release", "2026.11", "-C", tmp_path / "clone")

    assert (done.code, "--unshallow" in done.err) == (3, True)


def test_a_tag_that_is_no_release(checkout: Checkout) -> None:
    """A lightweight tag of that name is in the way, and is not moved."""
    checkout.git("tag", "2026.11")
    done = release(checkout, "2026.11")

    assert (done.code, "exists and is no release" in done.err) == (2, True)


def test_a_release_on_another_branch(checkout: Checkout) -> None:
    """Its successor has to be built upon it."""
    checkout.git("switch", "--quiet", "--create", "side")
    released(checkout, "2026.11")
    checkout.git("switch", "--quiet", "main")
    done = release(checkout, "2026.12")

    assert (done.code, "2026.11: is not part of this branch" in done.err) == (2, True)


def test_a_release_by_hand_before(checkout: Checkout) -> None:
    """Tags from before there were manifests are built upon; the chain begins here."""
    checkout.release("2026.10")
    change(checkout, NOTED)
    released(checkout, "2026.11")
    manifest = read_manifest((checkout.root / "releases/2026.11.json").read_bytes(), "m")

    assert manifest.previous is None
    assert version(checkout, "needs/list.ttl") == "2026.11"
    assert version(checkout, "services/list.ttl") == ""


def test_a_manifest_that_was_tampered_with(checkout: Checkout) -> None:
    """Nothing is released upon a tag that vouches for another manifest."""
    released(checkout, "2026.11")
    (checkout.root / "releases/2026.11.json").write_bytes(b"{}")
    checkout.record("Tamper")
    checkout.git("tag", "--delete", "2026.11")
    checkout.release("2026.11", "Release 2026.11\n\nManifest-SHA256: " + "0" * 64)
    done = release(checkout, "2026.12")

    assert (done.code, "2026.11" in done.err) == (3, True)


def test_nobody(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git has to know who releases."""
    checkout.git("config", "--unset", "user.name")
    checkout.git("config", "--unset", "user.email")
    checkout.git("config", "user.useConfigOnly", "true")
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, "/nonexistent")
    for name in ("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    done = release(checkout, "2026.11")

    assert (done.code, "git config user.name" in done.err) == (2, True)


def test_a_dry_run_writes_nothing(checkout: Checkout) -> None:
    """It tells what would be done."""
    objects = checkout.git("count-objects")
    before = state(checkout)
    done = release(checkout, "2026.11", "--dry-run", "--format", "json")

    assert (done.code, state(checkout), checkout.git("count-objects")) == (0, before, objects)
    told = json.loads(done.out)
    assert told["release"] == "2026.11"
    assert "services" in told["lists"]
    assert "nothing was written" in done.err


def test_lists_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    """Only files of that folder are committed, under it."""
    made = clean_checkout(tmp_path / "top", "data/lists")
    released(made, "2026.11")

    changed = made.git("diff", "--name-only", "HEAD^").splitlines()
    assert all(path.startswith("data/lists/") for path in changed)
    assert made.git("status", "--porcelain") == ""
    assert listkeeper("verify", "2026.11", "-C", made.root).code == 0


def test_hooks_filters_and_signing_are_not_run(checkout: Checkout, tmp_path: Path) -> None:
    """What a repository's configuration would run is not run."""
    trap, hooks = tmp_path / "trap", checkout.root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("pre-commit", "post-commit", "reference-transaction", "commit-msg"):
        (hooks / hook).write_text(f"#!/bin/sh\necho {hook} >> {trap}\n", encoding="utf-8")
        (hooks / hook).chmod(0o755)
    checkout.git("config", "filter.x.clean", f"tee -a {trap}")
    checkout.git("config", "commit.gpgsign", "true")
    checkout.git("config", "tag.gpgsign", "true")
    checkout.git("config", "gpg.program", f"sh -c 'touch {trap}'")
    (checkout.root / ".git/info/attributes").write_text("* filter=x\n", encoding="utf-8")
    done = release(checkout, "2026.11")

    assert (done.code, trap.exists()) == (0, False), done.err


def test_two_at_once(checkout: Checkout) -> None:
    """Of two releases at the same moment one is made, and the other says why it is not."""
    command = [sys.executable, "-c", "from listkeeper.cli import run; run()", "release"]
    more = ["--date", "2026-11-28", "-C", str(checkout.root)]
    running = [
        subprocess.Popen(
            [*command, name, *more], stderr=subprocess.PIPE, text=True, env=ENVIRONMENT
        )
        for name in ("2026.11", "2026.12")
    ]
    said = [process.communicate()[1] for process in running]
    codes = [process.returncode for process in running]

    made = checkout.git("tag", "--list").split()
    assert len(made) == codes.count(0) >= 1
    for code, text in zip(codes, said, strict=True):
        refused = "another release is being made" in text or "comes before" in text
        assert code == 0 or refused, text
    assert checkout.git("status", "--porcelain") == ""


def test_the_lock_is_held(checkout: Checkout) -> None:
    """Whoever comes while another is at it is told so at once."""
    fcntl = pytest.importorskip("fcntl")
    with (checkout.root / ".git" / LOCK).open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = release(checkout, "2026.11")

    assert (done.code, "another release is being made" in done.err) == (2, True)
    assert release(checkout, "2026.11").code == 0


MEANWHILE: Final = (
    ("commit", "--quiet", "--allow-empty", "--message", "Faster"),
    ("tag", "--annotate", "2026.11", "--message", "Faster"),
)


@pytest.mark.parametrize("words", MEANWHILE)
def test_somebody_is_faster(checkout: Checkout, words: tuple[str, ...]) -> None:
    """Branch and tag have to be as they were when the release began, or neither moves."""
    with checkout.open() as repository:
        root, writer = checkout.root, Writer(repository, identity(repository))
        begin = start(repository, root, "2026.11", "2026-11-28")
        work = draft(begin, root, "2026.11", "2026-11-28")
        checkout.git(*words)
        before = state(checkout)
        with pytest.raises(HistoryError, match="nothing was changed; has somebody else"):
            make(work, writer, root)

    assert state(checkout) == before
    assert not (checkout.root / ".git" / NOTE).exists()


def test_a_file_that_is_edited_meanwhile(checkout: Checkout) -> None:
    """It keeps what its editor wrote, and the command says so."""
    edited = checkout.root / LISTS / "services/list.ttl"
    with checkout.open() as repository:
        root, writer = checkout.root, Writer(repository, identity(repository))
        begin = start(repository, root, "2026.11", "2026-11-28")
        work = draft(begin, root, "2026.11", "2026-11-28")
        edited.write_text("# being edited\n", encoding="utf-8")
        left = make(work, writer, root)

    assert left == (f"{LISTS}/services/list.ttl",)
    assert edited.read_text("utf-8") == "# being edited\n"
    assert checkout.git("status", "--porcelain") == f"M {LISTS}/services/list.ttl"
