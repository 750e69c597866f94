"""A module's memory sheet as PDF: one side of A4, large print, a picture with each gesture."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.reports.letters import FAMILY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from io import BytesIO

    from fpdf import FPDF

STATIC = Path(__file__).parents[1] / "web" / "static"
ICONS = STATIC / "icons" / "tabler"

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 16.0
FOOT = 14.0
TALLEST_ROW = 38.0
PICTURE = 22.0
NUMBER = 15.0
TEXT_SIZES = (26, 24, 22, 20, 18, 16)
POINT = 0.3528
"""Millimetres."""


class Gesture(Protocol):
    """A line of a sheet."""

    @property
    def text(self) -> str: ...
    @property
    def icon(self) -> str: ...


class Sheet(Protocol):
    """What is drawn of a module."""

    @property
    def title(self) -> str: ...
    @property
    def objective(self) -> str: ...
    @property
    def sheet(self) -> Sequence[Gesture]: ...


def memory_sheet(module: Sheet, domain: str) -> bytes:
    """The PDF, always one page: the letters shrink a little where there are many gestures."""
    pdf = _page(module.title)
    top = _heading(pdf, module, domain)
    room = HEIGHT - MARGIN - FOOT - top
    row = min(TALLEST_ROW, room / len(module.sheet))
    size = _fitting(pdf, [gesture.text for gesture in module.sheet], row - 4)
    for number, gesture in enumerate(module.sheet, 1):
        _gesture(pdf, number, gesture, top + (number - 1) * row, row, size)
    _foot(pdf, module.objective)
    return bytes(pdf.output())


def _page(title: str) -> FPDF:
    from app.reports.document import Document

    pdf = Document(title)
    pdf.set_auto_page_break(False)
    pdf.set_margin(MARGIN)
    pdf.add_page()
    return pdf


def _heading(pdf: FPDF, module: Sheet, domain: str) -> float:
    """Domain and title; where the gestures can start."""
    pdf.set_font(FAMILY, "", 15)
    pdf.cell(0, 8, domain, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(FAMILY, "B", 32)
    pdf.multi_cell(0, 13, module.title, align="L", new_x="LMARGIN", new_y="NEXT")
    y = pdf.get_y() + 3
    pdf.set_line_width(1)
    pdf.line(MARGIN, y, WIDTH - MARGIN, y)
    return y + 4


def _fitting(pdf: FPDF, texts: Sequence[str], room: float) -> int:
    """The largest letters with which each text stays inside its row."""
    for size in TEXT_SIZES:
        pdf.set_font(FAMILY, "", size)
        if all(_lines(pdf, text, size) * _line_height(size) <= room for text in texts):
            return size
    return TEXT_SIZES[-1]


def _lines(pdf: FPDF, text: str, size: int) -> int:
    lines = pdf.multi_cell(_text_width(), _line_height(size), text, align="L", dry_run=True, output="LINES")
    return len(lines)


def _text_width() -> float:
    return WIDTH - 2 * MARGIN - NUMBER - PICTURE - 8


def _line_height(size: int) -> float:
    return size * POINT * 1.25


def _gesture(pdf: FPDF, number: int, gesture: Gesture, y: float, row: float, size: int) -> None:
    middle = y + row / 2
    pdf.set_font(FAMILY, "B", 28)
    pdf.set_xy(MARGIN, middle - 7)
    pdf.cell(NUMBER, 14, str(number))
    side = min(PICTURE, row - 5)
    drawing = picture(gesture.icon)
    if drawing:
        pdf.image(drawing, MARGIN + NUMBER, middle - side / 2, side, side)
    pdf.set_font(FAMILY, "", size)
    height = _lines(pdf, gesture.text, size) * _line_height(size)
    pdf.set_xy(MARGIN + NUMBER + PICTURE + 8, middle - height / 2)
    pdf.multi_cell(_text_width(), _line_height(size), gesture.text, align="L")
    pdf.set_line_width(0.2)
    pdf.line(MARGIN, y + row, WIDTH - MARGIN, y + row)


@cache
def _drawing(name: str) -> bytes:
    """The icon in black: a PDF has no current colour."""
    file = ICONS / f"{name}.svg"
    return file.read_bytes().replace(b"currentColor", b"#000000") if file.is_file() else b""


def picture(name: str) -> BytesIO | None:
    """An icon as fpdf2 takes it; ``None`` where it is not there."""
    from io import BytesIO

    drawing = _drawing(name)
    return BytesIO(drawing) if drawing else None


def _foot(pdf: FPDF, objective: str) -> None:
    pdf.set_font(FAMILY, "B", 14)
    pdf.set_xy(MARGIN, HEIGHT - MARGIN - 8)
    pdf.cell(0, 8, objective)
