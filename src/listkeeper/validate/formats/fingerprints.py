"""What makes a finding the same finding after lines were added above it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listkeeper.validate.report import Finding

PLACE: Final = re.compile(r"\b(line|column) \d+")
"""A place that a message names; it moves as the text above it does."""


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """Give each finding a fingerprint of 64 hexadecimal digits, all different.

    It is made of the rule, the file, what the finding is about and its message, never of the
    line. Of findings that are alike in all that, the second, the third and so on are numbered.

    Args:
        findings: those of one report, in its order.
    """
    seen: Counter[str] = Counter()
    made = []
    for finding in findings:
        message = PLACE.sub(r"\1", finding.message)
        key = f"{finding.code}\0{finding.path}\0{finding.focus}\0{message}"
        seen[key] += 1
        digest = hashlib.sha256(f"{key}\0{seen[key]}".encode(errors="surrogatepass"))
        made.append(digest.hexdigest())
    return made
