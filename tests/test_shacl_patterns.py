"""Regular expressions: XPath's meaning, RE2's speed."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.shacl import Refused
from listkeeper.shacl.patterns import matcher

MATCHES = [
    # pattern, flags, what matches, what does not
    ("b", "", ["abc"], ["ac", ""]),
    ("^b$", "", ["b"], ["b\n", "ab"]),
    ("^b$", "m", ["a\nb"], ["ab"]),
    ("^.$", "", ["é", "𝄞"], ["\n", "ab"]),
    ("^.$", "s", ["\n"], ["ab"]),
    ("ABC", "i", ["xabcx"], ["abd"]),
    ("a b", "x", ["ab"], ["a b"]),
    ("[a b]c", "x", [" c"], ["c"]),
    ("a.b", "q", ["a.b"], ["axb"]),
    ("A.B", "qi", ["a.b"], ["axb"]),
    (r"^\d+$", "", ["12", "\u0661\u0662"], ["x", ""]),
    (r"^[\d.]+$", "", ["1.\u0662"], ["x"]),
    (r"^\D$", "", ["x"], ["1", "\u0661"]),
    (r"^a\sb$", "", ["a b", "a\tb"], ["a\fb", "a\u00a0b"]),
    (r"^[\s,]+$", "", [" ,\n"], ["\f"]),
    (r"^\S+$", "", ["a\f"], ["a b"]),
    (r"^\p{Lu}\p{L}*$", "", ["Éa"], ["éa", "A1"]),
    (r"\$\.\-\^\\", "", ["$.-^\\"], ["$"]),
    (r"^(?:ab){2,3}?$", "", ["abab"], ["ab"]),
    ("^[^a-c]$", "", ["d"], ["b"]),
    ("^[{(?]$", "", ["{", "(", "?"], ["x"]),
    ("^(a|b)*$", "", ["abba", ""], ["c"]),
]


@pytest.mark.parametrize(("pattern", "flags", "good", "bad"), MATCHES)
def test_patterns_mean_what_xpath_says(
    pattern: str, flags: str, good: list[str], bad: list[str]
) -> None:
    """Each pattern matches as fn:matches does."""
    matches = matcher(pattern, flags)
    assert [text for text in (*good, *bad) if matches(text)] == good


REFUSED = [
    (r"\w", "", r"\\w"),
    (r"\bword\b", "", "word boundaries"),
    (r"\i\c*", "", "name characters"),
    (r"(a)\1", "", "back-references"),
    ("(?=a)", "", r"\(\?"),
    ("(?i)a", "", r"\(\?"),
    ("(?P<n>a)", "", r"\(\?"),
    ("[a-z-[aeiou]]", "", "subtracts"),
    ("[[:alpha:]]", "", "subtracts"),
    ("[]a]", "", "empty character class"),
    ("[^]a]", "", "empty character class"),
    ("[a", "", "does not end"),
    ("a{,3}", "", "{"),
    ("a}", "", "}"),
    ("a]", "", "]"),
    ("a{1001}", "", "RE2"),
    ("a++", "", "RE2"),
    ("(a", "", "RE2"),
    (r"\p{IsBasicLatin}", "", "Unicode blocks"),
    (r"\p{Cn}", "", "RE2"),
    (r"\p{Lu}", "i", "folds"),
    (r"[\S]", "", "negated class"),
    (r"a\/b", "", "XPath has no such escape"),
    (r"\x41", "", "XPath has no such escape"),
    ("( ?i)", "x", "white space"),
    ("a", "g", "flag 'g'"),
]


@pytest.mark.parametrize(("pattern", "flags", "reason"), REFUSED)
def test_what_re2_reads_otherwise_is_refused_by_name(pattern: str, flags: str, reason: str) -> None:
    """No pattern is run with another meaning than XPath's."""
    with pytest.raises(Refused, match=re.escape(reason) if len(reason) == 1 else reason):
        matcher(pattern, flags)


def test_a_line_end_at_the_end_with_flag_m_is_refused() -> None:
    """There XPath and RE2 differ on where ^ matches, so the text decides."""
    matches = matcher("^$", "m")
    assert matches("a\n\nb")
    with pytest.raises(Refused, match="line end"):
        matches("a\n")


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*$", "^(.*a){12}$", "(x+x+)+y"])
def test_no_pattern_explodes(pattern: str) -> None:
    """What takes a backtracking engine for ever is answered at once."""
    start = time.perf_counter()
    matcher(pattern)("a" * 30_000 + "!")
    matcher(pattern)("x" * 30_000)
    assert time.perf_counter() - start < 1


letters = st.text(alphabet="abAB1é .", max_size=6)
pieces = st.sampled_from(["a", "b", "[ab]", "[^a]", "(a|b)", r"\d", ".", "é", " ", r"\."])
patterns = st.lists(
    st.tuples(pieces, st.sampled_from(["", "*", "+", "?", "{2}", "{1,2}"])), max_size=5
).map(lambda parts: "".join(piece + repeat for piece, repeat in parts))


@given(patterns, letters, st.sampled_from(["", "i", "s"]))
def test_the_common_part_agrees_with_python(pattern: str, text: str, flags: str) -> None:
    """Where XPath and Python mean the same, both give the same answer."""
    python = {"": 0, "i": re.IGNORECASE, "s": re.DOTALL}[flags]
    assert matcher(pattern, flags)(text) is (re.search(pattern, text, python) is not None)
