"""What every PDF begins with; whatever is written in it, no letter leaves an empty box."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fpdf import FPDF

from app.reports import letters
from app.reports.letters import FAMILY

_MORE_LATIN, _OTHERS = "AtkinsonMore", "Others"


class Document(FPDF):
    """An A4 document in French; importing this brings fpdf2, so that only who makes a PDF pays for it."""

    def __init__(self, title: str) -> None:
        super().__init__(format="A4")
        self._add(FAMILY, letters.latin)
        self._add(_MORE_LATIN, letters.more_latin)
        self.set_fallback_fonts([_MORE_LATIN])
        self._has_others = False
        self.set_title(title)
        self.set_lang("fr")
        self.set_creator("Jalons")

    def _add(self, family: str, file_of: Callable[[str], Path]) -> None:
        for style in letters.WEIGHTS:
            self.add_font(family, style, file_of(style))

    def multi_cell(self, w: float, h: float | None = None, text: str = "", *args: Any, **kwargs: Any) -> Any:
        return super().multi_cell(w, h, self._drawable(text), *args, **kwargs)

    def cell(
        self, w: float | None = None, h: float | None = None, text: str = "", *args: Any, **kwargs: Any
    ) -> bool:
        return super().cell(w, h, self._drawable(text), *args, **kwargs)

    def _drawable(self, text: str) -> str:
        """The text with what can be drawn, once the fonts for it are there: reading them takes a moment."""
        text = letters.drawable(text)
        if not self._has_others and not letters.is_latin(text):
            self._add(_OTHERS, letters.other_alphabets)
            self.set_fallback_fonts([_MORE_LATIN, _OTHERS])
            self._has_others = True
        return text
