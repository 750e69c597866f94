"""The adaptive diagnostic: which screen next, when to stop, and what each answer changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from app.engine.bank import Item, ItemBank
from app.engine.belief import Belief, BeliefModel
from app.engine.evidence import Likelihood, Outcome
from app.engine.graph import ModuleGraph
from app.engine.junction_tree import Floats
from app.engine.selection import Candidates, Choice

__all__ = ["Answer", "Choice", "Diagnostic", "Settings", "StopReason", "answer_likelihoods"]

NO_EVIDENCE = frozenset({Outcome.NOT_SEEN, Outcome.NOT_UNDERSTOOD})
FLOOR = 0.01
"""No screen is free of luck and slips, whatever its author says."""
NOTICEABLE = 0.005
NEXT_STEP_TIMES = 2
"""So many more states are drawn where the module to propose next counts."""
LIKELY = 0.99
"""Share of the belief about ability on which screens are compared."""
PER_MODULE = 3
"""Questions of one module weighed against the rest at each choice."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one screen: an outcome a step, in the order of ``Item.steps``."""

    item_id: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a diagnostic is led.

    ``budget`` is the most screens asked; ``sure`` the expected share of the goal's modules judged rightly
    that ends it, after ``least`` screens; ``struggle`` the screens in a row without any success after which
    it ends gently. The first screen is one that ``easy`` of people would succeed at, where there is one. A
    screen of the family just seen is passed over for one worth at least ``variety`` of its gain. Items that a
    share ``exposure_cap`` of people have lately seen rest while others are left. The last ``next_step``
    screens of the budget are also for what to propose next, besides the goal as a whole; the very last is for
    judging rightly, since nothing comes after it.
    """

    budget: int = 15
    sure: float = 0.93
    least: int = 4
    struggle: int = 5
    easy: float = 0.65
    variety: float = 0.97
    exposure_cap: float = 0.5
    next_step: int = 5
    draws: int = 512


class StopReason(StrEnum):
    """Why no further screen is shown."""

    SURE = "assez_sur"
    BUDGET = "budget"
    GENTLE = "en_douceur"
    EXHAUSTED = "plus_de_question"


def answer_likelihoods(item: Item, outcomes: Sequence[Outcome]) -> list[Likelihood]:
    """The evidence in a screen's outcomes; outcomes beyond its steps, or missing, are no evidence.

    Success and failure weigh by guess and slip. "Je ne sais pas" is a failure that nobody reaches by luck, so
    its guess is 0. A step that was shown is a failure with help. Not seen, not understood: nothing.
    """
    result = []
    for step, outcome in zip(item.steps, outcomes, strict=False):
        guess, slip = max(step.guess, FLOOR), max(step.slip, FLOOR)
        if outcome in NO_EVIDENCE:
            continue
        if outcome is Outcome.SUCCESS:
            result.append(Likelihood(step.module, 1 - slip, guess))
        elif outcome is Outcome.DONT_KNOW:
            result.append(Likelihood(step.module, slip, 1.0))
        else:
            result.append(Likelihood(step.module, slip, 1 - guess))
    return result


class Diagnostic:
    """A diagnostic for one goal; it keeps nothing between calls, so any process can resume any person.

    ``goal`` gives a weight to module ids; those unknown to the graph are left out, and a goal with nothing
    left is every module alike.
    """

    def __init__(
        self,
        model: BeliefModel,
        bank: ItemBank,
        goal: Mapping[str, float],
        settings: Settings | None = None,
    ) -> None:
        self.model = model
        self.settings = settings or Settings()
        self.bank = bank
        known = {module: weight for module, weight in goal.items() if module in model.graph and weight > 0}
        self.goal: dict[str, float] = known or dict.fromkeys(model.graph.ids, 1.0)
        self._wanted = np.array([model.graph.index[module] for module in self.goal], dtype=np.intp)
        self._weights = np.array(list(self.goal.values()))
        self._narrow = self._narrow_model()
        self._candidates = self._candidates_on(self._narrow)

    def with_budget(self, budget: int) -> Diagnostic:
        """The same diagnostic with another most screens."""
        other = copy(self)
        other.settings = replace(self.settings, budget=budget)
        return other

    def belief(self, answers: Sequence[Answer], *, earlier: Sequence[Likelihood] = ()) -> Belief:
        """What these answers and ``earlier`` evidence imply. Answers to items not in the bank are left
        out."""
        return self.model.posterior([*earlier, *self.likelihoods(answers)])

    def next_items(
        self,
        answers: Sequence[Answer],
        n: int = 1,
        *,
        earlier: Sequence[Likelihood] = (),
        on_screen: str | None = None,
        exclude: Collection[str] = (),
        exposure: Mapping[str, float] = MappingProxyType({}),
    ) -> list[Choice]:
        """The ``n`` best screens to show now, best first; fewer when the bank runs out.

        ``on_screen`` is an item shown already and not answered yet: these come after it.
        ``exposure`` is the share of people who have lately seen each item. The second and later screens are
        chosen to be good whatever is answered to those before them. The same arguments always give the same
        screens.
        """
        waiting = [on_screen] if on_screen and on_screen not in {a.item_id for a in answers} else []
        open_items = self._open(answers, {*exclude, *waiting}, exposure)
        if n < 1 or not open_items:
            return []
        seen = [*earlier, *self.likelihoods(answers)]
        narrow = all(likelihood.module in self._narrow.graph for likelihood in seen)
        belief = (self._narrow if narrow else self.model).coarse.posterior(seen).likeliest(LIKELY)
        left = self.settings.budget - len(_shown(answers)) - len(waiting)
        next_step = 0 < left <= self.settings.next_step
        draws = self.settings.draws * (NEXT_STEP_TIMES if next_step else 1)
        ranking = (self._candidates if narrow else self._wide_candidates).ranked(
            belief, open_items, draws, max(PER_MODULE, n)
        )
        first = ranking.choose(
            last_family=self._family([*(answer.item_id for answer in answers), *waiting]),
            variety=self.settings.variety,
            easy=self.settings.easy if not answers and not earlier and not waiting else 0.0,
            next_step=next_step,
            last=left == 1,
        )
        chosen = [first]
        while len(chosen) < min(n, len(ranking.open)):
            chosen.append(ranking.choose_after(chosen, self.settings.variety))
        return [ranking.choice(position) for position in chosen]

    def stop(self, answers: Sequence[Answer], *, earlier: Sequence[Likelihood] = ()) -> StopReason | None:
        """Why to stop now, or ``None`` to go on."""
        settings = self.settings
        shown = _shown(answers)
        if len(shown) >= settings.budget:
            return StopReason.BUDGET
        if not self._open(answers):
            return StopReason.EXHAUSTED
        if len(shown) < settings.least and not earlier:
            return None
        if self.expected_accuracy(self.belief(answers, earlier=earlier)) >= settings.sure:
            return StopReason.SURE
        judged = [answer for answer in shown if not NO_EVIDENCE.issuperset(answer.outcomes)]
        latest = judged[-settings.struggle :]
        if len(latest) == settings.struggle and not any(Outcome.SUCCESS in a.outcomes for a in latest):
            return StopReason.GENTLE
        return None

    def effects(
        self, answers: Sequence[Answer], *, earlier: Sequence[Likelihood] = ()
    ) -> list[dict[str, tuple[float, float]]]:
        """For each answer, the modules whose probability it moved, as (before, after), largest move first."""
        beliefs = [self.belief(answers[:i], earlier=earlier) for i in range(len(answers) + 1)]
        return [_moves(before, after) for before, after in pairwise(beliefs)]

    def expected_accuracy(self, belief: Belief) -> float:
        """Goal-weighted share of modules expected to be judged rightly."""
        probabilities = belief.probabilities[self._wanted]
        errors = np.minimum(probabilities, 1 - probabilities)
        return float(1 - errors @ self._weights / self._weights.sum())

    def likelihoods(self, answers: Sequence[Answer]) -> list[Likelihood]:
        """The evidence in these answers; those to items not in the bank are left out."""
        return [
            likelihood
            for answer in answers
            if answer.item_id in self.bank
            for likelihood in answer_likelihoods(self.bank[answer.item_id], answer.outcomes)
        ]

    def _open(
        self,
        answers: Sequence[Answer],
        exclude: Collection[str] = (),
        exposure: Mapping[str, float] = MappingProxyType({}),
    ) -> list[int]:
        """Positions of the items that may be asked: on the goal, not too exposed, where such are left."""
        gone = {answer.item_id for answer in answers} | set(exclude)
        left = [i for i, item in self._candidates.relevant if item not in gone]
        if not exposure:
            return left
        ids = self._candidates.ids
        rested = [i for i in left if exposure.get(ids[i], 0.0) < self.settings.exposure_cap]
        return rested or left

    def _narrow_model(self) -> BeliefModel:
        """The model of what the goal's items touch, and all that comes before.

        What is left out comes after everything asked, so that without evidence on it nothing changes:
        choosing is as exact as on the whole graph, and faster.
        """
        graph = self.model.graph
        touched = {
            module
            for item in self.bank.items
            if not self.goal.keys().isdisjoint(item.modules)
            for module in item.modules
        }
        kept = graph.closure([*self.goal, *touched])
        if len(kept) == len(graph):
            return self.model
        return BeliefModel(ModuleGraph(graph[module] for module in kept), self.model.prior)

    def _candidates_on(self, model: BeliefModel) -> Candidates:
        wanted = np.array([model.graph.index[module] for module in self.goal], dtype=np.intp)
        bank = self.bank.restricted_to(self._narrow.graph.ids)
        return Candidates(model.graph, bank, wanted, self._weights)

    @cached_property
    def _wide_candidates(self) -> Candidates:
        """For someone with evidence beyond what the goal needs: all of it counts."""
        return self._candidates_on(self.model)

    def _family(self, item_ids: Sequence[str]) -> str:
        """Of the last of these items, where the bank has it."""
        last = item_ids[-1] if item_ids else ""
        return self.bank[last].family if last in self.bank else ""


def _shown(answers: Sequence[Answer]) -> list[Answer]:
    """Those to screens that the person saw."""
    return [answer for answer in answers if set(answer.outcomes) != {Outcome.NOT_SEEN}]


def _moves(before: Belief, after: Belief) -> dict[str, tuple[float, float]]:
    first: Floats = before.probabilities
    change = np.abs(after.probabilities - first)
    order = [int(i) for i in np.argsort(-change, kind="stable") if change[i] >= NOTICEABLE]
    return {before.graph.ids[i]: (float(first[i]), float(after.probabilities[i])) for i in order}
