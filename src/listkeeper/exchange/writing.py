"""The files an import would write: all are made before the first is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from listkeeper.errors import FindingsError
from listkeeper.store.turtle import fmt, write
from listkeeper.store.workspace import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listkeeper.edition import Edition
    from listkeeper.graph import Triple


@dataclass(slots=True)
class Draft:
    """New contents of files, by path from the repository's root."""

    edition: Edition
    contents: dict[str, bytes] = field(default_factory=dict)

    def add(self, path: str, triples: Iterable[Triple]) -> None:
        """Draft a new file."""
        minter = self.edition.minter
        language = self.edition.settings.default_language
        text = write(triples, base=minter.identifiers, prefixes=minter.prefixes, language=language)
        self.contents[path] = text.encode()

    def complete(self, path: str, triples: Iterable[Triple]) -> None:
        """Draft an existing file with triples added; its comments and all it says stay.

        Raises:
            ContentError: when the file is not within what is written here.
        """
        minter = self.edition.minter
        language = self.edition.settings.default_language
        base, prefixes = minter.identifiers, minter.prefixes
        more = write(triples, base=base, prefixes=prefixes, language=language)
        held = self.contents.get(path) or self.edition.files[path].data
        text = f"{held.decode('utf-8')}\n{more}"
        written = fmt(text, base=base, prefixes=prefixes, language=language, path=path)
        self.contents[path] = written.encode()


def refuse_unreadable(edition: Edition, list_name: str) -> None:
    """Refuse to import into a list with files that cannot be read: entries would be taken twice.

    Raises:
        FindingsError: naming the first such file.
    """
    prefix = f"{VOCABULARIES}/{list_name}/"
    broken = [error for error in edition.unreadable if error.path.startswith(prefix)]
    if broken:
        more = f" (and {len(broken) - 1} more)" if len(broken) > 1 else ""
        raise FindingsError(f"{broken[0]}{more}; put it right before importing into {list_name}")


def occupied(files: Mapping[str, object], list_name: str) -> dict[str, str]:
    """Give the files in a list's folder by their names without ending, case folded."""
    prefix = f"{VOCABULARIES}/{list_name}/"
    return {
        path.rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold(): path
        for path in files
        if path.startswith(prefix)
    }
