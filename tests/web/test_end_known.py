"""A page knows by itself which answer is the last: what it is told agrees with what the server then does."""

from __future__ import annotations

import random

import pytest
import sqlalchemy as sa

from app.engine.diagnostic import Settings
from app.services import diagnostic_sitting
from app.services.clock import now
from app.services.endings import endings
from app.services.engines import current_engines
from app.store.database import db
from app.store.models import DiagnosticSitting
from app.web.usager.given import given_answer, right_fields
from tests.web.test_sending import queued, send
from tests.web.test_usager import begin


@pytest.fixture
def sitting(client, structure):
    begin(client)
    return db.session.scalars(sa.select(DiagnosticSitting)).one()


@pytest.mark.parametrize("seed", range(3))
def test_the_end_that_was_told_is_the_end(client, sitting, new_id, seed):
    chance = random.Random(seed)
    reply = send(client, sitting)
    told_of_ends = 0
    while True:
        screen = diagnostic_sitting.current_screen(sitting, now())
        told = reply["fin"]
        assert (told["item"], told["etape"]) == (screen.item.id, screen.step_number)
        told_of_ends += bool(told["signes"])
        signs = ""
        answer_ids = new_id()
        for step in range(screen.step_number, len(screen.item.steps)):
            sign, fields = chance.choice(
                [
                    ("+", told["bonnes"][step - told["etape"]][0]),
                    ("-", {"sans": "montre"}),
                    (".", {"sans": "non_compris"}),
                ]
            )
            signs += sign
            at_last = reply["fin"]
            answer = queued(sitting, screen, new_id, etape=step, reponse_id=str(answer_ids), champs=fields)
            reply = send(client, sitting, answer)
        db.session.refresh(sitting)
        is_over = reply["suite"] is not None
        assert (sitting.ended_at is not None) == is_over == (signs[-1] in at_last["signes"])
        assert "." in signs or is_over == (signs in told["signes"])
        if reply["suite"]:
            break
    assert told_of_ends


def test_the_first_questions_cannot_be_the_last(client, sitting):
    told = send(client, sitting)["fin"]
    assert told["signes"] == []
    assert told["sans_fin"] == 3


def test_nothing_is_told_of_the_end_while_an_answer_is_given_again(client, sitting, new_id):
    screen = diagnostic_sitting.current_screen(sitting, now())
    send(client, sitting, queued(sitting, screen, new_id))
    client.post("/usager/question/avant")
    assert endings(sitting, now()) is None
    assert send(client, sitting)["fin"] is None


def test_the_last_of_the_budget_are_told(client, sitting, new_id, monkeypatch):
    assert not send(client, sitting)["derniers"]
    engine = diagnostic_sitting.engine_of(sitting, current_engines())
    monkeypatch.setattr(engine, "settings", Settings(budget=3, least=3))
    screens = [s for s in diagnostic_sitting.screens(sitting, now()) if s.step_number == 0]
    steps = range(len(screens[0].item.steps))
    reply = send(client, sitting, *[queued(sitting, screens[0], new_id, etape=n) for n in steps])
    assert reply["derniers"]
    assert len({one["item"] for one in reply["ecrans"]}) == 2


def test_the_fields_that_are_told_right_are_judged_right(app):
    count = 0
    for item in current_engines().content.items.values():
        if item.is_simulated:
            continue
        for number, step in enumerate(item.steps):
            rights = right_fields(step)
            assert rights, item.id
            for fields in rights:
                assert step.judge(given_answer(item.id, number, fields)).right, (item.id, number)
                count += 1
    assert count > 500
