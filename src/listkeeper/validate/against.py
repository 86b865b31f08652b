"""Checking a change: the lists at hand against a revision, by the rules of that revision.

The base revision's shapes and severities decide, so no change can lower the bar for itself; what
its own shapes and severities would say is shown apart.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from listkeeper.editions import Editions
from listkeeper.errors import HistoryError, RevisionError
from listkeeper.store.assets import find_assets
from listkeeper.store.history import read_folder, settings_at
from listkeeper.validate import engine
from listkeeper.validate.caused import caused
from listkeeper.validate.past_reading import read_past
from listkeeper.validate.report import Severity
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listkeeper.edition import Edition
    from listkeeper.store.history import Repository
    from listkeeper.validate.report import Finding, Report

SHAPES: Final = "shapes"
ENDING: Final = ".ttl"
TOLD: Final = 20
"""Findings that are shown apart one by one."""

LONGEST: Final = 300
"""Characters of one of them."""

SHALLOW: Final = (
    "the clone is shallow: releases before it are not compared with; "
    "`git fetch --unshallow --tags` brings them"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Against:
    """What a change is held against."""

    repository: Repository
    tip: str
    """The commit whose shapes and severities decide."""
    base: str
    """The commit that the change began from: the last that it has in common with the tip."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """How a check is done."""

    engine: str = "compiled"
    """What runs the shapes: `compiled`, `pyshacl` or `none`."""
    least: Severity = Severity.INFO
    """Findings that matter less are only counted."""


def choose(repository: Repository, revision: str | None) -> Against:
    """Find what a change is held against.

    Args:
        repository: the repository of the lists at hand.
        revision: what the user named; None takes the main branch that others see, and where
            there is none the commit checked out.

    Raises:
        RevisionError: when there is no such revision, or no commit at all.
        HistoryError: when a shallow clone does not hold the commit that both come from.
    """
    head = repository.head()
    if head is None:
        raise RevisionError("the repository has no commit yet: there is nothing to compare with")
    tip = repository.upstream() or head if revision is None else repository.resolve(revision)
    base = repository.merge_base(tip, head)
    if base is None and repository.is_shallow:
        message = "the clone is shallow and lacks the commit that this change began from"
        raise HistoryError(f"{message}; run `git fetch --unshallow --tags`")
    return Against(repository=repository, tip=tip, base=base or tip)


def check_against(
    edition: Edition, against: Against, root: Path, manner: Manner, *, only_changed: bool = False
) -> Report:
    """Check the lists at hand against a revision.

    Args:
        edition: the lists at hand.
        against: the revision.
        root: the lists repository, whose own shapes are shown apart where they differ.
        manner: how to check.
        only_changed: tell only what the change causes: what is found now and was not before, in
            whatever file it shows.

    Raises:
        HistoryError: when the revision can not be read.
        ContentError: when shapes can not be used, those of the revision or of the change.
    """
    run = _Run(edition, against, root, manner)
    with run.deciding_shapes() as shapes:
        report = run.decided(shapes)
        apart = run.apart(report, shapes)
        if only_changed:
            report = caused(report, run.before(shapes), run.bases)
    remarks = (report.remark, SHALLOW if against.repository.is_shallow else "")
    return replace(report, apart=apart, remark="\n".join(filter(None, remarks)))


class _Run:
    """One check against one revision."""

    def __init__(self, edition: Edition, against: Against, root: Path, manner: Manner) -> None:
        self.edition = edition
        self.manner = manner
        self.root = root
        self.against = against
        repository, tip = against.repository, against.tip
        self.settings = settings_at(repository, repository.folder(tip), tip[:12])
        self.past = read_past(repository, edition.files.values(), against.base)
        self.bases = edition.settings.base_uri, self.past.base.edition.settings.base_uri

    @contextmanager
    def deciding_shapes(self) -> Iterator[Path | None]:
        """Lay the shapes of the revision into a folder; None where no engine is to run."""
        every = read_folder(self.against.repository, self.against.tip, SHAPES)
        kept = {name: data for name, data in every.items() if name.endswith(ENDING)}
        if self.manner.engine == "none":
            yield None
        elif not kept:
            yield find_assets(SHAPES, None)
        elif kept == _own_shapes(self.root):
            yield self.root / SHAPES
        else:
            with tempfile.TemporaryDirectory(prefix="listkeeper-") as folder:
                for name, data in kept.items():
                    Path(folder, name).write_bytes(data)
                yield Path(folder)

    def decided(self, shapes: Path | None) -> Report:
        """Check by the rules of the revision."""
        return self._check(self._judged(self.edition), shapes)

    def before(self, shapes: Path | None) -> Report:
        """Check the revision that the change began from by the same rules."""
        base = Editions(self.against.repository, kept=1).open(self.against.base)
        return engine.check(
            self._judged(base),
            shapes_folder=shapes,
            engine=self.manner.engine,
            least=Severity.ERROR,  # places do not count
        )

    def apart(self, decided: Report, shapes: Path | None) -> tuple[str, ...]:
        """Say what the change's own shapes and severities would find otherwise."""
        own = find_assets(SHAPES, self.root) if shapes else None
        same_shapes = own is None or shapes is None or _texts(own) == _texts(shapes)
        if same_shapes and self.settings.severities == self.edition.settings.severities:
            return ()
        report = self._check(self.edition, own)
        more, fewer = _beyond(report, decided), _beyond(decided, report)
        numbers = f"{len(more)} findings more and {len(fewer)} fewer"
        return (
            f"The change edits what is asked: by its own shapes and severities, {numbers}.",
            *_told("more", more),
            *_told("fewer", fewer),
        )

    def _judged(self, edition: Edition) -> Edition:
        settings = replace(edition.settings, severities=self.settings.severities)
        return replace(edition, settings=settings)

    def _check(self, edition: Edition, shapes: Path | None) -> Report:
        return engine.check(
            edition,
            shapes_folder=shapes,
            engine=self.manner.engine,
            least=self.manner.least,
            past=self.past,
        )


def _own_shapes(root: Path) -> dict[str, bytes]:
    return _texts(root / SHAPES) if (root / SHAPES).is_dir() else {}


def _texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob(f"*{ENDING}")}


def _beyond(one: Report, other: Report) -> list[Finding]:
    """Give the findings of a report that another has not, or not with that severity."""
    known = {(f.severity, f.code, f.path, f.focus, f.message) for f in other.findings}
    return [
        f for f in one.findings if (f.severity, f.code, f.path, f.focus, f.message) not in known
    ]


def _told(word: str, findings: Iterable[Finding]) -> Iterator[str]:
    found = list(findings)
    for finding in found[:TOLD]:
        severity = finding.severity.value
        line = f"{word}: {finding.path} {severity} {finding.code} {finding.message}"
        yield visible(line)[:LONGEST]
    if len(found) > TOLD:
        yield f"{word}: and {len(found) - TOLD} others"
