"""An attestation of what someone has acquired: one sober page, more where there is more to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.personal_page import PersonalPage


@dataclass(frozen=True)
class Attested:
    """Something that the person can do, and where and when it was seen."""

    icon: str
    text: str
    seen: str


def attestation_pdf(name: str, place: str, day: str, can: Sequence[Attested]) -> bytes:
    """The PDF. It says what was seen, and that it is no diploma."""
    page = PersonalPage(f"Attestation de {name}")
    page.title("Attestation", f"{place}, {day}")
    page.write(f"{name} sait faire ceci, sans aide :")
    page.space(3)
    for one in can:
        page.line(one.icon, one.text, one.seen)
    page.make_room(40)
    page.space(4)
    page.write("Cette attestation dit ce qui a été vu. Elle n’est pas un diplôme.", 16)
    page.space(4)
    page.write("Signature :", 16)
    return page.output()
