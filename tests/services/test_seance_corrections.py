"""A whole session put right: what counts, what stays in the history, and two people at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from app.engine.evidence import Help
from app.services import seance_corrections, seances
from app.services.learner import learner
from app.services.seances import NewSeance, People, SeanceError
from app.store import queries, seance_queries
from app.store.database import db
from app.store.models import Atelier, EvidenceRow, SeanceChange
from tests.conftest import NOW

LIRE, CLAVIER, CLIC = "messagerie.lire", "ordinateur.clavier", "ordinateur.souris"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def new(new_id):
    return NewSeance(
        new_id(), {LIRE: Help.GUIDED, CLAVIER: Help.ALONE}, 60, "ordinateur", "lieu_activite", NOW
    )


@pytest.fixture
def seance(usager, conseiller, new):
    return seances.record(usager, conseiller, new, NOW)


@pytest.fixture
def change(seance, conseiller, new_id):
    def do(new, now=LATER, id=None, **also):
        also.setdefault("seen", seance.changed_at)
        return seance_corrections.change(seance, conseiller, new, change_id=id or new_id(), now=now, **also)

    return do


def told(seance):
    return seance_queries.changes_of_seances(seance.structure_id, [seance.id]).get(seance.id, [])


def test_every_value_can_change_and_the_old_ones_are_kept(seance, new, change, usager):
    other = replace(
        new,
        minutes=45,
        device="tablette",
        place="domicile",
        occurred_at=NOW - timedelta(days=1),
        next_step="revoir",
        themes=["sante"],
        procedure_theme="logement",
        redirected_to="autre",
    )
    assert change(other)
    assert (seance.minutes, seance.device, seance.place) == (45, "tablette", "domicile")
    assert (seance.occurred_at, seance.changed_at) == (NOW - timedelta(days=1), LATER)
    [kept] = told(seance)
    assert kept.before["minutes"] == 60
    assert kept.after["minutes"] == 45
    assert kept.before["occurred_at"] == NOW.isoformat()
    assert set(kept.before) == {
        *("occurred_at", "minutes", "device", "place", "themes"),
        *("procedure_theme", "redirected_to", "next_step"),
    }


def test_another_date_moves_what_was_seen_with_it(seance, new, change, usager):
    rows = len(queries.evidence_of(usager))
    change(replace(new, occurred_at=NOW - timedelta(days=9)))
    standing = queries.standing(queries.evidence_of(usager))
    assert {row.occurred_at for row in standing} == {NOW - timedelta(days=9)}
    assert len(queries.evidence_of(usager)) == 2 * rows
    assert {row.help for row in standing} == {"guide", "seul"}


def test_helps_change_come_and_go(seance, new, change, usager):
    change(replace(new, helps={LIRE: Help.ALONE, CLIC: Help.ACCOMPANIED}))
    assert seance_corrections.helps_of(seance) == {LIRE: Help.ALONE, CLIC: Help.ACCOMPANIED}
    [kept] = told(seance)
    assert kept.before == {"helps": {CLAVIER: "seul", LIRE: "guide", CLIC: None}}
    assert kept.after == {"helps": {CLAVIER: None, LIRE: "seul", CLIC: "accompagne"}}
    change(replace(new, helps={CLAVIER: Help.GUIDED}), now=LATER + timedelta(hours=1))
    assert seance_corrections.helps_of(seance) == {CLAVIER: Help.GUIDED}


def test_it_is_as_if_it_had_been_noted_right(seance, new, change, usager, conseiller, new_id, make_usager):
    right = replace(new, helps={LIRE: Help.ALONE}, occurred_at=NOW - timedelta(days=3))
    change(right)
    other = make_usager(queries.structure(usager.structure_id), "Albert")
    seances.record(other, conseiller, replace(right, id=new_id()), NOW)
    mine, theirs = learner(usager, LATER).belief, learner(other, LATER).belief
    assert [mine[m] for m in (LIRE, CLAVIER)] == pytest.approx([theirs[m] for m in (LIRE, CLAVIER)])


def test_the_same_values_change_nothing(seance, new, change, usager):
    assert not change(new)
    assert seance.changed_at is None
    assert told(seance) == []
    assert len(queries.evidence_of(usager)) == 2


def test_sent_twice_it_counts_once(seance, new, change, new_id, usager):
    id_, other = new_id(), replace(new, minutes=30, helps={LIRE: Help.ALONE})
    assert change(other, id=id_, seen=None)
    assert change(other, id=id_, seen=None)
    assert len(told(seance)) == 1
    assert len(queries.evidence_of(usager)) == 4


def test_of_two_people_who_correct_it_the_second_is_told(seance, new, change):
    change(replace(new, minutes=30), seen=None)
    with pytest.raises(SeanceError, match="entre-temps"):
        change(replace(new, minutes=90), seen=None)
    db.session.expire_all()
    assert seance.minutes == 30
    assert len(told(seance)) == 1


def test_a_module_gone_from_the_content_keeps_its_row(seance, new, change, usager):
    row = queries.evidence_of(usager)[0]
    row.module_id = "cuisine.tarte"
    db.session.commit()
    helps = seance_corrections.helps_of(seance)
    change(replace(new, helps=helps, minutes=30))
    assert seance_corrections.helps_of(seance) == helps


def test_people_without_a_file_can_turn_out_to_be_two(conseiller, new_id):
    new = NewSeance(new_id(), {}, 15, "aucun", "lieu_activite", NOW, drop_in=True, themes=["sante"])
    seance = seances.record_without_file(conseiller, new, People(1, [{"age": "soixante_dix_plus"}]), NOW)
    assert (seance.kind, seance.usager_id, seance.participants) == ("individuel", None, 1)
    seance_corrections.change(
        seance, conseiller, new, people=People(2), change_id=new_id(), seen=None, now=LATER
    )
    assert (seance.kind, seance.participants, seance.anonymous) == ("collectif", 2, [])
    assert db.session.query(SeanceChange).one().before["anonymous"] == [{"age": "soixante_dix_plus"}]


def test_of_two_corrections_of_one_row_at_the_same_instant_one_stands(
    seance, usager, conseiller, new_id, monkeypatch
):
    row = next(row for row in queries.evidence_of(usager) if row.module_id == LIRE)
    # Both looked before either wrote.
    monkeypatch.setattr(queries, "is_corrected", lambda _row: False)
    seances.correct(row, conseiller, Help.ALONE, row_id=new_id(), now=LATER)
    with pytest.raises(SeanceError, match="déjà"):
        seances.correct(row, conseiller, Help.DONE_FOR, row_id=new_id(), now=LATER)
    assert seance_corrections.helps_of(seance)[LIRE] == Help.ALONE
    assert db.session.query(EvidenceRow).where(EvidenceRow.corrects_id == row.id).count() == 1


def test_two_open_ateliers_never_share_a_code(structure, conseiller, new_id):
    def atelier(closed_at=None):
        return Atelier(
            structure_id=structure.id, id=new_id(), author_id=conseiller.id, module_id=LIRE,
            device="ordinateur", minutes=60, code="1234", opened_at=NOW, closed_at=closed_at,
        )  # fmt: skip

    db.session.add_all([atelier(), atelier(closed_at=NOW), atelier(closed_at=NOW)])
    db.session.commit()
    db.session.add(atelier())
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()


def test_an_atelier_that_draws_a_code_just_taken_draws_another(structure, conseiller, new_id, monkeypatch):
    import random

    from app.services import ateliers

    def open_one(id_):
        return ateliers.open_atelier(
            conseiller, atelier_id=id_, module_id=LIRE, device="ordinateur", minutes=60,
            usager_ids=[], now=NOW, rng=random.Random(1),
        )  # fmt: skip

    first = open_one(new_id())
    drawn = iter([first.code, "4321"])
    monkeypatch.setattr(ateliers, "free_code", lambda _rng: next(drawn))
    assert open_one(new_id()).code == "4321"
