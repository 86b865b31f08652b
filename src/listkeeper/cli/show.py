"""``listkeeper show``: an entry by its code, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from listkeeper.cli.options import root_option
from listkeeper.edition import Edition, load
from listkeeper.publish.citation import cite, provision_uri
from listkeeper.search.lookup import Lookup
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from listkeeper.model import Concept


@click.command()
@click.argument("code")
@root_option
def show(code: str, *, root: Path) -> None:
    """Show an entry: CODE is 559, service/559 or a URI."""
    edition = load(open_workspace(root))
    found = Lookup(edition).all(code)
    click.echo("\n\n".join("\n".join(_lines(edition, concept)) for concept in found))


def _lines(edition: Edition, concept: Concept) -> Iterator[str]:
    vocabulary = edition.vocabulary
    scheme = vocabulary.schemes.get(concept.list_name)
    title = scheme.title().value if scheme else concept.list_name
    yield f"{concept.notation} {concept.label().value} ({title}, {concept.status})"
    yield f"  {concept.uri}"
    yield f"  {concept.path}"
    definition = concept.definition()
    if definition:
        yield f"  {definition.value}"
    yield from (f"  {line}" for line in (*_end(edition, concept), *_law(edition, concept)))
    for former in concept.former_labels:
        yield f"  was called {former.label.value}"
    for heading, targets in _links(edition, concept):
        yield f"  {heading}: " + "; ".join(targets)


def _end(edition: Edition, concept: Concept) -> Iterator[str]:
    """Say when and why an entry ended, and what is used instead."""
    if concept.end_date:
        reasons = [text.value for text in concept.retirement_reason[:1]]
        yield ": ".join([f"ended {concept.end_date}", *reasons])
    known = edition.vocabulary.concepts
    others = [known[uri] for uri in concept.replaced_by if uri in known]
    if others:
        yield "use " + "; ".join(f"{other.notation} {other.label().value}" for other in others)


def _law(edition: Edition, concept: Concept) -> Iterator[str]:
    """Cite what an Act, a power or a duty is known by."""
    if concept.enactment:
        yield concept.enactment.uri
    concepts = edition.vocabulary.concepts
    for provision in concept.rule.provisions if concept.rule else ():
        seen = f" (read {provision.evidence.date})" if provision.evidence.date else ""
        yield f"law: {cite(provision, concepts)}, {provision_uri(provision, concepts)}{seen}"


def _links(edition: Edition, concept: Concept) -> Iterator[tuple[str, list[str]]]:
    """Give each kind of link of an entry by its heading, targets by code and label."""
    concepts = edition.vocabulary.concepts
    for link_type in edition.vocabulary.link_types:
        sides = (
            (link_type.uri, link_type.headings),
            (link_type.inverse, link_type.inverse_headings),
        )
        for property_, headings in sides:
            targets = [concepts[uri] for uri in concept.links.get(property_, ()) if uri in concepts]
            if targets:
                heading = headings[0].value if headings else link_type.name
                yield heading, [f"{target.notation} {target.label().value}" for target in targets]
