"""What the content should have next: where a goal's diagnostic is weakest, and the scene that would help
most.

People are drawn from the prior, the diagnostic is led on their imagined answers, and what doubt is left on
each module at the end is averaged. A scene is worth the mean entropy that it would remove from what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.engine.bank import Item, Step
from app.engine.belief import Belief
from app.engine.diagnostic import Answer, Diagnostic
from app.engine.graph import ModuleGraph
from app.engine.information import channel, entropy, scene_gain
from app.engine.junction_tree import Floats
from app.engine.replay import imagined

STEPS = 4
GUESS, SLIP = 0.03, 0.1
"""What a well-made scene's steps are worth."""


@dataclass(frozen=True, slots=True)
class WeakModule:
    """``error`` is the chance to judge the module wrongly at the end of the diagnostic, ``items`` how many
    the bank has on it."""

    module: str
    error: float
    items: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The weakest modules first, and the modules of the scene that would help most, with the drop of the
    goal's expected errors (in modules) that one such screen would bring at the end of the diagnostic."""

    weakest: tuple[WeakModule, ...]
    scene: tuple[str, ...]
    gain: float


def suggest(diagnostic: Diagnostic, rng: np.random.Generator, people: int = 30) -> Suggestion:
    """Where the goal's diagnostic is weakest, and the scene that would help most."""
    beliefs = [belief_at_end(diagnostic, state, rng) for state in _people(diagnostic, rng, people)]
    graph = diagnostic.model.graph
    wanted = [graph.index[module] for module in diagnostic.goal]
    doubts = np.mean([np.minimum(b.probabilities, 1 - b.probabilities)[wanted] for b in beliefs], axis=0)
    counts = {m: sum(m in item.modules for item in diagnostic.bank.items) for m in diagnostic.goal}
    order = np.argsort(-doubts, kind="stable")
    modules = list(diagnostic.goal)
    weakest = tuple(WeakModule(modules[i], float(doubts[i]), counts[modules[i]]) for i in order)
    scene, gain = _best_scene(diagnostic, beliefs, [weak.module for weak in weakest], rng)
    return Suggestion(weakest, scene, gain)


def belief_at_end(diagnostic: Diagnostic, state: Floats, rng: np.random.Generator) -> Belief:
    """What is believed of someone in this knowledge state (n,) when the diagnostic stops."""
    answers: list[Answer] = []
    while diagnostic.stop(answers) is None:
        choices = diagnostic.next_items(answers)
        if not choices:
            break
        answers.append(imagined(choices[0].item, state, diagnostic.model.graph, rng))
    return diagnostic.belief(answers)


def _people(diagnostic: Diagnostic, rng: np.random.Generator, people: int) -> Floats:
    return diagnostic.model.posterior().samples(rng, people).astype(np.float64)


def _best_scene(
    diagnostic: Diagnostic, beliefs: Sequence[Belief], weakest: Sequence[str], rng: np.random.Generator
) -> tuple[tuple[str, ...], float]:
    graph = diagnostic.model.graph
    wanted = np.array([graph.index[module] for module in diagnostic.goal], dtype=np.intp)
    draws = diagnostic.settings.draws
    states = [belief.samples(rng, draws)[:, :].astype(np.float64) for belief in beliefs]
    best: tuple[tuple[str, ...], float] = ((), 0.0)
    for scene in _candidates(graph, weakest):
        item = Item("scene", tuple(Step(module, GUESS, SLIP) for module in scene))
        table = channel(item)
        gain = 0.0
        for belief, drawn in zip(beliefs, states, strict=True):
            columns = np.concatenate([drawn[:, wanted], drawn], axis=1)
            places = [len(wanted) + graph.index[module] for module in scene]
            marginals = belief.probabilities[wanted]
            weights = np.full(draws, 1 / draws)
            gain += float(scene_gain(table, places, columns, weights, marginals).sum())
        left = sum(float(entropy(b.probabilities[wanted]).sum()) for b in beliefs)
        errors = sum(float(np.minimum(b.probabilities, 1 - b.probabilities)[wanted].sum()) for b in beliefs)
        # Errors fall with entropy, nearly in proportion where both are small.
        worth = errors * gain / max(left, 1e-9) / len(beliefs)
        if worth > best[1] + 1e-12:
            best = (scene, worth)
    return best


def _candidates(graph: ModuleGraph, weakest: Sequence[str]) -> list[tuple[str, ...]]:
    """Scenes of neighbours grown from each of the weakest modules, weak neighbours first."""
    rank = {module: i for i, module in enumerate(weakest)}
    scenes = []
    for seed in weakest[:12]:
        scene = [seed]
        while len(scene) < STEPS:
            near = {n for m in scene for n in (*graph.successors(m), *graph[m].prerequisites)}
            near = {module for module in near - set(scene) if module in rank}
            if not near:
                break
            scene.append(min(near, key=rank.__getitem__))
        scenes.append(graph.in_order(scene))
    return list(dict.fromkeys(scenes))
