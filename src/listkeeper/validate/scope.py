"""What the rules look at: an edition, indexed once for all of them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.characters import folded
from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import PREFIXES
from listkeeper.store.properties import expand
from listkeeper.store.workspace import FileKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from listkeeper.edition import Edition
    from listkeeper.graph import Subject, Term
    from listkeeper.model import Concept, ConceptScheme, LinkType, Text, Vocabulary
    from listkeeper.uris import URI, Minter
    from listkeeper.validate.past import Past

    Row = tuple[Subject, URINode, Literal, str]
    """A triple with a literal, and the literal's text."""

INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Unicode categories of characters that a message shows by their numbers."""

LONGEST_QUOTE: Final = 80

PLAIN_LENGTH: Final = 1000
"""Characters up to which no rule asks how long a text is."""


class Objects(NamedTuple):
    """The objects of the authored triples by kind."""

    unusual: list[Row]
    pointers: dict[URINode, list[tuple[Subject, URINode]]]
    nameless: list[tuple[Subject, URINode]]


class Link(NamedTuple):
    """An authored link, with the concepts that it ties together."""

    type: LinkType
    subject: Subject
    node: URINode
    source: Concept | None
    target: Concept | None


class Scope:
    """One edition as the rules see it.

    Rules of our own form (names, status, records, shapes) look at `entries` and at what
    `is_ours`; rules of SKOS and of plain sense look at everything, whole vocabularies of
    others too.
    """

    def __init__(self, edition: Edition, past: Past | None = None) -> None:
        """Look at an edition; indexes are made when first asked for.

        Args:
            edition: what is checked.
            past: what it is compared with; None leaves the rules of continuity out.
        """
        self.edition = edition
        self.past = past
        self.minter: Minter = edition.minter
        self._terms: dict[str, URINode] = {}
        self._lists: dict[str, URI] = {}

    @property
    def vocabulary(self) -> Vocabulary:
        """The model; rules that find nothing in the graph alone never ask for it."""
        return self.edition.vocabulary

    @cached_property
    def _concepts(self) -> Mapping[str, Concept]:
        return {str(uri): concept for uri, concept in self.vocabulary.concepts.items()}

    @cached_property
    def pairs(self) -> Mapping[URINode, Sequence[tuple[Subject, Term]]]:
        """Subject and object of each authored triple, by predicate."""
        return self.edition.authored.pairs()

    @cached_property
    def own_pairs(self) -> Mapping[URINode, Sequence[tuple[Subject, Term]]]:
        """The pairs without those of whole vocabularies of others."""
        if all(file.kind is not FileKind.WHOLE for file in self.edition.files.values()):
            return self.pairs
        return {
            predicate: [pair for pair in pairs if self.is_ours(pair[0])]
            for predicate, pairs in self.pairs.items()
        }

    @cached_property
    def _objects(self) -> Objects:
        """What stands as an object, sorted by what it is, in one pass."""
        found = Objects([], {}, [])
        unusual, pointers, nameless = found
        plain: set[str] = set()  # dates, roles and languages are the same over and over
        for predicate, pairs in self.pairs.items():
            for subject, term in pairs:
                if isinstance(term, Literal):
                    text = term.value
                    if text in plain:
                        continue
                    if _is_plain(text):
                        plain.add(text)
                    else:
                        unusual.append((subject, predicate, term, text))
                elif isinstance(term, URINode):
                    uses = pointers.get(term)
                    if uses is None:
                        pointers[term] = [(subject, predicate)]
                    else:
                        uses.append((subject, predicate))
                else:
                    nameless.append((subject, predicate))
        return found

    @cached_property
    def typed(self) -> Mapping[Term, Mapping[Subject, None]]:
        """The subjects of each class."""
        found: dict[Term, dict[Subject, None]] = defaultdict(dict)
        for subject, kind in self.pairs.get(RDF_TYPE, ()):
            found[kind][subject] = None
        return dict(found)

    @cached_property
    def literals(self) -> Sequence[Row]:
        """Every triple with a literal, and the literal's text: `unusual` is a tenth of them."""
        return [
            (subject, predicate, term, term.value)
            for predicate, pairs in self.pairs.items()
            for subject, term in pairs
            if isinstance(term, Literal)
        ]

    @property
    def addresses(self) -> Iterator[tuple[Subject, URINode, URINode, str]]:
        """Every triple with an IRI as its object, and the IRI's text; `pointers` has each once."""
        for node, uses in self.pointers.items():
            for subject, predicate in uses:
                yield subject, predicate, node, node.value

    @cached_property
    def languages(self) -> frozenset[str]:
        """The language tags of all texts, in lower case."""
        pairs = self.pairs.values()
        tags = {term.language for found in pairs for _, term in found if isinstance(term, Literal)}
        return frozenset(tag for tag in tags if tag)

    @property
    def unusual(self) -> Sequence[Row]:
        """The literals that are more than a short printable ASCII with single spaces between."""
        return self._objects.unusual

    @property
    def pointers(self) -> Mapping[URINode, Sequence[tuple[Subject, URINode]]]:
        """Every IRI that is an object, once, with the subjects and predicates that point to it."""
        return self._objects.pointers

    @property
    def nameless(self) -> Sequence[tuple[Subject, URINode]]:
        """Subject and predicate of each triple whose object is a node without a name."""
        return self._objects.nameless

    @cached_property
    def entries(self) -> tuple[Concept, ...]:
        """The concepts that lie in a file of their own, as ours do."""
        kinds = {path: file.kind for path, file in self.edition.files.items()}
        concepts = self.vocabulary.concepts.values()
        return tuple(c for c in concepts if kinds.get(c.path) is FileKind.CONCEPT)

    @cached_property
    def entry_nodes(self) -> Mapping[Subject, Concept]:
        """The entries by their nodes."""
        return {URINode(concept.uri): concept for concept in self.entries}

    @cached_property
    def labelled(self) -> tuple[tuple[Concept, Text, str], ...]:
        """The preferred labels of concepts in use, and each folded: as it is compared."""
        return tuple(
            (concept, text, folded(text.value))
            for concept in self.vocabulary.concepts.values()
            if not concept.is_retired
            for text in concept.pref_labels
        )

    @cached_property
    def links(self) -> Sequence[Link]:
        """Every authored link between IRIs, kind by kind."""
        concepts = self._concepts.get
        return [
            Link(link_type, subject, node, concepts(subject.value), concepts(node.value))
            for link_type in self.vocabulary.link_types
            for subject, node in self.pairs.get(URINode(link_type.uri), ())
            if isinstance(node, URINode)
        ]

    @cached_property
    def subjects_of(self) -> Mapping[str, Sequence[Subject]]:
        """The subjects that each file describes, by path."""
        found: dict[str, list[Subject]] = defaultdict(list)
        for subject, path in self.edition.homes.items():
            found[path].append(subject)
        for subject, _, path in self.edition.repeated:
            found[path].append(subject)
        return found

    @cached_property
    def broken(self) -> frozenset[str]:
        """Paths of the files that could not be read."""
        return frozenset(error.path for error in self.edition.unreadable)

    def is_ours(self, subject: Subject) -> bool:
        """Say whether a subject comes from a file of our own form."""
        file = self.edition.files.get(self.edition.homes.get(subject, ""))
        return file is not None and file.kind is not FileKind.WHOLE

    def concept(self, node: Term) -> Concept | None:
        """Return the concept of a node, None for any other term."""
        return self._concepts.get(node.value) if isinstance(node, URINode) else None

    def scheme_of(self, concept: Concept) -> ConceptScheme | None:
        """Return the list whose folder holds a concept."""
        return self.vocabulary.schemes.get(concept.list_name)

    def is_member(self, concept: Concept, list_name: str) -> bool:
        """Say whether a concept is in a list or subset."""
        if concept.list_name == list_name:
            return True
        uri = self._lists.get(list_name)
        if uri is None:
            uri = self._lists[list_name] = self.minter.list_(list_name)
        return uri in concept.in_schemes

    def term(self, prefixed: str) -> URINode:
        """Expand a prefixed name once."""
        node = self._terms.get(prefixed)
        if node is None:
            node = self._terms[prefixed] = URINode(expand(prefixed, self.minter))
        return node

    def described(self, subject: Subject, prefixed: str) -> tuple[Term, ...]:
        """Return the authored objects of a subject's property."""
        return self.edition.authored.objects(subject, self.term(prefixed))

    def named(self, term: Term) -> str:
        """Name any term in words."""
        if isinstance(term, URINode):
            return self.name(term.value)
        return quoted(term.value) if isinstance(term, Literal) else "a node without a name"

    def name(self, uri: str) -> str:
        """Name something in words: an entry by code and label, anything else by a short form."""
        concept = self._concepts.get(uri)
        if concept is not None:
            label = concept.label(self.edition.settings.default_language).value
            return f"{visible(concept.address)} {quoted(label)}"
        path = self.minter.path(uri)
        return visible(path) if path is not None else self.short(uri)

    def short(self, uri: str) -> str:
        """Write an IRI as a prefixed name where one is known, else between brackets."""
        known = {"def": self.minter.terms, **PREFIXES}
        found = (f"{p}:{uri.removeprefix(ns)}" for p, ns in known.items() if uri.startswith(ns))
        return visible(next(found, f"<{uri}>"))


def _is_plain(text: str) -> bool:
    """Say whether there is nothing about a text that any rule of characters might tell."""
    is_one_line = text.isascii() and text.isprintable() and len(text) <= PLAIN_LENGTH
    return is_one_line and "  " not in text and text == text.strip(" ")


def literal(text: Text) -> Literal:
    """Make the literal that a text was read from."""
    return Literal(text.value, language=text.language or None)


def visible(text: str) -> str:
    r"""Write control and invisible characters by their numbers, so that a message is safe to print.

    >>> print(visible("a\u202eb\x1b[31m"))
    a\u202eb\u001b[31m
    """
    return "".join(f"\\u{ord(c):04x}" if unicodedata.category(c) in INVISIBLE else c for c in text)


def quoted(text: str) -> str:
    """Quote a text for a message, cut where it is long."""
    shown = visible(text)
    return f'"{shown}"' if len(shown) <= LONGEST_QUOTE else f'"{shown[:LONGEST_QUOTE]}…"'
