"""Observation on paper: the sheet, and its quick entry in the same order."""

from __future__ import annotations

import pytest

from app.store import queries
from app.store.database import db
from app.store.models import Seance
from tests.web.conseiller_cast import form_of, page_of, text_of

AT = "/conseiller/grille/"
LIRE, CLAVIER = "messagerie.lire", "ordinateur.clavier"


@pytest.fixture
def people(structure, make_usager):
    return [make_usager(structure, name) for name in ("Ada", "Bob")]


def asked(people, *modules, **more):
    return {"usager": [str(person.id) for person in people], "module": list(modules), **more}


def test_someones_next_steps(signed_in, people):
    page = page_of(signed_in.get(AT + "feuille", query_string=asked(people[:1], quoi="etapes")))
    assert page.h1.get_text() == "Observation\u00a0: Ada B."
    lines = page.select(".tick tbody tr")
    assert lines
    assert all(len(line.select("td")) == 5 for line in lines)


def test_a_group_has_a_table_a_module_with_everyone(signed_in, people):
    page = page_of(signed_in.get(AT + "feuille", query_string=asked(people, LIRE, CLAVIER)))
    tables = page.select(".tick")
    assert len(tables) == 2
    assert [th.get_text() for th in tables[0].select("tbody th")] == ["Ada B.", "Bob B."]


def test_a_sheet_for_nobody_has_a_line_for_the_name(signed_in, structure):
    page = page_of(signed_in.get(AT + "feuille", query_string={"quoi": "but:envoyer-un-message"}))
    assert page.select_one(".blanks span").get_text() == "Prénom"


def test_the_entry_is_in_the_order_of_the_sheet(signed_in, people):
    wanted = asked(people, CLAVIER, LIRE)
    sheet = page_of(signed_in.get(AT + "feuille", query_string=wanted))
    entry = page_of(signed_in.get(sheet.select_one('a[href*="/saisie"]')["href"]))
    titles = [tag.get_text(strip=True) for tag in entry.select("section h2")][:2]
    captions = [tag.contents[0].strip() for tag in sheet.select(".tick caption")]
    assert titles == captions
    assert len(entry.select("[data-entry]")) == 4


def test_what_was_ticked_is_noted_at_once(signed_in, people):
    data = form_of(page_of(signed_in.get(AT + "saisie", query_string=asked(people, LIRE, CLAVIER))))
    ada, bob = people
    data |= {
        f"aide-{ada.id}-{LIRE}": ["seul"],
        f"aide-{bob.id}-{LIRE}": ["guide"],
        f"aide-{bob.id}-{CLAVIER}": ["seul"],
    }
    text = text_of(signed_in.post(AT + "saisie", data=data, follow_redirects=True))
    assert "2 séances sont notées." in text
    assert {row.module_id: row.help for row in queries.evidence_of(bob)} == {LIRE: "guide", CLAVIER: "seul"}
    signed_in.post(AT + "saisie", data=data)
    assert db.session.query(Seance).count() == 2


def test_an_empty_sheet_says_what_to_do(signed_in, people):
    data = form_of(page_of(signed_in.get(AT + "saisie", query_string=asked(people, LIRE))))
    response = signed_in.post(AT + "saisie", data=data)
    assert "Rien n’est coché." in text_of(response, 422)


def test_half_filled_it_keeps_what_was_ticked(signed_in, people):
    data = form_of(page_of(signed_in.get(AT + "saisie", query_string=asked(people[:1], LIRE))))
    name = f"aide-{people[0].id}-{LIRE}"
    response = signed_in.post(AT + "saisie", data={**data, name: "seul", "day": ""})
    assert form_of(page_of(response, 422))[name] == ["seul"]


@pytest.mark.parametrize("where", ["feuille", "saisie"])
def test_without_modules_it_says_what_to_choose(signed_in, people, where):
    response = signed_in.get(AT + where, query_string=asked(people, "cuisine.tarte"), follow_redirects=True)
    assert "Choisissez" in text_of(response)


def test_another_structures_people_are_left_out(signed_in, people, other_structure, make_usager):
    stranger = make_usager(other_structure, "Zoé")
    wanted = asked([*people, stranger], LIRE)
    assert "Zoé" not in text_of(signed_in.get(AT + "feuille", query_string=wanted))
    data = form_of(page_of(signed_in.get(AT + "saisie", query_string=asked(people, LIRE))))
    data |= {"usager": [str(stranger.id)], f"aide-{stranger.id}-{LIRE}": ["seul"]}
    signed_in.post(AT + "saisie", data=data)
    assert not queries.evidence_of(stranger)


def test_choosing_people_keeps_those_chosen(signed_in, people):
    page = page_of(signed_in.get(AT, query_string={"usager": str(people[0].id), "q": "bob"}))
    boxes = {
        tag.parent.get_text(strip=True): tag.has_attr("checked") for tag in page.select("input[name=usager]")
    }
    assert boxes == {"Ada B.": True, "Bob B.": False}
