"""Sentences as they are heard: what a voice is recorded for, and the key that finds it.

``static/js/speaking.js`` does the same in the browser; a test compares the two over every text.
"""

from __future__ import annotations

import re

# Named one by one: « \\s » is not the same set in Python and in JavaScript.
_SPACES = re.compile("[ \t\n\r\f\v\u00a0\u2009\u202f]+")
_QUOTES = re.compile('[«»“”"]')
_LOOSE = re.compile(r" ([.,])")  # « Lire ». has a space left where its mark was
_ENDS = re.compile(r"[.!?…]\)?$")
_INITIAL = re.compile(r"^[A-ZÀ-Ý]\.$")


def normalised(text: str) -> str:
    """The text as it is read aloud: plain spaces and apostrophes, no quotation marks."""
    plain = _SPACES.sub(" ", _QUOTES.sub(" ", text).replace("’", "'"))
    return _LOOSE.sub(r"\1", plain).strip(" ")


def sentences(text: str) -> list[str]:
    """The sentences of a text, normalised, in order. « M. Martin » is not the end of one."""
    found: list[list[str]] = [[]]
    words = normalised(text).split(" ")
    for n, word in enumerate(words):
        found[-1].append(word)
        if n + 1 < len(words) and _ENDS.search(word) and not _INITIAL.match(word) and _starts(words[n + 1]):
            found.append([])
    return [" ".join(sentence) for sentence in found if sentence != [""]]


def _starts(word: str) -> bool:
    return word[0].lower() != word[0] or "0" <= word[0] <= "9"


def sentence_key(sentence: str) -> str:
    """16 hexadecimal figures for a sentence out of ``sentences``.

    Two 32-bit hashes that a browser without ``crypto.subtle`` can compute: FNV-1a, and one that multiplies
    and shifts. Over UTF-16 units, as JavaScript has them.
    """
    high, low = 0x811C9DC5, 0x9747B28C
    units = sentence.encode("utf-16-le")
    for n in range(0, len(units), 2):
        unit = units[n] | units[n + 1] << 8
        high = ((high ^ unit) * 0x01000193) & 0xFFFFFFFF
        low = ((low ^ unit) * 0x5BD1E995) & 0xFFFFFFFF
        low ^= low >> 15
    return f"{high:08x}{low:08x}"
