"""The language a client prefers: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.web.languages import preferred_language

OFFERED = ["en", "cy", "zh-Hant"]

ACCEPTED = [
    (None, "en"),
    ("", "en"),
    ("cy", "cy"),
    ("CY", "cy"),
    ("cy-GB", "cy"),
    ("zh", "zh-Hant"),
    ("fr, cy;q=0.2", "cy"),
    ("en;q=0.4, cy;q=0.5", "cy"),
    ("en;q=0.5,cy;q=0.5", "en"),
    ("fr", "en"),
    ("*", "en"),
    ("cy;q=0, *;q=0.1", "en"),
    ("c", "en"),
    ("cy;q=nonsense, en-GB", "en"),
    ("\x00, ;;;, =", "en"),
]


@pytest.mark.parametrize(("accepted", "language"), ACCEPTED)
def test_preferred_language(accepted: str | None, language: str) -> None:
    """The weightiest range that fits decides; the default where none does."""
    assert preferred_language(accepted, OFFERED) == language


@given(st.text(max_size=200))
def test_any_header_gives_a_language_that_there_is(accepted: str) -> None:
    """Whatever a client sends."""
    assert preferred_language(accepted, OFFERED) in OFFERED
