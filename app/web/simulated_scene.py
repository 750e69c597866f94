"""A simulated scene as its element in the page needs it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.content.models import SimulatedScene, SimulatedStep
from app.content.models.gestures import Expected
from app.content.rules.icons import icons_in
from app.content.unbroken import unbroken_runs
from app.web.simulator_defaults import FRAME_ICONS, known
from app.web.templating import drawing


def simulated_scene(item: SimulatedScene, device: str | None = None) -> dict[str, Any]:
    """What ``simulateur.js`` reads: the application as it begins, the steps, and the drawings it needs;
    without what the simulator knows by itself.

    ``device`` is the one that the screen is drawn as; by default the first that the scene names.
    """
    start = item.start.model_dump(by_alias=True, mode="json")
    usual = known(type(item.start))
    names = {name for _, name in icons_in(start)} - usual["icones"].keys() - set(FRAME_ICONS)
    return {
        "titre": item.title,
        "situation": item.situation,
        "fin": item.ending,
        "appareil": device if device in item.devices else item.devices[0],
        "depart": {key: value for key, value in start.items() if usual["depart"].get(key, ...) != value},
        "etapes": [_step(step) for step in item.scene_steps],
        "entiers": _unbroken(item, start.get("papier", ())),
        "icones": {name: drawing(name) for name in sorted(names)},
    }


def _unbroken(item: SimulatedScene, paper: Iterable[str]) -> list[str]:
    """The runs of what is told, and of the paper to copy, that stay on one line; longest first, as one may
    begin like another."""
    typed = {text for step in item.scene_steps for text in step.typed}
    told = [item.situation, item.ending, *paper]
    for step in item.scene_steps:
        told += [step.consigne, step.show, step.feedback_right or "", *step.forbidden.values()]
    runs = {text[start:end] for text in told for start, end in unbroken_runs(text, typed)}
    return sorted(runs, key=lambda run: (-len(run), run))


def _step(step: SimulatedStep) -> dict[str, Any]:
    return {
        "consigne": step.consigne,
        "montrer": step.show,
        "bravo": step.feedback_right,
        "but": [_expected(alternatives) for alternatives in step.goal],
        "chemin": _expected(step.shown_path),
        "interdit": step.forbidden,
        "detours": step.detours,
        "moyens": list(step.means),
    }


def _expected(gestures: Iterable[Expected]) -> list[dict[str, Any]]:
    return [{"g": one.gesture, "textes": one.texts, "tolerance": one.tolerance} for one in gestures]
