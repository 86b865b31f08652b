"""The folder under which a proxy shows the site."""

from __future__ import annotations

import re
from typing import Final

from listkeeper.errors import UsageError

SEGMENTS: Final = re.compile(r"(?:/(?!\.{1,2}(?:/|\Z))[A-Za-z0-9._~!$&'()*+,;=@-]+)*")


def root_folder(text: str) -> str:
    """Read what is given as ``--root-path``: a slash at its beginning and none at its end.

    >>> root_folder("lists/"), root_folder("/a//b"), root_folder("/")
    ('/lists', '/a/b', '')

    Raises:
        UsageError: when it is no path.
    """
    parts = [part for part in text.strip().split("/") if part]
    folder = "".join(f"/{part}" for part in parts)
    if not SEGMENTS.fullmatch(folder):
        example = "give a folder, such as /lists"
        raise UsageError(f"--root-path {text!r}: is no path; {example}")
    return folder
