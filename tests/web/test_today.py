"""Today: what is planned, what is left to note, who needs attention."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app.engine.evidence import Help
from app.services import appointments, attention, seances, usagers
from app.services.appointments import Planning
from app.services.clock import now
from app.services.seances import NewSeance
from app.store import summaries
from app.store.database import db
from app.store.models import Atelier
from tests.web.conseiller_cast import answer_all, counted_queries, form_of, page_of, text_of

TODAY = "/conseiller/aujourd-hui"
LIRE = "messagerie.lire"


@pytest.fixture
def plan(conseiller, new_id):
    def do(person, starts_at, leader=conseiller):
        planning = Planning(starts_at, 60, leader.id, "lieu_activite", None)
        return appointments.plan_with(person, new_id(), planning, now())

    return do


@pytest.fixture
def noon(structure):
    """Noon of today where the structure is: never another day, whenever the tests run."""
    return now().astimezone(ZoneInfo(structure.timezone)).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def see(conseiller, new_id):
    def do(person, at, help=Help.GUIDED):
        new = NewSeance(new_id(), {LIRE: help}, 60, "ordinateur", "lieu_activite", at)
        return seances.record(person, conseiller, new, at)

    return do


def test_it_requires_login(client):
    assert client.get(TODAY).location.startswith("/connexion/")


def test_an_empty_day_says_so(signed_in):
    text = text_of(signed_in.get(TODAY))
    assert "Rien de prévu aujourd’hui." in text
    assert "Rien à signaler." in text


def test_todays_appointment_is_begun_in_one_tap(signed_in, usager, plan, noon):
    planned = plan(usager, noon)
    page = page_of(signed_in.get(TODAY))
    begin = page.find(
        "a", string=None, href=f"/conseiller/usagers/{usager.id}/seance?rendez_vous={planned.id}"
    )
    data = form_of(page_of(signed_in.get(begin["href"])))
    assert (data["appointment_id"], data["way"]) == ([str(planned.id)], ["rendez_vous"])
    data[f"aide-{data['module'][0]}"] = ["guide"]
    made = signed_in.post(f"/conseiller/usagers/{usager.id}/seance", data=data)
    assert made.status_code == 302
    assert str(planned.seance_id) == data["seance_id"][0]
    assert "Noté , Josette B." in text_of(signed_in.get(TODAY))


def test_what_passed_without_a_note_is_asked_for(signed_in, usager, plan, noon):
    plan(usager, noon - timedelta(days=2))
    assert "Passé, et pas encore noté" in text_of(signed_in.get(TODAY))


def test_what_passed_long_ago_is_not(signed_in, usager, plan, noon):
    plan(usager, noon - timedelta(days=20))
    assert "Passé" not in text_of(signed_in.get(TODAY))


def test_tomorrow_is_not_today(signed_in, usager, plan, noon):
    plan(usager, noon + timedelta(days=1))
    assert "Josette" not in text_of(signed_in.get(TODAY))


def test_a_colleagues_day_is_one_tap_away(signed_in, usager, plan, noon, structure, make_account):
    plan(usager, noon, make_account(structure, "fabrice@exemple.fr"))
    assert "Josette" not in text_of(signed_in.get(TODAY))
    assert "Josette" in text_of(signed_in.get(TODAY + "?tous=1"))


def test_another_structures_day_is_never_there(
    signed_in, other_structure, make_usager, make_account, plan, noon
):
    plan(make_usager(other_structure, "Zoé"), noon, make_account(other_structure, "loin@exemple.fr"))
    assert "Zoé" not in text_of(signed_in.get(TODAY + "?tous=1"))


def test_a_planned_atelier_is_begun_in_one_tap(signed_in, structure, conseiller, usager, noon, new_id):
    planning = Planning(noon, 90, conseiller.id, "lieu_activite", None)
    planned = appointments.plan_atelier(structure, new_id(), planning, LIRE, [usager.id], now())
    page = page_of(signed_in.get(TODAY))
    assert page.select_one(f'form[action="/conseiller/rendez-vous/{planned.id}/commencer"]')
    address = signed_in.post(f"/conseiller/rendez-vous/{planned.id}/commencer").location
    assert "Josette B." in text_of(signed_in.get(address))
    again = signed_in.post(f"/conseiller/rendez-vous/{planned.id}/commencer").location
    assert again == address
    assert "Reprendre" in text_of(signed_in.get(TODAY))


def test_an_atelier_left_open_is_to_be_ended(signed_in, structure, conseiller, new_id):
    opened = now() - timedelta(days=2)
    atelier = Atelier(
        structure_id=structure.id, id=new_id(), author_id=conseiller.id, module_id=LIRE,
        device="ordinateur", minutes=60, code="1234", opened_at=opened,
    )  # fmt: skip
    db.session.add(atelier)
    db.session.commit()
    page = page_of(signed_in.get(TODAY))
    assert "Des ateliers sont restés ouverts" in page.main.get_text()
    end = page.select_one(f'a[href="/atelier/{atelier.id}/fin"]')["href"]
    signed_in.post(end)
    assert "restés ouverts" not in text_of(signed_in.get(TODAY))


def test_a_diagnostic_waits_for_a_name(signed_in, structure):
    nameless = usagers.start_without_name(structure, "envoyer-un-message", now())
    answer_all(nameless, now(), most=1)
    page = page_of(signed_in.get(TODAY))
    assert (
        page.select_one(f'a[href="/conseiller/sans-nom/{nameless.id}"]').get_text(strip=True)
        == "Donner un nom"
    )


class TestAttention:
    @pytest.fixture
    def absent(self, usager, see):
        see(usager, now() - timedelta(weeks=9))
        return usager

    def test_who_and_why_in_words(self, signed_in, absent):
        text = text_of(signed_in.get(TODAY))
        assert "Pas vus depuis six semaines" in text
        assert "Pas de visite depuis 9 semaines" in text

    def test_later(self, signed_in, absent):
        form = page_of(signed_in.get(TODAY)).select_one('form[action*="plus-tard"]')
        response = signed_in.post(form["action"], follow_redirects=True)
        text = text_of(response)
        assert "Jalons vous le redira" in text
        assert "Pas vus" not in text

    def test_later_for_another_structures_person_is_404(self, signed_in, other_structure, make_usager):
        stranger = make_usager(other_structure, "Zoé")
        assert signed_in.post(f"{TODAY}/pas_vu/plus-tard/{stranger.id}").status_code == 404

    @pytest.mark.parametrize("reason", ["sans_avancer", "a_revoir", "but_atteint", "pas_vu"])
    def test_each_reason_has_its_whole_list(self, signed_in, absent, reason):
        text = text_of(signed_in.get(f"{TODAY}/{reason}"))
        assert ("Josette" in text) == (reason == "pas_vu")

    def test_an_unknown_reason_is_404(self, signed_in, usager):
        assert signed_in.get(f"{TODAY}/malade").status_code == 404
        assert signed_in.post(f"{TODAY}/malade/plus-tard/{usager.id}").status_code == 404

    def test_someone_stuck_is_told_before_they_come(self, signed_in, usager, see, plan, noon):
        for weeks in (3, 2, 1):
            see(usager, now() - timedelta(weeks=weeks), Help.ACCOMPANIED)
        plan(usager, noon)
        hints = [tag.get_text(strip=True) for tag in page_of(signed_in.get(TODAY)).select(".day-hint")]
        assert any("Trois séances" in hint for hint in hints)


def test_as_many_queries_with_three_people_as_with_thirty(signed_in, structure, make_usager, see, plan, noon):
    def count():
        attention.refresh(structure.id, now(), None)
        assert not summaries.out_of_date(structure.id)
        signed_in.get(TODAY)
        with counted_queries() as seen:
            page_of(signed_in.get(TODAY))
        return len(seen)

    def add(names, weeks):
        for name in names:
            person = make_usager(structure, name)
            see(person, now() - timedelta(weeks=weeks))
            plan(person, noon)
            plan(person, noon - timedelta(days=1))

    add(["Ada", "Bob", "Cléo"], 8)
    few = count()
    add([f"Dede{n}" for n in range(27)], 8)
    assert count() == few
