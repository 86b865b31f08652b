"""Characters that a text may not hold, whoever is to read it: for the check and for imports."""

from __future__ import annotations

import re
from typing import Final

FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2028\u2029\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
"""Controls but tab and line ends, overrides of direction, and characters that show nothing.

The joiners U+200C and U+200D are left: some languages are written with them.
"""

UNUSUAL_SPACE: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""What looks like a space and is none that searches find."""

FORMULA: Final = re.compile(r"[=+\-@\t\r]")
"""How a cell begins that spreadsheets take for a formula."""


def label_problem(label: str) -> str | None:
    """Say in words why the check refuses a label, None if it does not.

    >>> label_problem("Libraries")
    >>> label_problem("=SUM(A1)")
    "begins with '=', as formulas in spreadsheets do"
    """
    if FORMULA.match(label):
        return f"begins with {label[0]!r}, as formulas in spreadsheets do"
    found = FORBIDDEN.search(label)
    return f"holds U+{ord(found[0]):04X}, which can not be seen or acts on text" if found else None


def folded(label: str) -> str:
    """Fold a label as people compare it: spaces single, capitals apart.

    >>> folded(" Council  TAX")
    'council tax'
    """
    return " ".join(label.split()).casefold()
