"""Reading rendered pages in tests: strictly parsed HTML, and what a person reads in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import html5rdf  # type: ignore[import-untyped]  # has no stubs; pyshacl brings it
import lxml.html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

BLOCKS: Final = frozenset(
    {
        *("aside", "div", "dd", "dl", "dt", "details", "h1", "h2", "h3", "li", "ol", "p", "pre"),
        *("section", "summary", "td", "th", "tr", "ul"),
    }
)
"""Elements that begin a line of their own."""


def parse(page: bytes) -> HtmlElement:
    """Parse a page that must be well-formed HTML5: any parse error fails the test."""
    html5rdf.HTMLParser(strict=True).parse(page.decode())
    return lxml.html.document_fromstring(page.decode())


def words(element: HtmlElement) -> str:
    """Give the text of an element on one line, as it reads: blocks stand apart."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        gap = " " if child.tag in BLOCKS else ""
        yield gap
        yield from _texts(child)
        yield gap + (child.tail or "")


def find(page: HtmlElement, path: str) -> HtmlElement:
    """Give the one element at an XPath."""
    (element,) = findall(page, path)
    return element


def findall(page: HtmlElement, path: str) -> list[HtmlElement]:
    """Give the elements at an XPath."""
    found = page.xpath(path)
    assert isinstance(found, list)
    return [element for element in found if isinstance(element, lxml.html.HtmlElement)]


def values(page: HtmlElement, path: str) -> list[str]:
    """Give the attribute values at an XPath."""
    found = page.xpath(path)
    assert isinstance(found, list)
    return [str(value) for value in found]


def section(page: HtmlElement, heading: str) -> HtmlElement:
    """Give the section under a heading."""
    (found,) = [s for s in findall(page, "//section") if words(find(s, "./h2")) == heading]
    return found


def fact(page: HtmlElement, key: str) -> list[str]:
    """Give what a summary list says for a key."""
    rows = findall(page, "//dl/div")
    (row,) = [row for row in rows if words(find(row, "./dt")) == key]
    return [words(value) for value in findall(row, "./dd")]
