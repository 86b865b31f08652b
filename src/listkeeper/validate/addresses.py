"""Rules of web addresses: they name their site openly, and keep to the form of addresses."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from listkeeper.characters import FORBIDDEN, UNUSUAL_SPACE
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

FINE: Final = re.compile(r"https?://[A-Za-z0-9.-]+/[A-Za-z0-9/#?=&;:._~-]*\Z")
"""What nearly every address looks like; the others are looked at more closely."""

SITE: Final = r"(?i)^https?://[^/?#]*"
FLAWS: Final = (
    (re.compile(r"(?i)^https?:(?:\Z|//(?:[/?#]|\Z))"), "names no site"),
    (re.compile(f"{SITE}@"), "names a user before its site"),
    (re.compile(rf"{SITE}:(?!\d{{0,5}}(?:[/?#]|\Z))(?![\da-f:.]*\])"), "has no such port"),
    (re.compile(rf"{SITE}\.\."), "has two full stops in its site"),
    (re.compile(r"%(?![0-9A-Fa-f]{2})"), "has a % that two hexadecimal digits do not follow"),
    (FORBIDDEN, "has a character that can not be seen, or turns the text around it"),
    (UNUSUAL_SPACE, "has a space in it"),
    (re.compile("[\ue000-\uf8ff]"), "has a character that Unicode leaves without a meaning"),
)
"""What RFC 3986, RFC 3987 or plain caution rule out, and what is said of it."""


def malformed(scope: Scope) -> Breaches:
    """Tell web addresses that lead nowhere, or hide where they lead."""
    ours = scope.minter.identifiers
    for node, uses in scope.pointers.items():
        address = node.value
        if address.startswith(ours) or (FINE.match(address) and ".." not in address):
            continue  # what identifiers of ours point to is looked up
        flaw = _flaw(address)
        for subject, predicate in uses if flaw else ():
            message = f"{scope.named(subject)}: the address {visible(address)} {flaw}"
            yield Breach(message=message, subject=subject, predicate=predicate, object=node)


def _flaw(address: str) -> str:
    """Say what is wrong with an address; empty where nothing is."""
    whole = unicodedata.is_normalized("NFC", address)
    otherwise = "" if whole else "has letters and their accents in pieces"
    return next((words for form, words in FLAWS if form.search(address)), otherwise)


RULES: Final = (
    Rule(
        "LK166",
        "malformed-address",
        Severity.ERROR,
        "A web address names its site openly, and is one by the rules of addresses.",
        "Copy the address again, from the page itself.",
        "https://www.rfc-editor.org/rfc/rfc3987#section-4.1",
        malformed,
    ),
)
