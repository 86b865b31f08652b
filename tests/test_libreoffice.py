"""Downloads survive a spreadsheet: LibreOffice opens each, saves it, and nothing has changed."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

from listkeeper.edition import load
from listkeeper.publish.refreshing import refresh
from listkeeper.store.workspace import open_workspace
from published import ROOT, document, publish
from sample import sample_edition

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from listkeeper.publish.publication import Publication

OFFICE: Final = shutil.which("soffice") or shutil.which("libreoffice") or ""

pytestmark = pytest.mark.skipif(
    not OFFICE, reason="needs LibreOffice: apt-get install libreoffice-calc"
)

AS_UTF_8: Final = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
FROM_UTF_8: Final = "Text - txt - csv (StarCalc):44,34,76,1,,0"


def converted(files: Iterable[Path], to: str, folder: Path, *more: str) -> list[bytes]:
    """Have LibreOffice open files and save them as another format, all in one run."""
    files = list(files)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [OFFICE, profile, "--headless", *more, "--convert-to", to, "--outdir", folder, *files],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    extension = to.partition(":")[0]
    return [(folder / f"{file.stem}.{extension}").read_bytes() for file in files]


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def lists() -> Publication:
    """The lists of this checkout."""
    return publish(load(open_workspace(ROOT)))


@pytest.fixture(scope="module")
def names(lists: Publication) -> list[str]:
    return list(lists.edition.vocabulary.schemes)


def written(
    publication: Publication, names: Iterable[str], ending: str, folder: Path
) -> list[Path]:
    """Save downloads as an officer does."""
    folder.mkdir()
    files = [folder / f"{name}{ending}" for name in names]
    for file, name in zip(files, names, strict=True):
        file.write_bytes(document(publication, f"/list/{name}{ending}"))
    return files


def test_every_cell_of_every_workbook_is_the_same_text(
    lists: Publication, names: list[str], tmp_path: Path
) -> None:
    """Codes, dates and versions are text: none becomes a number or another date."""
    files = written(lists, names, ".xlsx", tmp_path / "in")

    saved = converted(files, AS_UTF_8, tmp_path)

    for name, data in zip(names, saved, strict=True):
        table = lists.table(lists.resources[f"list/{name}"])
        assert [normal(row) for row in rows(data)] == [
            normal(row) for row in (table.header, *table.rows())
        ], name


@pytest.mark.parametrize("ending", [".csv", ".excel.csv", ".links.csv"])
def test_every_value_of_every_csv_is_the_same(
    ending: str, lists: Publication, names: list[str], tmp_path: Path
) -> None:
    """Opened as UTF-8 and saved again: what looks like a date or a number is written as it was."""
    files = written(lists, names, ending, tmp_path / "in")

    saved = converted(files, AS_UTF_8, tmp_path, f"--infilter={FROM_UTF_8}")

    for file, data in zip(files, saved, strict=True):
        before = rows(file.read_bytes())
        assert [normal(row) for row in rows(data)] == [normal(row) for row in before], file.name


def test_a_workbook_that_libreoffice_saved_is_refreshed(tmp_path: Path) -> None:
    """It is not the file that was downloaded, byte for byte, and still the same sheet."""
    edition = sample_edition(tmp_path / "lists")
    (file,) = written(publish(edition), ["services"], ".xlsx", tmp_path / "in")
    (saved,) = converted([file], "xlsx:Calc MS Excel 2007 XML", tmp_path)

    refreshed = refresh(edition, saved)

    assert (refreshed.rows, refreshed.cells, refreshed.unknown) == (13, 0, 0)


def normal(row: list[str]) -> list[str]:
    """Write ends of lines in one way: spreadsheets know one only. Empty ends of rows go."""
    cells = [cell.replace("\r\n", "\n") for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells
