"""The words of a file as an error may quote them: on one line, and harmless on a terminal."""

from __future__ import annotations


def shown(text: str) -> str:
    r"""Write line ends and all that can not be seen by their numbers.

    >>> print(shown("a\nb"))
    a\u000ab
    """
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
