"""Making a small lists repository in a folder, from Turtle of a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.edition import Edition, load
from listkeeper.namespaces import PREFIXES
from listkeeper.store.files import write_all
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BASE = "https://lists.example.org/"
HEADER = "".join(
    (
        f"@base <{BASE}id/> .\n",
        f"@prefix def: <{BASE}def/> .\n",
        *(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()),
        "\n",
    )
)
"""Every prefix, so that a test's Turtle can be a few lines."""

SETTINGS = 'format = 1\nbase_uri = "https://lists.example.org/"\nlanguages = ["en", "cy"]\n'


def write_repository(folder: Path, files: Mapping[str, str], settings: str = SETTINGS) -> Path:
    """Write a repository; paths are below ``vocabularies/`` and the Turtle needs no prefixes."""
    contents = {
        f"vocabularies/{path}": (HEADER + text if path.endswith(".ttl") else text).encode()
        for path, text in files.items()
    }
    write_all(folder, {"listkeeper.toml": settings.encode(), **contents})
    (folder / "vocabularies").mkdir(exist_ok=True)
    return folder


def edition_of(folder: Path, files: Mapping[str, str], settings: str = SETTINGS) -> Edition:
    """Write a repository and load it."""
    return load(open_workspace(write_repository(folder, files, settings)))
