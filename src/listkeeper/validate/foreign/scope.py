"""What the rules look at in a vocabulary of others: its files, as an edition and as SKOS."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from listkeeper.edition import Edition
from listkeeper.graph import Graph, Literal, URINode
from listkeeper.namespaces import RDFS, SKOS, SKOSXL
from listkeeper.settings import Settings
from listkeeper.store.workspace import FileKind, SourceFile
from listkeeper.uris import Minter
from listkeeper.validate.closure import Closure
from listkeeper.validate.scope import Scope, quoted, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from listkeeper.exchange.reading import Source
    from listkeeper.graph import Subject, Term, Triple

LABEL_KINDS: Final = ("prefLabel", "altLabel", "hiddenLabel")


class ForeignScope(Scope):
    """A vocabulary of others as the rules see it."""

    @cached_property
    def concepts(self) -> Mapping[Subject, None]:
        """Everything that is a concept, by its type or by a class below skos:Concept."""
        return self._of_class(SKOS + "Concept")

    @cached_property
    def schemes(self) -> Mapping[Subject, None]:
        """Every concept scheme."""
        return self._of_class(SKOS + "ConceptScheme")

    def _of_class(self, uri: str) -> Mapping[Subject, None]:
        wanted = URINode(uri)
        wider = Closure(self.pairs.get(URINode(RDFS + "subClassOf"), ()))
        kinds = [kind for kind in self.typed if kind == wanted or wider.leads(kind, wanted)]
        return {subject: None for kind in kinds for subject in self.typed[kind]}

    @cached_property
    def memberships(self) -> Mapping[Term, Mapping[Term, None]]:
        """The schemes of each concept; a top concept of a scheme is in it (S5, S7, S8)."""
        found: dict[Term, dict[Term, None]] = defaultdict(dict)
        for name in ("skos:inScheme", "skos:topConceptOf"):
            for subject, term in self.pairs.get(self.term(name), ()):
                found[subject][term] = None
        for subject, term in self.pairs.get(self.term("skos:hasTopConcept"), ()):
            found[term][subject] = None
        return found

    def name(self, uri: str) -> str:
        """Name something by the last part of its address, and its label."""
        concept = self._concepts.get(uri)
        short = self.short(uri)
        if concept is None:
            return short
        part = uri.rstrip("/#").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        label = concept.label(self.edition.settings.default_language).value
        return f"{visible(part) or short} {quoted(label)}" if label else short


def foreign_scope(sources: Sequence[Source], graphs: Sequence[Graph]) -> ForeignScope:
    """Make the scope of one or more files that are one vocabulary.

    Args:
        sources: the files.
        graphs: what each of them says.
    """
    settings = Settings()
    minter = Minter(base=settings.base_uri)
    authored = Graph()
    homes: dict[Subject, str] = {}
    keys = keys_of(sources)
    for key, graph in zip(keys, graphs, strict=True):
        authored.update(graph)
        for subject in graph.subjects():
            homes.setdefault(subject, key)
    authored.update(list(_plain_labels(authored)))
    edition = Edition(
        settings=settings,
        minter=minter,
        files={
            key: SourceFile(path=key, data=source.data, kind=FileKind.WHOLE)
            for key, source in keys.items()
        },
        authored=authored,
        homes=homes,
        repeated=(),
        unreadable=(),
    )
    return ForeignScope(edition)


def keys_of(sources: Sequence[Source]) -> Mapping[str, Source]:
    """Give each file the path it would have as a part of one list, named by the first file.

    Rules tell lists apart by their folders, wherever the files of others really lie.
    """
    stem = sources[0].path.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return {f"vocabularies/{stem}/{n}.ttl": source for n, source in enumerate(sources)}


def _plain_labels(graph: Graph) -> Iterator[Triple]:
    """Give the plain label of each SKOS-XL label (S55 to S57), so that S13 and S14 see it."""
    kinds = {URINode(SKOSXL + kind): URINode(SKOS + kind) for kind in LABEL_KINDS}
    form = URINode(SKOSXL + "literalForm")
    for subject, predicate, term in graph:
        if predicate in kinds and not isinstance(term, Literal):
            for text in graph.objects(term, form):
                yield subject, kinds[predicate], text
