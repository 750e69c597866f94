"""Sessions of every kind: themes, drop-in, people without a file; and putting a whole session right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.services import seance_corrections
from app.services.clock import now
from app.store import queries
from app.store.database import db
from app.store.models import Seance
from tests.web.conseiller_cast import NOBODY, form_of, page_of, text_of

ANONYMOUS = "/conseiller/seances/sans-nom"


@pytest.fixture
def at(usager):
    return f"/conseiller/usagers/{usager.id}/seance"


@pytest.fixture
def form(signed_in, at):
    data = form_of(page_of(signed_in.get(at)))
    data[f"aide-{data['module'][0]}"] = ["guide"]
    return data


def the_seance():
    return db.session.query(Seance).one()


class TestKinds:
    @pytest.mark.parametrize(
        ("way", "place", "drop_in"),
        [
            ("rendez_vous", "lieu_activite", False),
            ("accueil_libre", "lieu_activite", True),
            ("domicile", "domicile", False),
            ("a_distance", "a_distance", False),
            ("autre", "autre", False),
        ],
    )
    def test_how_it_came_about(self, signed_in, at, form, way, place, drop_in):
        assert signed_in.post(at, data={**form, "way": way}).status_code == 302
        assert (the_seance().place, the_seance().drop_in) == (place, drop_in)

    def test_themes_a_demarche_an_orientation_and_a_next_step(self, signed_in, at, form):
        more = {
            "themes": ["sante", "aide_aux_demarches_administratives", "cuisine"],
            "procedure_theme": "social_sante",
            "redirected_to": "aide_sociale",
            "next_step": "refaire_a_la_maison",
        }
        assert signed_in.post(at, data={**form, **more}).status_code == 302
        made = the_seance()
        assert made.themes == ["sante", "aide_aux_demarches_administratives"]
        assert (made.procedure_theme, made.redirected_to) == ("social_sante", "aide_sociale")
        assert made.next_step == "refaire_a_la_maison"

    def test_a_theme_is_enough_without_a_module(self, signed_in, at, form, usager):
        data = {key: value for key, value in form.items() if not key.startswith("aide-")}
        assert signed_in.post(at, data={**data, "themes": ["sante"]}).status_code == 302
        assert not queries.evidence_of(usager)

    @pytest.mark.parametrize("field", ["procedure_theme", "redirected_to", "next_step", "place_id"])
    def test_a_code_that_is_on_no_list_is_none(self, signed_in, at, form, field):
        assert signed_in.post(at, data={**form, field: "n'importe quoi"}).status_code == 302
        assert getattr(the_seance(), field) is None

    @pytest.mark.parametrize("other", ["abc", "99999", "-1"])
    def test_another_duration_matters_only_where_it_is_chosen(self, signed_in, at, form, other):
        response = signed_in.post(at, data={**form, "minutes": "30", "other_minutes": other})
        assert response.status_code == 302
        assert the_seance().minutes == 30

    def test_someone_seen_at_home_last_time_is_proposed_at_home(self, signed_in, at, form):
        signed_in.post(at, data={**form, "way": "domicile"})
        assert form_of(page_of(signed_in.get(at)))["way"] == ["domicile"]


class TestWithoutAFile:
    @pytest.fixture
    def form(self, signed_in):
        return form_of(page_of(signed_in.get(ANONYMOUS)))

    def test_a_theme_is_all_that_is_asked(self, signed_in, form, conseiller):
        response = signed_in.post(ANONYMOUS, data={**form, "themes": "sante"}, follow_redirects=True)
        assert "C’est compté." in text_of(response)
        made = the_seance()
        assert (made.usager_id, made.participants, made.drop_in) == (None, 1, True)
        assert (made.minutes, made.themes, made.author_id) == (15, ["sante"], conseiller.id)
        assert made.anonymous == []

    def test_what_they_tell_is_kept_in_la_coops_codes(self, signed_in, form):
        told = {
            "participants": "3", "themes": "email",
            "age-1": "soixante_dix_plus", "gender-1": "feminin", "age-2": "cent_ans",
            "occupation-3": "retraite", "age-5": "moins_de_douze",
        }  # fmt: skip
        signed_in.post(ANONYMOUS, data={**form, **told})
        made = the_seance()
        assert (made.kind, made.participants) == ("collectif", 3)
        assert made.anonymous == [
            {"age": "soixante_dix_plus", "gender": "feminin"},
            {"occupation": "retraite"},
            {"age": "moins_de_douze"},
        ]

    def test_sent_twice_it_counts_once(self, signed_in, form):
        for _ in range(2):
            assert signed_in.post(ANONYMOUS, data={**form, "themes": "sante"}).status_code == 302
        assert db.session.query(Seance).count() == 1

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"themes": ""}, "touchez au moins un thème"),
            ({"themes": "sante", "participants": "0"}, "Écrivez un nombre de 1 à 60."),
            ({"themes": "sante", "participants": "beaucoup"}, "Écrivez un nombre en chiffres."),
            ({"themes": "sante", "participants": "61"}, "Écrivez un nombre de 1 à 60."),
            ({"themes": "sante", "day": "2999-01-01"}, "Cette date est à venir."),
        ],
    )
    def test_it_rejects_bad_input_and_keeps_what_was_typed(self, signed_in, form, change, sentence):
        response = signed_in.post(ANONYMOUS, data={**form, "age-1": "soixante_dix_plus", **change})
        assert sentence in text_of(response, 422)
        assert form_of(page_of(response, 422))["age-1"] == ["soixante_dix_plus"]
        assert db.session.query(Seance).count() == 0

    def test_it_is_found_again_and_put_right(self, signed_in, form):
        signed_in.post(ANONYMOUS, data={**form, "themes": "sante"})
        at = f"/conseiller/seances/{the_seance().id}"
        assert "1 personne" in text_of(signed_in.get(at))
        data = form_of(page_of(signed_in.get(at + "/corriger")))
        data |= {"participants": ["2"], "age-1": ["soixante_dix_plus"], "minutes": ["30"]}
        text = text_of(signed_in.post(at + "/corriger", data=data, follow_redirects=True))
        assert "Durée : 15 min devient 30 min" in text.replace("arrow", "") or "15 min" in text
        assert the_seance().participants == 2
        assert (the_seance().minutes, the_seance().kind) == (30, "collectif")

    def test_nobody_is_no_file_for_the_others(self, signed_in, form, usager):
        signed_in.post(ANONYMOUS, data={**form, "themes": "sante"})
        for address in ("/conseiller/", f"/conseiller/usagers/{usager.id}/", "/conseiller/aujourd-hui"):
            assert signed_in.get(address).status_code == 200


class TestCorrecting:
    @pytest.fixture
    def there(self, signed_in, at, form):
        signed_in.post(at, data=form)
        return f"/conseiller/seances/{the_seance().id}/corriger"

    def test_everything_is_there_to_be_changed(self, signed_in, there, form):
        data = form_of(page_of(signed_in.get(there)))
        module = form["module"][0]
        assert data["module"] == [module]
        assert data[f"aide-{module}"] == ["guide"]
        assert data["minutes"] == form["minutes"]

    def test_the_old_values_are_told(self, signed_in, there, usager):
        data = form_of(page_of(signed_in.get(there)))
        module = data["module"][0]
        change = {f"aide-{module}": "seul", "minutes": "30", "way": "domicile", "next_step": "revoir"}
        response = signed_in.post(there, data={**data, **change}, follow_redirects=False)
        page = text_of(signed_in.get(signed_in.get(response.location).location))
        assert "Ce qui a été corrigé" in page
        for line in ("60 min", "30 min", "Accueil libre", "À domicile", "Revoir la prochaine fois", "Guidé"):
            assert line in page
        assert [row.help for row in queries.standing(queries.evidence_of(usager))] == ["seul"]

    def test_a_module_can_be_added(self, signed_in, there):
        data = form_of(page_of(signed_in.get(there)))
        page = page_of(
            signed_in.post(there, data={**data, "ajouter": "1", "other_module": "securite.mot_de_passe"})
        )
        data = form_of(page)
        assert data["module"][-1] == "securite.mot_de_passe"
        signed_in.post(there, data={**data, "aide-securite.mot_de_passe": "seul"})
        assert seance_corrections.helps_of(the_seance())["securite.mot_de_passe"] == "seul"

    def test_nothing_changed_is_said(self, signed_in, there):
        data = form_of(page_of(signed_in.get(there)))
        response = signed_in.get(signed_in.post(there, data=data).location, follow_redirects=True)
        assert "Rien n’a changé." in text_of(response)

    def test_of_two_at_once_the_second_is_told(self, signed_in, there):
        first = form_of(page_of(signed_in.get(there)))
        second = form_of(page_of(signed_in.get(there)))
        signed_in.post(there, data={**first, "minutes": "30"})
        response = signed_in.get(
            signed_in.post(there, data={**second, "minutes": "90"}).location, follow_redirects=True
        )
        assert "a été corrigée entre-temps" in text_of(response)
        assert the_seance().minutes == 30

    @pytest.mark.parametrize("seen", ["", "hier", "2026-01-01"])
    def test_a_page_that_was_tampered_with_is_refused(self, signed_in, there, seen):
        data = form_of(page_of(signed_in.get(there)))
        assert signed_in.post(there, data={**data, "seen": seen, "minutes": "30"}).status_code == 400
        assert the_seance().minutes == 60

    def test_a_date_to_come_is_refused(self, signed_in, there):
        data = form_of(page_of(signed_in.get(there)))
        later = (now() + timedelta(days=3)).date().isoformat()
        assert "à venir" in text_of(signed_in.post(there, data={**data, "day": later}), 422)

    def test_it_hides_other_structures(self, signed_in, there, other_structure):
        made = the_seance()
        other = Seance(
            structure_id=other_structure.id, id=NOBODY, author_id=made.author_id, device="aucun", minutes=5,
            occurred_at=now(), recorded_at=now(),
        )  # fmt: skip
        assert other.id == NOBODY
        for end in ("", "/corriger", "/annuler"):
            assert signed_in.get(f"/conseiller/seances/{NOBODY}{end}").status_code == 404

    def test_all_sessions_are_listed_by_page(self, signed_in, there):
        assert "Josette B." in text_of(signed_in.get("/conseiller/seances/"))
        for page in ("2", "0", "-5", "99999999999999999999", "x"):
            response = signed_in.get("/conseiller/seances/", query_string={"page": page})
            assert response.status_code == 200


class TestCancelling:
    @pytest.fixture
    def there(self, signed_in, at, form):
        signed_in.post(at, data=form)
        return f"/conseiller/seances/{the_seance().id}"

    def test_it_is_asked_first_and_told_everywhere_after(self, signed_in, there, usager):
        assert "Annuler cette séance" in text_of(signed_in.get(there + "/corriger"))
        asked = signed_in.get(there + "/annuler")
        assert "Guidé" in text_of(asked)
        assert the_seance().cancelled_at is None
        sent = signed_in.post(there + "/annuler", data=form_of(page_of(asked)), follow_redirects=True)
        assert "La séance est annulée. Elle ne compte plus." in text_of(sent)
        assert "Ce qui a été corrigé" in text_of(sent)
        assert "annulée" in text_of(signed_in.get("/conseiller/seances/"))
        told = text_of(signed_in.get(f"/conseiller/usagers/{usager.id}/historique"))
        assert "Annulée" in told
        assert f"/conseiller/usagers/{usager.id}/corriger/" not in told
        for end in ("/corriger", "/annuler"):
            assert signed_in.get(there + end).location == there

    def test_corrected_meanwhile_it_is_kept(self, signed_in, there):
        asked = form_of(page_of(signed_in.get(there + "/annuler")))
        data = form_of(page_of(signed_in.get(there + "/corriger")))
        signed_in.post(there + "/corriger", data={**data, "minutes": "30"})
        sent = signed_in.post(there + "/annuler", data=asked, follow_redirects=True)
        assert "a été corrigée entre-temps" in text_of(sent)
        assert the_seance().cancelled_at is None

    @pytest.mark.parametrize("change", [{"change_id": "x"}, {"seen": "hier"}, {"seen": ""}])
    def test_a_page_that_was_tampered_with_is_refused(self, signed_in, there, change):
        asked = form_of(page_of(signed_in.get(there + "/annuler")))
        assert signed_in.post(there + "/annuler", data={**asked, **change}).status_code == 400
        assert the_seance().cancelled_at is None

    def test_people_without_a_file_can_be_uncounted(self, signed_in):
        form = form_of(page_of(signed_in.get(ANONYMOUS)))
        signed_in.post(ANONYMOUS, data={**form, "themes": "sante"})
        there = f"/conseiller/seances/{the_seance().id}"
        asked = signed_in.get(there + "/annuler")
        assert "1 personne sans dossier" in text_of(asked)
        sent = signed_in.post(there + "/annuler", data=form_of(page_of(asked)), follow_redirects=True)
        assert "Elle ne compte plus" in text_of(sent)
