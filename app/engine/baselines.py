"""Rivals scored by the exact belief (random and fixed forms), and a Rasch test of one ability."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.engine.bank import Item, ItemBank
from app.engine.belief import BeliefModel
from app.engine.diagnostic import Answer, Diagnostic
from app.engine.evidence import Outcome
from app.engine.junction_tree import Floats
from app.engine.replay import Record, Replay, imagined, listed
from app.engine.selection import Candidates

RASCH_SPREAD = 1.5


class RandomForm:
    """Items in a random order for each person, scored exactly."""

    def __init__(self, diagnostic: Diagnostic, rng: np.random.Generator) -> None:
        self.diagnostic = diagnostic
        self.rng = rng

    def lead(self, record: Record, checkpoints: Sequence[int]) -> Replay:
        items = self.diagnostic.bank.items
        order = [items[i] for i in self.rng.permutation(len(items))]
        return listed(self.diagnostic, order, record, checkpoints)


class FixedForm:
    """The same items for everyone, scored exactly: the strongest rival that adapts to nobody."""

    def __init__(self, diagnostic: Diagnostic, items: Sequence[Item]) -> None:
        self.diagnostic = diagnostic
        self.items = tuple(items)

    def lead(self, record: Record, checkpoints: Sequence[int]) -> Replay:
        return listed(self.diagnostic, self.items, record, checkpoints)


def optimised_form(diagnostic: Diagnostic, length: int, people: int, rng: np.random.Generator) -> list[Item]:
    """The items that, asked of everyone, lower expected entropy most: greedy, on ``people`` drawn from the
    prior."""
    model, bank = diagnostic.model, diagnostic.bank
    everything = np.arange(len(model.graph), dtype=np.intp)
    candidates = Candidates(model.graph, bank, everything, np.ones(len(everything)))
    states = model.posterior().samples(rng, people)
    answers: list[list[Answer]] = [[] for _ in range(people)]
    left = list(range(len(candidates.items)))
    form: list[Item] = []
    while left and len(form) < length:
        totals = np.zeros(len(left))
        for given in answers:
            totals += candidates.ranked(diagnostic.belief(given), left, diagnostic.settings.draws).totals
        best = left.pop(int(np.argmax(totals)))
        item = candidates.items[best]
        form.append(item)
        for person, given in enumerate(answers):
            given.append(imagined(item, states[person], model.graph, rng))
    return form


class RaschCat:
    """One ability, maximum information, a module mastered where P > 0.5 (van der Linden & Glas 2010).

    Module difficulties are those that give the prior's marginals to a normal ability; an item has its
    module's. Scenes are left out: the model has no place for them.
    """

    def __init__(self, model: BeliefModel, bank: ItemBank) -> None:
        self.model = model
        self.bank = bank
        self.items = [item for item in bank.items if not item.is_scene]
        self.abilities = np.linspace(-4.5, 4.5, 61)
        self.prior = np.exp(-0.5 * (self.abilities / RASCH_SPREAD) ** 2)
        self.prior /= self.prior.sum()
        marginals = np.clip(model.posterior().probabilities, 0.02, 0.98)
        # A logistic averaged over a normal is close to a flatter logistic (MacKay 1992).
        flattened = np.sqrt(1 + np.pi * RASCH_SPREAD**2 / 8)
        self.difficulties = -np.log(marginals / (1 - marginals)) * flattened

    def lead(self, record: Record, checkpoints: Sequence[int]) -> Replay:
        replay = Replay()
        posterior = self.prior.copy()
        left = [item for item in self.items if record.taken(item)]
        belief = self._belief(posterior)
        for screens in range(max(checkpoints) + 1):
            belief = self._belief(posterior)
            replay.note(screens, checkpoints, belief, -belief)
            if not left or screens == max(checkpoints):
                break
            ability = float(posterior @ self.abilities)
            item = min(left, key=lambda item: abs(self._difficulty(item) - ability))
            left.remove(item)
            replay.asked.append(item.id)
            right = record.outcomes(item)[0] is Outcome.SUCCESS
            chance = 1 / (1 + np.exp(self._difficulty(item) - self.abilities))
            posterior *= chance if right else 1 - chance
            posterior /= posterior.sum()
        return replay.end(checkpoints, belief, -belief)

    def _difficulty(self, item: Item) -> float:
        return float(self.difficulties[self.model.graph.index[item.modules[0]]])

    def _belief(self, posterior: Floats) -> Floats:
        chances = 1 / (1 + np.exp(self.difficulties[:, None] - self.abilities[None]))
        return np.asarray(chances @ posterior)
