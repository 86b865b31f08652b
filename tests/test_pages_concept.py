"""The page of an entry: everything known about it, in one order, drafts marked as such."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from listkeeper.errors import UsageError
from listkeeper.model import Text
from listkeeper.publish.pages import Pages
from listkeeper.uris import URI
from reading import fact, find, findall, parse, section, values, words
from repository import edition_of
from sample import sample_edition

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

    from listkeeper.edition import Edition


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The sample lists."""
    return sample_edition(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def pages(edition: Edition, root: Path) -> Pages:
    """Their pages."""
    return Pages(edition, root / "site_templates")


def concept_page(pages: Pages, address: str) -> HtmlElement:
    """Render and read the page at an address."""
    segment, notation = address.split("/")
    return parse(pages.concept(pages.edition.minter.concept(segment, notation)))


def heading(pages: Pages, name: str) -> str:
    """Give the heading of a kind of link or of its other direction; others are as they are."""
    link_types = pages.edition.vocabulary.link_types
    authored = {kind.name: kind.headings[0].value for kind in link_types}
    inverse = {f"inverse of {kind.name}": kind.inverse_headings[0].value for kind in link_types}
    return {**authored, **inverse}.get(name, name)


SECTIONS = [
    "Definition",
    "Scope",
    "partOfFunction",
    "requiredByDuty",
    "allowedByPower",
    "eligibleIf",
    "aimedAt",
    "meetsNeed",
    "deliveredBy",
    "inverse of callsForService",
    "History",
    "Elsewhere",
    "Known users of this code",
    "Downloads",
    "Cite this",
    "Suggest a change",
]


def test_a_service_page_has_its_sections_in_order(pages: Pages) -> None:
    """Meaning comes first, then links in the order of their kinds, then what one may do."""
    page = concept_page(pages, "service/559")

    expected = [heading(pages, name) for name in SECTIONS]
    assert [words(found) for found in findall(page, "//h2")] == expected


def test_code_label_status_and_uri_come_first(pages: Pages) -> None:
    """The code stands before the label, and the URI can be read and copied."""
    page = concept_page(pages, "service/559")

    assert words(find(page, "//h1")) == "559 Libraries"
    standing = words(find(page, "//p[@class='standing']"))
    assert standing == "Current in Services, English and Welsh services"
    assert words(find(page, "//p[@class='uri']/code")) == "https://lists.example.org/id/service/559"


def test_a_duty_says_that_it_is_one(pages: Pages) -> None:
    """Powers and duties are one list; the part an entry is in tells them apart."""
    standing = find(concept_page(pages, "power-or-duty/10001"), "//p[@class='standing']")

    assert words(standing) == "Current in Powers and duties, Duties"


def test_a_draft_definition_says_whose_it_is(pages: Pages) -> None:
    """Readers can tell the editors' draft from the LGA's text and from a reviewed text."""
    draft = section(concept_page(pages, "service/559"), "Definition")
    reviewed = section(concept_page(pages, "service/1614"), "Definition")

    note = "Definition by the editors of these lists, not the LGA's text; draft."
    assert note in words(draft)
    assert words(reviewed).endswith("Definition reviewed by editor, 20 November 2026.")


def test_names_former_names_and_drafts_in_other_languages(pages: Pages) -> None:
    """Former names say until when; a draft translation is marked and has its language."""
    page = concept_page(pages, "service/559")

    assert fact(page, "Other names") == ["Public library", "Lending library"]
    assert fact(page, "Former names") == [
        "Library services replaced in version 4.00, on 1 April 2013"
    ]
    assert fact(page, "Welsh label") == [
        "Llyfrgelloedd Draft a translation that no fluent reader has reviewed"
    ]
    assert values(page, "//bdi[text()='Llyfrgelloedd']/@lang") == ["cy"]


def test_a_reviewed_label_in_another_language_is_no_draft(pages: Pages) -> None:
    """A preferred label in Welsh stands without a mark."""
    assert fact(concept_page(pages, "service/1614"), "Welsh label") == ["Cronfa fwrsari 16 i 19"]


def test_texts_in_another_language_alone_say_so(edition: Edition, root: Path) -> None:
    """Where only another language has a label and a definition, they are shown as that."""
    uri = edition.minter.concept("service", "602")
    welsh = (Text(value="Rhandiroedd", language="cy"),)
    concept = replace(edition.vocabulary.concepts[uri], pref_labels=welsh, definitions=welsh)
    vocabulary = replace(edition.vocabulary, concepts={uri: concept})
    pages = Pages(replace(edition, model=vocabulary), root / "site_templates")
    page = parse(pages.concept(uri))

    assert values(page, "//h1/bdi/@lang") == ["cy"]
    assert values(section(page, "Definition"), "./p/@lang") == ["cy"]


NOTICES = [
    ("service/559", []),
    ("service/602", ["Not reviewed:"]),
    ("service/1788", ["Label unconfirmed:", "Not reviewed:"]),
    ("service/200001", ["Proposed:", "Not reviewed:"]),
]


@pytest.mark.parametrize(("address", "openings"), NOTICES)
def test_notices(pages: Pages, address: str, openings: list[str]) -> None:
    """What is not certain about an entry is said before its definition."""
    notices = findall(concept_page(pages, address), "//main/p[@class='inset']")

    assert len(openings) == len(notices)
    assert all(words(n).startswith(o) for n, o in zip(notices, openings, strict=True))


RETIREMENTS = [
    (
        "service/600",
        (
            "Retired 1 April 2025. Use 1614 16 to 19 bursary fund instead"
            " Reason given: The scheme closed."
        ),
        ["1614"],
    ),
    (
        "service/601",
        (
            "Retired 1 April 2025. Split into several: choose one of "
            "602 Allotments 603 Smallholdings Reason given: Two services were under one code."
        ),
        ["602", "603"],
    ),
    (
        "service/604",
        (
            "Retired 1 April 2025. Merged with 605 Pest control: wasps. "
            "Use 606 Pest control instead Reason given: Councils offer one service."
        ),
        ["605", "606"],
    ),
    (
        "service/607",
        "Retired 1 April 2025. Nothing replaces it. Reason given: The licence was abolished.",
        [],
    ),
]


@pytest.mark.parametrize(("address", "wording", "linked"), RETIREMENTS)
def test_retirement(pages: Pages, address: str, wording: str, linked: list[str]) -> None:
    """One replacement, a choice, a merger and none are told in four wordings, with links."""
    warning = find(concept_page(pages, address), "//div[@class='warning']")

    assert wording == words(warning)
    assert [f"../service/{code}" for code in linked] == values(warning, ".//a/@href")


def test_an_entry_in_use_has_no_warning(pages: Pages) -> None:
    """Only retired entries warn."""
    assert not findall(concept_page(pages, "service/559"), "//div[@class='warning']")


LINKS = [
    ("service/559", "meetsNeed", ["69 Social inclusion (Needs)",
                                  "71 Community facilities (Needs)"]),
    ("need/69", "inverse of meetsNeed", ["559 Libraries (Services)"]),
    ("need/69", "inverse of impliesNeed", ["10001 Parent (Circumstances)"]),
    ("power-or-duty/10001", "inverse of requiredByDuty", ["559 Libraries (Services)"]),
    ("circumstance/10001", "inverse of aimedAt", ["559 Libraries (Services)"]),
    ("organisation-type/10001", "inverse of deliveredBy", ["559 Libraries (Services)"]),
    ("circumstance/10001", "Narrower", ["10003 Parent out of work"]),
]  # fmt: skip


@pytest.mark.parametrize(("address", "kind", "entries"), LINKS)
def test_links(pages: Pages, address: str, kind: str, entries: list[str]) -> None:
    """Links are shown from both ends, each by code and label, naming the other list."""
    found = section(concept_page(pages, address), heading(pages, kind))

    assert entries == [words(item) for item in findall(found, ".//li")]


def test_none_known_is_said_in_words(pages: Pages) -> None:
    """A record that nothing is known differs from silence."""
    found = section(concept_page(pages, "service/559"), heading(pages, "eligibleIf"))

    said = "None known. Looked at on 21 November 2026: the council pages of three libraries."
    assert words(find(found, "./p")) == said


def test_a_service_shows_the_law_through_its_duty(pages: Pages) -> None:
    """The primary provision is cited under the duty; those to see also are not."""
    found = section(concept_page(pages, "service/559"), heading(pages, "requiredByDuty"))

    assert words(find(found, ".//li")) == (
        "10001 Provide a library service (Powers and duties) "
        "Public Libraries and Museums Act 1964, section 7"
    )


def test_a_duty_shows_its_provisions_and_their_evidence(pages: Pages) -> None:
    """Citation, address, the page read, its date and heading; and that it is no legal advice."""
    found = section(concept_page(pages, "power-or-duty/10001"), "Legislation")
    first, second = findall(found, "./ul/li")

    assert words(first) == (
        "Public Libraries and Museums Act 1964, section 7 "
        "Legislation: 10001 Public Libraries and Museums Act 1964 "
        "Identifier: http://www.legislation.gov.uk/id/ukpga/1964/75/section/7 "
        "Page read: https://www.legislation.gov.uk/ukpga/1964/75/section/7, 21 November 2026, "
        "as revised. Heading: General duty of library authorities."
    )
    assert words(second).startswith("See also: Public Libraries and Museums Act 1964, section 8")
    assert fact(found, "Applies in") == ["England and Wales"]
    assert fact(found, "In force") == ["Yes"]
    assert words(find(found, "./p[@class='inset']")) == "This is not legal advice."


def test_an_act_shows_what_rests_on_it(pages: Pages) -> None:
    """Legislation links to legislation.gov.uk and lists its powers and duties with citations."""
    page = concept_page(pages, "legislation/10001")
    resting = section(page, "Powers and duties that rest on it")

    address = "http://www.legislation.gov.uk/id/ukpga/1964/75"
    assert address in values(section(page, "At legislation.gov.uk"), ".//a/@href")
    assert [words(item)[:5] for item in findall(resting, ".//li")] == ["10001", "10002"]


def test_every_way_up_is_shown(pages: Pages) -> None:
    """An entry under two others has a trail through each."""
    trails = findall(section(concept_page(pages, "circumstance/10003"), "Part of"), "./ul/li")

    assert [words(trail) for trail in trails] == [
        "10001 Parent 10003 Parent out of work",
        "10002 Out of work 10003 Parent out of work",
    ]


def test_groups_users_and_other_addresses(pages: Pages) -> None:
    """Groups, known users and the same thing elsewhere are named, the latter two with links."""
    page = concept_page(pages, "service/559")
    user = section(page, "Known users of this code")

    assert words(section(concept_page(pages, "circumstance/10001"), "Groups it is in")) == (
        "Groups it is in Work and family"
    )
    assert words(find(user, ".//li")) == (
        "GOV.UK's links to councils: https://github.com/alphagov/publisher, 21 November 2026"
    )
    assert values(section(page, "Elsewhere"), ".//a/@href") == ["http://id.esd.org.uk/service/559"]
    assert fact(page, "Same as") == ["http://id.esd.org.uk/service/559"]


def test_dates_are_in_words(pages: Pages) -> None:
    """Dates read as people write them."""
    page = concept_page(pages, "service/559")

    assert fact(page, "Created") == ["3 April 2013"]
    assert fact(concept_page(pages, "service/600"), "In use until") == ["1 April 2025"]


def test_each_format_is_offered_and_is_an_alternate(pages: Pages) -> None:
    """The table of representations decides; a spreadsheet format comes first."""
    page = concept_page(pages, "service/559")
    hrefs = values(section(page, "Downloads"), ".//a/@href")

    assert hrefs[0] == "../service/559.csv"
    assert "../service/559.ttl" in hrefs
    assert hrefs == values(page, "//link[@rel='alternate']/@href")


def test_cite_this(pages: Pages) -> None:
    """A citation names site, list, version, code, label and URI."""
    assert words(section(concept_page(pages, "service/559"), "Cite this")) == (
        "Cite this Sample lists, Services, version 2026.11: 559 Libraries. "
        "https://lists.example.org/id/service/559"
    )


FORGES = [
    ("", None),
    ("https://github.com/a/b", "https://github.com/a/b/edit/main/"),
    ("https://gitlab.com/a/b/", "https://gitlab.com/a/b/-/edit/main/"),
    ("https://codeberg.org/a/b", "https://codeberg.org/a/b/_edit/main/"),
    ("javascript:alert(1)", None),
]


@pytest.mark.parametrize(("forge", "edit"), FORGES)
def test_suggest_a_change(edition: Edition, root: Path, forge: str, edit: str | None) -> None:
    """The file is always named; where there is a forge it opens there for editing."""
    settings = replace(edition.settings, forge_url=forge)
    pages = Pages(replace(edition, settings=settings), root / "site_templates")
    found = section(concept_page(pages, "service/559"), "Suggest a change")

    file = "vocabularies/services/05/559.ttl"
    assert file in words(found)
    assert ([edit + file] if edit else []) == values(found, ".//a/@href")


def test_an_unknown_entry_is_a_usage_error(pages: Pages) -> None:
    """A URI that nothing has is told, not rendered."""
    with pytest.raises(UsageError, match="no such entry"):
        pages.concept(URI("https://lists.example.org/id/service/0"))


def test_a_lattice_of_parents_shows_a_few_ways_up(edition: Edition, root: Path) -> None:
    """Sixty levels of two parents each have 2^60 ways up; the page shows a dozen at once."""
    top = edition.vocabulary.concepts[edition.minter.concept("circumstance", "10001")]
    uris = [[URI(f"{top.uri}-{level}-{side}") for side in "ab"] for level in range(60)]
    lattice = {
        uri: replace(top, uri=uri, broader=tuple(uris[level + 1]) if level < 59 else ())
        for level, pair in enumerate(uris)
        for uri in pair
    }
    vocabulary = replace(edition.vocabulary, concepts={**edition.vocabulary.concepts, **lattice})
    pages = Pages(replace(edition, model=vocabulary), root / "site_templates")

    trails = findall(section(parse(pages.concept(uris[0][0])), "Part of"), "./ul/li")

    assert len(trails) == 12


def test_a_suggested_review_says_why(tmp_path: Path, root: Path) -> None:
    """The notice leads to the editors' notes, which give the reason."""
    entry = """<need/1> a skos:Concept ; skos:notation "1" ; skos:prefLabel "A"@en ;
        adms:status <status/current> ; def:reviewStatus <status/review-suggested> ;
        skos:editorialNote "May have ended."@en ."""
    pages = Pages(edition_of(tmp_path, {"needs/1.ttl": entry}), root / "site_templates")
    page = parse(pages.concept(URI("https://lists.example.org/id/need/1")))

    assert words(find(page, "//p[@class='inset']")).startswith("Review suggested:")
    assert words(section(page, "Editors' notes")) == "Editors' notes May have ended."
