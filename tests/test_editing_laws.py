"""Laws of edits: what they undo, and what they never do to lists in order."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edited import TODAY, after, edited, entry, lists
from listkeeper.editing.creating import NewEntry, create, successor
from listkeeper.editing.draft import Draft
from listkeeper.editing.kinds import link_kind
from listkeeper.editing.linking import link, unlink
from listkeeper.editing.naming import rename
from listkeeper.editing.numbers import next_number
from listkeeper.editing.pointers import Links
from listkeeper.editing.renumbering import Standing, renumber, withdraw
from listkeeper.editing.retiring import merge, reinstate, replace, retire, split
from listkeeper.edition import load
from listkeeper.store.assets import find_assets
from listkeeper.store.changing import change_files
from listkeeper.store.formatting import reformat
from listkeeper.store.workspace import open_workspace
from listkeeper.validate.caused import errors_caused

if TYPE_CHECKING:
    from collections.abc import Callable

    from listkeeper.store.workspace import Workspace

CODES: Final = ("service/1", "service/200001", "need/10001", "need/10002", "need/10003")
LATER: Final = "2027-03-01"

words = st.text(st.sampled_from("abcdefghij "), min_size=3, max_size=20).filter(
    lambda text: len(text.split()) > 1
)
"""Names of two words or more."""

codes = st.sampled_from(CODES)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Lists in order; no test writes to them."""
    return lists(tmp_path_factory.mktemp("lists"))


def in_turn(
    repository: Workspace, *steps: Callable[[Draft], object], known: bool
) -> dict[str, Any]:
    """Carry edits out one after the other, as commands do; give the files that are others then.

    Args:
        repository: the lists.
        steps: the edits, the first today, the others later.
        known: whether the state before them is committed.
    """
    committed = {file.path: file.data for file in repository.files}
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for path, data in {**committed, "listkeeper.toml": SETTINGS}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        for day, step in zip([TODAY, *[LATER] * len(steps)], steps, strict=False):
            draft = Draft(load(open_workspace(root)), day, committed.get if known else None)
            step(draft)
            edit = draft.edit()
            change_files(root, edit.contents, edit.before)
        left = {file.path: file.data for file in open_workspace(root).files}
    return {p: left.get(p) for p in committed | left if committed.get(p) != left.get(p)}


SETTINGS: Final = b'format = 1\nbase_uri = "https://lists.example.org/"\nlanguages = ["en"]\n'


def linking(function: Any, code: str, kind: str, target: str) -> Any:  # noqa: ANN401 - any edit
    def step(draft: Draft) -> None:
        named = entry(draft.edition, code), link_kind(draft.edition, kind)
        function(draft, *named, entry(draft.edition, target))

    return step


def on(code: str, function: Any, **more: Any) -> Any:  # noqa: ANN401 - any edit
    return lambda draft: function(draft, entry(draft.edition, code), **more)


@settings(max_examples=15, deadline=None)
@given(
    link_=st.sampled_from(
        [
            ("service/1", "meets-need", "need/10001"),
            ("need/10003", "met-by", "service/1"),
            ("service/200001", "power", "power-or-duty/10002"),
            ("need/10003", "broader", "need/10002"),
            ("service/200001", "broader", "service/1"),
        ]
    )
)
def test_link_then_unlink_is_the_identity(
    repository: Workspace, link_: tuple[str, str, str]
) -> None:
    """On bytes, comments and dates included."""
    steps = linking(link, *link_), linking(unlink, *link_)

    assert in_turn(repository, *steps, known=True) == {}


@settings(max_examples=15, deadline=None)
@given(code=codes, label=words)
def test_renaming_back_is_the_identity(repository: Workspace, code: str, label: str) -> None:
    """Where nobody saw the name in between; else that one is the former name, and only that."""
    there = on(code, rename, label=label)

    def back(draft: Draft) -> None:
        first = entry(load(repository), code).label().value
        rename(draft, entry(draft.edition, code), first)

    assert in_turn(repository, there, back, known=True) == {}
    changed = in_turn(repository, there, back, known=False)
    (data,) = changed.values()
    first = entry(load(repository), code).label().value
    assert f'skosxl:literalForm "{first}"'.encode() not in data
    assert f'skosxl:literalForm "{" ".join(label.split())}"@en'.encode() in data


@settings(max_examples=15, deadline=None)
@given(code=st.sampled_from(CODES), reason=words)
def test_retiring_then_reinstating(repository: Workspace, code: str, reason: str) -> None:
    """Is the identity where nobody saw it retired; else only the return is told."""
    steps = on(code, retire, reason=reason), on(code, reinstate)

    assert in_turn(repository, *steps, known=True) == {}
    ((path, data),) = in_turn(repository, *steps, known=False).items()
    before = next(file.data for file in repository.files if file.path == path)
    new = set(data.decode().split("\n")) - set(before.decode().split("\n"))
    stated = {line.split()[0] for line in new if line.strip() and not line.startswith("@prefix")}
    assert stated <= {"def:reinstatedOn", "dct:modified", "adms:status"}
    assert "def:reinstatedOn" in stated


def renamed(code: str, label: str) -> Any:  # noqa: ANN401 - any edit
    return on(code, rename, label=label)


def retired(code: str, other: str, links: Links) -> Any:  # noqa: ANN401 - any edit
    def step(draft: Draft) -> None:
        named = [entry(draft.edition, name) for name in (code, other)]
        retire(draft, named[0], reason="Gone.", replaced_by=named[1:], links=links)

    return step


def ended(function: Any, code: str, other: str) -> Any:  # noqa: ANN401 - any edit
    def step(draft: Draft) -> None:
        named = [entry(draft.edition, name) for name in (code, other)]
        if function is merge:
            merge(draft, named, named[1], reason="One.")
        else:
            replace(draft, named[0], named[1:], reason="Other.")

    return step


def divided(code: str, labels: tuple[str, str]) -> Any:  # noqa: ANN401 - any edit
    def step(draft: Draft) -> None:
        whole = entry(draft.edition, code)
        scheme = draft.edition.vocabulary.schemes[whole.list_name]
        parts = [successor(draft, whole, next_number(draft, scheme), label) for label in labels]
        split(draft, whole, parts, reason="Two.", links=Links.MOVE)

    return step


def made(list_name: str, label: str) -> Any:  # noqa: ANN401 - any edit
    def step(draft: Draft) -> None:
        scheme = draft.edition.vocabulary.schemes[list_name]
        number = next_number(draft, scheme)
        create(draft, NewEntry(scheme=scheme, notation=number, label=f"{label} {number}"))

    return step


def moved(code: str) -> Any:  # noqa: ANN401 - any edit
    def step(draft: Draft) -> None:
        concept = entry(draft.edition, code)
        scheme = draft.edition.vocabulary.schemes[concept.list_name]
        standing = Standing(was_on_main=True)
        renumber(draft, concept, next_number(draft, scheme), standing)

    return step


def taken_out(code: str) -> Any:  # noqa: ANN401 - any edit
    standing = Standing(was_on_main=True)
    return on(code, withdraw, standing=standing, reason="Wrong.", links=Links.DROP)


def pairs() -> st.SearchStrategy[tuple[str, str]]:
    """Give two entries of one list."""
    return st.tuples(codes, codes).filter(
        lambda pair: pair[0] != pair[1] and pair[0].split("/")[0] == pair[1].split("/")[0]
    )


movable = st.sampled_from(["service/200001", "need/10001", "need/10002", "need/10003"])
"""Those that have no code of another owner."""

two_names = st.tuples(words, words).filter(lambda pair: pair[0].split() != pair[1].split())

edits = st.one_of(
    st.builds(renamed, codes, words),
    st.builds(
        lambda p, links: retired(p[0], p[1], links),
        pairs(),
        st.sampled_from((Links.MOVE, Links.DROP)),
    ),
    st.builds(
        lambda function, p: ended(function, p[0], p[1]), st.sampled_from((merge, replace)), pairs()
    ),
    st.builds(divided, movable, two_names),
    st.builds(made, st.sampled_from(["services", "internal", "needs"]), words),
    st.builds(moved, movable),
    st.builds(taken_out, st.sampled_from(["need/10001", "need/10002", "need/10003"])),
)
"""Edits that make sense of themselves."""


@settings(max_examples=60, deadline=None)
@given(step=edits)
def test_edits_cause_no_errors(repository: Workspace, step: Any) -> None:  # noqa: ANN401 - any edit
    """What was in order is in order after any edit, in canonical form, with shapes."""
    edit = edited(repository, step)

    edition = after(repository, edit)
    found = errors_caused(load(repository), edition, find_assets("shapes", None))
    assert [finding.message for finding in found] == []
    assert reformat(edition.files.values(), edition.settings) == ({}, ())
