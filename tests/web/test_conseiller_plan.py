"""The plan over HTTP, as a browser without JavaScript sees it."""

from __future__ import annotations

import re
import time
import uuid
from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest

from app.content.typography import NBSP
from app.engine.evidence import Help
from app.services import plan_changes, seances
from app.services.clock import now
from app.services.learner import learner
from app.services.modules import module_name
from app.services.seances import NewSeance
from app.services.trail import trail
from app.store import plan_queries
from app.store.database import db
from tests.web.conseiller_cast import NOBODY, answer_all, counted_queries, form_of, page_of, text_of

LIRE = "messagerie.lire"


@pytest.fixture
def at(usager):
    return f"/conseiller/usagers/{usager.id}/"


def order(usager):
    return [stake.module.id for stake in trail(learner(usager, now())).ahead]


def changes(usager):
    return list(plan_queries.plan_changes_of(usager))


def press(client, page, words):
    """Press the first button with these words, as a browser without JavaScript does."""
    button = next(
        b for b in page.select("main button") if words in b.get_text(" ", strip=True).replace(NBSP, " ")
    )
    form = button.find_parent("form")
    sent = form_of(SimpleNamespace(select_one=lambda _: form))
    if button.get("name"):
        sent[button["name"]] = [button["value"]]
    return client.post(button.get("formaction") or form["action"], data=sent, follow_redirects=True)


def tenths(text):
    """« + 2,1 » as 21."""
    return round(10 * float(re.sub(r"[^0-9,]", "", text).replace(",", ".")))


class TestWhyThisNumber:
    @pytest.fixture
    def page(self, signed_in, at):
        return lambda: page_of(signed_in.get(at + "plan")).select_one("#pourquoi-ce-nombre")

    def figures(self, table):
        return [tenths(row.select("td")[-1].get_text()) for row in table.select("tbody tr")]

    def test_both_ways_of_counting_add_up(self, page, usager):
        answer_all(usager, now(), most=6)
        for table in page().select("table"):
            *parts, whole = self.figures(table)
            assert sum(parts) == whole > 10
        causes, steps = page().select("table")
        assert self.figures(causes)[-1] == self.figures(steps)[-1]

    def test_it_says_what_the_facts_changed(self, page, usager, conseiller, new_id):
        assert "encore noté" in page().get_text()
        for days, module in ((1, "messagerie.lire"), (2, "ordinateur.clavier"), (3, "ordinateur.souris")):
            when = now() - timedelta(days=days)
            new = NewSeance(new_id(), {module: Help.TEACHES}, 60, "ordinateur", "lieu_activite", when)
            seances.record(usager, conseiller, new, when)
        text = page().get_text().replace("\u00a0", " ")
        assert re.search(r"Ce que l’on a noté enlève \d+ séances? à ce nombre\.", text)
        assert "Sans rien savoir de cette personne :" in text


class TestPlan:
    def test_pinning_takes_two_taps_and_says_what_it_does(self, signed_in, at, usager):
        last = order(usager)[-1]
        page = page_of(signed_in.get(f"{at}plan/{last}"))
        text = text_of(press(signed_in, page, "La personne le demande"))
        assert "est épinglé" in text
        assert "Séances restantes :" in text
        [change] = changes(usager)
        assert (change.kind, change.module_id, change.reason) == ("epingler", last, "demande")

    def test_skipping_warns_and_offers_to_put_back(self, signed_in, at, usager):
        page = page_of(signed_in.get(f"{at}plan/{LIRE}"))
        page = page_of(press(signed_in, page, "Ne lui servira pas"))
        assert LIRE not in order(usager)
        assert "que vous avez passé" in page.select_one(".cautions").get_text()
        text_of(press(signed_in, page, "Le remettre"))
        assert LIRE in order(usager)

    def test_setting_aside_says_until_when(self, signed_in, at, usager):
        page = page_of(signed_in.get(f"{at}plan/{LIRE}"))
        text = text_of(press(signed_in, page, "Trop difficile pour l"))
        assert "mis de côté" in text and "jusqu’au" in text
        [change] = changes(usager)
        assert change.value["until"] > now().isoformat()

    def test_moving_takes_one_tap(self, signed_in, at, usager):
        before = order(usager)
        graph = learner(usager, now()).graph
        first, then = next((a, b) for a, b in pairwise(before) if a not in graph.ancestors(b))
        title = module_name(then).title
        page = page_of(signed_in.get(f"{at}plan"))
        press(signed_in, page, f"Plus tôt : {title}")
        assert order(usager).index(then) < order(usager).index(first)

    def test_adding_a_module(self, signed_in, at, usager):
        page = page_of(signed_in.get(f"{at}plan/ajouter"))
        link = page.select(".add-modules a")[-1]
        text = text_of(press(signed_in, page_of(signed_in.get(link["href"])), "La personne le demande"))
        assert "est ajouté" in text
        assert "hors du but" in text

    def test_who_changed_what_is_told_and_undone(self, signed_in, at, usager):
        page = page_of(press(signed_in, page_of(signed_in.get(f"{at}plan/{LIRE}")), "Besoin immédiat"))
        line = page.select_one("section[aria-labelledby=who-title]").get_text(" ", strip=True)
        assert "épinglé" in line and "Sandy" in line and "Besoin immédiat" in line
        page = page_of(press(signed_in, page, "Annuler"))
        assert "C’est annulé." in page.get_text()
        assert page.select_one(".undone del")
        assert "Annulé" in page.select_one(".undone").get_text()

    def test_a_button_pressed_twice_counts_once(self, signed_in, at, usager):
        page = page_of(signed_in.get(f"{at}plan/{LIRE}"))
        for _ in range(2):
            press(signed_in, page, "Besoin immédiat")
        assert len(changes(usager)) == 1

    def test_the_tablet_follows_at_once(self, signed_in, at, usager, app):
        last = order(usager)[-1]
        press(signed_in, page_of(signed_in.get(f"{at}plan/{last}")), "La personne le demande")
        tablet = app.test_client()
        with tablet.session_transaction() as session:
            session["usager"] = [str(usager.structure_id), str(usager.id)]
            session["usager_since"] = int(time.time())
        assert "Votre conseiller a choisi cette étape." in tablet.get("/usager/chemin").text

    @pytest.mark.parametrize(
        "choice", ["", "epingler", "epingler/parce que", "detruire/demande", "buts/demande", "/"]
    )
    def test_bad_choices_change_nothing(self, signed_in, at, usager, choice):
        response = signed_in.post(f"{at}plan/{LIRE}", data={"choix": choice})
        assert response.status_code in (302, 400)
        assert changes(usager) == []

    @pytest.mark.parametrize("field", ["duree", "change_id"])
    @pytest.mark.parametrize("value", ["", "abc", "-5", "\x01", "9" * 40])
    def test_bad_fields_are_as_if_left_out(self, signed_in, at, usager, field, value):
        response = signed_in.post(f"{at}plan/{LIRE}", data={"choix": "mettre_de_cote/autre", field: value})
        assert response.location == f"{at}plan"
        assert len(changes(usager)) == 1

    def test_other_structures_are_hidden(self, signed_in, make_usager, other_structure):
        other = make_usager(other_structure)
        where = f"/conseiller/usagers/{other.id}/plan"
        assert signed_in.get(where).status_code == 404
        assert signed_in.post(f"{where}/{LIRE}", data={"choix": "epingler/demande"}).status_code == 404
        assert changes(other) == []

    def test_only_a_change_of_this_person_is_undone_here(
        self, signed_in, at, usager, structure, make_usager, other_structure, make_account
    ):
        for where, mail in ((structure, "a@exemple.fr"), (other_structure, "b@exemple.fr")):
            other = make_usager(where, "Albert")
            wish = plan_changes.Wish(uuid.uuid4(), plan_changes.Kind.PIN, LIRE, "demande")
            plan_changes.make(other, make_account(where, mail), wish, now())
            [change] = changes(other)
            assert signed_in.post(f"{at}plan/annuler/{change.id}").status_code == 404
            assert change.undone_at is None

    def test_unknown_modules_are_404(self, signed_in, at):
        assert signed_in.get(f"{at}plan/cuisine.tarte").status_code == 404
        assert signed_in.get(f"{at}pourquoi/cuisine.tarte").status_code == 404
        assert signed_in.post(f"{at}plan/annuler/{NOBODY}").status_code == 404

    def test_as_many_queries_with_many_changes(self, signed_in, at, usager):
        def cost():
            db.session.expire_all()
            with counted_queries() as seen:
                assert signed_in.get(f"{at}plan").status_code == 200
            return len(seen)

        cost()  # the first opening of an hour is noted in the log
        few = cost()
        for module in order(usager)[:4]:
            signed_in.post(f"{at}plan/{module}", data={"choix": "epingler/demande"})
        assert cost() == few < 16


class TestSettings:
    def test_several_goals_rhythm_and_devices(self, signed_in, at, usager):
        form = form_of(page_of(signed_in.get(f"{at}but")))
        form |= {"other_goals": ["e-sante"], "session_minutes": ["45"], "session_days": ["14"]}
        form |= {"home_device": ["telephone"]}
        response = signed_in.post(f"{at}but", data=form)
        assert response.location == at
        assert usager.other_goal_ids == ["e-sante"]
        assert (usager.session_minutes, usager.session_days, usager.home_device) == (45, 14, "telephone")
        text = text_of(signed_in.get(f"{at}plan"))
        assert "45 min, toutes les deux semaines" in text
        assert "Suivre ma santé en ligne" in text

    def test_left_as_it_is_nothing_changes(self, signed_in, at, usager):
        form = form_of(page_of(signed_in.get(f"{at}but")))
        signed_in.post(f"{at}but", data=form)
        assert changes(usager) == []

    @pytest.mark.parametrize(
        "change",
        [{"session_minutes": "abc"}, {"session_days": "1000"}, {"home_device": "minitel"}, {"goal": "x"}],
    )
    def test_bad_values_are_refused_and_nothing_is_lost(self, signed_in, at, usager, change):
        form = {**form_of(page_of(signed_in.get(f"{at}but"))), **change}
        assert signed_in.post(f"{at}but", data=form).status_code == 422
        assert changes(usager) == []

    def test_a_goal_and_another_that_the_device_cannot_reach(self, signed_in, at, usager):
        form = {**form_of(page_of(signed_in.get(f"{at}but"))), "other_goals": ["whatsapp-famille"]}
        assert "Changez l’appareil ou le but." in text_of(signed_in.post(f"{at}but", data=form), 422)
