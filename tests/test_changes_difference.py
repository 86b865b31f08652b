"""The algebra of differences, over random edits of the sample lists read from real bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compared import edit, loaded
from listkeeper.changes.compare import compare
from listkeeper.changes.difference import Difference, apply, compose, difference, inverse
from listkeeper.edition import load
from listkeeper.publish.change_reports import FORMATS, changelog
from listkeeper.store.workspace import SourceFile, Sources, classify, open_workspace
from sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from listkeeper.edition import Edition
    from listkeeper.settings import Settings

Lines = dict[str, list[str]]
"""Path of a file to its statements as N-Triples, which are Turtle too."""

Operation = tuple[str, int, int, int, int]

ODD: Final = (
    '"x"@en',
    '"=1+1"',
    '"\\u202E</script>`|"@cy',
    '"01"^^<http://www.w3.org/2001/XMLSchema#integer>',
    "<urn:nothing:here>",
    "_:b",
    "<https://lists.example.org/id/service/559#former-1>",
)
PREDICATES: Final = ("<urn:odd>", "<http://www.w3.org/2004/02/skos/core#note>")

operations = st.lists(
    st.tuples(
        st.sampled_from(("take", "take", "put", "put", "drop", "copy")),
        *(st.integers(0, 10_000) for _ in range(4)),
    ),
    max_size=8,
)


class Sample:
    """The sample as statements by file, and random states of it."""

    def __init__(self, folder: Path) -> None:
        """Write the sample and read it."""
        workspace = open_workspace(write_sample(folder, hostile=True))
        edition = load(workspace)
        self.settings: Settings = workspace.settings
        self.lines: Lines = {path: [] for path in edition.files}
        for triple in edition.authored:
            line = " ".join((*map(str, triple), "."))
            self.lines[edition.homes[triple[0]]].append(line)
        everything = [line for lines in self.lines.values() for line in lines]
        self.subjects = sorted({line.split(" ", 1)[0] for line in everything})
        self.predicates = sorted({line.split(" ", 2)[1] for line in everything}) + list(PREDICATES)
        self.objects = sorted({line.split(" ", 2)[2][:-2] for line in everything}) + list(ODD) * 9

    def state(self, edits: list[Operation]) -> Edition:
        """Read a state that some edits lead to."""
        lines = {path: list(found) for path, found in self.lines.items()}
        for operation in edits:
            self._edit(lines, *operation)
        return load(Sources(settings=self.settings, files=tuple(_files(lines))))

    def _edit(self, lines: Lines, what: str, *numbers: int) -> None:
        path = sorted(lines)[numbers[0] % len(lines)]
        found = lines[path]
        if what == "take" and found:
            del found[numbers[1] % len(found)]
        elif what == "put":
            pools = (self.subjects, self.predicates, self.objects)
            chosen = (p[n % len(p)] for p, n in zip(pools, numbers[1:], strict=True))
            found.append(" ".join((*chosen, ".")))
        elif what == "drop" and len(lines) > 1:
            del lines[path]
        elif what == "copy":
            lines[path.replace(".ttl", "x.ttl")] = [s.replace("/id/", "/id/x-") for s in found]


def _files(lines: Mapping[str, list[str]]) -> list[SourceFile]:
    return [
        SourceFile(
            path=path,
            data="\n".join(found).encode(),
            kind=classify(path.removeprefix("vocabularies/")),
        )
        for path, found in sorted(lines.items())
    ]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return Sample(tmp_path_factory.mktemp("sample"))


few = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@few
@given(one=operations, two=operations)
def test_a_difference_leads_from_one_state_to_the_other_and_back(
    sample: Sample, one: list[Operation], two: list[Operation]
) -> None:
    a, b = sample.state(one), sample.state(two)

    change = difference(a, b)

    assert set(apply(change, a.authored)) == set(b.authored)
    assert set(apply(inverse(change), b.authored)) == set(a.authored)
    assert inverse(inverse(change)) == change
    assert compose(change, inverse(change)) == Difference()
    assert not difference(a, a)


@few
@given(one=operations, two=operations, three=operations)
def test_two_differences_make_one(
    sample: Sample, one: list[Operation], two: list[Operation], three: list[Operation]
) -> None:
    a, b, c = sample.state(one), sample.state(two), sample.state(three)

    both = compose(difference(a, b), difference(b, c))

    assert both == difference(a, c)
    assert set(apply(both, a.authored)) == set(c.authored)


@few
@given(one=operations, two=operations)
def test_changes_tell_of_each_statement_once_and_can_be_written(
    sample: Sample, one: list[Operation], two: list[Operation]
) -> None:
    """However odd the edits: every statement is in one change, and no format fails."""
    a, b = sample.state(one), sample.state(two)

    changes = compare(a, b)

    removed = [triple for change in changes.changes for triple in change.removed]
    added = [triple for change in changes.changes for triple in change.added]
    assert (len(removed), len(added)) == (len(set(removed)), len(set(added)))
    assert Difference(removed=frozenset(removed), added=frozenset(added)) == difference(a, b)
    assert all(write(changes) for write in FORMATS.values())
    assert changelog(changes)


def test_a_move_to_another_base_leads_there_and_back(tmp_path: Path) -> None:
    """With a further edit; and two moves make one, or none where they lead back."""
    bases = ("https://lists.example.org/", "https://a.example.net/", "https://b.example.net/x/")
    a, b, c = (loaded(write_sample(tmp_path / str(n), base=base)) for n, base in enumerate(bases))
    edit(tmp_path / "1", [("services/05/559.ttl", "Lending library", "Reading room")])
    b = loaded(tmp_path / "1")

    change = difference(a, b)

    assert (len(change.removed), len(change.added)) == (1, 1)
    assert set(apply(change, a.authored)) == set(b.authored)
    assert set(apply(inverse(change), b.authored)) == set(a.authored)
    onwards = compose(change, difference(b, c))
    assert set(apply(onwards, a.authored)) == set(c.authored)
    assert compose(change, inverse(change)) == Difference()


def test_a_base_that_is_already_in_use_is_no_move(tmp_path: Path) -> None:
    """Moving would run two identifiers together: each statement is told instead."""
    a = loaded(write_sample(tmp_path / "a"))
    edit(
        tmp_path / "a",
        [
            (
                "services/05/559.ttl",
                "skos:notation",
                "<urn:p> <https://b.example.net/x> ; skos:notation",
            )
        ],
    )
    a = loaded(tmp_path / "a")
    b = loaded(write_sample(tmp_path / "b", base="https://b.example.net/"))

    change = difference(a, b)

    assert change.move is None
    assert set(apply(change, a.authored)) == set(b.authored)
    assert set(apply(inverse(change), b.authored)) == set(a.authored)


def test_files_with_the_same_blob_are_not_looked_into(tmp_path: Path) -> None:
    """Git's name of a file says whether it is the same: contents are not compared again."""
    workspace = open_workspace(write_sample(tmp_path))
    named = [
        SourceFile(path=f.path, data=f.data, kind=f.kind, blob=f.path) for f in workspace.files
    ]
    forgetful = [
        SourceFile(path=f.path, data=b"", kind=f.kind, blob=f.path) for f in workspace.files
    ]
    before = load(Sources(settings=workspace.settings, files=tuple(named)))
    after = load(Sources(settings=workspace.settings, files=tuple(forgetful)))

    assert not difference(before, after)
