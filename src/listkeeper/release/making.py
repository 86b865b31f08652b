"""Making a release: everything is worked out first, then shown in one step, or nothing is.

The steps, each of which leaves the repository as it was when it fails: what may be released is
looked at; versions and changelog are written into a state of the lists in memory; that state is
checked and rendered; its manifest is made; blobs, trees, a commit and a tag are written that
nothing names. Then branch and tag move together, and the files checked out are brought along.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from listkeeper.edition import load
from listkeeper.editions import Editions
from listkeeper.errors import FindingsError, HistoryError, ListkeeperError, UsageError
from listkeeper.publish.publication import Publication
from listkeeper.release import changelog
from listkeeper.release.data_files import data_files
from listkeeper.release.digest import authored_digest, published_digest
from listkeeper.release.manifest import Manifest, data_file
from listkeeper.release.names import require_date, require_name
from listkeeper.release.records import FOLDER as RELEASES
from listkeeper.release.records import manifest_path, previous_of, read_records, tag_message
from listkeeper.release.turn import bring_along, drop_note, leave_note
from listkeeper.release.versions import changed_lists, versioned
from listkeeper.store.assets import find_assets
from listkeeper.store.history import (
    Move,
    Writer,
    changed_paths,
    current_branch,
    open_revision,
    ref_target,
)
from listkeeper.store.history.working import OURS
from listkeeper.store.history.writing import TAGS
from listkeeper.store.workspace import FileKind, SourceFile
from listkeeper.validate import Severity
from listkeeper.validate.against import Against, Manner, check_against

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from listkeeper.edition import Edition
    from listkeeper.release.records import Record
    from listkeeper.store.history import Repository
    from listkeeper.store.workspace import Sources
    from listkeeper.validate.report import Report

TOLD: Final = 5
"""Paths and findings that are named one by one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Start:
    """Where a release begins from."""

    repository: Repository
    branch: str
    """Full name of the branch checked out."""
    commit: str
    """What it names."""
    last: Record | None
    """The release before; None where this is the first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A release that is worked out and not made yet."""

    start: Start
    name: str
    date: str
    lists: tuple[str, ...]
    """Lists and subsets that changed, whose version it becomes."""
    section: str
    """Its part of the changelog."""
    files: Mapping[str, bytes]
    """Files of the commit that are new or other, by their paths."""
    manifest: Manifest


def start(repository: Repository, root: Path, name: str, date: str) -> Start:
    """Look whether a release can be made here and now.

    Args:
        repository: the repository of the lists.
        root: the lists repository's folder.
        name: what the release is to be called.
        date: its date, ``YYYY-MM-DD``.

    Raises:
        UsageError: when the name or date will not do, or no branch is checked out.
        HistoryError: when the clone or an earlier release is incomplete.
        FindingsError: when there are changes that are not committed.
    """
    require_date(date)
    if repository.is_shallow:
        message = "the clone is shallow: earlier releases are missing"
        raise HistoryError(f"{message}; run `git fetch --unshallow --tags`")
    branch = current_branch(repository)
    commit = ref_target(repository, branch) if branch else repository.head()
    if not commit:
        raise UsageError("the repository has no commit yet; commit the lists first")
    if branch is None:
        raise UsageError("HEAD is detached: no branch would have the release; `git switch` to one")
    releases = repository.releases()
    require_name(name, releases, date)
    if ref_target(repository, f"{TAGS}{name}"):
        raise UsageError(f"the tag {name} exists and is no release; remove it with `git tag -d`")
    _require_clean(repository, root)
    last = read_records(repository)[-1] if releases else None
    _require_descent(repository, last, commit)
    return Start(repository=repository, branch=branch, commit=commit, last=last)


def draft(begin: Start, root: Path, name: str, date: str) -> Draft:
    """Work a release out, and write nothing.

    Args:
        begin: where it begins from.
        root: the lists repository's folder.
        name: what it is called.
        date: its date.

    Raises:
        FindingsError: when the check finds errors in what would be released.
        ContentError: when the lists cannot be put into a release.
    """
    repository, templates = begin.repository, find_assets("site_templates", root)

    def publish(edition: Edition) -> Publication:
        return Publication(edition, templates=templates)

    sources = open_revision(repository, begin.commit)
    now = load(sources)
    before = _released(begin)
    lists = changed_lists(before, now, publish)
    section = changelog.section(name, date, before, now)
    files = dict(versioned(now, lists, name, date))
    logged = now.files.get(changelog.PATH)
    text = changelog.with_section(logged.data.decode("utf-8") if logged else "", section)
    files[changelog.PATH] = text.encode()
    edition = load(_with(sources, files))
    _require_released(edition)
    _require_conforming(edition, begin, root)
    manifest = make_manifest(publish(edition), name, date, begin.last)
    return Draft(
        start=begin,
        name=name,
        date=date,
        lists=lists,
        section=section,
        files={**files, manifest_path(name): manifest.write()},
        manifest=manifest,
    )


def make_manifest(publication: Publication, name: str, date: str, last: Record | None) -> Manifest:
    """Render every data file and write down what came out.

    Args:
        publication: of the lists as released.
        name: the release.
        date: its date.
        last: the release before.
    """
    edition = publication.edition
    return Manifest(
        release=name,
        date=date,
        base=edition.minter.base,
        previous=previous_of(last),
        files={path: data_file(data) for path, data in data_files(publication)},
        authored=authored_digest(edition),
        published=published_digest(edition),
    )


def make(work: Draft, writer: Writer, root: Path) -> tuple[str, ...]:
    """Make a release of a draft: branch and tag move in one step, or neither does.

    Args:
        work: the release worked out.
        writer: writes to the repository.
        root: the lists repository's folder, whose files are brought along.

    Returns:
        files that somebody changed in the meantime, which were left as they are.

    Raises:
        HistoryError: when the branch or the tag was moved in the meantime: nothing is changed;
            when the files cannot be brought along: the next release does it.
    """
    repository, begin = writer.repository, work.start
    top = repository.objects.read(begin.commit).data.split(b"\n", 1)[0].split()[-1].decode()
    files = {repository.prefix + path: data for path, data in work.files.items()}
    commit = writer.commit(writer.tree(top, files), (begin.commit,), commit_message(work))
    tag = writer.tag(work.name, commit, tag_message(work.manifest))
    leave_note(repository, begin.branch, commit)
    moves = (Move(begin.branch, commit, begin.commit), Move(f"{TAGS}{work.name}", tag))
    try:
        writer.move(moves, f"release {work.name}")
    except HistoryError:
        drop_note(repository)
        raise
    try:
        _, left = bring_along(writer, root, commit)
    except ListkeeperError as error:
        message = f"{work.name} is released, but its files are not checked out yet ({error})"
        raise HistoryError(f"{message}; run the command again") from error
    drop_note(repository)
    return left


def commit_message(work: Draft) -> str:
    """Write the message of a release's commit."""
    lists = ", ".join(work.lists) or "none"
    return f"Release {work.name}\n\nLists that changed: {lists}.\n"


def _require_clean(repository: Repository, root: Path) -> None:
    changed = changed_paths(repository, root, "HEAD", (*OURS, RELEASES))
    if changed:
        more = f" and {len(changed) - TOLD} more" if len(changed) > TOLD else ""
        paths = ", ".join(changed[:TOLD]) + more
        raise FindingsError(f"there are changes that are not committed: {paths}; commit them first")


def _require_descent(repository: Repository, last: Record | None, commit: str) -> None:
    """Make sure that the last release can be built upon, and is part of this branch."""
    if last is None:
        return
    if last.release.problem:
        raise HistoryError(f"{last.name}: {last.release.problem}; mend it before another release")
    if last.sha256 and last.manifest is None:
        raise HistoryError(f"{last.name}: {last.problem}; nothing is released upon it")
    if last.release.commit not in repository.ancestors(commit):
        raise UsageError(
            f"{last.name}: is not part of this branch; merge it, or switch to its branch"
        )


def _released(begin: Start) -> Edition | None:
    if begin.last is None:
        return None
    return Editions(begin.repository, kept=1).open(begin.last.release.commit)


def _with(sources: Sources, files: Mapping[str, bytes]) -> Sources:
    """Give sources in which some files are others, or new."""
    here = {file.path for file in sources.files}
    kept = [
        replace(file, data=files[file.path], blob="") if file.path in files else file
        for file in sources.files
    ]
    new = [
        SourceFile(path=path, data=data, kind=FileKind.UNKNOWN)
        for path, data in files.items()
        if path not in here
    ]
    ordered = sorted((*kept, *new), key=lambda file: file.path.split("/"))
    return replace(sources, files=tuple(ordered))


def _require_released(edition: Edition) -> None:
    """Make sure that no proposal without a number would be released."""
    proposals = [
        file.path
        for file in edition.files.values()
        if file.kind is FileKind.CONCEPT and file.stem.startswith("new-")
    ]
    if proposals:
        paths = ", ".join(proposals[:TOLD])
        raise FindingsError(f"proposals without a number cannot be released: {paths}; number them")


def _require_conforming(edition: Edition, begin: Start, root: Path) -> None:
    held = Against(repository=begin.repository, tip=begin.commit, base=begin.commit)
    report = check_against(edition, held, root, Manner(least=Severity.ERROR))
    if not report.conforms:
        raise FindingsError(_told(report))


def _told(report: Report) -> str:
    errors = report.at_least(Severity.ERROR)
    number = f"{len(errors)} error" + "s" * (len(errors) > 1)
    first = "; ".join(f"{e.place} {e.code} {e.message}" for e in errors[:TOLD])
    return f"not released for {number}: {first} (`listkeeper check` tells all)"
