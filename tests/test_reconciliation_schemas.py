"""Every answer of the Reconciliation API is valid by the schemas of its specification."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT7

from asking import Site, make_site

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.shared

OLDER, NEWER = "0.2", "1.0-draft"
FORM = "application/x-www-form-urlencoded"

ENTITIES = ["service/559", "service/600", "need/69", "power-or-duty/10001", "nothing"]
PROPERTIES = [
    *("code", "uri", "status", "formerName", "otherName", "startDate", "endDate", "sameAs"),
    *("parent", "child", "replacedBy", "label-en", "label-cy", "definition-en", "meetsNeed"),
]

QUERIES: dict[str, Any] = {
    "q0": {"query": "Libraries", "type": "services", "limit": 3},
    "q1": {"query": "pest control", "type": ["services", "needs"], "type_strict": "any"},
    "q2": {"query": "Libraries", "properties": [{"pid": "partOfFunction", "v": "112"}]},
    "q3": {"properties": [{"pid": "meetsNeed", "v": [{"id": "need/69"}, "71", 5, True]}]},
    "q4": {"query": "nothing of the kind xyzzy"},
}

CONDITIONS: dict[str, Any] = {
    "queries": [
        {"conditions": [{"matchType": "name", "propertyValue": "Libraries"}], "limit": 2},
        {
            "type": "services",
            "lang": "en",
            "conditions": [
                {"matchType": "name", "propertyValue": ["pest", "control"]},
                {
                    "matchType": "property",
                    "propertyId": "status",
                    "propertyValue": "retired",
                    "required": True,
                    "matchQuantifier": "none",
                },
            ],
        },
        {"conditions": [{"matchType": "id", "propertyValue": {"id": "service/559"}}]},
    ]
}

COLUMNS: dict[str, Any] = {
    "ids": ENTITIES,
    "properties": [
        *({"id": name} for name in PROPERTIES),
        {"id": "partOfFunction", "settings": {"content": "code", "limit": 2}},
    ],
}


class Schemas:
    """The schemas of both versions."""

    def __init__(self, folder: Path) -> None:
        """Read the schemas."""
        self.texts = {
            (version, file.stem): json.loads(file.read_text("utf-8"))
            for version in (OLDER, NEWER)
            for file in (folder / version / "schemas").glob("*.json")
        }
        resources = [
            (schema["$id"], DRAFT7.create_resource(schema)) for schema in self.texts.values()
        ]
        self.registry = Registry().with_resources(resources)

    def check(self, content: object, name: str, *versions: str) -> None:
        """Hold an answer or a request against the schema of some versions."""
        for version in versions:
            schema = self.texts[version, name]
            Draft7Validator(schema, registry=self.registry).validate(content)


@pytest.fixture(scope="module")
def schemas(shared: Path) -> Schemas:
    """The schemas, from the shared suites."""
    return Schemas(shared / "suites" / "reconciliation")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository, hostile names and all."""
    return make_site(tmp_path_factory.mktemp("lists"))


def read(site: Site, path: str, **parameters: str) -> Any:  # noqa: ANN401 - JSON
    query = f"?{urlencode(parameters)}" if parameters else ""
    return json.loads(site.ask(f"/reconcile{path}{query}").body)


def post(site: Site, path: str, content: object) -> Any:  # noqa: ANN401 - JSON
    reply = site.ask(f"/reconcile{path}", method="POST", body=json.dumps(content).encode())
    assert reply.status == 200, reply.text
    return json.loads(reply.body)


def test_the_manifests(schemas: Schemas, site: Site) -> None:
    """Each is valid for its version, and the one of 0.2 without `suggest` for both.

    The schemas exclude a manifest that is valid for both and has `suggest`: in 0.2 its members
    are objects, in the draft booleans.
    """
    older, newer = read(site, ""), read(site, "/")
    schemas.check(older, "manifest", OLDER)
    schemas.check(newer, "manifest", NEWER)
    schemas.check({k: v for k, v in older.items() if k != "suggest"}, "manifest", OLDER, NEWER)
    with pytest.raises(ValidationError):
        schemas.check(older, "manifest", NEWER)
    with pytest.raises(ValidationError):
        schemas.check(newer, "manifest", OLDER)


def test_types(schemas: Schemas, site: Site) -> None:
    """The default types of the manifest."""
    for type_ in read(site, "")["defaultTypes"]:
        schemas.check(type_, "type", OLDER, NEWER)


def test_results(schemas: Schemas, site: Site) -> None:
    """The queries above are valid too, so they are what clients send."""
    schemas.check(QUERIES, "reconciliation-query-batch", OLDER)
    answer = read(site, "", queries=json.dumps(QUERIES))
    schemas.check(answer, "reconciliation-result-batch", OLDER)
    assert [len(answer[key]["result"]) > 0 for key in QUERIES] == [True, True, True, True, False]


def test_results_of_the_draft(schemas: Schemas, site: Site) -> None:
    """Queries by conditions."""
    schemas.check(CONDITIONS, "reconciliation-query-batch", NEWER)
    answer = post(site, "/match", CONDITIONS)
    schemas.check(answer, "reconciliation-result-batch", NEWER)
    assert all(result["candidates"] for result in answer["results"])


def test_extension(schemas: Schemas, site: Site) -> None:
    """Every kind of value, and an entry that there is not."""
    schemas.check(COLUMNS, "data-extension-query", OLDER, NEWER)
    schemas.check(read(site, "", extend=json.dumps(COLUMNS)), "data-extension-response", OLDER)
    schemas.check(post(site, "/extend", COLUMNS), "data-extension-response", NEWER)


@pytest.mark.parametrize("type_", ["services", "needs", "powers-and-duties", ""])
def test_property_proposals(schemas: Schemas, site: Site, type_: str) -> None:
    """For a list, and for none."""
    answer = read(site, "/extend/propose", type=type_)
    schemas.check(answer, "data-extension-property-proposal", OLDER, NEWER)
    assert answer["properties"]


SUGGESTED = [("entity", "entities"), ("type", "types"), ("property", "properties")]


@pytest.mark.parametrize(("kind", "name"), SUGGESTED)
@pytest.mark.parametrize("prefix", ["", "libr", "559", "serv", "need", "xyzzy"])
def test_suggestions(schemas: Schemas, site: Site, kind: str, name: str, prefix: str) -> None:
    """Of each kind, found or not."""
    answer = read(site, f"/suggest/{kind}", prefix=prefix)
    schemas.check(answer, f"suggest-{name}-response", OLDER, NEWER)


def examples(folder: Path, version: str, name: str) -> list[Any]:
    """The examples of the specification that are valid."""
    files = sorted((folder / version / "examples" / name / "valid").glob("*.json"))
    return [json.loads(file.read_text("utf-8")) for file in files]


def test_the_examples_of_the_specification_are_read(site: Site, shared: Path) -> None:
    """They name types and properties of others' data: they are told as unknown, no worse."""
    folder = shared / "suites" / "reconciliation"
    batches = examples(folder, OLDER, "reconciliation-query-batch")
    drafts = examples(folder, NEWER, "reconciliation-query-batch")
    assert len(batches) > 1
    assert len(drafts) > 1
    for batch in batches:
        for query in batch.values():
            query.pop("type", None)
            query.pop("properties", None)
            query.setdefault("query", "anything")
        body = urlencode({"queries": json.dumps(batch)}).encode()
        headers = {"Content-Type": FORM}
        reply = site.ask("/reconcile", method="POST", headers=headers, body=body)
        assert reply.status == 200, reply.text
        assert json.loads(reply.body).keys() == batch.keys()
    for batch in drafts:
        reply = site.ask("/reconcile/match", method="POST", body=json.dumps(batch).encode())
        assert reply.status == 200 or "no such" in reply.text
