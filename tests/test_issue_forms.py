"""Reading filled forms: what a forge sends, and what strangers put into it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.errors import ContentError
from listkeeper.exchange.issue_forms import FORMS, LONGEST, LONGEST_LINE, Form, read_form

NEW = {
    "List": "services",
    "Name": "Dog hotels",
    "Definition": "_No response_",
    "Other names": "- Kennels\n* Dog boarding\n",
    "Part of": "_No response_",
    "Links": "_No response_",
    "Reason": "Asked for.",
}
RETIRE = {"Entry": "559", "Last day": "2026-11-30", "Use instead": "_No response_", "Reason": "x"}


def filled(values: dict[str, str], **others: str) -> str:
    """Write a form as GitHub does."""
    sections = {**values, **{name.replace("_", " "): text for name, text in others.items()}}
    return "\r\n\r\n".join(f"### {title}\r\n\r\n{text}" for title, text in sections.items())


def test_a_form_as_github_sends_it() -> None:
    """Titles are headings; what was left empty says so; lines end as on Windows."""
    form = read_form(filled(NEW))

    assert (form.form.kind, form["list"], form["name"]) == ("new", "services", "Dog hotels")
    assert form["definition"] == ""
    assert form.lines("others") == ("Kennels", "Dog boarding")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form.kind))
def test_every_form_is_told_from_the_others(form: Form) -> None:
    """By the headings it has."""
    text = filled({field.title: "entered" for field in form.fields})

    assert read_form(text).form is form


def test_headings_of_ones_own_are_text() -> None:
    """Only the headings of forms cut a form; what stands before the first is no answer."""
    text = "Hello\n### Else\n" + filled(NEW, Definition="First.\n### Else\nSecond.")

    assert read_form(text)["definition"] == "First.\n### Else\nSecond."


REFUSED = {
    "a control character": (filled(NEW, Name="a\x07b"), "Name: holds U.0007"),
    "a change of direction": (filled(NEW, Reason="a\u202eb"), "Reason: holds U.202E"),
    "a formula": (filled(NEW, Name="=HYPERLINK(1)"), "Name: begins with '='"),
    "a long name": (filled(NEW, Name="x" * (LONGEST_LINE + 1)), "Name: has more than 300"),
    "a long text": (filled(NEW, Definition="x" * 5_001), "Definition: has more than 5,000"),
    "several lines": (filled(NEW, Name="a\nb"), "Name: has several lines"),
    "nothing required": (filled(NEW, Name="_No response_"), "Name: is empty"),
    "a heading twice": (filled(NEW, Reason="x\n\n### List\n\nneeds"), "two headings 'List'"),
    "parts of two forms": (filled({**NEW, **RETIRE}), "none of the forms"),
    "no form": ("Please add dog hotels.", "none of the forms .* it has no heading"),
    "too much": ("x" * (LONGEST + 1), "more than 65,536"),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED)
def test_refusals_say_where_and_what(text: str, said: str) -> None:
    """One line for whoever has to ask the proposer again."""
    with pytest.raises(ContentError, match=said):
        read_form(text)


@pytest.mark.parametrize(
    "piece", ["<!--", "<!-- -->", "### ", "### List", " ", "\n", "### a" + " " * 9]
)
def test_no_text_takes_long(piece: str) -> None:
    """Reading takes time in proportion to the text, whatever it repeats."""
    text = (piece * LONGEST)[:LONGEST]
    started = time.perf_counter()

    with pytest.raises(ContentError):
        read_form(text)

    assert time.perf_counter() - started < 2


@given(st.text(st.sampled_from("#\n -*<!>ab_NoRespnLitme"), max_size=300))
def test_whatever_was_entered_is_kept_or_refused(text: str) -> None:
    """A definition is what was entered between the headings, its ends and comments apart."""
    try:
        form = read_form(filled(NEW, Definition=text))
    except ContentError:
        return

    plain = text.strip()
    if "<!--" not in plain and plain not in {"", "_No response_", "None"}:
        assert form["definition"] == plain
