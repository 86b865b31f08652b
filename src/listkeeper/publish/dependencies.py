"""What each document follows from, as a fingerprint: while that is the same, so are its bytes.

A fingerprint is made of the files of the lists and never of what is rendered, so a build can
tell what to leave alone without rendering it. It errs on the side of rendering again: whatever
is shown in many places (settings, definitions, lists, groups, uses, statuses, whole vocabularies)
counts for every document. `tests/test_publish_dependencies.py` holds by random edits that a
document whose fingerprint is the same has the same bytes.
"""

from __future__ import annotations

import hashlib
import platform
from collections import defaultdict
from functools import cached_property
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.publish.resources import ResourceKind
from listkeeper.store.workspace import FileKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from listkeeper.model import Concept
    from listkeeper.publish.publication import Document, Publication
    from listkeeper.publish.resources import Resource
    from listkeeper.uris import URI

LIBRARIES: Final = ("babel", "jinja2", "markupsafe", "pyoxigraph", "xlsxwriter")
"""What documents are made with: another version may make other bytes."""

SIZE: Final = 12
"""Bytes of a fingerprint: by far enough where nobody gains from a collision."""

STATUS: Final = "status"
"""Segment of the list whose labels are shown beside every entry."""


def program_fingerprint(templates: Path) -> str:
    """Tell one program, with its libraries and templates, from another.

    Args:
        templates: the folder ``site_templates``.
    """
    package = Path(str(files("listkeeper")))
    sources = (*sorted(package.rglob("*.py")), *sorted(templates.rglob("*")))
    contents = (part for f in sources if f.is_file() for part in (f.name, f.read_bytes()))
    libraries = (f"{name} {version(name)}" for name in LIBRARIES)
    return fingerprint((platform.python_version(), *libraries, *contents))


def fingerprint(parts: Iterable[str | bytes]) -> str:
    """Give the fingerprint of some parts, of which none runs into the next."""
    made = hashlib.blake2b(digest_size=SIZE)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        made.update(b"%d:" % len(data))
        made.update(data)
    return made.hexdigest()


class Fingerprints:
    """Fingerprints of the documents of one publication."""

    def __init__(self, publication: Publication, program: str) -> None:
        """Ask about a publication.

        Args:
            publication: whose documents.
            program: what :func:`program_fingerprint` gives.
        """
        self._publication = publication
        self._edition = publication.edition
        self._vocabulary = publication.edition.vocabulary
        self._program = program
        self._made: dict[str, str] = {}

    def of(self, document: Document) -> str:
        """Give a document's fingerprint; empty where it follows from too much to tell."""
        return self._of(document.resource) if document.resource else ""

    def _of(self, resource: Resource) -> str:
        made = self._made.get(resource.address)
        if made is None:
            kinds: dict[ResourceKind, Callable[[], str]] = {
                ResourceKind.CONCEPT: lambda: self._concept(resource.uri),
                ResourceKind.LIST: lambda: self._list(resource.name),
            }
            made = self._made[resource.address] = kinds.get(resource.kind, str)()
        return made

    def _concept(self, uri: URI) -> str:
        """Give the fingerprint of a concept: its file, what is derived, what it shows of others."""
        concept = self._vocabulary.concepts[uri]
        path = self._path(uri)
        near = {*self._near.get(path, ()), *self._above(concept)}
        near.update(self._path(other.uri) for other in self._replaced_alike(concept))
        derived = repr((sorted(concept.links.items()), concept.narrower))
        if not path:
            near.update(self._pointing.get(uri, ()))
            derived += str(self._edition.derived.properties(URINode(uri)))
        shown = (face for path in sorted(near) for face in self._faces.get(path, ()))
        return fingerprint((self._common, uri, path, self._digests.get(path, ""), derived, *shown))

    def _list(self, name: str) -> str:
        """Give the fingerprint of a list: of its members, and of what else its folder holds."""
        resources = self._publication.resources
        members = self._publication.descriptions.members(name)
        known = (self._of(resources[c.address]) for c in members if c.address in resources)
        beside = (self._digests[path] for path in self._folders.get(name, ()))
        return fingerprint((self._common, name, *known, *beside))

    @cached_property
    def _digests(self) -> dict[str, str]:
        """Content of each file that describes entries, by its path; the others are common."""
        shared = {s.name for s in self._vocabulary.schemes.values() if s.segment == STATUS}
        return {
            path: file.blob or hashlib.blake2b(file.data, digest_size=SIZE).hexdigest()
            for path, file in self._edition.files.items()
            if file.kind is FileKind.CONCEPT and file.list_name not in shared
            if path not in self._scattered
        }

    @cached_property
    def _scattered(self) -> Collection[str]:
        """Files that describe what another file describes too, or a part of it."""
        homes = self._edition.homes
        if self._edition.repeated:
            return self._edition.files
        return {
            path
            for subject, path in homes.items()
            if "#" in subject.value
            if homes.get(URINode(subject.value.partition("#")[0]), path) != path
        }

    @cached_property
    def _common(self) -> str:
        """What every document follows from."""
        publication = self._publication
        beside = (
            part
            for path, file in sorted(self._edition.files.items())
            if path not in self._digests
            for part in (path, file.data)
        )
        made = repr(
            (
                self._edition.settings,
                publication.modified,
                publication.release,
                publication.past,
                publication.timed,
            )
        )
        own = (self._program, made)
        return fingerprint((*own, *beside))

    @cached_property
    def _folders(self) -> dict[str, list[str]]:
        """Files of each list's folder, in order."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for path in sorted(self._digests):
            found[self._edition.files[path].list_name].append(path)
        return found

    @cached_property
    def _homes(self) -> dict[str, str]:
        """Path of the file that describes each IRI, of those that are not common."""
        homes = self._edition.homes.items()
        return {s.value: path for s, path in homes if path in self._digests}

    def _path(self, uri: str) -> str:
        return self._homes.get(uri, "")

    @cached_property
    def _near(self) -> dict[str, set[str]]:
        """Files that name each other's subjects, in either direction."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for here, there in self._references():
            found[here].add(there)
            found[there].add(here)
        return found

    @cached_property
    def _pointing(self) -> dict[str, set[str]]:
        """Files that name each concept whose own file is common to all, such as a status."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for subject, _, term in self._edition.authored:
            here = self._homes.get(subject.value) if isinstance(term, URINode) else None
            if here and isinstance(term, URINode) and not self._path(term.value):
                found[term.value].add(here)
        return found

    def _references(self) -> Iterator[tuple[str, str]]:
        homes = self._homes
        for subject, _, term in self._edition.authored:
            if isinstance(term, URINode):
                there = homes.get(term.value.partition("#")[0]) or homes.get(term.value)
                here = homes.get(subject.value) if there else None
                if here and there and here != there:
                    yield here, there

    @cached_property
    def _faces(self) -> dict[str, list[str]]:
        """What documents of other entries may show of the entries of each file.

        A page that names a power says which section of which Act it rests on, so the face of a
        power has those of the Acts in it.
        """
        concepts = self._vocabulary.concepts
        faces: defaultdict[str, list[str]] = defaultdict(list)
        for concept in concepts.values():
            path = self._path(concept.uri)
            provisions = concept.rule.provisions if concept.rule else ()
            cited = [concepts[p.legislation] for p in provisions if p.legislation in concepts]
            faces[path].append(repr([_face(shown) for shown in (concept, *cited)]))
        return faces

    def _above(self, concept: Concept) -> Iterator[str]:
        """Give the files of all that is above a concept, which its page leads down from."""
        concepts = self._vocabulary.concepts
        waiting, seen = list(concept.broader), {concept.uri}
        while waiting:
            uri = waiting.pop()
            if uri not in seen:
                seen.add(uri)
                yield self._path(uri)
                waiting.extend(concepts[uri].broader if uri in concepts else ())

    def _replaced_alike(self, concept: Concept) -> Iterator[Concept]:
        """Give the concepts that have a replacement in common with one."""
        for replacement in concept.replaced_by:
            yield from self._replaced.get(replacement, ())

    @cached_property
    def _replaced(self) -> dict[URI, list[Concept]]:
        found: defaultdict[URI, list[Concept]] = defaultdict(list)
        for concept in self._vocabulary.concepts.values():
            for replacement in concept.replaced_by:
                found[replacement].append(concept)
        return found


def _face(concept: Concept) -> tuple[object, ...]:
    """Give what may be shown of a concept where it is but named."""
    return (
        *(concept.uri, concept.list_name, concept.notation, concept.address, concept.status),
        *(concept.types, concept.in_schemes, concept.pref_labels, concept.draft_labels),
        *(concept.broader, concept.replaced_by, concept.rule, concept.enactment),
    )
