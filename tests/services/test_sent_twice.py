"""The same form sent twice at once: a button touched twice does its work once, and never fails."""

from __future__ import annotations

import random

import pytest

from app.engine.evidence import Help
from app.services import atelier_joining, ateliers, diagnostic_sitting, seances
from app.services.seances import NewSeance
from app.store import queries
from tests.conftest import NOW

MODULE = "messagerie.lire"

# Here both requests share a session, which sees the collision before the database does.
pytestmark = pytest.mark.filterwarnings("ignore:New instance")


@pytest.fixture
def unseen(monkeypatch):
    """``unseen(name)``: this query finds nothing the next time, as just before the other one's commit."""

    def once(name, nothing=None):
        ask = getattr(queries, name)
        answers = [nothing]
        monkeypatch.setattr(queries, name, lambda *a: answers.pop() if answers else ask(*a))

    return once


@pytest.fixture
def open_one(conseiller, new_id):
    atelier_id = new_id()

    def do(*people):
        return ateliers.open_atelier(
            conseiller,
            atelier_id=atelier_id,
            module_id=MODULE,
            device="ordinateur",
            minutes=90,
            usager_ids={person.id for person in people},
            now=NOW,
            rng=random.Random(1),
        )

    return do


def test_a_session(usager, conseiller, new_id, unseen):
    new = NewSeance(new_id(), {MODULE: Help.ALONE}, 60, "ordinateur", "lieu_activite", NOW)
    first = seances.record(usager, conseiller, new, NOW)
    unseen("seance")
    assert seances.record(usager, conseiller, new, NOW).id == first.id
    assert len(queries.evidence_of(usager)) == 1


def test_an_atelier(usager, open_one, unseen):
    first = open_one(usager)
    unseen("atelier")
    assert open_one(usager).id == first.id
    assert len(queries.participants(first)) == 1


def test_a_person_put_on_the_list(usager, open_one, unseen):
    atelier = open_one()
    ateliers.add_participants(atelier, {usager.id})
    unseen("participants", [])
    ateliers.add_participants(atelier, {usager.id})
    assert len(queries.participants(atelier)) == 1


def test_a_tablet_that_joins(open_one, new_id, unseen):
    atelier, usager_id = open_one(), new_id()
    first = atelier_joining.join_without_name(atelier, usager_id, NOW)
    unseen("usager")
    assert atelier_joining.join_without_name(atelier, usager_id, NOW).id == first.id
    assert len(queries.participants(atelier)) == 1


def test_the_start_of_a_diagnostic(usager, new_id, unseen):
    sitting_id = new_id()
    first = diagnostic_sitting.start(usager, NOW, sitting_id)
    unseen("sittings_of", [])
    assert diagnostic_sitting.start(usager, NOW, sitting_id).id == first.id
    assert len(queries.sittings_of(usager)) == 1


def test_a_diagnostic_whose_id_was_made_up(usager, make_usager, structure, new_id):
    other = diagnostic_sitting.start(make_usager(structure, "Ginette"), NOW, new_id())
    own = diagnostic_sitting.start(usager, NOW, other.id)
    assert own.usager_id == usager.id and own.id != other.id
