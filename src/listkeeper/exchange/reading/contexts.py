"""The contexts of JSON-LD: those within the document alone, and local copies of others.

Nothing is fetched. A document that names a context by its address is refused at the place where it
does, unless a copy of that context is at hand: then the copy takes the place of the address.
https://www.w3.org/TR/json-ld11/#the-context
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from listkeeper.errors import ContentError
from listkeeper.exchange.reading.words import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMED: Final = re.compile(r'"@context"\s*:\s*(?:\[\s*(?:\{[^{}]*\}\s*,\s*)*)?"((?:[^"\\]|\\.)*+)"')
"""A context given by its address, alone or first among the addresses of a list."""


def remote_context(text: str, path: str) -> ContentError:
    """Make the error for a document that asks for a context from elsewhere."""
    found = _NAMED.search(text)
    place = {"line": 0, "column": 0}
    name = "a context"
    if found is not None:
        start = found.start(1)
        place = {
            "line": text.count("\n", 0, start) + 1,
            "column": start - text.rfind("\n", 0, start),
        }
        name = f"the context <{shown(found[1])}>"
    message = (
        f"{name} lies elsewhere, and nothing is fetched: write it into the file, or give a copy"
    )
    return ContentError(f"{message} with --context ADDRESS=FILE", path=path, **place)


def with_contexts(data: bytes, contexts: Mapping[str, bytes], path: str) -> bytes:
    """Put copies in the place of the addresses of contexts.

    Args:
        data: a JSON-LD document.
        contexts: address to the document that holds the context.
        path: the document's name, for errors.

    Raises:
        ContentError: when either is not JSON.
    """
    document = _read(data, path)
    copies = {address: _context(_read(copy, address)) for address, copy in contexts.items()}
    waiting: list[Any] = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if "@context" in node:
                node["@context"] = _replaced(node["@context"], copies)
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return json.dumps(document, ensure_ascii=False).encode()


def _read(data: bytes, path: str) -> Any:  # noqa: ANN401 - any JSON will do
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise ContentError(f"is not JSON: {error.msg}", path=path, **place) from error
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise ContentError("is not JSON that can be read", path=path) from error


def _context(document: Any) -> Any:  # noqa: ANN401 - any JSON will do
    return document.get("@context", document) if isinstance(document, dict) else document


def _replaced(context: Any, copies: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON will do
    if isinstance(context, list):
        return [_replaced(each, copies) for each in context]
    return copies.get(context, context) if isinstance(context, str) else context
