"""Sentences and words of a French text, as a reader counts them."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"(?<=[.!?])[\s\u00a0]+(?=[«\"A-ZÀ-ÖØ-ÞŒ0-9])")
_WORD = re.compile(r"[^\s\u00a0]*\w[^\s\u00a0]*")
_QUOTED = re.compile(r"«[^»]*»")


def sentences(text: str) -> list[str]:
    """The text cut after ``. ! ?`` where a capital, a figure or a « follows."""
    return [part for part in _SENTENCE_END.split(text.strip()) if part]


def words(text: str) -> list[str]:
    """What stands between spaces and holds a letter or a figure; « l'écran » is one, « rendez-vous » too."""
    return [word.strip('«».,:;!?"()[]…–—') for word in _WORD.findall(text)]


def without_quotes(text: str) -> str:
    """The text without what stands in « »: what a screen says is quoted to the letter."""
    return _QUOTED.sub("«»", text)
