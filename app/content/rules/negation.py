"""A consigne says what to do, not what not to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.content.problem import Problem, Severity
from app.content.sources import Sources
from app.content.texts import Role, usager_texts

RULE = "negation"
_NEGATION = re.compile(
    r"\b(?:ne\b|n['’])[^.!?]*?\b(?:pas|plus|jamais|rien|aucune?|personne|guère)\b", re.IGNORECASE
)


def is_negative(text: str) -> bool:
    """Does it hold « ne … pas » or the like?"""
    return bool(_NEGATION.search(text))


def check(sources: Sources) -> Iterator[Problem]:
    """Consignes that hold a negation. In a feedback one is allowed, and counted."""
    for text in usager_texts(sources):
        if text.role is Role.INSTRUCTION and is_negative(text.text):
            message = "une négation dans la consigne : dites ce qu'il faut faire"
            yield text.entry.problem(text.loc, message, RULE, Severity.WARNING)
