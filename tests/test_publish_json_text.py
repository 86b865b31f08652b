"""JSON as text: byte for byte what the standard library writes."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from listkeeper.publish.json_text import indented

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=30
)


@given(VALUES)
def test_it_is_what_the_standard_library_writes(value: object) -> None:
    """Of every value there is, empty ones and odd characters too."""
    assert indented(value) == json.dumps(value, ensure_ascii=False, indent=1)
