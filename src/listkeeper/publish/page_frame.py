"""What every page has around its content: title, banners, navigation, footer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.publish.page_links import Link, climb, outside
from listkeeper.publish.page_list import licence_link
from listkeeper.publish.page_words import Words, word

if TYPE_CHECKING:
    from listkeeper.publish.page_downloads import Download
    from listkeeper.publish.page_entries import Linker

NAVIGATION: Final = (("lists", "Lists"), ("def.html", "Definitions"), ("about", "About"))
"""Address and name of what the header links to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """The part that all pages share."""

    language: str
    title: str
    """The page's name, without the site's."""
    site_name: str
    root: str
    """What leads from the page up to the site's root."""
    home: str
    release: str
    """The release shown; empty for the working copy."""
    placeholder: str
    """The base URI while it is the one shipped, else empty."""
    navigation: tuple[Link, ...]
    crumbs: tuple[Link, ...]
    """The way from the home page to this one, itself last and without a link."""
    alternates: tuple[Download, ...]
    licence: Link | None
    attribution: tuple[Words, ...]
    contact: str
    contact_href: str
    address: str
    """The page's own address below the site's root."""
    past: str = ""
    """The release shown beside what is current; empty for what is current."""
    timed: bool = False
    """Whether the server tells of the past."""


def frame(
    linker: Linker,
    title: str,
    crumbs: tuple[Link, ...] = (),
    alternates: tuple[Download, ...] = (),
    release: str = "",
) -> Frame:
    """Frame a page.

    Args:
        linker: makes the links of the page.
        title: the page's name.
        crumbs: the pages between the home page and this one.
        alternates: the documents with the same content in other formats.
        release: the release shown; empty for the working copy.
    """
    settings = linker.index.edition.settings
    catalogue = linker.index.vocabulary.catalogue
    language = linker.index.language
    return Frame(
        language=language,
        title=title,
        site_name=settings.site_name,
        root=climb(linker.path),
        home=linker.to(""),
        release=release,
        placeholder=settings.base_uri if settings.is_placeholder else "",
        navigation=tuple(_navigation(linker)),
        crumbs=(Link(text="Home", href=linker.to("")), *crumbs, Link(text=title)),
        alternates=alternates,
        licence=licence_link(catalogue.licence) if catalogue else None,
        attribution=tuple(word(text, language) for text in catalogue.attribution)
        if catalogue
        else (),
        contact=settings.contact,
        contact_href=outside(f"mailto:{settings.contact}") if settings.contact else "",
        address=linker.path.lstrip("/"),
    )


def _navigation(linker: Linker) -> list[Link]:
    here = linker.path.removeprefix("/")
    return [
        Link(text=text, href=linker.to(address), current=address == here)
        for address, text in NAVIGATION
    ]
