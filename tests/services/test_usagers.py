"""Names as people type them, and as others paste them."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("  Jo\r\nX: y", "Jo X: y"),
        ("Bad\x00", "Bad"),
        ("\u202eabc", "abc"),
        ("\u200bLéa\u2066", "Léa"),
        ("\u0645\u062d\u0645\u062f", "\u0645\u062d\u0645\u062f"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
    ],
)
def test_a_name_keeps_only_what_shows(structure, make_usager, typed, kept):
    assert make_usager(structure, typed).first_name == kept
