"""The list of people, a new person, and diagnostics that wait for a name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.services import coop_codes, usagers
from app.services.clock import now
from app.store import queries
from app.store.database import db
from app.store.models import Usager
from app.web.conseiller.words import ago
from tests.web.conseiller_cast import NOBODY, answer_all, counted_queries, page_of, text_of

LIST = "/conseiller/"
NEW = "/conseiller/usagers/nouveau"


@pytest.fixture
def nameless(structure):
    person = usagers.start_without_name(structure, "envoyer-un-message", now())
    answer_all(person, now(), most=3)
    return person


class TestList:
    def test_it_works(self, signed_in, usager):
        text = text_of(signed_in.get(LIST))
        assert "Josette B." in text
        assert "Envoyer un message" in text
        assert "aucune visite" in text

    def test_it_requires_login(self, client, structure):
        assert client.get(LIST).location.startswith("/connexion/")

    def test_it_hides_other_structures(self, signed_in, usager, make_usager, other_structure):
        make_usager(other_structure, "Hnassé")
        assert "Hnassé" not in text_of(signed_in.get(LIST))

    def test_an_empty_list_says_what_to_do(self, signed_in):
        assert "Ajoutez une personne" in text_of(signed_in.get(LIST))

    @pytest.mark.parametrize("search", ["eloise", "ÉLOÏSE", " elo  ", "santé élo", "sante"])
    def test_searching_minds_neither_accents_nor_capitals(self, signed_in, structure, make_usager, search):
        make_usager(structure, "Éloïse", goal_id="e-sante")
        make_usager(structure, "Josette")
        text = text_of(signed_in.get(LIST, query_string={"q": search}))
        assert "Éloïse" in text
        assert "Josette" not in text
        assert "1 personne pour" in text

    def test_searching_for_nobody_leads_back(self, signed_in, usager):
        page = page_of(signed_in.get(LIST, query_string={"q": "<b>zzz"}))
        assert "0 personne" in page.get_text().replace("\u00a0", " ")
        assert page.select_one(f'main a[href="{LIST}"]')

    def test_accents_do_not_change_the_order(self, signed_in, structure, make_usager):
        for name in ("Zoé", "Élise", "Albert"):
            make_usager(structure, name)
        names = [tag.get_text() for tag in page_of(signed_in.get(LIST)).select(".people .row-name")]
        assert names == ["Albert B.", "Élise B.", "Zoé B."]

    def test_a_goal_gone_from_the_content_is_said(self, signed_in, structure, make_usager):
        make_usager(structure, goal_id="apprendre-le-minitel")
        assert "But à choisir de nouveau" in text_of(signed_in.get(LIST))

    @pytest.mark.parametrize("query", ["", "?tri=vus_recemment&pas_vu=42", "?q=personne+2&page=2"])
    def test_as_many_queries_for_30_people_as_for_3000(self, signed_in, structure, query):
        def cost():
            db.session.expire_all()
            with counted_queries() as seen:
                assert signed_in.get(LIST + query).status_code == 200
            return len(seen)

        add_people(structure, 30)
        few = cost()
        add_people(structure, 2970)
        assert cost() == few < 14

    def test_a_page_shows_fifty_people_and_each_is_on_one(self, signed_in, structure):
        add_people(structure, 120)
        seen = []
        for page in (1, 2, 3):
            shown = page_of(signed_in.get(f"{LIST}?page={page}")).select(".people .row-name")
            seen += [tag.get_text() for tag in shown]
        assert len(seen) == len(set(seen)) == 120

    @pytest.mark.parametrize("page", ["0", "-4", "99999999999999999999", "deux", ""])
    def test_a_page_that_does_not_exist_is_the_nearest_one(self, signed_in, usager, page):
        assert "Josette B." in text_of(signed_in.get(LIST, query_string={"page": page}))

    def test_a_page_keeps_what_was_asked(self, signed_in, structure):
        add_people(structure, 60)
        page = page_of(signed_in.get(f"{LIST}?tri=nouveaux&but=e-sante&q=personne"))
        assert not page.select(".people > li")
        page = page_of(signed_in.get(f"{LIST}?tri=nouveaux&q=personne"))
        link = page.select_one(".pager a")["href"]
        assert "tri=nouveaux" in link and "q=personne" in link and "page=2" in link

    def test_filtering_by_goal_counts_the_other_goals_too(self, signed_in, structure, make_usager):
        make_usager(structure, "Ana", goal_id="e-sante")
        make_usager(structure, "Bob", other_goal_ids=["e-sante"])
        make_usager(structure, "Cléa")
        assert names(signed_in.get(f"{LIST}?but=e-sante")) == ["Ana B.", "Bob B."]

    def test_filtering_by_who_follows(self, signed_in, structure, make_usager, conseiller):
        make_usager(structure, "Ana", referent_id=conseiller.id)
        make_usager(structure, "Bob")
        assert names(signed_in.get(f"{LIST}?suivi={conseiller.id}")) == ["Ana B."]
        assert names(signed_in.get(f"{LIST}?suivi=personne")) == ["Bob B."]

    def test_not_seen_for_long(self, signed_in, structure, make_usager):
        for name, days in (("Ana", 3), ("Bob", 60), ("Cléa", 200)):
            answer_all(make_usager(structure, name), now() - timedelta(days=days), most=1)
        make_usager(structure, "Dia", created_at=now() - timedelta(days=100))
        make_usager(structure, "Eva", created_at=now())
        assert names(signed_in.get(f"{LIST}?pas_vu=42")) == ["Bob B.", "Cléa B.", "Dia B."]
        assert names(signed_in.get(f"{LIST}?pas_vu=42&tri=vus_il_y_a_longtemps")) == [
            "Dia B.", "Cléa B.", "Bob B.",
        ]  # fmt: skip
        assert names(signed_in.get(f"{LIST}?tri=vus_recemment"))[:2] == ["Ana B.", "Bob B."]

    def test_a_diagnostic_taken_without_a_name_is_a_visit(self, signed_in, structure, make_usager, nameless):
        person = make_usager(structure, "Ana", created_at=now() - timedelta(days=100))
        assert names(signed_in.get(f"{LIST}?pas_vu=42")) == ["Ana B."]
        usagers.attach(nameless, person)
        assert names(signed_in.get(f"{LIST}?pas_vu=42")) == []
        assert "aujourd’hui" in text_of(signed_in.get(LIST))

    @pytest.mark.parametrize("query", ["q=%01a%E2%80%AE", "tri=x&pas_vu=7&but=x", "suivi=abc&pas_vu=-1"])
    def test_an_address_that_makes_no_sense_still_answers(self, signed_in, usager, query):
        response = signed_in.get(f"{LIST}?{query}")
        assert response.status_code == 200
        assert b"\0" not in response.data

    @pytest.mark.parametrize("search", ["« Jo »", "qui ?", "l'ami"])
    def test_what_was_searched_is_shown_in_french(self, signed_in, usager, search):
        assert signed_in.get(LIST, query_string={"q": search}).status_code == 200

    def test_a_name_with_signs_does_not_break_at_them(self, signed_in, structure, make_usager):
        person = make_usager(structure, "Jo « la Reine »")
        assert signed_in.get(LIST).status_code == 200
        assert "Jo «\u00a0la Reine\u00a0» B." in signed_in.get(f"/conseiller/usagers/{person.id}/").text


def add_people(structure, count):
    first = db.session.query(Usager).count()
    db.session.add_all(
        Usager(structure_id=structure.id, first_name=f"Personne {n}", created_at=now())
        for n in range(first, first + count)
    )
    db.session.commit()


def names(response):
    return [tag.get_text() for tag in page_of(response).select(".people .row-name")]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "aujourd'hui"),
        (1, "hier"),
        (5, "il y a 5 jours"),
        (21, "il y a 3 semaines"),
        (120, "il y a 4 mois"),
    ],
)
def test_last_visits_in_words(days, words):
    moment = now().replace(hour=15)
    assert ago(moment - timedelta(days=days), moment, "America/Guadeloupe") == words


class TestNewPerson:
    def test_it_works(self, signed_in, structure):
        form = {"first_name": " Marie  Line ", "last_initial": "d", "goal": "e-sante", "device": "tablette"}
        response = signed_in.post(NEW, data=form)
        [person] = queries.named_usagers(structure.id)
        assert (person.first_name, person.last_initial, person.device) == ("Marie Line", "D", "tablette")
        assert person.card and person.secret
        assert "Marie Line D." in text_of(signed_in.get(response.location))

    def test_it_requires_login(self, client, structure):
        assert client.post(NEW, data={"first_name": "Eve"}).location.startswith("/connexion/")
        assert not queries.named_usagers(structure.id)

    def test_sent_twice_it_makes_one_person(self, signed_in, structure, monkeypatch):
        form = {"first_name": "Marie", "device": "tablette", "goal": ""}
        form["usager_id"] = page_of(signed_in.get(NEW)).select_one("#usager_id")["value"]
        first = signed_in.post(NEW, data=form)
        assert signed_in.post(NEW, data=form).location == first.location
        assert len(queries.named_usagers(structure.id)) == 1

    def test_the_goal_can_wait(self, signed_in, structure):
        signed_in.post(NEW, data={"first_name": "Léo", "device": "ordinateur", "goal": ""})
        assert queries.named_usagers(structure.id)[0].goal_id is None

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"first_name": "  "}, "Écrivez le prénom de la personne."),
            ({"first_name": "x" * 61}, "au plus 60 lettres"),
            ({"first_name": "\U0001f642"}, "n’est pas un prénom. Écrivez-le en lettres."),
            ({"first_name": "=1+1"}, "Un prénom ne commence pas par « = »."),
            ({"last_initial": "Du"}, "Écrivez une seule lettre."),
            ({"goal": "apprendre-le-minitel"}, "Ce but n’existe plus."),
            ({"goal": "whatsapp-famille", "device": "ordinateur"}, "Changez l’appareil ou le but."),
        ],
    )
    def test_it_rejects_bad_input_and_keeps_what_was_typed(self, signed_in, structure, change, sentence):
        form = {"first_name": "Eve", "last_initial": "A", "goal": "", "device": "tablette", **change}
        response = signed_in.post(NEW, data=form)
        assert sentence in text_of(response, 422)
        page = page_of(response, 422)
        assert page.select_one("input[name=first_name]")["value"] == form["first_name"]
        assert not queries.named_usagers(structure.id)


class TestNameless:
    def test_it_waits_on_the_first_page(self, signed_in, nameless):
        text = text_of(signed_in.get(LIST))
        assert "À qui est ce diagnostic ?" in text
        assert "Diagnostic sans nom, " in text

    def test_someone_who_only_chose_a_goal_does_not_wait(self, signed_in, structure):
        usagers.start_without_name(structure, "e-sante", now())
        assert "À qui est ce diagnostic ?" not in text_of(signed_in.get(LIST))

    def test_a_few_are_shown_and_all_can_be(self, signed_in, structure):
        for _ in range(5):
            answer_all(usagers.start_without_name(structure, "e-sante", now()), now(), most=0)
        page = page_of(signed_in.get(LIST))
        assert len(page.select(".waiting .row")) == 3
        assert "Voir les 5 diagnostics" in page.get_text()
        assert len(page_of(signed_in.get("/conseiller/sans-nom/")).select(".row")) == 5

    def test_attaching_adds_the_answers_to_the_person(self, signed_in, nameless, usager):
        assert not queries.evidence_of(usager)
        where = f"/conseiller/sans-nom/{nameless.id}"
        assert "Josette B." in text_of(signed_in.get(where))
        response = signed_in.post(f"{where}/attacher", data={"person": str(usager.id)})
        assert "maintenant celui de Josette B." in text_of(
            signed_in.get(response.location, follow_redirects=True)
        )
        assert len(queries.evidence_of(usager)) == 3
        text = text_of(signed_in.get(LIST))
        assert "À qui est ce diagnostic ?" not in text
        assert "aujourd’hui" in text
        assert "Questions posées à Josette B." in text_of(
            signed_in.get(f"/conseiller/usagers/{nameless.id}/questions")
        )

    def test_attaching_twice_keeps_the_first(self, signed_in, nameless, usager, structure, make_usager):
        for person in (usager, make_usager(structure, "Albert")):
            signed_in.post(f"/conseiller/sans-nom/{nameless.id}/attacher", data={"person": str(person.id)})
        assert nameless.attached_to_id == usager.id

    @pytest.mark.parametrize("person", ["", "abc", str(NOBODY)])
    def test_attaching_to_nobody_says_what_to_do(self, signed_in, nameless, usager, person):
        response = signed_in.post(f"/conseiller/sans-nom/{nameless.id}/attacher", data={"person": person})
        assert "Choisissez une personne de la liste." in text_of(response, 422)
        assert nameless.attached_to_id is None

    def test_it_is_not_attached_to_another_structures_person(
        self, signed_in, nameless, make_usager, other_structure
    ):
        other = make_usager(other_structure)
        signed_in.post(f"/conseiller/sans-nom/{nameless.id}/attacher", data={"person": str(other.id)})
        assert nameless.attached_to_id is None

    def test_giving_a_name(self, signed_in, nameless):
        response = signed_in.post(
            f"/conseiller/sans-nom/{nameless.id}/nommer", data={"first_name": "Solange", "last_initial": ""}
        )
        assert "Solange" in text_of(signed_in.get(response.location))
        assert nameless.card

    def test_giving_no_name_says_what_to_do(self, signed_in, nameless):
        response = signed_in.post(f"/conseiller/sans-nom/{nameless.id}/nommer", data={"first_name": ""})
        assert "Écrivez le prénom" in text_of(response, 422)

    def test_a_name_that_shows_nothing_says_what_to_do(self, signed_in, nameless):
        response = signed_in.post(
            f"/conseiller/sans-nom/{nameless.id}/nommer", data={"first_name": "\u200b\u2066"}
        )
        assert response.status_code == 422
        assert "Écrivez le prénom de la personne." in response.text

    def test_two_people_named_at_the_same_moment(
        self, signed_in, nameless, make_usager, structure, monkeypatch
    ):
        taken = make_usager(structure).card
        monkeypatch.setattr(usagers, "free_card", lambda *_: taken)
        response = signed_in.post(f"/conseiller/sans-nom/{nameless.id}/nommer", data={"first_name": "Rose"})
        assert response.status_code == 422
        assert "Recommencez." in response.text

    def test_a_name_is_not_given_twice(self, signed_in, usager):
        signed_in.post(f"/conseiller/sans-nom/{usager.id}/nommer", data={"first_name": "Autre"})
        assert usager.first_name == "Josette"

    def test_it_hides_other_structures(self, signed_in, other_structure):
        person = usagers.start_without_name(other_structure, "e-sante", now())
        where = f"/conseiller/sans-nom/{person.id}"
        assert signed_in.get(where).status_code == 404
        assert signed_in.post(f"{where}/attacher").status_code == 404
        assert signed_in.post(f"{where}/nommer", data={"first_name": "Eve"}).status_code == 404


def test_signing_out_from_the_bar(signed_in):
    page = page_of(signed_in.get(LIST))
    assert "Médiathèque de Vieux-Habitants" in page.header.get_text()
    assert "Sandy" in page.header.get_text()
    signed_in.post(page.select_one("header form")["action"])
    assert signed_in.get(LIST).location.startswith("/connexion/")


def test_places_and_devices_are_la_coops():
    assert set(coop_codes.CHANNELS) == {"lieu_activite", "domicile", "a_distance", "autre"}
    assert set(coop_codes.DEVICES) == {"ordinateur", "telephone", "tablette", "autre", "aucun"}


def test_a_missing_page_leads_a_conseiller_back_to_the_people(signed_in, structure):
    page = page_of(signed_in.get(f"/conseiller/usagers/{NOBODY}/"), 404)
    assert page.select_one("main a")["href"] == LIST


def test_choosing_whom_a_diagnostic_belongs_to_among_thousands(signed_in, structure, nameless, make_usager):
    add_people(structure, 300)
    make_usager(structure, "Zélie")
    where = f"/conseiller/sans-nom/{nameless.id}"
    assert len(page_of(signed_in.get(where)).select("#person option")) < 50
    page = page_of(signed_in.get(f"{where}?q=zel"))
    assert [option.get_text() for option in page.select("#person option")][1:] == ["Zélie B."]


def test_an_old_page_sent_after_the_sign_in_ended_gets_a_plain_sentence(client, structure):
    client.forging = True
    response = client.post(NEW, data={"first_name": "Eve"})
    assert "Cette page est restée ouverte trop longtemps." in text_of(response, 400)
