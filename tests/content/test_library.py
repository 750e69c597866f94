"""The content in memory: graphs and banks by device, lookups that survive a removal."""

from __future__ import annotations

import pytest

from app.content.library import Content, family
from app.content.models import DEVICES
from app.content.problem import ContentError
from tests.content.authoring import Author, module


def load(author: Author) -> Content:
    author.write()
    return Content.load(author.parcours, author.quizzes)


def test_it_holds_everything(author: Author) -> None:
    content = load(author)
    assert list(content.modules) == ["messagerie.lire", "messagerie.repondre"]
    assert len(content.items) == 13
    assert [item.id for item in content.items_of("messagerie.lire")] == [
        f"messagerie.lire.q{n}" for n in range(6)
    ]
    assert [domain.title for domain in content.domains] == ["La messagerie"]
    assert content.domain_of("messagerie.lire") is content.domains[0]
    assert list(content.goals) == ["ecrire"]


def test_what_left_the_content_is_nothing(author: Author) -> None:
    content = load(author)
    assert content.find_item("messagerie.lire.ancien") is None
    assert content.find_module("messagerie.ancien") is None
    assert content.find_goal("ancien") is None
    assert content.items_of("messagerie.ancien") == ()
    assert content.goal_modules("ancien", "telephone") == ()


def test_a_graph_a_device(author: Author) -> None:
    author.modules.append(module("messagerie.souris", appareils=["ordinateur"]))
    author.modules[1]["prerequis"] += [
        {"module": "messagerie.souris", "pourquoi": "On clique."},
    ]
    author.modules[1]["prerequis"][0]["appareils"] = ["telephone"]
    content = load(author)
    assert content.graph("ordinateur")["messagerie.repondre"].prerequisites == ("messagerie.souris",)
    assert content.graph("telephone")["messagerie.repondre"].prerequisites == ("messagerie.lire",)
    assert content.graph("tablette")["messagerie.repondre"].prerequisites == ()
    assert "messagerie.souris" not in content.graph("tablette")
    assert content.goal_modules("ecrire", "telephone") == ("messagerie.lire", "messagerie.repondre")


def test_a_bank_a_device(author: Author) -> None:
    author.items()[0]["appareils"] = ["ordinateur"]
    content = load(author)
    assert "messagerie.lire.q0" in content.bank("ordinateur")
    assert "messagerie.lire.q0" not in content.bank("telephone")
    assert "scene.photo" in content.bank("telephone")
    assert "scene.photo" not in content.bank("ordinateur")


def test_an_item_needs_all_its_modules(author: Author) -> None:
    content = load(author)
    scene = content.bank("telephone")["scene.photo"]
    assert scene.modules == ("messagerie.repondre", "messagerie.lire", "messagerie.repondre")
    for device in DEVICES:
        graph = content.graph(device)
        assert all(m in graph for item in content.bank(device).items for m in item.modules)


def test_a_family_is_a_genre_and_a_situation(author: Author) -> None:
    author.items()[0]["illustration"] = {"icone": "mail", "alternative": "Un message"}
    content = load(author)
    assert family(content.items["messagerie.lire.q0"]) == "choix:mail"
    assert family(content.items["messagerie.lire.q1"]) == "toucher:Messages"


def test_the_version_follows_the_files(author: Author) -> None:
    before = load(author).version
    assert load(author).version == before
    author.items()[0]["retour_juste"] = "Oui. La page est là."
    assert load(author).version != before


def test_all_problems_are_told_at_once(author: Author) -> None:
    author.modules[1]["prerequis"][0]["module"] = "messagerie.lir"
    author.goal["cibles"] = ["messagerie.repondr"]
    author.item("toucher")["bonnes"] = ["zone_9"]
    with pytest.raises(ContentError) as raised:
        load(author)
    assert len(raised.value.problems) == 3
    assert "écrivez « messagerie.lire »" in str(raised.value)


def test_what_is_only_badly_worded_loads(author: Author) -> None:
    author.items()[0]["retour_juste"] = "Un mail ; un test."
    assert load(author)


def test_texts_have_their_typography(author: Author) -> None:
    author.item("choix")["consigne"] = "Que dit l'écran « Oui » ?"
    item = load(author).items["messagerie.lire.q0"]
    assert item.steps[0].consigne == "Que dit l’écran «\u00a0Oui\u00a0»\u00a0?"
