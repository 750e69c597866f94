"""Ranking the items of a bank by what they are expected to tell about a goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.engine.bank import Item, ItemBank
from app.engine.belief import Belief
from app.engine.graph import ModuleGraph
from app.engine.information import (
    Doubt,
    best_after,
    best_after_scene,
    channel,
    entropy,
    errors,
    own_information,
    scene_gain,
    step_gains,
)
from app.engine.junction_tree import Floats

SEED = 20250
FANTASIES = 6
"""Imagined sets of answers over which a later item must be good on average."""
WORTH_SAYING = 1e-4
SCENES_WEIGHED = 20
"""Scenes whose exact gain is worked out; the others promise less by their steps alone."""
SELDOM_READY = 0.1
"""Of the chance of the likeliest module: those less likely than that are not what will be proposed next."""
NEXT_STEP_WORTH = 0.1
"""What a right next step is worth for certain, in nats of doubt on each of the goal's modules."""
LEFT_AT_LAST = 0.05
"""What a nat of doubt is worth at the last screen, in modules judged rightly: little, but most answers change
no verdict, and then it decides."""

Integers = NDArray[np.intp]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Choice:
    """A screen to show. ``gain`` is the expected drop of goal-weighted entropy in nats, ``gain_by_module``
    its parts over the goal's modules, before weighting. ``success`` is the chance that all its steps go
    right."""

    item: Item
    gain: float
    gain_by_module: Mapping[str, float] = field(default_factory=dict)
    success: float = 0.0


class Candidates:
    """The items of a bank that the graph knows, laid out for fast ranking; made once a diagnostic."""

    def __init__(self, graph: ModuleGraph, bank: ItemBank, wanted: Integers, weights: Floats) -> None:
        self.graph = graph
        self.wanted = wanted
        self.weights = weights / weights.sum()
        # By id, so that a tie falls the same way whatever the order of the files.
        known = (item for item in bank.items if all(module in graph for module in item.modules))
        self.items: tuple[Item, ...] = tuple(sorted(known, key=lambda item: item.id))
        self.ids = tuple(item.id for item in self.items)
        goal = {graph.ids[i] for i in wanted}
        self.relevant = [
            (i, item.id) for i, item in enumerate(self.items) if not goal.isdisjoint(item.modules)
        ]
        self.families = np.array([item.family for item in self.items])
        self.modules = np.array([graph.index[item.modules[0]] for item in self.items], dtype=np.intp)
        self.guesses = np.array([item.steps[0].guess for item in self.items])
        self.slips = np.array([item.steps[0].slip for item in self.items])
        self.is_scene = np.array([item.is_scene for item in self.items], dtype=bool)
        self.channels = {i: channel(item) for i, item in enumerate(self.items) if item.is_scene}
        steps = [(i, step) for i in self.channels for step in self.items[i].steps]
        self.step_scenes = np.array([i for i, _ in steps], dtype=np.intp)
        self.step_modules = np.array([graph.index[step.module] for _, step in steps], dtype=np.intp)
        self.step_guesses = np.array([step.guess for _, step in steps])
        self.step_slips = np.array([step.slip for _, step in steps])
        self.module_weights = np.zeros(len(graph))
        self.module_weights[wanted] = self.weights
        # States are drawn with the goal's modules first, then the others.
        others = [i for i in range(len(graph)) if i not in set(wanted.tolist())]
        self.order = np.concatenate([wanted, np.array(others, dtype=np.intp)])
        position = np.argsort(self.order)
        self.columns = [[int(position[graph.index[m]]) for m in item.modules] for item in self.items]

    def ranked(
        self, belief: Belief, open_items: Sequence[int], draws: int, per_module: int | None = None
    ) -> Ranking:
        """What each open item (positions in ``items``) is expected to tell, given the belief.

        With ``per_module``, only that many questions a module are weighed: those that tell most of it, and so
        of all the rest.
        """
        positions = np.array(open_items, dtype=np.intp)
        if per_module is not None:
            positions = self._shortlist(positions, belief.probabilities, per_module)
        return Ranking(self, belief, positions, draws)

    def _shortlist(self, positions: Integers, marginals: Floats, per_module: int) -> Integers:
        single = positions[~self.is_scene[positions]]
        modules = self.modules[single]
        telling = own_information(marginals[modules], self.guesses[single], self.slips[single])
        order = np.lexsort((-telling, modules))
        starts = np.searchsorted(modules[order], modules[order])
        kept = single[order[np.arange(len(order)) - starts < per_module]]
        return np.sort(np.concatenate([kept, self._telling_scenes(positions, marginals)]))

    def _telling_scenes(self, positions: Integers, marginals: Floats) -> Integers:
        """The open scenes whose steps, each by itself, tell most of the goal's modules."""
        scenes: Integers = positions[self.is_scene[positions]]
        if len(scenes) <= SCENES_WEIGHED:
            return scenes
        worth = np.zeros(len(self.items))
        told = own_information(marginals[self.step_modules], self.step_guesses, self.step_slips)
        np.add.at(worth, self.step_scenes, told * self.module_weights[self.step_modules])
        best = np.argsort(-worth[scenes], kind="stable")[:SCENES_WEIGHED]
        return np.asarray(scenes[best])


class Ranking:
    """The expected gains of open items at one moment."""

    def __init__(self, candidates: Candidates, belief: Belief, open_items: Integers, draws: int) -> None:
        self.candidates = candidates
        self.belief = belief
        self.open = open_items
        self.draws = draws
        self.gains = self._gains_now()
        self.totals: Floats = self.gains @ candidates.weights

    @cached_property
    def states(self) -> Floats:
        """Knowledge states drawn from the posterior, the goal's modules first, (draws, n)."""
        return self._drawn[:, self.candidates.order].astype(np.float64)

    @cached_property
    def _drawn(self) -> Bools:
        """Knowledge states drawn from the posterior, (draws, n)."""
        return self.belief.samples(np.random.default_rng(SEED), self.draws)

    def choose(
        self, *, last_family: str, variety: float, easy: float, next_step: bool = False, last: bool = False
    ) -> int:
        """Row of the best open item. ``easy`` is the least chance of success wanted, 0 for any; with
        ``next_step`` what it tells of the module to propose next counts too; nothing is asked after the
        ``last``, so that what counts there is what will be judged rightly."""
        totals = self.totals
        if last:
            totals = self._gains_now(errors) @ self.candidates.weights + LEFT_AT_LAST * totals
        if next_step:
            totals = totals + NEXT_STEP_WORTH * self._next_step_gains()
        if easy:
            success = self.success
            gentle = success >= min(easy, float(success.max()))
            totals = np.where(gentle, totals, -1.0)
        return self._varied(totals, last_family, variety)

    def _next_step_gains(self) -> Floats:
        """How much likelier each open item is expected to make it that the module likeliest to be ready (not
        mastered, all before it mastered) is so."""
        candidates = self.candidates
        ready = self._ready(self._drawn)
        values = np.empty(len(self.open))
        scenes = candidates.is_scene[self.open]
        single = self.open[~scenes]
        values[~scenes] = best_after(
            candidates.modules[single],
            candidates.guesses[single],
            candidates.slips[single],
            self._drawn.astype(np.float64),
            ready,
        )
        ordered = self._drawn[:, candidates.order]
        for row in np.flatnonzero(scenes):
            position = self._item(int(row))
            values[row] = best_after_scene(
                candidates.channels[position], ordered[:, candidates.columns[position]], ready
            )
        return np.asarray(np.maximum(values - ready.mean(axis=0).max(), 0.0))

    def _ready(self, states: Bools) -> Floats:
        """Which of the goal's modules are ready in each state: 1.0 or 0.0, (draws, those likely to be)."""
        graph = self.candidates.graph
        ready = np.stack(
            [
                ~states[:, j]
                & states[:, [graph.index[p] for p in graph.modules[j].prerequisites]].all(axis=1)
                for j in self.candidates.wanted
            ],
            axis=1,
        )
        chances = ready.mean(axis=0)
        return ready[:, chances >= SELDOM_READY * chances.max()].astype(np.float64)

    def choose_after(self, chosen: Sequence[int], variety: float) -> int:
        """Row of the item that is best on average over imagined answers to the ``chosen`` rows."""
        rng = np.random.default_rng(SEED + len(chosen))
        weights = self._fantasies([self._item(row) for row in chosen], rng)
        totals = np.mean([self._gains_given(w) @ self.candidates.weights for w in weights], axis=0)
        totals[list(chosen)] = -1.0
        return self._varied(totals, str(self.candidates.families[self._item(chosen[-1])]), variety)

    def choice(self, row: int) -> Choice:
        """The open item of this row, with what it is worth."""
        candidates = self.candidates
        ids = candidates.graph.ids
        parts = {
            ids[module]: float(gain)
            for module, gain in zip(candidates.wanted, self.gains[row], strict=True)
            if gain >= WORTH_SAYING
        }
        ordered = dict(sorted(parts.items(), key=lambda part: -part[1]))
        item = candidates.items[self._item(row)]
        return Choice(item, float(self.totals[row]), ordered, float(self.success[row]))

    def _item(self, row: int) -> int:
        return int(self.open[row])

    def _varied(self, totals: Floats, last_family: str, variety: float) -> int:
        best = int(np.argmax(totals))
        families = self.candidates.families[self.open]
        if last_family and families[best] == last_family:
            other = np.where(families == last_family, -1.0, totals)
            second = int(np.argmax(other))
            if other[second] >= variety * totals[best]:
                return second
        return best

    @cached_property
    def success(self) -> Floats:
        """P(all steps go right) of each open item, by the marginals alone."""
        candidates, marginals = self.candidates, self.belief.probabilities
        chance = marginals[candidates.modules[self.open]]
        guesses, slips = candidates.guesses[self.open], candidates.slips[self.open]
        result: Floats = chance * (1 - slips) + (1 - chance) * guesses
        for row in np.flatnonzero(candidates.is_scene[self.open]):
            for step in candidates.items[self._item(int(row))].steps[1:]:
                chance = marginals[candidates.graph.index[step.module]]
                result[row] *= chance * (1 - step.slip) + (1 - chance) * step.guess
        return result

    def _gains_now(self, doubt: Doubt = entropy) -> Floats:
        uniform = np.full(self.draws, 1 / self.draws)
        return self._gains(self.belief.pairs, uniform, doubt)

    def _gains_given(self, weights: Floats) -> Floats:
        states = self.states
        pairs = (states * weights[:, None]).T @ states
        position = np.argsort(self.candidates.order)
        return self._gains(pairs[np.ix_(position, position)], weights)

    def _gains(self, pairs: Floats, weights: Floats, doubt: Doubt = entropy) -> Floats:
        candidates = self.candidates
        gains = np.empty((len(self.open), len(candidates.wanted)))
        scenes = candidates.is_scene[self.open]
        single = self.open[~scenes]
        gains[~scenes] = step_gains(
            candidates.modules[single],
            candidates.guesses[single],
            candidates.slips[single],
            pairs,
            candidates.wanted,
            doubt,
        )
        marginals = np.diagonal(pairs)[candidates.wanted]
        for row in np.flatnonzero(scenes):
            position = self._item(int(row))
            gains[row] = scene_gain(
                candidates.channels[position],
                candidates.columns[position],
                self.states,
                weights,
                marginals,
                doubt,
            )
        return gains

    def _fantasies(self, positions: Sequence[int], rng: np.random.Generator) -> Floats:
        """Weights of the drawn states after imagined answers to these items, (fantasies, draws)."""
        states = self.states
        people = states[(np.arange(FANTASIES) * len(states)) // FANTASIES]
        weights = np.ones((FANTASIES, len(states)))
        for position in positions:
            item = self.candidates.items[position]
            for step, column in zip(item.steps, self.candidates.columns[position], strict=True):
                truth = np.where(people[:, column] > 0, 1 - step.slip, step.guess)
                right = rng.random(FANTASIES) < truth
                success = np.where(states[:, column] > 0, 1 - step.slip, step.guess)
                weights *= np.where(right[:, None], success, 1 - success)
        weights += 1e-9
        return np.asarray(weights / weights.sum(axis=1, keepdims=True))
