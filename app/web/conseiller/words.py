"""Dates, figures and states as a conseiller reads them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from app.content.typography import NBSP
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
    return f"{min(max(round(share * 100), 1), 99)}{NBSP}%"


def date_of(moment: datetime, now: datetime, zone: str) -> str:
    """« mardi 3 mars », with the year when it is another one."""
    local = ZoneInfo(zone)
    return day(moment, zone, with_year=moment.astimezone(local).year != now.astimezone(local).year)


def plural(number: int, one: str, many: str | None = None) -> str:
    """« 1 séance », « 3 séances »."""
    return f"{number}{NBSP}{one if number < 2 else many or one + 's'}"
