"""The booklet and the attestation as PDF."""

from __future__ import annotations

import re

import pytest

from app.config import ROOT
from app.content.library import Content
from app.content.typography import typographie
from app.reports.attestation import Attested, attestation_pdf
from app.reports.booklet import BookletText, Line, ShortSheet, booklet_pdf
from app.services.booklet import CAN, SHEETS, WORKS_ON

CONTENT = Content.load(ROOT / "parcours", ROOT / "quizzes")


def pages(pdf: bytes) -> int:
    return int(re.search(rb"/Count (\d+)", pdf)[1])


def longest(texts, count):
    return sorted(texts, key=len, reverse=True)[:count]


def full_booklet(**changes):
    """The longest that the content can give."""
    modules = CONTENT.modules.values()
    sheets = sorted(modules, key=lambda module: -sum(len(line.text) for line in module.sheet))[:SHEETS]
    text = {
        "name": "Marie-Antoinette de La R.",
        "place": "Espace numérique et maison France Services de Saint-Étienne-de-Tulmont",
        "day": "mercredi 23 septembre 2026",
        "goal": longest((goal.title for goal in CONTENT.goals.values()), 1)[0],
        "can": [Line("mail", text) for text in longest((m.objective for m in modules), CAN)],
        "works_on": [Line("mail", text) for text in longest((m.title for m in modules), WORKS_ON)],
        "meeting": "Mercredi 23 septembre à 14 h 05",
        "sheets": [
            ShortSheet(sheet.title, [Line(line.icon, line.text) for line in sheet.sheet]) for sheet in sheets
        ],
        "card": Line("umbrella", "un parapluie, carte jaune"),
        "address": "http://192.168.100.200:8000/lieu/maison-france-services-de-saint-etienne",
    }
    return BookletText(**{**text, **changes})


def test_the_booklet_is_two_pages_even_when_everything_is_long():
    assert pages(booklet_pdf(full_booklet())) == 2


def test_the_booklet_of_someone_who_begins_is_two_pages():
    empty = full_booklet(goal=None, can=[], works_on=[], meeting=None, sheets=[], card=None, address=None)
    assert pages(booklet_pdf(empty)) == 2


@pytest.mark.parametrize(("acquired", "wanted"), [(1, 1), (10, 1), (40, 3)])
def test_an_attestation_goes_on_as_long_as_there_is_something_to_say(acquired, wanted):
    can = [Attested("mail", typographie("Ouvrir un message."), "Vu en séance, le 3 mars.")] * acquired
    assert pages(attestation_pdf("Jeanne L.", "Médiathèque", "mardi 3 mars", can)) == wanted
