"""Pages stay correct, safe and quick whatever the lists and the templates hold."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from listkeeper.errors import ContentError
from listkeeper.publish.page_entries import MOST_SHOWN
from listkeeper.publish.pages import Pages
from listkeeper.publish.publication import Publication
from listkeeper.uris import URI
from reading import find, findall, parse, section, values, words
from sample import sample_edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from listkeeper.edition import Edition

NEVER = ("script", "style", "iframe", "object", "embed", "img", "base", "b", "i", "u")
"""Elements that no page of ours has; hostile texts are full of them."""


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The sample lists with hostile texts, and enough services for two pages."""
    return sample_edition(tmp_path_factory.mktemp("hostile"), hostile=True, more=100)


@pytest.fixture(scope="module")
def pages(edition: Edition, root: Path) -> Pages:
    """Their pages."""
    return Pages(edition, root / "site_templates")


def all_pages(pages: Pages) -> Iterator[tuple[str, bytes]]:
    """Render every page there is, each with its path."""
    vocabulary = pages.edition.vocabulary
    yield "/", pages.home()
    yield "/lists", pages.lists()
    yield "/about", pages.about()
    yield "/def.html", pages.definitions()
    for name in vocabulary.schemes:
        yield f"/list/{name}", pages.list_(name)
        yield f"/list/{name}/table", pages.table(name, {"q": "<script>"})
        for number in range(2, pages.list_pages(name) + 1):
            yield f"/list/{name}/page/{number}", pages.list_(name, number)
    for concept in vocabulary.concepts.values():
        yield f"/{concept.address}", pages.concept(concept.uri)
    near = [*vocabulary.concepts.values()]
    yield "/a/<b>", pages.not_found("/a/<b>", near, "<script>alert(1)</script>")
    yield "/x", pages.problem(400, "<b>Bad</b>", "<script>alert(1)</script>", "/x")


def test_every_page_is_well_formed_and_inert(pages: Pages) -> None:
    """Whatever the texts, a page parses without error and holds no markup but its own."""
    for path, page in all_pages(pages):
        parsed = parse(page)
        ids = values(parsed, "//@id")

        assert len(ids) == len(set(ids)), path
        data = findall(parsed, "//head/script[@type='application/ld+json']")
        assert not [e.tag for e in findall(parsed, "//*") if e.tag in NEVER and e not in data], path
        assert all(json.loads(e.text or "")["@context"] == "https://schema.org" for e in data), path
        assert not findall(parsed, "//*[@style or @*[starts-with(name(), 'on')]]"), path
        assert parsed.get("lang") == "en"


def test_links_are_relative_or_of_the_web(pages: Pages) -> None:
    """No page links to a script, and none loads anything from elsewhere."""
    for path, page in all_pages(pages):
        parsed = parse(page)
        links = values(parsed, "//a/@href")

        assert all(re.match(r"\.{1,2}/|#|https?://|mailto:", link) for link in links), path
        loaded = values(parsed, "//link/@href | //@src | //form/@action")
        assert all(link.startswith(("./", "../")) for link in loaded), path


def test_every_link_leads_to_a_document(edition: Edition, root: Path, pages: Pages) -> None:
    """Each relative link of each page is the address of something published."""
    publication = Publication(edition, templates=root / "site_templates")
    known = set(publication.documents)
    tables = {f"/list/{name}/table" for name in edition.vocabulary.schemes} | {
        "/search",
        "/downloads",
    }
    paths = [path for path, _ in all_pages(pages)]

    for path, page in all_pages(pages):
        for link in values(parse(page), "//a/@href | //link/@href | //form/@action"):
            if not link.startswith(("http", "mailto:")):
                target = urlsplit(urljoin(f"https://host.example{path}", link))
                assert unquote(target.path) in known | tables | set(paths), (path, link)


def test_every_anchor_exists(pages: Pages) -> None:
    """A link within the site to a part of a page finds that part."""
    ids = {path: set(values(parse(page), "//@id")) for path, page in all_pages(pages)}

    for path, page in all_pages(pages):
        for link in values(parse(page), "//a/@href[contains(., '#')]"):
            target = urlsplit(urljoin(f"https://host.example{path}", link))
            assert unquote(target.fragment) in ids[target.path], (path, link)


def hostile(pages: Pages) -> bytes:
    """Render the most hostile entry."""
    return pages.concept(pages.edition.minter.concept("service", "611"))


def test_unsafe_addresses_are_text(pages: Pages) -> None:
    """An address that is no web address is shown, and cannot be clicked."""
    page = parse(hostile(pages))
    link_types = pages.edition.vocabulary.link_types
    (heading,) = (kind.headings[0].value for kind in link_types if kind.name == "meetsNeed")

    elsewhere = section(page, "Elsewhere")
    assert [words(value) for value in findall(elsewhere, ".//dd")] == [
        "javascript:alert(2)",
        "data:text/html,x",
        "https://example.org/fine",
    ]
    assert values(elsewhere, ".//a/@href") == ["https://example.org/fine"]
    needs = section(page, heading)
    assert [words(item) for item in findall(needs, ".//li")] == [
        "javascript:alert(1) (not held here)",
        "https://lists.example.org/id/need/404 (not held here)",
    ]
    assert not values(needs, ".//a/@href")
    assert words(find(section(page, "Known users of this code"), ".//li")) == (
        "<i>Someone</i>: javascript:alert(4)"
    )


def test_odd_characters_stay_in_their_place(pages: Pages) -> None:
    """Control characters are replaced; a change of direction ends with its text."""
    page = hostile(pages).decode()

    assert "\x07" not in page
    assert "\x00" not in page
    assert (
        '<h1><span class="code">611</span> <bdi>\u202etxet desrever\ufffd\ufffd</bdi></h1>' in page
    )
    assert '<bdi lang="he">' in page


def test_an_entry_without_a_label_shows_its_code(pages: Pages) -> None:
    """No label in any language, an odd date, a cycle above it: the page is there."""
    page = parse(pages.concept(pages.edition.minter.concept("service", "612")))

    assert words(find(page, "//h1")) == "612 612"
    assert words(find(page, "//div[@class='warning']")) == (
        "Retired soon. Use javascript:alert(3) (not held here) instead Reason given: <u>because</u>"
    )


def test_a_cycle_is_walked_once(pages: Pages) -> None:
    """Of entries above each other each page shows the other, and stops there."""
    trails = findall(section(parse(hostile(pages)), "Part of"), "./ul/li")

    assert [words(trail).split()[0] for trail in trails] == ["612"]
    assert [len(findall(trail, "./ol/li")) for trail in trails] == [2]


def test_thousands_of_links_are_cut_short_and_counted(edition: Edition, root: Path) -> None:
    """A page stays a page with 5,000 narrower entries; it says how many it leaves out."""
    need = edition.vocabulary.concepts[edition.minter.concept("need", "69")]
    many = tuple(URI(f"{need.uri}-{n}") for n in range(5000))
    concepts = {
        **edition.vocabulary.concepts,
        **{uri: replace(need, uri=uri, broader=(need.uri,)) for uri in many},
        need.uri: replace(need, narrower=many),
    }
    vocabulary = replace(edition.vocabulary, concepts=concepts)
    pages = Pages(replace(edition, model=vocabulary), root / "site_templates")

    page = pages.concept(need.uri)
    found = section(parse(page), "Narrower")

    assert len(findall(found, ".//li")) == MOST_SHOWN
    assert words(found).endswith("And 4500 more: the downloads have them all.")
    assert len(page) < 100_000


def test_a_path_that_is_not_utf8_is_shown(pages: Pages) -> None:
    """A path with bytes that are no text does not break the page about it."""
    assert b"/service/?" in pages.not_found("/service/\udcff", [])


def copied(root: Path, folder: Path, name: str, change: Callable[[str], str]) -> Path:
    """Copy the templates and change one of them."""
    templates = folder / "site_templates"
    shutil.copytree(root / "site_templates", templates)
    file = templates / name
    file.write_text(change(file.read_text("utf-8")), encoding="utf-8")
    return templates


BROKEN = [
    ("{{ frame.title | safe }}", r"site_templates/problem.html:1: No filter named 'safe'"),
    ("{% autoescape false %}x{% endautoescape %}", "problem.html:1: escaping cannot be switched"),
    (
        "\n{%- autoescape false %}x{% endautoescape %}",
        "problem.html:2: escaping cannot be switched",
    ),
    ("{{ frame.titel }}", "problem.html: UndefinedError: .* has no attribute 'titel'"),
    ("{{ frame.__class__.__mro__ }}", "problem.html: SecurityError: access to attribute"),
    ("{{ lipsum() }}", "problem.html: UndefinedError: 'lipsum' is undefined"),
    ("{% if %}", "site_templates/problem.html:1: Expected an expression"),
    (
        '{% include "gone.html" %}',
        "site_templates/problem.html: TemplateNotFound: .gone.html. not",
    ),
    ('{% include "../../etc/passwd" %}', "problem.html: TemplateNotFound"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_templates_can_do_no_harm(
    edition: Edition, root: Path, tmp_path: Path, text: str, message: str
) -> None:
    """A template that would lift escaping, reach into Python or misspell is refused by name."""
    templates = copied(root, tmp_path, "problem.html", lambda _: text)

    with pytest.raises(ContentError, match=message):
        Pages(edition, templates).problem(400, "<b>", "x")


def test_our_templates_never_lift_escaping(root: Path) -> None:
    """No template of ours asks for what the environment refuses."""
    for file in sorted((root / "site_templates").glob("*.html")):
        text = file.read_text("utf-8")
        assert not re.search(r"\|\s*safe|autoescape|Markup|style=|\son\w+=", text), file
        assert not re.search(r"<script(?! type=\"application/ld\+json\">)", text), file


def test_one_small_stylesheet_loads_nothing(root: Path) -> None:
    """The stylesheet is within its size and has no address in it."""
    files = sorted((root / "site_templates" / "static").iterdir())
    css = files[0].read_text("utf-8")

    assert [file.name for file in files] == ["style.css"]
    assert len(css.encode()) <= 25_000
    assert "url(" not in css
    assert "@import" not in css


def test_pages_are_the_same_each_time(edition: Edition, root: Path, pages: Pages) -> None:
    """Rendering depends on nothing but the edition and the templates."""
    again = Pages(edition, root / "site_templates")

    assert dict(all_pages(pages)) == dict(all_pages(again))
