"""What the papers about a person say is true, and of now."""

from __future__ import annotations

from datetime import timedelta

from app.engine.evidence import Help
from app.services import hand_over
from app.services.booklet import booklet
from app.services.learner import learner
from tests.conftest import NOW
from tests.sessions import come


def test_of_someone_never_seen_the_booklet_praises_nothing(make_usager, structure):
    person = make_usager(structure, goal_id="me-proteger")
    told = booklet(learner(person, NOW))
    assert told.can == ()
    assert told.works_on


def test_the_hand_over_tells_the_last_sessions_newest_first(usager, conseiller):
    days = [NOW - timedelta(days=days) for days in (40, 30, 20, 10)]
    for at in days:
        come(usager, conseiller, at, ordinateur__souris=Help.ALONE)
    told = hand_over.summary(learner(usager, NOW))
    assert [session.at for session in told.sessions] == [at.isoformat() for at in reversed(days[1:])]
