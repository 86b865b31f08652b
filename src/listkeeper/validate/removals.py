"""Rules of what was once there: entries of releases stay, and numbers are never free again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.store.ids import read_ids
from listkeeper.store.workspace import FileKind
from listkeeper.uris import URI
from listkeeper.validate.files import misencoded
from listkeeper.validate.past import layers_of, uri_now
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import quoted, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.graph import Subject
    from listkeeper.store.ids import Reserved
    from listkeeper.validate.past import Layer
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#continuity"
UNCOUNTED: Final = frozenset({FileKind.GROUPS, FileKind.USES, FileKind.IDS, FileKind.UNKNOWN})
"""Kinds of files whose subjects have no address of their own."""

PROPOSAL: Final = "new-"
"""How the notation of a proposal without a number begins."""


def removed_from_release(scope: Scope) -> Breaches:
    """Tell what a release contains and the files at hand do not."""
    for layer, uri, path in _gone(scope):
        if layer.is_released:
            message = f"{_formerly(scope, layer, uri)} is in {layer.name(path)} and not here"
            yield Breach(message=message, subject=URINode(uri_now(scope, layer, uri)), path=path)


def removed_unreleased(scope: Scope) -> Breaches:
    """Tell entries of the base revision that are gone, with a number that is free again."""
    gone = list(_gone(scope))
    released = {uri_now(scope, layer, uri) for layer, uri, _ in gone if layer.is_released}
    for layer, uri, path in gone:
        concept = layer.edition.vocabulary.concepts.get(uri)
        if layer.is_released or concept is None or uri_now(scope, layer, uri) in released:
            continue
        kept = _reserved(scope).get(concept.list_name, ())
        if concept.notation.startswith(PROPOSAL) or any(k.holds(concept.notation) for k in kept):
            continue
        message = f"{_formerly(scope, layer, uri)} was here in the base; ids.txt does not say so"
        yield Breach(message=message, subject=URINode(uri_now(scope, layer, uri)), path=path)


def reservation_dropped(scope: Scope) -> Breaches:
    """Tell numbers that ids.txt kept back and does not keep back any more."""
    now = _reserved(scope)
    told = set()
    for layer in layers_of(scope):
        for path, name, line in _lines(layer):
            words = visible(line.first if line.first == line.last else f"{line.first}-{line.last}")
            if (name, words) in told or _covers(now.get(name, ()), line):
                continue
            told.add((name, words))
            where = path if path in scope.edition.files else f"vocabularies/{name}/list.ttl"
            message = f"list/{visible(name)}: ids.txt kept {words} back in {layer.name(path)}"
            yield Breach(message=message, path=where)


def _gone(scope: Scope) -> Iterator[tuple[Layer, URI, str]]:
    """Give what was once described and is not now, the latest first: layer, URI and path."""
    told: set[tuple[str, bool]] = set()
    for layer in layers_of(scope):
        for subject, path in layer.edition.homes.items():
            if path in scope.broken or not _has_address(layer, subject, path):
                continue
            now = uri_now(scope, layer, subject.value)
            if URINode(now) not in scope.edition.homes and (now, layer.is_released) not in told:
                told.add((now, layer.is_released))
                yield layer, URI(subject.value), path


def _has_address(layer: Layer, subject: Subject, path: str) -> bool:
    """Say whether a subject has an address of its own, and is not a part of another."""
    kind = layer.edition.files[path].kind
    if kind in UNCOUNTED or not isinstance(subject, URINode):
        return False
    if kind is FileKind.WHOLE:
        return URI(subject.value) in layer.edition.vocabulary.concepts
    return "#" not in subject.value


def _formerly(scope: Scope, layer: Layer, uri: URI) -> str:
    """Name what is gone as it was called."""
    concept = layer.edition.vocabulary.concepts.get(uri)
    short = layer.edition.minter.path(uri) or scope.short(uri)
    return f"{visible(short)} {quoted(concept.label().value)}" if concept else visible(short)


def _lines(layer: Layer) -> Iterator[tuple[str, str, Reserved]]:
    for file in layer.edition.files.values():
        if file.kind is FileKind.IDS and misencoded(file.data) is None:
            for line in read_ids(file.data.decode())[0]:
                yield file.path, file.list_name, line


def _reserved(scope: Scope) -> dict[str, tuple[Reserved, ...]]:
    """Give what ids.txt of each list keeps back."""
    files = (f for f in scope.edition.files.values() if f.kind is FileKind.IDS)
    return {f.list_name: read_ids(f.data.decode())[0] for f in files if misencoded(f.data) is None}


def _covers(lines: tuple[Reserved, ...], wanted: Reserved) -> bool:
    """Say whether one line keeps back all that another did."""
    return any(line.holds(wanted.first) and line.holds(wanted.last) for line in lines)


RULES: Final = (
    Rule(
        "LK140",
        "removed-from-release",
        Severity.ERROR,
        "What a release contains stays for ever.",
        "Put the file back as it was, and retire the entry in it where it is not to be used.",
        DOCS,
        removed_from_release,
        past=True,
        guard=True,
    ),
    Rule(
        "LK141",
        "removed-unreserved",
        Severity.ERROR,
        "A number that was on the main branch is not given out again.",
        "Put the file back, or keep the number back in ids.txt, with the reason.",
        DOCS,
        removed_unreleased,
        past=True,
        guard=True,
    ),
    Rule(
        "LK145",
        "reservation-dropped",
        Severity.ERROR,
        "A number that was kept back stays so.",
        "Put the line back into ids.txt.",
        DOCS,
        reservation_dropped,
        past=True,
        guard=True,
    ),
)
