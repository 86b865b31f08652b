"""The settings say how much a rule matters here; what guards publication stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from listkeeper.errors import SettingsError
from seeded import CLEAN, SETTINGS, report_of

if TYPE_CHECKING:
    from pathlib import Path

N1: Final = "needs/10001.ttl"
NAMED: Final = {
    **CLEAN,
    N1: CLEAN[N1]
    .replace('"Learning"@en', '"Learning & play"@en')
    .replace("    skos:notation", '    def:draftLabel "Dysgu" ;\n    skos:notation'),
}
"""A label with an ampersand (LK105, a note) and a draft without a language (LK212, a shape)."""


def settings(lines: str) -> str:
    """Return settings with a table of severities."""
    return f"{SETTINGS}\n[check.severity]\n{lines}\n"


CHOSEN: Final[tuple[tuple[str, set[tuple[str, str]]], ...]] = (
    ("", {("LK105", "info"), ("LK212", "error")}),
    ('LK105 = "error"', {("LK105", "error"), ("LK212", "error")}),
    ('LK212 = "warning"', {("LK105", "info"), ("LK212", "warning")}),
    ('LK105 = "off"\nLK212 = "off"', set()),
    ('LK040 = "error"', {("LK105", "info"), ("LK212", "error")}),
)


@pytest.mark.parametrize(("lines", "told"), CHOSEN)
def test_severity_of_the_settings(
    tmp_path: Path, root: Path, lines: str, told: set[tuple[str, str]]
) -> None:
    """A rule in Python and a shape alike are told as the settings say, or not at all."""
    report = report_of(tmp_path, NAMED, root / "shapes", settings(lines))

    assert {(f.code, f.severity.value) for f in report.findings} == told
    assert report.conforms == ("error" not in {severity for _, severity in told})


REFUSED: Final = (
    ('LK106 = "error"\nLK1066 = "off"', "LK1066: there is no such rule; did you mean LK166?"),
    ('lk105 = "off"', "lk105: there is no such rule; did you mean LK105?"),
    ('LK040 = "off"', "LK040: the rule guards publication and stays error"),
    ('LK060 = "warning"', "LK060: the rule guards publication and stays error"),
    ('LK113 = "off"', "LK113: the rule guards publication and stays error"),
    ('LK115 = "info"', "LK115: the rule guards publication and stays error"),
)


@pytest.mark.parametrize(("lines", "message"), REFUSED)
def test_severity_that_is_refused(tmp_path: Path, root: Path, lines: str, message: str) -> None:
    """The settings are at fault, and the message says what to write."""
    with pytest.raises(SettingsError) as caught:
        report_of(tmp_path, CLEAN, root / "shapes", settings(lines))

    assert f"listkeeper.toml: check.severity.{message}" in str(caught.value)


def test_without_shapes_their_codes_are_not_judged(tmp_path: Path) -> None:
    """Which shapes there are is not known then."""
    report = report_of(tmp_path, CLEAN, None, settings('LK204 = "warning"'))

    assert report.findings == ()
