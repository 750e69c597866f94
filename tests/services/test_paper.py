"""What was ticked on a sheet: one session a person, all or none, once."""

from __future__ import annotations

import pytest

from app.engine.evidence import Help
from app.services import paper, seance_corrections
from app.services.seances import NewSeance, SeanceError
from app.store import queries
from app.store.database import db
from app.store.models import Atelier, EvidenceRow, Seance
from tests.conftest import NOW

LIRE, CLAVIER = "messagerie.lire", "ordinateur.clavier"


@pytest.fixture
def people(structure, make_usager):
    return [make_usager(structure, name) for name in ("Ada", "Bob", "Cléo")]


@pytest.fixture
def enter(conseiller, new_id):
    sheet_id = new_id()

    def do(ticked, atelier=False):
        new = NewSeance(sheet_id, {}, 90, "tablette", "lieu_activite", NOW)
        return paper.record_sheet(conseiller, sheet_id, ticked, new, atelier=atelier, now=NOW)

    return do


def test_one_session_for_each_person_with_something_ticked(people, enter):
    ada, bob, cleo = people
    made = enter(
        {ada.id: {LIRE: Help.ALONE, CLAVIER: Help.GUIDED}, bob.id: {}, cleo.id: {LIRE: Help.DONE_FOR}}
    )
    assert {seance.usager_id for seance in made} == {ada.id, cleo.id}
    assert all((seance.kind, seance.minutes) == ("individuel", 90) for seance in made)
    first = next(seance for seance in made if seance.usager_id == ada.id)
    assert seance_corrections.helps_of(first) == {LIRE: Help.ALONE, CLAVIER: Help.GUIDED}


def test_sent_twice_it_counts_once(people, enter):
    ticked = {people[0].id: {LIRE: Help.ALONE}, people[1].id: {LIRE: Help.GUIDED}}
    assert [seance.id for seance in enter(ticked, atelier=True)] == [
        seance.id for seance in enter(ticked, atelier=True)
    ]
    counts = [db.session.query(table).count() for table in (Seance, EvidenceRow, Atelier)]
    assert counts == [2, 2, 1]


def test_a_group_is_one_atelier_already_ended(people, enter):
    ada, bob, _ = people
    made = enter({ada.id: {LIRE: Help.ALONE}, bob.id: {LIRE: Help.GUIDED, CLAVIER: Help.ALONE}}, atelier=True)
    [atelier] = db.session.query(Atelier)
    assert (atelier.module_id, atelier.closed_at) == (LIRE, NOW)
    assert {(seance.kind, seance.atelier_id) for seance in made} == {("collectif", atelier.id)}
    assert {taking.help for taking, _ in queries.participants(atelier)} == {"seul", "guide"}


def test_one_person_alone_is_no_atelier(people, enter):
    [made] = enter({people[0].id: {LIRE: Help.ALONE}, people[1].id: {}}, atelier=True)
    assert (made.kind, made.atelier_id) == ("individuel", None)


def test_an_empty_sheet_says_what_to_do(people, enter):
    with pytest.raises(SeanceError, match="Choisissez"):
        enter({people[0].id: {}})
    assert not db.session.query(Seance).count()


def test_a_sheet_proposes_the_next_steps(people, conseiller):
    alone = paper.next_steps(people[:1], NOW)
    together = paper.next_steps(people, NOW)
    assert 1 <= len(together) <= len(alone) <= 10
    assert {module.id for module in together} <= {module.id for module in alone}


@pytest.mark.parametrize("choice", ["but:envoyer-un-message", "domaine:messagerie"])
def test_a_goal_or_a_domain_gives_its_modules(app, choice):
    assert LIRE in {module.id for module in paper.modules_of(choice, "ordinateur")}


@pytest.mark.parametrize("choice", ["", "but:", "but:cuisine", "domaine:cuisine", "autre:x", ":"])
def test_what_is_not_in_the_content_gives_none(app, choice):
    assert paper.modules_of(choice, "ordinateur") == []
