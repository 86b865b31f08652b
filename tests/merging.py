"""Thirty people at work at once: branches of real repositories, merged one after another.

Each branch adds one entry and edits two. Merging is done by Git, with or without our driver. A new
entry whose code is taken is renumbered; a branch that does not merge otherwise is set aside, as a
person would have to look at it. The result is held against what the merged branches meant.
"""

from __future__ import annotations

import random
import subprocess
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from checkout import ENVIRONMENT, Checkout, make_checkout
from listkeeper.changes.compare import compare
from listkeeper.changes.difference import Difference, apply, compose
from listkeeper.editing.draft import MODIFIED, Draft
from listkeeper.editing.numbers import next_number
from listkeeper.editing.renumbering import Standing, renumber
from listkeeper.edition import load
from listkeeper.store.files import write_all
from listkeeper.store.formatting import reformat
from listkeeper.store.workspace import open_workspace
from listkeeper.validate import check
from sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from listkeeper.edition import Edition

BRANCHES: Final = 30
ENTRIES: Final = 100
FIRST: Final = 300000
NEW: Final = 400000
EDITS: Final = 2
MAIN: Final = "main"


def rename(text: str, number: int) -> str:
    """Give an entry another name, as `listkeeper rename` would, by number."""
    return text.replace('prefLabel "Sample', f'prefLabel "Renamed {number}: sample')


def name_besides(text: str, number: int) -> str:
    """Give an entry a further name."""
    line = f'    skos:altLabel "Name {number}"@en ;\n    def:partOfFunction'
    return text.replace("    def:partOfFunction", line)


def link(text: str, number: int) -> str:
    """Link an entry to a need."""
    need = (69, 71)[number % 2]
    line = f"    def:meetsNeed <need/{need}> ;\n    def:partOfFunction"
    return text if "meetsNeed" in text else text.replace("    def:partOfFunction", line)


EDITS_OF_TEXT: Final[tuple[Callable[[str, int], str], ...]] = (rename, name_besides, link)


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How branches take codes and how they are merged."""

    takes_next_free: bool = False
    """Whether each takes the next free code of main, else one of a range of its own."""
    has_driver: bool = False
    attribute: str = ""
    """What ``.gitattributes`` says of the lists' files, where it is not our driver."""
    entries: int = ENTRIES
    """Entries among which the edited ones are chosen."""
    seed: int = 1


@dataclass(kw_only=True)
class Outcome:
    """What came of merging the branches."""

    merged: int = 0
    """Branches that merged at once."""
    renumbered: int = 0
    """Branches that merged once their new entry had another code."""
    same_code: int = 0
    """Branches in conflict as the code of their new entry was taken by a branch before."""
    same_entry: int = 0
    """Branches set aside, as a branch before had edited the same entry, in the same place."""
    unexplained: int = 0
    """Branches set aside for any other reason."""
    damage: int = 0
    """Statements of the result that no merged branch meant, and meant ones that it lacks."""
    findings: frozenset[str] = frozenset()
    """Rules of the check that the result breaks and main did not."""

    @property
    def row(self) -> tuple[int, ...]:
        """The figures as docs/merging.md has them."""
        kinds = (self.same_code, self.same_entry, self.unexplained)
        return (self.merged, self.renumbered, *kinds, self.damage)


MANNERS: Final = {
    "a range of codes each": Manner(),
    "a range of codes each, merge driver": Manner(has_driver=True),
    "all take the next free code": Manner(takes_next_free=True),
    "all edits in ten entries": Manner(entries=10),
    "all edits in ten entries, merge driver": Manner(entries=10, has_driver=True),
    "next free code, Git's `merge=union`": Manner(takes_next_free=True, attribute="merge=union"),
}
"""Manners of working, by what docs/merging.md calls them."""


def simulate(folder: Path, manner: Manner, program: Path) -> Outcome:
    """Let thirty people work at once; who takes a code that is taken gets another and tries again.

    Args:
        folder: where the repository is made.
        manner: how they work.
        program: the ``listkeeper`` that Git calls.
    """
    checkout = _start(folder, manner, program)
    chance = random.Random(manner.seed)  # noqa: S311 - which entries are edited is no secret
    base = _loaded(checkout)
    work = {f"b{n}": _branch(checkout, n, manner, chance) for n in range(BRANCHES)}
    outcome, whole, touched = Outcome(), Difference(), set[str]()
    for name, (edition, files) in work.items():
        meant = compare(base, edition).difference
        conflicts = _merge(checkout, name)
        _count(outcome, conflicts, touched)
        if any(map(_is_new, conflicts)):
            meant = compare(base, _renumbered(checkout, name)).difference
            conflicts = _merge(checkout, name)
            outcome.renumbered += not conflicts
            _count_edits(outcome, conflicts, touched)
        if not conflicts:
            touched |= files
            whole = compose(whole, meant)
    _judge(outcome, _loaded(checkout), base, whole)
    return outcome


def _count(outcome: Outcome, conflicts: set[str], touched: set[str]) -> None:
    outcome.merged += not conflicts
    if any(map(_is_new, conflicts)):
        outcome.same_code += 1
    else:
        _count_edits(outcome, conflicts, touched)


def _count_edits(outcome: Outcome, conflicts: set[str], touched: set[str]) -> None:
    if conflicts:
        outcome.same_entry += conflicts <= touched
        outcome.unexplained += not conflicts <= touched


def _renumbered(checkout: Checkout, name: str) -> Edition:
    """Give the new entry of a branch the code that is free on main by now."""
    checkout.git("checkout", "--quiet", MAIN)
    taken = [concept.notation for concept in _loaded(checkout).vocabulary.concepts.values()]
    checkout.git("checkout", "--quiet", name)
    edition = _loaded(checkout)
    draft = Draft(edition, "2026-11-30")
    scheme = edition.vocabulary.schemes["services"]
    entry = edition.vocabulary.concepts[edition.minter.concept("service", str(NEW))]
    renumber(draft, entry, next_number(draft, scheme, taken), Standing())
    for path, data in draft.edit().contents.items():
        if data is None:
            (checkout.root / path).unlink()
        else:
            write_all(checkout.root, {path: data})
    checkout.record("Another code")
    return _loaded(checkout)


def _start(folder: Path, manner: Manner, program: Path) -> Checkout:
    checkout = make_checkout(folder)
    write_sample(checkout.root, more=ENTRIES)
    workspace = open_workspace(checkout.root)
    contents, _ = reformat(workspace.files, workspace.settings)
    write_all(checkout.root, contents)
    if manner.has_driver:
        command = [str(program), "merge-driver", "--install", "-C", str(checkout.root)]
        subprocess.run(command, check=True, capture_output=True)
    if manner.attribute:
        line = f"/vocabularies/**/*.ttl {manner.attribute}\n"
        (checkout.root / ".gitattributes").write_text(line, "utf-8")
    checkout.record("Start")
    return checkout


def _branch(
    checkout: Checkout, number: int, manner: Manner, chance: random.Random
) -> tuple[Edition, set[str]]:
    """Do one person's work on a branch of main; give the state and the files changed."""
    checkout.git("checkout", "--quiet", "-b", f"b{number}", MAIN)
    folder = checkout.root / "vocabularies" / "services"
    chosen = chance.sample(range(FIRST, FIRST + manner.entries), EDITS)
    changed = {f"vocabularies/services/{n // 100}/{n}.ttl" for n in chosen}
    for path in sorted(changed):
        file = checkout.root / path
        edit = chance.choice(EDITS_OF_TEXT)
        file.write_text(_dated(edit(file.read_text("utf-8"), number), number), "utf-8")
    code = NEW if manner.takes_next_free else NEW + 1 + number
    pattern = (folder / "3000" / f"{FIRST}.ttl").read_text("utf-8")
    new = pattern.replace(f"{FIRST}", f"{code}").replace("Sample service", f"New by {number}:")
    path = f"vocabularies/services/{code // 100}/{code}.ttl"
    write_all(checkout.root, {path: new.encode()})
    checkout.record(f"Branch {number}")
    return _loaded(checkout), {path, *changed}


def _dated(text: str, number: int) -> str:
    """Set the date of modification, as every edit does."""
    if "@prefix xsd:" not in text:
        mark = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        text = text.replace(mark, mark + "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n")
    if "@prefix dct:" not in text:
        mark = "@prefix skos:"
        text = text.replace(mark, f"@prefix dct: <http://purl.org/dc/terms/> .\n{mark}", 1)
    day = f'"2026-11-{number % 28 + 1:02}"^^xsd:date'
    body = text.rstrip().removesuffix(".").rstrip()
    return f"{body} ;\n    dct:modified {day} .\n"


def _merge(checkout: Checkout, name: str) -> set[str]:
    """Merge a branch; where it does not merge, give the files in conflict and set it aside."""
    checkout.git("checkout", "--quiet", MAIN)
    command = ["git", "merge", "--quiet", "--no-ff", "--message", f"Merge {name}", name]
    done = subprocess.run(
        command, cwd=checkout.top, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return set()
    found = set(checkout.git("diff", "--name-only", "--diff-filter=U").splitlines())
    assert found, done.stderr
    checkout.git("merge", "--abort")
    return found


def _judge(outcome: Outcome, now: Edition, base: Edition, whole: Difference) -> None:
    """Hold the merged lists against what the merged branches meant, and check them."""
    expected = {triple for triple in apply(whole, base.authored) if triple[1] != MODIFIED}
    found = {triple for triple in now.authored if triple[1] != MODIFIED}
    dates = Counter(triple[0] for triple in now.authored if triple[1] == MODIFIED)
    twice = sum(number > 1 for number in dates.values())
    outcome.damage = len(expected ^ found) + len(now.repeated) + len(now.unreadable) + twice
    outcome.findings = _findings(now) - _findings(base)


def _findings(edition: Edition) -> frozenset[str]:
    return frozenset(finding.code for finding in check(edition, shapes_folder=None).findings)


def _is_new(path: str) -> bool:
    return f"/{NEW // 100}/" in path


def _loaded(checkout: Checkout) -> Edition:
    return load(open_workspace(checkout.root))
