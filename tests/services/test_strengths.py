"""What a person is told that they can do."""

from __future__ import annotations

import random
from datetime import timedelta

from app.engine.planner import StepKind
from app.services.learner import learner
from app.services.progress import ACQUIRED
from app.services.strengths import strengths
from tests.conftest import NOW
from tests.services.test_diagnostic_sitting import take


def test_someone_who_fails_everything_is_not_praised_for_what_was_never_asked(usager):
    take(usager, lambda module: False)
    assert strengths(learner(usager, NOW + timedelta(hours=1))) == []


def test_it_tells_at_most_six_things_all_of_them_shown_or_of_the_goal(usager):
    take(usager, lambda module: True)
    person = learner(usager, NOW + timedelta(hours=1))
    told = [module.id for module in strengths(person)]
    shown = {fact.module for fact in person.evidence if fact.outcome == "reussi"}
    assert 0 < len(told) <= 6
    assert shown.union(person.graph.closure(person.targets)).issuperset(told)


def test_what_the_path_still_checks_is_not_told_as_known(usager, make_usager, structure):
    doubted = 0
    for seed in range(8):
        rng = random.Random(seed)
        one = make_usager(structure)
        take(one, lambda module, rng=rng: rng.random() < 0.75)
        person = learner(one, NOW + timedelta(hours=1))
        checked = {step.module for step in person.plan.trail if step.kind is StepKind.VERIFY}
        doubted += sum(person.belief[module] >= ACQUIRED for module in checked)
        assert checked.isdisjoint(module.id for module in strengths(person))
    assert doubted  # somebody believed able is checked: otherwise nothing is tested here
