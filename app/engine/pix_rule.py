"""A rule for choosing skills in tubes, written from the description of Pix's public source in docs/moteur.md.

Skills of a domain are cut into *tubes*, chains from easy to hard, each skill at a level from 1 to 7. A right
answer acquires all that is easier in the tube, a wrong one loses all that is harder; nothing is asked twice.
The *graph* variant infers over all ancestors and descendants instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from app.engine.bank import Item, ItemBank
from app.engine.belief import BeliefModel
from app.engine.evidence import Outcome
from app.engine.graph import ModuleGraph
from app.engine.junction_tree import Floats
from app.engine.replay import Record, Replay

LEVELS = [level / 2 for level in range(1, 16)]
EASY_TUBE = 3
FIRST_DIFFICULTY = 2
REACH = 2
SURE = 0.9
"""How a verdict without probability is scored where a probability is asked for."""


@dataclass(frozen=True, slots=True)
class Tubes:
    """``level`` of each module (1 to 7), and for each the modules ``easier`` and ``harder`` by inference."""

    level: Mapping[str, float]
    tube: Mapping[str, int]
    easier: Mapping[str, frozenset[str]]
    harder: Mapping[str, frozenset[str]]


def tubes_of(model: BeliefModel, *, whole_graph: bool = False) -> Tubes:
    """Tubes of a module graph: chains of one domain; levels by rank of the prior's marginals."""
    graph = model.graph
    marginals = model.posterior().as_dict()
    ranked = sorted(graph.ids, key=lambda module: -marginals[module])
    level = {module: float(1 + (7 * i) // len(ranked)) for i, module in enumerate(ranked)}
    chains: list[list[str]] = []
    for module in graph.modules:
        tails = [c for c in chains if c[-1] in module.prerequisites and graph[c[-1]].domain == module.domain]
        if tails:
            tails[0].append(module.id)
        else:
            chains.append([module.id])
    tube = {module: i for i, chain in enumerate(chains) for module in chain}
    if whole_graph:
        easier = {module: graph.ancestors(module) for module in graph.ids}
        harder = {module: graph.descendants(module) for module in graph.ids}
    else:
        easier = {m: frozenset(chain[:i]) for chain in chains for i, m in enumerate(chain)}
        harder = {m: frozenset(chain[i + 1 :]) for chain in chains for i, m in enumerate(chain)}
    return Tubes(level, tube, easier, harder)


def predicted_level(answers: Sequence[tuple[float, bool]]) -> float:
    """The first level that makes the summed residual of the answers, with two anchors, smallest."""
    anchored = [*answers, (0.0, True), (7.0, False)]

    def residual(level: float) -> float:
        return abs(sum(right - 1 / (1 + exp(difficulty - level)) for difficulty, right in anchored))

    return min(LEVELS, key=lambda level: round(residual(level), 12))


class PixRule:
    """Asks, infers and stops by the rule; undecided modules are judged by the predicted level."""

    def __init__(self, graph: ModuleGraph, bank: ItemBank, tubes: Tubes, rng: np.random.Generator) -> None:
        self.graph = graph
        self.tubes = tubes
        self.rng = rng
        self.items: dict[str, list[Item]] = {module: [] for module in graph.ids}
        for item in bank.items:
            if not item.is_scene:
                self.items[item.modules[0]].append(item)
        tops: dict[int, float] = {}
        for module, tube in tubes.tube.items():
            tops[tube] = max(tops.get(tube, 0.0), tubes.level[module])
        self.in_easy_tube = {module: tops[tube] <= EASY_TUBE for module, tube in tubes.tube.items()}

    def lead(self, record: Record, checkpoints: Sequence[int]) -> Replay:
        replay, verdicts, answers = Replay(), dict[str, bool](), list[tuple[float, bool]]()
        while True:
            belief = self._belief(verdicts, answers)
            replay.note(len(replay.asked), checkpoints, belief, self._readiness(belief))
            item = self._next(verdicts, answers, record) if len(replay.asked) < max(checkpoints) else None
            if item is None:
                return replay.end(checkpoints, belief, self._readiness(belief))
            module = item.modules[0]
            right = record.outcomes(item)[0] is Outcome.SUCCESS
            replay.asked.append(item.id)
            answers.append((self.tubes.level[module], right))
            verdicts[module] = right
            for inferred in self.tubes.easier[module] if right else self.tubes.harder[module]:
                verdicts[inferred] = right

    def _next(
        self, verdicts: Mapping[str, bool], answers: Sequence[tuple[float, bool]], record: Record
    ) -> Item | None:
        open_items = {
            m: [item for item in self.items[m] if record.taken(item)]
            for m in self.graph.ids
            if m not in verdicts
        }
        candidates = [m for m, items in open_items.items() if items]
        candidates = [m for m in candidates if self.in_easy_tube[m]] or candidates
        if not candidates:
            return None
        level, at = self.tubes.level, predicted_level(answers)
        if not answers:
            wanted = FIRST_DIFFICULTY if any(level[m] == FIRST_DIFFICULTY for m in candidates) else None
            lowest = min(level[m] for m in candidates) if wanted is None else wanted
            best = [m for m in candidates if level[m] == lowest]
        else:
            near = [m for m in candidates if level[m] - at <= REACH]
            if not near:
                return None
            worth = {m: self._worth(m, at, verdicts) for m in near}
            best = [m for m in near if worth[m] == max(worth.values())]
        return open_items[best[int(self.rng.integers(len(best)))]][0]

    def _worth(self, module: str, level: float, verdicts: Mapping[str, bool]) -> float:
        chance = 1 / (1 + exp(self.tubes.level[module] - level))
        below = 1 + len([m for m in self.tubes.easier[module] if m not in verdicts])
        above = 1 + len([m for m in self.tubes.harder[module] if m not in verdicts])
        return chance * below + (1 - chance) * above

    def _belief(self, verdicts: Mapping[str, bool], answers: Sequence[tuple[float, bool]]) -> Floats:
        level = predicted_level(answers)
        guessed = {m: 1 / (1 + exp(self.tubes.level[m] - level)) for m in self.graph.ids}
        for module, verdict in verdicts.items():
            guessed[module] = SURE if verdict else 1 - SURE
        return np.array([guessed[m] for m in self.graph.ids])

    def _readiness(self, belief: Floats) -> Floats:
        before = [[self.graph.index[p] for p in m.prerequisites] for m in self.graph.modules]
        least = np.array([belief[rows].min(initial=1.0) for rows in before])
        return np.asarray(least - belief)
