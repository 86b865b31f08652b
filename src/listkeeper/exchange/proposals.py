"""What a filled form asks for, drafted as the edits that a maintainer would make.

Whoever filled it in is a stranger: what the form names is looked up among the lists, and what it
says becomes texts of bounded length or is refused in one line (:mod:`~.issue_forms`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from listkeeper.editing.creating import NewEntry, create
from listkeeper.editing.defining import define
from listkeeper.editing.kinds import link_kind, link_kinds, starts_in
from listkeeper.editing.naming import rename
from listkeeper.editing.numbers import list_of, next_number
from listkeeper.editing.pointers import Links
from listkeeper.editing.retiring import retire
from listkeeper.errors import UsageError
from listkeeper.model import PROPOSED
from listkeeper.search.filters import scheme_of
from listkeeper.search.lookup import Lookup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from listkeeper.editing.draft import Draft, Edit
    from listkeeper.editing.kinds import LinkKind
    from listkeeper.exchange.issue_forms import Filled
    from listkeeper.model import Concept, ConceptScheme

    GivenOut = Callable[[str], Iterable[str]]
    """Gives every code of a list that was ever given out, by the list's name."""

ROLE: Final = "Proposer"
"""Author of a definition that came in a form."""

MOST_LINES: Final = 30
"""Names, links and replacements that one form may bring."""

SUBJECT: Final = 72
"""Characters of the first line of a commit."""

DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
INDENT: Final = "    "
"""Before each line that comes from the form: no line of it can pass for one of Git's."""

ACTIVE: Final = (("@", "(at)"), ("://", ": //"), ("#", "no. "), ("GH-", "GH "))
"""What a forge obeys in a commit's message (mentions, `closes #12`), and what stands for it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A change that a form asks for, ready to become a branch with one commit."""

    name: str
    """What it is about, as a branch may be called: ``service-200001``."""
    edit: Edit
    message: str
    """The commit's message: what is done, and the reason as the form gives it."""


def propose(draft: Draft, filled: Filled, given_out: GivenOut, issue: int = 0) -> Proposal:
    """Draft what a filled form asks for.

    Args:
        draft: the lists; nothing is drafted in it yet.
        filled: the form.
        given_out: tells codes that may not be given out again.
        issue: number of the issue at the forge; 0 where there is none.

    Raises:
        UsageError: when the form names what there is not, or asks for nothing that can be done.
    """
    name = EDITS[filled.form.kind](draft, filled, given_out)
    edit = draft.edit()
    if not edit.contents:
        raise UsageError("the form asks for nothing that is not so already")
    return Proposal(name=name, edit=edit, message=_message(edit, filled, issue))


def branch_name(address: str) -> str:
    """Write the address of an entry as a part of a branch's name.

    >>> branch_name("service/200001")
    'service-200001'
    """
    return re.sub(r"[^A-Za-z0-9-]", "-", address)


def _message(edit: Edit, filled: Filled, issue: int) -> str:
    first = edit.told[0].partition(" in vocabularies/")[0]
    subject = first if len(first) <= SUBJECT else f"{first[: SUBJECT - 1]}…"
    reason = "\n".join(f"{INDENT}{line}".rstrip() for line in filled["reason"].split("\n"))
    more = f"\n\nIssue: {issue}" if issue else ""
    return _harmless(f"Propose: {subject}\n\nReason given:\n\n{reason}") + f"{more}\n"


def _harmless(message: str) -> str:
    for active, plain in ACTIVE:
        message = message.replace(active, plain)
    return message


def _new(draft: Draft, filled: Filled, given_out: GivenOut) -> str:
    scheme = scheme_of(draft.edition.vocabulary, filled["list"])
    home = list_of(draft, scheme)
    notation = next_number(draft, scheme, given_out(home.name))
    entry = NewEntry(
        scheme=scheme,
        notation=notation,
        label=filled["name"],
        definition=filled["definition"],
        alt_labels=_lines(filled, "others"),
        links=(*_parent(draft, filled, home), *_links(draft, filled, home)),
        status=PROPOSED,
        author_role=ROLE,
    )
    create(draft, entry)
    return branch_name(f"{home.segment}/{notation}")


def _change(draft: Draft, filled: Filled, given_out: GivenOut) -> str:
    del given_out
    concept = _entry(draft, filled["entry"])
    if not (filled["name"] or filled["definition"]):
        raise UsageError("the form gives neither a new name nor a new definition")
    if filled["name"]:
        rename(draft, concept, filled["name"])
    if filled["definition"]:
        define(draft, concept, filled["definition"], ROLE)
    return f"change-{branch_name(concept.address)}"


def _retire(draft: Draft, filled: Filled, given_out: GivenOut) -> str:
    del given_out
    concept = _entry(draft, filled["entry"])
    replacements = [_entry(draft, code) for code in _lines(filled, "replaced_by")]
    day = _day(filled["end_date"])
    reason = " ".join(filled["reason"].split())
    links = Links.MOVE if len(replacements) == 1 else Links.DROP
    retire(draft, concept, reason=reason, end_date=day, replaced_by=replacements, links=links)
    return f"retire-{branch_name(concept.address)}"


def _question(draft: Draft, filled: Filled, given_out: GivenOut) -> str:
    del draft, filled, given_out
    raise UsageError("a question asks for no change; answer it where it was asked")


EDITS: Final[Mapping[str, Callable[[Draft, Filled, GivenOut], str]]] = {
    "new": _new,
    "change": _change,
    "retire": _retire,
    "question": _question,
}
"""Kind of a form to what drafts it and names what it is about."""


def _lines(filled: Filled, name: str) -> tuple[str, ...]:
    lines = filled.lines(name)
    if len(lines) > MOST_LINES:
        raise UsageError(f"{name}: gives {len(lines)} lines; {MOST_LINES} are taken at most")
    return lines


def _entry(draft: Draft, words: str, list_name: str = "") -> Concept:
    return Lookup(draft.edition).one(words, list_name)


def _parent(
    draft: Draft, filled: Filled, home: ConceptScheme
) -> tuple[tuple[LinkKind, Concept], ...]:
    if not filled["parent"]:
        return ()
    parent = _entry(draft, filled["parent"], home.name)
    return ((link_kind(draft.edition, "broader"), parent),)


def _links(
    draft: Draft, filled: Filled, home: ConceptScheme
) -> tuple[tuple[LinkKind, Concept], ...]:
    return tuple(_link(draft, line, home) for line in _lines(filled, "links"))


def _link(draft: Draft, line: str, home: ConceptScheme) -> tuple[LinkKind, Concept]:
    """Read a line such as ``need/69``, or ``aimed at circumstance/10001``."""
    words, _, code = line.rpartition(" ")
    target = _entry(draft, code)
    if words:
        return link_kind(draft.edition, words.rstrip(": "), home.name), target
    schemes = draft.edition.vocabulary.schemes
    found = [
        kind
        for kind in link_kinds(draft.edition)
        if kind.other_list in schemes
        and not kind.is_inverse
        and schemes[kind.other_list].uri in target.in_schemes
        and starts_in(draft.edition, kind, home.name)
    ]
    if len(found) == 1:
        return found[0], target
    names = " or ".join(f"`{kind.name} {code}`" for kind in found)
    told = f"write {names}" if found else f"no link leads there from {home.name}"
    raise UsageError(f"{code}: {told}")


def _day(words: str) -> str:
    """Read a day as ISO 8601 writes it."""
    try:
        if DAY.fullmatch(words):
            return date.fromisoformat(words).isoformat()
    except ValueError:
        pass
    raise UsageError(f"{words!r} is no day; write it as 2026-11-30")
