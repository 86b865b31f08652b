"""Which lexical forms are well-formed, for the datatypes of XML Schema.

RDF maps a lexical form to a value without trimming white space first, so ``" 5"`` is ill-formed:
https://www.w3.org/TR/rdf11-concepts/#xsd-datatypes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from listkeeper.shacl.terms import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyoxigraph as ox

_ZONE: Final = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_YEAR: Final = r"-?(?:[1-9][0-9]{3,}|0[0-9]{3})"
_MONTH: Final = r"(?:0[1-9]|1[0-2])"
_DAY: Final = r"(?:0[1-9]|[12][0-9]|3[01])"
_TIME: Final = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_FLOAT: Final = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_DAYS_TIME: Final = r"(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
_NAME_START: Final = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_CHAR: Final = rf"{_NAME_START}\-.0-9\u00b7\u0300-\u036f\u203f-\u2040"
_NCNAME: Final = f"[{_NAME_START}][{_NAME_CHAR}]*"
_TOKEN: Final = r"(?:[^\s]+(?: [^\s]+)*)?"  # noqa: S105 - xsd:token, not a secret

PATTERNS: Final = {
    "boolean": "true|false|0|1",
    "integer": r"[+-]?[0-9]+",
    "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    "double": _FLOAT,
    "float": _FLOAT,
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "time": _TIME + _ZONE,
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}(?!$){_ZONE}",
    "gYear": _YEAR + _ZONE,
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "duration": rf"-?P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?{_DAYS_TIME}",
    "dayTimeDuration": rf"-?P(?=[0-9T]){_DAYS_TIME}",
    "yearMonthDuration": r"-?P(?=[0-9])(?:[0-9]+Y)?(?:[0-9]+M)?",
    "hexBinary": "(?:[0-9A-Fa-f]{2})*",
    "base64Binary": (
        "(?:(?:[A-Za-z0-9+/] ?){4})*"
        "(?:(?:[A-Za-z0-9+/] ?){3}[A-Za-z0-9+/]|(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?="
        "|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?"
    ),
    "normalizedString": r"[^\t\n\r]*",
    "token": _TOKEN,
    "language": "[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "Name": f"[{_NAME_START}:][{_NAME_CHAR}:]*",
    "NCName": _NCNAME,
    "NMTOKEN": f"[{_NAME_CHAR}:]+",
}

_BYTE, _SHORT, _INT, _LONG = 7, 15, 31, 63
RANGES: Final[dict[str, tuple[int | None, int | None]]] = {
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    **{
        name: (-(2**bits), 2**bits - 1)
        for name, bits in (("byte", _BYTE), ("short", _SHORT), ("int", _INT), ("long", _LONG))
    },
    "unsignedByte": (0, 2 ** (_BYTE + 1) - 1),
    "unsignedShort": (0, 2 ** (_SHORT + 1) - 1),
    "unsignedInt": (0, 2 ** (_INT + 1) - 1),
    "unsignedLong": (0, 2 ** (_LONG + 1) - 1),
}
"""The bounds of the types derived from xsd:integer."""

_DATED: Final = frozenset({"date", "dateTime", "dateTimeStamp", "gMonthDay"})
_LONGEST: Final = 400
"""More digits than this are not turned into a number: a bound can be told from their count."""


def lexical_test(datatype: ox.NamedNode) -> Callable[[str], bool] | None:
    """Give the test of a datatype's lexical forms, or None where every string will do.

    >>> import pyoxigraph as ox
    >>> lexical_test(ox.NamedNode(XSD + "date"))("2024-02-30")
    False
    """
    if datatype.value == RDF + "langString" or not datatype.value.startswith(XSD):
        return None
    name = datatype.value.removeprefix(XSD)
    if name in RANGES:
        return _bounded(*RANGES[name])
    if name not in PATTERNS:
        return None
    matches = re.compile(PATTERNS[name]).fullmatch
    if name in _DATED:
        return lambda text: matches(text) is not None and _day_exists(text)
    return lambda text: matches(text) is not None


def _bounded(least: int | None, most: int | None) -> Callable[[str], bool]:
    matches = re.compile(PATTERNS["integer"]).fullmatch

    def ok(text: str) -> bool:
        if not matches(text):
            return False
        value = whole(text)
        return (least is None or value >= least) and (most is None or value <= most)

    return ok


def whole(text: str) -> int:
    """Read a whole number; one of absurd length counts as merely enormous.

    Python reads long numbers in quadratic time and refuses more than 4,300 digits.
    """
    if len(text) <= _LONGEST:
        return int(text)
    digits = text.lstrip("+-").lstrip("0")
    size = int(digits) if len(digits) <= _LONGEST else 10**_LONGEST
    return -size if text.startswith("-") else size


_DAY_PARTS = re.compile(r"(-?[0-9]{4,})?-{1,2}([0-9]{2})-([0-9]{2})")
_LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY: Final = 2


def _day_exists(text: str) -> bool:
    found = _DAY_PARTS.match(text)
    if found is None:
        return False
    year, month, day = found[1], int(found[2]), int(found[3])
    if month == _FEBRUARY and year is not None and not leap(whole(year)):
        return day < _LENGTHS[1]
    return day <= _LENGTHS[month - 1]


def leap(year: int) -> bool:
    """Say whether a year has a 29 February, in the calendar carried on for ever."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
