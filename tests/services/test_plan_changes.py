"""What a conseiller changes in a plan, what it does to the path, and taking it back."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from app.engine.evidence import Help
from app.services import plan_changes, seances
from app.services.learner import learner
from app.services.plan_changes import REASONS, PlanError, Settings, Wish
from app.services.plan_view import plan_view, told
from app.services.seances import NewSeance
from app.services.trail import trail
from app.services.wishes import Kind
from app.store import plan_queries
from app.store.models import PlanChange
from tests.conftest import NOW

ELSEWHERE = "sante.ordonnance"


@pytest.fixture
def wish(usager, conseiller, new_id):
    def make(kind, module_id, at=NOW, reason=None, id=None, **value):
        asked = Wish(id or new_id(), kind, module_id, reason or REASONS[kind][0], value)
        return plan_changes.make(usager, conseiller, asked, at)

    return make


@pytest.fixture
def undo(usager, conseiller):
    def take_back(change, at=NOW + timedelta(hours=1)):
        return plan_changes.undo(usager, conseiller, change, at)

    return take_back


def order(usager, at=NOW):
    return [stake.module.id for stake in trail(learner(usager, at)).ahead]


def changes(usager):
    return list(plan_queries.plan_changes_of(usager))


def outside(usager):
    """A module that the goal does not need and that needs something which the goal does not need either."""
    person = learner(usager, NOW)
    on_the_way = set(person.graph.closure(person.targets))
    return next(
        module.id
        for module in person.graph.modules
        if module.id not in on_the_way and set(module.prerequisites) - on_the_way
    )


def months_away(days):
    return (NOW + timedelta(days=days)).isoformat()


class TestWhatItDoes:
    def test_what_is_pinned_comes_first_and_says_so(self, usager, wish):
        last = order(usager)[-1]
        wish(Kind.PIN, last)
        [stake] = [stake for stake in trail(learner(usager, NOW)).ahead if stake.module.id == last]
        assert stake.reason == "Votre conseiller a choisi cette étape."
        needed = learner(usager, NOW).graph.ancestors(last)
        assert set(order(usager)[: order(usager).index(last)]) <= needed

    def test_what_is_skipped_is_gone_with_a_warning(self, usager, wish):
        assert "messagerie.lire" in order(usager)
        effect = wish(Kind.SKIP, "messagerie.lire")
        assert "messagerie.lire" not in order(usager)
        assert effect.after.minutes < effect.before.minutes
        assert any(caution.undo for caution in plan_view(learner(usager, NOW)).cautions)

    @pytest.mark.parametrize("earlier", [True, False])
    def test_a_step_moves_by_one(self, usager, wish, earlier):
        before = order(usager)
        graph = learner(usager, NOW).graph
        pairs = pairwise(before)
        first, then = next((a, b) for a, b in pairs if a not in graph.ancestors(b))
        moved = then if earlier else first
        wish(Kind.MOVE, moved, earlier=earlier)
        after = order(usager)
        assert after.index(then) < after.index(first)
        assert set(after) == set(before)
        [stake] = [stake for stake in trail(learner(usager, NOW)).ahead if stake.module.id == moved]
        assert stake.reason == "Votre conseiller a choisi cet ordre."

    def test_a_step_does_not_come_before_what_it_needs(self, usager, wish):
        before = order(usager)
        person = learner(usager, NOW)
        needing = next(
            module
            for module, other in zip(before[1:], before, strict=False)
            if other in person.graph.ancestors(module)
        )
        with pytest.raises(PlanError, match="vient après"):
            wish(Kind.MOVE, needing, earlier=True)
        assert changes(usager) == []

    @pytest.mark.parametrize(("place", "earlier"), [(0, True), (-1, False)])
    def test_there_is_nothing_beyond_the_ends(self, usager, wish, place, earlier):
        with pytest.raises(PlanError, match="déjà la"):
            wish(Kind.MOVE, order(usager)[place], earlier=earlier)

    def test_what_is_added_is_optional_and_warns_of_what_it_needs(self, usager, wish):
        added = outside(usager)
        effect = wish(Kind.ADD, added)
        person = learner(usager, NOW)
        [stake] = [stake for stake in trail(person).ahead if stake.module.id == added]
        assert stake.optional
        assert effect.after.minutes > effect.before.minutes
        [caution] = [caution for caution in plan_view(person).cautions if caution.add]
        for module in caution.add:
            wish(Kind.ADD, module.id)
        told_now = [caution.sentence for caution in plan_view(learner(usager, NOW)).cautions]
        assert caution.sentence not in told_now

    def test_what_is_set_aside_comes_back_by_itself(self, usager, wish):
        first = order(usager)[0]
        wish(Kind.SET_ASIDE, first, until=months_away(30))
        assert order(usager)[0] != first
        assert first in order(usager)
        assert order(usager, NOW + timedelta(days=31))[0] == first

    def test_skipping_what_was_pinned_replaces_the_pin(self, usager, wish):
        module = order(usager)[3]
        wish(Kind.PIN, module)
        wish(Kind.SKIP, module, at=NOW + timedelta(minutes=1))
        assert module not in order(usager, NOW + timedelta(minutes=1))

    def test_a_pin_on_something_mastered_is_a_review_until_it_is_worked_on(
        self, usager, conseiller, wish, new_id
    ):
        module = order(usager)[0]

        def work(day):
            new = NewSeance(new_id(), {module: Help.TEACHES}, 60, "ordinateur", "lieu_activite", day)
            seances.record(usager, conseiller, new, day)

        for days in range(8, 2, -1):
            work(NOW - timedelta(days=days))
        assert module not in order(usager)
        wish(Kind.PIN, module)
        assert order(usager)[0] == module
        work(NOW + timedelta(days=1))
        assert module not in order(usager, NOW + timedelta(days=1))

    def test_the_change_is_kept_with_who_when_and_why(self, usager, conseiller, wish):
        wish(Kind.SKIP, "messagerie.lire", reason="pas_utile")
        [line] = plan_view(learner(usager, NOW)).changes
        assert (line.author, line.change.made_at) == ("Sandy", NOW)
        assert line.reason == "Ne lui servira pas"
        assert "Lire ses messages" in line.text


class TestWhatIsRefused:
    @pytest.mark.parametrize("kind", [Kind.PIN, Kind.SKIP, Kind.ADD])
    def test_a_reason_that_is_not_in_the_list(self, usager, wish, kind):
        with pytest.raises(PlanError, match="raison"):
            wish(kind, "messagerie.lire", reason="parce que")

    def test_a_module_that_does_not_exist(self, usager, wish):
        with pytest.raises(PlanError, match="n'existe pas"):
            wish(Kind.PIN, "cuisine.tarte")

    def test_adding_what_is_there(self, usager, wish):
        with pytest.raises(PlanError, match="déjà dans le chemin"):
            wish(Kind.ADD, order(usager)[0])

    @pytest.mark.parametrize("days", [-1, 400])
    def test_setting_aside_until_yesterday_or_for_ever(self, usager, wish, days):
        with pytest.raises(PlanError, match="date à venir"):
            wish(Kind.SET_ASIDE, order(usager)[0], until=months_away(days))

    def test_moving_what_is_not_in_the_path(self, usager, wish):
        with pytest.raises(PlanError, match="plus dans le chemin"):
            wish(Kind.MOVE, outside(usager), earlier=True)


class TestOnce:
    def test_sent_twice_it_counts_once(self, usager, wish, new_id):
        id = new_id()
        for _ in range(2):
            wish(Kind.PIN, "messagerie.lire", id=id)
        assert len(changes(usager)) == 1

    def test_a_page_that_served_for_something_else_is_refused(self, usager, wish, new_id):
        id = new_id()
        wish(Kind.PIN, "messagerie.lire", id=id)
        with pytest.raises(PlanError, match="déjà servi"):
            wish(Kind.SKIP, "messagerie.ecrire", id=id)

    def test_undone_twice_it_counts_once(self, usager, wish, undo):
        wish(Kind.PIN, "messagerie.lire")
        [change] = changes(usager)
        undo(change)
        first = change.undone_at
        undo(change, NOW + timedelta(days=2))
        assert change.undone_at == first


class TestUndo:
    def test_the_path_is_as_it_was_and_the_history_says_both(self, usager, wish, undo):
        before = order(usager)
        wish(Kind.SKIP, "messagerie.lire")
        [change] = changes(usager)
        undo(change)
        assert order(usager, NOW + timedelta(hours=2)) == before
        [line] = plan_view(learner(usager, NOW + timedelta(hours=2))).changes
        assert (line.stands, line.undone_by) == (False, "Sandy")

    def test_an_older_change_is_taken_back_and_the_newer_stays(self, usager, wish, undo):
        wish(Kind.SKIP, "messagerie.lire")
        wish(Kind.PIN, "messagerie.ecrire", at=NOW + timedelta(minutes=5))
        undo(changes(usager)[0])
        later = NOW + timedelta(hours=2)
        assert "messagerie.lire" in order(usager, later)
        assert list(learner(usager, later).wishes.pinned) == ["messagerie.ecrire"]

    def test_taking_back_the_newer_brings_back_the_older(self, usager, wish, undo):
        wish(Kind.PIN, "messagerie.lire")
        wish(Kind.SKIP, "messagerie.lire", at=NOW + timedelta(minutes=5))
        undo(changes(usager)[1])
        assert list(learner(usager, NOW + timedelta(hours=2)).wishes.pinned) == ["messagerie.lire"]

    def test_what_was_added_stays_while_a_later_choice_rests_on_it(self, usager, wish, undo):
        added = outside(usager)
        wish(Kind.ADD, added)
        wish(Kind.PIN, added, at=NOW + timedelta(minutes=5))
        with pytest.raises(PlanError, match="a été épinglé depuis"):
            undo(changes(usager)[0])
        undo(changes(usager)[1])
        undo(changes(usager)[0])
        assert added not in order(usager, NOW + timedelta(hours=2))

    def test_taking_back_does_not_change_what_a_past_session_changed(
        self, usager, conseiller, wish, undo, new_id
    ):
        from app.services.changes import changes_of

        wish(Kind.SKIP, "messagerie.lire")
        later = NOW + timedelta(minutes=30)
        new = NewSeance(
            new_id(), {"messagerie.ecrire": Help.GUIDED}, 60, "ordinateur", "lieu_activite", later
        )
        seance = seances.record(usager, conseiller, new, later)
        told_then = changes_of(usager, seance)
        undo(changes(usager)[0])
        assert changes_of(usager, seance) == told_then


class TestSettings:
    def change(self, usager, conseiller, id, at=NOW, **values):
        present = plan_changes.settings_of(usager)
        wanted = Settings(**{**present.__dict__, **values})
        return plan_changes.change_settings(usager, conseiller, wanted, change_id=id, now=at)

    def test_several_goals_make_one_path(self, usager, conseiller, new_id):
        self.change(usager, conseiller, new_id(), goal_ids=("envoyer-un-message", "e-sante"))
        person = learner(usager, NOW)
        assert [goal.id for goal in person.goals] == ["envoyer-un-message", "e-sante"]
        alone = {module for goal in person.goals for module in goal.targets if module in person.graph}
        assert set(person.targets) == alone
        assert (usager.goal_id, usager.other_goal_ids) == ("envoyer-un-message", ["e-sante"])

    def test_longer_sessions_are_fewer(self, usager, conseiller, new_id):
        effect = self.change(usager, conseiller, new_id(), session_minutes=120)
        assert effect.after.sessions < effect.before.sessions

    def test_each_kind_is_a_change_of_its_own_with_what_stood_before(self, usager, conseiller, new_id):
        self.change(usager, conseiller, new_id(), session_days=14, home_device="telephone")
        assert sorted(change.kind for change in changes(usager)) == ["appareils", "rythme"]
        [rhythm] = [change for change in changes(usager) if change.kind == "rythme"]
        assert rhythm.before == {"session_minutes": 60, "session_days": 7}
        assert told(rhythm) == "60 min, toutes les deux semaines (avant : 60 min, une fois par semaine)"

    def test_nothing_changed_leaves_no_trace(self, usager, conseiller, new_id):
        self.change(usager, conseiller, new_id())
        assert changes(usager) == []

    def test_sent_twice_it_counts_once(self, usager, conseiller, new_id):
        id = new_id()
        for _ in range(2):
            self.change(usager, conseiller, id, goal_ids=("e-sante",))
        assert len(changes(usager)) == 1

    def test_a_goal_that_the_device_cannot_reach_is_refused(self, usager, conseiller, new_id):
        with pytest.raises(PlanError, match="Changez l'appareil ou le but"):
            self.change(usager, conseiller, new_id(), goal_ids=("whatsapp-famille",))
        assert usager.goal_id == "envoyer-un-message"

    def test_undoing_puts_back_what_stood_before(self, usager, conseiller, new_id, undo):
        self.change(usager, conseiller, new_id(), goal_ids=("e-sante", "envoyer-un-message"))
        undo(changes(usager)[0])
        assert (usager.goal_id, usager.other_goal_ids) == ("envoyer-un-message", [])

    def test_undoing_what_changed_again_since_is_refused(self, usager, conseiller, new_id, undo):
        self.change(usager, conseiller, new_id(), goal_ids=("e-sante",))
        self.change(usager, conseiller, new_id(), NOW + timedelta(minutes=5), goal_ids=("me-proteger",))
        with pytest.raises(PlanError, match="Le but a encore changé"):
            undo(changes(usager)[0])
        assert usager.goal_id == "me-proteger"

    def test_undoing_a_goal_that_the_device_of_today_cannot_reach_is_refused(
        self, usager, conseiller, new_id, undo
    ):
        self.change(usager, conseiller, new_id(), device="telephone", goal_ids=("whatsapp-famille",))
        self.change(usager, conseiller, new_id(), NOW + timedelta(minutes=5), goal_ids=("e-sante",))
        later = NOW + timedelta(minutes=9)
        self.change(usager, conseiller, new_id(), later, device="ordinateur")
        goals = [change for change in changes(usager) if change.kind == "buts"]
        with pytest.raises(PlanError, match="Changez l'appareil ou le but"):
            undo(goals[1])


def test_every_kind_of_change_is_told_in_words(app):
    value = {"other": "messagerie.ecrire", "earlier": True, "until": months_away(3), "goal_id": None}
    for kind in Kind:
        change = PlanChange(kind=kind, module_id="messagerie.lire", value=value, before={})
        assert told(change) != kind
