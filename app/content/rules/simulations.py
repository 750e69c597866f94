"""What a simulated scene waits for can be done in its simulator."""

from __future__ import annotations

from collections.abc import Iterator

from app.content.document import Place
from app.content.messages import nearest
from app.content.models import SimulatedStep
from app.content.models.gestures import RESULT
from app.content.problem import Problem
from app.content.sources import Sources

RULE = "gestes"


def check(sources: Sources) -> Iterator[Problem]:
    """Gestures that do not exist there, and writing without what to write."""
    for source in sources.simulations:
        possible = sorted(source.model.start.gestures())
        for n, step in enumerate(source.model.scene_steps):
            for place, gesture, texts in _named(step):
                loc = ("etapes", n, *place)
                if gesture not in possible:
                    message = f"geste inconnu « {gesture} » : {nearest(gesture, possible)}"
                    yield source.problem(loc, message, RULE)
                elif place[0] == "chemin" and gesture.startswith(RESULT + ":"):
                    yield source.problem(
                        loc, f"« {gesture} » arrive de lui-même : dites le geste qui y mène", RULE
                    )
                elif place[0] == "but" and gesture.startswith(RESULT + ":") and not step.path:
                    yield source.problem(
                        ("etapes", n, "but"), "ajoutez « chemin: » : les gestes qui y mènent", RULE
                    )
                elif place[0] != "interdit" and gesture.startswith("ecrire:") and not texts:
                    yield source.problem(loc, "ajoutez « texte: » : ce qui doit être écrit", RULE)


def _named(step: SimulatedStep) -> Iterator[tuple[Place, str, tuple[str, ...]]]:
    for k, alternatives in enumerate(step.goal):
        for expected in alternatives:
            yield ("but", k), expected.gesture, expected.texts
    for k, expected in enumerate(step.path):
        yield ("chemin", k), expected.gesture, expected.texts
    for gesture in step.forbidden:
        yield ("interdit", gesture), gesture, ()
