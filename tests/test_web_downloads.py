"""Downloads of chosen rows and columns: what a query may say, and what comes of it."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook

from asking import Site, make_site

if TYPE_CHECKING:
    from pathlib import Path

    from asking import Reply


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository."""
    return make_site(tmp_path_factory.mktemp("lists"))


def rows(reply: Reply) -> list[dict[str, str]]:
    """Read an answer as CSV."""
    assert reply.status == 200, reply.text
    return list(csv.DictReader(io.StringIO(reply.body.decode("utf-8-sig"), newline="")))


CODES = [
    # query, codes that are left
    ("retired=yes", "559 600 601 602 603 604 605 606 607 610 1614 1788 200001"),
    ("retired=no", "559 602 603 606 610 1614 1788 200001"),
    ("organisation-type=10001", "559"),
    ("function=112", "559 1614"),
    ("function=112&need=71", "559"),
    ("need=69&need=71", "559"),
    ("life-event=10001", "559"),
    ("function=110", ""),
    ("function=112&retired=no", "559 1614"),
]


@pytest.mark.parametrize(("query", "codes"), CODES)
def test_rows_are_chosen(site: Site, query: str, codes: str) -> None:
    """By status, and by what an entry is linked to: any one code of a list, all lists named."""
    found = rows(site.ask(f"/list/services.csv?{query}"))

    assert [row["Identifier"] for row in found] == codes.split()


def test_columns_are_chosen_in_the_order_asked_for(site: Site) -> None:
    """Also those that no usual download has."""
    query = "columns=label,identifier,former_labels,draft_label_cy&function=112"
    found = rows(site.ask(f"/list/services.csv?{query}"))

    assert list(found[0]) == ["Label", "Identifier", "Former labels", "Draft label (Welsh)"]
    assert list(found[0].values()) == ["Libraries", "559", "Library services", "Llyfrgelloedd"]


def test_names_come_in_another_language_where_they_are_known(site: Site) -> None:
    """Else in the default one: no cell is empty for want of a translation."""
    found = rows(site.ask("/list/services.csv?language=cy&function=112"))

    labels = [(row["Label"], row["Label (English)"], row["Label (Welsh)"]) for row in found]
    assert labels == [
        ("Libraries", "Libraries", ""),
        ("Cronfa fwrsari 16 i 19", "16 to 19 bursary fund", "Cronfa fwrsari 16 i 19"),
    ]


def test_a_mapped_list_has_a_row_for_each_link_and_for_each_entry_without(site: Site) -> None:
    """The thirteen columns of the LGA's mapped downloads, then ours."""
    reply = site.ask("/list/functions.csv?mapped-to=services")

    found = rows(reply)
    assert ",".join(list(found[0])[:13]) == (
        "Identifier,Label,Description,Created,Modified,History notes,Type,Parent identifiers,"
        "Parent labels,Mapping type,Mapped identifier,Mapped label,Mapped type"
    )
    mapped = ("Identifier", "Mapping type", "Mapped identifier", "Mapped label", "Mapped type")
    assert [tuple(row[name] for name in mapped) for row in found] == [
        ("110", "", "", "", ""),
        ("112", "contains", "559", "Libraries", "Service"),
        ("112", "contains", "1614", "16 to 19 bursary fund", "Service"),
    ]


def test_links_to_retired_entries_go_with_them(tmp_path: Path) -> None:
    """A link to what is retired is no row where retired entries are left out."""
    services = "vocabularies/services/06/600.ttl"
    site = make_site(tmp_path)
    text = (tmp_path / services).read_text("utf-8")
    linked = text.replace("adms:status", "def:partOfFunction <function/110> ;\n    adms:status")
    site = make_site(tmp_path, {services.removeprefix("vocabularies/"): linked})

    with_retired = rows(site.ask("/list/functions.csv?mapped-to=services"))
    without = rows(site.ask("/list/functions.csv?mapped-to=services&retired=no"))

    assert with_retired[0]["Mapped identifier"] == "600"
    assert [row["Mapped identifier"] for row in without] == ["", "559", "1614"]


def test_the_workbook_holds_the_same_choice(site: Site) -> None:
    """Whichever format is asked for."""
    query = "function=112&columns=identifier,label"
    reply = site.ask(f"/list/services.xlsx?{query}")

    book = CalamineWorkbook.from_filelike(io.BytesIO(reply.body))
    assert book.get_sheet_by_name("List").to_python() == [
        ["Identifier", "Label"],
        ["559", "Libraries"],
        ["1614", "16 to 19 bursary fund"],
    ]


REFUSED = [
    # path and query, what is said
    (
        "/list/services.csv?colour=red",
        "unknown query parameter colour; there are retired, language",
    ),
    ("/list/services.csv?retired=maybe", "retired=maybe: must be one of yes, no"),
    ("/list/services.csv?retired=no&retired=yes", "retired: is said twice"),
    ("/list/services.csv?language=fr", "language=fr: must be one of en, cy"),
    ("/list/services.csv?columns=identifier,colour", "columns=colour: must be one of identifier,"),
    ("/list/services.csv?columns=mapped_label", "columns=mapped_label: must be one of"),
    ("/list/services.csv?mapped-to=colours", "colours: no list has this name"),
    ("/list/services.csv?need=68", "need=68: there is no such code"),
    ("/list/needs.csv?function=112", "unknown query parameter function"),
    ("/list/services.csv?" + "need=69&" * 61, "the query is too long"),
    (
        "/list/services.csv?" + "&".join(f"a{n}=1" for n in range(250)),
        "the query cannot be read: Max number",
    ),
    ("/list/services.csv?columns=" + "x" * 1001, "the query is too long"),
    ("/list/services.csv?q=" + "x" * 9000, "the query is longer than 8000 bytes"),
    ("/list/services.csv?need=%ff", "the query cannot be read"),
    ("/list/services.ttl?retired=no", "unknown query parameter retired"),
    ("/downloads?retired=no", "retired: choose a list first"),
    ("/downloads?list=services&format=pdf", "format=pdf: must be one of csv"),
    ("/downloads?list=colours", "list=colours: no such list"),
]


@pytest.mark.parametrize(("target", "reason"), REFUSED)
def test_what_a_query_may_not_say(site: Site, target: str, reason: str) -> None:
    """400, with what there is; never the whole list in its place."""
    reply = site.ask(target)

    assert (reply.status, reply.headers["content-type"]) == (400, "application/problem+json")
    assert json.loads(reply.body)["detail"].startswith(reason)


def test_a_list_that_is_not_here_is_not_found(site: Site) -> None:
    """Whatever is asked of it."""
    assert site.ask("/list/colours.csv?retired=no").status == 404


def test_a_choice_can_be_kept_by_caches(site: Site) -> None:
    """It has a validator and an age, and answers 304 to who has it."""
    first = site.ask("/list/services.csv?retired=no")
    again = site.ask(
        "/list/services.csv?retired=no", headers={"if-none-match": first.headers["etag"]}
    )

    assert first.headers["cache-control"] == "public, max-age=300"
    assert (again.status, again.body) == (304, b"")
    assert first.headers["etag"] != site.ask("/list/services.csv").headers["etag"]


def test_a_choice_is_described_by_metadata_with_the_same_query(site: Site) -> None:
    """The columns that are there, and the lists whose codes they hold."""
    reply = site.ask("/list/functions.csv?mapped-to=services&columns=identifier,mapped_identifier")
    described = re.search(
        r'<https://lists.example.org(/[^>]*)>; rel="describedby"', reply.headers["link"]
    )
    assert described

    metadata = json.loads(site.ask(described[1]).body)

    own, *lists = metadata["tables"]
    assert own["url"] == "functions.csv?mapped-to=services&columns=identifier,mapped_identifier"
    assert [c["titles"] for c in own["tableSchema"]["columns"]] == list(rows(reply)[0])
    keys = own["tableSchema"]["foreignKeys"]
    assert {(k["columnReference"], k["reference"]["resource"]) for k in keys} == {
        ("identifier", "functions.csv"),
        ("mapped_identifier", "services.csv"),
    }
    assert [table["url"] for table in lists] == ["functions.csv", "services.csv"]
    for key in keys:
        of_list = rows(site.ask("/list/" + key["reference"]["resource"]))
        held = {row["Identifier"] for row in of_list} | {""}
        title = {"identifier": "Identifier"}.get(key["columnReference"], "Mapped identifier")
        assert {row[title] for row in rows(reply)} <= held


def test_a_choice_without_codes_has_no_foreign_keys(site: Site) -> None:
    """A key is made of columns that are there."""
    query = "mapped-to=services&columns=label,mapped_label"
    metadata = json.loads(site.ask(f"/list/functions.csv-metadata.json?{query}").body)

    assert metadata["tables"][0]["tableSchema"]["foreignKeys"] == []


def test_the_form_begins_with_a_list(site: Site) -> None:
    """Nothing else can be chosen before it."""
    page = site.ask("/downloads", "text/html").text.partition("<main")[2]

    assert re.findall(r'<(?:select|input)[^>]*name="([^"]*)"', page) == ["list"]
    assert 'downloads?list=services"' in site.ask("/list/services").text


def test_the_form_gives_an_address_that_answers(site: Site) -> None:
    """Sent as a browser sends it: every field, empty ones too, each ticked column by itself."""
    sent = (
        "list=services&format=csv&language=cy&retired=no&mapped-to=&function=112&need="
        "&organisation-type=10001&columns=identifier&columns=label"
    )
    page = site.ask(f"/downloads?{sent}", "text/html").text

    (address,) = re.findall(r'id="address"[^>]*value="([^"]*)"', page)
    query = "function=112&organisation-type=10001&retired=no&language=cy&columns=identifier,label"
    assert unescape(address) == f"http://127.0.0.1:8000/list/services.csv?{query}"
    assert "Download 1 row of 2 columns" in page
    found = rows(site.ask(unescape(address).removeprefix("http://127.0.0.1:8000")))
    assert found == [{"Identifier": "559", "Label": "Libraries"}]


def test_the_form_keeps_what_was_chosen(site: Site) -> None:
    """So that one choice can be changed after another."""
    page = site.ask("/downloads?list=services&format=csv&retired=no&columns=label").text

    assert '<option value="csv" selected>' in page
    assert '<option value="no" selected>' in page
    assert re.findall(r'value="([^"]*)" checked', page) == ["label"]
