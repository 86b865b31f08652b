"""The order of literals."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.shacl.ordering import key_of, less, less_or_equal
from listkeeper.shacl.terms import XSD


def literal(text: str) -> ox.Literal:
    """Read ``form^datatype``; a plain string without."""
    form, _, name = text.partition("^")
    return ox.Literal(form, datatype=ox.NamedNode(XSD + (name or "string")))


PAIRS = [
    # one, other, less, less or equal (None: cannot be compared)
    ("1^integer", "2^integer", True, True),
    ("2^integer", "10^integer", True, True),
    ("1.0^decimal", "1^integer", False, True),
    ("1.5^decimal", "1.6e0^double", True, True),
    ("5^byte", "6^unsignedLong", True, True),
    ("INF^double", "1^integer", False, False),
    ("-INF^double", "1.5^decimal", True, True),
    ("NaN^double", "1^integer", None, None),
    ("300^byte", "1^integer", None, None),
    ("x^integer", "1^integer", None, None),
    ("a", "b", True, True),
    ("B", "a", True, True),
    ("a", "1^integer", None, None),
    ("false^boolean", "1^boolean", True, True),
    ("2024-01-01^date", "2024-01-02^date", True, True),
    ("2023-12-31^date", "2024-01-01^date", True, True),
    ("2024-02-29^date", "2024-03-01^date", True, True),
    ("-0001-12-31^date", "0001-01-01^date", True, True),
    ("2024-01-01Z^date", "2024-01-01^date", None, None),
    ("2024-01-01Z^date", "2024-01-03^date", True, True),
    ("2024-01-01T12:00:00Z^dateTime", "2024-01-01T13:00:00+01:00^dateTime", False, True),
    ("2024-01-01T12:00:00+01:00^dateTime", "2024-01-01T12:00:00Z^dateTime", True, True),
    ("2024-01-01T00:00:00Z^dateTime", "2024-01-01T14:00:00^dateTime", None, None),
    ("2024-01-01T00:00:00Z^dateTime", "2024-01-01T14:00:01^dateTime", True, True),
    ("2024-01-01T24:00:00^dateTime", "2024-01-02T00:00:00^dateTime", False, True),
    ("2024-01-01T00:00:00.1^dateTime", "2024-01-01T00:00:00.10^dateTime", False, True),
    ("2024-01-01T00:00:00Z^dateTimeStamp", "2024-01-01T00:00:01Z^dateTime", True, True),
    ("2024-01-01^date", "2024-01-01T00:00:00^dateTime", None, None),
    ("2024-01-01^date", "2024-01-02", None, None),
    ("12:00:00^time", "12:00:01^time", True, True),
    ("2023^gYear", "2024^gYear", True, True),
    ("2023-12^gYearMonth", "2024-01^gYearMonth", True, True),
    ("--01-31^gMonthDay", "--02-01^gMonthDay", True, True),
    ("P1Y^yearMonthDuration", "P13M^yearMonthDuration", True, True),
    ("-P1D^dayTimeDuration", "PT0S^dayTimeDuration", True, True),
    ("P1D^dayTimeDuration", "PT24H^dayTimeDuration", False, True),
    ("P1M^duration", "P2M^duration", None, None),
    ("a^anyURI", "b^anyURI", None, None),
]


@pytest.mark.parametrize(("one", "other", "strictly", "weakly"), PAIRS)
def test_order(one: str, other: str, *, strictly: bool | None, weakly: bool | None) -> None:
    """Literals are ordered by value, as SPARQL's operators say, or not at all."""
    first, second = key_of(literal(one)), key_of(literal(other))
    assert less(first, second) is strictly
    assert less_or_equal(first, second) is weakly


def test_tagged_strings_have_no_order() -> None:
    """SPARQL orders plain strings only."""
    assert key_of(ox.Literal("a", language="en")) is None


numbers = st.one_of(
    st.integers().map(lambda n: f"{n}^integer"),
    st.decimals(allow_nan=False, allow_infinity=False, places=4).map(lambda n: f"{n:f}^decimal"),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda n: f"{n!r}^double"),
)
moments = st.datetimes().map(lambda moment: f"{moment.isoformat()}^dateTime")


@given(st.one_of(st.tuples(numbers, numbers), st.tuples(moments, moments)))
def test_of_two_comparable_literals_one_is_less_or_they_are_equal(pair: tuple[str, str]) -> None:
    """The order is total within a family, and each literal equals itself."""
    one, other = (key_of(literal(text)) for text in pair)
    assert less_or_equal(one, one) is True
    assert less(one, one) is False
    assert less_or_equal(one, other) is not less(other, one)


@given(st.datetimes(), st.datetimes())
def test_date_times_are_ordered_as_python_does(one: object, other: object) -> None:
    """Python's calendar agrees with ours."""
    keys = [key_of(literal(f"{moment.isoformat()}^dateTime")) for moment in (one, other)]  # type: ignore[attr-defined] # datetimes
    assert less(*keys) is (one < other)  # type: ignore[operator] # datetimes
