"""A tablet left idle: the server forgets the person too, and leaving leads to the right welcome."""

from __future__ import annotations

import time

import pytest


@pytest.fixture
def begun(client, structure):
    client.post(f"/lieu/{structure.slug}/but", data={"but": "e-sante"})
    assert client.get("/usager/appareil").status_code == 200
    return client


def seen(client, minutes):
    with client.session_transaction() as session:
        session["usager_seen"] = int(time.time()) - minutes * 60


def test_a_tablet_not_touched_for_long_opens_on_nobody(begun):
    seen(begun, 21)
    response = begun.get("/usager/appareil")
    assert (response.status_code, response.location) == (302, "/")


def test_each_page_says_that_the_person_is_there(begun):
    seen(begun, 19)
    assert begun.get("/usager/appareil").status_code == 200
    with begun.session_transaction() as session:
        assert time.time() - session["usager_seen"] < 60


def test_touching_for_hours_ends_all_the_same(begun):
    with begun.session_transaction() as session:
        session["usager_since"] = int(time.time()) - 5 * 3600
    assert begun.get("/usager/appareil").status_code == 302


def entered(client):
    with client.session_transaction() as session:
        return str(session["usager_since"])


def test_whoever_left_without_a_network_is_seen_by_nobody(begun):
    begun.set_cookie("jalons_fini", entered(begun))
    response = begun.get("/usager/appareil")
    assert response.location == "/"
    assert begun.get_cookie("jalons_fini") is None
    with begun.session_transaction() as session:
        assert "usager" not in session


def test_their_answers_are_taken_before_their_session_ends(begun):
    begun.set_cookie("jalons_fini", entered(begun))
    sending = {"diagnostic": "00000000-0000-0000-0000-000000000001", "reponses": []}
    assert begun.post("/usager/envoi/", json=sending).get_json() == {"ecrans": [], "suite": "/"}
    with begun.session_transaction() as session:
        assert "usager" in session


def test_the_mark_of_somebody_who_left_ends_nobody_elses_time(begun):
    begun.set_cookie("jalons_fini", str(int(entered(begun)) - 60))
    assert begun.get("/usager/appareil").status_code == 200
    assert begun.get_cookie("jalons_fini") is None
    assert begun.get("/usager/appareil").status_code == 200


def test_leaving_after_the_time_is_over_leads_to_the_welcome_of_the_place(begun, structure, other_structure):
    seen(begun, 30)
    response = begun.post("/usager/terminer", data={"lieu": structure.slug})
    assert response.location == f"/lieu/{structure.slug}/"
    assert begun.post("/usager/terminer", data={"lieu": "nulle-part"}).location == "/"


def test_a_person_is_warned_and_an_empty_tablet_goes_back_in_silence(client, structure):
    def kind(path):
        return (client.get(path).get_data(as_text=True).partition('data-idle="')[2] or '"').partition('"')[0]

    assert kind(f"/lieu/{structure.slug}/") == ""
    assert kind(f"/lieu/{structure.slug}/but") == "silencieux"
    client.post("/confort/", data={"lettres": "grandes"})
    assert kind(f"/lieu/{structure.slug}/") == "silencieux"
    client.post(f"/lieu/{structure.slug}/but", data={"but": "e-sante"})
    assert kind("/usager/appareil") == "personne"


def test_a_conseiller_who_looks_at_an_usagers_page_is_not_signed_out_by_it(signed_in, structure):
    assert "data-idle=" not in signed_in.get(f"/lieu/{structure.slug}/but").get_data(as_text=True)
