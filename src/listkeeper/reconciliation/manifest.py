"""The service manifest: what is offered, where.

Both versions share it but for two members that they write in ways that exclude each other:
``suggest`` (in 0.2 objects with addresses, in the draft of 1.0 booleans) and the placeholder
of ``view`` (``{{id}}`` and ``{id}``). So the endpoint itself, ``/reconcile``, has that of 0.2,
which today's clients read, and ``/reconcile/`` that of the draft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from listkeeper import __version__
from listkeeper.namespaces import SKOS
from listkeeper.reconciliation.extension import CONTENTS
from listkeeper.reconciliation.queries import MOST_QUERIES

if TYPE_CHECKING:
    from listkeeper.reconciliation.entities import Entities

ENDPOINT: Final = "reconcile"
"""Address of the endpoint below the site's root."""

VERSIONS: Final = ("0.2", "1.0-draft")
SUGGESTED: Final = ("entity", "property", "type")
WIDTH: Final = 430
HEIGHT: Final = 300
MOST_TYPES: Final = 30


def manifest(entities: Entities, root: str) -> dict[str, Any]:
    """Give the manifest of version 0.2.

    Args:
        entities: the entries.
        root: where the site is reached, ending in a slash.
    """
    base = root.removesuffix("/")
    return {
        **_shared(entities, root),
        "view": {"url": f"{root}{ENDPOINT}/view?id={{{{id}}}}"},
        "suggest": {
            kind: {"service_url": base, "service_path": f"/{ENDPOINT}/suggest/{kind}"}
            for kind in SUGGESTED
        },
    }


def draft_manifest(entities: Entities, root: str) -> dict[str, Any]:
    """Give the manifest of the draft of 1.0.

    Args:
        entities: the entries.
        root: where the site is reached, ending in a slash.
    """
    return {
        **_shared(entities, root),
        "view": {"url": f"{root}{ENDPOINT}/view?id={{id}}"},
        "suggest": dict.fromkeys(SUGGESTED, True),
    }


def _shared(entities: Entities, root: str) -> dict[str, Any]:
    """Give what both versions have, each under its own names."""
    settings = entities.edition.settings
    return {
        "versions": list(VERSIONS),
        "name": settings.site_name,
        "identifierSpace": entities.edition.minter.identifiers,
        "schemaSpace": f"{SKOS}Concept",
        "documentation": f"{root}about",
        "serviceVersion": __version__,
        "defaultTypes": entities.all_types()[:MOST_TYPES],
        "lang": settings.default_language,
        "batchSize": MOST_QUERIES,
        "standardizedScore": True,
        "preview": {
            "url": f"{root}{ENDPOINT}/preview?id={{{{id}}}}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "extend": {
            "propose_properties": {
                "service_url": root.removesuffix("/"),
                "service_path": f"/{ENDPOINT}/extend/propose",
            },
            "proposeProperties": True,
            "property_settings": [
                _setting(each, "name", "label", "help_text") for each in SETTINGS
            ],
            "propertySettings": [_setting(each, "id", "name", "helpText") for each in SETTINGS],
        },
    }


SETTINGS: Final[tuple[dict[str, Any], ...]] = (
    {
        "id": "limit",
        "label": "Limit",
        "help": "Values given at most; 0 for all",
        "more": {"type": "number", "default": 0},
    },
    {
        "id": "content",
        "label": "Content",
        "help": "What is given of a linked entry",
        "more": {
            "type": "select",
            "default": "entity",
            "choices": [{"value": value, "name": name} for value, name in CONTENTS.items()],
        },
    },
)
"""Settings of a column, whose parts the versions name differently."""


def _setting(each: dict[str, Any], identifier: str, label: str, help_: str) -> dict[str, Any]:
    return {identifier: each["id"], label: each["label"], help_: each["help"], **each["more"]}
