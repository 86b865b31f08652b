"""Choosing a profile: ``Accept-Profile`` and ``?_profile=``.

https://www.w3.org/TR/dx-prof-conneg/, and where its text leaves a choice:

* What the query says goes before what the headers say.
* Of the profiles that are wanted the first that there is in an acceptable format is sent. By
  header, who gets none of them is sent what there is without it; by query, 406 says what there is.
* A profile may be named by its URI, with or without ``#`` or ``/`` at its end and with either
  scheme, or by its token.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from listkeeper.publish.profiles import Profiled, profile_document, profiled
from listkeeper.web.bodies import fields
from listkeeper.web.headers import location
from listkeeper.web.negotiation import negotiate
from listkeeper.web.problems import HTML, JSON, Problem, ProblemError, printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listkeeper.publish.profiles import Profile
    from listkeeper.publish.publication import Document, Publication
    from listkeeper.publish.resources import Resource
    from listkeeper.web.requests import Call

PROFILE: Final = "_profile"
MEDIA_TYPE: Final = "_mediatype"
EVERY: Final = "all"
"""Token that asks which profiles there are."""

QSA: Final = "<http://www.w3.org/ns/dx/conneg/profile/qsa>"
"""What a list of profiles conforms to."""

LONGEST_QUERY: Final = 2_000
"""Bytes of a query; one that names a profile and a format has a tenth of it."""

_MEMBER: Final = re.compile(
    r'\s*(?:<(?P<uri>[^<>]*)>|"(?P<quoted>[^"]*)"|(?P<token>[^\s,;<>"]+))\s*'
    r"(?:;\s*[qQ]=(?P<weight>0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?(?:,|\Z)"
)
MOST_MEMBERS: Final = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What a query says of profile and format."""

    profiles: tuple[str, ...] = ()
    """URIs or tokens, the first choice first; empty where it names none."""
    media_type: str = ""


def read_wanted(query: str) -> Wanted:
    """Read the parameters that choose a profile and a format; others are nobody's business.

    Raises:
        ProblemError: 400 for a query that is no text or has too many parameters.
    """
    if f"{PROFILE}=" not in query and f"{MEDIA_TYPE}=" not in query:
        return Wanted()
    if len(query) > LONGEST_QUERY:
        detail = f"The query is longer than {LONGEST_QUERY} bytes; ask for less."
        raise ProblemError(Problem(status=414, detail=detail))
    found = dict(fields(query))
    return Wanted(
        profiles=read_accept_profile(found.get(PROFILE, "")),
        media_type=found.get(MEDIA_TYPE, "").replace(" ", "+"),  # a plus that was not escaped
    )


def read_accept_profile(text: str) -> tuple[str, ...]:
    """Read what names profiles, the likest first; what is excluded or not of the grammar goes.

    >>> read_accept_profile("<urn:a>;q=0.5, <urn:b>, <urn:c>;q=0")
    ('urn:b', 'urn:a')
    >>> read_accept_profile("skos,dcat")
    ('skos', 'dcat')
    """
    rated: list[tuple[float, str]] = []
    place = 0
    while place < len(text) and len(rated) < MOST_MEMBERS:
        found = _MEMBER.match(text, place)
        if found is None or found.end() == place:
            break
        name = found["uri"] or found["quoted"] or found["token"] or ""
        rated.append((-float(found["weight"] or 1), name))
        place = found.end()
    ordered = sorted(rated, key=lambda pair: pair[0])
    return tuple(name for weight, name in ordered if weight < 0 and name)


def choose_profiled(
    offered: Sequence[Profiled], names: Sequence[str], accept: str | None
) -> Profiled | None:
    """Choose the first profile that there is, and its format that is liked best.

    Args:
        offered: what there is, in the server's order.
        names: URIs or tokens of the profiles that are wanted, the first choice first.
        accept: the ``Accept`` of the request.
    """
    for name in names:
        rows = [each for each in offered if _is_named(each.profile, name)]
        chosen = negotiate(accept, rows) if rows else None
        if chosen:
            return chosen
    return None


def find_document(publication: Publication, resource: Resource, wanted: Wanted) -> Document | None:
    """Find the document of exactly the profile and format that a query names; None for others."""
    for each in profiled(publication, resource):
        named = wanted.profiles == (each.profile.token,)
        if named and each.row.media_type == wanted.media_type and each.is_extra:
            return profile_document(publication, resource, each)
    return None


def no_such_profile(call: Call, resource: Resource, wanted: Wanted) -> Problem:
    """Tell which profiles and formats there are."""
    record = profiles_record(call, resource)
    names = ", ".join(profile["token"] for profile in record["profiles"]) or "none"
    asked = ", ".join((*wanted.profiles, wanted.media_type)).strip(", ")
    return Problem(
        status=406,
        detail=f"There is no {printable(asked)} of this; there are the profiles {names}.",
        members={"profiles": record["profiles"]},
    )


def profiles_record(call: Call, resource: Resource) -> Mapping[str, Any]:
    """List the profiles of a resource, with the formats of each and where they are."""
    found: dict[str, dict[str, Any]] = {}
    for each in profiled(call.publication, resource):
        entry = {"token": each.profile.token, "uri": each.profile.uri, "label": each.profile.label}
        known = found.setdefault(each.profile.token, {**entry, "media_types": [], "links": []})
        known["media_types"].append(each.row.media_type)
        known["links"].append(profile_location(call, each))
    return {"resource": resource.uri, "profiles": list(found.values())}


def profile_location(call: Call, wanted: Profiled) -> str:
    """Give the path and query of a resource in a profile."""
    path, question, query = wanted.address.partition("?")
    return location(call.root_path, path) + question + query


def profiles_body(call: Call, resource: Resource, media_type: str) -> tuple[bytes, str]:
    """Write the list of profiles as JSON or as a page.

    Returns:
        the bytes and their ``Content-Type``.
    """
    record = profiles_record(call, resource)
    if negotiate(media_type or call.accept, (JSON, HTML)) is HTML:
        title = f"Profiles of {resource.address}"
        body = call.publication.pages.filled("profiles.html", call.path, title, page=record)
        return body, HTML.content_type
    return json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n", JSON.content_type


def _is_named(profile: Profile, name: str) -> bool:
    return name == profile.token or _plain(name) == _plain(profile.uri)


def _plain(uri: str) -> str:
    return uri.partition("://")[2].rstrip("#/") or uri
