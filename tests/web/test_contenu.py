"""The content as conseillers read it, and memory sheets."""

from __future__ import annotations

import re

import pytest

from app.services.engines import current_engines
from tests.web.conseiller_cast import page_of, text_of

MODULE = "/contenu/modules/messagerie.repondre"


def content():
    return current_engines().content


def one_of_each_kind():
    """A module for each kind of question, so that together they show all of them."""
    found = {}
    for item in content().items.values():
        if not item.is_scene:
            found.setdefault(item.genre, item.modules[0])
    return found


class TestLists:
    def test_every_module_is_listed_with_its_counts(self, signed_in, app):
        page = page_of(signed_in.get("/contenu/"))
        assert len(page.select(".lines > li")) == len(content().modules)
        line = page.select_one(f'a[href="{MODULE}"]').find_parent("li").get_text().replace("\u00a0", " ")
        assert f"{len(content().items_of('messagerie.repondre'))} questions" in line

    def test_every_goal_is_listed_with_its_modules(self, signed_in, app):
        page = page_of(signed_in.get("/contenu/buts"))
        assert len(page.select("article.card")) == len(content().goals)

    def test_every_workshop_is_listed(self, signed_in, app):
        page = page_of(signed_in.get("/contenu/ateliers"))
        assert len(page.select(".lines > li")) == len(content().workshops)

    @pytest.mark.parametrize("path", ["modules/cuisine.tarte", "scenes/messagerie.lire", "ateliers/tarte"])
    def test_what_does_not_exist_is_not_found(self, signed_in, path):
        assert signed_in.get(f"/contenu/{path}").status_code == 404

    def test_an_usager_may_not_read_the_answers(self, client, structure):
        client.post(f"/lieu/{structure.slug}/but", data={"but": "e-sante"})
        assert client.get(MODULE).status_code == 302


class TestModule:
    def test_its_facts_are_there(self, signed_in, app):
        module = content().modules["messagerie.repondre"]
        text = text_of(signed_in.get(MODULE)).replace("\u00a0", " ")
        for told in (module.objective, module.observation, module.prerequisites[0].why, *module.activity):
            assert told.replace("\u00a0", " ") in text
        assert "2.1 Interagir, niveau 1" in text

    def test_every_kind_of_question_is_shown_and_cannot_be_sent(self, signed_in, app):
        for genre, module_id in one_of_each_kind().items():
            page = page_of(signed_in.get(f"/contenu/modules/{module_id}"))
            assert page.select(f".answer-{genre}"), genre
            assert len(page.select("article.shown")) == len(content().items_of(module_id))
            for sent in page.select("main button[type=submit], main input, main select"):
                assert sent.find_parent("fieldset", class_="as-usager").has_attr("disabled")
            assert not page.select("main form")

    def test_the_right_answer_is_told_apart(self, signed_in, app):
        item = next(i for i in content().items_of("messagerie.repondre") if i.genre == "choix")
        page = page_of(signed_in.get(MODULE))
        shown = page.find("article", attrs={"aria-labelledby": f"titre-{item.id}"})
        assert item.right_answer.text in shown.select_one("details.solution strong").get_text()
        assert not shown.select_one("details").has_attr("open")

    def test_a_scene_shows_all_its_steps(self, signed_in, app):
        scene = next(i for i in content().items.values() if i.is_scene)
        page = page_of(signed_in.get(f"/contenu/scenes/{scene.id}"))
        consignes = [p.get_text() for p in page.select(".as-usager .consigne")]
        assert consignes == [step.consigne for step in scene.steps]


def test_a_workshop_sheet_has_every_part(signed_in, app):
    workshop = content().workshops["ecrire-un-premier-message"]
    text = text_of(signed_in.get("/contenu/ateliers/ecrire-un-premier-message"))
    for told in (
        *workshop.audience, *workshop.material, *workshop.handout, workshop.signs.alone,
        workshop.stages[-1].title, workshop.difficulties[0].remedy, *workshop.without_reading,
    ):  # fmt: skip
        assert told.replace("\u00a0", " ") in text
    last = workshop.stages[-1].minutes
    assert f"de {workshop.minutes - last} à {workshop.minutes}" in text


class TestGraph:
    def test_each_module_of_the_device_is_a_link(self, signed_in, app):
        page = page_of(signed_in.get("/contenu/graphe?appareil=telephone"))
        linked = {a["href"].rpartition("/")[2] for a in page.select(".graph a")}
        assert linked == set(content().graph("telephone").ids)
        assert len(page.select(".graph-list li")) == len(linked)

    def test_a_domain_alone_comes_with_what_it_needs(self, signed_in, app):
        page = page_of(signed_in.get("/contenu/graphe?domaine=sante&appareil=telephone"))
        linked = {a["href"].rpartition("/")[2] for a in page.select(".graph a")}
        graph = content().graph("telephone")
        own = {id_ for id_ in graph.ids if id_.startswith("sante.")}
        assert linked == own | {before for id_ in own for before in graph[id_].prerequisites}

    @pytest.mark.parametrize("query", ["appareil=minitel", "domaine=cuisine", "taille=x"])
    def test_an_unknown_choice_is_the_usual_one(self, signed_in, query):
        assert signed_in.get(f"/contenu/graphe?{query}").status_code == 200

    def test_it_can_be_kept_as_a_file(self, signed_in):
        response = signed_in.get("/contenu/graphe.svg?appareil=tablette")
        assert response.mimetype == "image/svg+xml"
        assert "modules-tous-tablette.svg" in response.headers["Content-Disposition"]
        assert b"<svg" in response.data and b"style=" not in response.data


class TestMemorySheet:
    def test_a_conseiller_prints_it(self, signed_in, app):
        page = page_of(signed_in.get(f"{MODULE}/fiche"))
        module = content().modules["messagerie.repondre"]
        assert [li.get_text() for li in page.select(".memo-gestures li")] == [g.text for g in module.sheet]
        assert all(li.svg for li in page.select(".memo-gestures li"))

    def test_it_is_a_pdf_too(self, signed_in):
        response = signed_in.get(f"{MODULE}/fiche.pdf")
        assert response.mimetype == "application/pdf"
        assert re.search(rb"/Count 1\b", response.data)

    def test_an_usager_reaches_it_from_the_step(self, client, structure):
        client.post(f"/lieu/{structure.slug}/but", data={"but": "envoyer-un-message"})
        page = page_of(client.get("/usager/chemin/messagerie.repondre"))
        link = page.select_one('a[href="/contenu/fiches/messagerie.repondre"]')
        sheet = page_of(client.get(link["href"]))
        assert sheet.select(".memo-gestures li")
        assert sheet.select_one('a[href="/usager/chemin/messagerie.repondre"]')
        assert client.get("/contenu/fiches/cuisine.tarte").status_code == 404
