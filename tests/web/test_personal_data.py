"""What is kept of a person: shown, put right, erased; who opened it; the structure's rules; notes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.services import purge
from app.store import queries
from app.store.database import db
from app.store.models import FileAccess, Structure, UsagerNote
from app.web.conseiller import person as person_pages
from tests.conftest import PASSWORD
from tests.web.conseiller_cast import NOBODY, form_of, page_of, text_of


def of(usager, page="donnees"):
    return f"/conseiller/usagers/{usager.id}/{page}"


@pytest.fixture
def sign_in_as(app, structure, make_account):
    def sign_in(role):
        client = app.test_client()
        make_account(structure, f"{role}@exemple.fr", role)
        client.post("/connexion/", data={"email": f"{role}@exemple.fr", "password": PASSWORD})
        return client

    return sign_in


@pytest.fixture
def clock(monkeypatch):
    """The time at which people's pages are opened."""
    time = [datetime(2026, 3, 2, 14, 5, tzinfo=UTC)]
    monkeypatch.setattr(person_pages, "now", lambda: time[0])
    return time


def openings():
    return db.session.scalars(sa.select(FileAccess).order_by(FileAccess.at)).all()


class TestPage:
    def test_it_says_what_is_kept_and_leads_to_the_rights(self, signed_in, make_usager, structure):
        person = make_usager(structure, "Léa", birth_decade=1950, gender="feminin", occupation="retraite")
        page = page_of(signed_in.get(of(person)))
        text = " ".join(page.main.get_text(" ", strip=True).split())
        for words in ("Léa", "Années 1950", "Féminin", "Retraité"):
            assert words in text
        addresses = [link["href"] for link in page.main.select("a")]
        assert {f"/echanges/usagers/{person.id}", of(person, "effacer"), of(person, "fiche")} <= set(
            addresses
        )

    def test_a_volunteer_neither_copies_nor_erases(self, sign_in_as, usager):
        client = sign_in_as("benevole")
        page = page_of(client.get(of(usager)))
        assert not page.select("main a[href$='/effacer'], main a[href^='/echanges']")
        assert client.get(of(usager, "effacer")).status_code == 404
        assert client.post(of(usager, "effacer")).status_code == 404
        assert queries.usager(usager.structure_id, usager.id).first_name == "Josette"

    def test_somebody_elses_person_is_nobody(self, signed_in, other_structure, make_usager):
        stranger = make_usager(other_structure)
        for page in ("donnees", "fiche", "notes", "effacer"):
            assert signed_in.get(of(stranger, page)).status_code == 404
        assert signed_in.post(of(stranger, "effacer")).status_code == 404
        assert stranger.first_name == "Josette"

    def test_every_person_page_leads_there(self, signed_in, usager):
        assert page_of(signed_in.get(of(usager, ""))).select_one(f".tabs a[href='{of(usager)}']")


class TestRectify:
    def test_it_works(self, signed_in, usager):
        data = form_of(page_of(signed_in.get(of(usager, "fiche"))))
        assert data["first_name"] == ["Josette"]
        data |= {
            "first_name": " Josy ",
            "birth_decade": "1940",
            "gender": "feminin",
            "occupation": "retraite",
        }
        assert signed_in.post(of(usager, "fiche"), data=data).location == of(usager)
        kept = (usager.first_name, usager.birth_decade, usager.gender, usager.occupation)
        assert kept == ("Josy", 1940, "feminin", "retraite")

    def test_what_was_said_can_be_taken_back(self, signed_in, make_usager, structure):
        person = make_usager(structure, "Léa", birth_decade=1950, gender="feminin", occupation="retraite")
        signed_in.post(of(person, "fiche"), data={"first_name": "Léa", "birth_decade": "", "gender": ""})
        assert (person.birth_decade, person.gender, person.occupation) == (None, None, None)

    @pytest.mark.parametrize(
        "wrong", [{"first_name": "  "}, {"birth_decade": "1947"}, {"gender": "x" * 90}, {"occupation": "roi"}]
    )
    def test_what_makes_no_sense_changes_nothing(self, signed_in, usager, wrong):
        data = form_of(page_of(signed_in.get(of(usager, "fiche")))) | wrong
        page = page_of(signed_in.post(of(usager, "fiche"), data=data), 422)
        assert page.select_one(".problem")
        assert (usager.first_name, usager.birth_decade) == ("Josette", None)

    def test_a_new_person_may_say_it_at_once(self, signed_in, structure):
        data = form_of(page_of(signed_in.get("/conseiller/usagers/nouveau")))
        data |= {"first_name": "Léo", "birth_decade": "1990", "gender": "masculin"}
        signed_in.post("/conseiller/usagers/nouveau", data=data)
        [person] = queries.named_usagers(structure.id)
        assert (person.birth_decade, person.gender, person.occupation) == (1990, "masculin", None)


class TestErasing:
    def test_two_taps_and_the_person_is_gone_everywhere(self, app, signed_in, structure, usager):
        tablet = app.test_client()
        secret, card = usager.secret.split(","), usager.card
        for picture in secret:
            tablet.post(f"/lieu/{structure.slug}/carte/{card}", data={"image": picture})
        assert tablet.get("/usager/vous").status_code == 200
        assert "C’est pour toujours" in text_of(signed_in.get(of(usager, "effacer")))
        assert signed_in.post(of(usager, "effacer")).location == "/conseiller/"
        assert "Josette B. : la fiche est effacée" in text_of(signed_in.get("/conseiller/"))
        assert "Josette" not in signed_in.get("/conseiller/").get_data(as_text=True)
        for page in ("", "donnees", "historique", "effacer"):
            assert signed_in.get(of(usager, page)).status_code == 404
        assert "Josette" not in signed_in.get("/conseiller/chercher?q=josette").get_data(
            as_text=True
        ).replace('value="josette"', "")
        assert tablet.get("/usager/vous").location == "/"
        assert signed_in.post(of(usager, "effacer")).status_code == 404

    def test_who_erased_is_kept(self, signed_in, usager, conseiller):
        signed_in.post(of(usager, "effacer"))
        assert [(one.action, one.account_id) for one in openings()] == [("effacement", conseiller.id)]

    def test_a_closed_atelier_still_opens(self, signed_in, structure, usager, conseiller, new_id):
        import random

        from app.services import ateliers

        now = datetime.now(UTC)
        atelier = ateliers.open_atelier(
            conseiller, atelier_id=new_id(), module_id="messagerie.lire", device="ordinateur", minutes=60,
            usager_ids={usager.id}, now=now, rng=random.Random(0),
        )  # fmt: skip
        ateliers.mark(atelier, usager.id, "seul", now)
        ateliers.close(atelier, conseiller, now)
        signed_in.post(of(usager, "effacer"))
        text = text_of(signed_in.get(f"/atelier/{atelier.id}"))
        assert "Personne effacée" in text
        assert "Absent" not in text
        assert "Personne effacée" in text_of(signed_in.get("/conseiller/aujourd-hui?tous=1"))
        assert "Personne effacée" in text_of(signed_in.get("/conseiller/seances/"))


class TestOpenings:
    def test_once_an_hour_and_shown_to_all(self, signed_in, usager, conseiller, clock):
        for minutes in (0, 20, 40, 60):
            clock[0] = datetime(2026, 3, 2, 14, 5, tzinfo=UTC) + timedelta(minutes=minutes)
            for page in ("", "modules", "donnees"):
                assert signed_in.get(of(usager, page)).status_code == 200
        assert [one.at.hour for one in openings()] == [14, 15]
        rows = page_of(signed_in.get(of(usager))).select(".openings tbody tr")
        assert len(rows) == 2
        assert "Sandy" in rows[0].get_text()

    def test_each_person_and_each_account_have_their_line(
        self, signed_in, sign_in_as, make_usager, structure, clock
    ):
        for person in (make_usager(structure, "Léa"), make_usager(structure, "Léo")):
            signed_in.get(of(person))
        other = sign_in_as("benevole")
        other.get(of(queries.named_usagers(structure.id)[0]))
        assert len(openings()) == 3

    def test_lists_and_refused_pages_are_no_openings(self, signed_in, usager, other_structure, make_usager):
        signed_in.get("/conseiller/")
        signed_in.get("/conseiller/aujourd-hui")
        signed_in.get(of(make_usager(other_structure, "Paul")))
        assert openings() == []


class TestNotes:
    @pytest.fixture(autouse=True)
    def allowed(self, structure):
        structure.free_notes = True
        db.session.commit()

    def test_write_read_erase(self, signed_in, usager):
        page = page_of(signed_in.get(of(usager, "notes")))
        assert "N’écrivez jamais" in page.main.get_text()
        data = form_of(page) | {"text": "Préfère la souris à gauche, depuis le 03/03/2026."}
        for _ in range(2):  # sent twice, it is one note
            assert signed_in.post(of(usager, "notes"), data=data).status_code == 302
        [note] = db.session.scalars(sa.select(UsagerNote))
        assert "souris à gauche" in text_of(signed_in.get(of(usager, "notes")))
        signed_in.post(f"{of(usager, 'notes')}/{note.id}/effacer")
        assert db.session.scalars(sa.select(UsagerNote)).all() == []

    @pytest.mark.parametrize(
        "text", ["", "é" * 501, "Tél 06 12 34 56 78", "sécu 1 52 03 75 123 456", "lea@exemple.fr"]
    )
    def test_what_must_not_be_written_is_refused_and_not_lost(self, signed_in, usager, text):
        data = form_of(page_of(signed_in.get(of(usager, "notes")))) | {"text": text}
        page = page_of(signed_in.post(of(usager, "notes"), data=data), 422)
        assert page.select_one(".problem")
        assert page.select_one("textarea").get_text().strip() == text
        assert db.session.scalars(sa.select(UsagerNote)).all() == []

    def test_not_allowed_nothing_is_written_and_what_was_can_be_erased(self, signed_in, usager, structure):
        data = form_of(page_of(signed_in.get(of(usager, "notes")))) | {"text": "Aime les jeux de cartes"}
        signed_in.post(of(usager, "notes"), data=data)
        structure.free_notes = False
        db.session.commit()
        page = page_of(signed_in.get(of(usager, "notes")))
        assert not page.select("textarea")
        assert "jeux de cartes" in page.main.get_text()
        again = {"text": "Encore une", "note_id": str(NOBODY)}
        assert signed_in.post(of(usager, "notes"), data=again).status_code == 422
        assert db.session.scalar(sa.select(sa.func.count()).select_from(UsagerNote)) == 1

    def test_the_note_of_another_person_is_out_of_reach(self, signed_in, usager, make_usager, structure):
        signed_in.post(of(usager, "notes"), data={"text": "Aime le thé", "note_id": str(NOBODY)})
        other = make_usager(structure, "Paul")
        assert signed_in.post(f"{of(other, 'notes')}/{NOBODY}/effacer").status_code == 404
        assert db.session.scalar(sa.select(sa.func.count()).select_from(UsagerNote)) == 1


class TestRules:
    def test_off_unless_the_responsable_decides(self, structure):
        assert (structure.free_notes, structure.purge_months) == (False, 24)

    def test_the_responsable_sets_them(self, sign_in_as, structure):
        client = sign_in_as("responsable")
        form_of(page_of(client.get("/conseiller/donnees")))
        client.post("/conseiller/donnees", data={"purge_months": "12", "free_notes": "oui"})
        assert (structure.purge_months, structure.free_notes) == (12, True)

    def test_others_read_them(self, signed_in, structure):
        page = page_of(signed_in.get("/conseiller/donnees"))
        assert not page.select("main form")
        assert "2 ans sans contact" in page.main.get_text()
        assert signed_in.post("/conseiller/donnees", data={"purge_months": "6"}).status_code == 404
        assert structure.purge_months == 24

    @pytest.mark.parametrize("wrong", [{"purge_months": "0"}, {"purge_months": "1"}, {"free_notes": "?"}, {}])
    def test_what_is_not_in_the_lists_is_refused(self, sign_in_as, structure, wrong):
        sent = {"purge_months": "12", "free_notes": "oui"} | wrong if wrong else {}
        assert sign_in_as("responsable").post("/conseiller/donnees", data=sent).status_code == 422
        assert (structure.free_notes, structure.purge_months) == (False, 24)


class TestAnnounced:
    @pytest.fixture
    def announced(self, structure, usager):
        purge.purge(structure, purge.months_after(usager.created_at, 24) - timedelta(days=10))
        db.session.expire_all()
        return usager

    def test_today_the_list_and_the_page_say_so(self, signed_in, announced):
        today = page_of(signed_in.get("/conseiller/aujourd-hui"))
        assert (
            "fiche sera bientôt effacée"
            in today.select_one(".message:has(a[href='/conseiller/donnees'])").text
        )
        assert "bientôt effacée" in text_of(signed_in.get("/conseiller/"))
        assert "La fiche sera effacée à partir du" in text_of(signed_in.get(of(announced)))
        row = page_of(signed_in.get("/conseiller/donnees")).select_one(".day-row")
        assert "Josette B." in row.get_text()
        assert row.select_one(f"a[href='/conseiller/rendez-vous/nouveau?usager={announced.id}']")

    def test_nothing_is_said_when_there_is_nothing(self, signed_in, usager):
        today = page_of(signed_in.get("/conseiller/aujourd-hui"))
        assert not today.select(".message a[href='/conseiller/donnees']")
        assert "bientôt effacée" not in text_of(signed_in.get("/conseiller/"))


class TestNotice:
    def start(self, client, structure):
        client.post(f"/lieu/{structure.slug}/but", data={"but": "envoyer-un-message"})
        for path, value in (("appareil", "ordinateur"), ("lecture", "facile"), ("son", "non")):
            client.post(f"/usager/{path}", data={"reponse": value})

    def test_it_comes_before_the_first_diagnostic_and_once(self, client, structure):
        self.start(client, structure)
        assert client.get("/usager/").location == "/usager/information/"
        # Not even by going round.
        assert client.post("/usager/diagnostic").location == "/usager/information/"
        assert client.get("/usager/question/").status_code == 302
        page = page_of(client.get("/usager/information/"))
        sentences = page.select("main [data-say]")
        assert {tag.get_text(strip=True) for tag in page.select("main li span")} <= {
            tag.get_text(strip=True) for tag in sentences
        }
        client.post("/usager/information/")
        [person] = queries.nameless_usagers(structure.id)
        assert person.notice_heard_at
        assert client.get("/usager/").location == "/usager/essai"
        assert page_of(client.get("/usager/information/")).select_one("a.button[href='/usager/']")

    def test_whom_to_write_to_is_said_in_plain_words(self, client, structure):
        self.start(client, structure)
        told = text_of(client.get("/usager/information/"))
        assert "La CNIL vous aide. Ce service public protège vos informations." in told

    @pytest.mark.parametrize(
        ("months", "words"),
        [(6, "six mois"), (12, "un an"), (24, "deux ans"), (36, "trois ans"), (18, "longue")],
    )
    def test_it_says_the_structures_delay(self, client, structure, months, words):
        structure.purge_months = months
        db.session.commit()
        self.start(client, structure)
        assert words in text_of(client.get("/usager/information/"))


def test_the_rules_of_a_structure_are_its_own(sign_in_as, structure, other_structure):
    sign_in_as("responsable").post("/conseiller/donnees", data={"purge_months": "6", "free_notes": "oui"})
    found = db.session.scalars(sa.select(Structure).where(Structure.id == other_structure.id)).one()
    assert (found.purge_months, found.free_notes) == (24, False)
