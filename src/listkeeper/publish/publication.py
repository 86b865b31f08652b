"""A publication: every document of an edition by its URL path, rendered when asked for."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from threading import Lock
from typing import TYPE_CHECKING, Final, Literal

from listkeeper.publish.descriptions import Descriptions
from listkeeper.publish.jsonld import JSONLDWriter
from listkeeper.publish.pages import Pages
from listkeeper.publish.records import Recorder
from listkeeper.publish.representations import Representation, offers
from listkeeper.publish.resources import Resource, ResourceKind, resources
from listkeeper.publish.tables import Table, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from listkeeper.edition import Edition

CACHE_BYTES: Final = 64 * 2**20
HTML: Final = "text/html; charset=utf-8"
STATIC: Final = "static"
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

    def __init__(
        self, edition: Edition, *, templates: Path, cache_bytes: int = CACHE_BYTES
    ) -> None:
        """Publish an edition with the templates and static files of a folder.

        Args:
            edition: what is published.
            templates: the folder ``site_templates``.
            cache_bytes: how many bytes of rendered documents are kept.
        """
        self.edition = edition
        self.templates = templates
        self.resources = resources(edition)
        self._cache = _Cache(cache_bytes)

    @cached_property
    def pages(self) -> Pages:
        """The pages for people."""
        return Pages(self.edition, self.templates)

    @cached_property
    def descriptions(self) -> Descriptions:
        """The triples about each resource."""
        return Descriptions(self.edition)

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
        found = (*self._formats(), *self._site_pages(), *self._static_files())
        return {document.path: document for document in found}

    def find(self, path: str) -> Document | None:
        """Find a document by its whole URL path, which is never split at a dot."""
        return self.documents.get(path)

    def render(self, document: Document) -> bytes:
        """Render a document, or give the bytes kept from before.

        Raises:
            UnsupportedError: when the graph has something the format cannot carry.
        """
        return self._cache.bytes_of(document.file, document.make)

    def _formats(self) -> Iterator[Document]:
        by_kind = {kind: offers(kind) for kind in ResourceKind}
        for resource in self.resources.values():
            for representation in by_kind[resource.kind]:
                yield from self._documents_of(resource, representation)

    def _documents_of(
        self, resource: Resource, representation: Representation
    ) -> Iterator[Document]:
        file = resource.address + representation.extension
        make = partial(representation.render, self, resource)
        document = partial(
            Document,
            content_type=representation.content_type,
            file=file,
            resource=resource,
            representation=representation,
            make=make,
        )
        yield document(path=f"/{file}", kind="format")
        if representation.name == "html":
            yield document(path=f"/{resource.address}", kind="plain")

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


class _Cache:
    """Bytes by name, the least recently used forgotten first, within a bound."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def bytes_of(self, name: str, make: Callable[[], bytes]) -> bytes:
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        made = make()
        self._keep(name, made)
        return made

    def _keep(self, name: str, made: bytes) -> None:
        with self._lock:
            if len(made) > self._limit or name in self._kept:
                return
            self._kept[name] = made
            self._size += len(made)
            while self._size > self._limit:
                self._size -= len(self._kept.popitem(last=False)[1])
