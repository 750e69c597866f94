"""The pages about one person: path, figures, questions, history, goal."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest

from app.engine.evidence import Help
from app.services import seances
from app.services.clock import now
from app.services.engines import Engines, current_engines
from app.store import queries
from app.store.database import db
from app.store.models import EvidenceRow
from tests.sessions import come
from tests.web.conseiller_cast import NOBODY, answer_all, page_of, text_of

PAGES = (
    *("", "modules", "modules?tous=1", "progres", "historique", "questions", "plan", "plan/ajouter", "but"),
    *("seance", "domaines.svg", "avant-apres.svg", "pourquoi/messagerie.lire", "plan/messagerie.lire"),
)
FIGURES = ("domaines.svg", "autonomie.svg", "autonomie-par-domaine.svg", "visites.svg", "avant-apres.svg")
GONE = "cuisine.faire_une_tarte"


@pytest.fixture
def at(usager):
    return f"/conseiller/usagers/{usager.id}/"


@pytest.fixture
def make_seance(usager, conseiller):
    def make(days_ago=1, **helps):
        return come(usager, conseiller, now() - timedelta(days=days_ago), **helps)

    return make


def forget_module(usager, to=GONE):
    """Make all the evidence on a person be about a module that the content has not."""
    for row in queries.evidence_of(usager):
        row.module_id = to
    db.session.commit()


@pytest.mark.parametrize("page", PAGES)
class TestEveryPage:
    def test_it_works(self, signed_in, at, page):
        assert signed_in.get(at + page).status_code == 200

    def test_it_requires_login(self, client, at, page):
        assert client.get(at + page).location.startswith("/connexion/")

    def test_it_hides_other_structures(self, signed_in, make_usager, other_structure, page):
        other = make_usager(other_structure)
        assert signed_in.get(f"/conseiller/usagers/{other.id}/{page}").status_code == 404

    def test_nobody_is_404(self, signed_in, page):
        assert signed_in.get(f"/conseiller/usagers/{NOBODY}/{page}").status_code == 404

    def test_a_module_gone_from_the_content_breaks_nothing(self, signed_in, at, usager, make_seance, page):
        answer_all(usager, now() - timedelta(days=3), most=4)
        make_seance(messagerie__lire=Help.GUIDED)
        forget_module(usager)
        assert signed_in.get(at + page).status_code == 200

    def test_a_goal_gone_from_the_content_breaks_nothing(self, signed_in, at, usager, make_seance, page):
        answer_all(usager, now() - timedelta(days=3), most=4)
        make_seance(messagerie__lire=Help.GUIDED)
        usager.goal_id = "apprendre-le-minitel"
        db.session.commit()
        assert signed_in.get(at + page).status_code == 200


class TestPath:
    def test_it_reminds_card_and_secret(self, signed_in, at, usager):
        reminder = page_of(signed_in.get(at)).select_one(".reminder").get_text(" ", strip=True)
        assert "1." in reminder and "2." in reminder

    def test_each_step_says_why(self, signed_in, at):
        steps = page_of(signed_in.get(at)).select(".path-step")
        assert "Prochaine étape" in steps[0].get_text()
        assert all(step.select_one("details p").get_text(strip=True) for step in steps)

    def test_the_forecast_is_an_interval(self, signed_in, at):
        assert "environ, entre" in text_of(signed_in.get(at))

    def test_a_module_worked_on_says_level_and_last_time(self, signed_in, at, make_seance):
        make_seance(days_ago=1, messagerie__lire=Help.ALONE)
        make_seance(days_ago=0, messagerie__lire=Help.ALONE)
        text = text_of(signed_in.get(at + "modules"))
        assert "aujourd'hui, 2 fois" in text.replace("’", "'")

    def test_a_gone_module_is_named_by_its_last_words(self, signed_in, at, usager, make_seance):
        make_seance(messagerie__lire=Help.GUIDED)
        forget_module(usager)
        text = text_of(signed_in.get(at + "modules"))
        assert "Faire une tarte retiré" in text

    def test_without_a_goal_it_says_what_to_do(self, signed_in, at, usager):
        usager.goal_id = None
        db.session.commit()
        assert "Choisissez un but pour voir le chemin." in text_of(signed_in.get(at))


class TestFigures:
    def test_the_same_data_are_in_tables(self, signed_in, at, make_seance):
        make_seance(days_ago=9, messagerie__lire=Help.ACCOMPANIED)
        make_seance(days_ago=2, messagerie__lire=Help.ALONE)
        page = page_of(signed_in.get(at))
        assert "La messagerie" in page.select_one("details.data table").get_text()
        assert all(image["alt"] for image in page.select("figure img"))
        page = page_of(signed_in.get(at + "progres"))
        assert len(page.select("figure img")) == 3
        assert all(image["alt"] for image in page.select("figure img"))
        for autonomy in page.select("details.data table"):
            levels = [
                float(row.select("td")[1].get_text().split()[0].replace(",", "."))
                for row in autonomy.select("tbody tr")
            ]
            assert len(levels) == 2
            assert levels[0] < levels[1]

    @pytest.mark.parametrize("query", ["", "?format=etroit"])
    def test_they_are_svg_with_a_policy_of_their_own(self, signed_in, at, make_seance, query):
        for days_ago in (40, 30, 2):
            make_seance(days_ago=days_ago, messagerie__lire=Help.ALONE)
        for name in FIGURES:
            response = signed_in.get(at + name + query)
            assert response.status_code == 200, name
            assert response.mimetype == "image/svg+xml"
            assert b"<svg" in response.data
            assert b"<script" not in response.data
            assert "script" not in response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]

    def test_pages_stay_without_inline_style(self, signed_in, at):
        assert "unsafe" not in signed_in.get(at).headers["Content-Security-Policy"]

    def test_without_a_session_there_is_no_curve(self, signed_in, at):
        assert signed_in.get(at + "autonomie.svg").status_code == 404
        assert signed_in.get(at + "visites.svg").status_code == 404
        assert "commence à la première séance" in text_of(signed_in.get(at + "progres"))


def plain(element):
    return element.get_text().replace("\u00a0", " ")


class TestQuestions:
    def test_each_says_what_it_changed(self, signed_in, at, usager):
        answer_all(usager, now(), most=6)
        page = page_of(signed_in.get(at + "questions"))
        asked = page.select(".asked > li")
        assert asked
        assert all(screen.select_one(".outcome") for screen in asked)
        assert "→" in asked[0].select_one(".move").get_text()

    def test_each_says_why_it_was_asked(self, signed_in, at, usager):
        answer_all(usager, now(), most=8)
        screens = page_of(signed_in.get(at + "questions")).select(".asked > li")
        told = [screen.select_one(".asked-why") for screen in screens]
        assert told[0].summary.get_text() == "Posée en premier, parmi les plus faciles."
        for why in told[1:]:
            assert re.fullmatch(
                r"Posée surtout pour savoir si « .+ » (est acquis|sont acquis)\.", plain(why.summary)
            )
        for why in told:
            for line in why.select("li"):
                assert re.search(r"» était à \d+ %\. La réponse devait lever \d+ % du doute\.", plain(line))

    def test_an_item_gone_from_the_content_is_still_there(self, signed_in, at, usager):
        answer_all(usager, now(), most=4)
        for row in queries.evidence_of(usager):
            row.item_id = "cuisine.tarte.1"
        db.session.commit()
        text = text_of(signed_in.get(at + "questions"))
        assert "Cette question n’est plus posée." in text
        assert "Posée" not in text

    def test_an_approximate_answer_is_called_so(self, signed_in, app, at, usager, monkeypatch):
        answer_all(usager, now(), most=1)
        assert "Réponse approchée" not in text_of(signed_in.get(at + "questions"))
        monkeypatch.setattr("app.engine.belief.LARGEST", 10)
        monkeypatch.setitem(app.extensions, "jalons_engines", Engines(current_engines().content))
        assert "Réponse approchée" in text_of(signed_in.get(at + "questions"))

    def test_without_a_diagnostic_it_says_what_to_do(self, signed_in, at):
        assert "Aucun diagnostic" in text_of(signed_in.get(at + "questions"))

    def test_what_was_known_later_does_not_change_what_is_told(self, signed_in, at, usager, make_seance):
        answer_all(usager, now() - timedelta(days=5), most=6)
        before = page_of(signed_in.get(at + "questions")).select_one(".asked").get_text()
        make_seance(days_ago=1, messagerie__lire=Help.TEACHES)
        assert page_of(signed_in.get(at + "questions")).select_one(".asked").get_text() == before


class TestHistory:
    def test_it_tells_sessions_and_diagnostics(self, signed_in, at, usager, make_seance):
        answer_all(usager, now() - timedelta(days=5), most=3)
        make_seance(messagerie__lire=Help.GUIDED)
        text = text_of(signed_in.get(at + "historique"))
        assert "Séance de 60 min, ordinateur, avec Sandy" in text
        assert "Guidé" in text
        assert "Diagnostic, " in text

    def test_a_correction_strikes_the_old_value_through(
        self, signed_in, at, usager, conseiller, make_seance, new_id
    ):
        make_seance(messagerie__lire=Help.GUIDED)
        [row] = queries.evidence_of(usager)
        seances.correct(row, conseiller, Help.ALONE, row_id=new_id(), now=now())
        page = page_of(signed_in.get(at + "historique"))
        assert page.select_one("del").get_text() == "Guidé"
        assert page.select_one(".fact-value strong").get_text() == "Seul"


class TestGoalAndDevice:
    def test_it_works(self, signed_in, at, usager):
        response = signed_in.post(at + "but", data={"goal": "whatsapp-famille", "device": "telephone"})
        assert response.location == at
        assert (usager.goal_id, usager.device) == ("whatsapp-famille", "telephone")

    def test_a_goal_that_the_device_cannot_reach_is_refused(self, signed_in, at, usager):
        response = signed_in.post(at + "but", data={"goal": "whatsapp-famille", "device": "ordinateur"})
        assert "Changez l’appareil ou le but." in text_of(response, 422)
        assert usager.goal_id == "envoyer-un-message"

    def test_it_hides_other_structures(self, signed_in, make_usager, other_structure):
        other = make_usager(other_structure)
        where = f"/conseiller/usagers/{other.id}/but"
        assert signed_in.post(where, data={"goal": "", "device": "tablette"}).status_code == 404


def test_a_nameless_usager_attached_since_leads_to_the_person(signed_in, usager, structure):
    from app.services import usagers

    nameless = usagers.start_without_name(structure, "e-sante", now())
    answer_all(nameless, now(), most=2)
    assert "Sans nom" in text_of(signed_in.get(f"/conseiller/usagers/{nameless.id}/"))
    usagers.attach(nameless, usager)
    assert "Josette B." in text_of(signed_in.get(f"/conseiller/usagers/{nameless.id}/"))


def test_an_atelier_where_nothing_was_marked_is_a_visit(signed_in, at, usager, conseiller):
    """A seance of an atelier, present but not marked, has no evidence."""
    from app.store.models import Seance

    db.session.add(
        Seance(
            structure_id=usager.structure_id,
            id=uuid.UUID(int=3),
            usager_id=usager.id,
            author_id=conseiller.id,
            kind="collectif",
            device="tablette",
            minutes=90,
            occurred_at=now(),
            recorded_at=now(),
        )
    )
    db.session.commit()
    assert db.session.query(EvidenceRow).count() == 0
    text = text_of(signed_in.get(at + "historique"))
    assert "Atelier de 90 min, tablette" in text
    assert "Aucun module travaillé." in text
    assert "Aucun. La visite est notée." in text_of(signed_in.get(f"{at}seances/{uuid.UUID(int=3)}"))
