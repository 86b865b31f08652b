"""Rules of names that are taken for one another: the same, or drawn the same."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from listkeeper.characters import folded
from listkeeper.graph import URINode
from listkeeper.validate.confusables import skeletons
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import literal, quoted, visible
from listkeeper.validate.texts import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.model import Concept, Text
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#labels"
SCRIPTS: Final = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN"})
"""First words of the names of letters that are drawn alike from script to script."""

WORD: Final = re.compile(r"\w+")
Key = tuple[str, str, str]


def label_of_another(scope: Scope) -> Breaches:
    """Tell labels that another concept of the list has as its preferred one."""
    taken: dict[Key, Concept] = {}
    for concept, text, name in scope.labelled:
        other = taken.setdefault((concept.list_name, text.language.lower(), name), concept)
        if other is not concept and name and URINode(concept.uri) not in scope.entry_nodes:
            yield _same(scope, concept, other, "skos:prefLabel", text)
    for concept, prefixed, text in _other_labels(scope):
        name = folded(text.value)
        found = taken.get((concept.list_name, text.language.lower(), name))
        if found and found is not concept and name:
            yield _same(scope, concept, found, prefixed, text)


def _other_labels(scope: Scope) -> Iterator[tuple[Concept, str, Text]]:
    for concept in scope.vocabulary.concepts.values():
        if concept.is_retired:
            continue
        for prefixed, texts in (
            ("skos:altLabel", concept.alt_labels),
            ("skos:hiddenLabel", concept.hidden_labels),
        ):
            for text in texts:
                yield concept, prefixed, text


def _same(scope: Scope, concept: Concept, other: Concept, prefixed: str, text: Text) -> Breach:
    whose = f"is the preferred label of {scope.name(other.uri)}"
    message = f"{scope.name(concept.uri)}: {prefixed} {quoted(text.value)} {whose}"
    return _at(scope, concept, prefixed, message, text)


def look_alike(scope: Scope) -> Breaches:
    """Tell labels that differ in characters, and look the same."""
    drawn = skeletons([" ".join(text.value.split()) for _, text, _ in scope.labelled])
    first: dict[Key, tuple[Concept, str]] = {}
    for (concept, text, name), skeleton in zip(scope.labelled, drawn, strict=True):
        key = (concept.list_name, text.language.lower(), skeleton.casefold())
        other, held = first.setdefault(key, (concept, name))
        if other is not concept and held != name:
            message = f"{scope.name(concept.uri)} looks like {scope.name(other.uri)}"
            yield _at(scope, concept, "skos:prefLabel", message, text)


def mixed_scripts(scope: Scope) -> Breaches:
    """Tell words whose letters are of two scripts that are drawn alike."""
    names = {scope.term(name) for name in LABELS}
    for subject, predicate, term, text in scope.unusual:
        if text.isascii() or predicate not in names:
            continue
        mixed = next((word for word in WORD.findall(text) if len(_scripts(word)) > 1), None)
        if mixed:
            scripts = " and ".join(sorted(script.capitalize() for script in _scripts(mixed)))
            message = f"{scope.named(subject)}: {visible(mixed)!r} has {scripts} letters"
            yield Breach(message=message, subject=subject, predicate=predicate, object=term)


def _scripts(word: str) -> frozenset[str]:
    if word.isascii():
        return frozenset()
    return SCRIPTS & {unicodedata.name(letter, "").split(" ")[0] for letter in word}


def _at(scope: Scope, concept: Concept, prefixed: str, message: str, text: Text) -> Breach:
    subject, predicate = URINode(concept.uri), scope.term(prefixed)
    return Breach(message=message, subject=subject, predicate=predicate, object=literal(text))


RULES: Final = (
    Rule(
        "LK160",
        "label-of-another",
        Severity.WARNING,
        "No label of a concept is the preferred label of another one of its list.",
        "Remove the label here, or say in one of the two what sets it apart.",
        "https://github.com/cmader/qSKOS/wiki/Quality-Issues#overlapping-labels",
        label_of_another,
    ),
    Rule(
        "LK164",
        "look-alike-label",
        Severity.WARNING,
        "No two labels of a list look the same and are written with other characters.",
        "Write both with the letters of their language, or say what sets the two apart.",
        "https://www.unicode.org/reports/tr39/#Confusable_Detection",
        look_alike,
    ),
    Rule(
        "LK165",
        "mixed-scripts",
        Severity.WARNING,
        "The letters of a word are of one script.",
        "Type the word again: a letter of it comes from another alphabet and only looks right.",
        "https://www.unicode.org/reports/tr39/#Mixed_Script_Detection",
        mixed_scripts,
    ),
)
