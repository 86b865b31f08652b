"""Rules of labels and texts of any SKOS: they are there, are texts, and say their language."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from listkeeper.graph import Literal, URINode
from listkeeper.namespaces import RDF, XSD
from listkeeper.validate.foreign.summing import Lack, told
from listkeeper.validate.rule import Breach

if TYPE_CHECKING:
    from listkeeper.graph import Subject
    from listkeeper.validate.foreign.scope import ForeignScope
    from listkeeper.validate.rule import Breaches

LABELS: Final = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")
DOCUMENTATION: Final = (
    *("skos:definition", "skos:scopeNote", "skos:note", "skos:example", "skos:historyNote"),
    *("skos:changeNote", "skos:editorialNote", "dct:description", "rdfs:comment"),
)
TITLES: Final = ("skos:prefLabel", "rdfs:label", "dct:title", "schema:name")
DC_TITLE: Final = URINode("http://purl.org/dc/elements/1.1/title")
PLAIN: Final = frozenset({XSD + "string", RDF + "langString", RDF + "dirLangString"})


def no_title(scope: ForeignScope) -> Breaches:
    """Tell schemes without any title or label."""
    titled = _having(scope, *TITLES) | {s for s, _ in scope.pairs.get(DC_TITLE, ())}
    for scheme in scope.schemes:
        if scheme not in titled:
            yield Breach(message=f"{scope.named(scheme)} has no title or label", subject=scheme)


def undocumented(scope: ForeignScope) -> Breaches:
    """Tell concepts without a definition or any note (qSKOS uc)."""
    described = _having(scope, *DOCUMENTATION)
    found = [concept for concept in scope.concepts if concept not in described]
    lack = Lack("has neither definition nor note", "concepts have neither definition nor note")
    yield from told(scope, found, len(scope.concepts), lack)


def label_no_text(scope: ForeignScope) -> Breaches:
    """Tell labels that are addresses, numbers or dates (S12: the range is plain literals)."""
    for name in LABELS:
        predicate = scope.term(name)
        for subject, term in scope.pairs.get(predicate, ()):
            if not isinstance(term, Literal) or term.datatype.value not in PLAIN:
                what = f"{scope.named(subject)}: {name} {scope.named(term)} is no plain text"
                yield Breach(message=what, subject=subject, predicate=predicate, object=term)


def language_coverage(scope: ForeignScope) -> Breaches:
    """Tell how many concepts have a preferred label in each language (qSKOS ilc, ncl)."""
    languages: dict[str, dict[Subject, None]] = defaultdict(dict)
    for subject, term in scope.pairs.get(scope.term("skos:prefLabel"), ()):
        if isinstance(term, Literal) and term.language and subject in scope.concepts:
            languages[term.language][subject] = None
    counts = Counter({language: len(found) for language, found in languages.items()})
    of = len(scope.concepts)
    gaps = [f"{tag} {number:,}" for tag, number in counts.most_common() if number < of]
    if gaps:
        full = [tag for tag, number in counts.items() if number == of]
        complete = f"all have one in {', '.join(full)}" if full else "no language is complete"
        message = f"of {of:,} concepts, {complete}; preferred labels in {', '.join(gaps)}"
        yield Breach(message=message, subject=next(iter(scope.schemes), next(iter(scope.concepts))))


def literal_forms(scope: ForeignScope) -> Breaches:
    """Tell SKOS-XL labels that do not have exactly one literal form (S52)."""
    forms = Counter(subject for subject, _ in scope.pairs.get(scope.term("skosxl:literalForm"), ()))
    for label in scope.typed.get(scope.term("skosxl:Label"), {}):
        if forms[label] != 1:
            message = f"{scope.named(label)} has {forms[label]} literal forms"
            yield Breach(message=message, subject=label, predicate=scope.term("skosxl:literalForm"))


def _having(scope: ForeignScope, *names: str) -> frozenset[Subject]:
    """Give the subjects that have any of some properties."""
    return frozenset(
        subject for name in names for subject, _ in scope.pairs.get(scope.term(name), ())
    )
