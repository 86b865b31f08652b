"""Atom (RFC 4287): an entry for each release, of all lists or of one.

https://www.rfc-editor.org/rfc/rfc4287. Identifiers of feeds and entries are made of the base URI,
so they stay the same wherever the feed is served.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.publish.feeds.announcing import Announced, Issue

ATOM: Final = "http://www.w3.org/2005/Atom"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
CONTENT_TYPE: Final = "application/atom+xml; charset=utf-8"
NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MOST: Final = 12
"""Releases of a feed; the LDES and the ActivityStreams have all."""

MOST_TOLD: Final = 100
"""Changed entries that one entry names."""


def atom_feed(base: str, name: str, title: str, author: str, issues: Sequence[Issue]) -> bytes:
    """Write a feed.

    Args:
        base: the base URI.
        name: the list or subset; empty for all lists.
        title: what the feed is called.
        author: who publishes the lists.
        issues: the releases, the oldest first, with what is about the list alone.
    """
    page = f"{base}list/{name}/changes" if name else f"{base}changes"
    shown = [issue for issue in issues if issue.announced][-MOST:]
    feed = ET.Element("feed", {"xmlns": ATOM, XML_LANG: "en"})
    _text(feed, "id", f"{page}.atom")
    _text(feed, "title", title)
    latest = max((issue.date for issue in issues), default=None)
    _text(feed, "updated", _stamp(latest) if latest else "1970-01-01T00:00:00Z")
    _text(ET.SubElement(feed, "author"), "name", author)
    ET.SubElement(feed, "link", rel="self", type="application/atom+xml", href=f"{page}.atom")
    ET.SubElement(feed, "link", rel="alternate", type="text/html", href=page)
    for issue in reversed(shown):
        _entry(feed, page, issue)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(feed: ET.Element, page: str, issue: Issue) -> None:
    entry = ET.SubElement(feed, "entry")
    count = len(issue.announced)
    _text(entry, "id", f"{page}?to={issue.name}")
    _text(entry, "title", f"Release {issue.name}: {count:,} changed")
    _text(entry, "updated", _stamp(issue.date))
    _text(entry, "published", _stamp(issue.date))
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=f"{page}?to={issue.name}")
    content = ET.SubElement(entry, "content", type="xhtml")
    division = ET.SubElement(content, "div", xmlns="http://www.w3.org/1999/xhtml")
    listed = ET.SubElement(division, "ul")
    for about in issue.announced[:MOST_TOLD]:
        _item(listed, about)
    if count > MOST_TOLD:
        _text(division, "p", f"And {count - MOST_TOLD:,} more.")


def _item(listed: ET.Element, about: Announced) -> None:
    item = ET.SubElement(listed, "li")
    is_link = about.uri.startswith(("http://", "https://"))
    name = ET.SubElement(item, "a", href=about.uri) if is_link else ET.SubElement(item, "span")
    name.text = _clean(about.label or about.uri)
    name.tail = _clean(". ".join(("", *about.words)))


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)


def _stamp(moment: object) -> str:
    """Write a moment as RFC 3339 does."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
