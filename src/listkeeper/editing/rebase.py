"""Moving every identifier of a repository to another base URI."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError, UsageError
from listkeeper.settings import ADDRESS, FILE_NAME, read_settings
from listkeeper.store.turtle.tokens import Kind, read_tokens
from listkeeper.store.workspace import FileKind

if TYPE_CHECKING:
    from listkeeper.settings import Settings
    from listkeeper.store.workspace import Workspace

NOT_TURTLE: Final = frozenset({FileKind.IDS, FileKind.UNKNOWN})


def rebase(workspace: Workspace, settings_text: str, base: str) -> dict[str, bytes]:
    """Give the new content of every file that a move to another base changes.

    Only IRIs change, never texts; the old base is recorded as also answered for.

    Args:
        workspace: the repository as it stands.
        settings_text: the text of its ``listkeeper.toml``.
        base: the new base URI.

    Raises:
        UsageError: when the base is not an http or https address ending in a slash.
        ContentError: when a file is not UTF-8 or the settings cannot be edited by rule.
    """
    if not ADDRESS.match(base):
        raise UsageError(f'{base}: a base URI is an http or https address ending in "/"')
    if workspace.unreadable:
        path, why = workspace.unreadable[0]
        raise ContentError(f"{why}; put it right before moving the lists", path=path)
    old = workspace.settings.base_uri
    if base == old:
        return {}
    contents = {
        file.path: moved
        for file in workspace.files
        if file.kind not in NOT_TURTLE
        and (moved := _moved(file.data, file.path, old, base)) != file.data
    }
    contents[FILE_NAME] = _settings(settings_text, workspace.settings, base).encode()
    return contents


def _moved(data: bytes, path: str, old: str, new: str) -> bytes:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ContentError("is not UTF-8; save it as UTF-8", path=path) from error
    pieces: list[str] = []
    position = 0
    for token in read_tokens(text):
        if token.kind is Kind.IRI and token.text.startswith("<" + old):
            pieces.append(text[position : token.offset] + "<" + new)
            position = token.offset + 1 + len(old)
    return "".join((*pieces, text[position:])).encode()


def _settings(text: str, settings: Settings, base: str) -> str:
    """Edit the two settings in place, so that comments and order stay."""
    answered = [a for a in settings.also_answers_for if a != base]
    text = text if text.endswith("\n") else text + "\n"
    changes = {"base_uri": base, "also_answers_for": [*answered, settings.base_uri]}
    for key, value in changes.items():
        line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
        pattern = rf"(?m)^{key}\s*=\s*(\[[^\]]*\]|[^\n]*)"
        found = re.search(pattern, text)
        start, end = found.span() if found else (_first_table(text),) * 2
        text = text[:start] + line + (text[end:] if found else f"\n{text[end:]}")
    written = read_settings(text)
    if (written.base_uri, list(written.also_answers_for)) != tuple(changes.values()):
        message = "base_uri cannot be changed here by rule; change base_uri and also_answers_for"
        raise ContentError(message, path=FILE_NAME)
    return text


def _first_table(text: str) -> int:
    """Return where the first table begins, the end where there is none: keys go before it."""
    found = re.search(r"(?m)^\[[A-Za-z]", text)
    return found.start() if found else len(text)
