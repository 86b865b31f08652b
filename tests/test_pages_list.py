"""The pages of lists: what a list is, its entries in pages, filters, and the site's own pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from listkeeper.errors import UsageError
from listkeeper.publish.page_index import PageIndex
from listkeeper.publish.page_table import FILTERS
from listkeeper.publish.pages import Pages
from reading import fact, find, findall, parse, section, values, words
from repository import edition_of
from sample import sample_edition

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

    from listkeeper.edition import Edition

MORE = 250
SERVICES = 13 + MORE


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The sample lists with three pages of services."""
    return sample_edition(tmp_path_factory.mktemp("sample"), more=MORE)


@pytest.fixture(scope="module")
def pages(edition: Edition, root: Path) -> Pages:
    """Their pages."""
    return Pages(edition, root / "site_templates")


def codes(page: HtmlElement) -> list[str]:
    """Give the codes in the table of entries."""
    return [words(cell) for cell in findall(page, "//table//td[@class='code']")]


FACTS = [
    ("Purpose", ["To try things out."]),
    ("Use", ["Give the code beside your own name for the service."]),
    ("Owner", ["The editors of the sample"]),
    ("Licence", ["Open Government Licence v3.0"]),
    ("Version", ["2026.11"]),
    ("Entries", ["257 current, 5 retired, 1 proposed, 255 not reviewed"]),
    ("Class of entries", ["Service"]),
    ("Other names", ["LGSL"]),
    ("Former URIs began with", ["http://id.esd.org.uk/service/"]),
    ("CURIE prefixes", ["esdServiceType"]),
    ("Accuracy", ["Read by two people."]),
    ("Audience", ["Councils"]),
    ("Completeness", ["A sample."]),
    ("Coverage", ["England and Wales"]),
    ("Intended longevity", ["For as long as tests run"]),
    ("Provenance", ["Made up"]),
    ("Rights", ["Open"]),
    ("Formal status", ["Trial"]),
    ("Timeliness", ["None"]),
]


@pytest.mark.parametrize(("key", "texts"), FACTS)
def test_a_list_tells_about_itself(pages: Pages, key: str, texts: list[str]) -> None:
    """Purpose, owner, licence, counts and the nine quality fields are there when given."""
    assert fact(parse(pages.list_("services")), key) == texts


def test_a_list_says_what_is_special_about_it(pages: Pages) -> None:
    """Status, URI and the note about its source stand at the top."""
    page = parse(pages.list_("services"))

    assert words(find(page, "//p[@class='standing']")) == "Live"
    assert words(find(page, "//p[@class='uri']/code")) == (
        "https://lists.example.org/id/list/services"
    )
    assert words(find(page, "//p[@class='inset']")) == "A sample, not the real list."


def test_a_spreadsheet_is_the_first_download(pages: Pages) -> None:
    """People get the XLSX first and the CSV for Excel second."""
    links = findall(section(parse(pages.list_("services")), "Downloads"), ".//a")

    assert [link.get("href") for link in links[:3]] == [
        "../list/services.xlsx",
        "../list/services.excel.csv",
        "../list/services.csv",
    ]


def test_a_list_and_its_subset_lead_to_each_other(pages: Pages) -> None:
    """A subset has a page of its own with its members alone."""
    parts = section(parse(pages.list_("services")), "Parts of this list")
    subset = parse(pages.list_("englishAndWelshServices"))

    assert words(find(parts, ".//li")) == "English and Welsh services 1 entry"
    assert values(parts, ".//a/@href") == ["../list/englishAndWelshServices"]
    assert words(find(subset, "//p[@class='standing']")) == "Live part of Services"
    assert codes(subset) == ["559"]


def test_groups_of_a_list(pages: Pages) -> None:
    """A collection is shown with its members."""
    group = find(section(parse(pages.list_("circumstances")), "Groups"), "./details")

    assert words(find(group, "./summary")) == "Work and family 3 entries"
    assert len(findall(group, ".//li")) == 3


def test_pages_of_a_list_hold_each_entry_once_in_order(pages: Pages) -> None:
    """A hundred entries per page; together they are the whole list, retired ones included."""
    found = [codes(parse(pages.list_("services", n))) for n in (1, 2, 3)]

    assert pages.list_pages("services") == 3
    assert [len(page) for page in found] == [100, 100, SERVICES - 200]
    expected = [c.notation for c in pages.edition.vocabulary.members("services")]
    assert [code for page in found for code in page] == expected


def test_later_pages_are_the_table_alone(pages: Pages) -> None:
    """What the list is stands on its first page; the others say which they are."""
    page = parse(pages.list_("services", 2))

    assert words(find(page, "//h1")) == "Services: page 2"
    assert words(find(page, "//caption")) == "Services: page 2 of 3"
    assert words(find(page, "//p[@class='count']")) == "263 entries, 101 to 200 shown."
    assert not findall(page, "//section")


def test_paging_names_the_current_page(pages: Pages) -> None:
    """Each page is linked; the current one says so; first and last lead one way only."""
    middle = find(parse(pages.list_("services", 2)), "//nav[@aria-label='Pages']")
    last = find(parse(pages.list_("services", 3)), "//nav[@aria-label='Pages']")

    assert values(middle, ".//a[@aria-current='page']/@aria-label") == ["Page 2"]
    assert values(middle, "./a/@href") == [
        "../../../list/services",
        "../../../list/services/page/3",
    ]
    assert values(last, "./a/@rel") == ["prev"]


def test_a_list_of_one_page_has_no_paging(pages: Pages) -> None:
    """Nothing leads nowhere."""
    assert pages.list_pages("needs") == 1
    assert not findall(parse(pages.list_("needs")), "//nav[@aria-label='Pages']")


def test_a_table_is_announced(pages: Pages) -> None:
    """Columns and rows have headers with a scope; parents have a column where there are any."""
    services = parse(pages.list_("services"))
    functions = parse(pages.list_("functions"))

    assert values(services, "//thead//th/@scope") == ["col"] * 3
    assert values(services, "//tbody//th/@scope") == ["row"] * 100
    assert words(findall(functions, "//thead//th")[3]) == "Part of"
    assert (
        words(findall(functions, "//tbody/tr")[1])
        == "112 Libraries Current 110 Leisure and culture"
    )


def test_retired_entries_are_marked(pages: Pages) -> None:
    """Retired rows differ by more than colour: they say so."""
    rows = findall(parse(pages.list_("services")), "//tbody/tr[@class='retired']")

    assert [words(row) for row in rows][:1] == ["600 Education maintenance allowance Retired"]


FILTERED = [
    ("services", {"q": "559"}, ["559"]),
    ("services", {"q": "LIBRARIES"}, ["559"]),
    ("services", {"q": "library services"}, ["559"]),
    ("services", {"q": "lending"}, ["559"]),
    ("services", {"q": "llyfrgelloedd"}, ["559"]),
    ("services", {"q": "creche"}, ["200001"]),
    ("services", {"q": "pest wasps"}, ["605"]),
    ("services", {"q": "nothing like it"}, []),
    ("services", {"status": "retired"}, ["600", "601", "604", "605", "607"]),
    ("services", {"status": "retired", "q": "pest"}, ["604", "605"]),
    ("services", {"status": "", "q": "  ", "review": "reviewed"}, ["559", "1614"]),
    ("services", {"review": "not-reviewed", "q": "scheme"}, ["1788"]),
    ("functions", {"parent": "110"}, ["112"]),
    ("circumstances", {"parent": "10002"}, ["10003"]),
    ("duties", {}, ["10001"]),
]


@pytest.mark.parametrize(("name", "filters", "expected"), FILTERED)
def test_filters(pages: Pages, name: str, filters: dict[str, str], expected: list[str]) -> None:
    """Filters combine; words are sought in the code and every name, accents and case aside."""
    assert codes(parse(pages.table(name, filters))) == expected


def test_a_filter_form_keeps_what_was_chosen(pages: Pages) -> None:
    """The form shows the filters that made the page."""
    page = parse(pages.table("services", {"q": "<b>", "status": "retired"}))

    assert values(page, "//main//form/@action") == ["../../list/services/table"]
    assert values(page, "//main//input/@value") == ["<b>"]
    assert values(page, "//option[@selected]/@value") == ["retired"]
    assert words(find(page, "//p[@class='count']")) == "No entry passes these filters."


def test_an_empty_list_says_so(pages: Pages, root: Path) -> None:
    """A list without entries has a page, and no filters to blame."""
    vocabulary = replace(pages.edition.vocabulary, concepts={})
    empty = Pages(replace(pages.edition, model=vocabulary), root / "site_templates")
    page = parse(empty.list_("services"))

    assert empty.list_pages("services") == 1
    assert words(find(page, "//p[@class='count']")) == "This list has no entries yet."
    assert not findall(parse(empty.about()), "//pre")


def test_every_filter_has_a_field_with_a_label(pages: Pages) -> None:
    """What the address can say the form can say."""
    page = parse(pages.table("circumstances", {}))
    named = values(page, "//main//form//*[@name]/@name")

    assert named == list(FILTERS)
    assert values(page, "//main//form//label/@for") == values(page, "//main//form//*[@name]/@id")


def test_paging_keeps_the_filters(pages: Pages) -> None:
    """The second page of filtered entries is filtered too."""
    filtered = parse(pages.table("services", {"q": "sample service", "page": "2"}))

    assert len(codes(filtered)) == 100
    assert "../../list/services/table?q=sample+service&page=3" in values(
        filtered, "//nav[@aria-label='Pages']//a/@href"
    )


WRONG = [
    ("services", {"colour": "red"}, "colour: no such filter; there are q, status, review, par"),
    ("services", {"status": "gone"}, "status=gone: there is no such value; there are current, "),
    ("services", {"review": "x"}, "review=x: there is no such value; there are reviewed, not-"),
    ("services", {"parent": "1"}, "parent=1: there is no such value; there are none in this list"),
    ("services", {"page": "0"}, "page 0: there are 3"),
    ("services", {"page": "4"}, "page 4: there are 3"),
    ("services", {"page": "-1"}, "page=-1: must be a whole number from 1"),
    ("services", {"page": "²"}, "page=²: must be a whole number from 1"),
    ("services", {"page": "9" * 5000}, "must be a whole number from 1"),
    ("servises", {}, "servises: no such list; there are "),
]  # fmt: skip


@pytest.mark.parametrize(("name", "filters", "message"), WRONG)
def test_wrong_filters(pages: Pages, name: str, filters: dict[str, str], message: str) -> None:
    """What does not exist is named, together with what does."""
    with pytest.raises(UsageError) as caught:
        pages.table(name, filters)

    assert message in str(caught.value)


def test_home_leads_to_what_works(pages: Pages) -> None:
    """Home names the lists with their counts and the tasks that can be done."""
    page = parse(pages.home())
    (row,) = [r for r in findall(page, "//tbody/tr") if words(r).startswith("Services")]

    tasks = ["Browse the lists", "Download a list", "For developers"]
    assert [words(task) for task in findall(page, "//li/h2")] == tasks
    assert [words(cell) for cell in findall(row, "./td")] == ["257", "5"]
    assert words(find(page, "//h1")) == "Sample lists"


def test_lists_have_their_subsets_and_spreadsheets(pages: Pages) -> None:
    """The index of lists names class, counts and downloads of lists and of their parts."""
    page = parse(pages.lists())
    rows = [words(row) for row in findall(page, "//tbody/tr")]
    services = next(r for r in findall(page, "//tbody/tr") if words(r).startswith("Services"))

    assert [row.split()[0] for row in rows][-3:] == ["Services", "English", "Statuses"]
    assert [words(cell) for cell in findall(services, "./td")][:3] == ["Service", "257", "5"]
    assert values(services, "./td//a/@href") == [
        "./list/services.xlsx",
        "./list/services.excel.csv",
        "./list/services.csv",
    ]


def test_about_says_who_what_is_draft_and_how_to_read_the_lists(pages: Pages) -> None:
    """Licence, attribution, drafts, a command that works, accessibility and privacy."""
    page = parse(pages.about())

    assert "Contains names of lists" in words(section(page, "Who makes these lists"))
    assert fact(page, "Draft definitions") == ["3, written by the editors of these lists"]
    assert words(section(page, "Privacy")) == (
        "Privacy No cookies, nothing stored. Nothing is loaded from anywhere else."
    )
    assert words(find(page, "//pre")).startswith(
        "curl -sL -H 'Accept: text/turtle' http://127.0.0.1:8000/id/service/559 curl -s "
    )


def test_definitions_have_an_anchor_for_each_term(pages: Pages) -> None:
    """The address of every term of ours leads to its heading."""
    page = parse(pages.definitions())
    minter, labels = pages.edition.minter, pages.edition.vocabulary.term_labels
    anchors = values(page, "//h3/@id")

    assert {minter.term(anchor) for anchor in anchors} == set(labels)
    assert [words(h) for h in findall(page, "//h2")] == [
        "Classes",
        "Kinds of links",
        "Properties",
        "Named things",
        "Downloads",
    ]
    term = find(page, "//div[h3/@id='meetsNeed']")
    assert words(term) == (
        "meets need https://lists.example.org/def/meetsNeed From Services to Needs "
        "The other direction: metBy"
    )


def test_not_found_names_near_codes(pages: Pages) -> None:
    """A wrong code leads to those that may have been meant, from wherever it was asked."""
    near = [pages.edition.vocabulary.concepts[pages.edition.minter.concept("service", "559")]]
    page = parse(pages.not_found("/service/5599", near, "Not held here."))

    assert words(find(page, "//main//li")) == "559 Libraries (Services)"
    assert values(page, "//main//li/a/@href") == ["../service/559"]
    assert "There is nothing at /service/5599." in words(find(page, "//main"))
    assert words(find(page, "//p[@class='inset']")) == "Not held here."


def test_a_problem_says_what_is_wrong(pages: Pages) -> None:
    """Other errors are pages too, with links that hold where they were asked for."""
    page = parse(pages.problem(400, "Bad filter", "colour: no such filter", "/list/needs/table"))

    assert words(find(page, "//h1")) == "Bad filter"
    assert words(find(page, "//main")) == "Bad filter colour: no such filter Status 400"
    assert values(page, "//link[@rel='stylesheet']/@href") == ["../../static/style.css"]


DRAFT = "Draft: the working copy, not a release"


def test_banners(edition: Edition, pages: Pages, root: Path, tmp_path: Path) -> None:
    """A working copy and placeholder identifiers are told on every page; releases are neither."""
    release = Pages(
        sample_edition(tmp_path, base="https://lists.gov.example/"),
        root / "site_templates",
        release="2026.11",
    )
    drafts = [pages.home(), pages.lists(), pages.about(), pages.definitions(), pages.list_("needs")]

    for page in map(parse, drafts):
        banners = [words(banner) for banner in findall(page, "//header/p")]
        assert banners[0] == DRAFT
        assert banners[1].startswith("Placeholder identifiers: ")
    assert edition.settings.is_placeholder
    assert not findall(parse(release.home()), "//header/p")


def test_breadcrumbs_lead_back(pages: Pages) -> None:
    """Each page says where it is, and every page above it is a link."""
    page = parse(pages.concept(pages.edition.minter.concept("service", "559")))

    crumbs = findall(page, "//nav[@aria-label='Breadcrumb']//li")
    assert [words(crumb) for crumb in crumbs] == ["Home", "Lists", "Services", "559 Libraries"]
    assert values(page, "//nav[@aria-label='Breadcrumb']//a/@href") == [
        "../",
        "../lists",
        "../list/services",
    ]


def test_lists_come_in_the_order_they_say(tmp_path: Path) -> None:
    """Those without an order come after, by title; dormant ones last."""
    lists = {
        "a": ("Apples", "adms:status <status/live>"),
        "b": ("Bees", "adms:status <status/live> ; sh:order 20"),
        "c": ("Cats", "adms:status <status/live> ; sh:order 3"),
        "d": ("Dogs", "adms:status <status/dormant> ; sh:order 1"),
    }
    edition = edition_of(
        tmp_path,
        {
            f"{name}/list.ttl": f"""<list/{name}> a skos:ConceptScheme ;
                dct:title "{title}"@en ; {rest} ."""
            for name, (title, rest) in lists.items()
        },
    )

    shown = PageIndex(edition).lists

    assert [scheme.name for scheme in shown] == ["c", "b", "a", "d"]
