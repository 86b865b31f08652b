"""A sheet that nobody edited changes nothing: as CSV, as a workbook, and through LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listkeeper.exchange.sheets.reading import read_sheet
from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import ADMS, DCT, SKOS, XSD
from listkeeper.store.turtle import write
from repository import BASE, edition_of
from sample import sample_edition
from sheets import csv_of, opened, planned, table, xlsx_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from listkeeper.edition import Edition
    from listkeeper.graph import Triple

ROOT: Final = Path(__file__).resolve().parent.parent
OFFICE: Final = shutil.which("soffice") or shutil.which("libreoffice") or ""
AS_UTF_8: Final = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
FORMS: Final = {"csv": csv_of, "xlsx": xlsx_of}

NEEDS: Final = """
<list/needs> a skos:ConceptScheme ; def:segment "need" ; def:conceptClass def:Need .
"""
LINK: Final = """
def:leadsTo a def:LinkType ; def:domainList <list/needs> ; def:rangeList <list/needs> ;
    rdfs:label "leads to"@en .
"""


def names_of(edition: Edition) -> list[str]:
    return [name for name, scheme in edition.vocabulary.schemes.items() if not scheme.subset_of]


@pytest.fixture(scope="module")
def lists() -> Edition:
    """The lists of this checkout."""
    return opened(ROOT)


@pytest.mark.parametrize("form", list(FORMS))
def test_every_list_kept_here_comes_back_unchanged(lists: Edition, form: str) -> None:
    """All lists, every cell of every entry."""
    for name in names_of(lists):
        plan = planned(lists, FORMS[form](lists, name), name)

        assert (name, plan.rows, plan.problems, plan.edit.contents) == (name, (), (), {})


def node(path: str) -> URINode:
    return URINode(f"{BASE}id/{path}")


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
AWKWARD = st.sampled_from(
    [
        *("a; b", '"a"', ' "a";"b" ', "'=1", "=1+1", "-x", "4/3/13", "1E3", "007", "\tx", "x\r\ny"),
        *(
            "\u2028",
            "a\u00a0b",
            "_x0041_",
            "\x01",
            "TRUE",
            "#REF!",
            "\ufeffx",
            "\u2019",
            "?",
            "\U0001f600",
        ),
    ]
)
VALUES = st.one_of(TEXT, AWKWARD)
SPOKEN = st.builds(lambda v, t: Literal(v, language=t), VALUES, st.sampled_from(["en", "cy", "fr"]))
DEFINED = f"{BASE}def/"
STATEMENTS = st.one_of(
    st.tuples(
        st.sampled_from(["prefLabel", "altLabel", "definition", "scopeNote", "note"]).map(
            lambda name: URINode(SKOS + name)
        ),
        st.one_of(SPOKEN, VALUES.map(Literal)),
    ),
    st.tuples(
        st.sampled_from([URINode(SKOS + "broader"), URINode(DEFINED + "leadsTo"),
                         URINode(DCT + "isReplacedBy")]),
        st.sampled_from([node("need/1"), node("need/02"), node("other/9"),
                         URINode("http://example.org/x;y")]),
    ),
    st.tuples(
        st.sampled_from([URINode(DEFINED + "startDate"), URINode(DEFINED + "endDate"),
                         URINode(DEFINED + "reinstatedOn")]),
        st.builds(
            lambda v: Literal(v, datatype=URINode(XSD + "date")),
            st.sampled_from(["2013-04-03", "2013-4-3", "4/3/13", "-0001-01-01"]),
        ),
    ),
    st.tuples(
        st.sampled_from([URINode(ADMS + "status"), URINode(DEFINED + "reviewStatus"),
                         URINode(DEFINED + "draftLabel"), URINode("http://example.org/p")]),
        st.one_of(SPOKEN, st.just(node("status/current")), st.just(URINode("http://e.org/s"))),
    ),
)  # fmt: skip


@st.composite
def repositories(draw: st.DrawFn) -> dict[str, str]:
    """Draw a list whose entries say anything that Turtle of our profile can say."""
    files = {"needs/list.ttl": NEEDS, "definitions.ttl": LINK}
    for code in ("1", "02", "x.y"):
        about = node(f"need/{code}")
        triples: list[Triple] = [
            (about, RDF_TYPE, URINode(SKOS + "Concept")),
            (about, URINode(SKOS + "inScheme"), node("list/needs")),
            (about, URINode(SKOS + "notation"), Literal(code)),
            *((about, *statement) for statement in draw(st.lists(STATEMENTS, max_size=8))),
        ]
        files[f"needs/{code}.ttl"] = write(triples, base="", prefixes={})
    return files


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files=repositories(), form=st.sampled_from(list(FORMS)))
def test_nothing_edited_is_nothing_changed(files: dict[str, str], form: str) -> None:
    """Whatever entries say, however odd: no cell that was left alone is an edit."""
    with tempfile.TemporaryDirectory() as folder:
        edition = edition_of(Path(folder), files)
        plan = planned(edition, FORMS[form](edition, "needs"), "needs")

    assert (plan.rows, plan.problems, plan.edit.contents) == ((), (), {})


def through_office(file: Path, to: str, folder: Path) -> bytes:
    """Have LibreOffice open a file and save it as another format."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    more = (
        ("--infilter=Text - txt - csv (StarCalc):44,34,76,1,,0",) if file.suffix == ".csv" else ()
    )
    subprocess.run(
        [OFFICE, profile, "--headless", *more, "--convert-to", to, "--outdir",
         folder / "out", file],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return (folder / "out" / f"{file.stem}.{to.partition(':')[0]}").read_bytes()


needs_office = pytest.mark.skipif(
    not OFFICE, reason="needs LibreOffice: apt-get install libreoffice-calc"
)


@needs_office
@pytest.mark.parametrize("to", ["xlsx", AS_UTF_8])
def test_a_workbook_that_libreoffice_saved_changes_nothing(tmp_path: Path, to: str) -> None:
    """It is opened and saved, as a workbook and as CSV, and every text is the same."""
    edition = sample_edition(tmp_path / "lists")
    file = tmp_path / "services.xlsx"
    file.write_bytes(xlsx_of(edition, "services"))
    plan = planned(edition, through_office(file, to, tmp_path), "services")

    assert (plan.rows, plan.problems, plan.edit.contents) == ((), (), {})


@needs_office
def test_csv_that_libreoffice_opened_and_saved_changes_nothing(tmp_path: Path) -> None:
    """Opened as people open it: what its guesses turned into numbers is never taken for an edit."""
    file = tmp_path / "services.csv"
    edition = sample_edition(tmp_path / "lists")
    file.write_bytes(csv_of(edition, "services"))
    plan = planned(edition, through_office(file, AS_UTF_8, tmp_path), "services")

    assert plan.edit.contents == {}


@needs_office
def test_our_largest_list_comes_back_from_libreoffice(tmp_path: Path, lists: Edition) -> None:
    """1,521 services in 30 columns, saved anew, give zero diff."""
    file = tmp_path / "services.xlsx"
    file.write_bytes(xlsx_of(lists, "services"))
    plan = planned(lists, through_office(file, "xlsx", tmp_path))

    assert (plan.rows, plan.problems, plan.edit.contents) == ((), (), {})


def test_a_sheet_says_what_it_was_made_from(tmp_path: Path) -> None:
    """Its last column names the state of each entry; a workbook says more on a sheet About."""
    edition = sample_edition(tmp_path)
    header, first, *_ = table(csv_of(edition, "services"))
    about = read_sheet(xlsx_of(edition, "services"), "x").about

    assert header[0] == "Identifier"
    assert header[-1] == "State"
    assert first[-1].startswith("services ")
    assert about["List"] == "services"
    assert len(about["Content hash"]) == 64
    assert about["Meets need"].startswith("Codes from the list needs.")


def test_the_same_lists_give_the_same_bytes(tmp_path: Path) -> None:
    edition = sample_edition(tmp_path)
    write_: Callable[[Edition, str], bytes]
    for write_ in FORMS.values():
        assert write_(edition, "services") == write_(edition, "services")
