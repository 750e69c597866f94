"""French typography: a narrow set, always the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.typography import NBSP, typographie


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Que faites-vous ?", f"Que faites-vous{NBSP}?"),
        ("Oui ! Bravo", f"Oui{NBSP}! Bravo"),
        ("Attention : lisez", f"Attention{NBSP}: lisez"),
        ("« Répondre »", f"«{NBSP}Répondre{NBSP}»"),
        ("«Répondre»", f"«{NBSP}Répondre{NBSP}»"),
        ("« Que voulez-vous ? »", f"«{NBSP}Que voulez-vous{NBSP}?{NBSP}»"),
        ("un\u202f!", f"un{NBSP}!"),
        ("J'ouvre l'écran d'Aline", "J’ouvre l’écran d’Aline"),
        ("l'« Envoyer »", f"l’«{NBSP}Envoyer{NBSP}»"),
        ("https://exemple.fr à 12:30", "https://exemple.fr à 12:30"),
        ("lea.martin@exemple.fr", "lea.martin@exemple.fr"),
    ],
)
def test_it_sets_spaces_and_apostrophes(typed: str, shown: str) -> None:
    assert typographie(typed) == shown


@given(st.text(alphabet="ab ?!:;«»'’\u00a0\u202f.", max_size=30))
def test_it_says_the_same_thing_twice(text: str) -> None:
    assert typographie(typographie(text)) == typographie(text)


@given(st.text(alphabet="abé ?!:;«».", max_size=30))
def test_it_changes_spaces_only(text: str) -> None:
    assert "".join(typographie(text).split()) == "".join(text.split())
