"""The pages that a person takes home, in large print: one frame for the booklet and the attestation."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.reports.letters import FAMILY
from app.reports.memory_sheet import HEIGHT, MARGIN, POINT, WIDTH, picture

if TYPE_CHECKING:
    from fpdf import FPDF

TEXT, TITLE, HEADING = 17, 30, 21
"""Points: nothing that a person takes home is smaller than 16."""
PICTURE = 13.0
RED = (156, 28, 18)


class PersonalPage:
    """A4 pages filled from top to bottom."""

    def __init__(
        self, title: str, *, text_size: int = TEXT, heading_size: int = HEADING, title_size: int = TITLE
    ) -> None:
        from app.reports.document import Document

        self.text_size, self.heading_size, self.title_size = text_size, heading_size, title_size
        self.pdf: FPDF = Document(title)
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(MARGIN)
        self.add_page()

    def add_page(self) -> None:
        """Go on at the top of a new page, beside its stake."""
        self.pdf.add_page()
        self._stake(WIDTH - MARGIN - 6, MARGIN)

    def _stake(self, x: float, y: float) -> None:
        self.pdf.set_draw_color(0)
        self.pdf.set_line_width(0.4)
        for band in range(4):
            self.pdf.set_fill_color(*(RED if band % 2 == 0 else (255, 255, 255)))
            self.pdf.rect(x, y + band * 6, 6, 6, style="FD")

    def title(self, text: str, under: str = "") -> None:
        """The heading of a page, and who or what it is for."""
        self.write(text, self.title_size, bold=True, width=WIDTH - 2 * MARGIN - 14)
        if under:
            self.write(under, width=WIDTH - 2 * MARGIN - 14)
        self.space(3)

    def heading(self, text: str) -> None:
        """The heading of a part, over a line."""
        self.space(3)
        self.write(text, self.heading_size, bold=True)
        y = self.pdf.get_y() + 1
        self.pdf.set_draw_color(*RED)
        self.pdf.set_line_width(0.8)
        self.pdf.line(MARGIN, y, WIDTH - MARGIN, y)
        self.pdf.set_draw_color(0)
        self.pdf.set_y(y + 3)

    def write(self, text: str, size: int = 0, *, bold: bool = False, width: float = 0) -> None:
        """A paragraph, in the usual size unless one is given."""
        size = size or self.text_size
        self.pdf.set_font(FAMILY, "B" if bold else "", size)
        height = size * POINT * 1.3
        self.pdf.multi_cell(width, height, text, align="L", new_x="LMARGIN", new_y="NEXT")

    def line(self, icon: str, text: str, note: str = "") -> None:
        """A picture with its sentence, and a smaller one under it; on a new page where there is no room."""
        self.make_room(PICTURE + 8)
        top = self.pdf.get_y()
        drawing = picture(icon)
        if drawing:
            self.pdf.image(drawing, MARGIN, top + 0.5, PICTURE - 2, PICTURE - 2)
        left = MARGIN + PICTURE + 3
        self.pdf.set_font(FAMILY, "", TEXT)
        height = TEXT * POINT * 1.3
        lines = len(self.pdf.multi_cell(WIDTH - MARGIN - left, height, text, dry_run=True, output="LINES"))
        wanted = lines * height + (16 * POINT * 1.3 if note else 0)
        self.pdf.set_xy(left, top + max(0, (PICTURE - wanted) / 2))
        self.pdf.multi_cell(WIDTH - MARGIN - left, height, text, align="L", new_x="LEFT", new_y="NEXT")
        if note:
            self.pdf.set_font(FAMILY, "", 16)
            self.pdf.multi_cell(WIDTH - MARGIN - left, 16 * POINT * 1.3, note, align="L")
        self.pdf.set_y(top + max(PICTURE, wanted) + 1.5)

    def lines(self, lines: Iterable[tuple[str, str]]) -> None:
        """Several, one under the other."""
        for icon, text in lines:
            self.line(icon, text)

    def make_room(self, millimetres: float) -> None:
        """Go on with a new page unless this one has so much left."""
        if self.pdf.get_y() + millimetres > HEIGHT - MARGIN:
            self.add_page()

    def space(self, millimetres: float) -> None:
        """Leave room."""
        self.pdf.set_y(self.pdf.get_y() + millimetres)

    def qr_code(self, address: str, x: float, y: float, side: float) -> None:
        """The address as a QR code."""
        import segno

        drawing = io.BytesIO()
        segno.make(address, micro=False).save(drawing, kind="svg", border=2, omitsize=True)
        drawing.seek(0)
        self.pdf.image(drawing, x, y, side, side)

    def output(self) -> bytes:
        """The PDF."""
        return bytes(self.pdf.output())
