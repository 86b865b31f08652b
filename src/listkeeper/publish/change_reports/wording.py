"""Changes in words: pieces of our own, and pieces that come from the lists, kept apart.

Each format shows the second kind so that it is nothing but text there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from listkeeper.changes.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from listkeeper.changes.model import Change, Changes, Effect, KnownUser, Reference, Value


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text from the lists."""

    text: str
    language: str = ""


Words: TypeAlias = "tuple[str | Quoted, ...]"

MOST_VALUES: Final = 6
"""Values of one change that are told; of the rest only the number."""

NOWHERE: Final = "the top"


def subject_words(change: Change) -> Words:
    """Say what a change is about, by code and label; of one renamed, by its code alone."""
    words = reference_words(change.subject)
    says_label = change.kind is Kind.RENAMED and len(words) > 1
    return words[:1] if says_label else words


def reference_words(reference: Reference) -> Words:
    """Say what is meant: code and label, else the URI."""
    if not (reference.code or reference.label):
        return (Quoted(reference.uri),)
    return tuple(Quoted(text) for text in (reference.code, reference.label) if text)


def detail_words(change: Change) -> Words:
    """Say what happened to it; nothing where the kind says it all."""
    return DETAILS.get(change.kind, _values)(change)


def effect_words(effect: Effect) -> Words:
    """Say how many entries of a list link to it."""
    entries = "entry" if effect.count == 1 else "entries"
    title, label = Quoted(effect.list_title), Quoted(effect.link_label)
    return (f"affects {effect.count:,} {entries} of ", title, " (link: ", label, ")")


def user_words(user: KnownUser) -> Words:
    """Say who uses how many of the codes that changed, and which."""
    count = len(user.concepts)
    codes = f"{count:,} of these codes" if count > 1 else "1 of these codes"
    shown = [(Quoted(concept.code),) for concept in user.concepts]
    return (Quoted(user.user), f" uses {codes}: ", *_joined(shown, 2 * MOST_VALUES))


def summary(changes: Changes) -> str:
    """Count the changes and their impacts.

    >>> from listkeeper.changes.model import Changes
    >>> summary(Changes())
    'no changes'
    """
    total = len(changes.changes)
    if not total:
        return "no changes"
    told = ", ".join(f"{n:,} {impact.value}" for impact, n in changes.impacts.items() if n)
    return f"{total:,} change{'s' * (total > 1)}: {told}"


def _nothing(_: Change) -> Words:
    return ()


def _renamed(change: Change) -> Words:
    tongue = f" ({change.language})" if change.language else ""
    return (*_list(change.before), " → ", *_list(change.after), tongue)


def _label(change: Change) -> Words:
    tongue = f" ({change.language})" if change.language else ""
    return (*_list(change.after or change.before), tongue)


def _retired(change: Change) -> Words:
    _, *standing = change.after
    words: Words = tuple(word for value in standing for word in (Quoted(value.text), "; "))
    if not change.replaced_by:
        return (*words, "no replacement")
    shown = [_spaced(reference_words(found)) for found in change.replaced_by]
    lead = "use " if len(shown) == 1 else "use one of "
    return (*words, lead, *_joined(shown))


def _moved(change: Change) -> Words:
    old, new = _list(change.before) or (NOWHERE,), _list(change.after) or (NOWHERE,)
    return ("from ", *old, " to ", *new)


def _links(change: Change) -> Words:
    label = Quoted(change.property_label)
    return (label, ": ", *_list(change.after or change.before))


def _values(change: Change) -> Words:
    """Say which values took the place of which."""
    tongue = f" ({change.language})" if change.language else ""
    label = (Quoted(change.property_label), tongue, ": ") if change.property_label else ()
    old, new = _list(change.before), _list(change.after)
    if old and new:
        return (*label, *old, " → ", *new)
    return (*label, "added " if new else "removed ", *(new or old)) if old or new else label[:1]


DETAILS: Final[Mapping[Kind, Callable[[Change], Words]]] = {
    **dict.fromkeys((Kind.ADDED, Kind.REMOVED, Kind.WITHDRAWN, Kind.FILE), _nothing),
    **dict.fromkeys((Kind.LIST_ADDED, Kind.LIST_REMOVED), _nothing),
    **dict.fromkeys((Kind.TERM_ADDED, Kind.TERM_REMOVED, Kind.CONFIRMED), _nothing),
    Kind.RENAMED: _renamed,
    Kind.LABEL_ADDED: _label,
    Kind.LABEL_REMOVED: _label,
    Kind.RETIRED: _retired,
    Kind.MOVED: _moved,
    **dict.fromkeys((Kind.LINK_ADDED, Kind.LINK_REMOVED), _links),
    **dict.fromkeys((Kind.MAPPING_ADDED, Kind.MAPPING_REMOVED), _links),
    **dict.fromkeys((Kind.SUBSET_JOINED, Kind.SUBSET_LEFT), _label),
}
"""Kind to what says what happened; other kinds tell old and new values."""


def _list(values: Sequence[Value]) -> Words:
    return tuple(_joined([_value(value) for value in values]))


def _value(value: Value) -> Words:
    found = value.reference
    if found and found.code and found.code.casefold() != found.label.casefold():
        return _spaced(reference_words(found))
    return (Quoted(value.text, value.language),)


def _spaced(words: Words) -> Words:
    return tuple(part for word in words for part in (" ", word))[1:]


def _joined(items: Sequence[Words], most: int = MOST_VALUES) -> Iterator[str | Quoted]:
    """Give items with commas between them, and the number of those there is no room for."""
    for place, words in enumerate(items[:most]):
        yield from (", ",) if place else ()
        yield from words
    if len(items) > most:
        yield f" and {len(items) - most:,} more"


def rendered(words: Iterable[str | Quoted], show: Callable[[Quoted], str]) -> str:
    """Write words out, each text from the lists as a format shows it."""
    return "".join(show(word) if isinstance(word, Quoted) else word for word in words)
