"""Words of the day: hours, days, and the closed lists of a session, where the structure is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.content.typography import NBSP
from app.services.coop_codes import PROCEDURES, REDIRECTIONS, THEMES
from app.services.modules import module_name
from app.web.conseiller.seance_words import told_of_someone
from app.web.templating import DAYS, MONTHS


def hour(moment: datetime, zone: str) -> str:
    """« 14 h 05 », « 9 h »."""
    local = moment.astimezone(ZoneInfo(zone))
    minutes = f"{NBSP}{local.minute:02d}" if local.minute else ""
    return f"{local.hour}{NBSP}h{minutes}"


def day_words(day: date, with_name: bool = False) -> str:
    """« 3 mars », « mardi 3 mars »."""
    number = "1er" if day.day == 1 else str(day.day)
    text = f"{number} {MONTHS[day.month - 1]}"
    return f"{DAYS[day.weekday()]} {text}" if with_name else text


def wording(zone: str) -> dict[str, Any]:
    """What the templates of the day call."""
    return {
        "hour": lambda moment: hour(moment, zone),
        "day_words": day_words,
        "local": lambda moment: moment.astimezone(ZoneInfo(zone)),
        "module_name": module_name,
        "theme_words": THEMES,
        "procedure_words": PROCEDURES,
        "redirection_words": REDIRECTIONS,
        "told_of_someone": told_of_someone,
    }
