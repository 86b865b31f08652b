"""The Reconciliation API as its clients use it, both versions."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest

from asking import TEMPLATES, Reply, Site, make_site
from listkeeper.edition import load
from listkeeper.publish.publication import Publication
from listkeeper.store.workspace import open_workspace
from listkeeper.web.app import create_app
from listkeeper.web.serving import Serving
from sample import SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository."""
    return make_site(tmp_path_factory.mktemp("lists"))


def ask(site: Site, **parameters: object) -> Reply:
    """Ask the endpoint of 0.2 by a form, each parameter as JSON."""
    body = urlencode({name: json.dumps(value) for name, value in parameters.items()})
    headers = {"Content-Type": FORM}
    return site.ask("/reconcile", method="POST", headers=headers, body=body.encode())


def first(site: Site, query: dict[str, Any]) -> list[dict[str, Any]]:
    """The candidates for one query."""
    reply = ask(site, queries={"q0": query})
    assert reply.status == 200, reply.text
    found: list[dict[str, Any]] = json.loads(reply.body)["q0"]["result"]
    return found


def post(site: Site, path: str, content: object) -> Reply:
    """Send JSON, as the draft does."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    headers = {"Content-Type": "application/json"}
    return site.ask(f"/reconcile/{path}", method="POST", headers=headers, body=body)


def get(site: Site, path: str, **parameters: str) -> Any:  # noqa: ANN401 - JSON
    """Read JSON below the endpoint."""
    reply = site.ask(f"/reconcile/{path}?{urlencode(parameters)}")
    assert reply.status == 200, reply.text
    return json.loads(reply.body)


# Manifest


def test_the_manifest_leads_to_where_it_was_asked(site: Site) -> None:
    """Clients are sent to the host they reached, in the folder the site is shown in."""
    reply = site.ask("/reconcile", headers={"Host": "127.0.0.1:8000"}, root_path="/lists")
    manifest = json.loads(reply.body)

    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["access-control-allow-origin"] == "*"
    assert manifest["view"]["url"] == "http://127.0.0.1:8000/lists/reconcile/view?id={{id}}"
    service = manifest["suggest"]["entity"]
    assert service["service_url"] + service["service_path"] == (
        "http://127.0.0.1:8000/lists/reconcile/suggest/entity"
    )
    assert manifest["identifierSpace"] == "https://lists.example.org/id/"


HOSTS = [
    # Host, where the manifest leads
    ("localhost", "http://localhost/"),
    ("[::1]:8000", "http://[::1]:8000/"),
    ("lists.example.org", "https://lists.example.org/"),
    ("evil.example/<script>", "https://lists.example.org/"),
    ("a b", "https://lists.example.org/"),
    ("", "https://lists.example.org/"),
]


@pytest.mark.parametrize(("host", "root"), HOSTS)
def test_the_base_uri_goes_before_what_a_client_says(site: Site, host: str, root: str) -> None:
    """Behind a proxy the server sees http; at its own name the base URI says https."""
    manifest = json.loads(site.ask("/reconcile", headers={"Host": host}).body)

    assert manifest["preview"]["url"] == f"{root}reconcile/preview?id={{{{id}}}}"


def test_the_two_manifests_differ_where_the_versions_exclude_each_other(site: Site) -> None:
    """Version 0.2 describes the suggest services by objects, the draft by booleans."""
    both = [json.loads(site.ask(path).body) for path in ("/reconcile", "/reconcile/")]
    differing = {key for key in both[0] if both[0][key] != both[1][key]}

    assert both[0].keys() == both[1].keys()
    assert differing == {"suggest", "view"}
    assert both[1]["suggest"] == {"entity": True, "property": True, "type": True}


def test_types_are_lists(site: Site) -> None:
    """A subset names the list that it is part of."""
    types = {t["id"]: t for t in json.loads(site.ask("/reconcile").body)["defaultTypes"]}

    assert types["services"]["name"] == "Services"
    assert types["englishAndWelshServices"]["broader"] == [{"id": "services", "name": "Services"}]


# Queries


def test_a_name_finds_its_entry(site: Site) -> None:
    """It is a match when the name is its own and no other's in the list."""
    candidate = first(site, {"query": "Libraries", "type": "services"})[0]

    assert candidate["id"] == "service/559"
    assert candidate["name"] == "Libraries"
    assert candidate["match"] is True
    assert candidate["score"] == 100
    assert [t["id"] for t in candidate["type"]] == ["services", "englishAndWelshServices"]
    assert "Books, study space" in candidate["description"]


def test_the_same_name_in_two_lists_is_no_match(site: Site) -> None:
    """Without a type, or with two, a person has to choose."""
    for types in ([], ["services", "functions"]):
        found = first(site, {"query": "Libraries", "type": types})

        assert {c["id"] for c in found} >= {"service/559", "function/112"}
        assert not any(c["match"] for c in found)


NAMES = [
    # what is asked, type, first candidate, whether it may be taken without a look
    ("library services", "services", "service/559", False),
    ("LIBRARIES", "services", "service/559", True),
    ("Lending library", "services", "service/559", False),
    ("559", "services", "service/559", True),
    ("http://id.esd.org.uk/service/559", "services", "service/559", True),
    ("https://lists.example.org/id/service/559", "", "service/559", True),
    ("Cronfa fwrsari 16 i 19", "services", "service/1614", True),
    ("Creche at a cafe", "services", "service/200001", True),
    ("Dog licences", "services", "service/607", False),
    ("Libraries", "englishAndWelshServices", "service/559", True),
    ("Libraries", "LGSL", "service/559", True),
    ("Libraries", "https://lists.example.org/id/list/functions", "function/112", True),
]


@pytest.mark.parametrize(("query", "type_", "identifier", "match"), NAMES)
def test_names_codes_and_addresses(
    site: Site,
    query: str,
    type_: str,
    identifier: str,
    match: bool,  # noqa: FBT001 - a case of the table
) -> None:
    """Former and other names are proposed, never taken unseen; nor is a retired entry."""
    candidate = first(site, {"query": query, "type": type_})[0]

    assert (candidate["id"], candidate["match"]) == (identifier, match)


def test_a_batch_keeps_its_keys(site: Site) -> None:
    """Each query is answered under its key, by GET and by POST alike."""
    queries = {"b": {"query": "Libraries"}, "a": {"query": "zzz qqq"}}
    by_post = ask(site, queries=queries)
    by_get = site.ask(f"/reconcile?queries={quote(json.dumps(queries))}")

    assert by_post.body == by_get.body
    found = json.loads(by_post.body)
    assert list(found) == ["b", "a"]
    assert found["a"] == {"result": []}


def test_a_limit(site: Site) -> None:
    """So many at most; five where nothing is said."""
    assert len(first(site, {"query": "pest control", "limit": 1})) == 1
    assert len(first(site, {"query": "pest control", "limit": 10**6})) <= 25


def test_other_columns_help(site: Site) -> None:
    """What another column says lessens the candidates of which it does not hold."""
    asked = {"query": "Libraries", "properties": [{"pid": "partOfFunction", "v": "112"}]}
    found = {c["id"]: c for c in first(site, asked)}

    assert found["service/559"]["score"] == 100
    assert found["function/112"]["score"] == 50
    features = {f["id"]: f["value"] for f in found["function/112"]["features"]}
    assert features == {"name": 100, "properties": 0}


VALUES = [
    "Libraries", "112", "function/112", {"id": "function/112", "name": "Libraries"},
    "https://lists.example.org/id/function/112", 112, ["nothing", "LIBRARIES"],
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
def test_a_linked_entry_by_any_of_its_names(site: Site, value: object) -> None:
    """A cell may hold its code, address, URI or name, or a match made before."""
    asked = {"type": "services", "properties": [{"pid": "partOfFunction", "v": value}]}

    assert {c["id"] for c in first(site, asked)} == {"service/559", "service/1614"}


# The draft


def test_the_draft_asks_by_conditions(site: Site) -> None:
    """Results are in the order of the queries."""
    name = {"matchType": "name", "propertyValue": "Libraries"}
    code = {"matchType": "id", "propertyValue": "service/1614"}
    queries = [{"type": "services", "conditions": [name]}, {"conditions": [code]}]
    found = json.loads(post(site, "match", {"queries": queries}).body)["results"]

    assert [each["candidates"][0]["id"] for each in found] == ["service/559", "service/1614"]
    assert [each["candidates"][0]["match"] for each in found] == [True, True]


CONDITIONS = [
    # quantifier, required, values, candidates
    ("any", True, ["need/69", "need/1"], {"service/559"}),
    ("all", True, ["need/69", "need/71"], {"service/559"}),
    ("all", True, ["need/69", "need/1"], set()),
    ("none", True, ["need/69"], {"function/112"}),
    ("any", False, ["need/69"], {"service/559", "function/112"}),
]


@pytest.mark.parametrize(("quantifier", "required", "values", "expected"), CONDITIONS)
def test_required_conditions_leave_candidates_out(
    site: Site,
    quantifier: str,
    required: bool,  # noqa: FBT001 - a case of the table
    values: list[str],
    expected: set[str],
) -> None:
    """Others only lessen them."""
    condition = {
        "matchType": "property", "propertyId": "meetsNeed", "propertyValue": values,
        "required": required, "matchQuantifier": quantifier,
    }  # fmt: skip
    conditions = [{"matchType": "name", "propertyValue": "Libraries"}, condition]
    reply = post(site, "match", {"queries": [{"conditions": conditions, "limit": 2}]})
    (found,) = json.loads(reply.body)["results"]

    assert {c["id"] for c in found["candidates"] if c["features"][0]["value"] == 100} == expected


def test_names_in_the_language_that_is_wanted(site: Site) -> None:
    """Accept-Language chooses among the languages of the settings."""
    for wanted, name in (("cy", "Cronfa fwrsari 16 i 19"), ("fr", "16 to 19 bursary fund")):
        headers = {"Accept-Language": wanted}
        reply = site.ask("/reconcile/suggest/entity?prefix=1614", headers=headers)

        assert json.loads(reply.body)["result"][0]["name"] == name
        assert reply.headers["vary"] == "Accept-Language"


# Data extension

COLUMNS = [
    # property, settings, values for service/559
    ("code", {}, [{"str": "559"}]),
    ("uri", {}, [{"str": "https://lists.example.org/id/service/559"}]),
    ("status", {}, [{"str": "current"}]),
    ("formerName", {}, [{"str": "Library services"}]),
    ("otherName", {"limit": "1"}, [{"str": "Public library"}]),
    ("sameAs", {}, [{"str": "http://id.esd.org.uk/service/559"}]),
    ("label-en", {}, [{"str": "Libraries"}]),
    ("label-cy", {}, []),
    ("replacedBy", {}, []),
    ("partOfFunction", {}, [{"id": "function/112", "name": "Libraries"}]),
    ("meetsNeed", {"content": "code"}, [{"str": "69"}, {"str": "71"}]),
    ("meetsNeed", {"content": "code", "limit": 1}, [{"str": "69"}]),
    ("meetsNeed", {"content": "name", "limit": "0"},
     [{"str": "Social inclusion"}, {"str": "Community facilities"}]),
    ("requiredByDuty", {"content": "uri"},
     [{"str": "https://lists.example.org/id/power-or-duty/10001"}]),
    ("calledForBy", {}, [{"id": "life-event/10001", "name": "Having a baby"}]),
]  # fmt: skip


@pytest.mark.parametrize(("property_", "settings", "values"), COLUMNS)
def test_columns_for_matched_entries(
    site: Site, property_: str, settings: dict[str, Any], values: list[dict[str, str]]
) -> None:
    """Both versions give the same values, each in its own form."""
    query = {"ids": ["service/559"], "properties": [{"id": property_, "settings": settings}]}
    older = json.loads(ask(site, extend=query).body)
    newer = json.loads(post(site, "extend", query).body)

    assert older["rows"] == {"service/559": {property_: values}}
    assert newer["rows"] == [
        {"id": "service/559", "properties": [{"id": property_, "values": values}]}
    ]
    assert older["meta"] == newer["meta"]


def test_a_column_of_entries_says_of_which_list(site: Site) -> None:
    """So that a client can go on from it; a column of texts does not."""
    columns = [{"id": "partOfFunction"}, {"id": "partOfFunction", "settings": {"content": "code"}}]
    meta = json.loads(ask(site, extend={"ids": [], "properties": columns}).body)["meta"]

    assert meta[0]["type"] == {"id": "functions", "name": "Functions"}
    assert "type" not in meta[1]


def test_a_replacement_can_be_had(site: Site) -> None:
    """Retired entries say what to use instead."""
    query = {"ids": ["service/600", "service/9"], "properties": [{"id": "replacedBy"}]}
    rows = json.loads(ask(site, extend=query).body)["rows"]

    assert rows == {
        "service/600": {"replacedBy": [{"id": "service/1614", "name": "16 to 19 bursary fund"}]},
        "service/9": {"replacedBy": []},
    }


def test_properties_are_proposed_for_a_list(site: Site) -> None:
    """Kinds of links that start or end there, and what every entry has."""
    services = {p["id"] for p in get(site, "extend/propose", type="services")["properties"]}
    needs = {p["id"] for p in get(site, "extend/propose", type="needs")["properties"]}

    assert {"code", "label-en", "label-cy", "meetsNeed", "calledForBy"} <= services
    assert "meetsNeed" not in needs
    assert "metBy" in needs
    assert len(get(site, "extend/propose", type="services", limit="3")["properties"]) == 3


# Suggest


def test_suggestions(site: Site) -> None:
    """By code, name or former name; lists and properties by a word of their names."""
    entities = get(site, "suggest/entity", prefix="librar")["result"]
    assert "service/559" in {e["id"] for e in entities}
    assert get(site, "suggest/entity", prefix="559", type="services")["result"][0]["notable"]
    types = {t["id"] for t in get(site, "suggest/type", prefix="Serv")["result"]}
    assert types == {"services", "englishAndWelshServices"}
    found = {p["id"] for p in get(site, "suggest/property", prefix="need")["result"]}
    assert {"meetsNeed", "metBy"} <= found


def test_nothing_typed(site: Site) -> None:
    """Every list and property, ten at a time."""
    first_ten = [t["id"] for t in get(site, "suggest/type", prefix="")["result"]]
    rest = [t["id"] for t in get(site, "suggest/type", prefix="", cursor="10")["result"]]

    assert len(first_ten) == 10
    assert rest
    assert not set(first_ten) & set(rest)


# Preview and view


def test_a_preview_may_be_framed(site: Site) -> None:
    """It is the one page that others may show within theirs."""
    reply = site.ask("/reconcile/preview?id=service%2F600")

    assert "frame-ancestors *" in reply.headers["content-security-policy"]
    assert "Education maintenance allowance" in reply.text
    assert "Replaced by 1614 16 to 19 bursary fund" in reply.text
    assert "frame-ancestors 'none'" in site.ask("/service/600").headers["content-security-policy"]


def test_a_preview_shows_names_as_text(site: Site) -> None:
    """Nothing in a name becomes markup."""
    page = site.ask("/reconcile/preview?id=service/610").text

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("identifier", ["service/559", "service%2F559"])
def test_the_view_leads_to_the_page(site: Site, identifier: str) -> None:
    """With the identifier encoded or not: clients differ."""
    reply = site.ask(f"/reconcile/view?id={identifier}", root_path="/lists")

    assert reply.status == 303
    assert reply.headers["location"] == "/lists/service/559"


@pytest.mark.parametrize("path", ["view", "preview"])
@pytest.mark.parametrize("query", ["", "?id=", "?id=service/1", "?id=//evil.example"])
def test_an_entry_that_there_is_not(site: Site, path: str, query: str) -> None:
    """It is 404, and nobody is led away."""
    assert site.ask(f"/reconcile/{path}{query}").status == 404


# What is wrong is told

NESTED = "[" * 100_000
WRONG = [
    # queries, what is said
    ("", "this is not JSON: Expecting value at line 1, column 1"),
    ("{", "not JSON"),
    (NESTED, "nested too deeply"),
    ("[]", "queries must be an object"),
    ('{"q": 1}', "queries.q must be an object"),
    ('{"q": {}}', "queries.q asks for nothing"),
    ('{"q": {"query": ""}}', "asks for nothing"),
    ('{"q": {"query": 5}}', "queries.q.query must be a text"),
    ('{"q": {"query": "a", "type": 5}}', "queries.q.type must be an array"),
    ('{"q": {"query": "a", "type": "nothing"}}', "no such list"),
    ('{"q": {"query": "a", "limit": 0}}', "limit must be a positive whole number"),
    ('{"q": {"query": "a", "limit": -1}}', "positive"),
    ('{"q": {"query": "a", "limit": 1.5}}', "positive"),
    ('{"q": {"query": "a", "limit": true}}', "positive"),
    ('{"q": {"query": "a", "limit": 1e999}}', "positive"),
    ('{"q": {"query": "a", "limit": NaN}}', "a number"),
    ('{"q": {"query": "a", "limit": ' + "9" * 5000 + "}}", "number that is too long"),
    ('{"q": {"query": "a", "properties": {}}}', "properties must be an array"),
    ('{"q": {"query": "a", "properties": [{}]}}', "properties[0].pid must be a text"),
    ('{"q": {"query": "a", "properties": [{"pid": "x", "v": 1}]}}', "x: no such property"),
    ('{"q": {"query": "a", "properties": [{"pid": "code", "v": null}]}}', "v must be a text"),
    (json.dumps({str(n): {"query": "a"} for n in range(51)}), "at most 50"),
    (json.dumps({"q": {"query": "a", "properties": [{"pid": "code", "v": 1}] * 21}}), "at most 20"),
]  # fmt: skip


@pytest.mark.parametrize(("queries", "said"), WRONG)
def test_a_wrong_batch_is_told_in_one_line(site: Site, queries: str, said: str) -> None:
    """400, and where it is wrong."""
    body = urlencode({"queries": queries}).encode()
    reply = site.ask("/reconcile", method="POST", headers={"Content-Type": FORM}, body=body)

    assert reply.status == 400
    assert said in json.loads(reply.body)["detail"]
    assert len(reply.body) < 700


DRAFT_WRONG = [
    ("match", b"", "not JSON"),
    ("match", b"[]", "the batch must be an object"),
    ("match", b"{}", "must have queries"),
    ("match", b'{"queries": {}}', "queries must be an array"),
    ("match", b'{"queries": [{}]}', "queries[0] asks for nothing"),
    ("match", b'{"queries": [{"conditions": [{}]}]}', "matchType must be name, id or property"),
    ("match", b'{"queries": [{"conditions": [{"matchType": "name"}]}]}', "must be a text"),
    ("match", b"\xff", "no UTF-8"),
    ("extend", b"{}", "ids must be an array"),
    ("extend", b'{"ids": [1], "properties": []}', "ids must be a text"),
    ("extend", b'{"ids": [], "properties": [{"id": "x"}]}', "x: no such property"),
    ("extend", b'{"ids": [], "properties": [{"id": "code", "settings": {"content": "x"}}]}',
     "must be one of entity, name, code, uri"),
    ("extend", b'{"ids": [], "properties": [{"id": "code", "settings": {"limit": "x"}}]}',
     "positive whole number"),
    ("extend", json.dumps({"ids": ["a"] * 1001, "properties": []}).encode(), "at most 1,000"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "body", "said"), DRAFT_WRONG)
def test_a_wrong_request_of_the_draft(site: Site, path: str, body: bytes, said: str) -> None:
    """The same, in JSON bodies."""
    reply = post(site, path, body)

    assert reply.status == 400
    assert said in json.loads(reply.body)["detail"]


OTHERS = [
    ("GET", "/reconcile?query=Libraries", b"", 400),
    ("GET", "/reconcile?queries={}&queries={}", b"", 400),
    ("GET", "/reconcile/suggest/entity?prefix=a&cursor=x", b"", 400),
    ("GET", "/reconcile/suggest/entity?prefix=a&cursor=-1", b"", 400),
    ("GET", "/reconcile/suggest/entity?prefix=a&type=nothing", b"", 400),
    ("GET", "/reconcile/extend/propose?type=nothing", b"", 400),
    ("POST", "/reconcile", b"{}", 415),
    ("GET", "/reconcile/match", b"", 405),
    ("GET", "/reconcile/nothing", b"", 404),
    ("POST", "/reconcile/match", b"x" * (2**20 + 1), 413),
]


@pytest.mark.parametrize(("method", "target", "body", "status"), OTHERS)
def test_other_mistakes(site: Site, method: str, target: str, body: bytes, status: int) -> None:
    """Each has a status of its own."""
    reply = site.ask(target, method=method, body=body)

    assert reply.status == status
    assert reply.headers["content-type"] == "application/problem+json"


def test_jsonp_is_not_answered(site: Site) -> None:
    """A callback changes nothing: the answer is JSON, which any origin may read."""
    reply = site.ask("/reconcile?callback=alert")

    assert reply.headers["content-type"] == "application/json"
    assert reply.body.startswith(b"{")


HOSTILE = [
    '" OR 1=1 --', "NEAR(a b)", "a* AND b*", "'; DROP TABLE x; --", "(" * 5000, "a" * 100_000,
    "\x00\u202e", "%" * 100, "{{7*7}}", "a " * 50_000, "\U0001f600" * 1000, "-" * 10_000,
    "\ufdfa" * 1000, "a\u0301" * 2000, "9" * 5000, "http://" + "a" * 10_000, "1e999", "NaN",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_are_answered_like_any_other(site: Site, text: str) -> None:
    """Quickly, and without an error: a cell may hold anything."""
    began = time.monotonic()
    reply = ask(site, queries={str(n): {"query": text + str(n)} for n in range(10)})
    suggested = site.ask(f"/reconcile/suggest/entity?prefix={quote(text[:2000])}")

    assert reply.status == 200
    assert suggested.status == 200
    assert time.monotonic() - began < 2


def test_another_default_language(tmp_path: Path) -> None:
    """The first language of the settings is that of names."""
    site = make_site(tmp_path)
    settings = SETTINGS.replace('["en", "cy"]', '["cy", "en"]')
    (tmp_path / "listkeeper.toml").write_text(settings, "utf-8")
    publication = Publication(load(open_workspace(tmp_path)), templates=TEMPLATES)
    serving = Serving(publication)
    other = Site(serving=serving, app=create_app(serving))

    assert json.loads(site.ask("/reconcile").body)["lang"] == "en"
    assert json.loads(other.ask("/reconcile").body)["lang"] == "cy"
    assert first(other, {"query": "1614"})[0]["name"] == "Cronfa fwrsari 16 i 19"
