"""Rules that tie an entry to its list: its class, its schemes, the state of its texts."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.namespaces import SKOS
from listkeeper.uris import URI
from listkeeper.validate.closure import Closure
from listkeeper.validate.files import knows_definitions
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.graph import Term
    from listkeeper.model import Concept, Text
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#entries"
DEFINITION: Final = URI(SKOS + "definition")
NOT_REVIEWED: Final = "not-reviewed"


def wrong_class(scope: Scope) -> Breaches:
    """Tell entries without the class that one of their lists asks for."""
    classes = _classes(scope) if knows_definitions(scope) else {}
    wider = Closure(scope.pairs.get(scope.term("rdfs:subClassOf"), ()))
    for concept in scope.entries:
        for scheme in dict.fromkeys((_own_list(scope, concept), *concept.in_schemes)):
            asked = classes.get(scheme, frozenset())
            if asked and not _is_one(concept, asked, wider):
                names = " or ".join(scope.short(uri) for uri in sorted(asked))
                message = f"{scope.name(concept.uri)} is in {scope.name(scheme)} and no {names}"
                yield _at(scope, concept, "rdf:type", message)
                break


def _is_one(concept: Concept, asked: frozenset[str], wider: Closure) -> bool:
    """Say whether a concept has one of some classes, or a class below one."""
    if asked.intersection(concept.types):
        return True
    pairs = product(map(URINode, concept.types), map(URINode, asked))
    return any(wider.leads(narrow, wide) for narrow, wide in pairs)


def _classes(scope: Scope) -> Mapping[str, frozenset[str]]:
    """Return the classes that each list or subset asks of its entries."""
    found: dict[str, frozenset[str]] = {}
    for subject, term in scope.pairs.get(scope.term("def:conceptClass"), ()):
        found[subject.value] = found.get(subject.value, frozenset()) | {term.value}
    return found


def not_in_list(scope: Scope) -> Breaches:
    """Tell entries that are not in the list whose folder holds them."""
    for concept in scope.entries:
        own = _own_list(scope, concept)
        if concept.in_schemes and own not in concept.in_schemes:
            message = f"{scope.name(concept.uri)} lies in the folder of {scope.name(own)}"
            yield _at(scope, concept, "skos:inScheme", f"{message} and is not in that list")


def in_other_list(scope: Scope) -> Breaches:
    """Tell entries that are in a list which is neither their folder's nor a subset of it."""
    names = {scheme.uri: scheme for scheme in scope.vocabulary.schemes.values()}
    for concept in scope.entries:
        for uri in concept.in_schemes:
            scheme = names.get(uri)
            if scheme and concept.list_name not in {scheme.name, scheme.subset_of}:
                message = f"{scope.name(concept.uri)}: {scope.name(uri)} is another list"
                yield _at(scope, concept, "skos:inScheme", message, URINode(uri))


def text_without_record(scope: Scope) -> Breaches:
    """Tell definitions of which nothing says whether they are drafts."""
    for concept in scope.entries:
        for text in concept.definitions:
            if not _has_record(concept, text):
                message = f"{scope.name(concept.uri)}: nothing says whether this text is a draft"
                breach = _at(scope, concept, "skos:definition", message, literal(text))
                yield breach


def _has_record(concept: Concept, text: Text) -> bool:
    """Say whether a text has its record; a record without a language stands for all of them."""
    return any(
        record.about == DEFINITION and record.language.lower() in {text.language.lower(), ""}
        for record in concept.text_records
    )


def record_without_text(scope: Scope) -> Breaches:
    """Tell records of definitions that are not there."""
    for concept in scope.entries:
        languages = {text.language.lower() for text in concept.definitions}
        for record in concept.text_records:
            missing = not languages or record.language.lower() not in {*languages, ""}
            if record.about == DEFINITION and missing:
                where = f" in {record.language}" if record.language else ""
                message = f"{scope.name(concept.uri)} has no definition{where} that this tells of"
                yield Breach(message=message, subject=URINode(record.uri))


def not_marked(scope: Scope) -> Breaches:
    """Tell entries without a definition that are not marked as not reviewed."""
    for concept in scope.entries:
        if not concept.definitions and concept.review != NOT_REVIEWED and not concept.is_retired:
            message = f"{scope.name(concept.uri)} has no definition and is not marked not reviewed"
            yield Breach(message=message, subject=URINode(concept.uri))


def no_quality(scope: Scope) -> Breaches:
    """Tell lists that state none of the nine quality fields."""
    for scheme in scope.vocabulary.schemes.values():
        if scope.is_ours(URINode(scheme.uri)) and not scheme.subset_of and not scheme.quality:
            message = f"{scope.name(scheme.uri)} states none of the nine quality fields"
            yield Breach(message=message, subject=URINode(scheme.uri))


def _own_list(scope: Scope, concept: Concept) -> URI:
    return scope.minter.list_(concept.list_name)


def _at(
    scope: Scope, concept: Concept, prefixed: str, message: str, term: Term | None = None
) -> Breach:
    predicate = scope.term(prefixed)
    return Breach(message=message, subject=URINode(concept.uri), predicate=predicate, object=term)


RULES: Final = (
    Rule(
        "LK080",
        "wrong-class",
        Severity.ERROR,
        "An entry has the class that its list says its entries have.",
        "Add the class beside skos:Concept, or move the entry to its own list.",
        DOCS,
        wrong_class,
    ),
    Rule(
        "LK081",
        "not-in-list",
        Severity.ERROR,
        "An entry is in the list whose folder holds it.",
        "Add skos:inScheme with that list, or move the file.",
        DOCS,
        not_in_list,
    ),
    Rule(
        "LK082",
        "in-other-list",
        Severity.ERROR,
        "An entry is in its own list and its subsets, and in no other.",
        "Remove this line, or say with def:subsetOf that it is a subset.",
        DOCS,
        in_other_list,
    ),
    Rule(
        "LK083",
        "text-without-record",
        Severity.ERROR,
        "A definition has a record that says whether it is a draft, of what date and by whom.",
        "Add a def:textRecord about skos:definition, with status, date and author's role.",
        DOCS,
        text_without_record,
    ),
    Rule(
        "LK084",
        "record-without-text",
        Severity.ERROR,
        "The record of a definition stands beside the definition.",
        "Remove the record, or correct its language.",
        DOCS,
        record_without_text,
    ),
    Rule(
        "LK085",
        "not-marked",
        Severity.WARNING,
        "An entry without a definition is marked as not reviewed.",
        "Add def:reviewStatus <status/not-reviewed>, or write the definition.",
        DOCS,
        not_marked,
    ),
    Rule(
        "LK086",
        "no-quality",
        Severity.INFO,
        "A list states how accurate, complete and timely it is.",
        "Add def:accuracy, def:completeness, def:timeliness and the others to its list.ttl.",
        DOCS,
        no_quality,
    ),
)
