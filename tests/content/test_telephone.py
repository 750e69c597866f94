"""What a telephone holds when a scene begins, and what can be done with it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.content.simulators.telephone import Phone


def phone(**given: object) -> Phone:
    return Phone.model_validate(given)


def test_what_the_scene_names_comes_first_and_the_usual_things_follow():
    contacts = phone(contacts=[{"id": "banque", "nom": "Ma banque", "numero": "01 99 00 70 70"}]).contacts
    assert contacts[0].id == "banque"
    assert {"agnes", "sonia"} <= {contact.id for contact in contacts}


def test_an_application_that_the_scene_changes_keeps_its_place():
    changed = phone(applications=[{"id": "meteo", "nom": "Météo", "icone": "sun", "ancienne": True}]).apps
    assert [app.id for app in changed] == [app.id for app in phone().apps]
    assert next(app for app in changed if app.id == "meteo").outdated


def test_what_can_be_done_follows_what_is_there():
    bubble = {"id": "colis", "texte": "Payez.", "lien": "colis.exemple.com"}
    talk = {"id": "conv_colis", "nom": "Inconnu", "bulles": [bubble]}
    possible = phone(conversations=[talk]).gestures()
    assert {"lien:colis", "appui_long:bulle_colis", "bloquer:conv_colis"} <= possible
    assert "lien:colis" not in phone().gestures()
    assert {"regler:lettres=grand", "regler:wifi=non", "regler:lumiere=0"} <= possible


@pytest.mark.parametrize(
    "wrong",
    [
        {"ouvert": "nulle_part"},
        {"conversation": "personne"},
        {"rubrique": "absente"},
        {"reseau": "inconnu"},
        {"valeurs": {"wifi": "peut_etre"}},
        {"valeurs": {"inconnu": "oui"}},
    ],
)
def test_what_is_not_there_is_said(wrong: dict[str, object]):
    with pytest.raises(ValidationError):
        phone(**wrong)
