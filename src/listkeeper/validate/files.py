"""Rules of files: what has to hold before anything can be read from them."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.store import turtle
from listkeeper.store.formatting import NOT_OURS
from listkeeper.store.workspace import VOCABULARIES, FileKind
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from listkeeper.errors import TurtleSyntaxError
    from listkeeper.store.workspace import SourceFile
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#files"

CATALOGUE: Final = f"{VOCABULARIES}/catalogue.ttl"
DEFINITIONS: Final = f"{VOCABULARIES}/definitions.ttl"

CONFLICT: Final = re.compile(rb"^<{7}(?: .*)?$", re.MULTILINE)
"""How Git marks the beginning of two versions that it could not merge."""


def bad_syntax(scope: Scope) -> Breaches:
    """Tell everything in a file that is not Turtle, as far as our own reading can tell."""
    for error in scope.edition.unreadable:
        file = scope.edition.files.get(error.path)
        if file and misencoded(file.data) is None and not CONFLICT.search(file.data):
            yield from _problems(file, error)


def _problems(file: SourceFile, error: TurtleSyntaxError) -> Breaches:
    problems = turtle.read_statements(file.data.decode("utf-8-sig")).problems
    for problem in problems:
        message = visible(problem.message)
        yield Breach(message=message, path=file.path, line=problem.line, column=problem.column)
    if not problems:
        message = visible(error.message)
        yield Breach(message=message, path=file.path, line=error.line, column=error.column)


def conflict(scope: Scope) -> Breaches:
    """Tell files in which a merge was left unfinished, at the first mark that Git left."""
    for file in scope.edition.files.values():
        found = CONFLICT.search(file.data) if file.kind is not FileKind.UNKNOWN else None
        if found:
            line = file.data.count(b"\n", 0, found.start()) + 1
            number = len(CONFLICT.findall(file.data))
            places = "here" if number == 1 else f"at {number} places, the first here"
            message = f"two versions stand side by side {places}: a merge was not finished"
            yield Breach(message=message, path=file.path, line=line, column=1)


def bad_encoding(scope: Scope) -> Breaches:
    """Tell files that are not UTF-8."""
    for file in scope.edition.files.values():
        known = file.kind is not FileKind.UNKNOWN and not file.data.isascii()
        offset = misencoded(file.data) if known else None
        if offset is not None:
            before = file.data[:offset].decode().split("\n")
            message = f"byte 0x{file.data[offset]:02x} is not UTF-8"
            column = len(before[-1]) + 1
            yield Breach(message=message, path=file.path, line=len(before), column=column)


def marked(scope: Scope) -> Breaches:
    """Tell files that begin with a byte order mark."""
    for file in scope.edition.files.values():
        if file.kind is not FileKind.UNKNOWN and file.data.startswith(BOM_UTF8):
            kept = file.kind in NOT_OURS  # `fmt` leaves the form of these files alone
            remedy = "Save the file as UTF-8 without a byte order mark." if kept else ""
            yield Breach(message="begins with a byte order mark", path=file.path, remedy=remedy)


def misencoded(data: bytes) -> int | None:
    """Return the offset of the first byte that is not UTF-8, None where all are."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return None


def unreadable(scope: Scope) -> Breaches:
    """Tell files whose bytes could not be had."""
    for error in scope.edition.unreadable:
        if error.path not in scope.edition.files:
            yield Breach(message=visible(error.message), path=error.path)


def unknown_kind(scope: Scope) -> Breaches:
    """Tell files that are for nothing we know."""
    for file in scope.edition.files.values():
        if file.kind is FileKind.UNKNOWN:
            yield Breach(message="is no file of a list", path=file.path)


def missing_catalogue(scope: Scope) -> Breaches:
    """Tell a repository that has no catalogue."""
    if _is_missing(scope, CATALOGUE):
        yield Breach(message="is missing", path=CATALOGUE)


def missing_definitions(scope: Scope) -> Breaches:
    """Tell lists of our own form whose kinds of entries and links nothing declares."""
    ours = any(file.kind not in NOT_OURS for file in scope.edition.files.values())
    if ours and _is_missing(scope, DEFINITIONS):
        message = "is missing: nothing declares the kinds of entries and links"
        yield Breach(message=message, path=DEFINITIONS)


def knows_definitions(scope: Scope) -> bool:
    """Say whether there are definitions that could be read; else nothing is held against them."""
    return DEFINITIONS in scope.edition.files and DEFINITIONS not in scope.broken


def _is_missing(scope: Scope, path: str) -> bool:
    return path not in scope.edition.files and path not in scope.broken


def blank_nodes(scope: Scope) -> Breaches:
    """Tell nodes without a name in files of our own form."""
    authored = scope.edition.authored
    for subject in authored.subjects():
        if not isinstance(subject, URINode) and scope.is_ours(subject):
            for predicate in authored.properties(subject):
                message = f"a node without a name has {scope.short(predicate.value)}"
                yield Breach(message=message, subject=subject, predicate=predicate)
    for subject, predicate in scope.nameless:
        if isinstance(subject, URINode) and scope.is_ours(subject):
            about = f"{scope.name(subject.value)}: {scope.short(predicate.value)}"
            message = f"{about} points to a node without a name"
            yield Breach(message=message, subject=subject, predicate=predicate)


RULES: Final = (
    Rule(
        "LK001",
        "syntax",
        Severity.ERROR,
        "A file is Turtle 1.1.",
        "Correct the text at this place; nothing of the file was read.",
        "https://www.w3.org/TR/turtle/#sec-grammar",
        bad_syntax,
        load=True,
    ),
    Rule(
        "LK002",
        "encoding",
        Severity.ERROR,
        "A file is UTF-8 text.",
        "Save the file as UTF-8.",
        "https://www.rfc-editor.org/rfc/rfc3629",
        bad_encoding,
        load=True,
    ),
    Rule(
        "LK003",
        "unreadable",
        Severity.ERROR,
        "A file can be read, and is a file, not a link to one.",
        "Put a readable file of that name here, or remove it.",
        DOCS,
        unreadable,
        load=True,
    ),
    Rule(
        "LK004",
        "unknown-file",
        Severity.WARNING,
        "A file under vocabularies/ is one of the kinds that lists are made of.",
        "Move it out of vocabularies/, or give it the ending .ttl if it holds an entry.",
        DOCS,
        unknown_kind,
    ),
    Rule(
        "LK005",
        "missing-catalogue",
        Severity.WARNING,
        "The repository has a catalogue.",
        "Copy the file from a new repository that `listkeeper init` makes, and adapt it.",
        DOCS,
        missing_catalogue,
    ),
    Rule(
        "LK006",
        "blank-node",
        Severity.ERROR,
        "Every node has a name, so that it can be cited and compared.",
        "Give the node an IRI: that of the entry, `#`, and a word.",
        DOCS,
        blank_nodes,
    ),
    Rule(
        "LK007",
        "byte-order-mark",
        Severity.WARNING,
        "A file begins with its text, without a byte order mark.",
        "Run `listkeeper fmt`, or save the file as UTF-8 without a byte order mark.",
        "https://www.rfc-editor.org/rfc/rfc3629#section-6",
        marked,
        mend="Takes the mark out.",
    ),
    Rule(
        "LK015",
        "missing-definitions",
        Severity.ERROR,
        "The kinds of entries and links of our lists are declared in definitions.ttl.",
        "Copy the file from a new repository that `listkeeper init` makes, and adapt it.",
        DOCS,
        missing_definitions,
    ),
    Rule(
        "LK009",
        "merge-conflict",
        Severity.ERROR,
        "A file holds no marks of a merge that was not finished.",
        "Finish the merge: keep what is right between `<<<<<<<` and `>>>>>>>`, remove the marks.",
        "https://git-scm.com/docs/git-merge#_how_conflicts_are_presented",
        conflict,
        load=True,
    ),
)
