"""TimeMaps: every release that has something, with its date (RFC 7089).

https://www.rfc-editor.org/rfc/rfc7089. The original is the identifier, ``/id/service/559``; a
memento is the page at ``/release/2026.11/service/559``, or the same in another format.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LINK_FORMAT: Final = "application/link-format"


@dataclass(frozen=True, kw_only=True, slots=True)
class Memento:
    """What something was in one release."""

    release: str
    moment: datetime
    """When it was released."""
    uri: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeMap:
    """What there is of one thing in time."""

    original: str
    timegate: str
    uri: str
    """Where the TimeMap itself is."""
    mementos: tuple[Memento, ...]
    """The oldest first."""


def time_map(
    base: str, address: str, releases: Sequence[tuple[str, datetime]], *, identified: bool = True
) -> TimeMap:
    """Make the TimeMap of an address.

    Args:
        base: the base URI.
        address: such as ``service/559``; empty for the home page.
        releases: name and date of each release that has it.
        identified: whether it has an identifier below ``/id/``; else its page is the original.
    """
    found = [
        Memento(release=name, moment=moment, uri=f"{base}release/{name}/{address}")
        for name, moment in releases
    ]
    return TimeMap(
        original=f"{base}{'id/' if identified else ''}{address}",
        timegate=f"{base}timegate/{address}",
        uri=f"{base}timemap/{address}",
        mementos=tuple(sorted(found, key=lambda memento: memento.moment)),
    )


def at(mementos: Sequence[Memento], moment: datetime) -> Memento:
    """Give what was current at a moment; before the first that is the first.

    Args:
        mementos: the oldest first; at least one.
        moment: with its time zone.
    """
    earlier = [memento for memento in mementos if memento.moment <= moment]
    return earlier[-1] if earlier else mementos[0]


def link_format(found: TimeMap) -> bytes:
    """Write a TimeMap in link format (RFC 7089 section 5, RFC 6690)."""
    span = ""
    if found.mementos:
        first, last = (_date(found.mementos[place].moment) for place in (0, -1))
        span = f'; from="{first}"; until="{last}"'
    lines = [
        f'<{found.original}>; rel="original"',
        f'<{found.timegate}>; rel="timegate"',
        f'<{found.uri}>; rel="self"; type="{LINK_FORMAT}"{span}',
        *(_link(memento, relation) for memento, relation in _related(found.mementos)),
    ]
    return (",\n".join(lines) + "\n").encode()


def json_map(found: TimeMap) -> bytes:
    """Write a TimeMap as JSON, with the names that public archives use."""
    record = {
        "original_uri": found.original,
        "timegate_uri": found.timegate,
        "timemap_uri": {"link_format": found.uri, "json_format": f"{found.uri}.json"},
        "mementos": {
            "list": [
                {"datetime": _stamp(m.moment), "uri": m.uri, "release": m.release}
                for m in found.mementos
            ],
            **(
                {
                    name: {"datetime": _stamp(m.moment), "uri": m.uri}
                    for name, m in (("first", found.mementos[0]), ("last", found.mementos[-1]))
                }
                if found.mementos
                else {}
            ),
        },
    }
    return (json.dumps(record, indent=1) + "\n").encode()


def links_around(found: TimeMap, chosen: Memento | None = None) -> list[str]:
    """Write the ``Link`` header of a memento, or of a TimeGate's answer.

    Args:
        found: what there is.
        chosen: the memento that is answered, or led to.

    Returns:
        one link each; first, last, the one before and the one after, no memento twice.
    """
    links = [
        f'<{found.original}>; rel="original"',
        f'<{found.timegate}>; rel="timegate"',
        f'<{found.uri}>; rel="timemap"; type="{LINK_FORMAT}"',
    ]
    if not found.mementos:
        return links
    place = found.mementos.index(chosen) if chosen in found.mementos else -1
    roles: dict[int, list[str]] = {0: ["first"]}
    roles.setdefault(len(found.mementos) - 1, []).append("last")
    if chosen is not None and place >= 0:
        roles.setdefault(place, [])
        if place > 0:
            roles.setdefault(place - 1, []).append("prev")
        if place + 1 < len(found.mementos):
            roles.setdefault(place + 1, []).append("next")
    for at_, names in sorted(roles.items()):
        links.append(_link(found.mementos[at_], " ".join((*names, "memento"))))
    return links


def _related(mementos: Sequence[Memento]) -> Iterator[tuple[Memento, str]]:
    for place, memento in enumerate(mementos):
        names = [
            *(["first"] if place == 0 else []),
            *(["last"] if place == len(mementos) - 1 else []),
        ]
        yield memento, " ".join((*names, "memento"))


def _link(memento: Memento, relation: str) -> str:
    return f'<{memento.uri}>; rel="{relation}"; datetime="{_date(memento.moment)}"'


def _date(moment: datetime) -> str:
    """Write a moment as HTTP does.

    >>> _date(datetime(2026, 11, 22, 2, 19, 6, tzinfo=UTC))
    'Sun, 22 Nov 2026 02:19:06 GMT'
    """
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
