"""Releases: annotated tags named by year and month, ``2026.11`` or ``2026.11.1``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.store.history.commits import EPOCH, moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from listkeeper.store.history.git import Git
    from listkeeper.store.history.objects import GitObject, ObjectReader

NAME: Final = re.compile(r"[0-9]{4}\.(0[1-9]|1[0-2])(\.[1-9][0-9]{0,3})?")
"""What a release is called."""

TAGS: Final = "refs/tags/"
SIGNATURE: Final = re.compile(r"^-----BEGIN (PGP|SSH) SIGNATURE-----$", re.MULTILINE)
TAGGER: Final = re.compile(r"(?P<name>.*?) ?<[^>]*> (?P<seconds>-?\d+) [+-]\d{4}")
NESTED: Final = 5
"""Tags of tags that are followed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """An annotated tag that names a release."""

    name: str
    """Such as ``2026.11``."""
    tag: str
    """The tag object's own name."""
    commit: str
    """The commit released; empty where the tag can not be read."""
    date: datetime
    """When it was tagged, in UTC."""
    tagger: str
    """Who tagged it, without an address."""
    message: str
    """What the tag says, without its signature."""
    problem: str = ""
    """Why it can not be read; empty where it can."""

    @property
    def order(self) -> tuple[int, ...]:
        """Year, month and number: releases in the order they were made.

        >>> EXAMPLE.order
        (2026, 11)
        """
        return tuple(int(part) for part in self.name.split("."))


EXAMPLE: Final = Release(name="2026.11", tag="", commit="", date=EPOCH, tagger="", message="")
"""A release for documentation tests."""


def read_releases(git: Git, reader: ObjectReader) -> tuple[Release, ...]:
    """Read every release, the oldest first.

    Tags without a message of their own (lightweight ones) are none: nothing says who made them
    and when. One broken tag hides no other.
    """
    lines = git.run("for-each-ref", "--format=%(objectname) %(refname)", TAGS).decode(
        "utf-8", "replace"
    )
    words = (line.split(" ", 1) for line in lines.splitlines())
    named = [(name.removeprefix(TAGS), id_) for id_, name in words]
    wanted = [(name, id_) for name, id_ in named if NAME.fullmatch(name)]
    objects = reader.read_many(id_ for _, id_ in wanted)
    found = [
        _release(name, tag, reader)
        for (name, _), tag in zip(wanted, objects, strict=True)
        if tag.kind in {"tag", ""}
    ]
    return tuple(sorted(found, key=lambda release: release.order))


def _release(name: str, tag: GitObject, reader: ObjectReader) -> Release:
    headers, message = parse_tag(tag.data)
    tagger = TAGGER.fullmatch(headers.get("tagger", ""))
    commit, problem = ("", tag.problem) if tag.problem else _commit_of(headers, reader)
    return Release(
        name=name,
        tag=tag.id,
        commit=commit,
        date=moment(tagger["seconds"]) if tagger else EPOCH,
        tagger=tagger["name"] if tagger else "",
        message=message,
        problem=f"the tag {problem}" if problem else "",
    )


def parse_tag(data: bytes) -> tuple[Mapping[str, str], str]:
    r"""Read a tag object: its headers, and its message without a signature.

    >>> parse_tag(b"object 1\ntype commit\ntag 2026.11\n\nThe November release.\n")[1]
    'The November release.'
    """
    head, _, message = data.decode("utf-8", "replace").partition("\n\n")
    pairs = (line.partition(" ") for line in head.split("\n"))
    return {key: value for key, _, value in pairs}, SIGNATURE.split(message)[0].strip("\n")


def _commit_of(headers: Mapping[str, str], reader: ObjectReader) -> tuple[str, str]:
    """Follow a tag to the commit it means; give the commit, or what is wrong."""
    for _ in range(NESTED):
        target, kind = headers.get("object", ""), headers.get("type", "")
        if kind == "commit":
            return target, ""
        if kind != "tag":
            return "", f"names a {kind or 'nothing'}, not a commit"
        following = reader.read_many((target,))[0]
        if following.problem:
            return "", f"leads to an object that {following.problem}"
        headers = parse_tag(following.data)[0]
    return "", "names tags of tags without end"
