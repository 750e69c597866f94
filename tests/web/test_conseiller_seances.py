"""Recording a session, what it changed, correcting it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app.engine.evidence import Help
from app.services.clock import now
from app.store import queries
from app.store.database import db
from app.store.models import Seance
from tests.web.conseiller_cast import NOBODY, form_of, page_of, text_of


@pytest.fixture
def at(usager):
    return f"/conseiller/usagers/{usager.id}/"


@pytest.fixture
def form(signed_in, at):
    """The form as the page gives it, with an aid chosen for its first module."""
    data = form_of(page_of(signed_in.get(at + "seance")))
    data[f"aide-{data['module'][0]}"] = ["guide"]
    return data


def record(client, at, form, **change):
    return client.post(at + "seance", data={**form, **change})


def seances():
    return db.session.query(Seance).all()


class TestForm:
    def test_it_is_filled_in_with_what_is_likely(self, signed_in, at, structure, usager):
        page = page_of(signed_in.get(at + "seance"))
        here = now().astimezone(ZoneInfo(structure.timezone))
        assert page.select_one("#day")["value"] == here.strftime("%Y-%m-%d")
        data = form_of(page)
        assert (data["device"], data["minutes"], data["way"]) == (["ordinateur"], ["60"], ["accueil_libre"])
        steps = [tag.get_text(strip=True) for tag in page_of(signed_in.get(at)).select(".path-step strong")]
        lines = [tag.get_text(strip=True) for tag in page.select(".help-line legend")]
        assert lines == steps[: len(lines)]

    def test_five_helps_and_none(self, signed_in, at):
        first = page_of(signed_in.get(at + "seance")).select_one(".help-line")
        words = [label.get_text(strip=True) for label in first.select("label")]
        assert words == ["Fait pour", "Accompagné", "Guidé", "Seul", "Transmet", "Pas vu"]
        assert first.select_one("input[checked]")["value"] == ""

    def test_another_module_is_added_and_what_was_typed_stays(self, signed_in, at, form):
        wanted = "securite.mot_de_passe"
        page = page_of(signed_in.get(at + "seance"))
        choices = [option["value"] for option in page.select("#other_module optgroup option")]
        wanted = wanted if wanted in choices else choices[-1]
        response = record(signed_in, at, form, ajouter="1", other_module=wanted, minutes="45")
        data = form_of(page_of(response))
        assert data["module"] == [*form["module"], wanted]
        assert data["minutes"] == ["45"]
        assert data[f"aide-{form['module'][0]}"] == ["guide"]
        assert data["seance_id"] == form["seance_id"]
        assert seances() == []

    @pytest.mark.parametrize("other", ["", "cuisine.tarte"])
    def test_adding_nothing_changes_nothing(self, signed_in, at, form, other):
        data = form_of(page_of(record(signed_in, at, form, ajouter="1", other_module=other)))
        assert data["module"] == form["module"]


class TestRecording:
    def test_it_works(self, signed_in, at, form, usager, conseiller):
        response = record(signed_in, at, form)
        assert response.location == f"{at}seances/{form['seance_id'][0]}"
        [seance], [row] = seances(), queries.evidence_of(usager)
        assert (seance.kind, seance.minutes, seance.device) == ("individuel", 60, "ordinateur")
        assert seance.author_id == row.author_id == conseiller.id
        assert (row.help, row.source, row.outcome, row.guess) == ("guide", "observation", None, None)
        assert (row.module_id, row.seance_id) == (form["module"][0], seance.id)
        assert row.occurred_at == seance.occurred_at <= now()
        assert row.content_version

    def test_it_requires_login(self, client, at):
        assert client.post(at + "seance").location.startswith("/connexion/")

    def test_it_hides_other_structures(self, signed_in, form, make_usager, other_structure):
        other = make_usager(other_structure)
        response = record(signed_in, f"/conseiller/usagers/{other.id}/", form)
        assert response.status_code == 404
        assert seances() == []

    def test_sent_twice_it_counts_once(self, signed_in, at, form, usager):
        assert record(signed_in, at, form).location == record(signed_in, at, form).location
        assert len(seances()) == len(queries.evidence_of(usager)) == 1

    def test_noted_in_two_tabs_or_again_after_going_back_it_counts_once(self, signed_in, at, form, usager):
        again = {**form, "seance_id": [str(uuid.uuid4())]}
        record(signed_in, at, form)
        response = record(signed_in, at, again)
        assert "Une séance est déjà notée avec cette personne, à cette heure." in text_of(response, 422)
        assert len(seances()) == len(queries.evidence_of(usager)) == 1

    def test_another_hour_of_the_day_is_another_session(self, signed_in, at, form):
        record(signed_in, at, form, hour="00:01", day="2026-02-03")
        assert record(signed_in, at, form, hour="00:02", day="2026-02-03", seance_id="").status_code == 302
        assert len(seances()) == 2

    def test_the_id_of_another_persons_session_records_nothing(
        self, signed_in, at, form, structure, make_usager
    ):
        record(signed_in, at, form)
        other = make_usager(structure, "Albert")
        response = record(signed_in, f"/conseiller/usagers/{other.id}/", form)
        assert "Cette page a déjà servi." in text_of(response, 422)
        assert form_of(page_of(response, 422))["seance_id"] != form["seance_id"]
        assert not queries.evidence_of(other)

    @pytest.mark.parametrize("id_", ["", "abc"])
    def test_a_page_without_an_id_gets_one(self, signed_in, at, form, id_):
        assert record(signed_in, at, form, seance_id=id_).status_code == 302
        assert len(seances()) == 1

    def test_another_duration(self, signed_in, at, form):
        record(signed_in, at, form, minutes="autre", other_minutes="20")
        assert seances()[0].minutes == 20

    def test_a_visit_without_any_module(self, signed_in, at, form, usager):
        first = form["module"][0]
        assert record(signed_in, at, form, nothing="y", **{f"aide-{first}": ""}).status_code == 302
        assert len(seances()) == 1
        assert not queries.evidence_of(usager)

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"minutes": ""}, "Choisissez une durée."),
            ({"minutes": "autre", "other_minutes": ""}, "Écrivez la durée en minutes."),
            ({"minutes": "autre", "other_minutes": "0"}, "Écrivez un nombre de minutes"),
            ({"minutes": "autre", "other_minutes": "9000"}, "Écrivez un nombre de minutes"),
            ({"minutes": "autre", "other_minutes": "vingt"}, "Écrivez un nombre en chiffres."),
            ({"minutes": "17"}, ""),
            ({"device": ""}, "Choisissez un appareil."),
            ({"device": "minitel"}, ""),
            ({"way": ""}, "Choisissez comment la séance a eu lieu."),
            ({"way": "par_la_poste"}, "Choisissez dans la liste."),
            ({"day": ""}, "Choisissez la date."),
            ({"day": "hier"}, ""),
            ({"hour": ""}, "Choisissez l’heure."),
            ({"day": "2099-01-01"}, "Cette date est à venir."),
            ({"day": "0026-03-01"}, "Vérifiez l’année."),
        ],
    )
    def test_it_rejects_bad_input_and_keeps_what_was_typed(self, signed_in, at, form, change, sentence):
        response = record(signed_in, at, form, **change)
        text = text_of(response, 422)
        assert sentence in text
        assert "Not a valid" not in text
        kept = form_of(page_of(response, 422))
        assert kept["module"] == form["module"]
        assert kept[f"aide-{form['module'][0]}"] == ["guide"]
        assert kept["seance_id"] == form["seance_id"]
        assert seances() == []

    def test_no_help_chosen_says_what_to_do(self, signed_in, at, form):
        response = record(signed_in, at, form, **{f"aide-{form['module'][0]}": ""}, minutes="30")
        assert "au moins un module" in text_of(response, 422)
        assert form_of(page_of(response, 422))["minutes"] == ["30"]
        assert seances() == []

    def test_a_help_or_a_module_that_does_not_exist_is_left_out(self, signed_in, at, form, usager):
        change = {"module": [*form["module"], "cuisine.tarte"], "aide-cuisine.tarte": "seul"}
        change[f"aide-{form['module'][1]}"] = "par_magie"
        record(signed_in, at, form, **change)
        assert [row.module_id for row in queries.evidence_of(usager)] == [form["module"][0]]


class TestChanges:
    def test_it_tells_what_moved(self, signed_in, at, form):
        form[f"aide-{form['module'][0]}"] = ["transmet"]
        page = page_of(signed_in.get(record(signed_in, at, form).location))
        worked = page.select_one(".modules tbody tr")
        assert "travaillé" in worked.get_text()
        assert "→" in worked.get_text()
        assert page.select_one(".next-change")

    def test_the_path_moves(self, signed_in, at, form):
        first = page_of(signed_in.get(at)).select_one(".path-step strong").get_text(strip=True)
        form[f"aide-{form['module'][0]}"] = ["transmet"]
        changes = page_of(signed_in.get(record(signed_in, at, form).location))
        assert first in changes.main.get_text()
        assert first != page_of(signed_in.get(at)).select_one(".path-step strong").get_text(strip=True)

    def test_it_stays_the_same_afterwards(self, signed_in, at, form):
        where = record(signed_in, at, form).location
        before = text_of(signed_in.get(where))
        second = {**form, "seance_id": str(uuid.UUID(int=11)), f"aide-{form['module'][0]}": "transmet"}
        record(signed_in, at, second)
        assert text_of(signed_in.get(where)) == before

    def test_it_hides_other_structures_and_other_people(self, signed_in, at, form, structure, make_usager):
        where = record(signed_in, at, form).location.rpartition("/")[2]
        other = make_usager(structure, "Albert")
        assert signed_in.get(f"/conseiller/usagers/{other.id}/seances/{where}").status_code == 404
        assert signed_in.get(f"{at}seances/{NOBODY}").status_code == 404


class TestCorrecting:
    @pytest.fixture
    def row(self, signed_in, at, form, usager):
        record(signed_in, at, form)
        [row] = queries.evidence_of(usager)
        return row

    @pytest.fixture
    def where(self, at, row):
        return f"{at}corriger/{row.id}"

    def test_it_works(self, signed_in, where, at, row, usager):
        data = form_of(page_of(signed_in.get(where)))
        response = signed_in.post(where, data={**data, "help": "seul"})
        assert response.location == at + "historique"
        old, new = sorted(queries.evidence_of(usager), key=lambda row: row.recorded_at)
        assert (old.id, old.help) == (row.id, "guide")
        assert (new.corrects_id, new.help, new.occurred_at) == (row.id, "seul", row.occurred_at)
        assert [r.help for r in queries.standing([old, new])] == ["seul"]
        assert "C’est corrigé." in text_of(signed_in.get(response.location))

    def test_it_was_not_worked_on_after_all(self, signed_in, where, at, usager):
        data = form_of(page_of(signed_in.get(where)))
        signed_in.post(where, data={**data, "help": "pas_travaille"})
        text = text_of(signed_in.get(at + "historique"))
        assert "Guidé noté" in text
        assert "Pas travaillé" in text
        from app.services.learner import learner

        assert not [state for state in learner(usager, now()).autonomy.values() if state.times_worked]

    def test_sent_twice_it_counts_once(self, signed_in, where, usager):
        data = {**form_of(page_of(signed_in.get(where))), "help": "seul"}
        for _ in range(2):
            assert signed_in.post(where, data=data).status_code == 302
        assert len(queries.evidence_of(usager)) == 2

    def test_a_second_correction_of_the_same_row_is_refused_plainly(self, signed_in, where, usager):
        first, second = (form_of(page_of(signed_in.get(where))) for _ in range(2))
        signed_in.post(where, data={**first, "help": "seul"})
        response = signed_in.post(where, data={**second, "help": "transmet"})
        assert "déjà été corrigée" in text_of(signed_in.get(response.location))
        assert signed_in.get(where).status_code == 302
        assert len(queries.evidence_of(usager)) == 2

    def test_a_correction_can_be_corrected(self, signed_in, where, at, usager):
        signed_in.post(where, data={**form_of(page_of(signed_in.get(where))), "help": "seul"})
        again = page_of(signed_in.get(at + "historique")).select_one(".fact-correct")["href"]
        signed_in.post(again, data={**form_of(page_of(signed_in.get(again))), "help": "transmet"})
        page = page_of(signed_in.get(at + "historique"))
        assert [tag.get_text() for tag in page.select("del")] == ["Guidé", "Seul"]
        assert page.select_one(".fact-value strong").get_text() == "Transmet"

    @pytest.mark.parametrize("help", ["", "par_magie"])
    def test_it_rejects_bad_input(self, signed_in, where, usager, help):
        data = {**form_of(page_of(signed_in.get(where))), "help": help}
        assert signed_in.post(where, data=data).status_code == 422
        assert len(queries.evidence_of(usager)) == 1

    def test_an_answer_of_a_diagnostic_is_not_corrected_here(self, signed_in, at, usager):
        from tests.web.conseiller_cast import answer_all

        answer_all(usager, now(), most=1)
        [row] = queries.evidence_of(usager)
        assert signed_in.get(f"{at}corriger/{row.id}").status_code == 404

    def test_it_hides_other_structures_and_other_people(self, signed_in, row, structure, make_usager):
        other = make_usager(structure, "Albert")
        for id_ in (other.id, NOBODY):
            assert signed_in.get(f"/conseiller/usagers/{id_}/corriger/{row.id}").status_code == 404
            assert signed_in.post(f"/conseiller/usagers/{id_}/corriger/{row.id}").status_code == 404

    def test_the_help_words_are_the_engines(self):
        from app.services.observations import HELP_WORDS
        from app.services.seances import HELP_HINTS

        assert list(HELP_WORDS) == list(HELP_HINTS) == list(Help)


def test_a_session_of_last_week_is_dated_in_the_structures_zone(signed_in, at, form, structure):
    then = now().astimezone(ZoneInfo(structure.timezone)) - timedelta(days=7)
    record(signed_in, at, form, day=then.strftime("%Y-%m-%d"), hour="09:30")
    [seance] = seances()
    assert seance.occurred_at.astimezone(ZoneInfo("America/Guadeloupe")).hour == 9
