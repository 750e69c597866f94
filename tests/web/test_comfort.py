"""Comfort settings: on every screen, before somebody begins and after, kept for the person."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from app.store import queries


def classes(client, path):
    html = client.get(path, follow_redirects=True).get_data(as_text=True)
    return set(re.search(r'<html lang="fr" class="([^"]*)"', html)[1].split()) - {"no-js"}


def enter(client, usager, structure):
    for picture in usager.secret.split(","):
        client.post(f"/lieu/{structure.slug}/carte/{usager.card}", data={"image": picture})
    client.post("/usager/vous")


def test_before_somebody_begins_the_tablet_keeps_it_and_then_the_person(client, structure, usager):
    client.post("/confort/", data={"lettres": "grandes"})
    client.post("/confort/", data={"contraste": "fort"})
    welcome = f"/lieu/{structure.slug}/"
    assert classes(client, welcome) == {"letters-large", "contrast-strong"}
    enter(client, usager, structure)
    assert usager.comfort == {"lettres": "grandes", "contraste": "fort"}
    client.post("/usager/terminer")
    assert classes(client, welcome) == set()
    enter(client, usager, structure)
    assert classes(client, "/usager/chemin") >= {"letters-large", "contrast-strong"}


def test_what_a_person_has_chosen_before_wins_over_the_tablet(client, structure, make_usager):
    person = make_usager(structure, comfort={"voix": "lente"})
    client.post("/confort/", data={"lettres": "tres_grandes"})
    enter(client, person, structure)
    assert classes(client, "/usager/chemin") == {"voice-slow"}


def test_one_touch_changes_one_thing_and_leads_back(client, structure, usager):
    enter(client, usager, structure)
    client.post("/confort/", data={"voix": "lente", "suite": "/usager/but"})
    response = client.post("/confort/", data={"son": "non", "suite": "/usager/but"})
    page = client.get(response.location).get_data(as_text=True)
    assert 'href="/usager/but"' in page
    assert page.count('aria-pressed="true"') == 4
    assert (usager.comfort, usager.sound) == ({"voix": "lente"}, False)
    assert classes(client, "/usager/but") == {"voice-slow", "silent"}


@pytest.mark.parametrize(
    "address", ["https://ailleurs.fr/", "//ailleurs.fr", "/\\ailleurs.fr", "javascript:alert(1)", "", "/\n/x"]
)
def test_the_way_back_never_leads_to_another_site(client, structure, address):
    page = client.get("/confort/", query_string={"suite": address}).get_data(as_text=True)
    assert "ailleurs.fr" not in page and "alert(" not in page
    response = client.post("/confort/", data={"suite": address, "lettres": "grandes"})
    assert response.location == "/confort/?suite=/"


@pytest.mark.parametrize("data", [{}, {"lettres": "enormes"}, {"inconnu": "x"}, {"contraste": ""}])
def test_a_value_that_does_not_exist_changes_nothing(client, structure, usager, data):
    enter(client, usager, structure)
    assert client.post("/confort/", data=data).status_code == 302
    assert usager.comfort == {}


def test_what_was_kept_long_ago_and_means_nothing_now_is_left_out(client, structure, make_usager):
    person = make_usager(structure, comfort={"lettres": "enormes", "voix": "lente", "x": 3})
    enter(client, person, structure)
    assert classes(client, "/usager/chemin") == {"voice-slow"}


def test_for_whom_reading_is_hard_every_screen_speaks(client, structure, make_usager):
    enter(client, make_usager(structure, reading="difficile", sound=True), structure)
    assert classes(client, "/usager/chemin") == {"speaks"}
    client.post("/confort/", data={"son": "non"})
    assert classes(client, "/usager/chemin") == {"silent"}


def test_every_usager_screen_leads_to_comfort_and_back_to_itself(client, structure, usager):
    enter(client, usager, structure)
    for path in ("/usager/chemin", "/usager/essai?fait=1", "/usager/but"):
        html = client.get(path).get_data(as_text=True)
        back = unquote(re.search(r'href="(/confort/[^"]*)"', html)[1])
        assert back == f"/confort/?suite={path}"
        assert f'href="{path}"' in client.get(back).get_data(as_text=True)
    assert queries.usager(structure.id, usager.id).comfort == {}
