"""ActivityStreams as IIIF Change Discovery has it: a page of activities for each release.

https://iiif.io/api/discovery/1.0/: activities are in the order they happened, pages are walked from
the last to the first, and a page once written never changes but for its link to the next.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.publish.feeds.announcing import Announced, Issue

CONTENT_TYPE: Final = 'application/ld+json; profile="http://iiif.io/api/discovery/1/context.json"'
CONTEXT: Final = [
    "http://iiif.io/api/discovery/1/context.json",
    {
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    },
]


def feed_folder(base: str, name: str) -> str:
    """Give where the feeds of a list are; those of all lists with an empty name."""
    return f"{base}feeds/{f'{name}/' if name else ''}"


def collection(base: str, name: str, issues: Sequence[Issue]) -> bytes:
    """Write the collection: where its pages begin and end, and how many activities there are.

    Args:
        base: the base URI.
        name: the list or subset; empty for all.
        issues: the releases, the oldest first, with what is about the list alone.
    """
    folder = feed_folder(base, name)
    pages = [issue for issue in issues if issue.announced]
    record: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"{folder}activity.json",
        "type": "OrderedCollection",
        "totalItems": sum(len(issue.announced) for issue in pages),
    }
    if pages:
        record["first"] = _page(folder, pages[0])
        record["last"] = _page(folder, pages[-1])
    return _written(record)


def page(base: str, name: str, issues: Sequence[Issue], release: str) -> bytes | None:
    """Write the page of one release; None where it has nothing to tell.

    Args:
        base: the base URI.
        name: the list or subset; empty for all.
        issues: the releases, the oldest first, with what is about the list alone.
        release: the one whose page it is.
    """
    folder = feed_folder(base, name)
    pages = [issue for issue in issues if issue.announced]
    place = next((n for n, issue in enumerate(pages) if issue.name == release), None)
    if place is None:
        return None
    issue = pages[place]
    record: dict[str, Any] = {
        "@context": CONTEXT,
        **_page(folder, issue),
        "partOf": {"id": f"{folder}activity.json", "type": "OrderedCollection"},
        "startIndex": sum(len(earlier.announced) for earlier in pages[:place]),
    }
    if place:
        record["prev"] = _page(folder, pages[place - 1])
    if place + 1 < len(pages):
        record["next"] = _page(folder, pages[place + 1])
    record["orderedItems"] = [_activity(folder, issue, about) for about in issue.announced]
    return _written(record)


def _page(folder: str, issue: Issue) -> dict[str, str]:
    return {"id": f"{folder}activity/{issue.name}.json", "type": "OrderedCollectionPage"}


def _activity(folder: str, issue: Issue, about: Announced) -> dict[str, Any]:
    return {
        "id": f"{folder}activity/{issue.name}.json#{about.act.lower()}-{about.uri}",
        "type": about.act,
        "endTime": f"{issue.date:%Y-%m-%dT%H:%M:%SZ}",
        "summary": f"{about.label}. {'. '.join(about.words)}",
        "object": {
            "id": about.uri,
            "type": _kind(about.uri),
            "name": about.label,
        },
    }


def _kind(uri: str) -> str:
    if "/id/list/" in uri:
        return "skos:ConceptScheme"
    return "skos:Concept" if "/id/" in uri else "rdfs:Resource"


def _written(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
