"""Lexical forms of XML Schema's datatypes."""

from __future__ import annotations

import time

import pyoxigraph as ox
import pytest

from listkeeper.shacl.datatypes import lexical_test
from listkeeper.shacl.terms import RDF, XSD

FORMS = [
    # datatype, well-formed, ill-formed (separated by spaces; ~ stands for a space)
    ("boolean", "true false 0 1", "True yes 2 ~true"),
    ("integer", "0 -0 +7 007 " + "9" * 5000, "1.0 1e3 ~5 5~ - \u0661"),
    ("decimal", "0 1. .5 -1.50 +0.0", "1e3 . INF 1,5"),
    ("double", "1 1.5 .5e-3 1E9 INF -INF +INF NaN", "inf nan 1e 1.5e5.0 +NaN"),
    ("float", "1 INF", "Infinity"),
    ("string", "anything Ünïcode", ""),
    ("anyURI", "http://example.org/ anything", ""),
    ("date", "2024-02-29 2023-12-31Z -0044-03-15 12024-01-01+14:00 2000-02-29",
     "2024-13-45 2023-02-29 1900-02-29 2024-04-31 24-01-01 2024-1-1 02024-01-01 2024-01-01+15:00"),
    ("time", "00:00:00 23:59:59.999 24:00:00 12:00:00Z", "24:00:01 12:60:00 12:00 25:00:00"),
    ("dateTime", "2024-02-29T12:00:00 2024-01-01T24:00:00Z 2024-01-01T00:00:00.5-05:00",
     "2024-02-30T12:00:00 2024-01-01 2024-01-01~12:00:00 2024-01-01T24:30:00"),
    ("dateTimeStamp", "2024-01-01T12:00:00Z 2024-01-01T12:00:00+01:00", "2024-01-01T12:00:00"),
    ("gYear", "2024 -0001 12024Z", "24 02024"),
    ("gMonth", "--12 --01Z", "12 --13 --1"),
    ("gDay", "---31 ---01Z", "--31 ---32"),
    ("gYearMonth", "2024-12", "2024-13 2024"),
    ("gMonthDay", "--02-29 --12-31", "--02-30 --04-31 --13-01"),
    ("duration", "P1Y P1M2D PT1.5S -P1Y2M3DT4H5M6S P0D", "P PT P1YT 1Y P1S P-1D"),
    ("dayTimeDuration", "P1D PT1H -P1DT2H", "P1Y P1M P"),
    ("yearMonthDuration", "P1Y P1M -P1Y2M", "P1D PT1M P"),
    ("hexBinary", "0aF1 00", "0 0g"),
    ("base64Binary", "YWJj YWI= YQ== Y~W~J~j", "YWJ YW= Y=== YWJj="),
    ("normalizedString", "a~~b", "a\tb a\nb"),
    ("token", "a a~b", "~a a~ a~~b"),
    ("language", "en en-GB x-klingon", "en_GB e1n toolonglang -en"),
    ("Name", "a a:b _c é", "1a -a"),
    ("NCName", "a a.b-c _c", "a:b 1a"),
    ("NMTOKEN", "1a -a a:b", "a/b"),
    ("byte", "-128 127 +5", "-129 128 300 c 5.0"),
    ("unsignedByte", "0 255 -0", "-1 256"),
    ("short", "-32768 32767", "32768"),
    ("int", "-2147483648 2147483647", "2147483648"),
    ("long", "9223372036854775807", "9223372036854775808 " + "9" * 5000),
    ("unsignedLong", "18446744073709551615", "18446744073709551616"),
    ("nonNegativeInteger", "0 1", "-1"),
    ("positiveInteger", "1 " + "9" * 5000, "0 -" + "9" * 5000),
    ("nonPositiveInteger", "0 -1 -" + "9" * 5000, "1"),
    ("negativeInteger", "-1", "0"),
]  # fmt: skip


def forms(text: str) -> list[str]:
    """Split a cell of the table."""
    return [form.replace("~", " ") for form in text.split(" ") if form]


@pytest.mark.parametrize(("name", "good", "bad"), FORMS, ids=[name for name, _, _ in FORMS])
def test_lexical_forms(name: str, good: str, bad: str) -> None:
    """The lexical space is the one of XML Schema, white space not trimmed."""
    test = lexical_test(ox.NamedNode(XSD + name))
    for form in forms(good):
        assert test is None or test(form), form
    for form in forms(bad):
        assert test is not None, form
        assert not test(form), form


@pytest.mark.parametrize("datatype", ["urn:own", RDF + "langString", RDF + "HTML"])
def test_other_datatypes_take_any_form(datatype: str) -> None:
    """A datatype that XML Schema does not define has no lexical rule here."""
    assert lexical_test(ox.NamedNode(datatype)) is None


@pytest.mark.parametrize("name", ["base64Binary", "duration", "token", "double", "dateTime"])
def test_hostile_forms_take_linear_time(name: str) -> None:
    """A long ill-formed literal is refused at once: no pattern backtracks without end."""
    test = lexical_test(ox.NamedNode(XSD + name))
    assert test is not None
    start = time.perf_counter()
    for unit in ("A", "A ", "1", "1 ", "P1Y", "a "):
        assert not test(unit * 20_000 + "\n!")
    assert time.perf_counter() - start < 1
