"""Names of every alphabet in PDF files: drawn, or a line to fill by hand; never an empty box."""

from __future__ import annotations

import logging

import pytest

from app.reports.attestation import Attested, attestation_pdf
from app.reports.booklet import BookletText, booklet_pdf
from app.reports.hand_over import HandOverText, hand_over_pdf
from app.reports.letters import BLANK, can_draw, drawable
from app.reports.memory_sheet import memory_sheet
from app.reports.person_summary import person_summary
from app.reports.statistics_report import report_pdf
from tests.reports.test_memory_sheet import Gesture, Sheet

DRAWN = ["Josette", "Łukasz", "Ayşe", "Nguyễn", "Юлия", "Ελένη", "Արամ", "ნინო", "ⵎⵓⵃⴰ"]
TO_WRITE = ["محمد", "שרה", "美玲", "अनिता", "ไพลิน"]
ODD = ["Léa \U0001f338", "\U0001f338", "A\u202fB", "e\u0301ric"]


def reports(name: str) -> dict[str, bytes]:
    """Each report with this name wherever a text of people can be."""
    can = [Attested("mail", "Ouvrir un message.", "Vu le 3 mars.")]
    booklet = BookletText(name, name, "mardi 3 mars", None, [], [], None, [], None, None)
    relay = HandOverText(name, name, "mardi 3 mars", [name], [], [], [], [name], None)
    return {
        "attestation": attestation_pdf(name, name, "mardi 3 mars", can),
        "livret": booklet_pdf(booklet),
        "relais": hand_over_pdf(relay),
        "résumé": person_summary(name, name, "Fait le 3 mars", [("Vous", [f"Vous êtes « {name} »."])]),
        "bilan": report_pdf(
            structure=name, period="2026", sentences=[name], pictures=[], made_on="Fait le 3 mars"
        ),
        "mémo": memory_sheet(Sheet((Gesture(name),)), name),
    }


@pytest.mark.parametrize("name", [*DRAWN, *TO_WRITE, *ODD])
def test_no_report_has_a_letter_without_a_drawing(name, caplog):
    with caplog.at_level(logging.WARNING):
        made = reports(name)
    assert all(pdf.startswith(b"%PDF") for pdf in made.values())
    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize("name", DRAWN)
def test_names_that_can_be_drawn_are_as_they_are_written(name):
    assert can_draw(name)
    assert drawable(f"{name} B.") == f"{name} B."


@pytest.mark.parametrize("name", TO_WRITE)
def test_others_leave_a_line_to_fill_by_hand(name):
    assert not can_draw(name)
    assert drawable(f"« {name} {name} » sait faire ceci.") == f"« {BLANK} » sait faire ceci."


def test_signs_without_a_drawing_are_left_out_and_something_is_always_left():
    assert drawable("Léa \U0001f338") == "Léa"
    assert drawable("\U0001f338") == BLANK


def test_the_other_font_comes_only_where_it_is_needed():
    assert b"DejaVu" not in b"".join(reports("Łukasz").values())
    assert all(b"DejaVu" in pdf for pdf in reports("Юлия").values())
