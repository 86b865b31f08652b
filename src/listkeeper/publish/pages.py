"""The pages for people: UTF-8 HTML from the model, through templates that only loop and choose.

Templates may come from another repository than the program, and texts from anyone. So the
environment is a sandbox, everything is escaped, and nothing that would lift that exists in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from jinja2 import TemplateError

from listkeeper.errors import UsageError
from listkeeper.publish.page_builder import builder_view
from listkeeper.publish.page_concept import concept_view
from listkeeper.publish.page_data import set_data, term_data
from listkeeper.publish.page_downloads import downloads
from listkeeper.publish.page_entries import Linker
from listkeeper.publish.page_environment import page_environment, template_error
from listkeeper.publish.page_frame import frame
from listkeeper.publish.page_index import PageIndex
from listkeeper.publish.page_links import Link
from listkeeper.publish.page_list import list_view
from listkeeper.publish.page_site import LOCAL_ADDRESS, about_view, lists_view
from listkeeper.publish.page_table import page_count, read_filters, table_of
from listkeeper.publish.page_terms import term_groups
from listkeeper.publish.resources import ResourceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme
    from listkeeper.publish.page_downloads import Download
    from listkeeper.publish.page_table import Table
    from listkeeper.uris import URI

LISTS: Final = "Lists"


class Pages:
    """Renders the pages of one edition."""

    def __init__(
        self,
        edition: Edition,
        templates: Path,
        *,
        release: str = "",
        past: str = "",
        timed: bool = False,
    ) -> None:
        """Show an edition.

        Args:
            edition: what is shown.
            templates: the folder ``site_templates``.
            release: name of the release that the edition is; empty for a working copy, whose
                pages say that it is a draft.
            past: the same of a release shown beside what is current, whose pages say so.
            timed: whether the server tells of the past: pages then lead there.
        """
        self.edition = edition
        self.release = release
        self.past = past
        self.timed = timed
        self._index = PageIndex(edition)
        self._environment = page_environment(templates)

    def concept(self, concept_uri: URI) -> bytes:
        """Render the page of a concept.

        Raises:
            UsageError: when there is no such concept.
        """
        concept = self.edition.vocabulary.concepts.get(concept_uri)
        if concept is None:
            raise UsageError(f"{concept_uri}: no such entry")
        linker = self._linker(f"/{concept.address}")
        offered = downloads(ResourceKind.CONCEPT, concept.address, linker)
        view = concept_view(concept, linker, self.release)
        title = f"{view.code} {view.label.value}"
        crumbs = (Link(text=LISTS, href=linker.to("lists")), view.list_)
        data = term_data(self.edition, concept)
        return self._render("concept.html", linker, title, crumbs, offered, page=view, data=data)

    def list_(self, name: str, page: int = 1) -> bytes:
        """Render a page of a list or subset: the first tells about it, each shows entries.

        Raises:
            UsageError: when there is no such list or page.
        """
        scheme = self._index.scheme(name)
        address = f"list/{name}"
        linker = self._linker(f"/{address}" if page == 1 else f"/{address}/page/{page}")
        table = table_of(scheme, linker, page)
        return self._list("list.html" if page == 1 else "table.html", scheme, linker, table)

    def list_pages(self, name: str) -> int:
        """Count the pages of a list or subset.

        Raises:
            UsageError: when there is no such list.
        """
        return page_count(len(self._index.members[self._index.scheme(name).name]))

    def table(self, name: str, filters: Mapping[str, str]) -> bytes:
        """Render the entries of a list that pass filters.

        Args:
            name: the list or subset.
            filters: ``q``, ``status``, ``review``, ``parent``, ``page``; empty ones are ignored.

        Raises:
            UsageError: when there is no such list, filter, value or page.
        """
        scheme = self._index.scheme(name)
        chosen, page = read_filters(filters)
        linker = self._linker(f"/list/{name}/table")
        return self._list("table.html", scheme, linker, table_of(scheme, linker, page, chosen))

    def builder(self, choices: Sequence[tuple[str, str]]) -> bytes:
        """Render the form that makes the address of a download.

        Args:
            choices: names and values of the query; empty values are ignored.

        Raises:
            UsageError: when a choice is not possible.
        """
        linker = self._linker("/downloads")
        settings = self.edition.settings
        base = LOCAL_ADDRESS if settings.is_placeholder else settings.base_uri
        view = builder_view(self.edition, linker, choices, base)
        return self._render("downloads.html", linker, "Choose a download", page=view)

    def definitions(self) -> bytes:
        """Render the terms of the lists, each at an anchor of its own."""
        linker = self._linker("/def.html")
        offered = downloads(ResourceKind.DEFINITIONS, "def", linker)
        groups = term_groups(linker)
        return self._render("definitions.html", linker, "Definitions", (), offered, groups=groups)

    def home(self) -> bytes:
        """Render the home page."""
        linker = self._linker("/")
        title = self.edition.settings.site_name
        return self._render("home.html", linker, title, page=lists_view(linker))

    def lists(self) -> bytes:
        """Render the index of lists."""
        linker = self._linker("/lists")
        return self._render("lists.html", linker, LISTS, page=lists_view(linker))

    def about(self) -> bytes:
        """Render the page about these lists and this site."""
        linker = self._linker("/about")
        return self._render("about.html", linker, "About", page=about_view(linker))

    def not_found(self, path: str, near: Sequence[Concept], message: str = "") -> bytes:
        """Render what is shown where there is no page.

        Args:
            path: the path as it was asked for, percent signs and all.
            near: entries that may have been meant.
            message: what is known about the path, in words.
        """
        linker = self._linker(path)
        return self._render(
            "not_found.html",
            linker,
            "Page not found",
            asked=path,
            message=message,
            near=tuple(linker.concept(concept, " ") for concept in near),
        )

    def problem(self, status: int, title: str, detail: str, path: str = "/") -> bytes:
        """Render what is shown where a request cannot be answered.

        Args:
            status: the HTTP status code.
            title: the problem in a few words.
            detail: what is wrong and what to do.
            path: the path as it was asked for: links are relative to it.
        """
        linker = self._linker(path)
        return self._render("problem.html", linker, title, status=status, detail=detail)

    def filled(self, template: str, path: str, title: str, **content: object) -> bytes:
        """Render a page whose content another layer has found out.

        Args:
            template: the template's name.
            path: the path at which it is shown: links are relative to it.
            title: the page's name.
            content: what the template shows.
        """
        return self._render(template, self._linker(path), title, (), (), **content)

    def _linker(self, path: str) -> Linker:
        return Linker(self._index, path)

    def _list(self, template: str, scheme: ConceptScheme, linker: Linker, table: Table) -> bytes:
        view = list_view(scheme, linker, table)
        offered = downloads(ResourceKind.LIST, f"list/{scheme.name}", linker)
        crumbs: tuple[Link, ...] = (Link(text=LISTS, href=linker.to("lists")),)
        title = view.title.value
        if template == "table.html":
            crumbs = (*crumbs, linker.list_(scheme))
            part = "filtered" if table.filtered else f"page {table.paging.number}"
            title = f"{title}: {part}"
        data = set_data(self.edition, scheme)
        return self._render(template, linker, title, crumbs, offered, page=view, data=data)

    def _render(
        self,
        template: str,
        linker: Linker,
        title: str,
        crumbs: tuple[Link, ...] = (),
        offered: tuple[Download, ...] = (),
        **content: object,
    ) -> bytes:
        around = replace(
            frame(linker, title, crumbs, offered, self.release), past=self.past, timed=self.timed
        )
        try:
            text = self._template(template)(frame=around, downloads=offered, **content)
        except TemplateError as error:
            raise template_error(template, error) from error
        return text.encode("utf-8", "replace")

    def _template(self, name: str) -> Callable[..., str]:
        return self._environment.get_template(name).render
