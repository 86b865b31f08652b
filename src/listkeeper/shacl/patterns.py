r"""Regular expressions as XPath reads them, run by RE2 in linear time.

``sh:pattern`` means SPARQL's ``REGEX``, which means XPath's ``fn:matches``:
https://www.w3.org/TR/xpath-functions/#regex-syntax. What RE2 would read otherwise is translated
where the two meet exactly (``\d``, ``\s``), and else refused by name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import re2  # type: ignore[import-untyped] # the package has no type stubs

from listkeeper.shacl.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SPACE: Final = r" \t\n\r"
_PLAIN_ESCAPES: Final = frozenset("nrt\\|.?*+(){}-[]^$")
_OUTSIDE: Final = {
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "s": f"[{_SPACE}]",
    "S": f"[^{_SPACE}]",
}
_INSIDE: Final = {"d": r"\p{Nd}", "D": r"\P{Nd}", "s": _SPACE}

_PIECE: Final = re.compile(
    r"""
      \\[pP]\{(?P<category>[A-Za-z]{1,2})\}
    | \\(?P<escape>.)
    | (?P<quantifier>\{[0-9]+(?:,[0-9]*)?\})
    | (?P<group>\(\?:?)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_SPACED_GROUP: Final = re.compile(r"\([ \t\n\r]")


def matcher(pattern: str, flags: str = "") -> Callable[[str], bool]:
    r"""Make the test of a pattern; raises Refused for what RE2 does not do as XPath does.

    >>> matcher(r"^[A-Z]\d+$")("B12")
    True
    """
    unknown = set(flags) - set("smixq")
    if unknown:
        raise Refused(f"regular expression flag {''.join(sorted(unknown))!r}")
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    translated = _translated(pattern, flags)
    try:
        search = re2.compile(translated, options).search
    except re2.error as error:
        raise Refused(f"pattern {pattern!r}: RE2 says {_reason(error)}") from error
    if "m" in flags and "^" in pattern:
        return _careful(search, pattern)
    matches = _automaton(translated, options)
    # The automaton says no as well when it runs out of memory: then the search decides.
    return lambda text: matches(text) is not None or search(text.encode()) is not None


def _automaton(pattern: str, options: re2.Options) -> Callable[[str], object]:
    """Make RE2's quickest test, that of a set of one pattern: twice as fast as a search."""
    patterns = re2.Set.SearchSet(options)
    patterns.Add(pattern)
    patterns.Compile()
    return patterns.Match  # type: ignore[no-any-return] # the package has no type stubs


def _reason(error: Exception) -> str:
    reason = error.args[0] if error.args else "no"
    return reason.decode() if isinstance(reason, bytes) else str(reason)


def _careful(search: Callable[[bytes], object], pattern: str) -> Callable[[str], bool]:
    def matches(text: str) -> bool:
        # XPath's ^ does not match after a line end that ends the text; RE2's does.
        if text.endswith("\n"):
            raise Refused(f"pattern {pattern!r} with flag m on a text that ends with a line end")
        return search(text.encode()) is not None

    return matches


def _translated(pattern: str, flags: str) -> str:
    if "q" in flags:
        body = re2.escape(pattern)
        used = {"i"} & set(flags)
    else:
        if "x" in flags and _SPACED_GROUP.search(pattern):
            raise Refused(f"pattern {pattern!r}: white space after ( with flag x")
        body = "".join(_Translation(pattern, flags).pieces())
        used = set(flags) & set("smi")
    return f"(?{''.join(sorted(used))}){body}" if used else body


class _Translation:
    """One pass over a pattern, in or out of a character class."""

    def __init__(self, pattern: str, flags: str) -> None:
        self._pattern = pattern
        self._flags = flags
        self._in_class = False
        self._at_start = False

    def pieces(self) -> Iterator[str]:
        """Give the pattern piece by piece, as RE2 has to see it."""
        for found in _PIECE.finditer(self._pattern):
            at_start, self._at_start = self._at_start, False
            if found["category"]:
                yield self._category(found[0])
            elif found["escape"]:
                yield self._escape(found["escape"])
            elif self._in_class:
                yield self._class_text(found[0], at_start=at_start)
            else:
                yield self._text(found)
        if self._in_class:
            raise self._refused("a character class that does not end")

    def _refused(self, what: str) -> Refused:
        return Refused(f"pattern {self._pattern!r}: {what}")

    def _category(self, text: str) -> str:
        if "i" in self._flags:
            raise self._refused(f"{text} with flag i: RE2 folds the category, XPath does not")
        return text

    def _escape(self, letter: str) -> str:
        meaning = (_INSIDE if self._in_class else _OUTSIDE).get(letter)
        if meaning is not None:
            return meaning
        if letter in _PLAIN_ESCAPES:
            return "\\" + letter
        raise self._refused(f"the escape \\{letter}: {_why_not(letter)}")

    def _class_text(self, text: str, *, at_start: bool) -> str:
        if "[" in text:
            raise self._refused("[ within a character class (XPath subtracts, RE2 does not)")
        if text == "^" and at_start:
            self._at_start = True
        elif text == "]":
            if at_start:
                raise self._refused("an empty character class")
            self._in_class = False
        return text

    def _text(self, found: re.Match[str]) -> str:
        text = found[0]
        if text == "[":
            self._in_class = self._at_start = True
        elif text == "(?":
            raise self._refused("(? followed by anything but a colon: XPath has no such group")
        elif text in {"{", "}", "]"}:
            raise self._refused(f"{text} that is neither escaped nor part of a pair")
        elif "x" in self._flags and text in {" ", "\t", "\n", "\r"}:
            return ""
        return text


_REASONS: Final = {
    "w": r"XPath's \w differs from every other; write the characters, [A-Za-z0-9_]",
    "b": "XPath has no word boundaries",
    "i": "RE2 has no classes of name characters",
    "c": "RE2 has no classes of name characters",
    "p": "RE2 has no Unicode blocks",
    "S": "RE2 has no negated class within a class",
}


def _why_not(letter: str) -> str:
    if letter.isdigit():
        return "RE2 has no back-references"
    return _REASONS.get(letter, _REASONS.get(letter.lower(), "XPath has no such escape"))
