"""Reading a feed of services, one service at a time, however long the feed is.

A feed is what an Open Referral API answers: pages with ``contents`` (UK 3.0) or ``content``
(earlier), a list of services, or one service after the other on lines.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, Final, TypeAlias

import ijson  # type: ignore[import-untyped]  # it ships no types
from ijson.common import JSONError, ObjectBuilder  # type: ignore[import-untyped]  # see above

from listkeeper.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Service: TypeAlias = dict[str, Any]
"""A service as JSON says it."""

Event: TypeAlias = tuple[str, str, Any]
"""Place, kind and value, as :func:`ijson.parse` gives them."""

HOLDERS: Final = frozenset({"contents", "content", "services"})
"""Keys of a page under which the list of services is."""

LARGEST: Final = 200_000
"""Values and brackets of one service: more is no service."""

TERM_KEYS: Final = frozenset({"taxonomy_term", "taxonomy"})
"""Keys under which a term is, where an object is."""

CODE_KEYS: Final = ("term_uri", "uri", "code", "id", "identifier")
"""Keys that may tell which term it is, the surest first."""

VOCABULARY_KEYS: Final = ("vocabulary", "taxonomy")


def read_services(stream: IO[bytes], path: str) -> Iterator[Service]:
    """Give the services of a feed in their order, each forgotten before the next is read.

    Args:
        stream: the feed.
        path: its name, for errors.

    Raises:
        ContentError: when it is not JSON, or holds something too large to be a service.
    """
    try:
        yield from _services(ijson.parse(stream, multiple_values=True, use_float=True), path)
    except (JSONError, UnicodeDecodeError) as error:
        raise ContentError(f"no JSON: {_reason(error)}", path=path) from error


def _services(events: Iterable[Event], path: str) -> Iterator[Service]:
    """Build the objects that are items of a feed's list, or stand alone.

    What begins as an object may be a page or a service: it is a page from its list on.
    """
    builder: ObjectBuilder | None = None
    start, size = "", 0
    for place, kind, value in events:
        if builder is None and kind == "start_map" and (not place or _is_item(place)):
            builder, start, size = ObjectBuilder(), place, 0
        elif builder and not start and kind == "start_array" and place in HOLDERS:
            builder = None
        if builder is None:
            continue
        builder.event(kind, value)
        size += 1
        if size > LARGEST:
            raise ContentError(f"what has more than {LARGEST:,} values is no service", path=path)
        if kind == "end_map" and place == start:
            yield builder.value
            builder = None


def _is_item(place: str) -> bool:
    holder, _, last = place.rpartition(".")
    return last == "item" and (not holder or holder in HOLDERS)


def terms_of(service: Service) -> Iterator[dict[str, Any]]:
    """Give the taxonomy terms that a service is tagged with, at any depth."""
    waiting: list[tuple[str, Any]] = [("", service)]
    while waiting:
        key, value = waiting.pop(0)
        if isinstance(value, list):
            waiting += [(key, item) for item in value]
        elif isinstance(value, dict):
            if _is_term(key, value):
                yield value
            else:
                waiting += list(value.items())


def _is_term(key: str, value: dict[str, Any]) -> bool:
    if key in TERM_KEYS and any(isinstance(value.get(k), str) for k in CODE_KEYS):
        return True
    return "term_uri" in value or ("vocabulary" in value and "id" in value)


def codes_of(term: dict[str, Any]) -> Iterator[str]:
    """Give what may say which term it is, the surest first.

    A code is given after the name of its vocabulary where the term tells one.
    """
    names = [term[key] for key in VOCABULARY_KEYS if isinstance(term.get(key), str)]
    for key in CODE_KEYS:
        code = term.get(key)
        if isinstance(code, str) and code.strip():
            yield code.strip()
            if ":" not in code:
                yield from (f"{name}:{code.strip()}" for name in names)


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or "it ends too early"
