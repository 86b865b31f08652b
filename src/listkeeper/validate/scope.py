"""What the rules look at: an edition, indexed once for all of them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import PREFIXES
from listkeeper.store.properties import expand
from listkeeper.store.workspace import FileKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listkeeper.edition import Edition
    from listkeeper.graph import Subject, Term, Triple
    from listkeeper.model import Concept, ConceptScheme, Text, Vocabulary
    from listkeeper.uris import Minter

INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Unicode categories of characters that a message shows by their numbers."""

LONGEST_QUOTE: Final = 80


class Scope:
    """One edition as the rules see it.

    Rules of our own form (names, status, records, shapes) look at `entries` and at what
    `is_ours`; rules of SKOS and of plain sense look at everything, whole vocabularies of
    others too.
    """

    def __init__(self, edition: Edition) -> None:
        """Look at an edition; indexes are made when first asked for."""
        self.edition = edition
        self.vocabulary: Vocabulary = edition.vocabulary
        self.minter: Minter = edition.minter
        self._concepts = {str(uri): concept for uri, concept in self.vocabulary.concepts.items()}
        self._terms: dict[str, URINode] = {}

    @cached_property
    def triples(self) -> tuple[Triple, ...]:
        """Every authored triple."""
        return tuple(self.edition.authored)

    @cached_property
    def pairs(self) -> Mapping[URINode, Sequence[tuple[Subject, Term]]]:
        """Subject and object of each triple, by predicate."""
        found: dict[URINode, list[tuple[Subject, Term]]] = defaultdict(list)
        for subject, predicate, term in self.triples:
            found[predicate].append((subject, term))
        return dict(found)

    @cached_property
    def typed(self) -> Mapping[Term, Mapping[Subject, None]]:
        """The subjects of each class."""
        found: dict[Term, dict[Subject, None]] = defaultdict(dict)
        for subject, kind in self.pairs.get(RDF_TYPE, ()):
            found[kind][subject] = None
        return dict(found)

    @cached_property
    def literals(self) -> tuple[tuple[Subject, URINode, Literal, str], ...]:
        """Every triple with a literal, and the literal's text."""
        return tuple((s, p, o, o.value) for s, p, o in self.triples if isinstance(o, Literal))

    @cached_property
    def addresses(self) -> tuple[tuple[Subject, URINode, URINode, str], ...]:
        """Every triple with an IRI as its object, and the IRI's text."""
        return tuple((s, p, o, o.value) for s, p, o in self.triples if isinstance(o, URINode))

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
        return concept.list_name == list_name or self.minter.list_(list_name) in concept.in_schemes

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
