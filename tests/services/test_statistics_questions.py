"""Questions to review: what diagnostics hold against the content, and what is too little to say."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.engine import flags
from app.engine.evidence import Outcome, Source
from app.services import statistics_questions
from app.services.engines import current_engines
from app.services.periods import Period
from app.services.statistics_masking import SMALLEST
from app.store import statistics_queries
from app.store.database import db
from app.store.models import DiagnosticSitting, EvidenceRow
from tests.conftest import NOW

LIRE = "messagerie.lire"
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31), "America/Guadeloupe")


def test_a_question_that_parts_nobody_is_found(structure, make_usager, app):
    """Half succeed at it whatever they know; at a sound question only those who know do."""
    bank = current_engines().bank("ordinateur")
    items = [item for item in bank.items if len(item.steps) == 1 and item.steps[0].module == LIRE][:4]
    flat, *sound = items
    rng = random.Random(3)
    for n in range(60):
        usager = make_usager(structure, f"Personne {n}")
        sitting = DiagnosticSitting(
            structure_id=structure.id, usager_id=usager.id, goal_id="envoyer-un-message", device="ordinateur",
            started_at=NOW + timedelta(minutes=n),
        )  # fmt: skip
        db.session.add(sitting)
        db.session.flush()
        for item in items:
            step = item.steps[0]
            knows = n % 2 == 0
            right = rng.random() < 0.5 if item is flat else knows
            db.session.add(_answer(structure, usager, sitting, item.id, step, right, rng))
    db.session.commit()
    found = statistics_questions.questions(structure.id, MARCH)
    assert found.answered == 4
    assert Counter(question.item_id for question in found.flat if question.is_flat) == {flat.id: 1}
    assert len(sound) == 3


def _answer(structure, usager, sitting, item_id, step, right, rng):
    id_ = uuid.UUID(int=rng.getrandbits(128), version=4)
    return EvidenceRow(
        structure_id=structure.id, id=id_, answer_id=id_, usager_id=usager.id, module_id=step.module,
        source=Source.DIAGNOSTIC, outcome=Outcome.SUCCESS if right else Outcome.FAILURE, item_id=item_id,
        guess=step.guess, slip=step.slip, device="ordinateur", sitting_id=sitting.id, content_version="x",
        occurred_at=NOW, recorded_at=NOW,
    )  # fmt: skip


class TestQuestionsToReview:
    """People answer twelve questions on three modules; ``bad`` is answered otherwise by some of them."""

    MODULES = ("ordinateur.souris", "ordinateur.clavier", LIRE)

    @pytest.fixture
    def items(self, app):
        bank = current_engines().bank("ordinateur")
        one_step = [item for item in bank.items if len(item.steps) == 1]
        return [
            item
            for module in self.MODULES
            for item in [item for item in one_step if item.steps[0].module == module][:4]
        ]

    @pytest.fixture
    def asked(self, structure, make_usager, items):
        def ask(people=60, right=None, owner=structure, first=0, days=0, **fields):
            rng = random.Random(1 + first)
            for n in range(first, first + people):
                person = make_usager(
                    owner, f"Personne {n} {days}", **{name: value(n) for name, value in fields.items()}
                )
                at = NOW + timedelta(days=days, minutes=n)
                sitting = DiagnosticSitting(
                    structure_id=owner.id, usager_id=person.id, goal_id="envoyer-un-message",
                    device="ordinateur", started_at=at,
                )  # fmt: skip
                db.session.add(sitting)
                db.session.flush()
                for item in items:
                    # One in three knows all; nobody's success is sure.
                    chance = 0.95 if n % 3 == 0 else 0.05
                    if right is not None:
                        chance = right(n, item, chance)
                    ok = rng.random() < chance
                    db.session.add(_answer(owner, person, sitting, item.id, item.steps[0], ok, rng))
            db.session.commit()

        return ask

    def found(self, structure, period=MARCH):
        return statistics_questions.questions(structure.id, period)

    def test_nothing_is_held_against_sound_ones(self, structure, asked):
        asked()
        found = self.found(structure)
        assert (found.people, found.out_of, found.answered) == (60, 60, 12)
        assert (found.flat, found.uneven, found.prerequisites) == ((), (), ())

    def test_one_harder_without_the_voice(self, structure, asked, items):
        bad = items[0]
        asked(
            people=90,
            right=lambda n, item, chance: 0.1 if item is bad and n % 2 else chance,
            sound=lambda n: n % 2 == 0,
        )
        [uneven] = [each for each in self.found(structure).uneven if each.item_id == bad.id]
        assert (uneven.by, uneven.group, uneven.people) == ("voix", "sans la voix", 45)
        assert uneven.gap < -0.1

    def test_one_harder_for_a_generation(self, structure, asked, items):
        bad = items[0]
        asked(
            people=90,
            right=lambda n, item, chance: 0.05 if item is bad and n % 2 else chance,
            birth_decade=lambda n: 1930 if n % 2 else 1950 + 10 * (n % 4),
        )
        [uneven] = [each for each in self.found(structure).uneven if each.item_id == bad.id]
        assert (uneven.by, uneven.group) == ("âge", "nées dans les années 1930")

    def test_no_small_group_is_shown(self, structure, asked, items):
        """Nineteen people for whom all is otherwise: too few, whatever the difference."""
        asked(people=60, birth_decade=lambda n: 1950)
        asked(people=19, first=100, right=lambda n, item, chance: 1 - chance, birth_decade=lambda n: 1930)
        assert flags.LEAST_ANSWERS >= SMALLEST
        assert not [each for each in self.found(structure).uneven if each.by == "âge"]

    def test_whoever_was_erased_has_no_voice(self, structure, asked, items):
        bad = items[0]
        asked(
            people=90,
            right=lambda n, item, chance: 0.1 if item is bad and n % 2 else chance,
            sound=lambda n: n % 2 == 0,
            erased_at=lambda n: NOW,
        )
        assert self.found(structure).uneven == ()

    def test_a_prerequisite_that_people_do_without(self, structure, asked, items):
        """Everyone who reads their messages fails at the mouse."""
        asked(
            people=60,
            right=lambda n, item, chance: (
                (0.97 if n % 2 else 0.03) if item.steps[0].module == LIRE else 0.03 + 0.94 * (n % 2 == 0)
            ),
        )
        closure = set(current_engines().graph("ordinateur").closure([LIRE]))
        doubted = self.found(structure).prerequisites
        assert doubted
        assert all(arc.share > 2 * arc.expected for arc in doubted)
        assert {arc.prerequisite.id for arc in doubted} <= closure

    @pytest.mark.parametrize(("people", "shown"), [(13, False), (39, True)])
    def test_a_prerequisite_that_few_people_do_without_is_not_shown(self, structure, asked, people, shown):
        """Everyone reads their messages; four in thirteen cannot hold a mouse nor use a keyboard."""
        asked(
            people=people,
            right=lambda n, item, chance: float(item.steps[0].module == LIRE or n % 13 > 3),
        )
        assert bool(self.found(structure).prerequisites) is shown

    def test_only_the_last_diagnostic_of_each_person_counts(self, structure, asked, usager, items):
        for day in range(3):
            sitting = DiagnosticSitting(
                structure_id=structure.id, usager_id=usager.id, goal_id="envoyer-un-message",
                device="ordinateur", started_at=NOW + timedelta(days=day),
            )  # fmt: skip
            db.session.add(sitting)
            db.session.flush()
            db.session.add(
                _answer(
                    structure, usager, sitting, items[day].id, items[day].steps[0], True, random.Random(day)
                )
            )
        db.session.commit()
        taken, out_of = statistics_queries.last_diagnostics(structure.id, MARCH.start, MARCH.end, 10)
        assert out_of == 1
        assert [[given.item_id for given in each.answers] for each in taken] == [[items[2].id]]

    def test_only_this_structure_and_period(self, structure, other_structure, asked):
        asked(people=25, owner=other_structure)
        asked(people=25, days=40)
        assert self.found(structure) == statistics_questions.Questions(0, 0, 0)
        assert self.found(other_structure).people == 25

    def test_the_last_people_are_read_and_it_is_said_how_many_there_are(self, structure, asked, monkeypatch):
        monkeypatch.setattr(statistics_questions, "MOST_DIAGNOSTICS", 22)
        asked(people=30)
        found = self.found(structure)
        assert (found.people, found.out_of, found.is_sample) == (22, 30, True)

    def test_what_left_the_content_is_passed_over(self, structure, asked, items, usager):
        asked(people=25)
        for row in db.session.scalars(sa.select(EvidenceRow)):
            row.item_id = "parti.depuis"
        for sitting in db.session.scalars(sa.select(DiagnosticSitting)):
            sitting.goal_id = "but-retire"
        db.session.commit()
        found = self.found(structure)
        assert (found.people, found.answered, found.flat) == (25, 0, ())
