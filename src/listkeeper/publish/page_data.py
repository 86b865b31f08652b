"""What a page says to search engines: its entry or list as schema.org has them, in JSON-LD.

https://schema.org/DefinedTerm. It stands in the page as a block of data: a browser runs nothing
of it, so a policy that allows no script allows it (HTML, "prepare the script element", step 12).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme, Text

CONTEXT: Final = "https://schema.org"

HARMLESS: Final = str.maketrans(
    {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028", "\u2029": r"\u2029"}
)
"""Characters that could end the block, or begin a comment, written as JSON has them too."""


def term_data(edition: Edition, concept: Concept) -> Markup:
    """Describe an entry as a ``DefinedTerm`` of its lists."""
    language = edition.settings.default_language
    schemes = edition.vocabulary.schemes
    home = schemes.get(concept.list_name)
    return _block(
        {
            "@type": "DefinedTerm",
            "@id": concept.uri,
            "url": edition.minter.base + concept.address,
            "termCode": concept.notation,
            "name": concept.label(language).value,
            "description": _first(concept.definitions, language),
            "alternateName": [text.value for text in concept.alt_labels],
            "inDefinedTermSet": {
                "@type": "DefinedTermSet",
                "@id": home.uri,
                "name": home.title(language).value,
            }
            if home
            else None,
        }
    )


def set_data(edition: Edition, scheme: ConceptScheme) -> Markup:
    """Describe a list as a ``DefinedTermSet``."""
    language = edition.settings.default_language
    catalogue = edition.vocabulary.catalogue
    return _block(
        {
            "@type": "DefinedTermSet",
            "@id": scheme.uri,
            "url": f"{edition.minter.base}list/{scheme.name}",
            "name": scheme.title(language).value,
            "description": _first(scheme.descriptions, language),
            "license": scheme.licence or (catalogue.licence if catalogue else ""),
            "version": scheme.version,
            "datePublished": scheme.created,
            "dateModified": scheme.modified,
        }
    )


def _block(described: dict[str, Any]) -> Markup:
    """Write an object without what is empty, so that no text of it can leave the block."""
    said = {"@context": CONTEXT, **{name: value for name, value in described.items() if value}}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(HARMLESS))  # noqa: S704 - what HTML gives a meaning is escaped


def _first(texts: Sequence[Text], language: str) -> str:
    """Give the text in a language, else the first."""
    return next((t.value for t in texts if t.language == language), "") or next(
        (t.value for t in texts), ""
    )
