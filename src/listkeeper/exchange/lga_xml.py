"""Reading the XML files of the Local Government Association: nested lists and controlled lists.

A *nested* file has entries within entries: an entry of the same type inside another is narrower,
one of another type is what the outer one contains. A *controlled list* is the older form, in the
namespace ``http://www.esd.org.uk/standards``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError
from listkeeper.exchange.foreign import (
    ForeignEntry,
    ForeignFile,
    ForeignLink,
    Note,
    Outcome,
    Row,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.exchange.elements import Element

STANDARDS: Final = "http://www.esd.org.uk/standards"
"""Namespace of controlled lists."""

CONTAINS: Final = "contains"
"""Relation of an entry to one of another type inside it; so the mapped CSV calls it."""

WITHDRAWN: Final = (
    ("Obsolete", "true", "is marked obsolete"),
    ("Preferred", "false", "is not a preferred term"),
)
"""Attributes of an item that is no current entry: name, value, in words."""


def read_xml(root: Element, path: str) -> ForeignFile:
    """Read a file of either form, told by its root.

    Raises:
        ContentError: when it is of neither form.
    """
    if (root.namespace, root.name) == (STANDARDS, "ControlledList"):
        return _controlled(root, path)
    if not root.namespace and any(_is_entry(child) for child in root.children):
        return _nested(root, path)
    name = f"{{{root.namespace}}}{root.name}" if root.namespace else root.name
    message = (
        f"is XML of another kind (root {name}); read are lists with Identifier and Label in each "
        f"entry, and ControlledList of {STANDARDS}"
    )
    raise ContentError(message, path=path, line=root.line, column=root.column)


def _is_entry(element: Element) -> bool:
    return any(element.named("Identifier")) and any(element.named("Label"))


def _nested(root: Element, path: str) -> ForeignFile:
    """Walk the entries with the one each lies in; depth is bounded by the parser."""
    entries: list[ForeignEntry] = []
    links: list[ForeignLink] = []
    waiting: list[tuple[Element, ForeignEntry | None]] = [(root, None)]
    while waiting:
        element, outer = waiting.pop()
        if _is_entry(element):
            entry = _nested_entry(element, outer, path)
            entries.append(entry)
            links.extend(_containment(outer, entry))
            outer = entry
        waiting.extend((child, outer) for child in reversed(element.children))
    return ForeignFile(
        path=path,
        form="nested XML",
        rows=len(entries),
        entries=tuple(entries),
        links=tuple(links),
        loose=True,
    )


def _nested_entry(element: Element, outer: ForeignEntry | None, path: str) -> ForeignEntry:
    cells = {child.name: child.text for child in element.children if not child.children}
    kind = cells.get("Type", "").strip() or element.name
    return ForeignEntry(
        kind=kind,
        notation=cells["Identifier"],
        label=cells["Label"],
        row=Row(path=path, line=element.line, column=element.column, cells=cells),
        created=cells.get("Created", ""),
        modified=cells.get("Modified", ""),
        parents=(outer.notation.strip(),) if outer and outer.kind == kind else (),
    )


def _containment(outer: ForeignEntry | None, entry: ForeignEntry) -> Iterator[ForeignLink]:
    if outer and outer.kind != entry.kind:
        yield ForeignLink(
            subject_kind=outer.kind,
            subject=outer.notation.strip(),
            relation=CONTAINS,
            object_kind=entry.kind,
            object=entry.notation.strip(),
            row=entry.row,
        )


def _controlled(root: Element, path: str) -> ForeignFile:
    items = [(item, _item(item, path)) for item in root.named("Item")]
    refused = [(entry, words) for item, entry in items if (words := _withdrawn(item))]
    out = {id(entry) for entry, _ in refused}
    return ForeignFile(
        path=path,
        form="controlled list",
        rows=len(items),
        entries=tuple(entry for _, entry in items if id(entry) not in out),
        notes=tuple(_withdrawn_note(entry, words) for entry, words in refused),
    )


def _item(item: Element, path: str) -> ForeignEntry:
    cells = {**item.attributes, **{child.name: child.text for child in item.children}}
    return ForeignEntry(
        kind="",
        notation=item.attributes.get("Id", ""),
        label=item.value("Name"),
        row=Row(path=path, line=item.line, column=item.column, cells=cells),
        history=item.value("HistoryNotes"),
        other_labels=tuple(child.text for child in item.named("AlternativeName")),
        parents=tuple(
            child.attributes["Id"]
            for child in item.named("BroaderItem")
            if "Id" in child.attributes
        ),
    )


def _withdrawn(item: Element) -> str:
    return next(
        (
            words
            for name, value, words in WITHDRAWN
            if item.attributes.get(name, "").casefold() == value
        ),
        "",
    )


def _withdrawn_note(entry: ForeignEntry, words: str) -> Note:
    return Note(
        kind="withdrawn",
        row=entry.row,
        notation=entry.notation,
        message=words,
        remedy="add it by hand as a retired entry if its code was in use",
        outcome=Outcome.REJECTED,
    )
