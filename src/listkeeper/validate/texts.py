"""Rules of characters: what a text may not hold, whoever is to read it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from listkeeper.characters import FORBIDDEN, FORMULA, UNUSUAL_SPACE
from listkeeper.graph import Literal
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.graph import Subject, URINode
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#texts"

LABELS: Final = (
    *("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "def:draftLabel"),
    *("skosxl:literalForm", "dct:title", "rdfs:label", "skos:notation"),
)
"""Properties whose texts are names: one line, single spaces."""

CELLS: Final = (*LABELS, "skos:definition", "skos:historyNote", "skos:scopeNote")
"""Properties whose texts become cells of spreadsheets."""


def empty(scope: Scope) -> Breaches:
    """Tell names without a character to be seen."""
    for subject, predicate, term, text in _texts(scope, LABELS):
        if not text.strip():
            message = f"{scope.named(subject)}: {scope.short(predicate.value)} is empty"
            yield Breach(message=message, subject=subject, predicate=predicate, object=term)


def stray_space(scope: Scope) -> Breaches:
    """Tell spaces at the ends of texts, and more than one between the words of a name."""
    names = {scope.term(name) for name in LABELS}
    for subject, predicate, term, text in scope.unusual:
        inner = text.strip()
        single = predicate not in names or inner == " ".join(re.split(r"[ \t\r\n]+", inner))
        if inner and (inner != text or not single):
            where = "stray space" if single else "more than one space, or a line end, between words"
            yield _breach(scope, subject, predicate, term, where)


def unusual_space(scope: Scope) -> Breaches:
    """Tell spaces that look like one and are not."""
    yield from _matching(scope, UNUSUAL_SPACE, "is a space that searches do not find")


def forbidden(scope: Scope) -> Breaches:
    """Tell controls, overrides of direction and characters that show nothing."""
    yield from _matching(scope, FORBIDDEN, "can not be seen, or turns the text around it")


def not_composed(scope: Scope) -> Breaches:
    """Tell texts that are not in Unicode's normal form C."""
    for subject, predicate, term, text in scope.unusual:
        if not text.isascii() and not unicodedata.is_normalized("NFC", text):
            yield _breach(scope, subject, predicate, term, "letters and their accents in pieces")


def formula(scope: Scope) -> Breaches:
    """Tell texts that a spreadsheet would take for a formula."""
    for subject, predicate, term, text in _texts(scope, CELLS):
        if FORMULA.match(text):
            wrong = f"begins with {text[0]!r}, as formulas in spreadsheets do"
            yield _breach(scope, subject, predicate, term, wrong)


def _texts(
    scope: Scope, prefixed: tuple[str, ...]
) -> Iterator[tuple[Subject, URINode, Literal, str]]:
    for predicate in map(scope.term, prefixed):
        for subject, term in scope.pairs.get(predicate, ()):
            if isinstance(term, Literal):
                yield subject, predicate, term, term.value


def _matching(scope: Scope, form: re.Pattern[str], why: str) -> Breaches:
    for subject, predicate, term, text in scope.unusual:
        found = None if text.isascii() and text.isprintable() else form.search(text)
        if found:
            number = f"U+{ord(found[0]):04X}"
            yield _breach(scope, subject, predicate, term, f"{number} {why}")


def _breach(
    scope: Scope, subject: Subject, predicate: URINode, term: Literal, wrong: str
) -> Breach:
    way = f"{scope.named(subject)}: {scope.short(predicate.value)}"
    message = visible(f"{way}: {wrong}")
    return Breach(message=message, subject=subject, predicate=predicate, object=term)


RULES: Final = (
    Rule(
        "LK110",
        "empty",
        Severity.ERROR,
        "A name is not empty.",
        "Write the name, or remove the line.",
        DOCS,
        empty,
    ),
    Rule(
        "LK111",
        "stray-space",
        Severity.ERROR,
        "A text neither begins nor ends with white space; a name has single spaces.",
        "Remove the white space that is too much.",
        DOCS,
        stray_space,
        mend="Takes the white space out.",
    ),
    Rule(
        "LK112",
        "unusual-space",
        Severity.ERROR,
        "Spaces are U+0020.",
        "Replace it by a plain space.",
        DOCS,
        unusual_space,
        mend="Writes plain spaces.",
    ),
    Rule(
        "LK113",
        "forbidden-character",
        Severity.ERROR,
        "A text holds no controls, overrides of direction or characters that show nothing.",
        "Remove the character.",
        "https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing",
        forbidden,
        guard=True,
    ),
    Rule(
        "LK114",
        "not-composed",
        Severity.ERROR,
        "A text is in Unicode's normal form C.",
        "Type the letters again with their accents, or run the text through NFC.",
        "https://www.unicode.org/reports/tr15/",
        not_composed,
        mend="Composes the letters.",
    ),
    Rule(
        "LK115",
        "formula",
        Severity.ERROR,
        "No text of a spreadsheet's cell begins with = + - @ or a tab.",
        "Begin the text with a letter or a digit; downloads are refused as long as it does not.",
        "https://owasp.org/www-community/attacks/CSV_Injection",
        formula,
        guard=True,
    ),
)
