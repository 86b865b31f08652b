"""Making and recognising the URIs of lists and concepts; the names a URI may never use.

A concept has the identifier ``{base}id/{segment}/{notation}`` and a page at
``{base}{segment}/{notation}``; a list ``{base}id/list/{list}``; a term of ours
``{base}def/{name}``. URLs are looked up whole and never split at a dot, so notations may
contain dots; what they may not be is told by :func:`notation_problem`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NewType

from listkeeper.namespaces import PREFIXES

URI = NewType("URI", str)

NOTATION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
"""What a notation looks like."""

RESERVED_SEGMENTS: Final = frozenset(
    {
        *(
            "about",
            "accessibility",
            "catalogue",
            "changed",
            "changes",
            "check-codes",
            "context",
            "csv",
            "cy",
        ),
        *("def", "developers", "feeds", "health", "id", "list", "lists", "match", "metrics"),
        *("downloads", "openapi", "privacy", "reconcile", "refresh", "release", "releases"),
        *("resolve", "robots"),
        *("search", "sitemap", "sparql", "static", "suggest", "taxonomies", "taxonomy_terms"),
        *("timegate", "timemap", "xml", ".well-known"),
    }
)
"""First path segments that belong to the site itself."""

RESERVED_NOTATIONS: Final = frozenset(
    {
        *("a-z", "all", "changes", "graph", "history", "index", "latest", "list"),
        *("new", "page", "table", "tree", "verbose"),
    }
)
"""Sub-pages and file names that a notation may not be, whatever its case."""

EXTENSIONS: Final = frozenset(
    {
        *(".atom", ".csv", ".html", ".json", ".jsonld", ".nq", ".nt", ".rdf", ".tsv", ".ttl"),
        *(".txt", ".xlsx", ".xml"),
    }
)
"""Endings that a notation may not have: they name formats."""

DEVICES: Final = frozenset(
    {
        *("aux", "con", "nul", "prn"),
        *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)),
    }
)
"""File names that Windows keeps for devices, whatever their ending and case."""

LONGEST_NOTATION: Final = 64
"""Characters of a notation: it is a file name, a cell and part of an address."""

_DATE: Final = re.compile(r"\d{1,4}[-.]\d{1,2}[-.]\d{1,4}\Z")
_EXPONENT: Final = re.compile(r"\d+(\.\d+)?[eE][+-]?\d+\Z")
_MONTH_NAME: Final = (
    "(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?"
    "|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)"
)
_MONTH: Final = re.compile(
    rf"(\d{{1,2}}[-._]?{_MONTH_NAME}([-._]?\d{{1,4}})?|{_MONTH_NAME}[-._]?\d{{1,4}})\Z",
    re.IGNORECASE,
)
"""A day or a year beside a month: spreadsheets make dates of 1-Mar and of MARCH1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Minter:
    """Makes every URI below one base.

    >>> minter = Minter(base="https://lists.example.org/")
    >>> minter.concept("service", "559")
    'https://lists.example.org/id/service/559'
    >>> minter.term("meetsNeed")
    'https://lists.example.org/def/meetsNeed'
    """

    base: str
    """The base URI, ending in a slash."""

    @property
    def identifiers(self) -> str:
        """Where identifiers begin; the ``@base`` of every concept file."""
        return f"{self.base}id/"

    @property
    def terms(self) -> str:
        """The namespace of our own terms."""
        return f"{self.base}def/"

    @property
    def prefixes(self) -> dict[str, str]:
        """Every prefix in the order files declare them, our own first."""
        return {"def": self.terms, **PREFIXES}

    def concept(self, segment: str, notation: str) -> URI:
        """Mint the URI of a concept."""
        return URI(f"{self.base}id/{segment}/{notation}")

    def list_(self, name: str) -> URI:
        """Mint the URI of a list."""
        return URI(f"{self.base}id/list/{name}")

    def term(self, name: str) -> URI:
        """Mint the URI of a term of ours."""
        return URI(f"{self.base}def/{name}")

    def path(self, uri: str) -> str | None:
        """Give the path of the page for an identifier of ours, None for any other URI.

        >>> Minter(base="https://lists.example.org/").path("https://lists.example.org/id/need/69")
        'need/69'
        """
        return uri.removeprefix(self.identifiers) if uri.startswith(self.identifiers) else None


def notation_problem(notation: str) -> str | None:
    """Say in words why a notation may not be used, None if it may.

    >>> notation_problem("559")
    >>> notation_problem("market")
    >>> notation_problem("1-Mar")
    'looks like a date to a spreadsheet'
    """
    folded = notation.lower()
    cases = (
        (len(notation) > LONGEST_NOTATION, f"has more than {LONGEST_NOTATION} characters"),
        (not NOTATION.match(notation), "may hold only letters, digits, '.', '_' and '-'"),
        (folded in RESERVED_NOTATIONS, "is a name the site uses itself"),
        (folded.split(".", 1)[0] in DEVICES, "is a file name that Windows keeps for a device"),
        (folded.startswith("new-"), "is the form of a proposal that has no number yet"),
        (any(folded.endswith(end) for end in EXTENSIONS), "ends like a file format"),
        (bool(_DATE.match(notation)), "looks like a date to a spreadsheet"),
        (bool(_MONTH.match(notation)), "looks like a date to a spreadsheet"),
        (bool(_EXPONENT.match(notation)), "looks like a number with an exponent to a spreadsheet"),
        (notation.endswith("."), "ends in a full stop"),
    )
    return next((reason for holds, reason in cases if holds), None)


def segment_problem(segment: str) -> str | None:
    """Say in words why a path segment may not be used for a list, None if it may.

    >>> segment_problem("service")
    >>> segment_problem("search")
    'is a name the site uses itself'
    """
    if not re.fullmatch(r"[a-z][a-z0-9-]*", segment):
        return "may hold only lower-case letters, digits and '-'"
    return "is a name the site uses itself" if segment in RESERVED_SEGMENTS else None


def natural_key(text: str) -> tuple[tuple[int, int, str, str], ...]:
    """Order texts with numbers in them as people do: 2 before 10.

    Numbers are compared by their length, then as text, since Python reads no number of
    thousands of digits.

    >>> sorted(["10", "2", "b", "1a", "02"], key=natural_key)
    ['1a', '02', '2', '10', 'b']
    """
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    return tuple(
        (0, len(number), number, part)
        if (number := part.lstrip("0")) != part or part[0] in "123456789"
        else (1, 0, part, "")
        for part in parts
    )
