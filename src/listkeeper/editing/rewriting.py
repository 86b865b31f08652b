"""Changing single triples of a file: everything else it says stays, its comments too."""

from __future__ import annotations

import dataclasses
from itertools import chain
from typing import TYPE_CHECKING

from listkeeper.errors import ContentError
from listkeeper.store.turtle import attach, fmt, read_statements, write
from listkeeper.uris import Minter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from listkeeper.graph import Subject, Triple
    from listkeeper.settings import Settings
    from listkeeper.store.turtle import Comments
    from listkeeper.store.workspace import SourceFile


def rewritten(
    file: SourceFile,
    settings: Settings,
    *,
    remove: Collection[Triple],
    add: Collection[Triple],
    replace: Mapping[Triple, Triple] | None = None,
) -> bytes:
    """Give a file's canonical bytes with some triples taken out and others put in.

    Args:
        file: what is changed.
        settings: those of its repository.
        remove: triples taken out; a comment that stood at one moves to the end of the file.
        add: triples put in.
        replace: triples put in for others, whose comments they get; where all triples of a
            subject are replaced by such of another, that one gets its comments too.

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
    instead = replace or {}
    said = [found.triple for found in read.statements if found.triple not in remove]
    kept = [instead.get(triple, triple) for triple in said]
    known = {**prefixes, **{p: n for p, n in read.prefixes.items() if p not in prefixes}}
    triples = (*kept, *add)
    left = {triple[0] for triple in (*said, *add)}
    comments = _moved(_without(attach(read), remove, left), instead)
    return write(triples, base=base, prefixes=known, comments=comments, language=language).encode()


def _without(
    comments: Comments, removed: Collection[Triple], subjects: Collection[Subject]
) -> Comments:
    """Put the comments of triples, and of subjects, that are gone at the end of the file."""
    of_triples = (
        texts
        for places in (comments.above, comments.beside)
        for triple, texts in places.items()
        if triple in removed
    )
    of_subjects = (
        texts
        for places in (comments.above_subject, comments.beside_subject)
        for subject, texts in places.items()
        if subject not in subjects
    )
    left_over = chain.from_iterable((*of_subjects, *of_triples))
    return dataclasses.replace(comments, footer=(*comments.footer, *left_over))


def _moved(comments: Comments, instead: Mapping[Triple, Triple]) -> Comments:
    """Give triples that stand for others the comments of these."""
    above, beside = (
        _merged((instead.get(triple, triple), texts) for triple, texts in places.items())
        for places in (comments.above, comments.beside)
    )
    subjects = {old[0]: new[0] for old, new in instead.items()}
    above_subject, beside_subject = (
        {subjects.get(subject, subject): texts for subject, texts in places.items()}
        for places in (comments.above_subject, comments.beside_subject)
    )
    return dataclasses.replace(
        comments,
        above=above,
        beside=beside,
        above_subject=above_subject,
        beside_subject=beside_subject,
    )


def _merged(
    found: Iterable[tuple[Triple, tuple[str, ...]]],
) -> dict[Triple, tuple[str, ...]]:
    merged: dict[Triple, tuple[str, ...]] = {}
    for triple, texts in found:
        merged[triple] = (*merged.get(triple, ()), *texts)
    return merged
