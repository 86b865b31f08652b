"""JSON as text that people can read too: what ``json.dumps`` gives with an indent, in less time.

The standard library indents in Python, a generator for each level; a site has a hundred
thousand such documents. `tests/test_publish_json_text.py` holds that the bytes are the same.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_written: Final[Callable[[object], str]] = json.JSONEncoder(ensure_ascii=False).encode


def indented(value: Any, margin: str = "\n") -> str:  # noqa: ANN401 - whatever JSON there is
    """Write a value as ``json.dumps(value, ensure_ascii=False, indent=1)`` does.

    Args:
        value: of dictionaries with texts as keys, lists, texts, numbers, booleans and None.
        margin: what a line of it begins with, after the end of the one before.

    >>> print(indented({"a": [1, "b"], "c": {}}))
    {
     "a": [
      1,
      "b"
     ],
     "c": {}
    }
    """
    if isinstance(value, str):
        return encode_basestring(value)
    if not value or not isinstance(value, dict | list | tuple):
        return _written(value)
    inner = f"{margin} "
    if isinstance(value, dict):
        rows = [f"{encode_basestring(key)}: {indented(held, inner)}" for key, held in value.items()]
        return f"{{{inner}{f',{inner}'.join(rows)}{margin}}}"
    rows = [indented(held, inner) for held in value]
    return f"[{inner}{f',{inner}'.join(rows)}{margin}]"
