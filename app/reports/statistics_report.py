"""The report for the elected members as PDF: two pages of A4 at most."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.reports.letters import FAMILY

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN = 18.0
WIDTH = 210.0 - 2 * MARGIN
FOOT = 16.0


@dataclass(frozen=True)
class Picture:
    """A figure as PNG, with its title and what it says in words for who cannot see it."""

    title: str
    png: bytes
    said: str


def report_pdf(
    *, structure: str, period: str, sentences: Sequence[str], pictures: Sequence[Picture], made_on: str
) -> bytes:
    """Title, sentences, figures, and how to read them."""
    pdf = _document(f"Bilan de {structure}", made_on)
    pdf.set_font(FAMILY, "", 12)
    pdf.cell(0, 7, structure, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(FAMILY, "B", 24)
    pdf.cell(0, 12, "Bilan", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(FAMILY, "", 13)
    pdf.cell(0, 8, period, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(2)
    pdf.set_line_width(0.8)
    pdf.line(MARGIN, pdf.get_y(), MARGIN + WIDTH, pdf.get_y())
    pdf.ln(4)
    pdf.set_font(FAMILY, "", 13)
    for sentence in sentences:
        pdf.multi_cell(0, 6.6, sentence, align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(1.6)
    for picture in pictures:
        _figure(pdf, picture)
    return bytes(pdf.output())


def _document(title: str, made_on: str) -> FPDF:
    from app.reports.document import Document

    class Report(Document):
        def footer(self) -> None:
            self.set_y(-FOOT)
            self.set_font(FAMILY, "", 10)
            self.multi_cell(
                0, 4.6,
                f"{made_on}. Chiffres sans nom : les groupes de moins de 5 personnes sont masqués."
                " « Acquis » est une estimation de Jalons, d'après les réponses et les séances.",
                align="L",
            )  # fmt: skip

    pdf = Report(title)
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(True, margin=FOOT + 4)
    pdf.add_page()
    return pdf


def _figure(pdf: FPDF, picture: Picture) -> None:
    """A figure with its title, kept together on one page."""
    from PIL import Image

    with Image.open(io.BytesIO(picture.png)) as image:
        height = WIDTH * image.height / image.width
    pdf.ln(3)
    if pdf.will_page_break(8 + height):
        pdf.add_page()
    pdf.set_font(FAMILY, "B", 14)
    pdf.cell(0, 8, picture.title, new_x="LMARGIN", new_y="NEXT")
    pdf.image(io.BytesIO(picture.png), w=WIDTH, h=height, alt_text=picture.said)
