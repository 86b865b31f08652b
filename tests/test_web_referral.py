"""Open Referral UK: the lists as taxonomies, in the form that directories of services read."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from asking import Site, make_site
from listkeeper.web.shapes import TaxonomiesPage, Taxonomy, TaxonomyTerm, TermsPage

if TYPE_CHECKING:
    from pydantic import BaseModel

BASE = "https://lists.example.org/id/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository."""
    return make_site(tmp_path_factory.mktemp("lists"))


def read(site: Site, path: str) -> Any:  # noqa: ANN401 - JSON
    """Ask for JSON."""
    reply = site.ask(path)
    assert (reply.status, reply.headers["content-type"]) == (200, "application/json"), reply.text
    return json.loads(reply.body)


def names(page: dict[str, Any]) -> list[str]:
    return [record["name"] for record in page["contents"]]


SHAPES = [
    ("/taxonomies", TaxonomiesPage),
    ("/taxonomies/services", Taxonomy),
    ("/taxonomy_terms", TermsPage),
    ("/taxonomy_terms?taxonomy_id=needs&per_page=1", TermsPage),
]


@pytest.mark.parametrize(("path", "shape"), SHAPES)
def test_answers_have_the_shape_of_the_specification(
    path: str, shape: type[BaseModel], site: Site
) -> None:
    """Every key that it names, and no other."""
    shape.model_validate(read(site, path))


def test_a_list_is_a_taxonomy(site: Site) -> None:
    """Identified by a UUID that stays the same, and by the URI of the list; subsets are none."""
    page = read(site, "/taxonomies")
    services = next(t for t in page["contents"] if t["name"] == "Services")

    assert services["uri"] == f"{BASE}list/services"
    assert services["version"] == "2026.11"
    assert services["id"] == str(uuid.uuid5(uuid.NAMESPACE_URL, services["uri"]))
    assert read(site, f"/taxonomies/{services['id']}") == services
    assert read(site, "/taxonomies/esdServiceType") == services
    assert "English and Welsh services" not in names(page)


def test_a_code_of_the_lga_has_its_prefix(site: Site) -> None:
    """Where the entry says that it is the same; a code that was made here has none."""
    found = read(site, "/taxonomy_terms?taxonomy_id=services")["contents"]
    codes = {term["term_uri"]: term["code"] for term in found}

    assert codes[f"{BASE}service/559"] == "esdServiceType:559"
    assert codes[f"{BASE}service/602"] == "602"


def test_terms_are_current_entries(site: Site) -> None:
    """Neither retired ones nor proposals: nobody should tag anew with those."""
    found = read(site, "/taxonomy_terms?taxonomy_id=services")

    uris = [term["term_uri"].rpartition("/")[2] for term in found["contents"]]
    assert uris == ["559", "602", "603", "606", "610", "1614", "1788"]


def test_terms_tell_what_they_are_below(site: Site) -> None:
    """By the identifier of the parent; those at the top tell nothing."""
    top = read(site, "/taxonomy_terms?taxonomy_id=functions&top_only=true")
    (leisure,) = top["contents"]
    below = read(site, f"/taxonomy_terms?parent_id={leisure['id']}")

    assert ("parent_id" in leisure, names(top), names(below)) == (
        *(False, ["Leisure and culture"], ["Libraries"]),
    )
    TaxonomyTerm.model_validate(read(site, f"/taxonomy_terms/{below['contents'][0]['id']}"))


def test_pages_are_one_after_the_other(site: Site) -> None:
    """Together they are all terms, none twice."""
    whole = read(site, "/taxonomy_terms?per_page=1000")
    pages = [read(site, f"/taxonomy_terms?per_page=7&page={n}") for n in (1, 2, 3)]

    assert [p["first_page"] for p in pages] == [True, False, False]
    assert all(p["total_items"] == whole["total_items"] for p in pages)
    assert [p["size"] for p in pages] == [7, 7, 7]
    assert [t for p in pages for t in p["contents"]] == whole["contents"][:21]
    assert whole["last_page"]
    assert not whole["empty"]


def test_words_find_terms(site: Site) -> None:
    """In names, descriptions and codes, whatever their case."""
    assert names(read(site, "/taxonomy_terms?search=LIBRARIES&taxonomy_id=services")) == [
        "Libraries"
    ]
    assert names(read(site, "/taxonomy_terms?search=esdservicetype:559")) == ["Libraries"]
    assert read(site, "/taxonomy_terms?search=nothing+like+it")["empty"]
    assert names(read(site, "/taxonomies?search=needs")) == ["Needs"]


WRONG = [
    ("/taxonomies?page=2", 400, "page=2: there are 1"),
    ("/taxonomies?page=0", 400, "page=0: must be a whole number from 1"),
    ("/taxonomies?per_page=1001", 400, "per_page=1001: must be a whole number from 1 to 1000"),
    ("/taxonomies?per_page=%C2%B2", 400, "per_page="),
    ("/taxonomies?format=ndjson", 400, "format=ndjson: must be json"),
    ("/taxonomies?colour=red", 400, "unknown query parameter colour"),
    ("/taxonomies/colours", 404, "colours: no such taxonomy"),
    ("/taxonomy_terms?taxonomy_id=colours", 400, "colours: no such taxonomy"),
    ("/taxonomy_terms?parent_id=x", 400, "x: no such term"),
    ("/taxonomy_terms?top_only=yes", 400, "top_only=yes: must be true or false"),
    ("/taxonomy_terms/x", 404, "x: no such term"),
]


@pytest.mark.parametrize(("target", "status", "reason"), WRONG)
def test_what_cannot_be_answered(target: str, status: int, reason: str, site: Site) -> None:
    """A problem document says why."""
    reply = site.ask(target)

    assert (reply.status, reply.headers["content-type"]) == (status, "application/problem+json")
    assert json.loads(reply.body)["detail"].startswith(reason)
