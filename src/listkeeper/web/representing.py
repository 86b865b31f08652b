"""The forms that the past and changes are told in, and answers in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from listkeeper.publish.feeds import activity, atom, patch
from listkeeper.web.answers import answer
from listkeeper.web.headers import CACHING
from listkeeper.web.problems import ProblemError
from listkeeper.web.routes import unknown_parameters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listkeeper.web.answers import Answer
    from listkeeper.web.requests import Call

IMMUTABLE: Final = "public, max-age=31536000, immutable"
"""Caching of what never changes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A form in which something is told."""

    name: str
    content_type: str
    extension: str


HTML: Final = Form(name="html", content_type="text/html; charset=utf-8", extension="")
JSON: Final = Form(name="json", content_type="application/json", extension=".json")
CSV: Final = Form(name="csv", content_type="text/csv; charset=utf-8", extension=".csv")
TURTLE: Final = Form(name="turtle", content_type="text/turtle; charset=utf-8", extension=".ttl")
ATOM: Final = Form(name="atom", content_type=atom.CONTENT_TYPE, extension=".atom")
PATCH: Final = Form(name="rdf-patch", content_type=patch.CONTENT_TYPE, extension=".rdfp")
ACTIVITY: Final = Form(name="activity", content_type=activity.CONTENT_TYPE, extension=".json")


def made(
    body: bytes,
    form: Form,
    *,
    varied: bool = False,
    immutable: bool = False,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Make the answer of a body in a form.

    Args:
        body: what is told.
        form: what it is told in.
        varied: whether `Accept` chose the form.
        immutable: whether it never changes.
        headers: others of this answer.
    """
    own = {
        "Content-Type": form.content_type,
        "Cache-Control": IMMUTABLE if immutable else CACHING["page"],
        "Vary": "Accept" if varied else "",
        **(headers or {}),
    }
    return answer(body, own, validated=True)


def refuse_unknown(call: Call, known: Iterable[str] = ()) -> None:
    """Refuse parameters that choose nothing.

    Raises:
        ProblemError: 400 naming them.
    """
    names = tuple(known)
    if any(name not in names for name, _ in parse_qsl(call.query, keep_blank_values=True)):
        raise ProblemError(unknown_parameters(call.query, names))
