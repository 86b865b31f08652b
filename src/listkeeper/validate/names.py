"""Rules of names: the file, the notation and the URI agree, and no name is taken or reserved."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.store.ids import read_ids, size
from listkeeper.store.workspace import FileKind
from listkeeper.uris import notation_problem, segment_problem
from listkeeper.validate.files import CONFLICT, misencoded
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.model import Concept, ConceptScheme
    from listkeeper.store.ids import Misread, Reserved
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#names"
NEW: Final = "new-"
"""How the file name of a proposal without a number begins."""


def disagreement(scope: Scope) -> Breaches:
    """Tell entries whose file name, notation and URI are not one.

    Where nothing can be read about the list, its segment is not known and the URI is not judged.
    """
    for concept in scope.entries:
        scheme = scope.scheme_of(concept)
        stem = scope.edition.files[concept.path].stem
        expected = scope.minter.concept(scheme.segment, stem) if scheme else None
        says = "as the file's name says"
        if expected not in {None, concept.uri}:
            message = f"<{visible(concept.uri)}> is not <{visible(str(expected))}>, {says}"
            yield Breach(message=message, subject=URINode(concept.uri), path=concept.path)
        noted = scope.described(URINode(concept.uri), "skos:notation")
        if noted and concept.notation != stem:
            message = f"the notation {visible(concept.notation)} is not {visible(stem)}, {says}"
            yield _at_notation(scope, concept, message)


def bad_notation(scope: Scope) -> Breaches:
    """Tell notations that an address or a spreadsheet would trip over."""
    for concept in scope.entries:
        problem = notation_problem(concept.notation.removeprefix(NEW))
        if problem:
            yield _at_notation(scope, concept, f"{visible(concept.notation)} {problem}")


def bad_segment(scope: Scope) -> Breaches:
    """Tell path segments that the site uses itself, or two lists share."""
    taken: dict[str, ConceptScheme] = {}
    for scheme in _lists(scope):
        problem = segment_problem(scheme.segment)
        other = taken.setdefault(scheme.segment, scheme)
        if other is not scheme:
            problem = f"is the segment of the list {other.name} too"
        if problem:
            message = f"{scope.name(scheme.uri)}: the segment {visible(scheme.segment)} {problem}"
            subject, predicate = URINode(scheme.uri), scope.term("def:segment")
            yield Breach(message=message, subject=subject, predicate=predicate)


def same_notation(scope: Scope) -> Breaches:
    """Tell entries of a list whose notations are equal, letters' case apart."""
    taken: dict[tuple[str, str], Concept] = {}
    for concept in scope.entries:
        number = concept.notation.lower().lstrip("0")  # a spreadsheet makes 7 of 007
        other = taken.setdefault((concept.list_name, number), concept)
        if other is not concept:
            held = f"{visible(other.path)} has {visible(other.notation)}"
            message = f"the notation {visible(concept.notation)} is taken: {held}"
            yield _at_notation(scope, concept, message)


def bad_ids(scope: Scope) -> Breaches:
    """Tell lines of ``ids.txt`` that say nothing we understand; a merge's marks are told apart."""
    for path, (_, misread) in _ids(scope).items():
        for line in misread if not CONFLICT.search(scope.edition.files[path].data) else ():
            yield Breach(message=line.message, path=path, line=line.line, column=1)


def reserved_number(scope: Scope) -> Breaches:
    """Tell entries whose number is never to be given out."""
    reserved: dict[str, list[Reserved]] = defaultdict(list)
    for path, (lines, _) in _ids(scope).items():
        reserved[scope.edition.files[path].list_name].extend(lines)
    for concept in scope.entries:
        for line in reserved.get(concept.list_name, ()):
            if line.holds(concept.notation):
                reason = f"ids.txt, line {line.line}, keeps it back: {visible(line.reason)}"
                yield _at_notation(scope, concept, f"{visible(concept.notation)}: {reason}")


def minted_too_low(scope: Scope) -> Breaches:
    """Tell numbers of ours below those we give out, in lists that hold another owner's codes."""
    for concept in scope.entries:
        scheme = scope.scheme_of(concept)
        if not (scheme and scheme.first_minted) or concept.notation.startswith(NEW):
            continue
        if _below(concept.notation, scheme.first_minted) and not _former(concept, scheme):
            start = f"codes made here are numbers from {scheme.first_minted} on"
            message = f"{scope.name(concept.uri)}: {start}, and no skos:exactMatch says whose it is"
            yield _at_notation(scope, concept, message)


def _below(notation: str, first: int) -> bool:
    """Say whether a notation is outside of the numbers given out here."""
    return not notation.isdecimal() or size(notation) < size(str(first))


def other_former_code(scope: Scope) -> Breaches:
    """Tell entries that name another code of the former owner as their own."""
    predicate = scope.term("skos:exactMatch")
    for concept in scope.entries:
        scheme = scope.scheme_of(concept)
        for address in _former(concept, scheme) if scheme else ():
            if scheme and address != f"{scheme.former_space}{concept.notation}":
                message = f"{scope.name(concept.uri)} is not <{visible(address)}>"
                yield Breach(
                    message=message,
                    subject=URINode(concept.uri),
                    predicate=predicate,
                    object=URINode(address),
                )


def _former(concept: Concept, scheme: ConceptScheme) -> tuple[str, ...]:
    """Return the addresses in the former owner's space that a concept says it is the same as."""
    if not scheme.former_space:
        return ()
    matches = (uri for name, uri in concept.mappings if name == "exactMatch")
    return tuple(uri for uri in matches if uri.startswith(scheme.former_space))


def _lists(scope: Scope) -> Iterator[ConceptScheme]:
    for scheme in scope.vocabulary.schemes.values():
        file = scope.edition.files.get(scheme.path)
        if file and file.kind is FileKind.LIST:
            yield scheme


def _ids(scope: Scope) -> dict[str, tuple[tuple[Reserved, ...], tuple[Misread, ...]]]:
    files = (file for file in scope.edition.files.values() if file.kind is FileKind.IDS)
    return {f.path: read_ids(f.data.decode()) for f in files if misencoded(f.data) is None}


def _at_notation(scope: Scope, concept: Concept, message: str) -> Breach:
    predicate = scope.term("skos:notation")
    return Breach(
        message=message, subject=URINode(concept.uri), predicate=predicate, path=concept.path
    )


RULES: Final = (
    Rule(
        "LK060",
        "names-disagree",
        Severity.ERROR,
        "The file name, the notation and the end of the URI are the same.",
        "Correct the one that is wrong; the code that others use is the right one.",
        DOCS,
        disagreement,
        load=True,
    ),
    Rule(
        "LK061",
        "bad-notation",
        Severity.ERROR,
        "A notation is safe in an address and in a spreadsheet, and not a name of the site.",
        "Choose another notation: letters, digits and single dots, hyphens or underscores.",
        DOCS,
        bad_notation,
        load=True,
    ),
    Rule(
        "LK062",
        "bad-segment",
        Severity.ERROR,
        "A list's path segment is not one the site uses itself, and no other list has it.",
        "Choose another def:segment: a singular noun in lower case.",
        DOCS,
        bad_segment,
        load=True,
    ),
    Rule(
        "LK063",
        "same-notation",
        Severity.ERROR,
        "No two entries of a list have one notation, letters' case and leading zeros apart.",
        "Give the newer of the two another number.",
        DOCS,
        same_notation,
        load=True,
    ),
    Rule(
        "LK064",
        "bad-ids",
        Severity.ERROR,
        "A line of ids.txt is a number or a range of numbers, and a reason.",
        "Write it as `200005 reason` or `3000-3999 reason`.",
        DOCS,
        bad_ids,
    ),
    Rule(
        "LK065",
        "number-kept-back",
        Severity.ERROR,
        "No entry has a number that ids.txt keeps back.",
        "Give the entry another number.",
        DOCS,
        reserved_number,
    ),
    Rule(
        "LK066",
        "number-below-our-range",
        Severity.ERROR,
        "A code outside the range made here says, by skos:exactMatch, whose it is.",
        "Give the entry a number from our range, or add the skos:exactMatch with the owner's code.",
        DOCS,
        minted_too_low,
    ),
    Rule(
        "LK067",
        "another-former-code",
        Severity.ERROR,
        "An entry is the same as the former owner's entry of the same code, and no other.",
        "Correct the code in the skos:exactMatch, or use skos:closeMatch.",
        DOCS,
        other_former_code,
    ),
)
