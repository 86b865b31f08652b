"""The data files of an edition: what a release publishes, byte for byte what is answered.

Pages are views of them and are no part of a release. Distributions come first and the catalogue
that describes them after them; the manifest is made of both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.errors import UnsupportedError
from listkeeper.publish.resources import ResourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.publish.publication import Document, Publication

CONTEXT: Final = "/context.jsonld"
PAGE: Final = "html"


def data_documents(publication: Publication) -> list[Document]:
    """Give the documents of data, each once, the catalogue's last."""
    found = [d for d in publication.documents.values() if is_data(d)]
    return sorted(found, key=_is_catalogue)


def data_files(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Render each data file; one that its format cannot carry is none."""
    for document in data_documents(publication):
        try:
            yield document.file, publication.render(document)
        except UnsupportedError:
            continue


def is_data(document: Document) -> bool:
    """Say whether a document is data, and no page or part of one."""
    if document.path == CONTEXT:
        return True
    representation = document.representation
    return document.kind == "format" and representation is not None and representation.name != PAGE


def _is_catalogue(document: Document) -> bool:
    resource = document.resource
    return resource is not None and resource.kind is ResourceKind.CATALOGUE
