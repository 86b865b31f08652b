"""Negotiation in time (RFC 7089): what something was when it was last released before a date.

https://www.rfc-editor.org/rfc/rfc7089: identifiers and plain URLs are TimeGates of themselves where
a request says ``Accept-Datetime``; ``/timegate/…`` always is one.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from listkeeper.errors import UnreadableReleaseError
from listkeeper.publish.timemaps import at, links_around, time_map
from listkeeper.web.answers import answer
from listkeeper.web.headers import CACHING, NEGOTIATED, location
from listkeeper.web.negotiation import negotiate
from listkeeper.web.problems import Problem, ProblemError

if TYPE_CHECKING:
    from listkeeper.publish.timemaps import TimeMap
    from listkeeper.release.past import Past
    from listkeeper.web.answers import Answer
    from listkeeper.web.requests import Call

VARY: Final = NEGOTIATED
PAGES: Final = frozenset({"", "lists", "about"})
"""Addresses of pages that every release has, and no identifier."""

MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
HTTP_DATE: Final = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), "
    rf"(?P<day>[0-9]{{2}}) (?P<month>{'|'.join(MONTHS)}) (?P<year>[0-9]{{4}})"
    r" (?P<clock>[0-9]{2}:[0-9]{2}:[0-9]{2}) GMT"
)
"""The one form that RFC 7089 allows, that of RFC 1123."""


def read_moment(text: str) -> datetime:
    """Read ``Accept-Datetime``.

    Raises:
        ProblemError: 400 for anything but a date as HTTP writes them.

    >>> read_moment("Tue, 11 Sep 2001 20:35:00 GMT").isoformat()
    '2001-09-11T20:35:00+00:00'
    """
    found = HTTP_DATE.fullmatch(text.strip())
    month = MONTHS.index(found["month"]) + 1 if found else 0
    date = f"{found['year']}-{month:02}-{found['day']}T{found['clock']}" if found else ""
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        detail = (
            "Accept-Datetime is not a date as HTTP writes them, "
            "such as `Sun, 22 Nov 2026 02:19:06 GMT`."
        )
        raise ProblemError(Problem(status=400, detail=detail, headers={"Vary": VARY})) from None
    return moment.replace(tzinfo=UTC)


def read_day(text: str) -> datetime:
    """Read the day of the form in pages: its last second.

    Raises:
        ProblemError: 400 for what is no day.
    """
    try:
        day = datetime.strptime(text.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        detail = "The date is not a day written as 2026-11-22."
        raise ProblemError(Problem(status=400, detail=detail)) from None
    return datetime.combine(day, time.max, UTC)


def times_of(call: Call, past: Past, address: str) -> TimeMap | None:
    """Give what there is of an address in time; None where it was never released."""
    edition = call.publication.edition
    resource = call.publication.resources.get(address)
    concept = edition.vocabulary.concepts.get(resource.uri) if resource else None
    path = concept.path if concept else ""
    uri = resource.uri if resource else ""
    known = "/" in address or address in PAGES or resource is not None
    found = past.holding(address, path, uri) if known else ()
    if not found:
        return None
    dated = [(release.name, release.date) for release in found]
    shown = quote(address, safe="/:@!$&'()*+,;=-._~")
    return time_map(edition.minter.base, shown, dated, identified="/" in address)


def gate(call: Call, past: Past, address: str, moment: datetime | None) -> Answer | None:
    """Lead to what something was at a moment; None where it was never released.

    Args:
        call: the request; its ``Accept`` chooses the format.
        past: the releases.
        address: such as ``service/559``.
        moment: None is now.
    """
    found = times_of(call, past, address)
    if found is None:
        return None
    chosen = at(found.mementos, moment) if moment else found.mementos[-1]
    try:
        extension = _extension(call, past, chosen.release, address)
    except UnreadableReleaseError:
        if chosen.release not in past.known.problems:
            raise
        return gate(call, past, address, moment)  # it is known as broken now, so another is chosen
    links = links_around(found, chosen)
    headers = {
        "Location": location(call.root_path, f"release/{chosen.release}/{address}{extension}"),
        "Vary": VARY,
        "Cache-Control": CACHING["redirect"],
        "Link": ", ".join(links),
    }
    return answer(b"", headers, status=302)


def _extension(call: Call, past: Past, release: str, address: str) -> str:
    """Choose the format of a memento: nothing for the page.

    Raises:
        ProblemError: 406 when the request accepts none.
    """
    publication = past.publication(release)
    resource = publication.resources.get(address)
    if resource is None:
        return ""
    rows = [row for row in publication.offers(resource) if row.negotiable]
    chosen = negotiate(call.accept, rows)
    if chosen is None:
        types = ", ".join(dict.fromkeys(row.media_type for row in rows))
        detail = f"This can be had as {types}; the request accepts none of them."
        raise ProblemError(Problem(status=406, detail=detail, headers={"Vary": VARY}))
    return "" if chosen.extension == ".html" else chosen.extension


def address_of(call: Call, target: str) -> str:
    """Give the address that a path or a whole URI of ours names, without the ending of a format.

    Raises:
        ProblemError: 404 for a URI of another site.
    """
    base = call.publication.edition.minter.base
    text = unquote(target)
    if text.startswith(("http:", "https:")):
        whole = re.sub(r"^(https?:)/+", r"\1//", text)  # proxies join slashes
        if not whole.startswith(base):
            raise ProblemError(Problem(status=404, detail=f"Only URIs below {base} are kept here."))
        text = whole.removeprefix(base)
    return text.removeprefix("id/")


def gated(call: Call, past: Past | None, address: str) -> Answer | None:
    """Answer a request that negotiates in time; None for one that does not.

    Raises:
        ProblemError: 400 for a malformed date, 404 for what was never released.
    """
    if past is None or call.accept_datetime is None or not past.known.readable:
        return None
    moment = read_moment(call.accept_datetime)
    found = gate(call, past, address, moment)
    if found is None:
        detail = "This is in no release yet; ask without Accept-Datetime for what it is now."
        raise ProblemError(Problem(status=404, detail=detail, headers={"Vary": VARY}))
    return found
