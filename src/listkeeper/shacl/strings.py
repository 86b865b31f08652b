"""Strings: sh:minLength, sh:maxLength, sh:pattern, sh:languageIn, sh:uniqueLang.

https://www.w3.org/TR/shacl/#core-components-string
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from listkeeper.shacl.constraints import Bind, Bound, Declared, never, on_values
from listkeeper.shacl.errors import Refused
from listkeeper.shacl.patterns import matcher
from listkeeper.shacl.terms import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from listkeeper.shacl.results import Result
    from listkeeper.shacl.terms import Term


def min_length(declared: Declared) -> Bind:
    """Compile sh:minLength."""
    least = declared.integer()

    def ok(value: Term) -> bool:
        return not isinstance(value, ox.BlankNode) and len(value.value) >= least

    return on_values(declared, ok, f"is shorter than {least} characters")


def max_length(declared: Declared) -> Bind:
    """Compile sh:maxLength."""
    most = declared.integer()

    def ok(value: Term) -> bool:
        return not isinstance(value, ox.BlankNode) and len(value.value) <= most

    return on_values(declared, ok, f"is longer than {most} characters")


def pattern(declared: Declared) -> Bind:
    """Compile sh:pattern with sh:flags; raises Refused for what RE2 does not do."""
    flags = declared.other("flags")
    text = declared.literal().value
    try:
        matches = matcher(text, flags.value if isinstance(flags, ox.Literal) else "")
    except Refused as error:
        raise Refused(f"{show(declared.head.term)}: {error}") from error

    def ok(value: Term) -> bool:
        return not isinstance(value, ox.BlankNode) and matches(value.value)

    return on_values(declared, ok, f"does not match {text}")


def language_in(declared: Declared) -> Bind:
    """Compile sh:languageIn, whose ranges match as SPARQL's langMatches does."""
    members = declared.members()
    if not all(isinstance(member, ox.Literal) for member in members):
        raise declared.ill_formed("a list of language ranges")
    ranges = tuple(str(member.value).lower() for member in members)
    prefixes = tuple(f"{each}-" for each in ranges)

    def ok(value: Term) -> bool:
        language = value.language if isinstance(value, ox.Literal) else None
        if language is None:
            return False
        tag = language.lower()
        return tag in ranges or tag.startswith(prefixes)

    return on_values(declared, ok, f"is in none of the languages {', '.join(ranges)}")


def unique_lang(declared: Declared) -> Bind:
    """Compile sh:uniqueLang: one result for each language used more than once."""
    if not declared.flag():
        return never

    def check(focus: Term, values: Sequence[Term]) -> Sequence[Result]:
        if len(values) < 2:  # noqa: PLR2004 - one value repeats no language
            return ()
        words = "there is more than one value in language {}"
        return [declared.result(focus, None, words.format(tag)) for tag in _repeated(values)]

    return lambda _run: Bound(check)


def _repeated(values: Sequence[Term]) -> Iterable[str]:
    languages = [value.language for value in values if isinstance(value, ox.Literal)]
    tags = [tag.lower() for tag in languages if tag]
    if len(set(tags)) == len(tags):
        return ()
    return [tag for tag, count in Counter(tags).items() if count > 1]
