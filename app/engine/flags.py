"""What recorded answers hold against the content: items, groups of people, prerequisites.

Each item is judged by the belief from everything else that the same people answered, so that it is not its
own witness. Answers of an adaptive diagnostic do not identify guess and slip: whoever is asked an item was
chosen by the belief that the same parameters made. So items are flagged here, for their author to look at,
and never refitted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from app.engine.bank import ItemBank
from app.engine.belief import Belief, BeliefModel
from app.engine.diagnostic import Answer, answer_likelihoods
from app.engine.evidence import Likelihood, Outcome

LEAST_ANSWERS = 20
SURPRISING = 3.0
LEAST_DISCRIMINATION = 0.4
"""Share of the expected discrimination under which an item is flat."""
LEAST_MASTERED = 10.0
CERTAIN = 1e-8
"""So near 0 or 1, too few digits are left of a probability to take an answer out of it."""
SUCCESSES = {Outcome.SUCCESS: 1.0, Outcome.FAILURE: 0.0, Outcome.DONT_KNOW: 0.0, Outcome.SHOWN: 0.0}


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """One answered step, with P(mastered) of its module from everything else that the person answered."""

    item_id: str
    step: int
    person: int
    success: float
    mastered: float
    expected: float


@dataclass(frozen=True, slots=True)
class ItemFlag:
    """``surprise`` is (observed − expected successes) in standard deviations; ``discrimination`` the
    difference in P(mastered) between those who succeeded and those who did not, to be held against the one
    expected."""

    item_id: str
    step: int
    answers: int
    expected: float
    observed: float
    surprise: float
    discrimination: float
    expected_discrimination: float

    @property
    def disagrees(self) -> bool:
        """Do the answers disagree with the author's guess and slip?"""
        return abs(self.surprise) >= SURPRISING

    @property
    def is_flat(self) -> bool:
        """Does the item fail to tell those who master the module from the others?"""
        return self.discrimination < LEAST_DISCRIMINATION * self.expected_discrimination


@dataclass(frozen=True, slots=True)
class GroupFlag:
    """An item harder (negative ``gap``) or easier for a group than for others who know as much."""

    item_id: str
    step: int
    group: str
    answers: int
    gap: float
    surprise: float


@dataclass(frozen=True, slots=True)
class ArcFlag:
    """``share`` of those who master ``module`` are believed not to master ``prerequisite``; ``expected`` by
    the prior's leak."""

    prerequisite: str
    module: str
    mastered: float
    share: float
    expected: float


def step_answers(
    model: BeliefModel,
    bank: ItemBank,
    people: Sequence[Sequence[Answer]],
    only: Collection[str] | None = None,
) -> list[StepAnswer]:
    """Every judged step of every person, with what the rest of their answers says of its module.

    ``only`` keeps to the steps of these items; the others still tell about the person.
    """
    found = []
    for person, answers in enumerate(people):
        known = [answer for answer in answers if answer.item_id in bank]
        wanted = [i for i, answer in enumerate(known) if only is None or answer.item_id in only]
        if not wanted:
            continue
        told = [answer_likelihoods(bank[answer.item_id], answer.outcomes) for answer in known]
        everything = model.posterior([likelihood for own in told for likelihood in own])
        for i in wanted:
            answer, mastered = known[i], _without(model, everything, told, i)
            steps = zip(bank[answer.item_id].steps, answer.outcomes, strict=False)
            for k, (step, outcome) in enumerate(steps):
                if outcome in SUCCESSES and step.module in mastered:
                    p = mastered[step.module]
                    expected = p * (1 - step.slip) + (1 - p) * step.guess
                    found.append(StepAnswer(answer.item_id, k, person, SUCCESSES[outcome], p, expected))
    return found


def item_flags(answers: Sequence[StepAnswer]) -> list[ItemFlag]:
    """The items whose answers disagree with their parameters, or that do not discriminate; worst first."""
    flags = []
    for (item_id, step), rows in _by_step(answers).items():
        if len(rows) < LEAST_ANSWERS:
            continue
        success = np.array([row.success for row in rows])
        mastered = np.array([row.mastered for row in rows])
        expected = np.array([row.expected for row in rows])
        found, wanted = _discrimination(mastered, success), _discrimination(mastered, expected)
        surprise = _surprise(success, expected)
        flag = ItemFlag(
            item_id, step, len(rows), float(expected.mean()), float(success.mean()), surprise, found, wanted
        )
        if flag.disagrees or flag.is_flat:
            flags.append(flag)
    return sorted(flags, key=lambda flag: -abs(flag.surprise))


def group_flags(answers: Sequence[StepAnswer], groups: Mapping[int, str]) -> list[GroupFlag]:
    """Items that behave otherwise for a group (device, voice, age) than for other people who know as much."""
    flags = []
    for (item_id, step), rows in _by_step(answers).items():
        gaps = np.array([row.success - row.expected for row in rows])
        spread = np.array([row.expected * (1 - row.expected) for row in rows])
        names = np.array([groups.get(row.person, "") for row in rows])
        for group in sorted(set(names.tolist()) - {""}):
            inside = names == group
            if min(inside.sum(), (~inside).sum()) < LEAST_ANSWERS:
                continue
            gap = float(gaps[inside].mean() - gaps[~inside].mean())
            variance = spread[inside].mean() / inside.sum() + spread[~inside].mean() / (~inside).sum()
            surprise = gap / float(np.sqrt(max(variance, 1e-9)))
            if abs(surprise) >= SURPRISING:
                flags.append(GroupFlag(item_id, step, group, int(inside.sum()), gap, surprise))
    return sorted(flags, key=lambda flag: -abs(flag.surprise))


def arc_flags(model: BeliefModel, people: Sequence[Sequence[Likelihood]], most: float = 0.1) -> list[ArcFlag]:
    """Prerequisites that people who master the module lack more often than ``most``, and than the prior
    expects."""
    return arc_flags_over([(model, people)], most)


def arc_flags_over(
    groups: Iterable[tuple[BeliefModel, Sequence[Sequence[Likelihood]]]], most: float = 0.1
) -> list[ArcFlag]:
    """The same of people who were asked on several graphs, each with those that it is the graph of."""
    sums: dict[tuple[str, str], np.ndarray] = {}
    for model, people in groups:
        for arc, found in _lacking(model, people).items():
            sums[arc] = sums.get(arc, np.zeros(3)) + found
    flags = []
    for (prerequisite, module), (mastered, lacking, expected) in sums.items():
        if mastered >= LEAST_MASTERED and lacking > max(most * mastered, 2 * expected):
            shares = float(lacking / mastered), float(expected / mastered)
            flags.append(ArcFlag(prerequisite, module, float(mastered), *shares))
    return sorted(flags, key=lambda flag: -flag.share)


def _lacking(model: BeliefModel, people: Sequence[Sequence[Likelihood]]) -> dict[tuple[str, str], np.ndarray]:
    """By arc (prerequisite, module): how many of these people master the module, how many of them lack the
    prerequisite, and how many were expected to."""
    graph, prior = model.graph, model.posterior().pairs
    both = np.zeros(prior.shape)
    for seen in people:
        both += model.posterior(seen).pairs
    found = {}
    for module in graph.modules:
        j = graph.index[module.id]
        for prerequisite in module.prerequisites:
            p, mastered = graph.index[prerequisite], both[j, j]
            expected = mastered * (1 - prior[p, j] / prior[j, j])
            found[prerequisite, module.id] = np.array([mastered, mastered - both[p, j], expected])
    return found


def _without(
    model: BeliefModel, everything: Belief, told: Sequence[Sequence[Likelihood]], i: int
) -> Mapping[str, float]:
    """P(mastered) of the modules that the ``i``-th answer told something of, from all the other answers.

    What was told of one module alone is taken out of the belief from everything by Bayes' rule: exact, and
    spares a propagation an answer.
    """
    modules = {likelihood.module for likelihood in told[i]}
    module = next(iter(modules), "")
    known = len(modules) == 1 and module in everything
    if known and CERTAIN < everything[module] < 1 - CERTAIN:
        odds = everything[module] / (1 - everything[module])
        odds *= prod(own.not_mastered / own.mastered for own in told[i])
        return {module: odds / (1 + odds)}
    rest = [likelihood for other, own in enumerate(told) if other != i for likelihood in own]
    return model.posterior(rest).as_dict()


def _by_step(answers: Sequence[StepAnswer]) -> dict[tuple[str, int], list[StepAnswer]]:
    found: dict[tuple[str, int], list[StepAnswer]] = {}
    for answer in answers:
        found.setdefault((answer.item_id, answer.step), []).append(answer)
    return dict(sorted(found.items()))


def _surprise(success: np.ndarray, expected: np.ndarray) -> float:
    variance = float((expected * (1 - expected)).sum())
    return float((success - expected).sum() / np.sqrt(max(variance, 1e-9)))


def _discrimination(mastered: np.ndarray, success: np.ndarray) -> float:
    """Mean P(mastered) where it succeeded less where it did not; ``success`` may be chances."""
    hits, misses = float(success.sum()), float((1 - success).sum())
    if min(hits, misses) < 1:
        return 1.0
    return float(mastered @ success) / hits - float(mastered @ (1 - success)) / misses
