"""« Mon livret » as PDF: two pages in large print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.personal_page import PersonalPage

GESTURES = 5


@dataclass(frozen=True)
class Line:
    """A sentence with its picture."""

    icon: str
    text: str


@dataclass(frozen=True)
class ShortSheet:
    """The first gestures of a memory sheet."""

    title: str
    gestures: Sequence[Line]


@dataclass(frozen=True)
class BookletText:
    """All that the booklet says, in words ready to print; empty parts are left out."""

    name: str
    place: str
    day: str
    goal: str | None
    can: Sequence[Line]
    works_on: Sequence[Line]
    meeting: str | None
    sheets: Sequence[ShortSheet]
    card: Line | None
    address: str | None


def booklet_pdf(text: BookletText) -> bytes:
    """The PDF: always two pages."""
    page = PersonalPage(f"Le livret de {text.name}")
    page.title("Mon livret", f"{text.name}, {text.day}, {text.place}")
    if text.goal:
        page.line("flag", f"Mon but : {text.goal}.")
    page.heading("Ce que je sais faire")
    page.lines((line.icon, line.text) for line in text.can)
    if not text.can:
        page.write("Je commence. Mes premières réussites viendront ici.")
    if text.works_on:
        page.heading("Ce que j’apprends")
        page.lines((line.icon, line.text) for line in text.works_on)
    page.heading("Mon prochain rendez-vous")
    page.line("calendar", text.meeting or "À choisir avec mon conseiller.")
    page.add_page()
    page.title("Pour m’entraîner")
    for sheet in text.sheets:
        page.heading(sheet.title)
        page.lines((line.icon, f"{n}. {line.text}") for n, line in enumerate(sheet.gestures[:GESTURES], 1))
    _coming_back(page, text)
    return page.output()


def _coming_back(page: PersonalPage, text: BookletText) -> None:
    page.heading("Pour revenir dans Jalons")
    top = page.pdf.get_y()
    if text.address:
        page.qr_code(text.address, 160, top, 34)
        page.write("Photographiez ce carré avec la tablette.", width=135)
    if text.card:
        page.line(text.card.icon, f"Ma carte : {text.card.text}.")
        page.write("Mes 2 images restent dans ma tête.", width=135)
    else:
        page.write("Dites votre prénom à l’accueil.", width=135)
