"""Fingerprints: a document whose fingerprint is the same has the same bytes, whatever is edited."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listkeeper.edition import load
from listkeeper.errors import UnsupportedError
from listkeeper.publish.dependencies import Fingerprints, fingerprint, program_fingerprint
from listkeeper.publish.resources import ResourceKind
from listkeeper.store.workspace import open_workspace
from published import TEMPLATES, publish
from sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.publish.publication import Document, Publication


class Content(NamedTuple):
    """A document's fingerprint and bytes."""

    fingerprint: str
    data: bytes | str


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rich sample repository, to be copied."""
    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def before(sample: Path) -> Mapping[str, Content]:
    """What is published of it."""
    return contents(sample)


def contents(root: Path) -> dict[str, Content]:
    """Give fingerprint and bytes of every document that has a fingerprint."""
    publication = publish(load(open_workspace(root)))
    fingerprints = Fingerprints(publication, "program")
    documents = publication.documents.values()
    pairs = ((d, fingerprints.of(d)) for d in documents)
    return {d.file: Content(made, rendered(publication, d)) for d, made in pairs if made}


def rendered(publication: Publication, document: Document) -> bytes | str:
    """Render a document, or give why it cannot be."""
    try:
        return publication.render(document)
    except UnsupportedError as error:
        return str(error)


EDITS = {
    "label": ("skos:prefLabel", ' "Edited label"@en ; skos:changeNote "x"@en ; skos:prefLabel'),
    "other name": ("skos:notation", 'skos:altLabel "Another"@en ; skos:notation'),
    "definition": ("skos:notation", 'skos:definition "Anew."@en ; skos:notation'),
    "broader": ("skos:notation", "skos:broader <{other}> ; skos:notation"),
    "link": ("skos:notation", "def:meetsNeed <{other}> ; skos:notation"),
    "another link": ("skos:notation", "def:aimedAt <{other}> ; skos:notation"),
    "replacement": ("skos:notation", "dct:isReplacedBy <{other}> ; skos:notation"),
    "retired": ("adms:status <status/current>", "adms:status <status/retired>"),
    "proposed": ("adms:status <status/current>", "adms:status <status/proposed>"),
    "match": ("skos:notation", "skos:exactMatch <http://x.example/1> ; skos:notation"),
    "part": ("skos:notation", "def:textRecord <{other}#odd> ; skos:notation"),
}
"""What is done to a file: a text of it, and what takes its place."""


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of a whole site's contents
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    edits=st.lists(
        st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 10**6), st.integers(0, 10**6)),
        min_size=1,
        max_size=3,
    )
)
def test_the_same_fingerprint_means_the_same_bytes(
    edits: list[tuple[str, int, int]], sample: Path, before: Mapping[str, Content]
) -> None:
    """After any edits of any files; what was edited has another."""
    with edited(sample, edits) as root:
        after = contents(root)

    stale = [
        file
        for file, now in after.items()
        if file in before and before[file].fingerprint == now.fingerprint
        if before[file].data != now.data
    ]
    assert stale == []


class edited:  # noqa: N801 - reads as a verb in a with statement
    """A copy of the sample with edits made."""

    def __init__(self, sample: Path, edits: list[tuple[str, int, int]]) -> None:
        """Keep what is to be done."""
        self._sample = sample
        self._edits = edits

    def __enter__(self) -> Path:
        """Make the copy."""
        self._folder = tempfile.mkdtemp()
        root = Path(shutil.copytree(self._sample, Path(self._folder) / "lists"))
        files = sorted(f for f in root.glob("vocabularies/*/*.ttl") if f.name[:4] != "list")
        for name, chosen, other in self._edits:
            file, named = files[chosen % len(files)], files[other % len(files)]
            old, new = EDITS[name]
            subject = named.read_text("utf-8").split("\n<")[-1].split(">")[0].split("#")[0]
            text = file.read_text("utf-8").replace(old, new.replace("{other}", subject), 1)
            file.write_text(text, encoding="utf-8")
        return root

    def __exit__(self, *_: object) -> None:
        """Remove it."""
        shutil.rmtree(self._folder)


def files_changed(sample: Path, before: Mapping[str, Content], path: str, more: str) -> set[str]:
    """Name the addresses whose fingerprints change with one statement more in a file."""
    with edited(sample, []) as root:
        file = root / "vocabularies" / path
        text = file.read_text("utf-8").replace("skos:notation", f"{more} ; skos:notation", 1)
        file.write_text(text, encoding="utf-8")
        after = contents(root)
    return {f.split(".")[0] for f, now in after.items() if before[f].fingerprint != now.fingerprint}


def test_a_definition_concerns_an_entry_and_its_lists_alone(
    sample: Path, before: Mapping[str, Content]
) -> None:
    """Others show its name and not what it says, so nothing else is made again."""
    changed = files_changed(sample, before, "needs/69.ttl", 'skos:scopeNote "More."@en')

    assert changed == {"need/69", "list/needs"}


def test_a_name_concerns_those_who_show_it(sample: Path, before: Mapping[str, Content]) -> None:
    """Services that meet a need say its name, and their list says it in its links."""
    changed = files_changed(sample, before, "needs/69.ttl", 'skos:prefLabel "Y"@cy')

    assert {"need/69", "list/needs", "list/services"} <= changed
    assert any(address.startswith("service/") for address in changed)
    assert len(changed) < len({f.split(".")[0] for f in before}) / 2


SHARED = ["definitions.ttl", "catalogue.ttl", "services/list.ttl", "statuses/current.ttl"]


@pytest.mark.parametrize("path", SHARED)
def test_what_is_shown_everywhere_concerns_everything(
    path: str, sample: Path, before: Mapping[str, Content]
) -> None:
    """Definitions, the catalogue, lists and statuses."""
    with edited(sample, []) as root:
        with (root / "vocabularies" / path).open("a", encoding="utf-8") as stream:
            stream.write("# a comment\n")
        after = contents(root)

    assert all(before[f].fingerprint != now.fingerprint for f, now in after.items())


def test_another_program_makes_everything_anew(sample: Path) -> None:
    """Whose code, libraries or templates are others."""
    publication = publish(load(open_workspace(sample)))
    one, other = Fingerprints(publication, "a"), Fingerprints(publication, "b")
    documents = [d for d in publication.documents.values() if one.of(d)]

    assert documents
    assert all(one.of(d) != other.of(d) for d in documents)


def test_templates_are_part_of_the_program(tmp_path: Path) -> None:
    """One letter more in one of them, and it is another."""
    copy = Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))
    assert program_fingerprint(copy) == program_fingerprint(TEMPLATES)

    (copy / "base.html").write_text((copy / "base.html").read_text() + "\n")

    assert program_fingerprint(copy) != program_fingerprint(TEMPLATES)


def test_definitions_and_catalogue_have_none(sample: Path) -> None:
    """They tell of everything, so they are always made."""
    publication = publish(load(open_workspace(sample)))
    fingerprints = Fingerprints(publication, "program")
    known = {ResourceKind.CONCEPT, ResourceKind.LIST}

    for document in publication.documents.values():
        has_one = document.resource is not None and document.resource.kind in known
        assert bool(fingerprints.of(document)) is has_one, document.path


@given(st.lists(st.text()), st.lists(st.text()))
def test_no_part_runs_into_the_next(one: list[str], other: list[str]) -> None:
    """Only the same parts have the same fingerprint."""
    assert (fingerprint(one) == fingerprint(other)) is (one == other)
