"""Changes of files as a patch, the form that people read and `git apply` takes."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NO_END: Final = b"\n\\ No newline at end of file\n"


NOTHING: Final = b"/dev/null"
"""What stands for the name of a file that is not there."""


def patch(old: Mapping[str, bytes], new: Mapping[str, bytes | None]) -> bytes:
    """Write what changes between two states of files as a unified diff.

    Args:
        old: content by path.
        new: the content of the files that change or are new; None for one that is removed.
    """
    return b"".join(part for path in sorted(new) for part in _file(path, old.get(path), new[path]))


def _file(path: str, old: bytes | None, new: bytes | None) -> Iterator[bytes]:
    name = path.encode(errors="surrogateescape")
    before = NOTHING if old is None else b"a/" + name
    after = NOTHING if new is None else b"b/" + name
    changed = difflib.diff_bytes(
        difflib.unified_diff, _lines(old or b""), _lines(new or b""), before, after
    )
    for line in changed:
        yield line if line.endswith(b"\n") else line + NO_END


def _lines(data: bytes) -> list[bytes]:
    """Cut a content into lines as Git does: at LF alone."""
    *lines, last = data.split(b"\n")
    return [*(line + b"\n" for line in lines), *([last] if last else ())]
