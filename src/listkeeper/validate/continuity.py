"""Rules of continuity: what was published stays, and means what it meant.

They compare with what releases contain and with a base revision, so they hold their peace where
the check is asked about the files alone (`listkeeper check` without ``--against``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.settings import FILE_NAME
from listkeeper.uris import natural_key
from listkeeper.validate import alterations, removals
from listkeeper.validate.past import layers_of
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#continuity"


def version_back(scope: Scope) -> Breaches:
    """Tell lists with a version below the one that a release gives them."""
    told = set()
    for layer in layers_of(scope):
        for old in layer.edition.vocabulary.schemes.values():
            new = scope.vocabulary.schemes.get(old.name)
            if not (layer.is_released and new and old.version) or new.uri in told:
                continue
            if natural_key(new.version) < natural_key(old.version):
                told.add(new.uri)
                was = f"has version {visible(old.version)} in {layer.name(old.path)}"
                message = f"{scope.name(new.uri)} {was}, here {visible(new.version) or 'none'}"
                subject, predicate = URINode(new.uri), scope.term("owl:versionInfo")
                yield Breach(message=message, subject=subject, predicate=predicate)


def base_not_answered(scope: Scope) -> Breaches:
    """Tell base URIs of releases that the settings neither have nor answer for."""
    if scope.past is None:
        return
    settings = scope.edition.settings
    for base, name in scope.past.bases.items():
        if base not in (settings.base_uri, *settings.also_answers_for):
            message = f"<{visible(base)}> is the base of {name}; the settings do not answer for it"
            yield Breach(message=message, path=FILE_NAME)


def release_unread(scope: Scope) -> Breaches:
    """Tell releases that can not be compared with."""
    for name, why in scope.past.unread if scope.past else ():
        yield Breach(message=f"{name} can not be read: {visible(why)}", path=FILE_NAME)


RULES: Final = (
    *removals.RULES,
    *alterations.RULES,
    Rule(
        "LK147",
        "version-back",
        Severity.ERROR,
        "The version of a list only goes forward.",
        "Set owl:versionInfo to the version of the last release; `release` moves it.",
        DOCS,
        version_back,
        past=True,
        guard=True,
    ),
    Rule(
        "LK148",
        "base-not-answered",
        Severity.ERROR,
        "Identifiers of a release are answered for ever.",
        "Add the base to also_answers_for in listkeeper.toml.",
        DOCS,
        base_not_answered,
        past=True,
        guard=True,
    ),
    Rule(
        "LK149",
        "release-unread",
        Severity.WARNING,
        "Every release can be read, so that nothing of it is lost unseen.",
        "Fetch the whole history with its tags; mend or replace what is broken.",
        DOCS,
        release_unread,
        past=True,
    ),
)
