"""Changing single triples of a file: everything else it says stays, its comments too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from listkeeper.errors import ContentError
from listkeeper.store.turtle import attach, fmt, read_statements, write
from listkeeper.uris import Minter

if TYPE_CHECKING:
    from collections.abc import Collection

    from listkeeper.graph import Triple
    from listkeeper.settings import Settings
    from listkeeper.store.turtle import Comments
    from listkeeper.store.workspace import SourceFile


def rewritten(
    file: SourceFile, settings: Settings, *, remove: Collection[Triple], add: Collection[Triple]
) -> bytes:
    """Give a file's canonical bytes with some triples taken out and others put in.

    A comment that stood at a triple taken out moves to the end of the file.

    Raises:
        ContentError: when the file is not UTF-8 Turtle that can be written canonically.
    """
    minter = Minter(base=settings.base_uri)
    base, prefixes, language = minter.identifiers, minter.prefixes, settings.default_language
    try:
        text = fmt(file.data.decode("utf-8"), base=base, prefixes=prefixes, language=language)
    except ContentError as error:
        error.path = file.path
        raise
    read = read_statements(text, base=base)
    kept = [found.triple for found in read.statements if found.triple not in remove]
    known = {**prefixes, **{p: n for p, n in read.prefixes.items() if p not in prefixes}}
    comments = _without(attach(read), remove)
    triples = (*kept, *add)
    return write(triples, base=base, prefixes=known, comments=comments, language=language).encode()


def _without(comments: Comments, removed: Collection[Triple]) -> Comments:
    left_over = (
        comment
        for places in (comments.above, comments.beside)
        for triple, texts in places.items()
        if triple in removed
        for comment in texts
    )
    return replace(comments, footer=(*comments.footer, *left_over))
