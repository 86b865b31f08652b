"""The JSON API: described by OpenAPI, and of a shape that does not change unnoticed.

A change of shape breaks programs of others. When one is meant, say so in the changelog and write
the golden file again: ``LISTKEEPER_GOLDEN=write pytest tests/test_web_api.py``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from asking import Site, make_site

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN: Final = Path(__file__).parent / "golden" / "api_shapes.json"

ANSWERS: Final = (
    "/service/559.json",
    "/service/600.json",
    "/power-or-duty/10001.json",
    "/legislation/10001.json",
    "/list/services.json",
    "/def.json",
    "/health",
    "/lists.json",
    "/lists/services",
    "/lists/services/verbose",
    "/lists/services/559",
    "/lists/mapping?from=needs&to=services",
    "/taxonomies",
    "/taxonomy_terms?taxonomy_id=functions",
    "/list/services.csv-metadata.json",
    "/list/functions.csv-metadata.json?mapped-to=services",
    "/list/services.links.csv-metadata.json",
    "/list/nothing.json",
    "/list/services.csv?colour=red",
)
"""What programs read, and what they read when it fails."""

NAMED: Final = frozenset({"links", "mappings"})
"""Keys whose objects are keyed by names of lists or links: data, not shape."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository."""
    return make_site(tmp_path_factory.mktemp("lists"))


@pytest.fixture(scope="module")
def api(site: Site) -> dict[str, Any]:
    """The description of the API."""
    found: dict[str, Any] = json.loads(site.ask("/openapi.json").body)
    return found


def shape(value: Any, key: str = "") -> Any:  # noqa: ANN401 - JSON
    """Say of what kinds a value is made; the items of an array have one shape together."""
    if isinstance(value, dict) and key in NAMED:
        return {"*": merged([shape(inner) for inner in value.values()])}
    if isinstance(value, dict):
        return {name: shape(inner, name) for name, inner in sorted(value.items())}
    if isinstance(value, list):
        return [merged([shape(inner) for inner in value])]
    return type(value).__name__


def merged(shapes: list[Any]) -> Any:  # noqa: ANN401 - JSON
    """Make one shape of several: a key that not all have is marked."""
    found = [s for s in shapes if s is not None]
    if not found:
        return None
    if all(isinstance(s, dict) for s in found):
        names = sorted({name.rstrip("?") for s in found for name in s})
        return {
            name if all(name in s for s in found) else f"{name}?": merged(
                [s.get(name, s.get(f"{name}?")) for s in found]
            )
            for name in names
        }
    if all(isinstance(s, list) for s in found):
        return [merged([inner for s in found for inner in s])]
    return " | ".join(sorted({s if isinstance(s, str) else json.dumps(s) for s in found}))


def test_the_shapes_of_answers_are_those_agreed(site: Site) -> None:
    """Every key, and of what kind its values are."""
    shapes = {path: shape(json.loads(site.ask(path, "application/json").body)) for path in ANSWERS}
    if os.environ.get("LISTKEEPER_GOLDEN") == "write":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(json.dumps(shapes, indent=1, ensure_ascii=False) + "\n", "utf-8")

    agreed = json.loads(GOLDEN.read_text("utf-8"))

    for path in ANSWERS:
        assert shapes[path] == agreed[path], path
    assert shapes.keys() == agreed.keys()


def operations(api: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every operation with its name."""
    for path, item in api["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


def test_the_description_is_openapi_3_1(api: dict[str, Any]) -> None:
    """It names every address that software calls."""
    assert api["openapi"].startswith("3.1.")
    wanted = {
        *("/csv", "/csv/mappings", "/xml", "/lists.json", "/lists/mapping", "/lists/{name}"),
        *("/lists/{name}/verbose", "/lists/{name}/{identifier}", "/taxonomies"),
        *("/taxonomy_terms", "/list/{name}.csv", "/list/{name}.xlsx", "/refresh", "/health"),
    }
    assert wanted <= api["paths"].keys()


def test_every_operation_is_told_in_words(api: dict[str, Any]) -> None:
    """A summary, a description, what comes back, and what a refusal looks like."""
    for name, operation in operations(api):
        assert operation.get("summary"), name
        assert operation.get("description"), name
        assert "422" not in operation["responses"], f"{name}: nothing answers so"
        refusal = operation["responses"]["4XX"]["content"]
        assert "application/problem+json" in refusal, name


def test_operations_have_names_of_their_own(api: dict[str, Any]) -> None:
    """Generators of clients make functions of them."""
    names = [operation["operationId"] for _, operation in operations(api)]

    assert len(names) == len(set(names))


def test_every_reference_leads_somewhere(api: dict[str, Any]) -> None:
    """Within the document."""

    def references(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
        if isinstance(value, dict):
            yield from (v for k, v in value.items() if k == "$ref")
            for inner in value.values():
                yield from references(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from references(inner)

    for reference in references(api):
        place: Any = api
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]
        assert place


def test_the_description_is_the_same_each_time(site: Site) -> None:
    """So that it can be compared from release to release."""
    assert site.ask("/openapi.json").body == site.ask("/openapi.json").body
    assert site.ask("/openapi.json").headers["access-control-allow-origin"] == "*"


def test_the_context_of_json_ld_is_served_alone(site: Site) -> None:
    """The same that each document has inline."""
    alone = json.loads(site.ask("/context.jsonld").body)["@context"]

    assert json.loads(site.ask("/service/559.jsonld").body)["@context"] == alone
