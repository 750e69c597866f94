"""Is what someone typed what was asked for?"""

from __future__ import annotations

import unicodedata


def matches(typed: str, wanted: str, tolerance: str) -> bool:
    """``exacte`` ignores spaces and capitals; ``large`` ignores accents and one slip of the finger too.

    ``stricte`` is to the letter, capitals included: only spaces around and the shape of an apostrophe are
    ignored. Nowhere does the full stop count that ends a sentence in which what to type was read.
    """
    typed = _without_full_stop(typed, wanted)
    if tolerance == "stricte":
        return _to_the_letter(typed) == _to_the_letter(wanted)
    a, b = _plain(typed), _plain(wanted)
    if tolerance != "large":
        return a == b
    a, b = _without_accents(a), _without_accents(b)
    return a == b or (len(b) >= 4 and _one_slip_apart(a, b))


def _without_full_stop(typed: str, wanted: str) -> str:
    return typed if wanted.rstrip().endswith(".") else typed.rstrip().removesuffix(".")


def _to_the_letter(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("’", "'").split())


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).replace("’", "'").casefold().split())


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _one_slip_apart(a: str, b: str) -> bool:
    """One letter more, less or other, or two neighbours swapped."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    a, b = a[start:], b[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
