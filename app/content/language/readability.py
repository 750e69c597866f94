"""Kandel and Moles (1958): Flesch's ease of reading, fitted to French."""

from __future__ import annotations

from app.content.language.syllables import count_syllables
from app.content.language.words import sentences, words


def kandel_moles(text: str) -> float:
    """207 − 1.015 · words a sentence − 73.6 · syllables a word. 90 and more is very easy, under 50 is hard.

    A text without a word is as easy as can be.
    """
    found = words(text)
    if not found:
        return 207.0
    syllables = sum(count_syllables(word) for word in found)
    return 207 - 1.015 * len(found) / max(1, len(sentences(text))) - 73.6 * syllables / len(found)
