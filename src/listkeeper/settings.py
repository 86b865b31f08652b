"""The settings of a lists repository, read from the text of its ``listkeeper.toml``."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from listkeeper.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FILE_NAME: Final = "listkeeper.toml"
FORMAT: Final = 1
"""The one format of settings this version reads."""

PLACEHOLDER_BASE: Final = "https://lists.example.org/"
"""The base URI shipped; while it stands, every page says that identifiers are placeholders."""

SEVERITIES: Final = ("error", "warning", "info", "off")
"""What a rule of the check can be set to; off leaves its findings out."""

LANGUAGE_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?\Z")
"""Language tags as RFC 5646 section 2.1.1 recommends their case."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What a lists repository says about itself."""

    base_uri: str = PLACEHOLDER_BASE
    """Where the identifiers begin; http or https, ending in a slash."""

    languages: tuple[str, ...] = ("en",)
    """Languages of labels, the default first."""

    site_name: str = "Standard lists"
    """Name in the header of each page."""

    forge_url: str = ""
    """Address of the repository at its forge; empty when there is none."""

    contact: str = ""
    """E-mail address for questions; empty when there is none."""

    also_answers_for: tuple[str, ...] = ()
    """Former base addresses whose identifiers are also answered here."""

    severities: tuple[tuple[str, str], ...] = ()
    """Code of a rule and how much its findings matter here: a word of :data:`SEVERITIES`."""

    @property
    def is_placeholder(self) -> bool:
        """Say whether the base URI is still the one shipped."""
        return self.base_uri == PLACEHOLDER_BASE

    @property
    def default_language(self) -> str:
        """The language shown first."""
        return self.languages[0]


def read_settings(text: str, path: str = FILE_NAME) -> Settings:
    """Read settings from TOML text.

    Args:
        text: the content of ``listkeeper.toml``.
        path: its name, for errors.

    Raises:
        SettingsError: with every problem found, not only the first.
    """
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(path, (f"not TOML: {error}",)) from error
    problems = [*_unknown_keys(table), *_format_problems(table), *_value_problems(table)]
    if problems:
        raise SettingsError(path, tuple(problems))
    values: dict[str, Any] = {
        key: tuple(table[key]) if isinstance(table[key], list) else table[key]
        for key in CHECKS
        if key in table
    }
    severities = values.pop("check", {}).get("severity", {})
    return Settings(severities=tuple(severities.items()), **values)


ADDRESS: Final = re.compile(
    r"https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?/"
    r"((?!\.{1,2}/)([A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+/)*\Z"
)
"""An http or https address that ends in a slash."""


def _base_uri_problem(value: object) -> str | None:
    if not isinstance(value, str) or not ADDRESS.match(value):
        return 'must be an http or https address ending in "/"'
    return "may hold no query or fragment" if set("?#") & set(value) else None


def _languages_problem(value: object) -> str | None:
    if not isinstance(value, list) or not value:
        return 'must be a list of language tags, the default first, such as ["en", "cy"]'
    wrong = [str(tag) for tag in value if not (isinstance(tag, str) and LANGUAGE_TAG.match(tag))]
    if wrong:
        return f"{', '.join(wrong)}: not a language tag such as en, cy or sr-Latn"
    return "names a language twice" if len(set(value)) < len(value) else None


def _text_problem(value: object) -> str | None:
    return None if isinstance(value, str) and "\n" not in value else "must be text on one line"


def _forge_problem(value: object) -> str | None:
    if value == "" or (isinstance(value, str) and re.fullmatch(r"https?://[^\s<>\"]+", value)):
        return None
    return "must be an http or https address"


def _addresses_problem(value: object) -> str | None:
    if isinstance(value, list) and not any(_base_uri_problem(address) for address in value):
        return None
    return 'must be a list of http or https addresses, each ending in "/"'


def _check_problem(value: object) -> str | None:
    """Say what is wrong with the table of the check; whether a rule exists, the check says."""
    if not isinstance(value, dict) or not value.keys() <= {"severity"}:
        return "holds one table, [check.severity], and nothing else"
    severities = value.get("severity", {})
    if not isinstance(severities, dict):
        return 'severity: must be a table of rules, such as [check.severity] LK105 = "warning"'
    words = ", ".join(SEVERITIES)
    wrong = [code for code, word in severities.items() if word not in SEVERITIES]
    told = (f"severity.{code}: {severities[code]!r} is none of {words}" for code in wrong)
    return "; ".join(told) or None


CHECKS: Final[Mapping[str, Callable[[object], str | None]]] = {
    "base_uri": _base_uri_problem,
    "languages": _languages_problem,
    "site_name": _text_problem,
    "forge_url": _forge_problem,
    "contact": _text_problem,
    "also_answers_for": _addresses_problem,
    "check": _check_problem,
}
"""Each setting with the function that says what is wrong with a value."""


def _unknown_keys(table: Mapping[str, Any]) -> list[str]:
    known = ("format", *CHECKS)
    return [f"{key}: no such setting{_suggestion(key, known)}" for key in table if key not in known]


def _suggestion(key: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(key, known, n=1)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(known)}"


def _format_problems(table: Mapping[str, Any]) -> list[str]:
    if "format" not in table:
        return [f"format: missing; write format = {FORMAT}"]
    found = table["format"]
    right = isinstance(found, int) and not isinstance(found, bool) and found == FORMAT
    return [] if right else [f"format: {found!r} is not read here; this version reads {FORMAT}"]


def _value_problems(table: Mapping[str, Any]) -> list[str]:
    found = ((key, check(table[key])) for key, check in CHECKS.items() if key in table)
    return [f"{key}: {problem}" for key, problem in found if problem]
