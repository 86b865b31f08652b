"""The shapes of JSON answers, for the description of the API; a test holds answers against them."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """An object whose keys are all named."""

    model_config = ConfigDict(extra="forbid")


PAGE_RESPONSE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "A page.", "content": {"text/html": {}}}
}

PROBLEM_RESPONSE: Final[dict[str, Any]] = {
    "description": "Why the request was not met (RFC 9457); a page for a client that wants HTML.",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "detail", "instance"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "instance": {"type": "string"},
                },
            },
            "example": {
                "type": "about:blank",
                "title": "Bad Request",
                "status": 400,
                "detail": "retired=maybe: must be one of yes, no",
                "instance": "/list/services.csv",
            },
        }
    },
}
"""How a problem is described, once for all routes."""


class Named(Shape):
    """An entry by its code and name."""

    identifier: str = Field(examples=["559"])
    label: str = Field(examples=["Street furniture"])


class Reference(Named):
    """An entry with its identifier on the web."""

    uri: str = Field(examples=["https://lists.example.org/id/service/559"])


class MappedReference(Reference):
    """An entry that another is linked to."""

    type: str = Field(description="Kind of link.", examples=["meetsNeed"])


class Item(Reference):
    """An entry of a list; the last fields are there in full answers."""

    parents: list[Reference]
    mappings: dict[str, list[MappedReference]] = Field(
        description="By the name of the list linked to."
    )
    lists: list[Named] = Field(description="The lists and subsets it is in.")
    description: str | None = None
    alternativeLabels: list[str] | None = None  # noqa: N815 - a key of JSON
    type: str | None = None
    created: str | None = None
    modified: str | None = None
    historyNotes: str | None = None  # noqa: N815 - see above
    status: str | None = None
    replacedBy: list[Reference] | None = None  # noqa: N815 - see above


class ListOnly(Named):
    """A list, with its nine quality fields."""

    description: str
    created: str
    modified: str
    fullDescription: str  # noqa: N815 - a key of JSON
    accuracy: str
    audience: str
    completeness: str
    coverage: str
    intendedLongevity: str  # noqa: N815 - see above
    provenance: str
    rights: str
    status: str
    timeliness: str
    version: str
    uri: str


class FullList(ListOnly):
    """A list with its entries."""

    items: list[Item]


class ListAnswer(Shape):
    """The answer about a list."""

    list: FullList


class ListsAnswer(Shape):
    """The answer about all lists."""

    lists: list[ListOnly]


class MappedItem(Named):
    """An entry with those it is linked to."""

    mappings: list[Named]


class MappedList(Named):
    """A list whose entries are given with those they are linked to."""

    items: list[MappedItem]


class MappingAnswer(Shape):
    """The answer about links between lists."""

    list: MappedList


class Taxonomy(Shape):
    """A list as a taxonomy of HSDS-UK 3.0."""

    id: str = Field(description="A UUID.")
    name: str
    description: str
    uri: str
    version: str


class TaxonomyTerm(Shape):
    """A current entry as a term of HSDS-UK 3.0."""

    id: str = Field(description="A UUID.")
    code: str = Field(examples=["esdServiceType:559"])
    name: str
    description: str
    parent_id: str | None = None
    taxonomy: str
    taxonomy_detail: Taxonomy
    language: str
    taxonomy_id: str
    term_uri: str


class Page(Shape):
    """What every page says of itself."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool


class TaxonomiesPage(Page):
    """A page of taxonomies."""

    contents: list[Taxonomy]


class TermsPage(Page):
    """A page of terms."""

    contents: list[TaxonomyTerm]
