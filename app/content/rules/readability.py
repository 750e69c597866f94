"""Kandel–Moles: a question as a whole must be easy, and so must each of its longer texts.

A short text says nothing by its score (« Téléchargez l'attestation. » is under zero), hence the two measures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.content.language.readability import kandel_moles
from app.content.language.words import words
from app.content.problem import Problem, Severity
from app.content.sources import Entry, Sources
from app.content.texts import Role, UsagerText, item_texts

RULE = "lisibilite"
FLOOR = 60.0
WANTED = 70.0
LONG = 12
FLOOR_OF_A_TEXT = 50.0


def check(sources: Sources) -> Iterator[Problem]:
    """Questions and scenes that are hard to read, and their hard texts."""
    for entry in sources.items():
        texts = [text for text in item_texts(entry) if text.role is not Role.ALTERNATIVE]
        yield from _whole(entry, texts)
        for text in texts:
            score = kandel_moles(text.text)
            if len(words(text.text)) >= LONG and score < FLOOR_OF_A_TEXT:
                message = (
                    f"lisibilité {score:.0f} (au moins {FLOOR_OF_A_TEXT:.0f}) : prenez des mots plus courts"
                )
                yield text.entry.problem(text.loc, message, RULE, Severity.WARNING)


def score_of(texts: list[UsagerText]) -> float:
    """The score of texts read one after the other, each a sentence at least."""
    return kandel_moles(" ".join(text.text.rstrip(".") + "." for text in texts))


def _whole(entry: Entry[Any], texts: list[UsagerText]) -> Iterator[Problem]:
    score = score_of(texts)
    if score < WANTED:
        severity = Severity.ERROR if score < FLOOR else Severity.WARNING
        message = (
            f"lisibilité {score:.0f} (au moins {WANTED:.0f}) : des mots plus courts, des phrases coupées"
        )
        yield entry.problem(("id",), message, RULE, severity)
