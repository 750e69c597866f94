"""Joining an atelier from a tablet."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from app.services import ateliers
from app.store import queries
from app.store.database import db
from tests.conftest import NOW
from tests.web.atelier_cast import MODULE, opened, page_of, text_of

STEP = f"/usager/chemin/{MODULE}"


@pytest.fixture
def people(structure, make_usager):
    return [make_usager(structure, name) for name in ("Ginette", "Josette")]


@pytest.fixture
def atelier(conseiller, people):
    return opened(conseiller, people)


@pytest.fixture
def address(atelier):
    return f"/atelier/rejoindre/{atelier.code}"


def follow(client, response):
    """Where the redirections end."""
    while response.status_code == 302:
        place = response.location
        response = client.get(place)
    assert response.status_code == 200
    return place


def test_the_code_leads_to_the_cards_of_this_atelier_only(
    client, structure, atelier, address, people, make_usager
):
    outsider = make_usager(structure, "Wilson")
    response = client.post("/atelier/rejoindre", data={"code": f" {atelier.code[:2]} {atelier.code[2:]}"})
    assert response.location == address
    cards = {button["value"] for button in page_of(client.get(address)).select("button[name=carte]")}
    assert cards == {person.card for person in people}
    assert outsider.card not in cards


def test_no_name_is_shown_before_a_card_is_picked(client, address, people):
    text = text_of(client.get(address))
    assert not any(person.first_name in text for person in people)


def test_a_card_then_the_name_then_the_module(client, atelier, address, people):
    response = client.post(f"{address}/carte", data={"carte": people[0].card})
    assert follow(client, response) == "/usager/vous"
    assert queries.participant(atelier, people[0].id).joined_at is None
    assert follow(client, client.post("/usager/vous")) == STEP
    assert queries.participant(atelier, people[0].id).joined_at is not None
    assert client.get("/atelier/arrivee").status_code == 302


def test_someone_who_says_no_has_not_joined(client, atelier, address, people):
    client.post(f"{address}/carte", data={"carte": people[0].card})
    client.post("/usager/terminer")
    assert queries.participant(atelier, people[0].id).joined_at is None
    assert client.get(STEP).status_code == 302


def test_without_a_name_a_person_joins_once(client, atelier, address, structure):
    usager_id = page_of(client.get(address)).select_one("input[name=usager_id]")["value"]
    for _ in range(2):
        response = client.post(f"{address}/sans-nom", data={"usager_id": usager_id})
        assert follow(client, response) == STEP
    [person] = queries.nameless_usagers(structure.id)
    assert str(person.id) == usager_id
    assert len(queries.participants(atelier)) == 3


@pytest.mark.parametrize("usager_id", ["", "abc", "the first person's"])
def test_a_made_up_id_lets_nobody_in(client, structure, address, people, usager_id):
    usager_id = str(people[0].id) if usager_id.startswith("the") else usager_id
    assert client.post(f"{address}/sans-nom", data={"usager_id": usager_id}).location == address
    assert queries.nameless_usagers(structure.id) == []
    assert client.get(STEP).status_code == 302


def test_a_card_of_somebody_else_lets_nobody_in(client, structure, address, make_usager):
    outsider = make_usager(structure, "Wilson")
    for card in (outsider.card, "", "x"):
        response = client.post(f"{address}/carte", data={"carte": card}, follow_redirects=True)
        assert "Choisissez-en une autre" in text_of(response)
    assert client.get(STEP).status_code == 302


@pytest.mark.parametrize("typed", ["", "12", "abcd", "12345"])
def test_an_incomplete_code_says_what_to_do(client, atelier, typed):
    page = page_of(client.post("/atelier/rejoindre", data={"code": typed}), 422)
    assert "Écrivez les 4 chiffres du code." in page.get_text()
    assert page.select_one("#code")["value"] == typed


def test_an_unknown_code_says_what_to_do(client, app):
    assert "n’ouvre aucun atelier" in text_of(client.post("/atelier/rejoindre", data={"code": "1234"}))
    page = page_of(client.get("/atelier/rejoindre/1234"), 404)
    assert page.select_one("form #code")


def test_a_closed_atelier_cannot_be_joined(client, atelier, address, people, conseiller):
    ateliers.close(atelier, conseiller, NOW + timedelta(hours=1))
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/carte", data={"carte": people[0].card}).status_code == 404
    assert client.post(f"{address}/sans-nom", data={"usager_id": str(uuid.uuid4())}).status_code == 404


def test_the_code_on_the_wall_opens_a_persons_path_until_the_atelier_is_closed(
    client, atelier, address, people, conseiller
):
    client.post(f"{address}/carte", data={"carte": people[0].card})
    client.post("/usager/vous")
    assert client.get("/usager/chemin").status_code == 200
    ateliers.close(atelier, conseiller, NOW + timedelta(hours=1))
    assert client.get("/usager/chemin").location == "/"
    assert "Cette page est fermée" in text_of(client.get("/", follow_redirects=True))


def test_an_atelier_closed_while_someone_joins_without_a_name_leads_on(client, atelier, address, conseiller):
    client.post(f"{address}/sans-nom", data={"usager_id": str(uuid.uuid4())})
    ateliers.close(atelier, conseiller, NOW + timedelta(hours=1))
    response = client.get("/atelier/arrivee", follow_redirects=True)
    assert "Cet atelier est terminé" in text_of(response)


def test_a_module_gone_since_leads_to_the_path(client, atelier, address):
    atelier.module_id = "minitel.allumer"
    db.session.commit()
    assert client.get(address).status_code == 200
    response = client.post(f"{address}/sans-nom", data={"usager_id": str(uuid.uuid4())})
    assert follow(client, response) != STEP


def test_wrong_codes_are_counted_and_right_ones_are_not(client, atelier, address):
    for _ in range(25):
        assert client.get(address).status_code == 200
    answers = [client.post("/atelier/rejoindre", data={"code": "0000"}).status_code for _ in range(22)]
    assert answers[:20] == [422] * 20
    assert answers[-1] == 429


def test_joining_signs_the_conseiller_out_after_saying_so(signed_in, address, people):
    assert "en fait sortir" in text_of(signed_in.get(address))
    signed_in.post(f"{address}/carte", data={"carte": people[0].card})
    assert signed_in.get("/atelier/").status_code == 302


def test_an_usager_cannot_reach_the_conseillers_pages(client, atelier, address, people):
    client.post(f"{address}/carte", data={"carte": people[0].card})
    client.post("/usager/vous")
    for path in ("", "/grille", "/qr.svg", "/fin"):
        assert client.get(f"/atelier/{atelier.id}{path}").location.startswith("/connexion/")
