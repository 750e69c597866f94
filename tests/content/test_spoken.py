"""Cutting texts into the sentences that are said, and their keys."""

from __future__ import annotations

import pytest

from app.content.spoken import normalised, sentence_key, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bienvenue", ["Bienvenue"]),
        ("Cela prend dix minutes. Vous pouvez arrêter.", ["Cela prend dix minutes.", "Vous pouvez arrêter."]),
        ("Êtes-vous là\u00a0? Oui.", ["Êtes-vous là ?", "Oui."]),
        ("Êtes-vous Josette B.\u00a0?", ["Êtes-vous Josette B. ?"]),
        ("M. Martin vous écrit. Lisez.", ["M. Martin vous écrit.", "Lisez."]),
        ("Le site impots.gouv.fr. 3 choix.", ["Le site impots.gouv.fr.", "3 choix."]),
        ("Il est 14 h 05", ["Il est 14 h 05"]),
        ("On le fait après «\u00a0Lire\u00a0». Merci\u00a0!", ["On le fait après Lire.", "Merci !"]),
        ("«\u00a0Ça va\u00a0?\u00a0» dit Léa.", ["Ça va ? dit Léa."]),
        ("  \n ", []),
    ],
)
def test_a_text_is_cut_where_one_breathes(text: str, expected: list[str]):
    assert sentences(text) == expected


def test_how_it_is_typed_changes_nothing():
    typed = "L'adresse\n   est :   « impots »"
    printed = "L’adresse est\u00a0: «\u00a0impots\u00a0»"
    assert normalised(typed) == normalised(printed) == "L'adresse est : impots"


def test_a_key_is_the_sentences_own():
    key = sentence_key("Bienvenue")
    assert (key, len(key)) == (sentence_key("Bienvenue"), 16)
    others = ["bienvenue", "Bienvenue.", "Bienvenue ", "eunevneiB", "Bienvenuf", "🙂"]
    assert len({sentence_key(text) for text in [*others, "Bienvenue"]}) == 7
