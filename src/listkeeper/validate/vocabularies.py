"""Rules of vocabularies in any form: labels, notations and languages that others rely on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from listkeeper.graph import Literal, Term, URINode
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from listkeeper.graph import Subject
    from listkeeper.model import Concept
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

ISSUES: Final = "https://github.com/cmader/qSKOS/wiki/Quality-Issues"
NAMING: Final = ("skos:prefLabel", "skosxl:prefLabel")
SHORT: Final = 3
"""Letters of the longest tag of a language alone, such as cym; longer ones are unused."""

PRIVATE: Final = frozenset({"i", "x"})
"""Beginnings of tags that say nothing of a language."""


def _is_all_ours(scope: Scope) -> bool:
    """Say whether there is no whole vocabulary of others."""
    return scope.own_pairs is scope.pairs


def without_label(scope: Scope) -> Breaches:
    """Tell concepts of others that have no preferred label."""
    named: set[Subject] | None = None
    for concept in scope.vocabulary.concepts.values():
        if concept.pref_labels or scope.is_ours(URINode(concept.uri)):
            continue
        if named is None:
            named = {s for name in NAMING for s, _ in scope.pairs.get(scope.term(name), ())}
        if URINode(concept.uri) not in named:
            message = f"{scope.name(concept.uri)} has no preferred label"
            yield Breach(message=message, subject=URINode(concept.uri))


def notation_twice(scope: Scope) -> Breaches:
    """Tell notations that two concepts of a vocabulary of others have."""
    if _is_all_ours(scope):
        return
    predicate = scope.term("skos:notation")
    taken: dict[tuple[str, Term], Concept] = {}
    for subject, term in scope.pairs.get(predicate, ()):
        concept = None if scope.is_ours(subject) else scope.concept(subject)
        other = taken.setdefault((concept.list_name, term), concept) if concept else None
        if concept and other is not concept and other:
            both = f"{scope.name(concept.uri)} and {scope.name(other.uri)}"
            message = f"{both} have the notation {visible(term.value)}"
            yield Breach(message=message, subject=subject, predicate=predicate, object=term)


def language_tag(scope: Scope) -> Breaches:
    """Tell tags of languages that do not exist, or have another tag.

    Texts of ours are in the languages of the settings, which another rule holds them to.
    """
    if _is_all_ours(scope):
        return
    tags = scope.languages
    problems = {tag: _tag_problem(tag.split("-", 1)[0]) for tag in tags if tag}
    if not any(problems.values()):
        return
    for subject, predicate, term, _ in scope.literals:
        problem = problems.get(term.language or "")
        if problem and not scope.is_ours(subject):
            way = f"{scope.named(subject)}: {scope.short(predicate.value)}"
            message = f"{way} @{term.language}: {problem}"
            yield Breach(message=message, subject=subject, predicate=predicate, object=term)


@cache
def _tag_problem(language: str) -> str:
    """Say what is wrong with the first part of a tag; empty where nothing is known to be.

    Languages of three letters are thousands, of which Unicode's data names some hundred; those
    of two letters are all named.
    """
    from babel.core import Locale, get_global  # noqa: PLC0415 - few lists have other languages

    if language in Locale("en").languages or language in PRIVATE:
        return ""
    other = str(get_global("language_aliases").get(language, "")).split("_")[0]
    if other:
        return f"the tag is {other}"
    return "" if len(language) == SHORT else "there is no such language"


def untagged_label(scope: Scope) -> Breaches:
    """Tell labels without a language in vocabularies of others."""
    if _is_all_ours(scope):
        return
    predicate = scope.term("skos:prefLabel")
    for subject, term in scope.pairs.get(predicate, ()):
        if isinstance(term, Literal) and not term.language and not scope.is_ours(subject):
            message = f"{scope.named(subject)}: the label does not say its language"
            yield Breach(message=message, subject=subject, predicate=predicate, object=term)


RULES: Final = (
    Rule(
        "LK161",
        "without-label",
        Severity.WARNING,
        "A concept has a preferred label.",
        "Add a skos:prefLabel with a language tag, such as @en.",
        f"{ISSUES}#missing-labels",
        without_label,
    ),
    Rule(
        "LK162",
        "notation-twice",
        Severity.WARNING,
        "No two concepts of a vocabulary have one notation.",
        "Give one of the two another notation.",
        "https://www.w3.org/TR/skos-reference/#notations",
        notation_twice,
    ),
    Rule(
        "LK163",
        "language-tag",
        Severity.WARNING,
        "A language tag is that of a language, in its shortest form.",
        "Write the tag as the registry of languages has it, such as en, cy or sr-Latn.",
        "https://www.rfc-editor.org/rfc/rfc5646#section-2.2.1",
        language_tag,
    ),
    Rule(
        "LK109",
        "untagged-label",
        Severity.INFO,
        "A label says its language.",
        "Add the language tag, such as @en.",
        f"{ISSUES}#omitted-or-invalid-language-tags",
        untagged_label,
    ),
)
