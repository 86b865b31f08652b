"""A publication: every document of an edition by its URL path, rendered when asked for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, Literal

from listkeeper.errors import UnsupportedError
from listkeeper.publish.byte_cache import ByteCache, Facts
from listkeeper.publish.descriptions import Descriptions
from listkeeper.publish.jsonld import JSONLDWriter
from listkeeper.publish.pages import Pages
from listkeeper.publish.records import Recorder
from listkeeper.publish.representations import Representation, offers
from listkeeper.publish.resources import VOID_ADDRESS, Resource, ResourceKind, resources
from listkeeper.publish.tables import Table, lines_of
from listkeeper.publish.void import void_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from listkeeper.edition import Edition
    from listkeeper.publish.void import Version

CACHE_BYTES: Final = 64 * 2**20
HTML: Final = "text/html; charset=utf-8"
STATIC: Final = "static"
PAGE: Final = ".html"
"""Extension of the format that plain URLs have too."""
STATIC_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/vnd.microsoft.icon",
    ".txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One URL that is answered 200, and the file it is in the static site."""

    path: str
    """The URL path, beginning with a slash."""
    content_type: str
    file: str
    """Path of its file in the static site; the plain URL and ``.html`` share one."""
    kind: Literal["format", "plain", "page", "static"]
    """A fixed format, the negotiated plain URL, a page of the site or a static file."""
    resource: Resource | None = None
    representation: Representation | None = None
    make: Callable[[], bytes] = field(repr=False, compare=False)
    """Renders its bytes; ask :meth:`Publication.render`, which keeps them."""


class Publication:
    """Everything that one edition publishes."""

    def __init__(  # noqa: PLR0913 - what a publication is made of
        self,
        edition: Edition,
        *,
        templates: Path,
        cache_bytes: int = CACHE_BYTES,
        modified: int = 0,
        versions: Sequence[Version] = (),
        release: str = "",
        past: str = "",
        timed: bool = False,
    ) -> None:
        """Publish an edition with the templates and static files of a folder.

        Args:
            edition: what is published.
            templates: the folder ``site_templates``.
            cache_bytes: how many bytes of rendered documents are kept; with 0, nothing is kept
                that is made again within a millisecond.
            modified: when the edition was released, in seconds since 1970; 0 for a working copy,
                of which that is not known.
            versions: those of lists that were released, the oldest first.
            release: its name where the edition is a release, whose pages say so.
            past: its name where a release is shown beside what is current.
            timed: whether the server tells of the past: pages then lead there.
        """
        self.edition = edition
        self.modified = modified
        self.versions = versions
        self.past = past
        self.timed = timed
        self.release = release
        self.templates = templates
        self.resources = resources(edition)
        self._cache = ByteCache(cache_bytes)
        self._facts: dict[str, Facts] = {}

    @cached_property
    def pages(self) -> Pages:
        """The pages for people."""
        return Pages(
            self.edition,
            self.templates,
            release=self.release,
            past=self.past,
            timed=self.timed,
        )

    @cached_property
    def descriptions(self) -> Descriptions:
        """The triples about each resource."""
        return Descriptions(self.edition, keep=self._cache.limit > 0)

    @cached_property
    def json_ld(self) -> JSONLDWriter:
        """Writes JSON-LD with the context of this edition."""
        return JSONLDWriter(self.edition)

    @cached_property
    def recorder(self) -> Recorder:
        """Makes JSON for applications."""
        return Recorder(self.edition)

    def table(self, resource: Resource) -> Table:
        """Make the table of a list, or that of one row for a concept."""
        vocabulary = self.edition.vocabulary
        if resource.kind is ResourceKind.LIST:
            members = self.descriptions.members(resource.name)
            return Table(self.edition, vocabulary.schemes[resource.name], lines_of(members))
        concept = vocabulary.concepts[resource.uri]
        return Table(self.edition, vocabulary.schemes.get(concept.list_name), lines_of([concept]))

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Every document by its URL path."""
        return {d.path: d for d in self._formats()} | self._beside

    @cached_property
    def _beside(self) -> dict[str, Document]:
        """The documents that are no resource in a format."""
        found = (*self._site_pages(), *self._static_files())
        return {document.path: document for document in found}

    def find(self, path: str) -> Document | None:
        """Find a document by its whole URL path, which is never split at a dot.

        It is made when it is asked for: a hundred thousand take up as much as the graph.
        """
        return self._beside.get(path) or self._plain(path) or self._format(path)

    def let_go(self) -> None:
        """Forget what refers back to the publication, so that it goes when the last request does.

        It is made again when asked for. Python frees a circle only by walking all there is, which
        holds up everything for a fifth of a second.
        """
        for name in ("documents", "_beside"):
            self.__dict__.pop(name, None)

    def render(self, document: Document) -> bytes:
        """Render a document, or give the bytes kept from before.

        Raises:
            UnsupportedError: when the graph has something the format cannot carry.
        """
        return self._cache.bytes_of(document.file, document.make)

    def facts(self, document: Document) -> Facts:
        """Give size and hash of a document, rendered once at most to be told of.

        Raises:
            UnsupportedError: when the graph has something the format cannot carry.
        """
        if document.file not in self._facts:
            data = self.render(document)
            self._facts[document.file] = Facts(len(data), hashlib.sha256(data).hexdigest())
        return self._facts[document.file]

    def offers(self, resource: Resource) -> Iterable[Representation]:
        """Give the formats a resource is published in, in the server's order."""
        return self._by_extension[resource.kind].values()

    def weigh(self, resource: Resource, row: Representation) -> Facts | None:
        """Give size and hash of a resource in a format; None where the format cannot carry it."""
        document = self._document(resource, row, f"/{resource.address}{row.extension}", "format")
        try:
            return self.facts(document)
        except UnsupportedError:
            return None

    def learn(self, facts: Mapping[str, Facts]) -> None:
        """Be told the facts of documents by whoever rendered them.

        Args:
            facts: by the document's file.
        """
        self._facts.update(facts)

    def _plain(self, path: str) -> Document | None:
        resource = self._resource(path)
        row = self._by_extension[resource.kind].get(PAGE) if resource else None
        return self._document(resource, row, path, "plain") if resource and row else None

    def _format(self, path: str) -> Document | None:
        for extension in self._extensions:
            resource = self._resource(path.removesuffix(extension))
            row = self._by_extension[resource.kind].get(extension) if resource else None
            if resource and row and path.endswith(extension):
                return self._document(resource, row, path, "format")
        return None

    def _resource(self, path: str) -> Resource | None:
        return self.resources.get(path[1:]) if path.startswith("/") else None

    @cached_property
    def _by_extension(self) -> Mapping[ResourceKind, Mapping[str, Representation]]:
        return {kind: {row.extension: row for row in offers(kind)} for kind in ResourceKind}

    @cached_property
    def _extensions(self) -> tuple[str, ...]:
        """Every extension, so that each path they can make is looked up as a whole."""
        return tuple(dict.fromkeys(e for rows in self._by_extension.values() for e in rows))

    def _formats(self) -> Iterator[Document]:
        for resource in self.resources.values():
            for representation in self._by_extension[resource.kind].values():
                yield from self._documents_of(resource, representation)

    def _documents_of(
        self, resource: Resource, representation: Representation
    ) -> Iterator[Document]:
        path = f"/{resource.address}"
        yield self._document(resource, representation, path + representation.extension, "format")
        if representation.extension == PAGE:
            yield self._document(resource, representation, path, "plain")

    def _document(
        self, resource: Resource, row: Representation, path: str, kind: Literal["format", "plain"]
    ) -> Document:
        return Document(
            path=path,
            content_type=row.content_type,
            file=resource.address + row.extension,
            kind=kind,
            resource=resource,
            representation=row,
            make=partial(row.render, self, resource),
        )

    def _site_pages(self) -> Iterator[Document]:
        pages = self.pages
        yield _page("/", "index.html", pages.home)
        yield replace(_page("/lists", "lists.html", pages.lists), kind="plain")
        yield _page("/lists.html", "lists.html", pages.lists)
        yield _page("/about", "about.html", pages.about)
        yield Document(
            path="/context.jsonld",
            content_type="application/ld+json",
            file="context.jsonld",
            kind="page",
            make=self.json_ld.context_document,
        )
        yield Document(
            path=f"/{VOID_ADDRESS}",
            content_type="text/turtle; charset=utf-8",
            file=VOID_ADDRESS,
            kind="page",
            make=partial(void_document, self),
        )
        for resource in self.resources.values():
            if resource.kind is ResourceKind.LIST:
                for number in range(2, pages.list_pages(resource.name) + 1):
                    path = f"/{resource.address}/page/{number}"
                    make = partial(pages.list_, resource.name, number)
                    yield _page(path, f"{path[1:]}.html", make, resource)

    def _static_files(self) -> Iterator[Document]:
        folder = self.templates / STATIC
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                name = f"{STATIC}/{file.relative_to(folder).as_posix()}"
                yield Document(
                    path=f"/{name}",
                    content_type=STATIC_TYPES.get(file.suffix, "application/octet-stream"),
                    file=name,
                    kind="static",
                    make=file.read_bytes,
                )


def _page(
    path: str, file: str, make: Callable[[], bytes], resource: Resource | None = None
) -> Document:
    return Document(
        path=path, content_type=HTML, file=file, kind="page", resource=resource, make=make
    )
