"""Which of two literals is less, as SPARQL's ``<`` says.

https://www.w3.org/TR/sparql11-query/#OperatorMapping, with dates, times and durations as in
XPath. A time with a zone and one without are compared only where no zone could change the
answer: https://www.w3.org/TR/xmlschema11-2/#dateTime.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.shacl.datatypes import RANGES, leap, lexical_test, whole
from listkeeper.shacl.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyoxigraph as ox


class Moment(NamedTuple):
    """A point on the time line in seconds, and whether its zone is known."""

    seconds: Decimal
    zoned: bool


class Key(NamedTuple):
    """What a literal is compared by: only keys of one family can be compared."""

    family: str
    value: int | float | Decimal | str | Moment


_SLACK: Final = Decimal(14 * 3600)


def less(one: Key | None, other: Key | None) -> bool | None:
    """Say whether one key is less than another; None where they cannot be compared."""
    if one is None or other is None or one.family != other.family:
        return None
    first, second = one.value, other.value
    if isinstance(first, Moment) and isinstance(second, Moment):
        return _earlier(first, second)
    return first < second  # type: ignore[operator] # one family holds one kind of value


def less_or_equal(one: Key | None, other: Key | None) -> bool | None:
    """Say whether one key is less than another or equal to it; None as in :func:`less`."""
    if one is None or other is None or one.family != other.family:
        return None
    first, second = one.value, other.value
    if isinstance(first, Moment) and isinstance(second, Moment):
        same = first == second
        return same or _earlier(first, second)
    return first <= second  # type: ignore[operator] # one family holds one kind of value


def _earlier(one: Moment, other: Moment) -> bool | None:
    if one.zoned != other.zoned and abs(one.seconds - other.seconds) <= _SLACK:
        return None
    return one.seconds < other.seconds


def key_of(literal: ox.Literal) -> Key | None:
    """Give what a literal is compared by, or None: no order, or ill-formed.

    >>> import pyoxigraph as ox
    >>> key_of(ox.Literal(7))
    Key(family='number', value=7)
    """
    datatype = literal.datatype
    if not datatype.value.startswith(XSD):
        return None
    name = datatype.value.removeprefix(XSD)
    family, read = _FAMILIES.get(name, ("", None))
    if read is None:
        return None
    well_formed = lexical_test(datatype)
    if well_formed is not None and not well_formed(literal.value):
        return None
    try:
        return Key(family, read(literal.value))
    except InvalidOperation:
        return None


def _boolean(text: str) -> int:
    return int(text in {"true", "1"})


def _float(text: str) -> float:
    if text == "NaN":
        raise InvalidOperation  # no number is less than it, nor more, nor equal
    return float(text.replace("INF", "inf"))


_PARTS: Final = re.compile(
    r"(?:(?P<year>-?[0-9]{4,}))?(?:-{1,2}(?P<month>[0-9]{2}))?(?:-{1,3}(?P<day>[0-9]{2}))?"
    r"T?(?:(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2}(?:\.[0-9]+)?))?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
)
_ANY_YEAR: Final = 1972
"""The year of months and days without one: a leap year, as XML Schema takes."""
_BEFORE: Final = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_FEBRUARY: Final = 2


def _moment(text: str) -> Moment:
    found = _PARTS.fullmatch(text)
    if found is None:
        raise InvalidOperation
    days = _days(
        whole(found["year"]) if found["year"] else _ANY_YEAR,
        int(found["month"] or 1),
        int(found["day"] or 1),
    )
    clock = int(found["hour"] or 0) * 3600 + int(found["minute"] or 0) * 60
    seconds = Decimal(days * 86400 + clock) + Decimal(found["second"] or 0)
    return Moment(seconds - _offset(found["zone"]), zoned=found["zone"] is not None)


def _days(year: int, month: int, day: int) -> int:
    before = year - 1
    leaps = before // 4 - before // 100 + before // 400
    extra = int(month > _FEBRUARY and leap(year))
    return before * 365 + leaps + _BEFORE[month - 1] + extra + day


def _offset(zone: str | None) -> int:
    if zone is None or zone == "Z":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    return (-minutes if zone[0] == "-" else minutes) * 60


_DURATION: Final = re.compile(
    r"(-?)P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9.]+)S)?)?"
)


def _duration(text: str) -> tuple[int, int, Decimal]:
    found = _DURATION.fullmatch(text)
    if found is None:
        raise InvalidOperation
    years, months, days, hours, minutes = (whole(found[part] or "0") for part in range(2, 7))
    clock = days * 86400 + hours * 3600 + minutes * 60
    return (-1 if found[1] else 1), years * 12 + months, clock + Decimal(found[7] or 0)


def _months(text: str) -> int:
    sign, months, _ = _duration(text)
    return sign * months


def _seconds(text: str) -> Decimal:
    sign, _, seconds = _duration(text)
    return sign * seconds


_FAMILIES: Final[dict[str, tuple[str, Callable[[str], int | float | Decimal | str | Moment]]]] = {
    "string": ("string", str),
    "boolean": ("boolean", _boolean),
    "decimal": ("number", Decimal),
    "double": ("number", _float),
    "float": ("number", _float),
    **dict.fromkeys(("integer", *RANGES), ("number", whole)),
    **dict.fromkeys(("dateTime", "dateTimeStamp"), ("dateTime", _moment)),
    **{name: (name, _moment) for name in ("date", "time", "gYear", "gMonth", "gDay")},
    **{name: (name, _moment) for name in ("gYearMonth", "gMonthDay")},
    "yearMonthDuration": ("yearMonthDuration", _months),
    "dayTimeDuration": ("dayTimeDuration", _seconds),
}
