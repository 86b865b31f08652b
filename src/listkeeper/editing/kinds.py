"""Kinds of links as people name them: by the link types that definitions.ttl declares."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.errors import UsageError
from listkeeper.namespaces import SKOS
from listkeeper.uris import URI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.edition import Edition
    from listkeeper.model import Vocabulary

HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
BROADER: Final = "broader"
NARROWER: Final = "narrower"


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkKind:
    """A kind of link, seen from one of its two ends."""

    name: str
    """As it is written in options: ``meets-need``, or ``met-by`` seen from the need."""
    predicate: URI
    """The property that is authored, on the side the link type is declared for."""
    own_list: str
    """Name of the list or subset at this end; empty for any."""
    other_list: str
    """Name of the list or subset at the other end; empty for that of this one."""
    label: str
    is_inverse: bool = False
    """Whether it is authored at the other end."""
    other_class: str = ""
    """Local name of the class of what it leads to, as it is written in options: ``need``."""


def link_kinds(edition: Edition) -> tuple[LinkKind, ...]:
    """Give each link type from both of its ends, in the order of the definitions, then broader."""
    vocabulary = edition.vocabulary
    return (*_declared(vocabulary), *_hierarchy())


def link_kind(edition: Edition, words: str, list_name: str = "") -> LinkKind:
    """Find the kind of link that is named.

    Args:
        edition: whose definitions count.
        words: its name, ``meetsNeed`` or ``meets-need``, its label, or the class it leads to,
            ``need``.
        list_name: name of the list of the entry that has it; empty for any.

    Raises:
        UsageError: when there is none, or what leads to such a class is of several kinds.
    """
    every = link_kinds(edition)
    wanted = kebab(words)
    named = [kind for kind in every if wanted in {kind.name, kebab(kind.label)}]
    if named:
        return named[0]
    mine = [kind for kind in every if starts_in(edition, kind, list_name)]
    found = [kind for kind in mine if kind.other_class == wanted and not kind.is_inverse]
    if len(found) == 1:
        return found[0]
    if found:
        names = " or ".join(kind.name for kind in found)
        raise UsageError(f"{words} may be {names}: say which")
    near = difflib.get_close_matches(wanted, [kind.name for kind in every], n=1)
    names = ", ".join(kind.name for kind in mine)
    hint = f"did you mean {near[0]}?" if near else f"there are {names}"
    raise UsageError(f"{words[:60]!r} is no kind of link{_of(list_name)}; {hint}")


def starts_in(edition: Edition, kind: LinkKind, list_name: str) -> bool:
    """Say whether entries of a list may have a kind of link; a subset's are its list's."""
    if not (list_name and kind.own_list):
        return True
    schemes = edition.vocabulary.schemes
    home = schemes[list_name].subset_of if list_name in schemes else ""
    names = {list_name, home} - {""}
    subsets = {name for name, scheme in schemes.items() if scheme.subset_of in names}
    return kind.own_list in names | subsets


def kebab(words: str) -> str:
    """Write a name as options are written.

    >>> kebab("meetsNeed"), kebab("def:PowerOrDuty"), kebab("meets need")
    ('meets-need', 'power-or-duty', 'meets-need')
    """
    local = words.strip().rsplit("/", 1)[-1].removeprefix("def:").removeprefix("skos:")
    return HUMP.sub("-", local).replace(" ", "-").replace("_", "-").lower()


def _of(list_name: str) -> str:
    return f" of {list_name}" if list_name else ""


def _declared(vocabulary: Vocabulary) -> Iterator[LinkKind]:
    classes = {name: kebab(s.concept_class) for name, s in vocabulary.schemes.items()}
    for link_type in vocabulary.link_types:
        ends = link_type.domain_list, link_type.range_list
        label = next((text.value for text in link_type.labels), link_type.name)
        yield LinkKind(
            name=kebab(link_type.name),
            predicate=link_type.uri,
            own_list=ends[0],
            other_list=ends[1],
            label=label,
            other_class=classes.get(ends[1], ""),
        )
        if link_type.inverse:
            inverse = vocabulary.term_labels.get(link_type.inverse)
            yield LinkKind(
                name=kebab(link_type.inverse),
                predicate=link_type.uri,
                own_list=ends[1],
                other_list=ends[0],
                label=inverse.value if inverse else kebab(link_type.inverse).replace("-", " "),
                is_inverse=True,
                other_class=classes.get(ends[0], ""),
            )


def _hierarchy() -> Iterator[LinkKind]:
    predicate = URI(SKOS + BROADER)
    for name, is_inverse in ((BROADER, False), (NARROWER, True)):
        yield LinkKind(
            name=name,
            predicate=predicate,
            own_list="",
            other_list="",
            label=f"has {name} entry",
            is_inverse=is_inverse,
        )
