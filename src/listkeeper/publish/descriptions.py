"""Which triples describe a resource: the published graph, cut to one resource at a time."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from listkeeper.graph import BlankNode, URINode
from listkeeper.inference import publisher_node
from listkeeper.namespaces import SKOS
from listkeeper.publish.resources import ResourceKind
from listkeeper.store.turtle.order import object_order, predicate_order
from listkeeper.uris import natural_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from listkeeper.edition import Edition
    from listkeeper.graph import Subject, Triple
    from listkeeper.model import Collection, Concept
    from listkeeper.publish.resources import Resource

IN_SCHEME: Final = URINode(SKOS + "inScheme")


class Descriptions:
    """Cuts one edition's published graph into descriptions."""

    def __init__(self, edition: Edition, *, keep: bool = True) -> None:
        """Describe an edition; nothing is computed before it is asked for.

        Args:
            edition: whose resources are described.
            keep: whether the sorted triples of each subject are kept for further documents.
        """
        self._edition = edition
        self._keep = keep
        self._members: dict[str, tuple[Concept, ...]] = {}
        self._blocks: dict[Subject, tuple[Triple, ...]] = {}

    def members(self, name: str) -> tuple[Concept, ...]:
        """Give the concepts of a list or subset in order of their notations."""
        if name not in self._members:
            self._members[name] = self._edition.vocabulary.members(name)
        return self._members[name]

    def collections(self, name: str) -> tuple[Collection, ...]:
        """Give the groups of a list; a subset has those that say they are in it."""
        scheme = self._edition.vocabulary.schemes[name]
        return tuple(
            collection
            for collection in self._edition.vocabulary.collections.values()
            if self._says_in_scheme(collection, scheme.uri)
            or (not scheme.subset_of and self._home_list(collection) == name)
        )

    def triples(self, resource: Resource) -> tuple[Triple, ...]:
        """Describe a resource.

        A concept comes with what it keeps on hash IRIs; a list with its groups and all its
        members in full; the definitions with every term of their file. Blank nodes come with
        their own descriptions, named by their place so that the result is the same each time.

        Returns:
            triples grouped by subject, in a stable order.
        """
        subjects = self._subjects(resource)
        return _named_by_place(t for subject in subjects for t in self._closure(subject))

    def _subjects(self, resource: Resource) -> dict[Subject, None]:
        """Give what a description is about, the resource itself first."""
        roots: list[Subject] = [URINode(resource.uri)]
        if resource.kind is ResourceKind.DEFINITIONS:
            roots = list(self._of_home["definitions"])
        if resource.kind is ResourceKind.LIST:
            roots += [URINode(collection.uri) for collection in self.collections(resource.name)]
            roots += [URINode(concept.uri) for concept in self.members(resource.name)]
            if not self._edition.vocabulary.schemes[resource.name].subset_of:
                roots += self._loose[resource.name]
            catalogue = self._edition.vocabulary.catalogue
            roots += [publisher_node(catalogue)] if catalogue else []
        return dict.fromkeys(part for node in roots for part in (node, *self._parts[node]))

    @cached_property
    def _pages(self) -> frozenset[str]:
        """URIs of what is described by itself or as a group of a list."""
        vocabulary = self._edition.vocabulary
        schemes = (scheme.uri for scheme in vocabulary.schemes.values())
        return frozenset((*vocabulary.concepts, *vocabulary.collections, *schemes))

    @cached_property
    def _of_home(self) -> defaultdict[str, list[URINode]]:
        """Subjects by the list, or the file beside the lists, that they are written in."""
        found: defaultdict[str, list[URINode]] = defaultdict(list)
        for subject, path in self._edition.homes.items():
            if isinstance(subject, URINode):
                found[_list_of(path)].append(subject)
        return found

    @cached_property
    def _parts(self) -> defaultdict[Subject, list[URINode]]:
        """Hash IRIs by the IRI they hang on; what has a page of its own is nobody's part."""
        found: defaultdict[Subject, list[URINode]] = defaultdict(list)
        for subject in self._edition.homes:
            document, hash_, _ = subject.value.partition("#")
            if isinstance(subject, URINode) and hash_ and subject.value not in self._pages:
                found[URINode(document)].append(subject)
        for parts in found.values():
            parts.sort(key=lambda part: natural_key(part.value))
        return found

    @cached_property
    def _loose(self) -> defaultdict[str, list[URINode]]:
        """What a list's files describe beside its concepts and groups, lest it be lost."""
        found: defaultdict[str, list[URINode]] = defaultdict(list)
        for name, subjects in self._of_home.items():
            for subject in subjects:
                is_part = subject.value.partition("#")[0] in self._pages
                if not (is_part or subject.value in self._pages):
                    found[name].append(subject)
        return found

    def _closure(self, subject: Subject) -> Iterator[Triple]:
        """Give a subject's triples and those of the blank nodes they lead to."""
        waiting, seen = [subject], {subject}
        while waiting:
            for triple in self._block(waiting.pop(0)):
                yield triple
                term = triple[2]
                if isinstance(term, BlankNode) and term not in seen:
                    seen.add(term)
                    waiting.append(term)

    def _block(self, subject: Subject) -> tuple[Triple, ...]:
        known = self._blocks.get(subject)
        if known is None:
            known = tuple(self._ordered(subject))
            if self._keep:
                self._blocks[subject] = known
        return known

    def _ordered(self, subject: Subject) -> Iterator[Triple]:
        """Give what is said of a subject: predicate by predicate, nearly all of one value."""
        of_predicate, of_object = self._orders
        said = groupby(self._edition.published.about(subject), key=itemgetter(1))
        values = {predicate: list(triples) for predicate, triples in said}
        for predicate in sorted(values, key=lambda predicate: of_predicate(predicate.value)):
            triples = values[predicate]
            yield from sorted(triples, key=of_object) if len(triples) > 1 else triples

    @cached_property
    def _orders(
        self,
    ) -> tuple[Callable[[str], tuple[int, str]], Callable[[Triple], tuple[Any, ...]]]:
        """Sorting keys of predicates and of the triples of one predicate."""
        object_key = object_order(self._edition.settings.default_language.lower())

        def of_object(triple: Triple) -> tuple[Any, ...]:
            term = triple[2]
            return (2,) if isinstance(term, BlankNode) else object_key(term)

        return predicate_order({"def": self._edition.minter.terms}), of_object

    def _says_in_scheme(self, collection: Collection, scheme: str) -> bool:
        return (URINode(collection.uri), IN_SCHEME, URINode(scheme)) in self._edition.published

    def _home_list(self, collection: Collection) -> str:
        return _list_of(self._edition.homes.get(URINode(collection.uri), ""))


def _list_of(path: str) -> str:
    """Name the list whose folder or file a path lies in."""
    return next(iter(path.split("/")[1:2]), "").removesuffix(".ttl")


def _named_by_place(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """Name blank nodes by where they first come: the parser's own labels differ each time."""
    names: dict[BlankNode, BlankNode] = {}

    def name(node: BlankNode) -> BlankNode:
        return names.setdefault(node, BlankNode(f"b{len(names) + 1}"))

    return tuple(
        (
            name(subject) if isinstance(subject, BlankNode) else subject,
            predicate,
            name(term) if isinstance(term, BlankNode) else term,
        )
        for subject, predicate, term in triples
    )
