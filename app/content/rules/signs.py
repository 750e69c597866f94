"""Signs, numbers and capitals that are hard to read or to hear."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.content.models.tasks import TypeTask
from app.content.problem import Problem
from app.content.sources import Sources
from app.content.texts import usager_texts

RULE = "signes"

_SIGNS = {
    ";": "faites deux phrases",
    "(": "faites une phrase à part",
    ")": "faites une phrase à part",
    "[": "ôtez le crochet",
    "]": "ôtez le crochet",
    "…": "finissez la phrase",
    "...": "finissez la phrase",
    "–": "faites deux phrases",
    "—": "faites deux phrases",
    "%": "dites-le en mots, comme « la moitié »",
}
_PERCENT = re.compile(r"\bpour[ \u00a0]cent\b")
_ABBREVIATIONS = re.compile(r"\b(?:etc|ex|tél|p\.[ \u00a0]ex|cf|max|min)\.|\bn°|\bM(?:me|lle|r)\b")
_NUMBER = re.compile(r"(?<![\w,.@-])\d{1,3}(?:[ \u00a0.]\d{3})+(?![\w])|(?<![\w,.@-])\d{4,}(?![\w@-])")
_PHONE = re.compile(r"(?<!\d)0\d(?:[ \u00a0.]?\d\d){4}(?!\d)")
_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-Þ]{2,}\b")

#: Acronyms that people know better than what they stand for.
_ACRONYMS = """
APL CAF CE CLEMI CMU CNIL CPAM CV DVD EDF ENT GPS HDMI HLM IBAN ID MSA OK PDF PIN PUK QR RATP RER RIB RSA
SIM SMS SNCF SOS TER TV USB VPN
"""
KNOWN_ACRONYMS = frozenset(_ACRONYMS.split())


def check(sources: Sources) -> Iterator[Problem]:
    """What stands in a text and should not."""
    for text in usager_texts(sources):
        for message in found(text.text, to_copy(text.entry.model)):
            yield text.entry.problem(text.loc, message, RULE)


def to_copy(model: object) -> str:
    """What the person must write: a text that tells it again is right to do so."""
    if not isinstance(model, TypeTask):
        return ""
    return " ".join([model.model or "", *model.accepted])


def found(text: str, copied: str = "") -> Iterator[str]:
    """What to change in this text, but for numbers and capitals that are to be copied."""
    for sign, remedy in _SIGNS.items():
        if sign in text:
            yield f"« {sign} » : {remedy}"
    if _PERCENT.search(text):
        yield "« pour cent » : dites-le autrement, comme « la moitié »"
    for match in _ABBREVIATIONS.finditer(text):
        yield f"« {match[0]} » : écrivez le mot en entier"
    for match in _NUMBER.finditer(_PHONE.sub("", text)):
        if _too_big(match[0]) and match[0] not in copied:
            yield f"« {match[0]} » : un nombre de plus de 1 000 se lit mal ; dites-le en mots ou arrondissez"
    for match in _CAPITALS.finditer(text):
        if match[0] not in KNOWN_ACRONYMS and match[0] not in copied:
            yield f"« {match[0]} » : écrivez-le en minuscules"


def _too_big(number: str) -> bool:
    """Over 1,000, and neither a year nor a short number that one dials (3018, 33 700)."""
    value = int(re.sub(r"\D", "", number))
    return value > 1000 and not 1900 <= value <= 2100 and not 3000 <= value <= 3999 and value != 33700
