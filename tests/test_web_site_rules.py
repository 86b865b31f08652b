"""The static site behind a real nginx: the same answers as the server's, where files can do it."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import pytest

from asking import make_site
from listkeeper.publish.site import build
from listkeeper.web.headers import COMMON
from listkeeper.web.site_rules import HOSTS, rules
from test_web_negotiation import CONCEPT_CASES, SERVER_ONLY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from asking import Site

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")

ENDINGS = {
    "html": "",
    "turtle": ".ttl",
    "json-ld": ".jsonld",
    "rdf-xml": ".rdf",
    "n-triples": ".nt",
    "json": ".json",
    "csv": ".csv",
}


class Reply(NamedTuple):
    """What the file host answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Host(NamedTuple):
    """A site as files, and the same lists as the server has them."""

    port: int
    site: Site

    def ask(self, path: str, accept: str | None = None, method: str = "GET") -> Reply:
        """Send one request, following nothing."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, headers={} if accept is None else {"Accept": accept})
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        reply = Reply(answer.status, headers, answer.read())
        connection.close()
        return reply


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Build the sample and have nginx serve it by the rules made for it."""
    if NGINX is None:
        pytest.skip("needs nginx")
    folder = tmp_path_factory.mktemp("nginx")
    site = make_site(folder / "lists")
    build(site.publication, folder / "site")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with _nginx(folder, port):
        yield Host(port, site)


@contextmanager
def _nginx(folder: Path, port: int) -> Iterator[None]:
    """Run nginx in a folder of its own."""
    folder.chmod(0o755)
    for parent in folder.parents[:3]:
        parent.chmod(parent.stat().st_mode | 0o011)
    made = rules("nginx", str(folder / "site"))
    made = made.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("listen [::]:80;", "")
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log stderr;\n"
        f"events {{ }}\nhttp {{ access_log off;\n"
        + "".join(
            f"{kind}_temp_path {folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + made
        + "}\n"
    )
    process = subprocess.Popen(
        [str(NGINX), "-c", str(folder / "nginx.conf"), "-p", str(folder)],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _wait(process, port)
        yield
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _wait(process: subprocess.Popen[str], port: int) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(process.communicate()[1])
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    pytest.fail("nginx does not listen")


@pytest.mark.parametrize(
    ("accept", "expected"), [case for case in CONCEPT_CASES if case[0] not in SERVER_ONLY]
)
def test_it_negotiates_as_the_server_does(
    host: Host, accept: str | None, expected: str | None
) -> None:
    """Identifiers and plain addresses, for what clients send."""
    identified = host.ask("/id/service/559", accept)
    plain = host.ask("/service/559", accept)

    if expected is None:
        assert (identified.status, plain.status) == (406, 406)
    elif expected == "html":
        assert (identified.status, identified.headers["location"]) == (303, "/service/559")
        assert (plain.status, plain.headers["content-type"]) == (200, "text/html; charset=utf-8")
    else:
        location = f"/service/559{ENDINGS[expected]}"
        assert (identified.status, identified.headers["location"]) == (303, location)
        assert (plain.status, plain.headers["location"]) == (303, location)
    assert identified.headers["vary"] == plain.headers["vary"] == "Accept"


def test_most_cases_are_those_of_file_hosts_too() -> None:
    """The subset that is promised is in it."""
    clients = (None, "", "*/*", "text/turtle", "text/csv;q=0.5, text/turtle; q=0.4", "image/png")

    assert SERVER_ONLY.isdisjoint(clients)
    assert len(SERVER_ONLY) < len(CONCEPT_CASES) / 2


def test_every_document_is_answered_with_its_bytes_and_type(host: Host) -> None:
    """At its own address, whatever is preferred; the common headers are on each."""
    for path, document in host.site.publication.documents.items():
        reply = host.ask(path, None if document.kind in {"plain", "page"} else "image/png")

        assert (path, reply.status) == (path, 200)
        assert reply.body == host.site.publication.render(document), path
        assert reply.headers["content-type"] == document.content_type, path
        for name, value in COMMON:
            assert reply.headers[name.decode()] == value.decode(), (path, name)


CACHING = [
    ("/service/559.ttl", "public, max-age=300"),
    ("/service/559", "no-cache"),
    ("/", "no-cache"),
    ("/static/style.css", "public, max-age=3600"),
    ("/id/service/559", "no-store"),
]


@pytest.mark.parametrize(("path", "expected"), CACHING)
def test_it_says_how_long_to_keep_what(host: Host, path: str, expected: str) -> None:
    """As the server does, redirects above all."""
    assert host.ask(path).headers["cache-control"] == expected
    assert host.site.ask(path).headers["cache-control"] == expected


NOTHING = [
    "/service/1",
    "/id/service/1",
    "/id/service/559.ttl.ttl",
    "/service",
    "/.listkeeper-build",
    "/../listkeeper.toml",
    "/%2e%2e/nginx.conf",
    "/id/..%2fnginx",
    "//evil.example/x",
    "/id//evil.example/x",
    "/service/559%0d%0aX-Evil:%201",
]


@pytest.mark.parametrize("path", NOTHING)
@pytest.mark.parametrize("accept", [None, "text/turtle"])
def test_what_is_not_there_is_not_found(host: Host, path: str, accept: str | None) -> None:
    """No file outside the site, no way to elsewhere, no header of a stranger's."""
    reply = host.ask(path, accept)

    assert reply.status in {400, 404}
    assert "location" not in reply.headers
    assert "x-evil" not in reply.headers


def test_terms_lead_to_their_definitions(host: Host) -> None:
    """The page at the term, or the definitions in another format."""
    assert host.ask("/def/meetsNeed").headers["location"] == "/def.html#meetsNeed"
    assert host.ask("/def/meetsNeed", "text/turtle").headers["location"] == "/def.ttl"
    assert host.ask("/def/meetsNeed", "text/csv").status == 406


def test_a_head_has_the_headers_of_a_get(host: Host) -> None:
    """And no body."""
    got, head = host.ask("/service/559.ttl"), host.ask("/service/559.ttl", method="HEAD")

    drop = {"date"}
    assert head.body == b""
    assert {k: v for k, v in head.headers.items() if k not in drop} == {
        k: v for k, v in got.headers.items() if k not in drop
    }


@pytest.mark.parametrize(("method", "status"), [("POST", 405), ("DELETE", 405), ("OPTIONS", 204)])
def test_everything_is_read_only(host: Host, method: str, status: int) -> None:
    """And the answer says what may be done."""
    reply = host.ask("/service/559", method=method)

    assert (reply.status, reply.headers["allow"]) == (status, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("name", HOSTS)
def test_rules_name_every_format(name: str, host: Host) -> None:
    """Each ending that is negotiated, and each content type."""
    made = rules(name)

    assert all(ending in made for ending in ENDINGS.values())
    types = {d.content_type for d in host.site.publication.documents.values()}
    assert all(kind in made.replace("\\", "") for kind in types)
