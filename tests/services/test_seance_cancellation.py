"""A session noted by mistake: once cancelled, all but the history is as if it had never been."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.engine.evidence import Help
from app.services import attention, coop_export, history, person_export, seance_corrections, seances
from app.services.erasing import erase
from app.services.learner import learner
from app.services.observations import HELP_WORDS
from app.services.periods import Period
from app.services.seances import NewSeance, People, SeanceError
from app.services.statistics import statistics
from app.services.today import today
from app.store import appointment_queries, people_queries, queries, seance_queries, summaries
from app.store.database import db
from app.store.models import Account, Appointment, EvidenceRow, Seance, SeanceChange, Structure, Usager
from tests.conftest import NOW

LIRE, CLAVIER = "messagerie.lire", "ordinateur.clavier"
LATER = NOW + timedelta(hours=1)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31), "America/Guadeloupe")


@pytest.fixture
def new(new_id) -> NewSeance:
    helps = {LIRE: Help.GUIDED, CLAVIER: Help.ALONE}
    return NewSeance(new_id(), helps, 60, "ordinateur", "lieu_activite", NOW, themes=["sante"])


@pytest.fixture
def cancel(conseiller: Account, new_id) -> Callable[..., None]:
    def do(seance: Seance, **also: Any) -> None:
        also = {"change_id": new_id(), "seen": seance.changed_at, "now": LATER, **also}
        seance_corrections.cancel(seance, conseiller, **also)

    return do


@pytest.fixture
def figures(structure: Structure, conseiller: Account, usager: Usager) -> Callable[[], dict[str, Any]]:
    """Everything that counts sessions or what was observed in them."""

    def read() -> dict[str, Any]:
        db.session.expire_all()
        known = learner(usager, LATER)
        return {
            "statistics": asdict(statistics(structure.id, YEAR)),
            "totals": coop_export.totals(structure.id, YEAR),
            "activities": [
                coop_export.row_of(each) for each in coop_export.all_activities(structure.id, YEAR)
            ],
            "plan": [step.module for step in known.plan.trail],
            "likelihoods": known.belief.as_dict(),
            "sessions": [seance.id for seance in queries.seances_of(usager)],
            "last visits": people_queries.last_visits(structure.id),
            "last visits of all": queries.last_visits(structure.id),
            "last session": summaries.last_seance(usager),
            "summary": attention.derive(usager, LATER),
            "noted today": [
                seance.id for seance, _ in today(structure, conseiller, LATER, everyone=True).noted
            ],
        }

    return read


def test_every_figure_is_as_if_it_had_never_been(figures, usager, conseiller, new, cancel):
    before = figures()
    seance = seances.record(usager, conseiller, new, NOW)
    during = figures()
    assert all(during[name] != before[name] for name in before if name != "plan")
    cancel(seance)
    assert figures() == before


def test_people_without_a_file_count_no_more(figures, conseiller, new, cancel):
    before = figures()
    seance = seances.record_without_file(conseiller, new, People(4, [{"age": "soixante_dix_plus"}]), NOW)
    assert figures()["statistics"] != before["statistics"]
    cancel(seance)
    assert figures() == before


def test_a_list_made_before_is_made_again(structure, usager, conseiller, new, cancel):
    seance = seances.record(usager, conseiller, NewSeance(**{**asdict(new), "helps": {}}), NOW)
    attention.refresh(structure.id, LATER)
    assert usager not in summaries.out_of_date(structure.id)
    cancel(seance)
    assert usager in summaries.out_of_date(structure.id)


def test_the_history_keeps_it_and_says_who_and_when(usager, conseiller, new, cancel):
    seance = seances.record(usager, conseiller, new, NOW)
    cancel(seance)
    [visit] = [visit for visit in history.visits(usager) if visit.seance]
    assert visit.seance.cancelled_at == LATER
    assert {old.value for fact in visit.facts for old in fact.replaced} == {
        HELP_WORDS[Help.GUIDED],
        HELP_WORDS[Help.ALONE],
    }
    [told] = seance_queries.changes_of_seances(usager.structure_id, [seance.id])[seance.id]
    assert (told.author_id, told.made_at) == (conseiller.id, LATER)
    assert told.before["helps"] == {LIRE: "guide", CLAVIER: "seul"}


def test_the_person_s_own_copy_says_that_it_was_cancelled(structure, usager, conseiller, new, cancel):
    seance = seances.record(usager, conseiller, new, NOW)
    cancel(seance)
    file = person_export.person_file(usager, structure.timezone, LATER)
    [told] = json.loads(person_export.as_json(file))["seances"]
    assert datetime.fromisoformat(told["annulee_le"]) == LATER


def test_sent_twice_it_counts_once(usager, conseiller, new, cancel, new_id):
    seance = seances.record(usager, conseiller, new, NOW)
    id_ = new_id()
    cancel(seance, change_id=id_)
    rows = db.session.query(EvidenceRow).count()
    cancel(seance, change_id=id_)
    cancel(seance)
    assert db.session.query(EvidenceRow).count() == rows
    assert db.session.query(SeanceChange).count() == 1


def test_of_two_at_once_the_second_is_told(usager, conseiller, new, cancel, new_id):
    seance = seances.record(usager, conseiller, new, NOW)
    shorter = NewSeance(**{**asdict(new), "minutes": 30})
    assert seance_corrections.change(seance, conseiller, shorter, change_id=new_id(), seen=None, now=LATER)
    with pytest.raises(SeanceError, match="entre-temps"):
        cancel(seance, seen=None)
    assert queries.seance(seance.structure_id, seance.id).cancelled_at is None
    assert {row.help for row in queries.standing(queries.evidence_of(usager))} == {"guide", "seul"}


def test_what_was_cancelled_is_not_corrected(usager, conseiller, new, cancel, new_id):
    seance = seances.record(usager, conseiller, new, NOW)
    cancel(seance)
    shorter = NewSeance(**{**asdict(new), "minutes": 30})
    with pytest.raises(SeanceError, match="annulée"):
        seance_corrections.change(
            seance, conseiller, shorter, change_id=new_id(), seen=seance.changed_at, now=LATER
        )
    row = queries.standing(queries.evidence_of(usager))[0]
    with pytest.raises(SeanceError, match="annulée"):
        seances.correct(row, conseiller, Help.ALONE, row_id=new_id(), now=LATER)


def test_its_appointment_is_to_be_noted_again(usager, conseiller, new, cancel, new_id):
    db.session.add(
        Appointment(
            structure_id=usager.structure_id,
            id=new_id(),
            usager_id=usager.id,
            author_id=conseiller.id,
            starts_at=NOW,
            minutes=60,
            place="lieu_activite",
            seance_id=None,
            created_at=NOW,
        )
    )
    db.session.commit()
    seance = seances.record(usager, conseiller, new, NOW)
    planned = db.session.query(Appointment).one()
    planned.seance_id = seance.id
    db.session.commit()
    cancel(seance)
    day = (NOW - timedelta(hours=3), NOW + timedelta(hours=3))
    assert appointment_queries.waiting_for_a_seance(usager, *day) == planned


def test_erasing_the_person_leaves_it_uncounted(structure, figures, usager, conseiller, new, cancel):
    seance = seances.record(usager, conseiller, new, NOW)
    cancel(seance)
    before = figures()["statistics"]
    erase(usager, conseiller, LATER)
    assert asdict(statistics(structure.id, YEAR)) == before
    assert seance.cancelled_at is not None
    assert seance.cancelled_at != LATER
