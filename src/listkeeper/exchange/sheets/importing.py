"""Bringing a sheet back: which list it is of, what it changes, and why it may not."""

from __future__ import annotations

import difflib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from listkeeper.editing.draft import Draft, Edit
from listkeeper.errors import ContentError, UsageError
from listkeeper.exchange.sheets.applying import Applying
from listkeeper.exchange.sheets.bases import Bases
from listkeeper.exchange.sheets.columns import CODE, STATE, columns_of
from listkeeper.exchange.sheets.exporting import content_hash
from listkeeper.exchange.sheets.intake import Comparison, Problem, RowEdit
from listkeeper.exchange.sheets.placing import placed_columns
from listkeeper.exchange.sheets.terms import Readings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from listkeeper.edition import Edition
    from listkeeper.exchange.sheets.columns import SheetColumn
    from listkeeper.exchange.sheets.reading import Incoming
    from listkeeper.model import ConceptScheme

TOLD: Final = 12
"""Codes of changed entries that a message names."""

ALIASES: Final = {
    **dict.fromkeys(("code", "id", "identifier", "notation"), CODE),
    **dict.fromkeys(("label", "name", "title", "preferred label"), "Label"),
    **dict.fromkeys(("definition", "description"), "Definition"),
}
"""Titles of plain tables, in lower case, to what the columns of a sheet are called."""


def _nothing(names: Iterable[str]) -> Mapping[str, bytes]:
    del names
    return {}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How a sheet is to be brought back."""

    list_name: str = ""
    """Empty where the sheet tells."""
    is_rebase: bool = False
    """Whether to merge it with what was changed since it was made."""
    today: str
    blobs: Callable[[Iterable[str]], Mapping[str, bytes]] = _nothing
    """Gives former contents of files by the names that Git gives them."""
    committed: Callable[[str], bytes | None] | None = None
    """Gives the content of a file in the last commit."""
    given_out: Callable[[str], Iterable[str]] = field(default=lambda _: ())
    """Gives the codes of a list that were ever used."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """What a sheet would change."""

    scheme: ConceptScheme
    edit: Edit
    rows: tuple[RowEdit, ...]
    """Rows that change something."""
    problems: tuple[Problem, ...]
    """Why nothing of it may be taken; empty where it may."""
    stale: tuple[str, ...]
    """Codes of entries that were changed since the sheet was made."""
    notes: tuple[str, ...]
    new: Mapping[str, str]
    """Place of each row with a new entry to its code."""


def is_plain_table(incoming: Incoming) -> bool:
    """Say whether a table has labels, and beside them codes or definitions alone."""
    names = {ALIASES.get(title.casefold()) for title in incoming.header}
    return "Label" in names and names <= {CODE, "Label", "Definition"} and len(names) > 1


def plan_sheet(edition: Edition, incoming: Incoming, asked: Asked) -> Planned:
    """Find out what a sheet changes; nothing is written.

    Raises:
        UsageError: when it is not known which list it is of, or there is no such list.
        ContentError: when it has unknown columns, or was made from an older state and is not to
            be merged.
    """
    scheme = _scheme(edition, incoming, asked.list_name)
    columns = columns_of(edition, scheme)
    places = placed_columns(incoming, columns, _aliases(incoming, columns))
    bases = Bases(
        edition=edition,
        segment=scheme.segment,
        columns=columns,
        incoming=incoming,
        blobs=asked.blobs,
    )
    intake = Comparison(edition, scheme, incoming, places, bases).run()
    if intake.stale and not asked.is_rebase:
        raise ContentError(_stale(incoming, intake.stale), path=incoming.path)
    draft = _draft(edition, asked)
    given_out = tuple(asked.given_out(scheme.name)) if _has_new(intake.rows) else ()
    applying = Applying(draft, scheme, Readings(edition), given_out)
    applying.apply(intake.rows)
    problems = (*intake.problems, *applying.problems)
    return Planned(
        scheme=scheme,
        edit=_draft(edition, asked).edit() if problems else draft.edit(),
        rows=tuple(intake.rows),
        problems=problems,
        stale=tuple(intake.stale),
        notes=(*incoming.notes, *_age(edition, scheme, incoming), *intake.notes),
        new=applying.new,
    )


def _has_new(rows: Iterable[RowEdit]) -> bool:
    return any(row.concept is None and not row.code for row in rows)


def _draft(edition: Edition, asked: Asked) -> Draft:
    if asked.committed is None:
        return Draft(edition, asked.today)
    return Draft(edition, asked.today, asked.committed)


def _scheme(edition: Edition, incoming: Incoming, name: str) -> ConceptScheme:
    """Find the list: as asked for, as the sheet says, or as its rows say."""
    lists = {s.name: s for s in edition.vocabulary.schemes.values() if not s.subset_of}
    told = incoming.about.get("List", "") or _list_of_rows(incoming)
    if name and told and name != told:
        raise UsageError(f"{incoming.path}: is a sheet of the list {told}, not of {name}")
    wanted = name or told
    if not wanted:
        raise UsageError(f"{incoming.path}: does not say which list it is of; add --list NAME")
    if wanted not in lists:
        near = difflib.get_close_matches(wanted, lists, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(lists) or 'none'}"
        raise UsageError(f"no list {wanted}; {hint}")
    return lists[wanted]


def _list_of_rows(incoming: Incoming) -> str:
    """Give the list that most rows say they are of."""
    if STATE not in incoming.header:
        return ""
    place = incoming.header.index(STATE)
    states = (row.cell(place).text.strip() for row in incoming.rows)
    names = Counter(state.split(" ")[0] for state in states if state)
    return names.most_common(1)[0][0] if names else ""


def _aliases(incoming: Incoming, columns: Sequence[SheetColumn]) -> dict[str, str]:
    """Give the titles that a plain table may have; a sheet has its own alone."""
    if incoming.is_sheet:
        return {}
    titles = [column.title for column in columns]
    full = {CODE: CODE}
    for short in ("Label", "Definition"):
        full[short] = next(title for title in titles if title.startswith(f"{short} ("))
    return {alias: full[short] for alias, short in ALIASES.items()}


def _stale(incoming: Incoming, codes: Sequence[str]) -> str:
    made = incoming.about.get("Made from", "")
    since = f" ({made})" if made else ""
    more = f" and {len(codes) - TOLD} others" if len(codes) > TOLD else ""
    return (
        f"was exported from an older state{since}: {', '.join(codes[:TOLD])}{more} changed since; "
        "merge the two with --rebase"
    )


def _age(edition: Edition, scheme: ConceptScheme, incoming: Incoming) -> tuple[str, ...]:
    """Say that the list as a whole is not what the sheet was made from."""
    told = incoming.about.get("Content hash", "")
    if not told or told == content_hash(edition, scheme):
        return ()
    made = incoming.about.get("Made from", "another state")
    return (f"{incoming.path}: was exported from {made}; {scheme.name} has changed since",)
