"""What is to be typed is found in the texts that ask for it."""

from __future__ import annotations

import pytest

from app.content.unbroken import unbroken_runs


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Le mot de passe est tilleul-42. Ouvrez.", ["tilleul-42"], ["tilleul-42."]),
        ("Nommez-le «\u00a0CV Karim\u00a0».", ["CV Karim"], ["«\u00a0CV Karim\u00a0»."]),
        ("Son numéro\u00a0: 06 39 98 07 12.", ["0639980712"], ["06 39 98 07 12."]),
        ("Faites-le suivre au 33 700.", ["33700"], ["33 700."]),
        ("Cherchez l’aide à domicile.", ["aide à domicile", "aide"], ["l’aide à domicile."]),
        ("Écrivez «\u00a0J’arrive\u00a0».", ["J'arrive"], ["«\u00a0J’arrive\u00a0»."]),
        ("Mot de passe\u00a0: 5Pirogues+Vent_vert", ["5Pirogues+Vent_vert"], ["5Pirogues+Vent_vert"]),
        ("Paul, pour lea@a.fr, dit à al@a.fr.", ["al@a.fr", "lea@a.fr"], ["lea@a.fr,", "al@a.fr."]),
        ("Le village d’Anatole, en 1942.", ["Ana", "42"], []),
        ("Lisez le message.", [], []),
        ("Lisez le message.", [" "], []),
    ],
)  # fmt: skip
def test_runs_go_from_space_to_space(text: str, typed: list[str], expected: list[str]):
    assert [text[start:end] for start, end in unbroken_runs(text, typed)] == expected
