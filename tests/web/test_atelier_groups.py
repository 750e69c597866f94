"""The page that proposes groups over HTTP, and the atelier opened from it."""

from __future__ import annotations

import uuid
from urllib.parse import parse_qs, urlsplit

import pytest

from app.services import erasing
from app.store.database import db
from tests.conftest import NOW
from tests.group_cast import GESTURES, answered, people_of
from tests.web.atelier_cast import MODULE, page_of

PAGE = "/atelier/groupes"


@pytest.fixture
def people(structure, make_usager):
    return people_of(structure, make_usager)


def asked(client, people, status=200, **changes):
    query = {"p": [str(getattr(person, "id", person)) for person in people], "appareil": "ordinateur"}
    return page_of(client.get(PAGE, query_string={**query, "taille": "4", **changes}), status)


def said(page):
    return " ".join(page.select_one("main").get_text().split())


def boxes(page):
    return {box["value"]: box.has_attr("checked") for box in page.select("input[name=p]")}


def test_the_list_of_ateliers_leads_there(signed_in):
    assert page_of(signed_in.get("/atelier/")).select_one(f'a[href="{PAGE}"]')


def test_everyone_is_chosen_at_first_and_the_new_are_apart(signed_in, people, structure, make_usager):
    newcomer = make_usager(structure, "Yvon")
    page = page_of(signed_in.get(PAGE))
    assert boxes(page) == {str(person.id): True for person in people.values()}
    assert page.select_one("#taille option[selected]")["value"] == "8"
    assert page.select_one(f'.unknown a[href="/conseiller/usagers/{newcomer.id}/"]')
    assert "Proposez-lui le diagnostic" in said(page)


def test_a_goal_narrows_the_list(signed_in, people):
    people["Ali"].goal_id = "e-sante"
    db.session.commit()
    page = page_of(signed_in.get(PAGE, query_string={"but": "e-sante"}))
    assert boxes(page) == {str(people["Ali"].id): True}
    assert page.select_one("input[name=but]")["value"] == "e-sante"
    nobody = page_of(signed_in.get(PAGE, query_string={"but": "appels-video"}))
    assert "Personne n’a encore ce but." in said(nobody)


def test_groups_say_why_and_for_how_many(signed_in, people):
    del people["Gaston"]
    page = asked(signed_in, people.values())
    groups = page.select(".group")
    assert len(groups) == 2
    seated = [link.get_text() for group in groups for link in group.select(".group-people a")]
    assert sorted(seated) == [f"{name} B." for name in sorted(people)]
    [beginners] = [group for group in groups if "Ali B." in group.get_text()]
    text = " ".join(beginners.get_text().split())
    assert "3 personnes prêtes sur 3" in text
    assert "Ces 3 personnes peuvent apprendre ensemble" in text
    assert "C’est le bon moment pour Ali." in text
    assert len(beginners.select(".group-places li")) == 3


def test_the_same_address_shows_the_same_groups(signed_in, people):
    assert asked(signed_in, people.values()).select(".groups") == asked(
        signed_in, list(people.values())[::-1]
    ).select(".groups")


def test_from_a_group_an_atelier_opens_with_its_people(signed_in, people):
    page = asked(signed_in, [people[name] for name in ("Ali", "Bintou", "Chantal")])
    [link] = page.select(".group .actions a")
    form = page_of(signed_in.get(link["href"]))
    chosen = {box["value"] for box in form.select("input[name=people][checked]")}
    assert chosen == {str(people[name].id) for name in ("Ali", "Bintou", "Chantal")}
    assert [form.select_one("#module option[selected]")["value"]] == parse_qs(urlsplit(link["href"]).query)[
        "module"
    ]
    assert form.select_one("input[name=device][checked]")["value"] == "ordinateur"


def test_a_module_on_nobodys_way_can_still_be_chosen_for_them(signed_in, usager):
    page = page_of(signed_in.get("/atelier/nouveau", query_string={"module": "sante.carte_vitale"}))
    assert page.select_one("#module option[selected]")["value"] == "sante.carte_vitale"
    assert not page_of(signed_in.get("/atelier/nouveau")).select('option[value="sante.carte_vitale"]')


@pytest.mark.parametrize(
    "query",
    [
        {"module": "minitel.allumer", "appareil": "minitel"},
        {"module": "\u202e", "appareil": "🙂", "personne": ["abc", "%", str(uuid.UUID(int=5))]},
        {"module": MODULE, "personne": "<b>"},
    ],
)
def test_odd_addresses_of_the_form_choose_nothing(signed_in, usager, query):
    page = page_of(signed_in.get("/atelier/nouveau", query_string=query))
    assert not page.select("input[name=people][checked]")
    assert page.select_one("input[name=device][checked]")["value"] == "ordinateur"
    shown = page.select_one("#module option[selected]")
    assert (shown["value"] if shown else "") in ("", MODULE)


def test_another_structures_people_are_never_in_the_form(signed_in, usager, other_structure, make_usager):
    stranger = make_usager(other_structure, "Wilson")
    page = page_of(signed_in.get("/atelier/nouveau", query_string={"personne": str(stranger.id)}))
    assert str(stranger.id) not in str(page.select("form.new-atelier"))


# --- what cannot be ---


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"taille": "beaucoup"}, "Choisissez de 2 à 12 personnes."),
        ({"taille": "0"}, "Choisissez de 2 à 12 personnes."),
        ({"taille": "-1"}, "Choisissez de 2 à 12 personnes."),
        ({"taille": "13"}, "Choisissez de 2 à 12 personnes."),
        ({"taille": ""}, "Choisissez de 2 à 12 personnes."),
        ({"appareil": "minitel"}, "Choisissez un appareil."),
        ({"apprendre": "tout"}, "Choisissez ce que ces personnes vont apprendre."),
        ({"p": []}, "Choisissez au moins une personne."),
        ({"p": ["abc", "🙂", "\u202e"]}, "Choisissez au moins une personne."),
        ({"p": [str(uuid.UUID(int=n)) for n in range(121)]}, "Choisissez 120 personnes au plus à la fois."),
        ({"but": "allumer-le-minitel"}, "Ce but n’existe plus. Voici toutes les personnes suivies."),
        ({"but": "%'; --"}, "Ce but n’existe plus."),
    ],
)
def test_what_cannot_be_is_said_plainly(signed_in, people, changes, says):
    page = asked(signed_in, people.values(), **changes)
    assert says in said(page).replace("\u00a0", " ")
    assert page.select("input[name=p]"), "the form is still there"


def test_a_form_half_right_keeps_what_was_chosen(signed_in, people):
    page = asked(signed_in, [people["Ali"]], taille="13")
    assert [id_ for id_, ticked in boxes(page).items() if ticked] == [str(people["Ali"].id)]


def test_strangers_and_the_erased_are_left_aside(signed_in, people, conseiller, other_structure, make_usager):
    stranger = answered(make_usager(other_structure, "Zénobie"), "reussi", GESTURES)
    erasing.erase(people["Ali"], conseiller, NOW)
    page = asked(signed_in, [*people.values(), stranger])
    assert "2 personnes choisies ne sont plus suivies ici." in said(page)
    assert "Zénobie" not in page.get_text() and str(stranger.id) not in str(page)
    alone = asked(signed_in, [stranger])
    assert "Une personne choisie n’est plus suivie ici." in said(alone)
    assert not alone.select(".group")


def test_with_nobody_at_all_it_says_so(signed_in):
    assert "Personne n’est encore inscrit." in said(page_of(signed_in.get(PAGE)))


def test_with_only_newcomers_the_diagnostic_is_proposed(signed_in, structure, make_usager):
    one, two = make_usager(structure, "Yvon"), make_usager(structure, "Zoé")
    assert "Proposez-leur le diagnostic" in said(page_of(signed_in.get(PAGE)))
    page = asked(signed_in, [one, two])
    assert "Proposez-leur le diagnostic" in said(page)
    assert not page.select(".group")


def test_what_counts_is_chosen_where_people_have_different_goals(signed_in, people):
    people["Ali"].goal_id = "e-sante"
    db.session.commit()
    assert "Ces personnes n’ont pas toutes le même but." in said(asked(signed_in, people.values()))
    page = asked(signed_in, people.values(), apprendre="but")
    assert page.select_one("input[name=apprendre][checked]")["value"] == "but"
    one_goal = asked(signed_in, [people["Ali"]], but="e-sante")
    assert not one_goal.select("input[name=apprendre]")
    assert "pas toutes le même but" not in said(one_goal)


def test_one_person_is_a_group(signed_in, people):
    [group] = asked(signed_in, [people["Ali"]]).select(".group")
    assert "Cette personne peut apprendre" in group.get_text()


def test_it_requires_login(client, structure):
    assert urlsplit(client.get(PAGE).location).path == "/connexion/"


def test_it_is_said_when_more_are_followed_than_are_shown(signed_in, people, monkeypatch):
    monkeypatch.setattr("app.services.group_candidates.AT_ONCE", 5)
    page = page_of(signed_in.get(PAGE))
    assert "Voici les 5 personnes vues en dernier, sur 7." in said(page).replace("\u00a0", " ")
    assert len(boxes(page)) == 5


def test_it_asks_as_much_of_the_database_for_many(signed_in, structure, people, make_usager):
    from sqlalchemy import event

    def queries_made(of):
        statements = []
        listener = lambda *seen: statements.append(seen[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        asked(signed_in, of)
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(statements)

    more = [answered(make_usager(structure, f"P{number}"), "rate", GESTURES) for number in range(20)]
    ids = [str(person.id) for person in (*people.values(), *more)]
    assert queries_made(ids) == queries_made(ids[:2])
