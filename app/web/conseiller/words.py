"""Dates, figures and states as a conseiller reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from statistics import median
from zoneinfo import ZoneInfo

from app.content.typography import NBSP
from app.engine.planner import Forecast
from app.engine.practice import LONGEST
from app.services.whole_numbers import whole_percent
from app.web.templating import day

DEVICE_WORDS = {
    "ordinateur": "Ordinateur",
    "telephone": "Téléphone",
    "tablette": "Tablette",
    "autre": "Autre",
    "aucun": "Aucun",
}
DEVICE_ICONS = {"ordinateur": "device-laptop", "telephone": "device-mobile", "tablette": "device-tablet"}
LEVEL_WORDS = ("Découverte", "Accompagné", "Guidé", "Autonome")
OUTCOME_WORDS = {
    "reussi": "Réussi",
    "rate": "Pas réussi",
    "je_ne_sais_pas": "Je ne sais pas",
    "montre": "Montrez-moi",
    "non_vu": "Pas vu",
    "non_compris": "Question non comprise",
}
STOP_WORDS = {
    "assez_sur": "arrêté dès que les réponses suffisaient",
    "budget": "allé au bout",
    "en_douceur": "arrêté en douceur",
    "plus_de_question": "toutes les questions posées",
    "arret": "arrêté à la demande",
}


def ago(moment: datetime | None, now: datetime, zone: str) -> str:
    """When somebody was last seen, as one says it: « hier », « il y a 3 semaines »."""
    if moment is None:
        return "aucune visite"
    local = ZoneInfo(zone)
    days = (now.astimezone(local).date() - moment.astimezone(local).date()).days
    if days <= 0:
        return "aujourd'hui"
    if days == 1:
        return "hier"
    if days < 14:
        return f"il y a {days} jours"
    if days < 60:
        return f"il y a {days // 7} semaines"
    if days < 730:
        return f"il y a {round(days / 30.4)} mois"
    return f"il y a {days // 365} ans"


def due(moment: datetime, now: datetime) -> str:
    """When something is to be reviewed: « maintenant », « dans 3 semaines »."""
    days = (moment - now).days
    if days < 1:
        return "maintenant"
    if days < 14:
        return f"dans {plural(days, 'jour')}"
    if days < 60:
        return f"dans {days // 7} semaines"
    return f"dans {round(days / 30.4)} mois" if days < 365 else "dans plus d'un an"


def percent(share: float) -> str:
    """« 72 % »; never 0 nor 100, which nobody can be sure of."""
    return f"{whole_percent(share)}{NBSP}%"


def points(change: int) -> str:
    """« + 12 points », « − 1 point », « 0 point »: what a probability gained or lost."""
    sign = f"+{NBSP}" if change > 0 else f"−{NBSP}" if change < 0 else ""
    return sign + plural(abs(change), "point")


def date_of(moment: datetime, now: datetime, zone: str) -> str:
    """« mardi 3 mars », with the year when it is another one."""
    local = ZoneInfo(zone)
    return day(moment, zone, with_year=moment.astimezone(local).year != now.astimezone(local).year)


def short_date_of(moment: datetime, now: datetime, zone: str) -> str:
    """« 3 mars », with the year when it is another one."""
    return date_of(moment, now, zone).partition(" ")[2]


def plural(number: int, one: str, many: str | None = None) -> str:
    """« 1 séance », « 3 séances »."""
    return f"{number}{NBSP}{one if number < 2 else many or one + 's'}"


def sessions_left(forecast: Forecast) -> str:
    """« 8 environ, entre 5 et 12 »; « aucune » once the goal is reached."""
    if not forecast.high:
        return "aucune"
    return f"{forecast.rounded} environ, entre {forecast.low} et {forecast.high}"


def about_so_long(days: float) -> str:
    """A time in words: « 3 semaines », « 4 mois »."""
    if days < 14:
        return plural(max(1, round(days)), "jour")
    if days < 60:
        return f"{round(days / 7)} semaines"
    return f"{round(days / 30.4)} mois" if days < 700 else plural(round(days / 365), "an")


BELIEF_WORDS = (
    (0.95, "Acquis"),
    (0.8, "Sans doute acquis"),
    (0.4, "À vérifier"),
    (0.1, "Sans doute pas acquis"),
    (0.0, "Pas acquis"),
)
"""From which probability on one says what."""


def belief_words(probability: float) -> str:
    """« Acquis », « À vérifier »: what a probability comes down to."""
    return next(text for least, text in BELIEF_WORDS if probability >= least)


def days_words(days: float) -> str:
    """A number of days as one says it: « 12 jours », « 3 mois »."""
    return plural(max(1, round(days)), "jour") if days < 60 else about_so_long(days)


def times_left_words(times: int) -> str:
    """How many more times something is to be worked on, in a sentence."""
    if times >= LONGEST:
        return f"Pour le faire seul, il faut encore le travailler {plural(LONGEST, 'fois', 'fois')} ou plus."
    return f"Pour le faire seul, il faut encore le travailler {plural(times, 'fois', 'fois')} environ."


VISIT_WORDS = {
    "seance": "Séance",
    "atelier": "Atelier",
    "diagnostic": "Diagnostic",
    "entrainement": "Entraînement sur tablette",
    "plan": "Changement du plan",
}
STATE_WORDS = {
    "acquis": "Acquis",
    "en_cours": "En cours",
    "non_acquis": "Non acquis",
    "non_passe": "Non passé",
}


def decimal(number: float) -> str:
    """« 2,3 »."""
    return f"{number:.1f}".replace(".", ",")


def gained(before: int, after: int) -> str:
    """How many more modules are acquired at the second date, in a sentence."""
    if after > before:
        return f"{plural(after - before, 'module acquis', 'modules acquis')} de plus entre ces deux dates."
    if after < before:
        lost = plural(before - after, "module acquis", "modules acquis")
        return f"{lost} de moins entre ces deux dates. Le temps fait oublier ce que l'on ne refait pas."
    return "Autant de modules acquis aux deux dates."


def rarer(gaps: Sequence[float]) -> str:
    """How often somebody came at first, and lately; of two gaps at least, in days, oldest first."""
    share = max(1, len(gaps) // 3)
    first, lately = median(gaps[:share]), median(gaps[-share:])
    at_first, now = days_words(first), days_words(lately)
    return f"Au début, une visite tous les {at_first}. Ces derniers temps, tous les {now}."
