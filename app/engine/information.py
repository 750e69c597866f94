"""What an item is expected to tell: the drop of each module's doubt, before the answer is known.

For one step the sum over both answers is exact and needs only pairs of modules. For a scene, whose steps
answer 2^s ways, knowledge states drawn from the exact posterior stand for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.engine.bank import Item
from app.engine.junction_tree import Floats

Doubt = Callable[[Floats], Floats]
"""How much is not known of yes-or-no variables, for each probability of yes; concave."""

TINY = 1e-12
SMOOTHING = 1.0
"""Imaginary draws that each joint state of a scene's modules starts with, at the marginals: a state drawn
once would otherwise look certain."""


def entropy(probabilities: Floats) -> Floats:
    """Entropy of a yes-or-no variable, in nats, for each probability of yes."""
    p = np.clip(probabilities, TINY, 1 - TINY)
    return np.asarray(-(p * np.log(p) + (1 - p) * np.log1p(-p)))


def errors(probabilities: Floats) -> Floats:
    """P(judged wrongly) of a yes-or-no variable judged by the likelier of both, for each probability of
    yes."""
    return np.asarray(np.minimum(probabilities, 1 - probabilities))


def step_gains(
    modules: NDArray[np.intp],
    guesses: Floats,
    slips: Floats,
    pairs: Floats,
    wanted: NDArray[np.intp],
    doubt: Doubt = entropy,
) -> Floats:
    """Expected drop of each wanted module's doubt for one-step items, (items, wanted).

    ``modules`` (items,) are rows of ``pairs`` (n, n), the probabilities that both are mastered.
    """
    marginals = np.diagonal(pairs)
    chance = marginals[modules][:, None]
    both, target = pairs[np.ix_(modules, wanted)], marginals[wanted][None, :]
    guess, hit = guesses[:, None], 1 - slips[:, None]
    success = np.clip(chance * hit + (1 - chance) * guess, TINY, 1 - TINY)
    after_success = (both * hit + (target - both) * guess) / success
    after_failure = (target - after_success * success) / (1 - success)
    left = success * doubt(after_success) + (1 - success) * doubt(after_failure)
    return np.asarray(np.maximum(doubt(target) - left, 0.0))


def own_information(chance: Floats, guesses: Floats, slips: Floats) -> Floats:
    """What a one-step item tells of its own module, in nats: mutual information of mastery and answer."""
    success = chance * (1 - slips) + (1 - chance) * guesses
    noise = chance * entropy(slips) + (1 - chance) * entropy(guesses)
    return np.asarray(entropy(success) - noise)


def channel(item: Item) -> Floats:
    """P(answers | mastery of the steps' modules), (2^s states, 2^s answers); the last step is fastest."""
    result = np.ones((1, 1))
    for step in item.steps:
        result = np.kron(result, np.array([[1 - step.guess, step.guess], [step.slip, 1 - step.slip]]))
    return result


def scene_gain(
    item_channel: Floats,
    modules: Sequence[int],
    states: Floats,
    weights: Floats,
    marginals: Floats,
    doubt: Doubt = entropy,
) -> Floats:
    """Expected drop of each wanted module's doubt for a scene, (wanted,).

    ``states`` (draws, n) are knowledge states of weight ``weights`` (draws,), summing to 1. ``marginals``
    (wanted,) are those of the first columns of ``states``, which the caller has put in that order.
    """
    count = len(item_channel)
    code = states[:, list(modules)].astype(np.intp) @ (1 << np.arange(len(modules) - 1, -1, -1))
    held = np.zeros((count, len(states)))
    held[code, np.arange(len(states))] = weights
    mass = held.sum(axis=1)
    pseudo = SMOOTHING / len(states)
    mastered = held @ states[:, : len(marginals)]
    # Keep the state's mass, shrink what it says of each module.
    mastered = (mastered + pseudo * marginals) * (mass / (mass + pseudo))[:, None]
    answers = item_channel.T @ mass
    after = (item_channel.T @ mastered) / np.maximum(answers, TINY)[:, None]
    before = item_channel.T.sum(axis=0) @ mastered
    return np.asarray(np.maximum(doubt(before) - answers @ doubt(after), 0.0))


def best_after(
    modules: NDArray[np.intp], guesses: Floats, slips: Floats, states: Floats, told: Floats
) -> Floats:
    """Expected value of the best of several chances once the answer to a one-step item is known, for each
    item, (items,).

    ``states`` (draws, n) are knowledge states, of which ``modules`` (items,) are columns, and ``told``
    (draws, chances) what is so in each.
    """
    mastered = (states.T @ told / len(told))[modules]
    missing = told.mean(axis=0) - mastered
    right = (1 - slips)[:, None] * mastered + guesses[:, None] * missing
    wrong = mastered + missing - right
    return np.asarray(right.max(axis=1) + wrong.max(axis=1))


def best_after_scene(item_channel: Floats, mastered: NDArray[np.bool_], told: Floats) -> float:
    """The same for a scene, of whose steps ``mastered`` (draws, steps) says which each state masters."""
    steps = mastered.shape[1]
    code = mastered @ (1 << np.arange(steps - 1, -1, -1))
    order = np.argsort(code, kind="stable")
    met, starts = np.unique(code[order], return_index=True)
    held = np.add.reduceat(told[order], starts, axis=0) / len(told)
    return float((item_channel[met].T @ held).max(axis=1).sum())
