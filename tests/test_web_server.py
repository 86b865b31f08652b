"""Taking a socket and running until told to end, in process."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import threading
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from asking import Site, make_site
from listkeeper.cli.serve import serve
from listkeeper.errors import ListkeeperError, UsageError
from listkeeper.web.folder import root_folder
from listkeeper.web.server import address_of, open_socket, run
from sample import write_sample

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

PATIENCE = 30


def ask(url: str) -> bytes:
    with urlopen(url, timeout=PATIENCE) as reply:  # noqa: S310 - our own server
        body: bytes = reply.read()
    return body


def test_a_free_port_is_found() -> None:
    """Port 0 takes any; the address says which."""
    with contextlib.closing(open_socket("127.0.0.1", 0)) as taken:
        assert address_of(taken) == f"http://127.0.0.1:{taken.getsockname()[1]}"


def test_every_address_is_shown_as_one_that_can_be_opened() -> None:
    """Nobody can open 0.0.0.0 in a browser."""
    with contextlib.closing(open_socket("0.0.0.0", 0)) as taken:  # noqa: S104 - what is tested
        assert address_of(taken).startswith("http://127.0.0.1:")


def test_a_port_in_use() -> None:
    """The port, the host and a port to try are named."""
    with contextlib.closing(open_socket("127.0.0.1", 0)) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ListkeeperError, match=f"port {port} on 127.0.0.1 is in use.*--port"):
            open_socket("127.0.0.1", port)


HOSTS = [("no-such-host.invalid", "is not known"), ("192.0.2.1", "is no address of this machine")]


@pytest.mark.parametrize(("host", "reason"), HOSTS)
def test_a_host_that_is_not_ours(host: str, reason: str) -> None:
    """It is told in words, with one that always works."""
    with pytest.raises(ListkeeperError, match=f"{host} {reason}; use --host 127.0.0.1"):
        open_socket(host, 8000)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository."""
    return make_site(tmp_path_factory.mktemp("lists"))


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_until_told_to_end(site: Site, sign: signal.Signals) -> None:
    """What is done meanwhile begins when it answers, is cancelled at the end; the exit is 0."""
    taken = open_socket("127.0.0.1", 0)
    seen: list[object] = []

    async def meanwhile() -> None:
        health = await asyncio.to_thread(ask, f"{address_of(taken)}/health")
        seen.append(json.loads(health)["status"])
        os.kill(os.getpid(), sign)
        try:
            await asyncio.sleep(PATIENCE)
        except asyncio.CancelledError:
            seen.append("cancelled")
            raise

    former = signal.getsignal(sign)
    with pytest.raises(SystemExit) as ended:
        run(site.app, taken, meanwhile=meanwhile)

    assert ended.value.code == 0
    assert seen == ["ok", "cancelled"]
    assert signal.getsignal(sign) == former


def test_the_command_from_start_to_end(tmp_path: Path) -> None:
    """Three lines, the verdict of the check, and a clean end."""
    result, port = serve_until_checked(write_sample(tmp_path))

    assert result.exit_code == 0
    officer, developer, maintainer, verdict = result.stderr.splitlines()
    assert officer == f"officer:    open http://127.0.0.1:{port}/service/559"
    assert developer.endswith(f"http://127.0.0.1:{port}/id/service/559")
    assert maintainer.endswith(f"show service/559 -C {tmp_path}")
    assert verdict.startswith("check: ")


def test_a_repository_without_entries_is_served(tmp_path: Path) -> None:
    """The lines then lead to what there is."""
    (tmp_path / "listkeeper.toml").write_text("format = 1\n", encoding="utf-8")
    (tmp_path / "vocabularies").mkdir()
    result, port = serve_until_checked(tmp_path)

    assert result.exit_code == 0
    officer, developer, maintainer, _ = result.stderr.splitlines()
    assert officer.endswith(f":{port}/lists")
    assert developer.endswith(f":{port}/catalogue.ttl")
    assert maintainer.endswith(f"check -C {tmp_path}")


def serve_until_checked(folder: Path) -> tuple[Result, int]:
    """Run the command in process, and end it as a terminal does when its check has ended."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    over = threading.Event()
    ending = threading.Thread(target=end_when_checked, args=(port, over))
    ending.start()
    arguments = ["-C", str(folder), "--port", str(port), "--allow-findings"]
    result = CliRunner().invoke(serve, arguments)
    over.set()
    ending.join()
    return result, port


def end_when_checked(port: int, over: threading.Event) -> None:
    """Send SIGINT to this process once the server in it says that the check has ended."""
    while not over.wait(0.1):
        with contextlib.suppress(URLError):
            if json.loads(ask(f"http://127.0.0.1:{port}/health"))["check"] != "not finished":
                os.kill(os.getpid(), signal.SIGINT)
                return


def test_broken_lists_are_not_served(tmp_path: Path) -> None:
    """The findings are told, and nothing is started."""
    write_sample(tmp_path)
    (tmp_path / "vocabularies" / "services" / "05" / "560.ttl").write_text("oops", "utf-8")
    result = CliRunner().invoke(serve, ["-C", str(tmp_path), "--port", "0"])

    assert result.exit_code == 1
    assert "vocabularies/services/05/560.ttl:1:" in result.stderr
    assert "--allow-findings" in str(result.exception)


@pytest.mark.parametrize("wanted", ["websocket", "h2c", "nonsense"])
def test_a_wish_for_another_protocol_is_ignored(
    site: Site, wanted: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """The request is answered as it stands, and no warning fills the log."""
    taken = open_socket("127.0.0.1", 0)
    seen: list[tuple[int, bytes]] = []

    async def meanwhile() -> None:
        seen.append(await asyncio.to_thread(upgrade, taken.getsockname()[1], wanted))
        os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(SystemExit):
        run(site.app, taken, meanwhile=meanwhile)

    ((status, body),) = seen
    assert (status, body) == (200, site.ask("/service/559.ttl").body)
    assert capfd.readouterr().err == ""


def upgrade(port: int, wanted: str) -> tuple[int, bytes]:
    """Ask for a document, wishing for another protocol."""
    headers = {"Connection": "Upgrade", "Upgrade": wanted, "Sec-WebSocket-Version": "13"}
    with contextlib.closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request("GET", "/service/559.ttl", headers=headers)
        reply = connection.getresponse()
        return reply.status, reply.read()


FOLDERS = [
    # --root-path as it is given, as it is used
    ("", ""),
    ("/", ""),
    ("lists", "/lists"),
    ("lists/", "/lists"),
    ("/standards//lists/", "/standards/lists"),
    (" /lists ", "/lists"),
]


@pytest.mark.parametrize(("given", "used"), FOLDERS)
def test_a_folder_may_be_written_in_several_ways(given: str, used: str) -> None:
    """Slashes around it make no difference."""
    assert root_folder(given) == used


@pytest.mark.parametrize(
    "given", ["/a/../b", "/a?b", "/a#b", "https://a.example/", "/a b", "/\u00e9"]
)
def test_what_is_no_folder_is_refused(given: str) -> None:
    """With what to give instead."""
    with pytest.raises(UsageError, match="give a folder, such as /lists"):
        root_folder(given)
