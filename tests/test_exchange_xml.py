"""XML files of the LGA: nested lists and controlled lists, and what is refused."""

from __future__ import annotations

import pytest

from listkeeper.errors import ContentError
from listkeeper.exchange.elements import DEEPEST, read_elements
from listkeeper.exchange.formats import Reading, read_foreign

NESTED = """\
<?xml version="1.0" encoding="UTF-8"?><Functions><URI>http://id.esd.org.uk/FunctionList</URI>
<Function><Identifier>1</Identifier><Label>Advice</Label><Type>Function</Type><Functions>
  <Function><Identifier>2</Identifier><Label>Rights &amp; advice</Label>
  <Type>Function</Type><Services>
    <Service><Identifier>190</Identifier><Label>Benefits advice</Label>
      <Created>2013-04-03T14:06:44.910</Created><Type>Service</Type></Service>
  </Services></Function></Functions></Function></Functions>
"""

CONTROLLED = """\
<ControlledList xmlns="http://www.esd.org.uk/standards" Version="3.09" ItemName="LGSL">
<Metadata><Title>LGSL</Title></Metadata>
<Item Id="1" Preferred="true" Obsolete="false"><Name>Schools</Name>
  <AlternativeName>Academies</AlternativeName><AlternativeName>Colleges</AlternativeName>
  <HistoryNotes>Added in version 2.00.</HistoryNotes><BroaderItem Id="7"/></Item>
<Item Id="2" Obsolete="true"><Name>Gone</Name></Item>
<Item Id="3" Preferred="false"><Name>Synonym</Name></Item>
<Item><Name>No code</Name></Item>
</ControlledList>
"""


def test_an_entry_inside_one_of_its_type_is_narrower_and_else_contained() -> None:
    read = read_foreign(NESTED.encode(), "a.xml", Reading())

    assert (read.form, read.rows) == ("nested XML", 3)
    assert [(e.kind, e.notation, e.label, e.parents) for e in read.entries] == [
        ("Function", "1", "Advice", ()),
        ("Function", "2", "Rights & advice", ("1",)),
        ("Service", "190", "Benefits advice", ()),
    ]
    (link,) = read.links
    assert (link.subject_kind, link.subject, link.relation) == ("Function", "2", "contains")
    assert (link.object_kind, link.object) == ("Service", "190")


def test_an_element_is_known_by_its_line_and_column() -> None:
    read = read_foreign(NESTED.encode(), "a.xml", Reading())

    assert [entry.row.place for entry in read.entries] == ["a.xml:2:1", "a.xml:3:3", "a.xml:5:5"]


def test_the_items_of_a_controlled_list_are_entries() -> None:
    """Names, alternative names, history and broader items; the older form has no types."""
    first, nameless = read_foreign(CONTROLLED.encode(), "a.xml", Reading()).entries

    assert (first.kind, first.notation, first.label) == ("", "1", "Schools")
    assert first.other_labels == ("Academies", "Colleges")
    assert first.history == "Added in version 2.00."
    assert first.parents == ("7",)
    assert nameless.notation == ""


def test_items_that_are_no_current_entries_are_told_and_not_taken() -> None:
    read = read_foreign(CONTROLLED.encode(), "a.xml", Reading())

    assert read.rows == 4
    assert [(note.notation, note.message, note.outcome.value) for note in read.notes] == [
        ("2", "is marked obsolete", "rejected"),
        ("3", "is not a preferred term", "rejected"),
    ]
    assert read.notes[0].row.cells == {"Id": "2", "Obsolete": "true", "Name": "Gone"}


DEEP = "<a>" * (DEEPEST + 1) + "</a>" * (DEEPEST + 1)
REFUSED = [
    ("<Functions><Function>", "a.xml:1:22: is not XML here (no element found)"),
    ("<a>\n<b></a>", "a.xml:2:6: is not XML here (mismatched tag)"),
    ("<html><body/></html>", "a.xml:1:1: is XML of another kind (root html); read are lists"),
    ('<x:a xmlns:x="urn:x"/>', "a.xml:1:1: is XML of another kind (root {urn:x}a)"),
    (DEEP, f"a.xml:1:301: has more than {DEEPEST} elements within each other"),
    ('<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', "a.xml:1:"),
    ('<!DOCTYPE a [<!ENTITY x "xxxxxxxx">]><a>&x;</a>', "a.xml:1:"),
    ('<?xml version="1.0" encoding="klingon"?><a/>', "a.xml"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_is_no_list_is_refused_at_its_place(text: str, message: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_foreign(text.encode(), "a.xml", Reading())

    assert str(caught.value).startswith(message)


def test_a_document_type_is_refused_before_any_entity_is_declared() -> None:
    """So nothing is expanded and nothing fetched."""
    with pytest.raises(ContentError, match=r"declares a document type; take the <!DOCTYPE"):
        read_elements(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "a.xml")


CHARSETS = [
    ("<a>café</a>".encode(), ""),
    ('<?xml version="1.0" encoding="iso-8859-1"?><a>café</a>'.encode("latin-1"), ""),
    ('<?xml version="1.0" encoding="windows-1252"?><a>café</a>'.encode("cp1252"), ""),
    ('<?xml version="1.0" encoding="utf-16"?><a>café</a>'.encode("utf-16"), ""),
    ('<?xml version="1.0" encoding="utf-8"?><a>café</a>'.encode("cp1252"), "cp1252"),
    ("\ufeff<a>café</a>".encode(), ""),
]


@pytest.mark.parametrize(("data", "other"), CHARSETS)
def test_the_charset_named_is_used_and_another_one_told(data: bytes, other: str) -> None:
    root, charset = read_elements(data, "a.xml")

    assert (root.text, charset) == ("café", other)


def test_bytes_in_another_charset_than_named_are_noted() -> None:
    data = NESTED.replace("Benefits", "Café").encode("cp1252")
    read = read_foreign(data, "a.xml", Reading())

    assert read.entries[-1].label == "Café advice"
    assert [note.message for note in read.notes] == [
        "is not in the charset it names; read as cp1252"
    ]
