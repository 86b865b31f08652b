"""What fails inside, and how it is told: to the client without its inside, to the log with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from asking import TEMPLATES, make_site
from listkeeper.edition import load
from listkeeper.publish.publication import Publication
from listkeeper.store.workspace import open_workspace
from listkeeper.web.app import create_app
from listkeeper.web.headers import COMMON
from listkeeper.web.serving import Serving

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = [
    # a template as somebody may have left it
    "{{ frame.no_such_thing }}",
    "{% if %}",
    "{{ 1 / 0 }}",
]


@pytest.fixture
def broken(tmp_path: Path, request: pytest.FixtureRequest) -> TestClient:
    """The sample repository, with a template of its own for every page."""
    make_site(tmp_path)
    templates = tmp_path / "site_templates"
    for file in TEMPLATES.rglob("*"):
        if file.is_file():
            target = templates / file.relative_to(TEMPLATES)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    (templates / "base.html").write_text(request.param, encoding="utf-8")
    publication = Publication(load(open_workspace(tmp_path)), templates=templates)
    return TestClient(create_app(Serving(publication)), raise_server_exceptions=False)


@pytest.mark.parametrize("broken", BROKEN, indirect=True)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/service/559", "/service/559.html", "/", "/list/services/table"])
def test_a_page_that_cannot_be_rendered(broken: TestClient, path: str, method: str) -> None:
    """A page of few words for people, a problem document for programs; the rest still answers."""
    page = broken.request(method, path, headers={"Accept": "text/html"})
    told = broken.request(method, path, headers={"Accept": "*/*"})

    assert page.status_code == told.status_code == 500
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert told.headers["content-type"] == "application/problem+json"
    if method == "GET":
        assert "<h1>Internal Server Error</h1>" in page.text
        assert "no_such_thing" not in page.text + told.text
        assert json.loads(told.text)["status"] == 500
    for name, value in COMMON:
        assert page.headers[name.decode()] == value.decode()
    assert broken.get("/service/559.ttl").status_code == 200


@pytest.mark.parametrize("broken", BROKEN[:1], indirect=True)
def test_what_is_missing_is_told_though_its_page_cannot_be(broken: TestClient) -> None:
    """The page about a missing page is a page too."""
    assert broken.get("/nothing", headers={"Accept": "text/html"}).status_code == 500
    assert broken.get("/nothing", headers={"Accept": "application/json"}).status_code == 404


@pytest.mark.parametrize("broken", BROKEN[:1], indirect=True)
def test_a_defect_is_raised_for_the_log(broken: TestClient) -> None:
    """The server writes its traceback; nothing is swallowed."""
    with (
        TestClient(broken.app, raise_server_exceptions=True) as client,
        pytest.raises(Exception, match="no_such_thing"),
    ):
        client.get("/service/559")
