"""What a preview shows of an entry: who looks at a candidate decides by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from listkeeper.model import Concept
    from listkeeper.reconciliation.entities import Entities


@dataclass(frozen=True, kw_only=True, slots=True)
class PreviewView:
    """An entry in the small."""

    code: str
    name: str
    language: str
    lists: tuple[str, ...]
    standing: str
    """Its status; empty while it is current."""
    description: str
    formerly: tuple[str, ...]
    replacements: tuple[str, ...]
    address: str


def preview_view(concept: Concept, entities: Entities) -> PreviewView:
    """Show an entry in the small."""
    concepts = entities.vocabulary.concepts
    replaced = (concepts[uri] for uri in concept.replaced_by if uri in concepts)
    definition = concept.definition(entities.language) or next(iter(concept.definitions), None)
    return PreviewView(
        code=concept.notation,
        name=entities.name(concept),
        language=concept.label(entities.language).language,
        lists=tuple(type_["name"] for type_ in entities.types(concept)),
        standing="" if concept.status == "current" else concept.status,
        description=definition.value if definition else "",
        formerly=tuple(former.label.value for former in concept.former_labels),
        replacements=tuple(f"{each.notation} {entities.name(each)}" for each in replaced),
        address=concept.address,
    )
