"""Properties of the API: what an entry says of itself, by language, and where its links lead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from listkeeper.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from listkeeper.model import Concept, LinkType, Text, Vocabulary
    from listkeeper.reconciliation.entities import Entities
    from listkeeper.uris import URI

Values: TypeAlias = "Iterable[str | Concept]"
"""Texts, or entries."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Property:
    """Something that can be asked of an entry."""

    id: str
    name: str
    values: Callable[[Concept], Values]
    list_name: str = ""
    """The list that its values are of; empty where they are texts."""
    of_lists: tuple[str, ...] = ()
    """The lists whose entries have it; empty for all."""


def properties(entities: Entities) -> Mapping[str, Property]:
    """Give every property of the entries of an edition, by its identifier."""
    found = (*_own(entities), *_labels(entities), *_links(entities))
    return {each.id: each for each in found}


def require(known: Mapping[str, Property], identifier: str) -> Property:
    """Find a property.

    Raises:
        UsageError: when there is none.
    """
    found = known.get(identifier)
    if found is None:
        shown = ", ".join(list(known)[:6])
        raise UsageError(f"{identifier[:60]}: no such property; there are {shown} and others")
    return found


def applies(each: Property, list_name: str, vocabulary: Vocabulary) -> bool:
    """Say whether the entries of a list can have a property; a subset's are its list's."""
    scheme = vocabulary.schemes.get(list_name)
    names = {list_name, scheme.subset_of if scheme else ""}
    return not list_name or not each.of_lists or bool(names & set(each.of_lists))


def _one(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


OWN: Final[tuple[tuple[str, str, Callable[[Concept], Iterable[str]]], ...]] = (
    ("code", "Code", lambda c: _one(c.notation)),
    ("uri", "URI", lambda c: _one(c.uri)),
    ("status", "Status", lambda c: _one(c.status)),
    ("formerName", "Former names", lambda c: (f.label.value for f in c.former_labels)),
    ("otherName", "Other names", lambda c: (text.value for text in c.alt_labels)),
    ("startDate", "Start date", lambda c: _one(c.start_date)),
    ("endDate", "End date", lambda c: _one(c.end_date)),
    ("sameAs", "Same as", lambda c: (uri for name, uri in c.mappings if name == "exactMatch")),
)
"""Identifier, name and values of what entries of every list may say in words."""


def _own(entities: Entities) -> Iterator[Property]:
    for identifier, name, values in OWN:
        yield Property(id=identifier, name=name, values=values)
    for identifier, name in (
        ("parent", "Parents"),
        ("child", "Children"),
        ("replacedBy", "Replaced by"),
    ):
        yield Property(id=identifier, name=name, values=partial(_related, entities, identifier))


def _related(entities: Entities, which: str, concept: Concept) -> Values:
    """Give entries of the same list."""
    uris = {
        "parent": concept.broader,
        "child": concept.narrower,
        "replacedBy": concept.replaced_by,
    }[which]
    return _held(entities, uris)


def _labels(entities: Entities) -> Iterator[Property]:
    """Give a label and a definition for each language of the settings."""
    for language in entities.edition.settings.languages:
        yield Property(
            id=f"label-{language}",
            name=f"Label ({language})",
            values=partial(_label, language.casefold()),
        )
        yield Property(
            id=f"definition-{language}",
            name=f"Definition ({language})",
            values=partial(_definition, language.casefold()),
        )


def _label(tag: str, concept: Concept) -> list[str]:
    return _in(concept.pref_labels, tag)


def _definition(tag: str, concept: Concept) -> list[str]:
    return _in(concept.definitions, tag)


def _in(texts: Iterable[Text], tag: str) -> list[str]:
    return [text.value for text in texts if text.language.casefold() == tag]


def _links(entities: Entities) -> Iterator[Property]:
    """Give each kind of link, in both directions."""
    for link in entities.vocabulary.link_types:
        forward = _heading(link, inverse=False, language=entities.language)
        backward = _heading(link, inverse=True, language=entities.language)
        yield _link(entities, link.uri, forward, (link.domain_list, link.range_list))
        yield _link(entities, link.inverse, backward, (link.range_list, link.domain_list))


def _link(entities: Entities, uri: URI, name: str, lists: tuple[str, str]) -> Property:
    local = uri.removeprefix(entities.edition.minter.terms)
    of_list, list_name = lists
    return Property(
        id=local,
        name=name or local,
        values=lambda c: _held(entities, c.links.get(uri, ())),
        list_name=list_name,
        of_lists=_with_superset(entities.vocabulary, of_list),
    )


def _with_superset(vocabulary: Vocabulary, name: str) -> tuple[str, ...]:
    """Give a list and the one it is a subset of: a link may leave from either."""
    scheme = vocabulary.schemes.get(name)
    return tuple(filter(None, (name, scheme.subset_of if scheme else "")))


def _heading(link: LinkType, *, inverse: bool, language: str) -> str:
    texts = link.inverse_headings if inverse else link.headings
    in_order = sorted(texts, key=lambda text: text.language != language)
    return in_order[0].value if in_order else ""


def _held(entities: Entities, uris: Iterable[URI]) -> list[Concept]:
    concepts = entities.vocabulary.concepts
    return [concepts[uri] for uri in uris if uri in concepts]
