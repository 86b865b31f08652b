"""The one table that server, static site, alternates and catalogue are driven by."""

from __future__ import annotations

import pytest

from listkeeper.publish.representations import REPRESENTATIONS, offers
from listkeeper.publish.resources import ResourceKind
from listkeeper.uris import EXTENSIONS

PUBLISHED = [
    # kind of resource, names in the order the server prefers them
    (
        ResourceKind.CONCEPT,
        ["html", "turtle", "json-ld", "rdf-xml", "n-triples", "json", "csv", "linkset"],
    ),
    (
        ResourceKind.LIST,
        [
            *("html", "turtle", "json-ld", "rdf-xml", "n-triples", "json", "csv", "xlsx"),
            *("excel-csv", "csvw", "links", "links-csvw", "sssom", "linkset"),
        ],
    ),
    (
        ResourceKind.DEFINITIONS,
        ["html", "turtle", "json-ld", "rdf-xml", "n-triples", "json"],
    ),
    (ResourceKind.CATALOGUE, ["turtle", "json-ld"]),
]

CONTENT_TYPES = [
    ("html", ".html", "text/html; charset=utf-8"),
    ("turtle", ".ttl", "text/turtle; charset=utf-8"),
    ("json-ld", ".jsonld", "application/ld+json"),
    ("rdf-xml", ".rdf", "application/rdf+xml"),
    ("n-triples", ".nt", "application/n-triples"),
    ("json", ".json", "application/json"),
    ("csv", ".csv", "text/csv; charset=utf-8; header=present"),
    (
        "xlsx",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("excel-csv", ".excel.csv", "text/csv; charset=utf-8; header=present"),
    ("csvw", ".csv-metadata.json", "application/csvm+json"),
    ("links", ".links.csv", "text/csv; charset=utf-8; header=present"),
    ("links-csvw", ".links.csv-metadata.json", "application/csvm+json"),
    ("sssom", ".sssom.tsv", "text/tab-separated-values; charset=utf-8"),
    ("linkset", ".linkset.json", "application/linkset+json"),
]


@pytest.mark.parametrize(("kind", "names"), PUBLISHED)
def test_formats_of_each_kind(kind: ResourceKind, names: list[str]) -> None:
    """Each kind of resource has its formats, in the server's order."""
    assert [representation.name for representation in offers(kind)] == names


@pytest.mark.parametrize(("name", "extension", "content_type"), CONTENT_TYPES)
def test_extensions_and_content_types(name: str, extension: str, content_type: str) -> None:
    """Each format has its ending and its Content-Type."""
    row = next(row for row in REPRESENTATIONS if row.name == name)

    assert (row.extension, row.content_type) == (extension, content_type)


def test_a_media_type_can_be_asked_for_in_one_way_only() -> None:
    """Of two rows with one media type at most one is negotiated."""
    negotiable = [row.media_type for row in REPRESENTATIONS if row.negotiable]

    assert len(set(negotiable)) == len(negotiable)
    assert {row.name for row in REPRESENTATIONS if not row.negotiable} == {
        *("excel-csv", "csvw", "links", "links-csvw", "sssom", "linkset"),
    }


def test_no_code_can_end_like_a_format() -> None:
    """Every last ending in the table is one that notations may not have."""
    endings = {f".{row.extension.rsplit('.', 1)[-1]}" for row in REPRESENTATIONS}

    assert endings <= EXTENSIONS
