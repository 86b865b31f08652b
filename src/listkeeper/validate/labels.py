"""Rules of labels: there is one, it is unique in its list, and it is not an old one."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import literal, quoted

if TYPE_CHECKING:
    from listkeeper.model import Concept, Text
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#labels"

TEXTS: Final = (
    ("skos:prefLabel", "pref_labels"),
    ("skos:altLabel", "alt_labels"),
    ("def:draftLabel", "draft_labels"),
    ("skos:definition", "definitions"),
    ("skos:scopeNote", "scope_notes"),
    ("def:retirementReason", "retirement_reason"),
)
"""Properties, and fields, that hold texts for readers in their languages."""


def same_label(scope: Scope) -> Breaches:
    """Tell labels that two entries of a list have in one language, retired ones apart."""
    taken: dict[tuple[str, str, str], Concept] = {}
    for concept, text, name in scope.labelled:
        other = taken.setdefault((concept.list_name, text.language.lower(), name), concept)
        if other is not concept and name and URINode(concept.uri) in scope.entry_nodes:
            both = f"{scope.name(concept.uri)} and {scope.name(other.uri)}"
            message = f"{both} have the same label: {quoted(text.value)}"
            yield _at(scope, concept, "skos:prefLabel", message, text)


def no_default_label(scope: Scope) -> Breaches:
    """Tell entries without a label in the language shown first."""
    language = scope.edition.settings.default_language
    for concept in scope.entries:
        tags = {text.language.lower() for text in concept.pref_labels}
        if concept.pref_labels and language.lower() not in tags:
            message = f"{scope.name(concept.uri)} has no preferred label in {language}"
            yield _at(scope, concept, "skos:prefLabel", message)


def undeclared_language(scope: Scope) -> Breaches:
    """Tell texts in a language that the settings do not name."""
    declared = {"", *(tag.lower() for tag in scope.edition.settings.languages)}
    for concept in scope.entries:
        for prefixed, field in TEXTS:
            for text in getattr(concept, field):
                if text.language.lower() not in declared:
                    message = f"{scope.name(concept.uri)}: the settings do not name {text.language}"
                    yield _at(scope, concept, prefixed, message, text)


def draft_beside_label(scope: Scope) -> Breaches:
    """Tell draft labels in a language that has a preferred label."""
    for concept in scope.entries:
        preferred = {text.language: text for text in concept.pref_labels}
        for text in concept.draft_labels:
            if text.language in preferred:
                kept = quoted(preferred[text.language].value)
                message = f"{scope.name(concept.uri)}: {text.language} has the label {kept} already"
                yield _at(scope, concept, "def:draftLabel", message, text)


def former_is_current(scope: Scope) -> Breaches:
    """Tell former labels that the entry has again."""
    for concept in scope.entries:
        for former in concept.former_labels:
            if former.label in concept.pref_labels:
                shown = quoted(former.label.value)
                message = f"{scope.name(concept.uri)}: {shown} is its label, not a former one"
                subject, predicate = URINode(former.uri), scope.term("skosxl:literalForm")
                yield Breach(message=message, subject=subject, predicate=predicate)


def ampersand(scope: Scope) -> Breaches:
    """Tell labels with an ampersand."""
    for concept in scope.entries:
        for text in concept.pref_labels:
            if "&" in text.value:
                message = f"{scope.name(concept.uri)}: the label has an ampersand"
                yield _at(scope, concept, "skos:prefLabel", message, text)


def language_coverage(scope: Scope) -> Breaches:
    """Tell how many entries of each list have a label in each language after the first."""
    live: dict[str, list[Concept]] = defaultdict(list)
    for concept in scope.entries:
        if not concept.is_retired:
            live[concept.list_name].append(concept)
    for name, concepts in live.items():
        scheme = scope.vocabulary.schemes.get(name)
        labelled = Counter(t.language.lower() for c in concepts for t in c.pref_labels)
        for language in scope.edition.settings.languages[1:]:
            if scheme and labelled[language.lower()] < len(concepts):
                count = f"{labelled[language.lower()]} of {len(concepts)} entries"
                message = f"{scope.name(scheme.uri)}: {count} have a label in {language}"
                yield Breach(message=message, subject=URINode(scheme.uri))


def _at(
    scope: Scope, concept: Concept, prefixed: str, message: str, text: Text | None = None
) -> Breach:
    return Breach(
        message=message,
        subject=URINode(concept.uri),
        predicate=scope.term(prefixed),
        object=literal(text) if text else None,
    )


RULES: Final = (
    Rule(
        "LK100",
        "same-label",
        Severity.ERROR,
        "No two entries of a list that are in use have the same label in a language.",
        "Say in one of the labels what sets it apart: others find entries by their labels.",
        DOCS,
        same_label,
    ),
    Rule(
        "LK101",
        "no-default-label",
        Severity.ERROR,
        "An entry has a preferred label in the language shown first.",
        "Add a skos:prefLabel in that language.",
        DOCS,
        no_default_label,
    ),
    Rule(
        "LK102",
        "undeclared-language",
        Severity.WARNING,
        "A text is in one of the languages of the settings.",
        "Correct the language tag, or add the language to listkeeper.toml.",
        "https://www.rfc-editor.org/rfc/rfc5646",
        undeclared_language,
    ),
    Rule(
        "LK103",
        "draft-beside-label",
        Severity.ERROR,
        "A language has a preferred label or a draft of one, not both.",
        "Remove the draft, or make it the preferred label once it is reviewed.",
        DOCS,
        draft_beside_label,
    ),
    Rule(
        "LK104",
        "former-label-is-current",
        Severity.ERROR,
        "A former label is not the label of today.",
        "Remove the former label, with the skosxl:hiddenLabel that names it.",
        DOCS,
        former_is_current,
    ),
    Rule(
        "LK105",
        "ampersand",
        Severity.INFO,
        "A label has words in place of an ampersand.",
        "Consider writing the word for it.",
        DOCS,
        ampersand,
    ),
    Rule(
        "LK106",
        "language-coverage",
        Severity.INFO,
        "Entries have labels in every language of the settings.",
        "Add reviewed translations as skos:prefLabel, others as def:draftLabel.",
        DOCS,
        language_coverage,
    ),
)
