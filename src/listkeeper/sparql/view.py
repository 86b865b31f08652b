"""What the page of the endpoint shows: the form, the examples, and the results of a query."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from listkeeper.publish.page_links import Link, outside, relative
from listkeeper.sparql.formats import GRAPHS, SOLUTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listkeeper.sparql.examples import Example
    from listkeeper.sparql.limits import Limits
    from listkeeper.sparql.queries import Results
    from listkeeper.uris import Minter

PATH: Final = "/sparql"
MOST_SHOWN: Final = 500
"""Rows that the page shows; the downloads have all."""

SOLUTIONS_SHOWN: Final = "json"
GRAPH_SHOWN: Final = "turtle"
"""The formats that the page is made from."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ExampleView:
    """An example with the link that runs it."""

    link: Link
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """The results of a query, as a page shows them."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Link, ...], ...] = ()
    total: int = 0
    truth: str = ""
    """The answer to an ASK; empty for other queries."""
    graph: str = ""
    """Turtle; empty for queries that give rows."""
    downloads: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class QueryView:
    """The page of the endpoint."""

    text: str
    """The query in the form."""
    examples: tuple[ExampleView, ...]
    limits: Limits
    results: Shown | None = None
    problem: str = ""
    """Why there are no results."""


def query_view(
    text: str,
    examples: Sequence[Example],
    limits: Limits,
    *,
    results: Shown | None = None,
    problem: str = "",
) -> QueryView:
    """Show the form with a query in it, and what came of it.

    Args:
        text: the query; the first example where there is none.
        examples: questions with their queries.
        limits: what a query may use.
        results: what came of it.
        problem: why nothing came of it.
    """
    shown = tuple(
        ExampleView(
            link=Link(text=example.question, href=_link(query=example.text)), text=example.text
        )
        for example in examples
    )
    first = examples[0].text if examples else "SELECT * WHERE { ?s ?p ?o } LIMIT 10\n"
    return QueryView(
        text=text or first, examples=shown, limits=limits, results=results, problem=problem
    )


def shown_results(results: Results, text: str, minter: Minter) -> Shown:
    """Show results that are written in :data:`SOLUTIONS_SHOWN` or :data:`GRAPH_SHOWN`."""
    if results.format == GRAPH_SHOWN:
        return Shown(graph=results.body.decode(), downloads=_downloads(text, GRAPHS))
    found = json.loads(results.body)
    downloads = _downloads(text, SOLUTIONS)
    if "boolean" in found:
        return Shown(truth="Yes" if found["boolean"] else "No", downloads=downloads)
    columns = tuple(found["head"]["vars"])
    bindings = found["results"]["bindings"]
    return Shown(
        columns=columns,
        rows=tuple(
            tuple(_cell(row.get(name), minter) for name in columns) for row in bindings[:MOST_SHOWN]
        ),
        total=len(bindings),
        downloads=downloads,
    )


def _cell(term: Mapping[str, Any] | None, minter: Minter) -> Link:
    """Show a term: an identifier of ours as its code's address, any other as it is."""
    if term is None:
        return Link(text="")
    value: str = term["value"]
    if term["type"] != "uri":
        return Link(text=value, language=term.get("xml:lang", ""))
    path = minter.path(value)
    return Link(text=path or value, href=relative(PATH, path) if path else outside(value))


def _downloads(text: str, formats: Sequence[Any]) -> tuple[Link, ...]:
    return tuple(
        Link(text=each.label, href=_link(query=text, format=each.name)) for each in formats
    )


def _link(**parameters: str) -> str:
    """Link to the endpoint from its own page."""
    return f"{PATH.removeprefix('/')}?{urlencode(parameters)}"
