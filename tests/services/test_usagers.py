"""Names as people type them, and as others paste them."""

from __future__ import annotations

import pytest

from app.services.people_import_columns import read_people
from app.services.people_import_file import read_table
from app.services.personal_data import Identity, rectify
from app.services.usagers import UsagerError, display_name
from app.store.database import db
from tests.conftest import NOW

ONE_RULE = [
    ("\U0001f642\U0001f338", "« \U0001f642\U0001f338 » n'est pas un prénom. Écrivez-le en lettres."),
    ("1950", "« 1950 » n'est pas un prénom. Écrivez-le en lettres."),
    ("+Marc", "n prénom ne commence pas par « + ». Écrivez-le en lettres."),
    ("-Marc", "n prénom ne commence pas par « - ». Écrivez-le en lettres."),
    (" @1950", "n prénom ne commence pas par « @ ». Écrivez-le en lettres."),
    ("x" * 61, "e prénom est trop long. Écrivez au plus 60 lettres."),
]
"""What is no first name, and what is said of it; in a list of cells the first letter is small."""


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("  Jo\r\nX: y", "Jo X: y"),
        ("Bad\x00", "Bad"),
        ("\u202eabc", "abc"),
        ("\u200bLéa\u2066", "Léa"),
        ("\u0645\u062d\u0645\u062f", "\u0645\u062d\u0645\u062f"),
        ("Léa \U0001f469\u200d\U0001f4bb", "Léa \U0001f469\u200d\U0001f4bb"),
    ],
)
def test_a_name_keeps_only_what_shows(structure, make_usager, typed, kept):
    assert make_usager(structure, typed).first_name == kept


@pytest.mark.parametrize(("typed", "told"), ONE_RULE)
def test_a_form_and_a_file_refuse_the_same_names(structure, usager, make_usager, typed, told):
    with pytest.raises(UsagerError) as new:
        make_usager(structure, typed)
    with pytest.raises(UsagerError) as corrected:
        rectify(usager, Identity(typed), NOW)
    [problem] = read_people(read_table(f"Prénom\n{typed}\n".encode()), NOW.year).problems
    assert problem.cell == "A2"
    assert all(str(said).endswith(told) for said in (new.value, corrected.value, problem.message))
    assert usager.first_name == "Josette"


@pytest.mark.parametrize("typed", ["Zoé", "محمد", "Юлия", "Ελένη", "美玲", "O'Neil 2", "Léa \U0001f338"])
def test_a_form_and_a_file_take_the_same_names(structure, make_usager, typed):
    [read] = read_people(read_table(f"Prénom\n{typed}\n".encode()), NOW.year).people
    assert make_usager(structure, typed).first_name == read.first_name == typed


def test_a_name_of_before_the_rule_is_still_read(structure, make_usager):
    person = make_usager(structure)
    person.first_name = "\U0001f642"
    db.session.commit()
    assert display_name(person) == "\U0001f642 B."
