"""Settings are read from text; every problem is told at once."""

from __future__ import annotations

import pytest

from listkeeper.errors import SettingsError
from listkeeper.settings import Settings, read_settings

WRONG = [
    ('base_uri = "lists.example.org"', "base_uri: must be an http or https address"),
    ('base_uri = "https://lists.example.org"', 'ending in "/"'),
    ('base_uri = "https://lists.example.org/?a/"', "base_uri"),
    ('base_uri = "ftp://lists.example.org/"', "base_uri"),
    ("base_uri = 5", "base_uri"),
    ('languages = "en"', "languages: must be a list"),
    ("languages = []", "languages: must be a list"),
    ('languages = ["english"]', "english: not a language tag"),
    ('languages = ["en", "en"]', "names a language twice"),
    ("site_name = 3", "site_name: must be text"),
    ('forge_url = "javascript:alert(1)"', "forge_url: must be an http or https address"),
    ('contact = "a\\nb"', "contact: must be text on one line"),
    ('also_answers_for = ["id.esd.org.uk"]', "also_answers_for: must be a list"),
    ('base_url = "https://lists.example.org/"', "base_url: no such setting; did you mean base_uri"),
    ('zzz = "1"', "zzz: no such setting; there are format, base_uri"),
    ("[table]", "table: no such setting"),
    ("check = 1", "check: holds one table, [check.severity], and nothing else"),
    ("[check.severities]", "check: holds one table, [check.severity], and nothing else"),
    ('[check]\nseverity = "error"', "check: severity: must be a table of rules"),
    ('[check.severity]\nLK105 = "fatal"', "severity.LK105: 'fatal' is none of error, warning,"),
    ("[check.severity]\nLK105 = 1", "severity.LK105: 1 is none of error, warning, info, off"),
]


@pytest.mark.parametrize(("line", "message"), WRONG)
def test_a_wrong_setting_is_told(line: str, message: str) -> None:
    """The message names the setting and says what it should be."""
    with pytest.raises(SettingsError) as caught:
        read_settings(f"format = 1\n{line}\n")

    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_every_problem_is_told_at_once() -> None:
    """Three mistakes give three problems."""
    with pytest.raises(SettingsError) as caught:
        read_settings('languages = []\nbase_url = "x"\nsite_name = 1\n')

    assert len(caught.value.problems) == 4
    assert str(caught.value).startswith("listkeeper.toml: ")


@pytest.mark.parametrize("text", ["format = 2", "format = true", 'format = "1"', ""])
def test_another_format_is_refused(text: str) -> None:
    """A file of another format is not half-read."""
    with pytest.raises(SettingsError, match="format"):
        read_settings(text)


def test_text_that_is_no_toml_is_told_with_its_line() -> None:
    """The place that the TOML reader gives is kept."""
    with pytest.raises(SettingsError, match=r"not TOML: .*line 2"):
        read_settings("format = 1\nbase_uri = \n")


def test_settings_are_read() -> None:
    """Values come as written; lists become tuples."""
    text = """
format = 1
base_uri = "https://lists.example.gov.uk/a/"
languages = ["en", "cy", "sr-Latn"]
also_answers_for = ["http://old.example.org/"]
"""
    settings = read_settings(text)

    assert settings == Settings(
        base_uri="https://lists.example.gov.uk/a/",
        languages=("en", "cy", "sr-Latn"),
        also_answers_for=("http://old.example.org/",),
    )
    assert settings.default_language == "en"
    assert not settings.is_placeholder


def test_the_shipped_base_is_a_placeholder() -> None:
    """Until a base is set, identifiers are said to be placeholders."""
    assert read_settings("format = 1").is_placeholder


def test_severities_are_read() -> None:
    """Each rule with its word, in the order of the file; the check looks the rules up."""
    settings = read_settings('format = 1\n[check.severity]\nLK105 = "off"\nLK134 = "error"\n')

    assert settings.severities == (("LK105", "off"), ("LK134", "error"))
    assert read_settings("format = 1\n[check]\n").severities == ()
