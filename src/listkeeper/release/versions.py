"""Versions of lists: the release in which a list last changed.

A list or subset changed where its data would be other, the version and dates that releases set
and the announced dates left aside. What others say of its entries counts as far as it shows in
its data: the name of a need that a service links to, a citation made from the list of Acts.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from listkeeper.editing.rewriting import rewritten
from listkeeper.graph import Graph, Literal, URINode
from listkeeper.namespaces import DCT, OWL, XSD
from listkeeper.publish.resources import ResourceKind
from listkeeper.release.data_files import data_documents
from listkeeper.store.properties import expand
from listkeeper.store.workspace import FileKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeAlias

    from listkeeper.edition import Edition
    from listkeeper.publish.publication import Publication

    Publish: TypeAlias = Callable[[Edition], Publication]

VERSION: Final = URINode(OWL + "versionInfo")
MODIFIED: Final = URINode(DCT + "modified")
DATE: Final = URINode(XSD + "date")
ANNOUNCED: Final = ("def:nextRelease", "def:submissionsDeadline")
"""What a list says of the release to come, which is no part of what it lists."""

COMPARED: Final = frozenset({"n-triples", "json", "csv"})
"""Formats that hold all there is between them: statements, what is made of them, and rows."""

OURS: Final = frozenset({FileKind.LIST, FileKind.SUBSET})
"""Files in which versions are set; whole vocabularies of others bring their own."""


def changed_lists(before: Edition | None, now: Edition, publish: Publish) -> tuple[str, ...]:
    """Name the lists and subsets that are not as they were.

    Args:
        before: the lists as last released; None where nothing was.
        now: the lists as they are to be.
        publish: makes a publication of an edition; one program renders both.
    """
    names = [name for name, scheme in now.vocabulary.schemes.items() if _is_ours(now, scheme.path)]
    if before is None:
        return tuple(names)
    then, today = _contents(before, publish), _contents(now, publish)
    return tuple(name for name in names if then.get(name) != today[name])


def versioned(now: Edition, changed: Iterable[str], release: str, date: str) -> Mapping[str, bytes]:
    """Give the files in which a release sets versions: of lists that changed, and the catalogue.

    Args:
        now: the lists as they are to be released.
        changed: names of the lists and subsets that are not as they were.
        release: its name, which is their version.
        date: its date, on which they were modified last.

    Returns:
        path to new content.

    Raises:
        ContentError: when a file cannot be written canonically.
    """
    schemes = now.vocabulary.schemes
    nodes = [URINode(schemes[name].uri) for name in changed]
    catalogue = now.vocabulary.catalogue
    if catalogue is not None:
        nodes.append(URINode(catalogue.uri))
    found: dict[str, bytes] = {}
    for node in nodes:
        path = now.homes[node]
        file = replace(now.files[path], data=found.get(path, now.files[path].data))
        old = {t for t in now.authored.about(node) if t[1] in {VERSION, MODIFIED}}
        new = (
            (node, VERSION, Literal(release)),
            (node, MODIFIED, Literal(date, datatype=DATE)),
        )
        found[path] = rewritten(file, now.settings, remove=old, add=new)
    return found


def _is_ours(edition: Edition, path: str) -> bool:
    return path in edition.files and edition.files[path].kind in OURS


def _contents(edition: Edition, publish: Publish) -> dict[str, str]:
    """Hash what each list holds."""
    digests: dict[str, hashlib._Hash] = {}
    publication = publish(_without_versions(edition))
    for document in data_documents(publication):
        resource, representation = document.resource, document.representation
        if resource is None or representation is None or resource.kind is not ResourceKind.LIST:
            continue
        if representation.name in COMPARED:
            digest = digests.setdefault(resource.name, hashlib.sha256())
            digest.update(publication.render(document))
    return {name: digest.hexdigest() for name, digest in digests.items()}


def _without_versions(edition: Edition) -> Edition:
    """Leave out what releases set, and what is said of the next one."""
    schemes = {URINode(scheme.uri) for scheme in edition.vocabulary.schemes.values()}
    left_out = {VERSION, MODIFIED, *(URINode(expand(p, edition.minter)) for p in ANNOUNCED)}
    kept = (t for t in edition.authored if t[0] not in schemes or t[1] not in left_out)
    return replace(edition, authored=Graph(kept), known=None)
