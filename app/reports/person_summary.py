"""What is kept on a person, for that person: large print, plain words, as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.reports.letters import FAMILY

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN = 18.0


def person_summary(
    name: str, structure: str, made_on: str, parts: Sequence[tuple[str, Sequence[str]]]
) -> bytes:
    """The PDF: a title, then for each part a heading and its lines."""
    pdf = _document(f"Ce que nous gardons sur {name}")
    pdf.set_font(FAMILY, "", 13)
    pdf.multi_cell(0, 7, f"{structure}. {made_on}.", align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(FAMILY, "B", 26)
    pdf.multi_cell(0, 12, f"Ce que nous gardons sur {name}", align="L", new_x="LMARGIN", new_y="NEXT")
    for title, lines in parts:
        pdf.ln(4)
        if pdf.will_page_break(22):
            pdf.add_page()
        pdf.set_font(FAMILY, "B", 17)
        pdf.multi_cell(0, 9, title, align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font(FAMILY, "", 14)
        for line in lines:
            pdf.multi_cell(0, 7.5, line, align="L", new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def _document(title: str) -> FPDF:
    from app.reports.document import Document

    pdf = Document(title)
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(True, margin=MARGIN)
    pdf.add_page()
    return pdf
