"""The real lists, brought in whole: the figures that the lists kept here rest on."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from listkeeper.edition import load
from listkeeper.exchange.formats import Reading, read_foreign
from listkeeper.exchange.history_notes import read_history
from listkeeper.exchange.importing import Imported, Request, import_files
from listkeeper.exchange.linking import Subset
from listkeeper.store.files import write_all
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.model import Vocabulary

pytestmark = pytest.mark.shared

LISTS = ("services", "functions", "interactions")
FILES = ("services.csv", "functions_services.xml", "functions_services_mapped.csv")
GOVUK = Reading(columns={"code": "LGSL", "label": "Description"}, unconfirmed=True)
LGIL = Reading(columns={"code": "LGIL", "label": "Interaction"})
PAIRS = Reading(columns={"from": "LGSL", "to": "LGIL"}, pairs="hasInteraction")
PLAIN = Reading()


class Real:
    """A repository with the definitions and empty lists, filled step by step."""

    def __init__(self, folder: Path, root: Path, data: Path) -> None:
        """Write what an import asks for: settings, definitions, lists and subsets."""
        self.folder = folder
        self.data = data
        own = root / "vocabularies"
        heads = [own / "definitions.ttl", *(p for n in LISTS for p in own.glob(f"{n}/list*.ttl"))]
        contents = {f"vocabularies/{path.relative_to(own)}": path.read_bytes() for path in heads}
        settings = (root / "listkeeper.toml").read_bytes()
        write_all(folder, {"listkeeper.toml": settings, **contents})

    def bring(
        self, name: str, *files: str, reading: Reading = PLAIN, subsets: tuple[Subset, ...] = ()
    ) -> Imported:
        """Import files of the shared data into a list and write them."""
        read = tuple(read_foreign((self.data / file).read_bytes(), file, reading) for file in files)
        request = Request(list_name=name, files=read, link=reading.pairs, subsets=subsets)
        imported = import_files(load(open_workspace(self.folder)), request)
        write_all(self.folder, imported.contents)
        return imported


@pytest.fixture(scope="module")
def real(
    tmp_path_factory: pytest.TempPathFactory, root: Path, shared: Path
) -> tuple[Vocabulary, dict[str, Imported]]:
    """Every command that `docs/import.md` gives for the real lists, and what came of it."""
    data = shared / "data" / "lists"
    xml = read_foreign((data / FILES[1]).read_bytes(), FILES[1], PLAIN)
    subsets = (
        Subset(name="englishAndWelshServices", evidence=xml),
        Subset(name="internal", phrase="to the internal service list"),
    )
    lists = Real(tmp_path_factory.mktemp("real"), root, data)
    steps = {
        "functions": lists.bring("functions", "functions.csv"),
        "interactions": lists.bring("interactions", "service_interactions.csv", reading=LGIL),
        "services": lists.bring("services", *FILES, subsets=subsets),
        "govuk": lists.bring("services", "govuk_local_services.csv", reading=GOVUK),
        "pairs": lists.bring("services", "service_interactions.csv", reading=PAIRS),
    }
    edition = load(open_workspace(lists.folder))
    assert edition.unreadable == ()
    return edition.vocabulary, steps


def test_every_code_is_held(real: tuple[Vocabulary, dict[str, Imported]]) -> None:
    """1,519 of the list, one that only the mapping has, one that only GOV.UK has."""
    vocabulary, steps = real
    services = {concept.notation: concept for concept in vocabulary.members("services")}

    assert len(services) == 1_521
    assert services["1076"].label().value == "Restricted hotel licence"
    assert [code for code, each in services.items() if each.label_unconfirmed] == ["1788"]
    assert sum(imported.report.rejected for imported in steps.values()) == 0


def test_functions_are_a_tree_of_two_levels(
    real: tuple[Vocabulary, dict[str, Imported]],
) -> None:
    functions = real[0].members("functions")
    top = {function.uri for function in functions if not function.broader}

    assert (len(functions), len(top)) == (113, 13)
    assert all(set(function.broader) <= top for function in functions)


def test_services_have_their_functions_interactions_and_subsets(
    real: tuple[Vocabulary, dict[str, Imported]],
) -> None:
    """The union of what the XML and the mapped CSV say; 81 pairs; the evidenced members."""
    vocabulary, _ = real
    linked = Counter(
        uri.rpartition("/")[2]
        for service in vocabulary.members("services")
        for uri, targets in service.links.items()
        for _ in targets
    )
    functions = [
        service
        for service in vocabulary.members("services")
        if any(uri.endswith("/partOfFunction") for uri in service.links)
    ]

    assert len(functions) == linked["partOfFunction"] == 1_242
    assert linked["hasInteraction"] == 81
    assert len(vocabulary.members("englishAndWelshServices")) == 1_127
    assert len(vocabulary.members("internal")) == 16
    assert len(vocabulary.members("interactions")) == 4


def test_names_and_versions_come_out_of_the_history_notes(
    real: tuple[Vocabulary, dict[str, Imported]],
) -> None:
    former = [f for s in real[0].members("services") for f in s.former_labels]
    told = [f for f in former if f.source == "History notes of the LGA's list"]

    assert (len(former), len(told)) == FORMER
    assert all(re.fullmatch(r"\d\.\d{1,2}(\.\d)?", f.replaced_in) for f in told if f.replaced_in)
    assert sum(not f.replaced_in for f in told) == OPEN_ENDED


FORMER = (1_416, 1_407)
"""Former names in all, and those that history notes tell."""

OPEN_ENDED = 25
"""Those whose end nobody noted."""


def test_all_but_three_sentences_about_names_are_read(shared: Path) -> None:
    """Of the notes that speak of a change of name."""
    data = (shared / "data" / "lists" / "services.csv").read_bytes()
    entries = read_foreign(data, "services.csv", PLAIN).entries
    histories = [read_history(entry.history, entry.label.strip()) for entry in entries]
    speaking = [history for history in histories if history.changes or history.unread]

    assert len(speaking) == 1_150
    assert sum(len(history.changes) for history in histories) == 1_937
    assert sum(len(history.unread) for history in histories) == 3


def test_what_is_odd_in_the_real_files_is_told(
    real: tuple[Vocabulary, dict[str, Imported]],
) -> None:
    """What was counted by hand is found: spaces, the doubled label, the café encoded twice."""
    _, steps = real
    services = steps["services"].report.notes
    spaces = [n for n in services if n.kind == "spaces" and n.row.path == "services.csv"]
    twice = [n for n in services if n.kind == "charset"]

    assert len(spaces) == 12
    assert [(n.row.line, n.notation) for n in twice] == [(988, "742")]
    assert [n.notation for n in steps["functions"].report.notes if n.kind == "duplicate-label"] == [
        "92"
    ]
    assert sorted(n.notation for n in services if n.kind == "history") == ["1071", "1395", "29"]


def test_mangled_dates_are_decided_by_the_file_beside_them(
    tmp_path: Path, root: Path, shared: Path
) -> None:
    """4/3/13 is 3 April 2013 because functions.csv dates the same 113 entries so."""
    lists = Real(tmp_path, root, shared / "data" / "lists")
    imported = lists.bring("functions", FILES[2], "functions.csv")
    created = {f.created for f in load(open_workspace(tmp_path)).vocabulary.members("functions")}

    assert created == {"2013-04-03"}
    assert "date" not in {note.kind for note in imported.report.notes}


def test_mangled_dates_alone_are_left_out_and_told(
    tmp_path: Path, root: Path, shared: Path
) -> None:
    lists = Real(tmp_path, root, shared / "data" / "lists")
    imported = lists.bring("functions", FILES[2])
    created = {f.created for f in load(open_workspace(tmp_path)).vocabulary.members("functions")}

    assert created == {""}
    assert Counter(note.kind for note in imported.report.notes)["date"] == 2 * 113
