"""Somebody's rows over HTTP: matched, checked, compared; and what may not be sent."""

from __future__ import annotations

import csv
import io
import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from asking import Reply, ask
from listkeeper.exchange.answered import CHECK_COLUMNS, MATCH_COLUMNS
from listkeeper.web.uploads import MOST_BYTES, MOST_ROWS
from searched import searched_site

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HTML = "text/html,application/xhtml+xml"
FORM = "application/x-www-form-urlencoded"
TOOLS = ("/match", "/check-codes", "/changed")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> ASGIApp:
    """A few services and functions, served."""
    return searched_site(tmp_path_factory.mktemp("site"))


def post(site: ASGIApp, target: str, body: bytes, kind: str, accept: str | None = None) -> Reply:
    """Send a body."""
    return ask(site, target, accept, method="POST", headers={"content-type": kind}, body=body)


def sent(site: ASGIApp, target: str, record: object) -> dict[str, Any]:
    """Send JSON and read JSON."""
    reply = post(site, target, json.dumps(record).encode(), "application/json")
    assert reply.status == 200, reply.text
    answer: dict[str, Any] = json.loads(reply.body)
    return answer


def form(parts: dict[str, str], file: bytes | None = None) -> tuple[bytes, str]:
    """Write a form as a browser does, and its media type."""
    lines = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in parts.items()
    ]
    if file is not None:
        head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="c.csv"\r\n\r\n'
        lines.append(head + file + b"\r\n")
    return b"".join(lines) + b"--edge--\r\n", "multipart/form-data; boundary=edge"


def table(reply: Reply) -> list[list[str]]:
    """Read the CSV that came back."""
    assert reply.headers["content-type"] == "text/csv; charset=utf-8", reply.text
    return list(csv.reader(io.StringIO(reply.body.decode("utf-8-sig"), newline="")))


def test_names_are_matched_for_programs(site: ASGIApp) -> None:
    """One result for each name, in order; a code is proposed where it is sure enough."""
    names = ["Street furniture", "nothing like it", "Refuse - household waste"]
    answer = sent(site, "/match", {"names": names, "list": "services"})

    assert [(r["text"], r["tier"], r["selected"]) for r in answer["results"]] == [
        ("Street furniture", "exact", "559"),
        ("nothing like it", "none", None),
        ("Refuse - household waste", "former name", "524"),
    ]
    assert answer["results"][0]["candidates"][0]["why"] == "is its name"


def test_a_council_s_file_comes_back_with_columns_added(site: ASGIApp) -> None:
    """The same rows in the same order, whatever is in them."""
    body = b'Our list\r\nName;Notes\r\nStreet lights;=1+1\r\n\r\nBin day;"two\nlines"\r\n'
    reply = post(site, "/match?column=Name&list=services", body, "text/csv")
    rows = table(reply)

    assert rows[0] == ["Name", "Notes", *MATCH_COLUMNS]
    assert [row[:2] for row in rows[1:]] == [
        *(["Street lights", "'=1+1"], ["", ""], ["Bin day", "two\nlines"]),
    ]
    assert [row[3] for row in rows[1:]] == ["564", "", "524"]
    assert reply.headers["content-disposition"] == 'attachment; filename="matched.csv"'
    assert reply.headers["cache-control"] == "no-store"


def test_the_page_works_without_script(site: ASGIApp) -> None:
    """A pasted column comes back on the page, with the form filled in as before."""
    body, kind = form({"text": "Street lighting\r\nBenches", "list": "services", "format": "html"})
    page = post(site, "/match", body, kind, HTML).text

    assert "<strong>1</strong> exact" in page
    assert ">Street lighting\nBenches</textarea>" in page.replace("\r\n", "\n")
    assert '<option value="services" selected>' in page


@pytest.mark.parametrize("path", TOOLS)
def test_each_tool_has_a_form(path: str, site: ASGIApp) -> None:
    """Which says that nothing is kept."""
    reply = ask(site, path, HTML)

    assert reply.status == 200
    assert f'<form action="{path[1:]}" method="post" enctype="multipart/form-data">' in reply.text
    assert "Nothing you send is kept" in reply.text


def test_an_uploaded_file_goes_before_pasted_text(site: ASGIApp) -> None:
    """And its column is found by its usual name."""
    body, kind = form({"text": "ignored", "list": "services"}, b"Id,Service name\r\n1,Benches\r\n")

    assert table(post(site, "/match", body, kind, "text/csv"))[1][:4] == [
        *("1", "Benches", "likely", "559"),
    ]


def test_codes_are_checked_for_programs(site: ASGIApp) -> None:
    """What became of each, and what to do."""
    codes = ["559", "600", "1827", "559.0", "xyz", "function/9"]
    answer = sent(site, "/check-codes", {"codes": codes})

    assert answer["list"] == "services"
    assert [r["verdict"] for r in answer["results"]] == [
        *("current", "retired", "not held here", "current", "unknown", "current"),
    ]
    assert answer["results"][1]["replacedBy"][0]["code"] == "524"
    assert [r["problem"] for r in answer["results"]] == [
        *(False, True, True, False, True, False),
    ]


def test_codes_in_a_file_are_checked_with_the_names_beside_them(site: ASGIApp) -> None:
    """A row whose name is a former one is told as renamed."""
    body = b"LGSL,Title\r\n524,Refuse - household waste\r\n559,Street furniture\r\n"
    rows = table(post(site, "/check-codes?names=Title", body, "text/csv"))

    assert rows[0] == ["LGSL", "Title", *CHECK_COLUMNS]
    assert [row[2] for row in rows[1:]] == ["renamed", "current"]


def test_a_download_is_compared(site: ASGIApp) -> None:
    """Its own rows are enough: today's download has no change, an older one has."""
    today = ask(site, "/list/services.csv").body
    older = today.replace(b"Street lighting", b"Lamps")
    answers = [
        json.loads(post(site, "/changed", body, "text/csv", "application/json").body)
        for body in (today, older)
    ]

    assert answers[0]["changes"] == []
    assert answers[0]["released"] == "1.2"
    assert [(c["change"], c["before"], c["now"]) for c in answers[1]["changes"]] == [
        ("renamed", "Lamps", "Street lighting"),
    ]


def test_a_downloaded_workbook_is_compared(site: ASGIApp) -> None:
    """Officers keep the spreadsheet, not the CSV."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    today = ask(site, "/list/services.xlsx").body
    answer = json.loads(post(site, "/changed", today, kind, "application/json").body)

    assert (answer["list"], answer["changes"]) == ("services", [])


WRONG = [
    # target, body, media type, status, what is said
    ("/match", b"", "application/json", 400, "no JSON"),
    ("/match", b"[" * 100_000, "application/json", 400, "no JSON"),
    ("/match", b'{"names": "x"}', "application/json", 400, "names is a list of texts"),
    ("/match", b'{"names": [1]}', "application/json", 400, "names is a list of texts"),
    ("/match", b'{"names": ["x"], "list": "nolist"}', "application/json", 400, "no such list"),
    ("/match", b"x", "text/html", 415, "Send multipart/form-data"),
    ("/match", b"x", "", 415, "not nothing"),
    ("/match", b"", "text/csv", 400, "is empty"),
    ("/match?column=Nope", b"A,B\n1,2\n", "text/csv", 400, "no column Nope"),
    ("/match", b"A,B\n1,2\n", "text/csv", 400, "say which column"),
    ("/match", b"text=", FORM, 400, "there is nothing to look at"),
    ("/match", b"text=%ff", FORM, 400, "no UTF-8"),
    ("/match", b"\xff", FORM, 400, "no UTF-8"),
    ("/match", b"a=1&" * 200, FORM, 400, "more than"),
    ("/match", b"x" * (MOST_BYTES + 1), "text/csv", 413, "longer than"),
    ("/match", b"A\n" + b"x\n" * (MOST_ROWS + 1), "text/csv", 413, "more than 10,000 rows"),
    ("/match", b"--x", "multipart/form-data", 400, "cannot be read"),
    ("/match", b"--edge\r\nrubbish", "multipart/form-data; boundary=edge", 400, ""),
    ("/match", form({f"f{n}": "1" for n in range(50)})[0], form({})[1], 400, "cannot be read"),
    ("/match", form({"text": "x" * 2**21})[0], form({})[1], 400, "cannot be read"),
    ("/check-codes?names=No", b"Code\n1\n", "text/csv", 400, "no column No"),
    ("/check-codes", b"PK\x03\x04junk", "text/csv", 400, "no workbook"),
    ("/changed", b"A,B\n1,2\n", "text/csv", 400, "no column Identifier"),
    ("/changed", b"text=559", FORM, 400, "Send a file downloaded here"),
]


@pytest.mark.parametrize(("target", "body", "kind", "status", "why"), WRONG)
def test_what_may_not_be_sent_is_told(
    target: str, body: bytes, kind: str, status: int, why: str, site: ASGIApp
) -> None:
    """A program gets a problem document; a browser the form again, with the reason."""
    reply = post(site, target, body, kind, "application/json")
    page = post(site, target, body, kind, HTML)

    assert (reply.status, reply.headers["content-type"]) == (status, "application/problem+json")
    assert why in reply.text
    assert (page.status, page.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert 'role="alert"' in page.text


def test_markup_and_formulas_are_only_text(site: ASGIApp) -> None:
    """On the page, in CSV and in JSON."""
    names = "<script>alert(1)</script>\n=HYPERLINK(1)\n{{7*7}}"
    body, kind = form({"text": names, "format": "html"})
    page = post(site, "/match", body, kind).text

    assert "<script>alert" not in page
    assert "{{7*7}}" in page
    assert (
        table(post(site, "/match", body.replace(b"html", b"csv"), kind))[2][0] == "'=HYPERLINK(1)"
    )


SEEDS = [
    *(
        '"',
        "'",
        "*",
        "\x00",
        "\ud800",
        "\u202e",
        "🗑",
        "=1",
        "a\tb",
        "{}",
        "[]",
        "%s",
        "\\",
        ";",
        ",",
    ),
    *("(a+)+$", "a" * 50 + "!", "NEAR(", "../..", "http://" + "a/" * 150, "1e999", "-1", "0" * 300),
    *(
        "http://id.esd.org.uk/service/" + "9" * 300,
        "esd" * 90 + ":1",
        "9,999,999",
        "①②",
        "٣",
        "~",
        "\u200b",
        "<!--",
    ),
]
BODIES = [
    *([seed] for seed in SEEDS),
    *([seed * 100] for seed in SEEDS),
    *([seed] * 500 for seed in SEEDS),
    *([f"{seed} {n}" for n in range(300)] for seed in SEEDS[:10]),
    ["x" * 1_000_000],
    ["word " * 200_000],
    [" ".join(f"w{n}" for n in range(50_000))],
    [f"{n:x}" * 7 for n in range(5_000)],
    [],
]


@pytest.mark.parametrize("tool", TOOLS)
def test_a_hundred_hostile_bodies_are_answered_soon(tool: str, site: ASGIApp) -> None:
    """Every one with an answer or a clear 4xx, and the server is at speed afterwards."""
    key = {"/match": "names", "/check-codes": "codes", "/changed": "identifiers"}[tool]
    assert len(BODIES) >= 100
    for column in BODIES:
        start = time.monotonic()
        reply = post(site, tool, json.dumps({key: column}).encode(), "application/json")

        assert 200 <= reply.status < 500, column[:1]
        assert time.monotonic() - start < 15, column[:1]
    start = time.monotonic()
    assert ask(site, "/suggest?q=street").status == 200
    assert time.monotonic() - start < 1


@pytest.mark.parametrize("tool", TOOLS)
def test_broken_files_are_refused_or_read(tool: str, site: ASGIApp) -> None:
    """Rubbish, halves of files and files that are something else."""
    whole = ask(site, "/list/services.xlsx").body
    files = [whole[: len(whole) // n] for n in (2, 3, 10)]
    files += [bytes(range(256)) * 20, b"\x00" * 1000, b"\xef\xbb\xbf", b'"' * 999, b"<html>" * 99]
    for data in files:
        body, kind = form({"column": "Label"}, data)

        assert 200 <= post(site, tool, body, kind, "application/json").status < 500
