"""A diagnostic by halving a topic graph, written from the description of Oppia's in docs/moteur.md.

Asks the topic whose undecided ancestors and successors are most balanced; a pass removes the ancestors, a
failure the successors; one wrong answer a topic is forgiven by a spare question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from app.engine.bank import Item, ItemBank
from app.engine.evidence import Outcome
from app.engine.graph import ModuleGraph
from app.engine.junction_tree import Floats
from app.engine.replay import Record, Replay

SURE = 0.9


class OppiaRule:
    """Asks and infers by the rule; undecided modules are judged as in the prior."""

    def __init__(self, graph: ModuleGraph, bank: ItemBank, prior: Floats) -> None:
        self.graph = graph
        self.prior = prior
        self.ancestors = {m: graph.ancestors(m) for m in graph.ids}
        self.descendants = {m: graph.descendants(m) for m in graph.ids}
        self.items: dict[str, list[Item]] = {module: [] for module in graph.ids}
        for item in bank.items:
            if not item.is_scene:
                self.items[item.modules[0]].append(item)

    def lead(self, record: Record, checkpoints: Sequence[int]) -> Replay:
        replay, verdicts = Replay(), dict[str, bool]()
        self._note(replay, verdicts, checkpoints)
        while len(replay.asked) < max(checkpoints):
            module = self._next(verdicts, record)
            if module is None:
                break
            passed = False
            for item in [i for i in self.items[module] if record.taken(i)][:2]:
                replay.asked.append(item.id)
                passed = record.outcomes(item)[0] is Outcome.SUCCESS
                if passed or len(replay.asked) >= max(checkpoints):
                    break
                self._note(replay, verdicts, checkpoints)
            verdicts[module] = passed
            for inferred in self.ancestors[module] if passed else self.descendants[module]:
                verdicts.setdefault(inferred, passed)
            self._note(replay, verdicts, checkpoints)
        belief = self._belief(verdicts)
        return replay.end(checkpoints, belief, -belief)

    def _note(self, replay: Replay, verdicts: Mapping[str, bool], checkpoints: Sequence[int]) -> None:
        belief = self._belief(verdicts)
        replay.note(len(replay.asked), checkpoints, belief, -belief)

    def _next(self, verdicts: Mapping[str, bool], record: Record) -> str | None:
        left = [
            m for m in self.graph.ids if m not in verdicts and any(record.taken(i) for i in self.items[m])
        ]

        def balance(module: str) -> int:
            return min(
                len(self.ancestors[module] - verdicts.keys()), len(self.descendants[module] - verdicts.keys())
            )

        return max(left, key=balance, default=None)

    def _belief(self, verdicts: Mapping[str, bool]) -> Floats:
        guessed = dict(zip(self.graph.ids, self.prior.tolist(), strict=True))
        guessed.update({module: SURE if verdict else 1 - SURE for module, verdict in verdicts.items()})
        return np.array([guessed[m] for m in self.graph.ids])
