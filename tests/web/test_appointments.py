"""Making, moving and cancelling appointments, and the week."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app.services import appointments
from app.services.appointments import Planning
from app.services.clock import now
from app.store import appointment_queries
from app.store.database import db
from app.store.models import Appointment
from tests.web.conseiller_cast import NOBODY, form_of, page_of, text_of

AT = "/conseiller/rendez-vous/"


@pytest.fixture
def form(signed_in, usager):
    return form_of(page_of(signed_in.get(f"{AT}nouveau?usager={usager.id}")))


@pytest.fixture
def planned(usager, conseiller, new_id):
    planning = Planning(now() + timedelta(days=2), 60, conseiller.id, "lieu_activite", None)
    return appointments.plan_with(usager, new_id(), planning, now())


def all_of_them():
    return db.session.query(Appointment).all()


class TestMaking:
    def test_in_three_taps_the_day_alone_is_to_be_chosen(self, signed_in, form, usager, structure):
        response = signed_in.post(AT + "nouveau", data=form, follow_redirects=True)
        assert "Rendez-vous avec Josette B." in text_of(response)
        [made] = all_of_them()
        local = made.starts_at.astimezone(ZoneInfo(structure.timezone))
        assert f"{local:%Y-%m-%d}" == form["day"][0]
        assert 9 <= local.hour <= 17
        assert made.minutes == usager.session_minutes

    def test_with_whom_is_asked_first(self, signed_in, usager, make_usager, structure):
        make_usager(structure, "Éloïse")
        page = page_of(signed_in.get(AT + "nouveau", query_string={"q": "elo"}))
        assert [link.get_text(strip=True) for link in page.select(".choices a")] == ["Éloïse B."]
        assert "Personne ne porte ce nom" in text_of(signed_in.get(AT + "nouveau", query_string={"q": "zz"}))

    def test_sent_twice_it_counts_once(self, signed_in, form):
        first = signed_in.post(AT + "nouveau", data=form).location
        assert signed_in.post(AT + "nouveau", data=form).location == first
        assert len(all_of_them()) == 1

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"day": ""}, "Choisissez la date."),
            ({"day": "2020-01-01"}, "Cette date est passée."),
            ({"day": "2999-01-01"}, "Cette date est trop loin."),
            ({"day": "demain"}, "Choisissez une date."),
            ({"hour": "midi"}, "Choisissez une heure."),
            ({"minutes": ""}, "Choisissez une durée."),
            ({"minutes": "7"}, "Choisissez dans la liste."),
            ({"way": "pigeon"}, "Choisissez dans la liste."),
            ({"leader": str(NOBODY)}, "Choisissez qui tient la séance."),
        ],
    )
    def test_it_rejects_bad_input(self, signed_in, form, change, sentence):
        assert sentence in text_of(signed_in.post(AT + "nouveau", data={**form, **change}), 422)
        assert all_of_them() == []

    def test_it_hides_other_structures(self, signed_in, form, other_structure, make_usager):
        stranger = make_usager(other_structure, "Zoé")
        assert signed_in.get(f"{AT}nouveau?usager={stranger.id}").status_code == 404
        assert signed_in.post(AT + "nouveau", data={**form, "usager": str(stranger.id)}).status_code == 404

    def test_two_at_the_same_moment_are_told_and_kept(self, signed_in, form, make_usager, structure):
        signed_in.post(AT + "nouveau", data=form)
        other = make_usager(structure, "Albert")
        data = {**form, "usager": str(other.id), "appointment_id": str(NOBODY)}
        text = text_of(signed_in.post(AT + "nouveau", data=data, follow_redirects=True))
        assert "il y a déjà Josette B." in text
        assert len(all_of_them()) == 2

    def test_it_is_proposed_at_the_end_of_a_session(self, signed_in, usager):
        at = f"/conseiller/usagers/{usager.id}/seance"
        data = {**form_of(page_of(signed_in.get(at))), "nothing": "y", "next_step": "rendez_vous"}
        after = signed_in.post(at, data=data)
        assert after.location.endswith("#rendez-vous")
        page = page_of(signed_in.get(after.location))
        proposals = page.select(".next-meeting form")
        assert len(proposals) == 2
        sent = {field["name"]: field["value"] for field in proposals[0].select("input")}
        assert signed_in.post(proposals[0]["action"], data=sent).status_code == 302
        [made] = all_of_them()
        assert made.usager_id == usager.id
        assert made.starts_at > now()
        assert not page_of(signed_in.get(after.location)).select(".next-meeting form")


class TestChanging:
    def test_moved(self, signed_in, planned):
        at = f"{AT}{planned.id}/deplacer"
        data = form_of(page_of(signed_in.get(at)))
        day = (now() + timedelta(days=5)).date().isoformat()
        text = text_of(signed_in.post(at, data={**data, "day": day, "hour": "10:30"}, follow_redirects=True))
        assert "à 10 h 30" in text
        assert [each.id for each in all_of_them()] == [planned.id]

    def test_cancelled_and_back(self, signed_in, planned):
        assert "C’est annulé." in text_of(signed_in.post(f"{AT}{planned.id}/annuler", follow_redirects=True))
        assert "Finalement, c’est prévu" in text_of(signed_in.get(f"{AT}{planned.id}"))
        signed_in.post(f"{AT}{planned.id}/retablir")
        assert planned.cancelled_at is None

    @pytest.mark.parametrize("what", ["", "/deplacer"])
    def test_it_hides_other_structures(
        self, signed_in, other_structure, make_usager, make_account, new_id, what
    ):
        leader = make_account(other_structure, "loin@exemple.fr")
        planning = Planning(now() + timedelta(days=1), 60, leader.id, "lieu_activite", None)
        other = appointments.plan_with(make_usager(other_structure, "Zoé"), new_id(), planning, now())
        assert signed_in.get(f"{AT}{other.id}{what}").status_code == 404
        for act in ("annuler", "retablir", "deplacer", "commencer"):
            assert signed_in.post(f"{AT}{other.id}/{act}").status_code == 404
        assert other.cancelled_at is None

    def test_an_appointment_with_one_person_opens_no_atelier(self, signed_in, planned):
        assert signed_in.post(f"{AT}{planned.id}/commencer").status_code == 404


class TestAtelier:
    def test_planned_with_people_found_by_search(self, signed_in, structure, make_usager):
        ada, bob = make_usager(structure, "Ada"), make_usager(structure, "Bob")
        data = form_of(page_of(signed_in.get(AT + "atelier")))
        data |= {"module": ["messagerie.lire"], "people": [str(ada.id)], "q": ["bo"], "chercher": ["1"]}
        page = page_of(signed_in.post(AT + "atelier", data=data))
        boxes = {tag["value"]: tag.has_attr("checked") for tag in page.select("input[name=people]")}
        assert boxes == {str(ada.id): True, str(bob.id): False}
        sent = {**form_of(page), "people": [str(ada.id), str(bob.id)]}
        text = text_of(signed_in.post(AT + "atelier", data=sent, follow_redirects=True))
        assert "2 personnes attendues" in text
        [made] = all_of_them()
        assert made.module_id == "messagerie.lire"

    def test_a_module_is_to_be_chosen(self, signed_in, structure):
        data = form_of(page_of(signed_in.get(AT + "atelier")))
        assert "Choisissez un module." in text_of(signed_in.post(AT + "atelier", data=data), 422)

    def test_who_is_expected_is_changed(self, signed_in, structure, make_usager, conseiller, new_id):
        ada, bob = make_usager(structure, "Ada"), make_usager(structure, "Bob")
        planning = Planning(now() + timedelta(days=1), 90, conseiller.id, "lieu_activite", None)
        made = appointments.plan_atelier(structure, new_id(), planning, "messagerie.lire", [ada.id], now())
        data = form_of(page_of(signed_in.get(f"{AT}{made.id}/deplacer")))
        assert data["people"] == [str(ada.id)]
        signed_in.post(f"{AT}{made.id}/deplacer", data={**data, "people": [str(bob.id)]})
        found = appointment_queries.expected(structure.id, [made.id])[made.id]
        assert [person.id for person in found] == [bob.id]


class TestAgenda:
    def test_a_week_day_by_day(self, signed_in, planned, structure):
        day = planned.starts_at.astimezone(ZoneInfo(structure.timezone)).date()
        page = page_of(signed_in.get(f"{AT}?semaine={day.isoformat()}"))
        assert "Josette B." in page.select_one(f'section[aria-labelledby="jour-{day}"]').get_text()
        other = page_of(signed_in.get(f"{AT}?semaine={(day + timedelta(days=7)).isoformat()}"))
        assert "Josette" not in other.main.get_text()

    @pytest.mark.parametrize("week", ["hier", "9999-12-31", "0001-01-01", ""])
    def test_a_week_that_is_none_is_this_one(self, signed_in, week):
        assert signed_in.get(AT, query_string={"semaine": week}).status_code == 200


class TestPlaces:
    AT = "/conseiller/lieux/"

    def add(self, signed_in, **values):
        data = form_of(page_of(signed_in.get(self.AT + "nouveau")))
        return signed_in.post(self.AT + "nouveau", data={**data, **values})

    def test_added_then_proposed_and_chosen(self, signed_in, usager):
        self.add(signed_in, name="Médiathèque", postcode="97 119", town="Vieux-Habitants", insee="97134")
        page = page_of(signed_in.get(f"/conseiller/usagers/{usager.id}/seance"))
        assert page.select_one("#place_id option[selected]").get_text() == "Médiathèque"

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"name": " "}, "Écrivez le nom du lieu."),
            ({"name": "x" * 121}, "Écrivez au plus 120 lettres."),
            ({"name": "Ici", "postcode": "123"}, "Écrivez les 5 chiffres"),
            ({"name": "Ici", "insee": "2C004"}, "Écrivez les 5 signes"),
        ],
    )
    def test_it_rejects_bad_input(self, signed_in, values, sentence):
        assert sentence in text_of(self.add(signed_in, **values), 422)

    def test_changed_archived_and_back(self, signed_in, usager):
        self.add(signed_in, name="Ici")
        form = page_of(signed_in.get(self.AT)).select_one('form[action$="/archiver"]')
        at = form["action"].removesuffix("/archiver")
        signed_in.post(at, data={**form_of(page_of(signed_in.get(at))), "name": "Là-bas"})
        assert "Là-bas" in text_of(signed_in.get(self.AT))
        signed_in.post(form["action"])
        seance = f"/conseiller/usagers/{usager.id}/seance"
        assert not page_of(signed_in.get(seance)).select("#place_id")
        signed_in.post(form["action"], data={"revenir": "1"})
        assert page_of(signed_in.get(seance)).select("#place_id")

    def test_it_hides_other_structures(self, signed_in, other_structure, new_id):
        from app.services import places

        other = places.add(other_structure, new_id(), now(), name="Poya")
        assert signed_in.get(f"{self.AT}{other.id}").status_code == 404
        assert signed_in.post(f"{self.AT}{other.id}", data={"name": "À moi"}).status_code == 404
        assert signed_in.post(f"{self.AT}{other.id}/archiver").status_code == 404
        assert "Poya" not in text_of(signed_in.get(self.AT))
