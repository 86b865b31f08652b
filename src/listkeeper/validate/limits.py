"""Rules of safety: which addresses may be pointed to, and how large things may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.store.workspace import FileKind
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#limits"
SCHEMES: Final = ("http://", "https://", "mailto:", "urn:")
LARGEST_FILE: Final = 256 * 1024
LONGEST_LITERAL: Final = 20 * 1024


def unsafe_address(scope: Scope) -> Breaches:
    """Tell addresses whose scheme a reader's browser might run, or can not follow."""
    for node, uses in scope.pointers.items():
        if node.value.lower().startswith(SCHEMES):
            continue
        scheme = visible(node.value.split(":", 1)[0])
        for subject, predicate in uses:
            message = f"{scope.named(subject)}: addresses with {scheme}: are not taken"
            yield Breach(message=message, subject=subject, predicate=predicate, object=node)
    for home in scope.edition.homes:
        if isinstance(home, URINode) and not home.value.lower().startswith(SCHEMES):
            message = f"{scope.named(home)} is an address that is not taken"
            yield Breach(message=message, subject=home)


def large_file(scope: Scope) -> Breaches:
    """Tell files of entries that are too large for one."""
    for file in scope.edition.files.values():
        if file.kind is FileKind.CONCEPT and len(file.data) > LARGEST_FILE:
            size = f"{len(file.data) // 1024} KB"
            yield Breach(message=f"is {size} large", path=file.path)


def long_literal(scope: Scope) -> Breaches:
    """Tell texts too long to be one."""
    for subject, predicate, term, text in scope.unusual:
        if len(text) > LONGEST_LITERAL // 4 and len(text.encode()) > LONGEST_LITERAL:
            way = f"{scope.named(subject)}: {scope.short(predicate.value)}"
            message = f"{way} is {len(text.encode()) // 1024} KB long"
            yield Breach(message=message, subject=subject, predicate=predicate, object=term)


RULES: Final = (
    Rule(
        "LK120",
        "unsafe-address",
        Severity.ERROR,
        "An address begins with http, https, mailto or urn.",
        "Give a web address, or write the text as a literal.",
        "https://www.rfc-editor.org/rfc/rfc3986#section-7",
        unsafe_address,
        guard=True,
    ),
    Rule(
        "LK121",
        "large-file",
        Severity.ERROR,
        "The file of an entry is at most 256 KB.",
        "Cut what is too long, or publish it elsewhere and point to it.",
        DOCS,
        large_file,
    ),
    Rule(
        "LK122",
        "long-text",
        Severity.ERROR,
        "A text is at most 20 KB.",
        "Cut the text, or publish it elsewhere and point to it.",
        DOCS,
        long_literal,
    ),
)
