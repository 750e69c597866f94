"""One word for one thing: the lexicon of the guide, as patterns.

A pattern stands between word boundaries: « l'appli » and « applis » are found, « application » is not. What
stands in « » is what a screen says to the letter, and is left alone. Where a word has another, honest meaning
(*portable*, *rentrer*), it is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.content.language.words import without_quotes
from app.content.problem import Problem, Severity
from app.content.sources import Sources
from app.content.texts import usager_texts

RULE = "lexique"


@dataclass(frozen=True, slots=True)
class Term:
    """What to write, the pattern of what not to, and how sure one is."""

    write: str
    pattern: re.Pattern[str]
    severity: Severity


def _term(write: str, pattern: str, *, sure: bool, case: bool = False) -> Term:
    flags = re.NOFLAG if case else re.IGNORECASE
    compiled = re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", flags)
    return Term(write, compiled, Severity.ERROR if sure else Severity.WARNING)


TERMS = (
    _term("adresse mail", r"adresses? (?:e-mails?|emails?|électroniques?|courriels?)", sure=True),
    _term("messagerie », ou « boîte de réception", r"(?:boîtes?|comptes?) (?:e-?)?mails?", sure=True),
    _term(
        "message",
        r"(?<!adresse )(?<!adresses )(?<!boîte )(?<!boîtes )(?<!compte )(?<!comptes )"
        r"(?:e-?)?mails?|courriels?",
        sure=True,
    ),
    _term("mot de passe", r"passwords?|codes? secrets?", sure=False),
    _term("téléphone", r"smartphones?", sure=True),
    _term(
        "téléphone",
        r"(?<!données )(?<!réseau )(?<!forfait )(?<!application )(?<!internet )mobiles?",
        sure=False,
    ),
    _term("téléphone", r"(?<!ordinateur )(?<!ordinateurs )portables?", sure=False),
    _term("ordinateur", r"PC", sure=True, case=True),
    _term("ordinateur", r"(?:votre|ma|sa|cette) machine(?! à)", sure=False),
    _term("application", r"applis?|apps?", sure=True),
    _term("application", r"logiciels?", sure=False),
    _term("site", r"sites? (?:internet|web)", sure=True),
    _term("page", r"pages? (?:web|internet)", sure=True),
    _term("lien », ou « adresse du site", r"hyperliens?|urls?", sure=True),
    _term("fichier", r"documents? numériques?", sure=False),
    _term("pièce jointe", r"PJ", sure=True, case=True),
    _term("pièce jointe", r"attachements?", sure=True),
    _term("arnaque", r"phishings?|hameçonnages?", sure=True),
    _term("arnaque", r"fraudes?|escroqueries?", sure=False),
    _term("réglages", r"paramètres?|paramétrer|paramétrage", sure=False),
    _term("écrire", r"saisir|saisissez|saisis|saisit", sure=False),
    _term("écrire », ou « toucher", r"taper|tapez|tape|tapé|tapée|tapés", sure=False),
    _term(
        "écrire",
        r"rentr(?:er|ez|e|é|ée) (?:votre|vos|mon|ma|mes|le|la|les|son|un|une) "
        r"(?:mots?|codes?|adresses?|numéros?|noms?)",
        sure=False,
    ),
    _term("toucher", r"appu\w+ sur (?:l['’](?:icône|écran|application)|le lien|la photo)", sure=False),
    _term("se connecter", r"loguer|loguez|se loger|logins?|s['’]identifier|identifiez-vous", sure=False),
    _term("télécharger », ou « joindre", r"upload\w*|download\w*", sure=True),
    _term("joindre", r"attacher|attachez", sure=False),
    _term("démarche", r"procédures?|formalités?", sure=False),
    _term("rendez-vous", r"RDV|rdv|Rdv", sure=True, case=True),
    _term("Wi-Fi", r"wifi|WIFI|Wifi|WiFi|wi-fi|WI-FI", sure=True, case=True),
    _term("Internet", r"internet|le net|la toile", sure=True, case=True),
)

#: Official names that hold a word of the lexicon.
_OFFICIAL = re.compile(r"Info Escroqueries|Mon Espace Santé|Gmail|données mobiles|Application mobile")


def check(sources: Sources) -> Iterator[Problem]:
    """Words that the lexicon replaces."""
    for text in usager_texts(sources):
        for term, found in replaced(text.text):
            message = f"« {found} » : écrivez « {term.write} »"
            yield text.entry.problem(text.loc, message, RULE, term.severity)


def replaced(text: str) -> Iterator[tuple[Term, str]]:
    """The terms to use, each with what was written instead."""
    plain = _OFFICIAL.sub("", without_quotes(text)).replace("\u00a0", " ")
    for term in TERMS:
        for match in term.pattern.finditer(plain):
            yield term, match[0]
