"""Words that come from people, as texts of the lists; and entries, as messages call them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from listkeeper.editing.tidying import tidied
from listkeeper.errors import UsageError
from listkeeper.graph import Literal, URINode
from listkeeper.model import Concept
from listkeeper.uris import URI

if TYPE_CHECKING:
    from listkeeper.editing.draft import Draft


def text(draft: Draft, words: str, language: str = "", *, is_name: bool = False) -> Literal:
    """Make the literal of a text that somebody wrote, its white space and letters put right.

    Args:
        draft: whose settings count.
        words: the text.
        language: its language; empty for the one that comes first.
        is_name: whether it is a name, with single spaces between its words.

    Raises:
        UsageError: when it is empty, or not Unicode.
    """
    if not words.strip():
        raise UsageError("a text is empty; write it, or leave the option out")
    try:
        words.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"{words!r} is not UTF-8 text") from error
    return tidied(Literal(words, language=language or draft.language), is_name=is_name)[0]


def web_address(words: str) -> URINode:
    """Make the node of a web address that somebody wrote.

    Raises:
        UsageError: when it is none.
    """
    try:
        parts = urlsplit(words.strip())
        if parts.scheme in {"http", "https"} and parts.hostname:
            return URINode(words.strip())
    except ValueError:
        pass  # said below, in the same words
    raise UsageError(f"{words[:60]!r} is no web address such as https://example.org/page")


def called(draft: Draft, what: Concept | str) -> str:
    """Call an entry by its address and label, anything else by its URI."""
    concepts = draft.edition.vocabulary.concepts
    concept = what if isinstance(what, Concept) else concepts.get(URI(what))
    if concept is None:
        path = draft.edition.minter.path(str(what))
        return path or str(what)
    return f'{concept.address} "{concept.label(draft.language).value}"'


def one_line(words: str) -> str:
    """Write a text on one line without the sign that begins a comment, for ``ids.txt``."""
    return " ".join(words.replace("#", " ").split())
