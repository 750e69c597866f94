"""One idea a sentence: 12 words at most, 15 at the very most."""

from __future__ import annotations

from collections.abc import Iterator

from app.content.language.words import sentences, words
from app.content.problem import Problem, Severity
from app.content.sources import Sources
from app.content.texts import usager_texts

RULE = "longueur"
WANTED = 12
MOST = 15


def check(sources: Sources) -> Iterator[Problem]:
    """Sentences that are too long to hear once."""
    for text in usager_texts(sources):
        for sentence in sentences(text.text):
            count = len(words(sentence))
            if count > WANTED:
                severity = Severity.ERROR if count > MOST else Severity.WARNING
                message = f"{count} mots dans une phrase : coupez-la en deux ({WANTED} mots au plus)"
                yield text.entry.problem(text.loc, message, RULE, severity)
