"""A living spreadsheet: what was downloaded and filled comes back up to date."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import httpx2
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from starlette.testclient import TestClient

from asking import Site, make_site
from listkeeper.errors import ContentError
from listkeeper.publish.refreshing import Refreshed, refresh
from listkeeper.publish.workbooks import MOST_ROWS
from listkeeper.web.refreshing import MOST_WAITING
from sample import sample_edition

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

    from listkeeper.edition import Edition

LISTKEEPER = str(Path(sys.executable).with_name("listkeeper"))
SERVICES = "/list/services.xlsx"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The lists of today."""
    return make_site(tmp_path_factory.mktemp("lists"))


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The same, loaded."""
    return sample_edition(tmp_path_factory.mktemp("edition"))


def changed(data: bytes, change: Callable[[Worksheet], None]) -> bytes:
    """Do to a workbook's sheet what an officer does in a spreadsheet."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book["List"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet(data: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data))["List"]


def columns(found: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in found[1] if cell.value}


def row_of(found: Worksheet, code: str) -> int:
    return next(int(cell.row) for cell in found["A"] if str(cell.value) == code)


def cell(found: Worksheet, code: str, title: str) -> Any:  # noqa: ANN401 - openpyxl's cell
    return found.cell(row_of(found, code), columns(found)[title])


def last_year(found: Worksheet) -> None:
    """Make of today's sheet what was downloaded before things changed, filled since."""
    at = columns(found)
    for code, title, was in (
        ("559", "Label", "Library services"),
        ("600", "Status", "current"),
        ("600", "End date", None),
        ("600", "Replaced by", None),
        ("600", "Replaced by label", None),
        ("601", "Status", "current"),
    ):
        found.cell(row_of(found, code), at[title]).value = was
    own = found.max_column + 1
    found.cell(1, own).value = "Our team"
    found.cell(1, own + 1).value = "Cost"
    for row in range(2, found.max_row + 1):
        found.cell(row, own).value = f"Team {row}"
        found.cell(row, own + 1).value = f"={row}*2"
    found.cell(3, own).fill = PatternFill("solid", fgColor="FFFF00")
    found.cell(3, own).comment = Comment("Ask Ann", "Bob")
    found.column_dimensions["A"].width = 33


@pytest.fixture(scope="module")
def filled(site: Site) -> bytes:
    """A sheet that was downloaded last year, with an officer's own columns."""
    return changed(site.ask(SERVICES).body, last_year)


@pytest.fixture(scope="module")
def result(filled: bytes, edition: Edition) -> Refreshed:
    """The sheet brought up to date."""
    return refresh(edition, filled)


UPDATED = [
    # code, column, what it says now, its comment
    ("559", "Label", "Libraries", "Was: Library services"),
    ("600", "Status", "retired", "Was: current"),
    ("600", "Replaced by", "1614", "Was empty."),
    ("600", "Replaced by label", "16 to 19 bursary fund", "Was empty."),
    ("600", "End date", "2025-04-01", "Was empty."),
    ("600", "Identifier", "600", "Retired on 2025-04-01. Use 1614 16 to 19 bursary fund instead."),
    (
        *("601", "Identifier", "601"),
        "Retired on 2025-04-01. Choose one of 602 Allotments, 603 Smallholdings instead.",
    ),
    ("607", "Identifier", "607", None),
]


@pytest.mark.parametrize(("code", "title", "value", "comment"), UPDATED)
def test_cells_of_the_list_say_what_it_says_today(
    code: str, title: str, value: str, comment: str | None, result: Refreshed
) -> None:
    """And a comment tells what they said before; a code itself is never changed."""
    found = cell(sheet(result.data), code, title)

    assert found.value == value
    assert (found.comment.text if found.comment else None) == comment


def test_columns_of_ones_own_are_untouched(filled: bytes, result: Refreshed) -> None:
    """Values, formulas, colours, comments, widths."""
    before, after = sheet(filled), sheet(result.data)
    first = columns(before)["Our team"]

    for row in range(1, before.max_row + 1):
        for column in (first, first + 1):
            old, new = before.cell(row, column), after.cell(row, column)
            assert (old.value, old.number_format) == (new.value, new.number_format)
            assert old.fill.fgColor.rgb == new.fill.fgColor.rgb
    kept = after.cell(3, first).comment
    assert kept is not None
    assert kept.text == "Ask Ann"
    assert after.column_dimensions["A"].width == 33
    assert (after.max_row, after.max_column) == (before.max_row, before.max_column)
    assert after.freeze_panes == before.freeze_panes


def test_it_is_counted(result: Refreshed) -> None:
    """In one line, which the sheet about the list keeps."""
    about = openpyxl.load_workbook(io.BytesIO(result.data))["About"]
    told = {row[0].value: row[1].value for row in about.iter_rows()}

    assert (result.rows, result.renamed, result.retired, result.unknown) == (13, 1, 2, 0)
    assert told["Refreshed"] == result.summary
    assert told["Version"] == "2026.11"


def test_what_is_up_to_date_stays_as_it_is(site: Site, edition: Edition) -> None:
    """Refreshed twice, nothing more happens."""
    fresh = site.ask(SERVICES).body
    once = refresh(edition, fresh)

    assert (once.cells, once.missing) == (0, 0)
    assert refresh(edition, once.data).cells == 0


def test_rows_may_be_sorted_left_out_and_added(site: Site, edition: Edition) -> None:
    """Entries are known by their URIs and codes, not by their places."""

    def shuffle(found: Worksheet) -> None:
        rows = [[c.value for c in row] for row in found.iter_rows(min_row=2)]
        found.delete_rows(2, found.max_row)
        for row in reversed(rows[2:]):
            found.append(row)
        found.append([None, "A note of our own"])
        found.append(["99999999", "Made up"])
        cell(found, "1614", "Label").value = "Bursary"

    refreshed = refresh(edition, changed(site.ask(SERVICES).body, shuffle))
    found = sheet(refreshed.data)

    assert cell(found, "1614", "Label").value == "16 to 19 bursary fund"
    assert (refreshed.rows, refreshed.unknown, refreshed.missing) == (12, 1, 1)
    assert cell(found, "99999999", "Identifier").comment.text.startswith("No entry 99999999")
    assert found.cell(found.max_row - 1, 2).value == "A note of our own"


def test_a_list_is_known_by_what_is_left_of_the_download(site: Site, edition: Edition) -> None:
    """Its URIs, or the sheet about it; with neither nothing is guessed."""

    def without_uri(found: Worksheet) -> None:
        found.delete_cols(columns(found)["URI"])
        cell(found, "559", "Label").value = "x"

    named = changed(site.ask(SERVICES).body, without_uri)
    assert refresh(edition, named).renamed == 1

    book = openpyxl.load_workbook(io.BytesIO(named))
    del book["About"]
    book.save(stream := io.BytesIO())
    with pytest.raises(ContentError, match="cannot tell which list this is of"):
        refresh(edition, stream.getvalue())


def test_codes_that_became_numbers_are_known(site: Site, edition: Edition) -> None:
    """As a spreadsheet makes of them when they are typed again."""

    def number(found: Worksheet) -> None:
        found.delete_cols(columns(found)["URI"])
        for row in range(2, found.max_row + 1):
            found.cell(row, 1).value = float(str(found.cell(row, 1).value))

    assert refresh(edition, changed(site.ask(SERVICES).body, number)).unknown == 0


@pytest.mark.parametrize("written", ["esdServiceType:1614", "01614", 1614])
def test_a_code_stays_as_it_is_written(written: object, site: Site, edition: Edition) -> None:
    """However an officer prefers to write it."""

    def write(found: Worksheet) -> None:
        cell(found, "1614", "Identifier").value = written

    refreshed = refresh(edition, changed(site.ask(SERVICES).body, write))

    assert (refreshed.unknown, refreshed.cells) == (0, 0)
    assert written in {c.value for c in sheet(refreshed.data)["A"]}


def test_names_stay_in_the_language_of_the_download(site: Site, edition: Edition) -> None:
    """A Welsh download is refreshed with Welsh names."""
    welsh = site.ask("/list/services.xlsx?language=cy&columns=identifier,label,uri").body
    old = changed(welsh, lambda s: setattr(cell(s, "1614", "Label"), "value", "Hen enw"))

    refreshed = refresh(edition, old)

    assert refreshed.cells == 1
    assert cell(sheet(refreshed.data), "1614", "Label").value == "Cronfa fwrsari 16 i 19"


def test_a_label_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    """What comes from a list is never run."""
    hostile = make_site(tmp_path, {"services/06/602.ttl": FORMULA})
    old = changed(
        hostile.ask(SERVICES).body, lambda s: setattr(cell(s, "602", "Label"), "value", "x")
    )

    data = refresh(hostile.publication.edition, old).data

    assert cell(sheet(data), "602", "Label").data_type == "s"
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


FORMULA = """\
@base <https://lists.example.org/id/> .
@prefix def: <https://lists.example.org/def/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<service/602> a skos:Concept, def:Service ; skos:inScheme <list/services> ;
    skos:notation "602" ; skos:prefLabel "=1+1"@en ; adms:status <status/current> .
"""


def added(data: bytes, name: str, content: bytes = b"x") -> bytes:
    """Put a part into a workbook."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return stream.getvalue()


def replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    """Change the XML of the sheet."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as parts,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in parts.infolist():
            text = parts.read(entry)
            made.writestr(entry, text.replace(old, new) if "sheet1" in entry.filename else text)
    return stream.getvalue()


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'

FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

REFUSED = [
    # what is done to a good workbook, what is said
    (lambda _: b"", r"no workbook \(.xlsx\)"),
    (lambda _: b"PK\x03\x04 and no more", r"no workbook \(.xlsx\)"),
    (lambda data: data[: len(data) // 2], r"no workbook \(.xlsx\)"),
    (lambda data: data + b"\0" * 9 * 2**20, "larger than 8 MB"),
    (lambda data: added(data, "xl/vbaProject.bin"), "holds a macro, which would be lost"),
    (lambda data: added(data, "xl/externalLinks/externalLink1.xml"), "a link to another workbook"),
    (lambda data: added(data, "xl/charts/chart1.xml"), "holds a chart"),
    (lambda data: added(data, "xl/media/image1.png"), "holds a picture"),
    (lambda data: added(data, "xl/drawings/drawing1.xml", b"<oneCellAnchor/>"), "holds a drawing"),
    (lambda data: added(data, "bomb", b"\0" * 100 * 2**20), "more than 96 MB when unpacked"),
    (lambda data: replaced(data, b"<sheetData>", b"<<"), "no workbook that can be read"),
    (lambda data: replaced(data, b"<?xml", DOCTYPE + b"<?xml"), "no workbook that can be read"),
    (
        lambda data: replaced(data, b"</sheetData>", FAR + b"</sheetData>"),
        "has a cell in row 1048576|more than 200 columns",
    ),
    (
        lambda data: changed(data, lambda s: setattr(s.cell(1, 40), "value", "Label")),
        "two columns are called Label; rename yours",
    ),
    (
        lambda data: changed(data, lambda s: setattr(s.cell(1, 1), "value", "Code")),
        "no sheet has a column Identifier: is it a download",
    ),
    (
        lambda data: changed(data, lambda s: setattr(s.cell(MOST_ROWS + 1, 1), "value", "1")),
        "has a cell in row 50001",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "said"), REFUSED)
def test_what_cannot_come_back_whole_is_refused(
    spoil: Callable[[bytes], bytes], said: str, site: Site, edition: Edition
) -> None:
    """In one line, within bounds: nothing is lost, nothing hangs."""
    data = spoil(site.ask(SERVICES).body)

    with pytest.raises(ContentError, match=said):
        refresh(edition, data)


SIGNS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
)


@settings(max_examples=15, deadline=None)
@given(
    texts=st.lists(
        st.text(
            st.characters(
                codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
            ),
            max_size=12,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_text_of_ones_own_comes_back(texts: list[str], site: Site, edition: Edition) -> None:
    """In columns with any titles that are not ours."""

    def fill(found: Worksheet) -> None:
        for number, text in enumerate(texts, start=30):
            found.cell(1, number).value = f"Own {number}"
            found.cell(5, number).value = text
            found.cell(5, number).data_type = "s"

    data = refresh(edition, changed(site.ask(SERVICES).body, fill)).data

    found = [sheet(data).cell(5, number).value or "" for number in range(30, 30 + len(texts))]
    assert found == texts


# The command and the page


def test_the_command_writes_the_sheet_beside_it(filled: bytes, tmp_path: Path) -> None:
    """Says what changed, and changes nothing when it is a rehearsal."""
    make_site(tmp_path / "lists")
    file = tmp_path / "mine.xlsx"
    file.write_bytes(filled)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [LISTKEEPER, "refresh", *words, "-C", str(tmp_path / "lists")],
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    rehearsal = run(str(file), "--dry-run")
    assert not (tmp_path / "mine-refreshed.xlsx").exists()
    done = run(str(file))

    assert (rehearsal.returncode, done.returncode) == (0, 0), done.stderr
    assert "1 renamed, 2 retired, 0 unknown" in rehearsal.stderr
    assert file.read_bytes() == filled
    found = sheet((tmp_path / "mine-refreshed.xlsx").read_bytes())
    assert cell(found, "559", "Label").value == "Libraries"

    file.write_bytes(b"no workbook")
    wrong = run(str(file))
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1)
    assert "mine.xlsx: no workbook (.xlsx)" in wrong.stderr


def test_the_page_takes_a_file_and_gives_it_back(filled: bytes, site: Site) -> None:
    """With a plain form, or as the body of a request."""
    client = TestClient(site.app)
    page = client.get("/refresh")
    field = {"file": ("mine.xlsx", filled, "application/octet-stream")}

    sent = client.post("/refresh", files=field)
    raw = client.post("/refresh", content=filled)

    assert 'enctype="multipart/form-data"' in page.text
    for reply in (sent, raw):
        assert reply.status_code == 200, reply.text
        assert reply.headers["content-disposition"] == 'attachment; filename="refreshed.xlsx"'
        assert reply.headers["cache-control"] == "no-store"
        assert cell(sheet(reply.content), "559", "Label").value == "Libraries"


WRONG = [
    ({"content": b"no workbook"}, 422, "The workbook no workbook (.xlsx)."),
    ({"content": b"x" * 9 * 2**20}, 413, "The workbook is larger than 8 MB."),
    ({"files": {"file": b"x" * 9 * 2**20}}, 413, "The workbook is larger than 8 MB."),
    ({"files": {"other": b"x"}}, 400, "There is no workbook; send it in the form's field 'file'."),
    ({"files": [("file", b"x"), ("file", b"y")]}, 400, "The form cannot be read"),
    (
        {"content": b"x", "headers": {"content-type": "multipart/form-data"}},
        *(400, "The form cannot be read"),
    ),
    (
        {"content": b"x", "headers": {"content-type": "multipart/form-data; boundary=b"}},
        *(400, "T"),
    ),
]


@pytest.mark.parametrize(("sent", "status", "said"), WRONG)
def test_what_the_page_refuses(sent: dict[str, Any], status: int, said: str, site: Site) -> None:
    """A problem says why."""
    reply = TestClient(site.app).post("/refresh", **sent)

    assert reply.status_code == status
    assert reply.json()["detail"].startswith(said)


def test_when_too_many_wait_the_next_is_told_so(site: Site) -> None:
    """Workbooks wait for each other, no page for them; beyond some the answer is to come back."""

    async def crowded() -> httpx2.Response:
        slow = site.serving.shelf.slow
        await slow.acquire_on_behalf_of("busy")
        async with anyio.create_task_group() as group:
            for borrower in range(MOST_WAITING):
                group.start_soon(slow.acquire_on_behalf_of, borrower)
            await anyio.wait_all_tasks_blocked()
            transport = httpx2.ASGITransport(app=site.app)
            async with httpx2.AsyncClient(transport=transport, base_url="http://x") as client:
                reply = await client.post("/refresh", content=b"x")
                assert (await client.get("/list/functions.csv?retired=no")).status_code == 200
            group.cancel_scope.cancel()
        slow.release_on_behalf_of("busy")
        return reply

    reply = anyio.run(crowded)

    assert (reply.status_code, reply.headers["retry-after"]) == (503, "60")
