"""What a person is told that they can do."""

from __future__ import annotations

from datetime import timedelta

from app.services.learner import learner
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
