"""Carrying statements of a vocabulary over: new addresses, tidy texts, what can not be taken."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from listkeeper.characters import label_problem
from listkeeper.editing.tidying import tidied
from listkeeper.exchange.skos.ledger import Fate, Ledger
from listkeeper.exchange.skos.vocabulary import CONCEPT, NOTATION
from listkeeper.graph import RDF_TYPE, BlankNode, Literal, URINode
from listkeeper.namespaces import ADMS, DCT, OWL, RDF, SKOS, SKOSXL, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from listkeeper.editing.draft import Draft
    from listkeeper.graph import Graph, Subject, Term, Triple
    from listkeeper.uris import URI


def _skos(*names: str) -> frozenset[URINode]:
    return frozenset(URINode(SKOS + name) for name in names)


PREF: Final = URINode(SKOS + "prefLabel")
ALT: Final = URINode(SKOS + "altLabel")
HIDDEN: Final = URINode(SKOS + "hiddenLabel")
DEFINITION: Final = URINode(SKOS + "definition")
NOTE: Final = URINode(SKOS + "scopeNote")
BROADER: Final = URINode(SKOS + "broader")
NARROWER: Final = URINode(SKOS + "narrower")
VALUE: Final = URINode(RDF + "value")
FORM: Final = URINode(SKOSXL + "literalForm")
DEPRECATED: Final = URINode(OWL + "deprecated")
REPLACED: Final = URINode(DCT + "isReplacedBy")

LABELS: Final = (PREF, ALT, HIDDEN)
"""In the order in which a text finds its place: one text is one kind of label (S13)."""

TEXTS: Final = _skos(
    *("definition", "scopeNote", "note", "example", "historyNote", "editorialNote", "changeNote")
)
FOLLOWS: Final = _skos(
    *("broaderTransitive", "narrowerTransitive", "topConceptOf", "hasTopConcept", "inScheme"),
    *("semanticRelation", "mappingRelation"),
)
"""What follows from the rest, or is said anew."""

DATES: Final = frozenset({URINode(DCT + "created"), URINode(DCT + "modified")})
XL: Final = {URINode(SKOSXL + p.value.removeprefix(SKOS)): p for p in LABELS}
OURS: Final = frozenset({URINode(ADMS + "status"), DEPRECATED, REPLACED, NOTATION, RDF_TYPE})
ADDRESSES: Final = ("http://", "https://", "urn:", "mailto:")


@dataclass(slots=True)
class Carrier:
    """Carries statements over, noting what becomes of each."""

    graph: Graph
    ledger: Ledger
    draft: Draft
    names: Mapping[Subject, URI]
    """What each concept, scheme and collection is called here."""
    language: str
    """Language of texts that do not say theirs."""
    source: str
    """Name of the file, for records of definitions."""
    narrower: dict[Subject, list[Triple]] = field(default_factory=lambda: defaultdict(list))
    """What other concepts say of a concept below them."""

    def prepare(self) -> None:
        """Turn what concepts say of those below them round."""
        for triple in self.graph:
            subject, predicate, term = triple
            if predicate == NARROWER and term in self.names and subject in self.names:
                self.narrower[term].append(triple)  # type: ignore[index] # it is a subject that has a name

    def entry(self, concept: Subject, code: str, types: Iterable[URINode]) -> list[Triple]:
        """Give the statements of a concept's file.

        Args:
            concept: in the file that comes in.
            code: what it is to be called.
            types: its list's class, and the lists that it is in, are given by the caller.
        """
        node = URINode(self.names[concept])
        made: dict[Triple, None] = {(node, RDF_TYPE, CONCEPT): None}
        made |= {(node, RDF_TYPE, kind): None for kind in types}
        made[node, NOTATION, Literal(code)] = None
        self._notations(concept, code)
        for triple in self._labels(concept, node):
            made[triple] = None
        for triple in self._texts(concept, node):
            made[triple] = None
        for triple in self._relations(concept, node):
            made[triple] = None
        for triple in self._state(concept, node):
            made[triple] = None
        for triple in self._others(concept, node):
            made[triple] = None
        if isinstance(concept, URINode) and concept.value.startswith(ADDRESSES):
            made[node, URINode(SKOS + "exactMatch"), concept] = None
        return list(made)

    def _notations(self, concept: Subject, code: str) -> None:
        for term in self.graph.objects(concept, NOTATION):
            triple = (concept, NOTATION, term)
            if getattr(term, "value", "").strip() == code:
                self.ledger.note(triple, Fate.TAKEN)
            else:
                self.ledger.note(triple, Fate.LEFT, "its code here is another: an entry has one")

    def _labels(self, concept: Subject, node: URINode) -> Iterator[Triple]:
        """Give labels, those of SKOS-XL by their plain forms (S55 to S57)."""
        seen: set[Literal] = set()
        languages: set[str] = set()
        for predicate in LABELS:
            for source, term in self._label_terms(concept, predicate):
                if not isinstance(term, Literal):
                    self.ledger.note(source, Fate.LEFT, "is no text")
                    continue
                text, changed = self.text(term, is_name=True)
                problem = label_problem(text.value)
                if problem:
                    self.ledger.note(source, Fate.LEFT, f"a name that {problem}")
                    continue
                if text in seen:
                    self.ledger.note(source, Fate.DERIVED, "the label stands here already")
                    continue
                seen.add(text)
                place = predicate
                if predicate == PREF and (text.language or "") in languages:
                    place, changed = ALT, "a second name in one language became another name"
                if predicate == PREF:
                    languages.add(text.language or "")
                self.ledger.note(source, Fate.CHANGED if changed else Fate.TAKEN, changed)
                yield node, place, text

    def _label_terms(self, concept: Subject, predicate: URINode) -> Iterator[tuple[Triple, Term]]:
        for term in self.graph.objects(concept, predicate):
            yield (concept, predicate, term), term
        for extended, plain in XL.items():
            if plain != predicate:
                continue
            for label in self.graph.objects(concept, extended):
                forms = [] if isinstance(label, Literal) else self.graph.objects(label, FORM)
                self.ledger.note(
                    (concept, extended, label), Fate.CHANGED if forms else Fate.LEFT,
                    "a label of SKOS-XL became a plain one" if forms else "has no literal form",
                )  # fmt: skip
                for form in forms:
                    yield (label, FORM, form), form  # type: ignore[misc] # it is a subject, as it has a form

    def text(self, term: Literal, *, is_name: bool) -> tuple[Literal, str]:
        """Tidy a text and give it a language; say what was changed."""
        plain = Literal(term.value, language=term.language or self.language)
        text, steps = tidied(plain, is_name=is_name)
        words = [step.words for step in steps]
        if not term.language:
            words.append(f"taken to be in {self.language}")
        return text, ", ".join(words)

    def _texts(self, concept: Subject, node: URINode) -> Iterator[Triple]:
        """Give definitions and notes; a definition with the record of where it comes from."""
        languages: set[str] = set()
        for predicate in sorted(TEXTS, key=lambda p: p.value):
            for term in self.graph.objects(concept, predicate):
                source = (concept, predicate, term)
                told = term if isinstance(term, Literal) else self._value(term)
                if told is None or not told.value.strip():
                    self.ledger.note(source, Fate.LEFT, "is no text")
                    continue
                text, changed = self.text(told, is_name=False)
                if told is not term:
                    changed = "a note with a node of its own became plain text"
                language = text.language or ""
                place = predicate
                if predicate == DEFINITION and language in languages:
                    place, changed = NOTE, "a second definition in one language became a scope note"
                elif predicate == DEFINITION:
                    languages.add(language)
                    yield from self._record(concept, node, language)
                self.ledger.note(source, Fate.CHANGED if changed else Fate.TAKEN, changed)
                yield node, place, text

    def _value(self, term: Term) -> Literal | None:
        """Give the text of a note that has a node (SKOS Primer, section 4.2)."""
        if isinstance(term, Literal):
            return term
        values = [v for v in self.graph.objects(term, VALUE) if isinstance(v, Literal)]
        for value in values[:1]:
            self.ledger.note((term, VALUE, value), Fate.CHANGED, "became plain text")
        return values[0] if values else None

    def _record(self, concept: Subject, node: URINode, language: str) -> Iterator[Triple]:
        """Record a definition as a draft: nobody here has reviewed it."""
        term, record = self.draft.term, URINode(f"{node.value}#definition-{language}")
        is_address = isinstance(concept, URINode) and concept.value.startswith(ADDRESSES)
        yield node, term("def:textRecord"), record
        yield record, RDF_TYPE, term("def:TextRecord")
        yield record, term("def:aboutProperty"), DEFINITION
        yield record, term("def:authorRole"), Literal("Editor of the source")
        yield record, term("adms:status"), self.draft.status("draft")
        yield record, term("dct:date"), self.draft.date()
        yield record, term("dct:language"), Literal(language)
        yield record, term("dct:source"), Literal(concept.value if is_address else self.source)

    def _relations(self, concept: Subject, node: URINode) -> Iterator[Triple]:
        """Give what is broader: as the concept says, and as those above it do."""
        for triple in self.narrower[concept]:
            said = (concept, BROADER, triple[0])
            fate = Fate.DERIVED if said in self.graph else Fate.CHANGED
            words = "" if fate is Fate.DERIVED else "written on the other side, as broader"
            self.ledger.note(triple, fate, words)
            yield node, BROADER, URINode(self.names[triple[0]])
        for triple in self.graph.about(concept):
            if triple[1] in FOLLOWS:
                self.ledger.note(triple, Fate.DERIVED)

    def _state(self, concept: Subject, node: URINode) -> Iterator[Triple]:
        """Give the status; a deprecated concept is a retired entry."""
        draft = self.draft
        flags = self.graph.objects(concept, DEPRECATED)
        is_retired = any(getattr(term, "value", "") in {"true", "1"} for term in flags)
        yield node, draft.term("adms:status"), draft.status("retired" if is_retired else "current")
        for term in flags:
            words = "became the status, and today the end date" if is_retired else ""
            self.ledger.note((concept, DEPRECATED, term), Fate.CHANGED, words)
        replacements = self.graph.objects(concept, REPLACED)
        if is_retired:
            yield node, draft.term("def:endDate"), draft.date()
            reason = Literal(f"Marked as deprecated in {self.source}.", language=draft.language)
            yield node, draft.term("def:retirementReason"), reason
            for term in replacements:
                if term in self.names:
                    self.ledger.note((concept, REPLACED, term), Fate.TAKEN)
                    yield node, REPLACED, URINode(self.names[term])  # type: ignore[index] # it has a name
        elif not self.graph.objects(concept, DEFINITION):
            yield node, draft.term("def:reviewStatus"), draft.status("not-reviewed")
        for term in replacements:
            words = "only a retired entry has replacements, and they are entries of the list"
            self.ledger.note((concept, REPLACED, term), Fate.LEFT, words)

    def _others(self, concept: Subject, node: URINode) -> Iterator[Triple]:
        """Carry over what has no rule of its own, as it stands."""
        own = {*LABELS, *TEXTS, *FOLLOWS, *XL, NARROWER, *OURS}
        for triple in self.graph.about(concept):
            predicate, term = triple[1:]
            if predicate == RDF_TYPE and term == CONCEPT:
                self.ledger.note(triple, Fate.TAKEN)
            elif predicate in DATES:
                yield from self._date(triple, node)
            elif predicate not in own or (predicate == RDF_TYPE):
                yield from self.carried(triple, node)
            elif predicate == NARROWER and term not in self.names:
                self.ledger.note(triple, Fate.LEFT, "leads to nothing in the file")
            elif predicate == URINode(ADMS + "status"):
                self.ledger.note(triple, Fate.LEFT, "an entry has a status of these lists")

    def _date(self, triple: Triple, node: URINode) -> Iterator[Triple]:
        """Give a day; the time of day is left out."""
        text = getattr(triple[2], "value", "")
        try:
            day = date.fromisoformat(text[:10]).isoformat()
        except ValueError:
            self.ledger.note(triple, Fate.LEFT, "is no date")
            return
        if any(t[2] != triple[2] for t in self.graph.about(triple[0]) if t[1] == triple[1]):
            first = self.graph.objects(triple[0], triple[1])[0]
            if first != triple[2]:
                self.ledger.note(triple, Fate.LEFT, "a second date")
                return
        new = Literal(day, datatype=URINode(XSD + "date"))
        self.ledger.note(triple, Fate.TAKEN if new == triple[2] else Fate.CHANGED, "became a day")
        yield node, triple[1], new

    def carried(self, triple: Triple, node: URINode) -> Iterator[Triple]:
        """Carry one statement over, about a node of ours."""
        predicate, term = triple[1:]
        if isinstance(term, BlankNode) and term not in self.names:
            self.ledger.note(triple, Fate.LEFT, "a node without a name: our files have none")
        elif not isinstance(term, Literal) and term in self.names:
            self.ledger.note(triple, Fate.TAKEN)
            yield node, predicate, URINode(self.names[term])
        elif isinstance(term, URINode) and not term.value.startswith(ADDRESSES):
            self.ledger.note(triple, Fate.LEFT, "an address that is no web address")
        elif isinstance(term, URINode) and predicate in {BROADER, URINode(SKOS + "related")}:
            self.ledger.note(triple, Fate.LEFT, "leads to nothing in the file")
        else:
            self.ledger.note(triple, Fate.TAKEN)
            yield node, predicate, term
