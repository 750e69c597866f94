"""Every sentence of an usager's screens has its sound: none is missed when sounds are made."""

from __future__ import annotations

import re
import uuid

import pytest
from bs4 import BeautifulSoup

from app.content.spoken import sentence_key, sentences
from app.services.engines import current_engines
from app.services.training import Mode
from app.web import heard_sentences

WITH_A_NAME = re.compile(r"^Êtes-vous .* \?$")
"""Nobody's first name is made into a sound."""


@pytest.fixture
def known(app) -> dict[str, str]:
    with app.test_request_context():
        return heard_sentences.by_key()


def heard_on(response) -> list[str]:
    assert response.status_code in (200, 422), response.request.path
    page = BeautifulSoup(response.get_data(as_text=True), "html5lib")
    return [sentence for tag in page.select("[data-say]") for sentence in sentences(tag.get_text())]


def silent(known, sentences_heard) -> list[str]:
    return [s for s in sentences_heard if sentence_key(s) not in known and not WITH_A_NAME.match(s)]


def test_the_screens_before_one_begins(client, structure, usager, known):
    slug = structure.slug
    heard = []
    for path in ("/", f"/lieu/{slug}/", f"/lieu/{slug}/but", f"/lieu/{slug}/carte", "/confort/"):
        heard += heard_on(client.get(path, follow_redirects=True))
    heard += heard_on(client.get(f"/lieu/{slug}/carte/{usager.card}"))
    heard += heard_on(client.get("/atelier/rejoindre"))
    heard += heard_on(client.post("/atelier/rejoindre", data={"code": "12"}))
    assert len(heard) > 30
    assert silent(known, heard) == []


def enter(client, usager, structure):
    for picture in usager.secret.split(","):
        client.post(f"/lieu/{structure.slug}/carte/{usager.card}", data={"image": picture})


def test_the_screens_of_a_person(client, structure, usager, known):
    enter(client, usager, structure)
    heard = heard_on(client.get("/usager/vous"))
    client.post("/usager/vous")
    for path in ("but", "appareil", "lecture", "son", "information/", "essai", "essai?fait=1"):
        heard += heard_on(client.get(f"/usager/{path}"))
    client.post("/usager/information/")
    client.post("/usager/diagnostic", data={"diagnostic_id": str(uuid.UUID(int=5))})
    for _ in range(60):
        response = client.get("/usager/question/")
        if response.status_code != 200:
            break
        heard += heard_on(response)
        page = BeautifulSoup(response.get_data(as_text=True), "html5lib")
        form = {tag["name"]: tag["value"] for tag in page.select("form.answer input[type=hidden]")}
        show = page.select_one("button[value=montre]")
        client.post("/usager/question/", data={**form, "sans": "montre" if show else "je_ne_sais_pas"})
    for path in ("question/pause", "resultat", "reponses", "chemin"):
        heard += heard_on(client.get(f"/usager/{path}"))
    assert len(set(heard)) > 100
    assert silent(known, heard) == []


def test_each_step_of_the_path_and_its_sheet(client, structure, usager, known):
    enter(client, usager, structure)
    client.post("/usager/vous")
    heard = []
    for module_id in list(current_engines().content.modules)[::6]:
        heard += heard_on(client.get(f"/usager/chemin/{module_id}"))
        heard += heard_on(client.get(f"/contenu/fiches/{module_id}"))
        heard += heard_on(client.get(f"/usager/entrainement/{module_id}/vu", follow_redirects=True))
        for mode in Mode:
            heard += heard_on(client.get(f"/usager/entrainement/{module_id}/{mode}", follow_redirects=True))
    assert silent(known, heard) == []


def test_every_question_of_the_content(app, known):
    content = current_engines().content
    texts = [
        text for item in content.items.values() for step in item.steps for text in (step.consigne, step.show)
    ]
    assert len(texts) > 500
    assert silent(known, [s for text in texts for s in sentences(text)]) == []


def test_two_sentences_with_one_key_are_refused(app, monkeypatch):
    monkeypatch.setattr(heard_sentences, "sentence_key", lambda _: "0" * 16)
    with pytest.raises(heard_sentences.Collision):
        heard_sentences._grouped(current_engines().content)
