"""Words that shame, or that smell of an exam."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.content.language.words import without_quotes
from app.content.problem import Problem, Severity
from app.content.sources import Sources
from app.content.texts import usager_texts

RULE = "mots_qui_blessent"

_FORBIDDEN = {
    r"fautes?": "dites « à revoir », ou « une lettre en trop »",
    r"échecs?|échou\w+": "dites ce qui marche, puis la suite",
    r"rat(?:é|ée|és|ées|er|ez|e)": "dites « à revoir »",
    r"scores?": "dites ce que la personne sait faire",
    r"tests?|tester|testez": "dites « essai », « essayer »",
    r"examens?|contrôles? des connaissances": "dites « questions »",
    r"nul|nulle|nuls|nulles": "dites ce qui marche",
    r"incapables?|bêtes?|bêtises?|stupides?|idiot\w*|ridicules?": "dites-le sans juger",
    r"mauvaises? réponses?|réponses? fausses?": "dites la bonne réponse",
    r"illectronisme|illettré\w*|illettrisme": "parlez de ce que la personne veut faire",
}
_BELITTLING = {
    r"il suffit|simplement|tout simplement|évidemment|bien sûr": "ôtez-le : ce n'est pas simple pour tous",
    r"erreurs?": "dites ce qui se passe, puis quoi faire",
}


def _compiled(words: dict[str, str]) -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(rf"(?<![\w-])(?:{w})(?![\w-])", re.IGNORECASE), remedy) for w, remedy in words.items()
    ]


_RULES = [(_compiled(_FORBIDDEN), Severity.ERROR), (_compiled(_BELITTLING), Severity.WARNING)]


def check(sources: Sources) -> Iterator[Problem]:
    """Words to change; what stands in « » is what a screen says, and is left alone."""
    for text in usager_texts(sources):
        plain = without_quotes(text.text)
        for patterns, severity in _RULES:
            for pattern, remedy in patterns:
                for match in pattern.finditer(plain):
                    yield text.entry.problem(text.loc, f"« {match[0]} » : {remedy}", RULE, severity)
