"""The recipes in the documentation work as they are written."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
import uvicorn

from asking import make_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asking import Site

DOCS: Final = Path(__file__).resolve().parent.parent / "docs"
LOCAL: Final = "http://127.0.0.1:8000"


def blocks(page: str, language: str) -> list[str]:
    """Give the examples of a page in a language."""
    text = (DOCS / page).read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository."""
    return make_site(tmp_path_factory.mktemp("lists"))


@pytest.fixture(scope="module")
def server(site: Site) -> Iterator[str]:
    """The same, at an address of its own."""
    config = uvicorn.Config(site.app, port=0, log_level="error", lifespan="off")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    (socket,) = running.servers[0].sockets
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    running.should_exit = True
    thread.join(10)


def test_the_python_recipe_runs(server: str) -> None:
    """With nothing but Python."""
    (recipe,) = blocks("api.md", "python")

    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        subprocess_free = compile(recipe.replace(LOCAL, server), "api.md", "exec")
        exec(subprocess_free, {})  # noqa: S102 - the recipe itself

    lines = told.getvalue().splitlines()
    assert lines[0] == "Libraries"
    assert "600 was retired: use 1614" in lines
    assert "607 was retired: use nothing" in lines


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_the_curl_recipes_run(server: str) -> None:
    """Each answers what it says."""
    (recipe,) = blocks("api.md", "sh")
    expected = ('"code": "559"', "Identifier,Label,", "skos:prefLabel")

    for line, part in zip(recipe.strip().splitlines(), expected, strict=True):
        answered = subprocess.run(
            ["sh", "-c", line.replace(LOCAL, server)], capture_output=True, text=True, check=True
        )
        assert part in answered.stdout, line


def test_the_power_query_asks_for_what_there_is(site: Site) -> None:
    """Its address answers, with the columns that it names; Excel itself is not at hand."""
    (recipe,) = blocks("api.md", "powerquery")
    (address,) = re.findall(r'Web\.Contents\("([^"]*)"\)', recipe)
    typed = re.findall(r'\{"([^"]*)", type text\}', recipe)

    reply = site.ask(address.removeprefix(LOCAL))

    header, *rows = csv.reader(io.StringIO(reply.body.decode(), newline=""))
    assert header == typed
    assert {status for *_, status in rows} == {"current", "proposed"}
    assert "Encoding = 65001" in recipe


ADDRESSES = re.compile(r"`(/(?:csv|xml|lists|list|taxonom|downloads|refresh)[^`\s]*)`")


@pytest.mark.parametrize("page", ["downloads.md", "compatibility.md", "open-referral.md", "api.md"])
def test_addresses_that_pages_name_answer(page: str, site: Site) -> None:
    """With a list of the sample where they say X."""
    text = (DOCS / page).read_text("utf-8")
    named = [a for a in ADDRESSES.findall(text) if "{" not in a and "…" not in a]

    for address in named:
        asked = address.replace("[&", "&").replace("]", "")
        asked = asked.replace("list/X", "list/functions").replace("list/Y", "list/services")
        asked = asked.replace("/lists/X", "/lists/services")
        assert site.ask(asked).status == 200, address
