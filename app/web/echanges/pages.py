"""What comes in and goes out: the blueprint, the period that its pages are about, files to download."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, request, url_for
from flask_login import current_user

from app.services import coop_codes
from app.services.clock import now
from app.services.periods import Period, PeriodError, usual_periods
from app.web.access import current_account, current_structure
from app.web.conseiller import words
from app.web.templating import MONTHS

blueprint = Blueprint("echanges", __name__, url_prefix="/echanges")

TABS = (
    ("echanges.activities", "Activités", "clipboard-list", ("activities",)),
    ("echanges.statistics", "Statistiques", "chart-bar", ("statistics", "report", "questions")),
    ("echanges.people_import", "Importer", "user-plus", ("people_import", "dry_run", "add_people")),
    ("echanges.calendar", "Agenda", "calendar", ("calendar",)),
)


@blueprint.context_processor
def wording() -> dict[str, Any]:
    """Words for these pages."""
    if not current_user.is_authenticated:
        return {}  # an error page, for someone whose sign-in has ended
    return {
        "codes": coop_codes,
        "plural": words.plural,
        "plain_day": plain_day,
        "number": number,
        "tabs": tabs(),
    }


def tabs() -> list[tuple[str, str, str, bool]]:
    """Address, words, icon, and whether it is this page; a volunteer has only what they may open."""
    known = [tab for tab in TABS if tab[0] in current_app.view_functions]
    shown = [tab for tab in known if current_account().role != "benevole" or tab[0] == "echanges.calendar"]
    here = (request.endpoint or "").partition(".")[2]
    return [(url_for(endpoint), text, icon, here in pages) for endpoint, text, icon, pages in shown]


def plain_day(day: date) -> str:
    """« 3 mars 2026 »."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def number(value: float) -> str:
    """« 12 », « 12,5 », with thousands apart."""
    text = f"{value:,.1f}" if isinstance(value, float) and not value.is_integer() else f"{value:,.0f}"
    return text.replace(",", "\u00a0").replace(".", ",")


# --- the period ---


def period_asked() -> tuple[Period, str | None]:
    """The period of the address, and what to say where it cannot be; then it is the usual one."""
    usual = usual_periods(now(), current_structure().timezone)
    default = next(iter(usual.values()))
    asked = [request.args.get(name, "") for name in ("du", "au")]
    if not any(asked):
        return default, None
    try:
        return Period(date.fromisoformat(asked[0]), date.fromisoformat(asked[1]), default.zone), None
    except PeriodError as error:
        return default, str(error)
    except ValueError:
        return default, "Choisissez les deux dates : le début et la fin."


def period_words(period: Period) -> str:
    """« du 1er mars 2026 au 31 mars 2026 »."""
    return f"du {plain_day(period.first)} au {plain_day(period.last)}"


def period_context() -> dict[str, Any]:
    """What the form of the period needs; ``period`` itself is for the page."""
    period, problem = period_asked()
    return {
        "period": period,
        "period_problem": problem,
        "period_words": period_words(period),
        "period_values": values_of(period),
        "usual": [
            (name, values_of(usual), usual == period)
            for name, usual in usual_periods(now(), period.zone).items()
        ],
    }


def values_of(period: Period) -> dict[str, str]:
    """The period as an address carries it."""
    return {"du": period.first.isoformat(), "au": period.last.isoformat()}


# --- files ---


def download(content: bytes, media_type: str, name: str) -> Response:
    """A file to keep, with a name that every system accepts."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    response = Response(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{plain}"'
    return response
