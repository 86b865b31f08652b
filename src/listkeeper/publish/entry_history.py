"""The history of an entry: as plain data, as PROV-O, and as a page shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import DCT, FOAF, PROV, RDFS, XSD
from listkeeper.publish.change_reports.machine import change_record
from listkeeper.publish.feeds.announcing import in_words
from listkeeper.publish.page_words import date_in_words
from listkeeper.publish.rdf import turtle
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listkeeper.changes.history import Event
    from listkeeper.graph import Term, Triple
    from listkeeper.uris import Minter

DATE_TIME: Final = URINode(XSD + "dateTime")
ONLY_FORM: Final = "Only the form of the file changed"


@dataclass(frozen=True, kw_only=True, slots=True)
class EventView:
    """One event as a page shows it."""

    date: str
    author: str
    subject: str
    release: str
    """The first release that has it; empty where none has yet."""
    words: tuple[str, ...]
    commit: str


def event_words(event: Event) -> tuple[str, ...]:
    """Say what an event did, a sentence for each change."""
    moved = (f"Moved from {visible(event.moved_from)}",) if event.moved_from else ()
    return (*moved, *map(in_words, event.changes)) or (ONLY_FORM,)


def event_view(event: Event) -> EventView:
    """Show one event."""
    return EventView(
        date=date_in_words(f"{event.commit.authored:%Y-%m-%d}"),
        author=visible(event.commit.author),
        subject=visible(event.commit.subject),
        release=event.release,
        words=event_words(event),
        commit=event.commit.id[:10],
    )


def event_record(event: Event) -> dict[str, Any]:
    """Tell one event in plain data."""
    return {
        "commit": event.commit.id,
        "author": event.commit.author,
        "date": event.commit.authored.isoformat(),
        "subject": event.commit.subject,
        "release": event.release or None,
        "path": event.path,
        "movedFrom": event.moved_from or None,
        "changes": [change_record(change) for change in event.changes],
    }


def history_json(uri: str, events: Sequence[Event]) -> bytes:
    """Write the history of an entry as JSON, the latest first."""
    told = [{**event_record(event), "words": event_words(event)} for event in events]
    record = {"uri": uri, "events": told}
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def history_prov(uri: str, place: str, events: Sequence[Event], minter: Minter) -> bytes:
    """Write the history of an entry as PROV-O (https://www.w3.org/TR/prov-o/), in Turtle.

    Each commit is an activity that made a version of the entry; people are named, without address.

    Args:
        uri: the entry's URI.
        place: URL of the document: versions, activities and people are parts of it.
        events: the latest first.
        minter: makes the prefixes.
    """
    people = list(dict.fromkeys(event.commit.author for event in events))
    triples: list[Triple] = []
    for number, event in enumerate(events):
        person = URINode(f"{place}#person-{people.index(event.commit.author) + 1}")
        before = events[number + 1].commit.id if number + 1 < len(events) else ""
        triples += _prov(URINode(uri), place, event, person, before)
    for number, name in enumerate(people):
        person = URINode(f"{place}#person-{number + 1}")
        triples.append((person, RDF_TYPE, URINode(PROV + "Person")))
        triples.append((person, URINode(FOAF + "name"), Literal(visible(name))))
    return turtle(triples, minter, "en")


def _prov(
    thing: URINode, place: str, event: Event, person: URINode, before: str
) -> Iterator[Triple]:
    version = URINode(f"{place}#version-{event.commit.id[:12]}")
    edit = URINode(f"{place}#edit-{event.commit.id[:12]}")
    moment = Literal(f"{event.commit.authored:%Y-%m-%dT%H:%M:%SZ}", datatype=DATE_TIME)
    facts: list[tuple[URINode, str, Term]] = [
        (version, PROV + "specializationOf", thing),
        (version, PROV + "wasGeneratedBy", edit),
        (version, PROV + "generatedAtTime", moment),
        (edit, PROV + "endedAtTime", moment),
        (edit, PROV + "wasAssociatedWith", person),
        (edit, RDFS + "label", Literal(visible(event.commit.subject))),
        *((edit, RDFS + "comment", Literal(words)) for words in event_words(event)),
    ]
    if before:
        earlier = URINode(f"{place}#version-{before[:12]}")
        facts.append((version, PROV + "wasRevisionOf", earlier))
    if event.release:
        facts.append((version, DCT + "isPartOf", _release(place, thing, event)))
    yield version, RDF_TYPE, URINode(PROV + "Entity")
    yield edit, RDF_TYPE, URINode(PROV + "Activity")
    for subject, name, term in facts:
        yield subject, URINode(name), term


def _release(place: str, thing: URINode, event: Event) -> URINode:
    """Give the release's own URL, below the base that both the thing and the document have."""
    base = thing.value.partition("/id/")[0]
    return URINode(f"{base if place.startswith(base) else place}/release/{event.release}/")
