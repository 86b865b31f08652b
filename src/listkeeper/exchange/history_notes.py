"""Reading the history notes of the Local Government Association's lists: names and versions.

The notes are prose typed by many hands over ten years. Sentences that tell of a change of name
are read; one that cannot be read is given back as it stands, so that somebody can look. Nothing
else of the prose is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class NameChange:
    """One change of name; a part that the note does not tell is empty."""

    old: str
    new: str
    version: str
    """Version in which the new name took the old one's place."""


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that another one replaced."""

    name: str
    replaced_in: str
    """Version in which it was replaced; empty where the notes do not tell."""


@dataclass(frozen=True, slots=True)
class NameHistory:
    """What history notes tell of the names of an entry."""

    changes: tuple[NameChange, ...] = ()
    unread: tuple[str, ...] = ()
    """Sentences that speak of a change of name and could not be read."""


_START: Final = re.compile(
    r"(?<!['\"@\w])(?<!changed )(?<!SSL )(?=named? (?:chang|used|updat|and scope)|name/scope"
    r"|changed (?:\w+ )?name\b|change of name\b|and to ')",
    re.IGNORECASE,
)
"""Where a sentence about a name begins; never inside a quoted name."""

_VERSION: Final = r" ?\bin (?:ver\w* )?(?P<version>\d{1,3}\.{1,2}\d{1,3}(?:\.\d{1,3})?)"
"""Where such a sentence ends: "version" is misspelt in several ways, a dot doubled once."""

_NAME: Final = r".{1,300}?"
_ALSO: Final = r"(?: ?and scope notes?(?: \w+)? ?)?"
"""What else changed, told between the name and the version."""

_SUBJECT: Final = r"(?:named? (?:chang\w*|used)|changed? (?:\w+ )?name) "

_FROM_TO: Final = re.compile(
    rf"{_SUBJECT}from ?(?:version )?['\"] ?(?P<old>{_NAME}) ?['\"] ?to ?['\"] ?"
    rf"(?P<new>{_NAME}) ?['\"]?{_ALSO}{_VERSION}",
    re.IGNORECASE,
)
_TO: Final = re.compile(
    rf"(?:{_SUBJECT}(?:back )?(?:too?|in)|and to) ?['\"@] ?'?(?P<new>{_NAME}) ?['\"]?"
    rf"{_ALSO}(?:{_VERSION}|['\"]\.?$)",
    re.IGNORECASE,
)
_TO_BARE: Final = re.compile(
    rf"{_SUBJECT}to (?P<new>{_NAME})['\"]?{_ALSO}{_VERSION}", re.IGNORECASE
)
_UNNAMED: Final = re.compile(rf"[^'\"@]{{0,300}}?{_VERSION}", re.IGNORECASE)

_SEVERAL_NAMES: Final = re.compile(r"' .*\s'|\bin ver\w* \d")
"""What a name cannot hold: it would be two names, or a name and a sentence."""

_NEXT_SENTENCE: Final = re.compile(r" ?\bterm$", re.IGNORECASE)
"""The first word of the sentence after this one: "Term name changed"."""


def folded(name: str) -> str:
    """Fold a name for comparing: letter case and spaces tell no names apart.

    >>> folded("Dog  waste Bins ") == folded("Dog waste bins")
    True
    """
    return " ".join(name.split()).casefold()


def read_history(notes: str, label: str = "") -> NameHistory:
    """Read the changes of name in the order they are told.

    Args:
        notes: the history notes of one entry.
        label: its label today, by which a name without quotes is known.

    >>> read_history("Added in version 3.05. Name changed to 'Parking permits' in version 4.00.")
    NameHistory(changes=(NameChange(old='', new='Parking permits', version='4.00'),), unread=())
    """
    changes: list[NameChange] = []
    unread: list[str] = []
    for sentence in _START.split(" ".join(notes.split()))[1:]:
        change = _read(sentence, label)
        if change is None:
            unread.append(_NEXT_SENTENCE.sub("", sentence.strip()))
        else:
            changes.append(change)
    return NameHistory(tuple(changes), tuple(unread))


def _read(sentence: str, label: str) -> NameChange | None:
    """Read one sentence by the first form that fits it."""
    for form in (_FROM_TO, _TO):
        found = form.match(sentence)
        if found:
            return _named(found.groupdict(""))
    bare = _TO_BARE.match(sentence)
    if bare and folded(bare["new"]) == folded(label):
        return _named(bare.groupdict(""))
    unnamed = _UNNAMED.match(sentence)
    return NameChange("", "", _tidy_version(unnamed["version"])) if unnamed else None


def _named(parts: dict[str, str]) -> NameChange | None:
    old, new = parts.get("old", ""), parts["new"]
    if _SEVERAL_NAMES.search(old) or _SEVERAL_NAMES.search(new):
        return None
    return NameChange(old, new, _tidy_version(parts["version"]))


def _tidy_version(version: str) -> str:
    """Write a version with single dots.

    >>> _tidy_version("4..00")
    '4.00'
    """
    return version.replace("..", ".")


@dataclass(slots=True)
class _Telling:
    """The names as the sentences tell them, one after the other."""

    name: str = ""
    """The name that holds after the last sentence; empty where unknown."""
    unnamed: str = ""
    """Version of a change of that name into one that is not named."""
    told_whole: bool = False
    """Whether the name was told together with the one it replaced."""
    former: dict[str, FormerName] = field(default_factory=dict)

    def tell(self, change: NameChange) -> None:
        if not change.new:
            self.unnamed = self.unnamed or change.version
            return
        if folded(change.old) != folded(self.name) or not change.old:
            self.replace(self.name, self.unnamed or ("" if change.old else change.version))
        self.replace(change.old, change.version)
        self.name, self.unnamed, self.told_whole = change.new, "", bool(change.old)

    def replace(self, name: str, version: str) -> None:
        if name:
            self.former.pop(folded(name), None)
            self.former[folded(name)] = FormerName(name, version)


def former_names(history: NameHistory, label: str) -> tuple[FormerName, ...]:
    """Work out which names an entry had before, in order; the label itself is none of them.

    The last name told counts where its beginning is told whole ("from A to B") and the label is
    another by now; told by half ("to B") it may as well be a slip: see :func:`unexplained_name`.

    >>> told = read_history(
    ...     "Name changed from 'A' to 'B' in version 3.00. Name changed to 'C' in version 4.00."
    ... )
    >>> [(former.name, former.replaced_in) for former in former_names(told, "C")]
    [('A', '3.00'), ('B', '4.00')]
    """
    telling = _told(history)
    if telling.unnamed or telling.told_whole:
        telling.replace(telling.name, telling.unnamed)
    return tuple(name for key, name in telling.former.items() if key != folded(label))


def unexplained_name(history: NameHistory, label: str) -> str:
    """Give the last name told where it is not the label and no later change explains that.

    Such a name may be a slip of the note's writer or a change that nobody noted.

    >>> unexplained_name(read_history("Name changed to 'Civic meetins' in version 4.00."),
    ...                  "Civic meetings")
    'Civic meetins'
    """
    telling = _told(history)
    explained = telling.unnamed or folded(telling.name) == folded(label)
    return "" if explained else telling.name


def _told(history: NameHistory) -> _Telling:
    telling = _Telling()
    for change in history.changes:
        telling.tell(change)
    return telling
