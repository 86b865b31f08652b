"""A labels file: the labels of one language in a table, for a fluent reader to review.

It goes out with the label in the default language and what there is in the other, and comes
back with the reviewed labels filled in. A reviewed label takes the place of the draft. A row
whose default label has changed since is not taken: what was reviewed was another text.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError, UsageError
from listkeeper.exchange.charset import decode
from listkeeper.graph import Literal, URINode
from listkeeper.namespaces import DCT, RDFS, SKOS
from listkeeper.uris import URI, natural_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from listkeeper.edition import Edition
    from listkeeper.graph import Triple

COLUMNS: Final = ("URI", "Code", "List", "Label", "Draft label", "Reviewed label", "Source")
"""The columns of a labels file; what people fill in are the last three."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelRow:
    """One labelled thing: an entry, a list or a kind of link."""

    uri: URI
    code: str
    list_name: str
    label: str
    """The label in the default language."""
    draft: str = ""
    reviewed: str = ""
    source: str = ""
    """A published source of the translation; empty where there is none."""
    line: int = 0
    """Line of the labels file, 0 for a row that was not read from one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Labelled:
    """A thing with a label, and the property that holds it."""

    uri: URI
    code: str
    list_name: str
    property: URINode


def labelled(edition: Edition, list_name: str = "") -> tuple[Labelled, ...]:
    """Give what has a label: entries by list and code, then lists, then kinds of link.

    Args:
        edition: the lists.
        list_name: one list alone; empty for everything.

    Raises:
        UsageError: when there is no such list.
    """
    vocabulary = edition.vocabulary
    if list_name and list_name not in vocabulary.schemes:
        raise UsageError(f"{list_name}: no such list; there are {', '.join(vocabulary.schemes)}")
    entries = sorted(
        (c for c in vocabulary.concepts.values() if list_name in {"", c.list_name}),
        key=lambda c: (c.list_name, natural_key(c.notation)),
    )
    found = [
        Labelled(uri=c.uri, code=c.notation, list_name=c.list_name, property=_PREF_LABEL)
        for c in entries
    ]
    if not list_name:
        found += [_named(s.uri, s.name, _TITLE) for s in vocabulary.schemes.values()]
        found += [_named(t.uri, t.name, _LABEL) for t in vocabulary.link_types]
    return tuple(found)


_PREF_LABEL: Final = URINode(SKOS + "prefLabel")
_TITLE: Final = URINode(DCT + "title")
_LABEL: Final = URINode(RDFS + "label")


def _named(uri: URI, name: str, property_: URINode) -> Labelled:
    return Labelled(uri=uri, code=name, list_name="", property=property_)


def label_rows(edition: Edition, language: str, list_name: str = "") -> Iterator[LabelRow]:
    """Give the rows of a labels file."""
    for thing in labelled(edition, list_name):
        yield current_row(edition, thing, language)


def current_row(edition: Edition, thing: Labelled, language: str) -> LabelRow:
    """Give what the lists hold for one thing."""
    default = edition.settings.default_language
    draft = URINode(edition.minter.term("draftLabel"))
    return LabelRow(
        uri=thing.uri,
        code=thing.code,
        list_name=thing.list_name,
        label=_text(edition, thing.uri, thing.property, default),
        draft=_text(edition, thing.uri, draft, language),
        reviewed=_text(edition, thing.uri, thing.property, language),
        source=_source(edition, thing.uri, language),
    )


def _text(edition: Edition, uri: URI, property_: URINode, language: str) -> str:
    found = edition.authored.objects(URINode(uri), property_)
    texts = (t.value for t in found if isinstance(t, Literal) and _is(t, language))
    return next(texts, "")


def _is(literal: Literal, language: str) -> bool:
    return (literal.language or "").lower() == language.lower()


def _source(edition: Edition, uri: URI, language: str) -> str:
    found = edition.authored.objects(record_of(uri, language), URINode(DCT + "source"))
    return next((term.value for term in found if isinstance(term, Literal | URINode)), "")


def record_of(uri: URI, language: str) -> URINode:
    """Name the record of a label's translation."""
    return URINode(f"{uri}#label-{language.lower()}")


def write_labels(rows: Iterable[LabelRow]) -> bytes:
    """Write a labels file: CSV as Excel reads it (UTF-8 with a mark, CRLF)."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        texts = (row.label, row.draft, row.reviewed, row.source)
        writer.writerow((row.uri, row.code, row.list_name, *texts))
    return stream.getvalue().encode("utf-8-sig")


def read_labels(data: bytes, path: str) -> tuple[LabelRow, ...]:
    """Read a labels file that came back.

    Raises:
        ContentError: when it is not a labels file.
    """
    text, _ = decode(data, path)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = tuple(cell.strip() for cell in next(reader, ()))
        if header != COLUMNS:
            wanted = ", ".join(COLUMNS)
            raise ContentError(f"is no labels file: its columns are not {wanted}", path=path)
        return tuple(_rows(reader, path))
    except csv.Error as error:
        raise ContentError(f"is not CSV: {error}", path=path, line=reader.line_num) from error


def _rows(reader: Iterator[list[str]], path: str) -> Iterator[LabelRow]:
    line = 2
    for cells in reader:
        if any(cells):
            if len(cells) != len(COLUMNS):
                message = f"has {len(cells)} cells where {len(COLUMNS)} are wanted"
                raise ContentError(message, path=path, line=line)
            uri, code, list_name, label, *rest = (_plain(cell) for cell in cells)
            draft, reviewed, source = rest
            yield LabelRow(
                uri=URI(uri), code=code, list_name=list_name, label=label,
                draft=draft, reviewed=reviewed, source=source, line=line,
            )  # fmt: skip
        line += 1 + sum(cell.count("\n") for cell in cells)


def _plain(cell: str) -> str:
    """Normalise to NFC and single spaces: what spreadsheets and keyboards add is no text."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def index(things: Iterable[Labelled]) -> Mapping[URI, Labelled]:
    """Index things by their URI."""
    return {thing.uri: thing for thing in things}


def replaced(
    edition: Edition, uri: URI, property_: URINode, language: str, text: str
) -> tuple[list[Triple], list[Triple]]:
    """Give the triples to take out and to put in so that a text is the only one in a language."""
    node = URINode(uri)
    old: list[Triple] = [
        (node, property_, term)
        for term in edition.authored.objects(node, property_)
        if isinstance(term, Literal) and _is(term, language)
    ]
    new: list[Triple] = [(node, property_, Literal(text, language=language))] if text else []
    return old, new
