"""Rules of what an entry was: its meaning, names and status change only where that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.namespaces import DCT
from listkeeper.validate.lifecycle import DATE
from listkeeper.validate.meaning import has_new_meaning, lost_names
from listkeeper.validate.past import pairs
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import quoted, visible

if TYPE_CHECKING:
    from listkeeper.edition import Edition
    from listkeeper.graph import Triple
    from listkeeper.model import Concept
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#continuity"
MODIFIED: Final = URINode(DCT + "modified")


def new_meaning(scope: Scope) -> Breaches:
    """Tell codes whose label, former names and definition are all others than before."""
    told = set()
    for layer, old, new in pairs(scope):
        if new.uri not in told and has_new_meaning(old, new):
            told.add(new.uri)
            was = f"was {quoted(old.label().value)} in {layer.name(old.path)}"
            message = f"{scope.name(new.uri)} {was}: the code is given another meaning"
            yield _at(scope, new, "skos:prefLabel", message)


def former_name_lost(scope: Scope) -> Breaches:
    """Tell labels that a release has and the entry does not, not even as a former name."""
    past = scope.past
    told = set()
    for layer, old, new in pairs(scope):
        counts = past is not None and layer.is_released == past.has_releases
        if not counts or has_new_meaning(old, new):
            continue
        for name in lost_names(old, new, layer.edition.settings.default_language):
            if (new.uri, name) not in told:
                told.add((new.uri, name))
                was = f"was called {quoted(name)} in {layer.name(old.path)}"
                message = f"{scope.name(new.uri)} {was}; no former name says so"
                yield _at(scope, new, "skos:prefLabel", message)


def silently_reinstated(scope: Scope) -> Breaches:
    """Tell entries that were retired, are not any more, and do not say since when."""
    told = set()
    for layer, old, new in pairs(scope):
        if not old.is_retired or new.is_retired or new.uri in told:
            continue
        if not any(DATE.match(day) and day >= old.end_date for day in new.reinstated_on):
            told.add(new.uri)
            was = f"is retired in {layer.name(old.path)} and {visible(new.status)} here"
            yield _at(scope, new, "adms:status", f"{scope.name(new.uri)} {was}")


def modified_not_moved(scope: Scope) -> Breaches:
    """Tell entries that are not as in the base, with the date of modification that it has."""
    past = scope.past
    if past is None or past.base.edition.minter != scope.minter:
        return
    for layer, old, new in pairs(scope):
        if layer is not past.base or not old.modified or old.modified < new.modified:
            continue
        same_day = old.modified == new.modified and old.modified >= past.base_date
        if not same_day and _content(layer.edition, old) != _content(scope.edition, new):
            held = f"dct:modified is {visible(new.modified) or 'gone'}"
            message = f"{scope.name(new.uri)} was changed, and {held}, as before the change"
            yield _at(scope, new, "dct:modified", message)


def _content(edition: Edition, concept: Concept) -> set[Triple]:
    """Give the triples of an entry and its parts, its date of modification apart."""
    modified = URINode(concept.uri), MODIFIED
    subjects = (s for s, path in edition.homes.items() if path == concept.path)
    triples = (triple for subject in subjects for triple in edition.authored.about(subject))
    return {triple for triple in triples if triple[:2] != modified}


def _at(scope: Scope, concept: Concept, prefixed: str, message: str) -> Breach:
    return Breach(message=message, subject=URINode(concept.uri), predicate=scope.term(prefixed))


RULES: Final = (
    Rule(
        "LK142",
        "new-meaning",
        Severity.ERROR,
        "A code keeps its meaning.",
        "Give what is new a number of its own; if it was only renamed, record the former name.",
        DOCS,
        new_meaning,
        past=True,
        guard=True,
    ),
    Rule(
        "LK143",
        "former-name-lost",
        Severity.WARNING,
        "A name that was published is kept as a former name.",
        "Record it: skosxl:hiddenLabel with a skosxl:Label that says when it was replaced.",
        DOCS,
        former_name_lost,
        past=True,
    ),
    Rule(
        "LK144",
        "silently-reinstated",
        Severity.ERROR,
        "What is retired stays retired, or says since when it is in use again.",
        "Set the status to <status/retired>, or add def:reinstatedOn with the date.",
        DOCS,
        silently_reinstated,
        past=True,
        guard=True,
    ),
    Rule(
        "LK146",
        "modified-not-moved",
        Severity.WARNING,
        "The date of modification moves when the content does.",
        "Set dct:modified to the date of the change.",
        DOCS,
        modified_not_moved,
        past=True,
        mend="Sets the date to today.",
    ),
)
