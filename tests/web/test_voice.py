"""Sounds on the network: found by key, a structure's own first, never another structure's."""

from __future__ import annotations

import io
import json

import pytest
from bs4 import BeautifulSoup

from app.content.spoken import sentence_key
from app.services import made_voices, recordings, sounds
from app.store import recording_queries
from app.web.usager import voice
from tests.conftest import NOW, PASSWORD
from tests.services.test_recordings import MP3, WEBM

WELCOME = sentence_key("Bienvenue")
HERE = "mediatheque-de-vieux-habitants"


@pytest.fixture(autouse=True)
def no_converter(monkeypatch):
    monkeypatch.setattr(sounds, "converter", lambda: None)


@pytest.fixture
def made(app, tmp_path):
    """Sounds made for one sentence."""
    (tmp_path / f"{WELCOME}.mp3").write_bytes(MP3)
    (tmp_path / "index.json").write_text(json.dumps({WELCOME: [0]}), encoding="utf-8")
    before = app.extensions.get("jalons_made_voices")
    app.extensions["jalons_made_voices"] = made_voices.MadeVoices(tmp_path)
    yield
    app.extensions.pop("jalons_made_voices")
    if before is not None:
        app.extensions["jalons_made_voices"] = before


def listen_button(client, path=f"/lieu/{HERE}/"):
    page = BeautifulSoup(client.get(path).get_data(as_text=True), "html5lib")
    return page.select_one("[data-listen]")


def test_a_page_asks_for_sounds_only_where_there_are_some(client, structure):
    assert not listen_button(client).has_attr("data-voices")


def test_sounds_made_are_found_by_key_and_heard(client, structure, made):
    assert listen_button(client)["data-voices"] == "/voix/phrases"
    told = client.get(f"/voix/phrases?cles={WELCOME},{'0' * 16},../../etc").json
    assert told == {WELCOME: {"url": f"/voix/faite/{WELCOME}.mp3", "words": [0]}}
    sound = client.get(told[WELCOME]["url"])
    assert (sound.mimetype, sound.data) == ("audio/mpeg", MP3)
    part = client.get(told[WELCOME]["url"], headers={"Range": "bytes=0-3"})  # what an iPad asks first
    assert (part.status_code, part.data) == (206, MP3[:4])


@pytest.mark.parametrize(
    "path", [f"/voix/faite/{'0' * 16}.mp3", "/voix/faite/index.mp3", "/voix/faite/..%2Fx.mp3"]
)
def test_a_sound_that_was_not_made_is_not_there(client, structure, made, path):
    assert client.get(path).status_code == 404


def test_a_structures_own_voice_comes_first_and_only_there(
    client, app, structure, other_structure, conseiller, make_usager, made
):
    recording = recordings.keep(conseiller, key=WELCOME, text="Bienvenue", sound=WEBM, seconds=1, now=NOW)
    address = f"/voix/enregistree/{HERE}/{recording.id}"
    assert listen_button(client)["data-voices"] == f"/voix/phrases/{HERE}"
    assert client.get(f"/voix/phrases/{HERE}?cles={WELCOME}").json[WELCOME] == {
        "url": address,
        "recorded": True,
    }
    assert client.get(address).data == WEBM
    assert client.get(f"/voix/enregistree/{other_structure.slug}/{recording.id}").status_code == 404
    assert listen_button(client, f"/lieu/{other_structure.slug}/")["data-voices"] == "/voix/phrases"

    client.post(f"/lieu/{other_structure.slug}/but", data={"but": "e-sante"})  # somebody of the other one
    assert client.get(address).status_code == 404
    assert client.get(f"/voix/phrases/{HERE}?cles={WELCOME}").status_code == 404


def unpacked(response):
    head, _, data = response.data.partition(b"\n")
    sounds, place = {}, 0
    for one in json.loads(head):
        sounds[one["cle"]] = (data[place : place + one["taille"]], one["type"], one.get("recorded", False))
        place += one["taille"]
    assert place == len(data)
    return sounds


def test_sounds_of_several_sentences_come_in_one_reply(
    client, structure, other_structure, conseiller, make_usager, made
):
    other = sentence_key("Commencer")
    keys = f"cles={WELCOME},{other},{'0' * 16},../../etc"
    assert unpacked(client.get(f"/voix/avance?{keys}")) == {WELCOME: (MP3, "audio/mpeg", False)}
    recordings.keep(conseiller, key=other, text="Commencer", sound=WEBM, seconds=1, now=NOW)
    own = {other: (WEBM, "audio/webm", True)}
    assert unpacked(client.get(f"/voix/avance/{HERE}?{keys}")) == {WELCOME: (MP3, "audio/mpeg", False), **own}
    assert unpacked(client.get(f"/voix/avance/{HERE}?{keys}&enregistrees=oui")) == own
    assert unpacked(client.get(f"/voix/avance/{other_structure.slug}?{keys}")).keys() == {WELCOME}
    client.post(f"/lieu/{other_structure.slug}/but", data={"but": "e-sante"})  # somebody of the other one
    assert client.get(f"/voix/avance/{HERE}?{keys}").status_code == 404


def test_one_reply_of_sounds_has_an_end(client, structure, made, monkeypatch):
    monkeypatch.setattr(voice, "MOST_BYTES", len(MP3) - 1)
    assert unpacked(client.get(f"/voix/avance?cles={WELCOME}")) == {}


def test_asking_for_sounds_never_writes_the_cookie(client, structure, usager, made):
    client.post(f"/lieu/{HERE}/but", data={"but": "e-sante"})
    with client.session_transaction() as session:
        session["usager_seen"] -= 300
    for path in (f"/voix/phrases/{HERE}?cles={WELCOME}", f"/voix/faite/{WELCOME}.mp3"):
        assert "Set-Cookie" not in client.get(path).headers


# --- the conseiller's page ---


def test_the_menu_leads_to_voices(signed_in, structure):
    page = BeautifulSoup(signed_in.get("/conseiller/").get_data(as_text=True), "html5lib")
    assert page.select_one("header a[href='/conseiller/voix/']").get_text(strip=True) == "Voix"


def test_a_sentence_is_recorded_listened_to_and_taken_away(signed_in, structure):
    sent = signed_in.post(
        f"/conseiller/voix/phrase/{WELCOME}",
        data={"son": (io.BytesIO(WEBM), "phrase"), "secondes": "1.6"},
        headers={"Accept": "application/json"},
    )
    assert signed_in.get(sent.json["url"]).data == WEBM
    assert "Voix de Sandy" in sent.json["line"]
    page = signed_in.get("/conseiller/voix/enregistrees").get_data(as_text=True)
    assert "Bienvenue" in page
    signed_in.post(f"/conseiller/voix/phrase/{WELCOME}/retirer", data={"retour": "enregistrees"})
    assert not recording_queries.any_recording(structure.id)
    assert signed_in.get(sent.json["url"]).status_code == 404


def test_a_file_is_sent_without_a_script_and_a_wrong_one_says_what_to_do(signed_in, structure):
    address = f"/conseiller/voix/phrase/{WELCOME}"
    wrong = signed_in.post(address, data={"son": (io.BytesIO(b"%PDF-1.7"), "chanson.mp3")})
    assert wrong.status_code == 422
    assert "Essayez un fichier MP3" in wrong.get_data(as_text=True)
    missing = signed_in.post(address, data={}, headers={"Accept": "application/json"})
    assert (missing.status_code, missing.json) == (
        422,
        {"problem": "Choisissez un fichier, ou enregistrez la phrase."},
    )
    assert signed_in.post(address, data={"son": (io.BytesIO(MP3), "a.mp3")}).status_code == 302
    assert recording_queries.recording_by_key(structure.id, WELCOME).media_type == "audio/mpeg"


def test_only_sentences_that_are_heard_can_be_recorded(signed_in, structure):
    address = f"/conseiller/voix/phrase/{'f' * 16}"
    assert signed_in.get(address).status_code == 404
    assert signed_in.post(address, data={"son": (io.BytesIO(MP3), "a.mp3")}).status_code == 404


def test_sentences_are_found_by_module_and_by_word(signed_in, structure):
    groups = signed_in.get("/conseiller/voix/").get_data(as_text=True)
    assert "Cartes et images" in groups
    page = signed_in.get("/conseiller/voix/phrases/ecrans").get_data(as_text=True)
    assert f'id="{WELCOME}"' in page
    found = signed_in.get("/conseiller/voix/?q=DEJA savez voyons").get_data(as_text=True)
    assert "Voyons ensemble ce que vous savez déjà faire" in found
    assert "1\u00a0phrase pour" in found
    assert signed_in.get("/conseiller/voix/phrases/inconnu").status_code == 404


def test_a_recording_whose_sentence_has_changed_can_be_taken_away(signed_in, structure, conseiller):
    recordings.keep(conseiller, key="a" * 16, text="Phrase d'avant.", sound=WEBM, seconds=1, now=NOW)
    page = signed_in.get("/conseiller/voix/enregistrees").get_data(as_text=True)
    assert "Ces phrases ont changé" in page and "Phrase d’avant." in page
    signed_in.post(f"/conseiller/voix/phrase/{'a' * 16}/retirer")
    assert not recording_queries.any_recording(structure.id)


def test_one_structure_takes_nothing_from_another(
    client, app, structure, other_structure, conseiller, make_account
):
    recordings.keep(conseiller, key=WELCOME, text="Bienvenue", sound=WEBM, seconds=1, now=NOW)
    make_account(other_structure, "paul@exemple.fr")
    client.post("/connexion/", data={"email": "paul@exemple.fr", "password": PASSWORD})
    assert "Aucune phrase" in client.get("/conseiller/voix/enregistrees").get_data(as_text=True)
    client.post(f"/conseiller/voix/phrase/{WELCOME}/retirer")
    assert recording_queries.any_recording(structure.id)
