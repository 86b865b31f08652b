"""Lists as XML in the two forms of the LGA's downloads.

The nested form holds an element for each entry, its children and links inside it; the older one is
a flat ``ControlledList`` in a namespace of its own. Both are for software that already reads them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from listkeeper.errors import UnsupportedError
from listkeeper.publish.compatibility import current_members
from listkeeper.publish.mapped import mapped_lines, named_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme, Text

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE: Final = "http://www.esd.org.uk/standards"
"""Of the older form."""

DEEPEST: Final = 100
"""Levels of entries inside each other: each is two elements, and common parsers read 256."""

NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot say, https://www.w3.org/TR/xml/#charsets."""


def nested_xml(edition: Edition, name: str, mapped_to: str = "") -> bytes:
    """Write the current entries of a list, nested, with the entries of another inside them.

    An entry below several others stands below each; what is below it, below the first.

    Args:
        edition: the lists.
        name: a name of the list.
        mapped_to: a name of the list linked to; empty for none.

    Raises:
        UsageError: when no list has a name.
        UnsupportedError: when a text has a character that XML cannot say.
    """
    schemes = named_lists(edition.vocabulary, name)
    members = current_members(edition, schemes)
    targets = named_lists(edition.vocabulary, mapped_to) if mapped_to else []
    lines = mapped_lines(edition, members, targets, retired=False, unlinked=False)
    mapped: dict[str, dict[str, Concept]] = {}
    for line in lines:
        if line.mapped:
            mapped.setdefault(line.concept.uri, {})[line.mapped.uri] = line.mapped
    writer = _Nested(edition, members, mapped)
    return _encoded("".join(writer.document(schemes[0])), name)


def controlled_list(edition: Edition, name: str) -> bytes:
    """Write the current entries of a list in the older, flat form.

    Raises:
        UsageError: when no list has the name.
        UnsupportedError: when a text has a character that XML cannot say.
    """
    schemes = named_lists(edition.vocabulary, name)
    members = current_members(edition, schemes)
    return _encoded("".join(_controlled(edition, schemes[0], members)), name)


def item_mappings(edition: Edition, name: str, mapped_to: str) -> bytes:
    """Write the links between two lists in the older form.

    Raises:
        UsageError: when no list has a name.
    """
    schemes = named_lists(edition.vocabulary, name)
    targets = named_lists(edition.vocabulary, mapped_to)
    members = current_members(edition, schemes)
    lines = mapped_lines(edition, members, targets, retired=False, unlinked=False)
    pairs = dict.fromkeys(
        (line.concept.notation, line.mapped.notation) for line in lines if line.mapped
    )
    ends = {"FromResource": schemes[0].uri, "ToResource": targets[0].uri}
    text = "".join(
        (
            f"<ItemMappings xmlns={quoteattr(NAMESPACE)}{_attributes(ends)}>\n",
            _element("Metadata", _element("Source", edition.minter.base), raw=True),
            *(f"<ItemMapping>{_end('From', a)}{_end('To', b)}</ItemMapping>\n" for a, b in pairs),
            "</ItemMappings>\n",
        )
    )
    return _encoded(text, name)


class _Nested:
    """Writes entries inside entries."""

    def __init__(
        self,
        edition: Edition,
        members: Sequence[Concept],
        mapped: Mapping[str, Mapping[str, Concept]],
    ) -> None:
        self._edition = edition
        self._members = {concept.uri: concept for concept in members}
        self._mapped = mapped
        self._children: dict[str, list[Concept]] = {}
        for concept in members:
            for parent in concept.broader:
                self._children.setdefault(parent, []).append(concept)

    def document(self, scheme: ConceptScheme) -> Iterator[str]:
        language = self._edition.settings.default_language
        outer = _plural(scheme.subset_of or scheme.name)
        yield f"<{outer}>"
        yield _element("URI", scheme.uri)
        yield _element("Modified", _moment(scheme.modified))
        yield _element("Description", _text(scheme.descriptions, language))
        yield _element(
            "Rights", " ".join(t.value for t in scheme.attribution if t.language == language)
        )
        yield from self._entries()
        yield f"</{outer}>\n"

    def _entries(self) -> Iterator[str]:
        """Write every entry; an explicit stack, since a hierarchy may be of any depth.

        What lies deeper than readers go begins again at the top.
        """
        written: set[str] = set()
        tops = [c for c in self._members.values() if not self._members.keys() & set(c.broader)]
        # Entries that are only below each other have no top: the first of each round is one.
        for top in (*tops, *self._members.values()):
            if top.uri in written:
                continue
            stack: list[str | tuple[Concept, int]] = [(top, 1)]
            while stack:
                part = stack.pop()
                if isinstance(part, str):
                    yield part
                else:
                    yield from self._open(part[0])
                    stack += reversed(list(self._inside(*part, written)))

    def _open(self, concept: Concept) -> Iterator[str]:
        yield f"<{self._singular(concept)}>"
        yield from self._fields(concept)

    def _inside(
        self, concept: Concept, depth: int, written: set[str]
    ) -> Iterator[str | tuple[Concept, int]]:
        """Give what follows an entry's own fields: its children, its links, its end."""
        expanded = concept.uri not in written and depth < DEEPEST
        written.add(concept.uri)
        children = self._children.get(concept.uri, []) if expanded else []
        if children:
            plural = _plural(concept.list_name)
            yield f"<{plural}>"
            yield from ((child, depth + 1) for child in children)
            yield f"</{plural}>"
        yield from self._links(concept)
        yield f"</{self._singular(concept)}>"

    def _links(self, concept: Concept) -> Iterator[str]:
        by_list: dict[str, list[Concept]] = {}
        for target in self._mapped.get(concept.uri, {}).values():
            by_list.setdefault(_plural(target.list_name), []).append(target)
        for plural, targets in by_list.items():
            yield f"<{plural}>"
            for target in targets:
                yield from self._open(target)
                yield f"</{self._singular(target)}>"
            yield f"</{plural}>"

    def _fields(self, concept: Concept) -> Iterator[str]:
        language = self._edition.settings.default_language
        labels = self._edition.vocabulary.term_labels
        type_ = next((labels[uri].value for uri in concept.types if uri in labels), "")
        yield _element("Identifier", concept.notation)
        yield _element("Label", concept.label(language).value)
        yield _element("URI", concept.uri)
        yield _element("Description", _text(concept.definitions, language))
        yield _element("Created", _moment(concept.created))
        yield _element("Modified", _moment(concept.modified))
        yield _element("Type", type_)

    def _singular(self, concept: Concept) -> str:
        """Name the element of an entry by its class."""
        terms = self._edition.minter.terms
        names = (uri.removeprefix(terms) for uri in concept.types if uri.startswith(terms))
        return next((name for name in names if name.isalnum()), "Item")


def _controlled(
    edition: Edition, scheme: ConceptScheme, members: Iterable[Concept]
) -> Iterator[str]:
    language = edition.settings.default_language
    labels = edition.vocabulary.term_labels
    title = scheme.title(language).value
    item = labels.get(scheme.concept_class)  # type: ignore[call-overload]  # text for a URI
    attributes = {
        "Version": scheme.version,
        "VersionDate": scheme.modified,
        "HomeLocation": scheme.uri,
        "LatestVersionLocation": scheme.uri,
        "ListName": title,
        "ItemName": item.value if item else "",
    }
    yield f"<ControlledList xmlns={quoteattr(NAMESPACE)}{_attributes(attributes)}>\n<Metadata>"
    for name, text in _metadata(scheme, language):
        yield _element(name, text) if text else ""
    yield "</Metadata>\n"
    held = edition.vocabulary.concepts
    for concept in members:
        parents = [held[uri].notation for uri in concept.broader if uri in held]
        yield _item(concept, parents, language)
    yield "</ControlledList>\n"


def _metadata(scheme: ConceptScheme, language: str) -> Iterator[tuple[str, str]]:
    quality = {name: text.value for name, text in scheme.quality.items()}
    yield "Coverage", quality.get("coverage", "")
    yield "Creator", scheme.owner.value if scheme.owner else ""
    yield "Date.Created", scheme.created
    yield "Date.Modified", scheme.modified
    yield "Description", _text(scheme.descriptions, language)
    yield "Language", language
    yield "Source", "; ".join(scheme.source)
    yield "Status", quality.get("formalStatus", "")
    yield "Title", scheme.title(language).value
    for name in scheme.other_names:
        yield "Title.Alternative", name


def _item(concept: Concept, parents: Iterable[str], language: str) -> str:
    ids = {"Id": concept.notation, "ConceptId": concept.notation}
    flags = {"Preferred": "true", "Obsolete": "false", "AToZ": "false"}
    others = [text.value for text in concept.alt_labels if text.language == language]
    notes = " ".join(n.value for n in concept.history_notes if n.language == language)
    return "".join(
        (
            f"<Item{_attributes({**ids, **flags})}>",
            _element("Name", concept.label(language).value),
            *(_element("AlternativeName", other) for other in others),
            _element("ScopeNotes", _text(concept.definitions, language)),
            _element("HistoryNotes", notes),
            *(f"<BroaderItem{_attributes({'Id': p, 'ConceptId': p})}/>" for p in parents),
            "</Item>\n",
        )
    )


def _end(name: str, code: str) -> str:
    return f"<{name}><Item{_attributes({'Id': code})}/></{name}>"


def _element(name: str, text: str, *, raw: bool = False) -> str:
    return f"<{name}>{text if raw else escape(text)}</{name}>"


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items() if value)


def _plural(name: str) -> str:
    """Name the element around entries by their list.

    >>> _plural("powers-and-duties")
    'PowersAndDuties'
    """
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", name))


def _moment(date: str) -> str:
    """Write a date with the time of day that the form has.

    >>> _moment("2013-04-03"), _moment("")
    ('2013-04-03T00:00:00', '')
    """
    return f"{date}T00:00:00" if re.fullmatch(r"\d{4}-\d\d-\d\d", date) else date


def _text(texts: Iterable[Text], language: str) -> str:
    return next((text.value for text in texts if text.language == language), "")


def _encoded(text: str, name: str) -> bytes:
    found = NOT_XML.search(text)
    if found:
        near = text[max(0, found.start() - 40) : found.start()]
        raise UnsupportedError(f"{name}: XML cannot say {found[0]!r}, which follows {near!r}")
    return (DECLARATION + text).encode()
