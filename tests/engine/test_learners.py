"""Simulated learners: time, practice and help act on them as they should."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from app.engine.evidence import Help, Outcome, Source
from app.engine.graph import Module, ModuleGraph
from app.engine.learners import Learner, Population, draw_ease, first_levels
from app.engine.levels import Level

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
GRAPH = ModuleGraph([Module("a", "d"), Module("b", "d", ("a",)), Module("c", "d", ("b",))])
AVERAGE = Population(pace=0, memory=0, reliant=0, in_use=0, at_home=0, overhelp=0)


def learner(seed: int, *levels: Level, population: Population = AVERAGE) -> Learner:
    given = dict(zip(GRAPH.ids, levels, strict=True))
    return Learner(GRAPH, given, START, np.random.default_rng(seed), population=population)


def test_practice_teaches() -> None:
    learnt = 0
    for seed in range(300):
        someone = learner(seed, *[Level.DECOUVERTE] * 3)
        for _ in range(8):
            someone.work("a")
        learnt += someone.masters("a")
    assert learnt > 150


def test_a_missing_prerequisite_slows_learning_down() -> None:
    ready = missing = 0
    for seed in range(300):
        with_it = learner(seed, Level.AUTONOME, Level.DECOUVERTE, Level.DECOUVERTE)
        without = learner(seed, Level.DECOUVERTE, Level.DECOUVERTE, Level.DECOUVERTE)
        for _ in range(4):
            with_it.work("b")
            without.work("b")
        ready += with_it.levels["b"]
        missing += without.levels["b"]
    assert missing < 0.8 * ready


def test_time_makes_forget_and_never_teaches_without_practice() -> None:
    kept = []
    for days in (7, 180, 1500):
        people = [learner(seed, *[Level.AUTONOME] * 3) for seed in range(300)]
        for someone in people:
            someone.wait_until(START + timedelta(days=days))
        kept.append(sum(someone.masters("a") for someone in people))
    assert kept == sorted(kept, reverse=True)
    assert kept[0] > 280 > 240 > kept[2]
    beginner = learner(0, *[Level.DECOUVERTE] * 3)
    beginner.wait_until(START + timedelta(days=1000))
    assert set(beginner.levels.values()) == {Level.DECOUVERTE}


def test_what_is_in_use_is_never_forgotten() -> None:
    someone = learner(0, *[Level.AUTONOME] * 3, population=Population(in_use=1))
    someone.wait_until(START + timedelta(days=3000))
    assert someone.masters("a")


def test_help_goes_down_as_levels_go_up() -> None:
    def mean_help(level: Level) -> float:
        facts = [learner(seed, level, level, level).work("a") for seed in range(300)]
        return float(np.mean([list(Help).index(fact.help) for fact in facts if fact.help]))

    means = [mean_help(level) for level in Level]
    assert means == sorted(means)


def test_answers_carry_wrong_guess_and_slip() -> None:
    someone = learner(0, *[Level.AUTONOME] * 3)
    facts = [someone.answer("a", 0.2, 0.1) for _ in range(300)]
    right = np.mean([fact.outcome is Outcome.SUCCESS for fact in facts])
    assert right == pytest.approx(0.9, abs=0.06)
    assert all(fact.guess and 0.1 <= fact.guess <= 0.3 for fact in facts)
    assert {fact.source for fact in facts} == {Source.DIAGNOSTIC}


def test_the_same_generator_gives_the_same_life() -> None:
    def life() -> list[Help | None]:
        someone = learner(7, *[Level.DECOUVERTE] * 3, population=Population())
        return [someone.work("a").help for _ in range(10)]

    assert life() == life()


def test_first_levels_are_lower_where_more_is_missing() -> None:
    rng = np.random.default_rng(0)
    people = [first_levels(GRAPH, {"a": True, "b": False, "c": False}, rng) for _ in range(300)]
    assert all(levels["a"] is Level.AUTONOME for levels in people)
    assert np.mean([p["b"] for p in people]) > np.mean([p["c"] for p in people])
    assert set(draw_ease(GRAPH, Population(), rng)) == set(GRAPH.ids)
