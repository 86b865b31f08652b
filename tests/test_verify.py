"""``listkeeper verify``: whether a file, a folder or a release is what was published."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final

import pytest
from openpyxl import load_workbook

from listkeeper.release.archive import Archive, Releases
from listkeeper.release.manifest import DataFile, sha256
from listkeeper.release.verification import Asked, Outcome, verify_file
from published import TEMPLATES
from releasing import NOTED, RENAMED, change, clean_checkout, listkeeper, released

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from checkout import Checkout

MARK: Final = b"\xef\xbb\xbf"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """Two releases: in the second a service has another name."""
    made = clean_checkout(tmp_path_factory.mktemp("verify") / "lists")
    released(made, "2026.11")
    change(made, RENAMED)
    released(made, "2026.12")
    return made


@pytest.fixture(scope="module")
def folder(checkout: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data files of the second release."""
    return written(checkout, "2026.12", tmp_path_factory.mktemp("files") / "new")


@pytest.fixture(scope="module")
def old_folder(checkout: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data files of the first release."""
    return written(checkout, "2026.11", tmp_path_factory.mktemp("files") / "old")


def written(checkout: Checkout, name: str, out: Path) -> Path:
    done = listkeeper("build", "--release", name, "--out", out, "-C", checkout.root)
    assert done.code == 0, done.err
    return out


def verified(checkout: Checkout, path: Path, *words: str) -> tuple[int, dict[str, Any]]:
    """Ask about a file."""
    done = listkeeper("verify", path, "--format", "json", "-C", checkout.root, *words)
    assert done.code in {0, 1}, done.err
    told: dict[str, Any] = json.loads(done.out)
    return done.code, told


def test_a_download_as_it_came(checkout: Checkout, folder: Path, old_folder: Path) -> None:
    """It is told which releases published it, and whether there is a newer content."""
    code, told = verified(checkout, folder / "list/services.csv")
    assert (code, told["outcome"], told["releases"]) == (0, "published", ["2026.12"])

    _, unchanged = verified(checkout, folder / "need/10001.ttl")
    assert (unchanged["releases"], unchanged["newer"]) == (["2026.12", "2026.11"], "")

    _, old = verified(checkout, old_folder / "list/services.csv")
    assert (old["outcome"], old["releases"], old["newer"]) == ("published", ["2026.11"], "2026.12")


def parted(data: bytes, delimiter: str) -> bytes:
    """Write a table with another sign between cells, as spreadsheets of other countries do."""
    stream = io.StringIO(newline="")
    rows = csv.reader(io.StringIO(data.decode(), newline=""))
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode()


def quoted(data: bytes) -> bytes:
    """Write a table with every cell in quotes."""
    stream = io.StringIO(newline="")
    rows = csv.reader(io.StringIO(data.decode(), newline=""))
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)
    return stream.getvalue().encode()


def saved_by_a_spreadsheet(data: bytes) -> bytes:
    """Open a workbook and save it."""
    stream = io.BytesIO()
    load_workbook(io.BytesIO(data)).save(stream)
    return stream.getvalue()


SAVED: Final = (
    # how a file is saved again, what it was published as, and what is told of it
    (lambda d: d.replace(b"\r\n", b"\n"), "list/services.csv", "line ends were changed"),
    (lambda d: MARK + d, "list/services.links.csv", "a byte order mark was added"),
    (lambda d: d[3:].replace(b"\r", b""), "list/services.excel.csv", "order mark was dropped"),
    (lambda d: parted(d, ";"), "list/services.csv", "quotes, empty cells or the character set"),
    (lambda d: parted(d, "\t"), "list/services.csv", "quotes, empty cells"),
    (quoted, "list/services.csv", "quotes, empty cells"),
    (lambda d: d + b",,,\r\n,,\r\n", "list/services.csv", "quotes, empty cells"),
    (lambda d: d.replace(b"\n", b"\r\n"), "list/services.ttl", "line ends were changed"),
    (lambda d: d.decode().encode("utf-16"), "list/services.csv", ""),
    (saved_by_a_spreadsheet, "list/services.xlsx", "written anew"),
)


@pytest.mark.parametrize(("save", "path", "manner"), SAVED)
def test_a_file_that_was_saved_again(
    checkout: Checkout,
    folder: Path,
    tmp_path: Path,
    save: Callable[[bytes], bytes],
    path: str,
    manner: str,
) -> None:
    """Every cell and line says what was published; `--exact` asks for the bytes."""
    copy = tmp_path / path.rsplit("/", 1)[-1]
    copy.write_bytes(save((folder / path).read_bytes()))
    code, told = verified(checkout, copy)

    assert (code, told["outcome"], told["path"]) == (0, "same text", path)
    assert told["releases"] == ["2026.12"]
    assert manner in "; ".join(told["manner"])
    assert verified(checkout, copy, "--exact")[0] == 1


ALTERED: Final = (
    # what is replaced, in which file, and what is said of it
    ((b"Public libraries", b"Private libraries"), "list/services.csv",
     "'Private libraries' instead of 'Public libraries'"),
    ((b"Public libraries", b"Private libraries"), "service/1.ttl", "line "),
    ((b"2026.12", b"2026.13"), "list/services.csv", "'2026.13' instead of '2026.12'"),
)  # fmt: skip


@pytest.mark.parametrize(("edit", "path", "said"), ALTERED)
def test_a_file_that_was_altered(
    checkout: Checkout,
    folder: Path,
    tmp_path: Path,
    edit: tuple[bytes, bytes],
    path: str,
    said: str,
) -> None:
    """What differs is told cell by cell, and the command ends with 1."""
    copy = tmp_path / path.rsplit("/", 1)[-1]
    data = (folder / path).read_bytes()
    assert edit[0] in data
    copy.write_bytes(data.replace(*edit))
    code, told = verified(checkout, copy)

    assert (code, told["outcome"], told["path"]) == (1, "altered", path)
    assert said in "\n".join(told["examples"])


def test_rows_that_are_missing_added_or_moved(
    checkout: Checkout, folder: Path, tmp_path: Path
) -> None:
    """Each is named by the first cell of its row; a row in another place is no other row."""
    lines = (folder / "list/needs.csv").read_bytes().splitlines(keepends=True)
    copy = tmp_path / "needs.csv"
    assert len(lines) == 3
    cases = (
        (lines[:-1], "is missing"),
        ([*lines, b'77,"Made up"\r\n'], "77: was not published"),
        ([lines[0], *reversed(lines[1:])], "another order"),
    )
    for case, said in cases:
        copy.write_bytes(b"".join(case))
        code, told = verified(checkout, copy)
        assert (code, told["differences"]) == (1, 1)
        assert said in told["examples"][0]


def test_a_file_under_the_name_of_another(checkout: Checkout, folder: Path, tmp_path: Path) -> None:
    """A list cut down to one entry has the bytes of that entry's file, and is not the list."""
    copy = tmp_path / "needs.csv"
    copy.write_bytes((folder / "need/10001.csv").read_bytes())
    code, told = verified(checkout, copy)

    assert (code, told["outcome"], told["path"]) == (1, "altered", "list/needs.csv")
    assert told["remark"] == "its bytes are those of need/10001.csv"
    assert verified(checkout, copy, "--as", "need/10001.csv")[0] == 0


def test_control_characters_of_a_stranger(checkout: Checkout, folder: Path, tmp_path: Path) -> None:
    """Nothing in a file reaches a terminal as a command to it."""
    copy = tmp_path / "needs.csv"
    data = (folder / "list/needs.csv").read_bytes()
    copy.write_bytes(data + b"\x1b[31mred,\x1b]0;title\x07\r\n")
    done = listkeeper("verify", copy, "-C", checkout.root)

    assert done.code == 1
    assert "\x1b" not in done.out


NAMES: Final = ("services (1).csv", "services(2).csv", "services - Copy.csv", "services_copy.csv")


@pytest.mark.parametrize("name", NAMES)
def test_names_that_browsers_and_people_give(
    checkout: Checkout, folder: Path, tmp_path: Path, name: str
) -> None:
    """A copy is known by the name it was made of."""
    copy = tmp_path / name
    copy.write_bytes((folder / "list/services.csv").read_bytes().replace(b"\r\n", b"\n"))

    assert verified(checkout, copy)[1]["path"] == "list/services.csv"


def test_the_older_release_is_found(checkout: Checkout, old_folder: Path, tmp_path: Path) -> None:
    """Of all contents a file had, the one that it says the same as."""
    copy = tmp_path / "services.csv"
    copy.write_bytes((old_folder / "list/services.csv").read_bytes().replace(b"\r\n", b"\n"))
    _, told = verified(checkout, copy)

    assert (told["outcome"], told["releases"], told["newer"]) == (
        "same text",
        ["2026.11"],
        "2026.12",
    )


def test_a_file_of_no_release(checkout: Checkout, folder: Path, tmp_path: Path) -> None:
    """Its name helps to find what it is; another name is asked for."""
    stranger = tmp_path / "mine.csv"
    stranger.write_bytes((folder / "list/services.csv").read_bytes() + b"1\r\n")
    code, told = verified(checkout, stranger)
    assert (code, told["outcome"]) == (1, "unknown")
    assert "--as" in told["remark"]

    assert verified(checkout, stranger, "--as", "list/services.csv")[1]["outcome"] == "altered"
    empty = tmp_path / "services.xlsx"
    empty.write_bytes(b"PK\x03\x04 no workbook")
    code, told = verified(checkout, empty)
    assert (code, told["outcome"]) == (1, "unknown")
    assert "is no workbook" in told["remark"]


def test_without_a_repository(folder: Path, tmp_path: Path) -> None:
    """A manifest is enough for those who trust where they have it from."""
    words = ("--manifest", folder / "manifest.json", "-C", tmp_path)
    assert listkeeper("verify", folder / "list/services.csv", *words).code == 0

    altered = tmp_path / "services.csv"
    altered.write_bytes(b"Identifier\r\n")
    done = listkeeper("verify", altered, *words)
    assert (done.code, "cannot be made again here" in done.out) == (1, True)


def test_a_folder(folder: Path, tmp_path: Path) -> None:
    """Every file is held against the manifest; sha256sum says the same without us."""
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", str(folder), str(copy)], check=True)
    sums = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert listkeeper("verify", copy).code == 0
    assert subprocess.run(sums, cwd=copy, check=False).returncode == 0

    (copy / "list/needs.csv").write_bytes(b"")
    (copy / "service/1.nt").unlink()
    (copy / "more.txt").write_bytes(b"")
    done = listkeeper("verify", copy)
    assert done.code == 1
    for said in ("1 other (list/needs.csv)", "1 missing (service/1.nt)", "1 too many (more.txt)"):
        assert said in done.out
    assert subprocess.run(sums, cwd=copy, check=False, capture_output=True).returncode == 1


def test_an_address(checkout: Checkout, folder: Path) -> None:
    """What a server gives is fetched and verified; nothing else is fetched."""
    with served(folder) as address:
        done = listkeeper("verify", f"{address}/list/services.csv", "-C", checkout.root)
        gone = listkeeper("verify", f"{address}/list/nothing.csv", "-C", checkout.root)
    assert (done.code, "byte for byte" in done.out) == (0, True)
    assert (gone.code, "answers 404" in gone.err) == (3, True)

    refused = listkeeper("verify", f"{address}/list/services.csv", "-C", checkout.root)
    assert (refused.code, "cannot be fetched" in refused.err) == (3, True)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    """Says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


NO_FILES: Final = ("file:///etc/hosts", "ftp://example.org/x.csv", "nothing.csv", "2031.01")


@pytest.mark.parametrize("word", NO_FILES)
def test_what_is_no_file_nor_release(checkout: Checkout, word: str) -> None:
    """One line, and only http and https are addresses."""
    done = listkeeper("verify", word, "-C", checkout.root)

    assert (done.code, done.err.count("\n")) == (2, 1)


def test_a_release(checkout: Checkout) -> None:
    """It is made again from its tag, and so are the ones before it vouched for."""
    for name in ("2026.11", "2026.12", "latest"):
        done = listkeeper("verify", name, "-C", checkout.root)
        assert (done.code, "is as it was released" in done.out) == (0, True)


def tampered(
    checkout: Checkout, into: Path, path: str, change: Callable[[bytes], bytes]
) -> Checkout:
    """Clone, and move the tag of the last release to a commit in which a file is another."""
    checkout.git("clone", "--quiet", f"file://{checkout.top}", str(into))
    clone = type(checkout)(top=into, days=checkout.days)
    (into / path).write_bytes(change((into / path).read_bytes()))
    message = clone.git("for-each-ref", "refs/tags/2026.12", "--format=%(contents)")
    clone.record("Tamper")
    clone.git("tag", "--force", "--annotate", "2026.12", "--message", message)
    return clone


TAMPERED: Final = (
    ("vocabularies/services/1.ttl", (b"Public libraries", b"Private libraries"),
     "its lists are not those that its manifest tells of"),
    ("releases/2026.12.json", (b'"bytes": 1', b'"bytes": 2'),
     "its manifest is not the one that its tag vouches for"),
    ("releases/2026.12.json", (b"{", b"["), "is no manifest of a release"),
)  # fmt: skip


@pytest.mark.parametrize(("path", "edit", "said"), TAMPERED)
def test_a_release_that_was_tampered_with(
    checkout: Checkout, tmp_path: Path, path: str, edit: tuple[bytes, bytes], said: str
) -> None:
    """Lists, manifest and tag vouch for one another."""
    clone = tampered(checkout, tmp_path / "clone", path, lambda data: data.replace(*edit, 1))
    done = listkeeper("verify", "2026.12", "-C", clone.root)

    assert done.code == 1
    assert said in done.out


def test_history_that_was_rewritten(checkout: Checkout, tmp_path: Path) -> None:
    """A release names the manifest before it, so an earlier one can not be put in its place."""
    into = tmp_path / "clone"
    checkout.git("clone", "--quiet", f"file://{checkout.top}", str(into))
    clone = type(checkout)(top=into, days=checkout.days)
    message = clone.git("for-each-ref", "refs/tags/2026.11", "--format=%(contents)")
    clone.git("checkout", "--quiet", "2026.11")
    path = into / "releases/2026.11.json"
    old = path.read_bytes()
    path.write_bytes(old.replace(b"2026-11-28", b"2026-11-29"))
    clone.record("Rewrite")
    forged = message.replace(sha256(old), sha256(path.read_bytes()))
    clone.git("tag", "--force", "--annotate", "2026.11", "--message", forged)
    done = listkeeper("verify", "2026.12", "-C", clone.root)

    assert done.code == 1
    assert "names another 2026.11 than there is" in done.out


def test_files_are_the_same_wherever_they_are_made(
    checkout: Checkout, folder: Path, tmp_path: Path
) -> None:
    """Two clones, two processes, other hash seeds: byte for byte the same files."""
    made = []
    for seed in ("1", "2"):
        clone = tmp_path / f"clone-{seed}"
        checkout.git("clone", "--quiet", f"file://{checkout.top}", str(clone))
        out = tmp_path / f"out-{seed}"
        program = "from listkeeper.cli import run; run()"
        words = ["build", "--release", "2026.12", "--out", str(out), "-C", str(clone)]
        command = [sys.executable, "-c", program, *words]
        env = {"PATH": "/usr/bin:/bin", "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"}
        subprocess.run(command, check=True, capture_output=True, env=env)
        made.append({p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()})

    here = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert made[0] == made[1] == here
    assert any(path.suffix == ".xlsx" for path in here)


def test_files_that_do_not_come_out_as_released(checkout: Checkout, tmp_path: Path) -> None:
    """Nothing is written where what is rendered is not what the manifest tells of."""
    path, edit = TAMPERED[0][:2]
    clone = tampered(checkout, tmp_path / "clone", path, lambda data: data.replace(*edit, 1))
    out = tmp_path / "out"
    done = listkeeper("build", "--release", "latest", "--out", out, "-C", clone.root)

    assert (done.code, out.exists()) == (1, False)
    assert "is not what was released" in done.err
    dry = listkeeper("build", "--release", "2026.11", "--out", out, "--dry-run", "-C", clone.root)
    assert (dry.code, out.exists()) == (0, False)


def test_what_does_not_come_out_as_it_was_is_not_compared_with(checkout: Checkout) -> None:
    """Where this version renders a file otherwise, it can not tell what was altered."""
    with checkout.open() as repository:
        releases = Releases(repository, TEMPLATES)
        manifest = releases.record("2026.12").manifest
        assert manifest
        other = {**manifest.files, "list/needs.csv": DataFile("0" * 64, 1)}
        archive = Archive([replace(manifest, files=other)], releases)
        verdict = verify_file(Asked(data=b"x", name="needs.csv"), archive)

    assert verdict.outcome is Outcome.UNKNOWN
    assert "list/needs.csv of 2026.12 cannot be made again here" in verdict.remark


def test_a_content_that_was_replaced() -> None:
    """Hashes of what had to be taken out of a release are known, with the reason."""
    asked = Asked(data=b"x", name="x.csv")
    verdict = verify_file(asked, Archive([]), {sha256(b"x"): "held a person's name"})

    assert (verdict.outcome, verdict.is_good) == (Outcome.REPLACED, False)
    assert verdict.remark == "held a person's name"


def test_no_release_yet(tmp_path: Path) -> None:
    """It is said so."""
    made = clean_checkout(tmp_path / "lists")
    change(made, NOTED)

    assert "none yet" in listkeeper("verify", "latest", "-C", made.root).err
