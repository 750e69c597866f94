"""The letters that PDF files can draw: the page's own font, and another for names of other alphabets."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

FAMILY = "Atkinson"
"""What reports call the page's own font, whose letters come from two files."""
FONTS = Path(__file__).parents[1] / "web" / "static" / "fonts"
WEIGHTS = {"": 400, "B": 700}
"""The styles of fpdf2, and the weights that draw them."""
BLANK = "_" * 16
"""A line to write on, as long as a name."""
_RIGHT_TO_LEFT = ("R", "AL", "AN")
"""Letters that want their order turned and, in Arabic, their shapes joined: nothing here does it."""


def latin(style: str) -> Path:
    """What French writes."""
    return FONTS / f"atkinson-hyperlegible-next-latin-{WEIGHTS[style]}-normal.woff"


def more_latin(style: str) -> Path:
    """The same font, for the letters of Polish, Turkish, Czech, Romanian…"""
    return FONTS / f"atkinson-hyperlegible-next-latin-ext-{WEIGHTS[style]}-normal.woff"


def other_alphabets(style: str) -> Path:
    """DejaVu Sans, which matplotlib brings: Cyrillic, Greek, Armenian, Georgian, Tifinagh, all of Latin."""
    found = find_spec("matplotlib")
    if found is None or not found.submodule_search_locations:
        raise LookupError("matplotlib is missing, and its fonts with it")
    name = "DejaVuSans-Bold.ttf" if style == "B" else "DejaVuSans.ttf"
    return Path(found.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf" / name


def can_draw(text: str) -> bool:
    """Can a PDF draw each of these letters?"""
    return all(_can_draw(letter) for letter in text)


def leaves_a_line(text: str) -> bool:
    """Is there something that a PDF leaves to write by hand?"""
    return BLANK in drawable(text)


def is_latin(text: str) -> bool:
    """Does the page's own font have each of these letters?"""
    return all(letter.isspace() or ord(letter) in _drawn_by_own_font() for letter in text)


def drawable(text: str) -> str:
    """The text as a PDF draws it: a line to fill by hand where letters have no drawing, and no box anywhere.

    A sign without a drawing, such as an emoji, is left out.
    """
    text = re.sub(r"[^\S\n\u00a0]", " ", unicodedata.normalize("NFC", text))  # fonts lack the rarer spaces
    if can_draw(text):
        return text
    found = re.sub(r"\S+", lambda word: _drawable_word(word[0]), text)
    return re.sub(rf"{BLANK}(\s+{BLANK})+", BLANK, found).strip() or BLANK


def _drawable_word(word: str) -> str:
    unknown = [n for n, letter in enumerate(word) if not _can_draw(letter) and _is_letter(letter)]
    if unknown:
        word = word[: unknown[0]] + BLANK + word[unknown[-1] + 1 :]
    return "".join(letter for letter in word if _can_draw(letter))


def _is_letter(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN"


def _can_draw(letter: str) -> bool:
    if letter.isspace() or ord(letter) in _drawn_by_own_font():
        return True
    if unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT:
        return False
    return ord(letter) in _drawn_by(other_alphabets(""))


@cache
def _drawn_by_own_font() -> frozenset[int]:
    return _drawn_by(latin("")) | _drawn_by(more_latin(""))


@cache
def _drawn_by(file: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())
