"""Importing a vocabulary: a list with its file, one file for each concept, and its groups."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from listkeeper.editing.numbers import place
from listkeeper.errors import ContentError, UsageError
from listkeeper.exchange.skos.carrying import PREF, Carrier
from listkeeper.exchange.skos.describing import described
from listkeeper.exchange.skos.grouping import group
from listkeeper.exchange.skos.ledger import Account, Fate, Ledger
from listkeeper.exchange.skos.vocabulary import (
    FIRST,
    LABEL,
    WAYS,
    codes_of,
    local_name,
    slugs,
    vocabulary_of,
)
from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.model import ConceptScheme
from listkeeper.namespaces import SKOS
from listkeeper.store.placing import lies_by_hundred, path_of
from listkeeper.store.workspace import VOCABULARIES
from listkeeper.uris import URI, natural_key, segment_problem

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from listkeeper.editing.draft import Draft, Edit
    from listkeeper.exchange.skos.vocabulary import Vocabulary
    from listkeeper.graph import Graph, Subject, Triple

IN_SCHEME: Final = URINode(SKOS + "inScheme")
DEFINITIONS: Final = f"{VOCABULARIES}/definitions.ttl"
NAME: Final = re.compile(r"[a-z][a-z0-9-]*\Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What is to be imported."""

    list_name: str
    graph: Graph = field(repr=False)
    source: str
    """Name of the file."""
    language: str = ""
    """Language of texts that do not say theirs; the default one of the lists unless told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What an import would do."""

    edit: Edit
    list_name: str
    is_new: bool
    """Whether the list is made, too."""
    added: int
    held: int
    """Concepts that are entries of the list already; they stay as they are."""
    codes: str
    """Where codes come from, in words."""
    subsets: tuple[str, ...]
    groups: int
    languages: Mapping[str, int]
    """Language to names in it."""
    unnamed: int
    """New entries without a name in the language that comes first."""
    counts: Counter[Fate]
    accounts: tuple[Account, ...]
    left_out: bytes = field(repr=False)
    """Statements that were left out, as N-Triples."""


def import_vocabulary(draft: Draft, request: Request) -> Imported:
    """Import a vocabulary into a list, which is made if there is none of that name.

    Raises:
        UsageError: when the name can not be that of a list, or is that of a subset.
        ContentError: when there are no concepts in the file.
    """
    vocabulary = vocabulary_of(request.graph)
    if not vocabulary.concepts:
        message = "holds no concepts of SKOS (skos:Concept); is it another kind of RDF?"
        raise ContentError(message, path=request.source)
    return _Import(draft, request, vocabulary).run()


class _Import:
    """One import."""

    def __init__(self, draft: Draft, request: Request, vocabulary: Vocabulary) -> None:
        self.draft = draft
        self.request = request
        self.graph = request.graph
        self.vocabulary = vocabulary
        self.minter = draft.edition.minter
        self.language = request.language or draft.language
        self.ledger = Ledger(request.graph)
        known = draft.edition.vocabulary.schemes.get(request.list_name)
        if known is not None and known.subset_of:
            raise UsageError(f"{known.name} is a subset: import into {known.subset_of}")
        self.is_new = known is None
        self.scheme = known or self._new_scheme()
        concepts = draft.edition.vocabulary.concepts.values()
        self.held = {c.notation: c for c in concepts if c.list_name == self.scheme.name}

    def _new_scheme(self) -> ConceptScheme:
        """Name a new list, the segment of its entries and their class."""
        name = self.request.list_name
        if not NAME.match(name):
            raise UsageError(f"{name!r}: a list's name holds only small letters, digits and '-'")
        used = {s.segment for s in self.draft.edition.vocabulary.schemes.values()}
        singular = re.sub(r"(?<=[^s])s\Z", "", re.sub(r"ies\Z", "y", name))
        wanted = (singular, name, f"{name}-entry")
        segment = next((s for s in wanted if s not in used and not segment_problem(s)), "")
        kind = "".join(part.capitalize() for part in segment.split("-"))
        return ConceptScheme(
            uri=self.minter.list_(name), name=name, segment=segment,
            concept_class=self.minter.term(kind), first_minted=FIRST,
        )  # fmt: skip

    def run(self) -> Imported:
        old, codes, words = self._codes()
        names = {n: self.minter.concept(self.scheme.segment, c) for n, c in codes.items()}
        names |= old
        subsets = self._subsets()
        groups = self._groups()
        everything = {**names, **{n: self.minter.list_(s) for n, s in subsets.items()}, **groups}
        self.carrier = Carrier(
            graph=self.graph, ledger=self.ledger, draft=self.draft, names=everything,
            language=self.language, source=self.request.source,
        )  # fmt: skip
        self.carrier.prepare()
        for node in old:
            self.ledger.note_all(self.graph.about(node), Fate.HELD)
        self._write_list(are_numbers=words not in WAYS)
        self._write_entries(codes, subsets)
        for node, name in subsets.items():
            self._write_subset(node, name)
        self._write_groups(groups)
        self._account()
        return self._result(codes, len(old), words, subsets, groups)

    def _codes(self) -> tuple[dict[Subject, URI], Mapping[Subject, str], str]:
        """Tell the concepts that are held already from those that need a code."""
        matched = {target: c.uri for c in self.held.values() for _, target in c.mappings}
        old: dict[Subject, URI] = {n: matched[URI(n.value)] for n in self.vocabulary.concepts
               if isinstance(n, URINode) and n.value in matched}  # fmt: skip
        new = [node for node in self.vocabulary.concepts if node not in old]
        first = self.scheme.first_minted or FIRST
        codes, words = codes_of(self.graph, new, first=first, taken=self.held)
        return old, codes, words

    def _subsets(self) -> dict[Subject, str]:
        """Name a subset for each scheme, where there are several."""
        schemes = self.vocabulary.schemes
        if len(schemes) < 2:  # noqa: PLR2004 - one scheme is the list
            return {}
        stems = slugs(local_name(scheme) for scheme in schemes)
        return {
            scheme: f"{self.scheme.name}-{stem}"
            for scheme, stem in zip(schemes, stems, strict=True)
        }

    def _groups(self) -> dict[Subject, URI]:
        found = self.vocabulary.collections
        stems = slugs(local_name(node) for node in found)
        return {
            node: URI(f"{self.scheme.uri}#group-{stem}")
            for node, stem in zip(found, stems, strict=True)
        }

    def _write_list(self, *, are_numbers: bool) -> None:
        """Make the list's file and its class of entries.

        Args:
            are_numbers: whether codes are numbers made here; then it says where they begin.
        """
        schemes = self.vocabulary.schemes
        only = schemes[0] if len(schemes) == 1 else None
        if not self.is_new:
            for scheme in schemes:
                self.ledger.note_all(self.graph.about(scheme), Fate.HELD)
            return
        draft, node = self.draft, URINode(self.scheme.uri)
        made = [
            *described(self.carrier, only, node, self.scheme.name),
            (node, draft.term("def:segment"), Literal(self.scheme.segment)),
            (node, draft.term("def:conceptClass"), URINode(self.scheme.concept_class)),
            (node, draft.term("owl:versionInfo"), Literal("0.1")),
            *((node, draft.term(p), draft.date()) for p in ("dct:created", "dct:modified")),
        ]
        if are_numbers:
            made.append((node, draft.term("def:firstMinted"), Literal(FIRST)))
        draft.create(f"{VOCABULARIES}/{self.scheme.name}/list.ttl", made)
        self._declare_class()

    def _declare_class(self) -> None:
        if self.draft.content(DEFINITIONS) is None:
            return
        draft, kind = self.draft, URINode(self.scheme.concept_class)
        label = self.scheme.segment.replace("-", " ").capitalize()
        draft.change(
            DEFINITIONS,
            add=[
                (kind, RDF_TYPE, draft.term("owl:Class")),
                (kind, draft.term("rdfs:label"), Literal(label, language=draft.language)),
                (kind, draft.term("rdfs:subClassOf"), draft.term("skos:Concept")),
            ],
        )

    def _write_entries(self, codes: Mapping[Subject, str], subsets: Mapping[Subject, str]) -> None:
        kinds = (URINode(self.scheme.concept_class),) if self.scheme.concept_class else ()
        paths = [c.path for c in self.held.values()]
        by_hundred = lies_by_hundred(paths, self.scheme.name, len(codes))
        for concept, code in codes.items():
            node = URINode(self.carrier.names[concept])
            made = self.carrier.entry(concept, code, kinds)
            made.append((node, IN_SCHEME, URINode(self.scheme.uri)))
            made += [(node, IN_SCHEME, URINode(self.minter.list_(subsets[s])))
                     for s in self._schemes_of(concept) if s in subsets]  # fmt: skip
            path = path_of(self.scheme.name, code, by_hundred=by_hundred)
            if self.draft.content(path) is not None:
                place(self.draft, self.scheme, code)
            self.draft.create(path, made)

    def _schemes_of(self, concept: Subject) -> list[Subject]:
        named = self.graph.objects(concept, IN_SCHEME)
        above = self.graph.objects(concept, URINode(SKOS + "topConceptOf"))
        return [t for t in dict.fromkeys((*named, *above)) if not isinstance(t, Literal)]

    def _write_subset(self, scheme: Subject, name: str) -> None:
        """Make the file of a subset, unless there is one."""
        path = f"{VOCABULARIES}/{self.scheme.name}/list-{name}.ttl"
        if self.draft.content(path) is not None:
            self.ledger.note_all(self.graph.about(scheme), Fate.HELD)
            return
        draft, node = self.draft, URINode(self.minter.list_(name))
        own: list[Triple] = [
            (node, draft.term("def:subsetOf"), URINode(self.scheme.uri)),
            (node, draft.term("def:segment"), Literal(self.scheme.segment)),
            (node, draft.term("dct:created"), draft.date()),
            (node, draft.term("dct:modified"), draft.date()),
        ]
        draft.create(path, [*described(self.carrier, scheme, node, name), *own])

    def _write_groups(self, groups: Mapping[Subject, URI]) -> None:
        made = [t for node, uri in groups.items() for t in group(self.carrier, node, URINode(uri))]
        path = f"{VOCABULARIES}/{self.scheme.name}/groups.ttl"
        if made and self.draft.content(path) is None:
            self.draft.create(path, made)
        elif made:
            self.draft.change(path, add=made)

    def _account(self) -> None:
        for subject in self.graph.subjects():
            if LABEL in self.graph.objects(subject, RDF_TYPE):
                types = [(subject, RDF_TYPE, LABEL)]
                self.ledger.note_all(types, Fate.CHANGED, "a label of SKOS-XL became a plain one")
                about = "about a label of SKOS-XL, which became a plain one"
                self.ledger.note_all(self.graph.about(subject), Fate.LEFT, about)
        self.ledger.close("about something that is no concept, scheme or collection of the file")

    def _result(
        self, codes: Mapping[Subject, str], held: int, words: str,
        subsets: Mapping[Subject, str], groups: Mapping[Subject, URI],
    ) -> Imported:  # fmt: skip
        languages: dict[str, int] = {}
        unnamed = 0
        for concept in codes:
            found = {getattr(t, "language", None) or self.language
                     for t in self.graph.objects(concept, PREF)}  # fmt: skip
            unnamed += self.draft.language not in found
            for language in found:
                languages[language] = languages.get(language, 0) + 1
        return Imported(
            edit=self.draft.edit(),
            list_name=self.scheme.name,
            is_new=self.is_new,
            added=len(codes),
            held=held,
            codes=words,
            subsets=tuple(subsets.values()),
            groups=len(groups),
            languages={name: languages[name] for name in sorted(languages, key=natural_key)},
            unnamed=unnamed,
            counts=self.ledger.counts(),
            accounts=tuple(self.ledger.accounts()),
            left_out=self.ledger.left_out(),
        )
