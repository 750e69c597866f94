"""Ateliers through their services: opening, joining, marking, closing."""

from __future__ import annotations

import random
import uuid
from datetime import timedelta

import pytest

from app.engine.evidence import Help
from app.services import atelier_joining, ateliers
from app.services.learner import learner
from app.store import queries
from app.store.database import db
from app.store.models import EvidenceRow, Seance
from tests.conftest import NOW

MODULE = "messagerie.lire"
LATER = NOW + timedelta(minutes=90)


@pytest.fixture
def people(structure, make_usager):
    return [make_usager(structure, name) for name in ("Ginette", "Josette", "Kévin", "Yvon")]


@pytest.fixture
def atelier(conseiller, people, new_id):
    return open_one(conseiller, people, new_id())


def open_one(account, people, id_, module=MODULE, device="ordinateur", code_seed=1):
    return ateliers.open_atelier(
        account,
        atelier_id=id_,
        module_id=module,
        device=device,
        minutes=90,
        usager_ids={person.id for person in people},
        now=NOW,
        rng=random.Random(code_seed),
    )


def evidence():
    return db.session.query(EvidenceRow).all()


def seances():
    return db.session.query(Seance).all()


def test_a_code_has_four_figures_and_no_open_atelier_has_it_twice(conseiller, new_id):
    codes = [open_one(conseiller, [], new_id(), code_seed=3).code for _ in range(3)]
    assert len(set(codes)) == 3
    assert all(len(code) == 4 and code.isdigit() for code in codes)


def test_a_code_serves_again_once_its_atelier_is_closed(conseiller, new_id):
    first = open_one(conseiller, [], new_id())
    ateliers.close(first, conseiller, LATER)
    second = open_one(conseiller, [], new_id())
    assert first.code == second.code
    assert queries.open_atelier_by_code(first.code).id == second.id


def test_opening_twice_from_the_same_page_opens_one(conseiller, people, new_id):
    id_ = new_id()
    assert open_one(conseiller, people, id_) is open_one(conseiller, people, id_)
    assert len(queries.ateliers(conseiller.structure_id)) == 1


@pytest.mark.parametrize(
    "change", [{"module": "minitel.allumer"}, {"module": "ordinateur.souris", "device": "telephone"}]
)
def test_a_module_that_cannot_be_worked_on_is_refused(conseiller, new_id, change):
    with pytest.raises(ateliers.AtelierError):
        open_one(conseiller, [], new_id(), **change)
    assert not queries.ateliers(conseiller.structure_id)


def test_people_of_another_structure_are_left_out(conseiller, other_structure, make_usager, new_id):
    stranger = make_usager(other_structure, "Wilson")
    assert ateliers.grid(open_one(conseiller, [stranger], new_id())).rows == ()


def test_modules_offered_are_those_of_peoples_parcours(people):
    choices = {c.module.id: c.people for _, domain in ateliers.module_choices(people) for c in domain}
    assert choices[MODULE] == len(people)
    assert "demarches.caf" not in choices
    assert "demarches.caf" in {c.module.id for _, domain in ateliers.module_choices([]) for c in domain}


def test_a_mark_is_kept_changed_and_taken_back(atelier, people):
    for help in (Help.GUIDED, Help.ALONE, None):
        assert ateliers.mark(atelier, people[0].id, help, NOW)
        assert ateliers.grid(atelier).rows[0].help == help


def test_nobody_is_marked_in_a_closed_atelier(atelier, people, conseiller):
    ateliers.close(atelier, conseiller, LATER)
    assert not ateliers.mark(atelier, people[0].id, Help.ALONE, LATER)
    assert evidence() == []


def test_closing_writes_what_was_seen(atelier, people, conseiller):
    marked, joined, *_ = people
    ateliers.mark(atelier, marked.id, Help.GUIDED, NOW)
    atelier_joining.arrive(atelier, joined, NOW)
    ateliers.close(atelier, conseiller, LATER)
    assert {seance.usager_id for seance in seances()} == {marked.id, joined.id}
    assert {(seance.kind, seance.minutes, seance.atelier_id) for seance in seances()} == {
        ("collectif", 90, atelier.id)
    }
    [row] = evidence()
    assert (row.usager_id, row.module_id, row.source, row.help) == (marked.id, MODULE, "observation", "guide")
    assert (row.guess, row.slip, row.outcome, row.corrects_id) == (None, None, None, None)
    assert (row.occurred_at, row.recorded_at, row.author_id) == (NOW, LATER, conseiller.id)
    assert row.seance_id == queries.seances_of(marked)[0].id


def test_closing_twice_does_nothing_more(atelier, people, conseiller):
    ateliers.mark(atelier, people[0].id, Help.ALONE, NOW)
    ateliers.close(atelier, conseiller, LATER)
    ateliers.close(atelier, conseiller, LATER + timedelta(minutes=1))
    assert len(seances()) == len(evidence()) == 1
    assert atelier.closed_at == LATER


def test_closing_moves_every_path(atelier, people, conseiller):
    before = {person.id: learner(person, LATER).belief[MODULE] for person in people}
    for person in people[:3]:
        ateliers.mark(atelier, person.id, Help.TEACHES, NOW)
    ateliers.close(atelier, conseiller, LATER)
    after = {person.id: learner(person, LATER).belief[MODULE] for person in people}
    assert all(after[person.id] > before[person.id] for person in people[:3])
    assert after[people[3].id] == before[people[3].id]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2417", "2417"),
        (" 24 17 ", "2417"),
        ("2-4-1-7", "2417"),
        ("241", None),
        ("24171", None),
        ("é²³¹", None),
    ],
)
def test_a_code_is_read_as_people_type_it(typed, code):
    assert atelier_joining.code_of(typed) == code


def test_a_nameless_person_follows_the_parcours_of_the_group(atelier, people, new_id):
    id_ = new_id()
    person = atelier_joining.join_without_name(atelier, id_, NOW)
    assert atelier_joining.join_without_name(atelier, id_, NOW).id == person.id
    assert (person.goal_id, person.device, person.first_name) == (people[0].goal_id, "ordinateur", None)
    rows = ateliers.grid(atelier).rows
    assert [row.name for row in rows] == ["Ginette B.", "Josette B.", "Kévin B.", "Yvon B.", "Sans nom 1"]


def test_the_id_of_somebody_known_lets_nobody_in(atelier, people, structure, make_usager):
    assert atelier_joining.join_without_name(atelier, people[0].id, NOW) is None
    outsider = make_usager(structure, "Wilson")
    outsider.first_name = None
    assert atelier_joining.join_without_name(atelier, outsider.id, NOW) is None


def test_only_people_of_the_atelier_arrive_and_only_while_it_is_open(
    atelier, people, conseiller, structure, make_usager
):
    assert not atelier_joining.arrive(atelier, make_usager(structure, "Wilson"), NOW)
    assert atelier_joining.arrive(atelier, people[0], NOW)
    assert atelier_joining.arrive(atelier, people[0], LATER)
    assert queries.participant(atelier, people[0].id).joined_at == NOW
    ateliers.close(atelier, conseiller, LATER)
    assert not atelier_joining.arrive(atelier, people[1], LATER)


def test_ids_are_the_same_whoever_closes(atelier, people, conseiller):
    ateliers.mark(atelier, people[0].id, Help.ALONE, NOW)
    ateliers.close(atelier, conseiller, LATER)
    [seance] = seances()
    assert seance.id == uuid.uuid5(atelier.id, str(people[0].id))
