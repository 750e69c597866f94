"""The summary for whoever takes over a follow-up: one side of A4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.personal_page import PersonalPage

SIZE = 12
"""Points: for a colleague, not for the person."""


@dataclass(frozen=True)
class HandOverText:
    """All that it says, in words ready to print."""

    name: str
    place: str
    day: str
    goals: Sequence[str]
    works_well: Sequence[str]
    acquired: Sequence[str]
    next_steps: Sequence[str]
    sessions: Sequence[str]
    meeting: str | None


def hand_over_pdf(text: HandOverText) -> bytes:
    """The PDF, always one page: every list is bounded."""
    page = PersonalPage(f"Relais pour {text.name}", text_size=SIZE, heading_size=15, title_size=24)
    page.title(f"Relais : {text.name}", f"{text.place}, {text.day}")
    parts = (
        ("But", text.goals, "Pas encore de but."),
        ("Ce qui marche bien avec cette personne", text.works_well, "Pas encore noté."),
        ("Prochaines étapes", text.next_steps, "Le but est atteint."),
        ("Dernières séances", text.sessions, "Aucune séance notée."),
        ("Prochain rendez-vous", [text.meeting] if text.meeting else [], "Aucun."),
        ("Sait faire sans aide", [", ".join(text.acquired)] if text.acquired else [], "Rien de noté."),
    )
    for title, lines, nothing in parts:
        page.heading(title)
        for line in lines or [nothing]:
            page.write(f"• {line}" if len(lines) > 1 else line)
    return page.output()
