"""Passing a follow-up on: who was told what, and what they see."""

from __future__ import annotations

import re
import uuid

import pytest

from app.engine.evidence import Help
from app.services.clock import now
from app.store.database import db
from app.store.models import HandOver, Usager
from tests.conftest import PASSWORD
from tests.sessions import come
from tests.web.conseiller_cast import text_of


@pytest.fixture
def at(usager):
    return f"/conseiller/usagers/{usager.id}/relais"


@pytest.fixture
def colleague(structure, make_account):
    return make_account(structure, email="vincent@exemple.fr")


def give(client, at, to, hand_over_id=None):
    return client.post(at, data={"a": str(to), "relais_id": str(hand_over_id or uuid.uuid4())})


def given():
    return db.session.query(HandOver).all()


def test_the_summary_says_what_the_next_one_must_know(signed_in, at, usager, conseiller):
    for _ in range(4):
        come(usager, conseiller, now(), ordinateur__souris=Help.ALONE)
    signed_in.post(f"{at}/aides", data={"aide": ["fiche", "oral", "sa_sante"]})
    told = text_of(signed_in.get(at))
    for part in (
        "Envoyer un message",
        "Suivre une fiche",
        "Tout dire à voix haute",
        "Se servir de la souris : Seul",
    ):
        assert part in told, part
    assert db.session.get(Usager, (usager.structure_id, usager.id)).works_well == ["fiche", "oral"]
    pdf = signed_in.get(f"{at}.pdf").data
    assert re.search(rb"/Count 1\b", pdf)


def test_a_colleague_is_told_and_says_it_was_read(signed_in, client, at, usager, colleague):
    give(signed_in, at, colleague.id)
    [one] = given()
    assert db.session.get(Usager, (usager.structure_id, usager.id)).referent_id == colleague.id
    assert "pas encore lu" in text_of(signed_in.get(at))
    client.post("/connexion/fin")
    client.post("/connexion/", data={"email": colleague.email, "password": PASSWORD})
    assert "On vous a confié Josette B." in text_of(client.get("/conseiller/aujourd-hui"))
    client.post(f"/conseiller/relais/{one.id}/vu")
    assert "On vous a confié" not in text_of(client.get("/conseiller/aujourd-hui"))
    assert "pas encore lu" not in text_of(client.get(at))


def test_what_was_told_stays_as_it_was(signed_in, at, usager, conseiller, colleague):
    give(signed_in, at, colleague.id)
    [one] = given()
    for _ in range(4):
        come(usager, conseiller, now(), ordinateur__souris=Help.ALONE)
    assert "Rien de noté pour le moment." in text_of(signed_in.get(f"/conseiller/relais/{one.id}"))


def test_somebody_elses_reading_is_not_the_colleagues(signed_in, at, colleague):
    give(signed_in, at, colleague.id)
    [one] = given()
    signed_in.post(f"/conseiller/relais/{one.id}/vu")
    assert given()[0].seen_at is None


def test_sharing_gives_the_follow_up_to_everyone(signed_in, at, usager, colleague):
    give(signed_in, at, colleague.id)
    give(signed_in, at, "tous")
    assert db.session.get(Usager, (usager.structure_id, usager.id)).referent_id is None
    assert "toute la structure" in text_of(signed_in.get(at))


def test_sent_twice_it_is_passed_once(signed_in, at, colleague):
    hand_over_id = uuid.uuid4()
    for _ in range(2):
        give(signed_in, at, colleague.id, hand_over_id)
    assert len(given()) == 1


@pytest.mark.parametrize("to", ["", "personne", "00000000-0000-4000-8000-000000000000"])
def test_to_nobody_it_is_not_passed(signed_in, at, to):
    response = give(signed_in, at, to)
    assert "Choisissez à qui passer le relais." in text_of(signed_in.get(response.location))
    assert given() == []


def test_not_to_another_structure(signed_in, at, other_structure, make_account):
    stranger = make_account(other_structure, email="ailleurs@exemple.fr")
    give(signed_in, at, stranger.id)
    assert given() == []
    assert signed_in.get(f"/conseiller/relais/{uuid.uuid4()}").status_code == 404
