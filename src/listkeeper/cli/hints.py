"""The three lines that a server begins with, each of which works as it stands."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from listkeeper.publish.resources import ResourceKind

if TYPE_CHECKING:
    from listkeeper.publish.publication import Publication
    from listkeeper.publish.resources import Resource

FAVOURITES: Final = ("service/524", "service/559")
"""Entries to try things with, the first that there is."""


def hints(publication: Publication, address: str, root: Path) -> tuple[str, str, str]:
    """Write a line for an officer, one for a developer and one for a maintainer.

    Args:
        publication: what is served.
        address: the URL at which it is served.
        root: the folder that the command was given.
    """
    example = _example(publication)
    page, identifier = ("/lists", "/catalogue.ttl")
    words = [_program(), "check"]
    if example:
        page = identifier = f"/{example.address}"
        if publication.edition.minter.path(example.uri) is not None:
            identifier = f"/id{page}"  # others' identifiers are not answered here
        words = [_program(), "show", example.address]
    if root != Path():
        words += ["-C", str(root)]
    return (
        f"officer:    open {address}{page}",
        f'developer:  curl -sL -H "Accept: text/turtle" {address}{identifier}',
        f"maintainer: {shlex.join(words)}",
    )


def _example(publication: Publication) -> Resource | None:
    """Find an entry to try things with: the favourite, else a first one."""
    resources = publication.resources
    concepts = (r for r in resources.values() if r.kind is ResourceKind.CONCEPT)
    known = (resources[address] for address in FAVOURITES if address in resources)
    return next(known, None) or next(concepts, None)


def _program() -> str:
    """Give the command by which this program is found from the current folder."""
    name = Path(sys.argv[0]).name
    return name if name and shutil.which(name) else sys.argv[0]
