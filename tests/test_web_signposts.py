"""Typed links: FAIR Signposting in headers (level 1) and as link sets (level 2)."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from asking import Reply, Site, make_site
from listkeeper.publish.representations import offers
from listkeeper.publish.resources import ResourceKind

BASE = "https://lists.example.org/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository."""
    return make_site(tmp_path_factory.mktemp("lists"))


RELATIONS = [
    # path, relation, targets
    ("/service/559", "cite-as", ["id/service/559"]),
    ("/service/559", "collection", ["list/services"]),
    ("/service/559", "linkset", ["service/559.linkset.json"]),
    ("/service/559", "describedby", ["service/559.ttl"]),
    ("/service/559", "item", []),
    ("/service/559.ttl", "cite-as", ["id/service/559"]),
    ("/service/559.ttl", "collection", ["service/559"]),
    ("/service/559.ttl", "linkset", ["service/559.linkset.json"]),
    ("/service/559.linkset.json", "linkset", []),
    ("/id/service/559", "collection", ["list/services"]),
    ("/list/services", "collection", []),
    ("/list/services.csv", "collection", ["list/services"]),
    ("/list/services.csv", "describedby", ["list/services.csv-metadata.json"]),
    ("/list/services.csv", "item", []),
    (
        "/list/services",
        "item",
        [
            f"list/services{row.extension}"
            for row in offers(ResourceKind.LIST)
            if row.negotiable and row.name != "html"
        ],
    ),
    ("/catalogue.ttl", "collection", []),
    ("/catalogue.ttl", "cite-as", ["id/catalogue"]),
]


@pytest.mark.parametrize(("path", "relation", "targets"), RELATIONS)
def test_relations(site: Site, path: str, relation: str, targets: list[str]) -> None:
    """Each link of an answer leads to what its relation says."""
    assert linked(site.ask(path), relation) == {BASE + target for target in targets}


@pytest.mark.parametrize("path", ["/service/559", "/list/services", "/power-or-duty/10001"])
def test_a_link_set_says_what_the_headers_say(site: Site, path: str) -> None:
    """Of the page and of each data file (https://www.rfc-editor.org/rfc/rfc9264)."""
    reply = site.ask(f"{path}.linkset.json")
    contexts = {each["anchor"]: each for each in json.loads(reply.body)["linkset"]}

    assert reply.headers["content-type"] == "application/linkset+json"
    assert BASE + path[1:] in contexts
    for anchor, context in contexts.items():
        answered = site.ask(anchor.removeprefix(BASE[:-1]))
        assert answered.status == 200
        for relation in ("cite-as", "type", "license", "collection", "describedby"):
            assert hrefs(context, relation) == linked(answered, relation), (anchor, relation)


def test_a_list_leads_to_its_entries(site: Site) -> None:
    """In the link set alone: a header could not hold them; and each entry leads back."""
    (page, *_) = json.loads(site.ask("/list/needs.linkset.json").body)["linkset"]
    entries = {f"{BASE}need/69", f"{BASE}need/71"}

    assert entries <= hrefs(page, "item")
    for entry in entries:
        assert linked(site.ask(entry.removeprefix(BASE[:-1])), "collection") == {page["anchor"]}


def test_no_header_is_longer_than_servers_bear(site: Site) -> None:
    """Proxies commonly stop at 4 KiB for status and headers together."""
    for path in site.publication.documents:
        for target in (path, f"/id{path}"):
            headers = site.ask(target).headers
            assert sum(len(name) + len(value) + 4 for name, value in headers.items()) < 3_800


def linked(reply: Reply, relation: str) -> set[str]:
    return {
        target
        for target, found, rest in re.findall(
            r'<([^>]*)>; rel="([^"]*)"([^<]*)', reply.headers.get("link", "")
        )
        if relation in found.split() and "anchor=" not in rest
    }


def hrefs(context: dict[str, Any], relation: str) -> set[str]:
    return {target["href"] for target in context.get(relation, ())}
