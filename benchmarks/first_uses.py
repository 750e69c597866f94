"""What the first use of each simulator costs: as a question, behind another question, in practice.

Each page is opened once from an empty cache; what the pages before it bring is taken away for "on the way".
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, Page

from app.content.models import SimulatedScene
from app.services import training
from app.services.engines import current_engines
from app.store.database import db
from app.store.models import DiagnosticSitting
from app.web.simulated_scene import simulated_scene
from benchmarks.counting import Cost, Counter

GOAL, DEVICE = "premiers-pas-telephone", "telephone"
WAY = ("telephone", "un_peu", "non", "compris", "soleil")
"""What is answered between the goal and the first question."""
SIMULATOR = re.compile(r"/js/simulateurs/(?:donnees/)?(?!simulateur\.js)(\w+)\.js$")
SENDING = "/usager/envoi/"


@dataclass(frozen=True)
class FirstUse:
    """What one simulator costs, with what came before and without."""

    simulator: str
    question: Cost
    """A question in it, the first of a diagnostic, in its longest scene: the page alone."""
    behind: Cost
    """What that page brings behind its question: the next screens, and the simulators that they need."""
    arriving: Cost
    """A screen in it comes while a question is there: the reply with that screen, and the simulator."""
    practice: Cost
    """A practice in it, from the path and the step."""


def first_uses(
    browser: Browser, app: Flask, base_url: str, simulators: Iterable[str] | None = None
) -> list[FirstUse]:
    """The cost of simulators, by default of all. ``app`` has the database of the server at ``base_url``."""
    person = _Person(browser, base_url)
    with app.app_context():
        scenes = _practised(simulators)
        longest = {name: _longest(name) for name in scenes}
        person.following = _following(person.sitting)
        person.question = _a_question()
    person.path = set(person.opens("/usager/chemin").files)
    return [
        _first_use(person, app, name, longest[name], *scene_and_module)
        for name, scene_and_module in scenes.items()
    ]


def _practised(simulators: Iterable[str] | None) -> dict[str, tuple[SimulatedScene, str]]:
    """For each simulator a scene, and a module whose step opens it first."""
    content = current_engines().content
    found: dict[str, tuple[SimulatedScene, str]] = {}
    for module in content.graph(DEVICE).ids:
        for scene in training.scenes(module, DEVICE)[:1]:
            if isinstance(scene, SimulatedScene):
                found.setdefault(scene.simulator, (scene, module))
    for scene in content.items.values():
        if isinstance(scene, SimulatedScene) and DEVICE in scene.devices:
            found.setdefault(scene.simulator, (scene, scene.modules[0]))
    return {name: found[name] for name in sorted(found) if simulators is None or name in simulators}


def _longest(simulator: str) -> SimulatedScene:
    """The scene that a page says most words for."""
    scenes = [
        scene
        for scene in current_engines().content.items.values()
        if isinstance(scene, SimulatedScene) and scene.simulator == simulator and DEVICE in scene.devices
    ]
    return max(scenes, key=lambda scene: len(json.dumps(simulated_scene(scene, DEVICE))))


class _Person:
    """Somebody who has come to the first question, and what their browser has received on the way."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self.browser, self.base_url = browser, base_url
        context = browser.new_context(base_url=base_url)
        page = context.new_page()
        counter = Counter(page)
        page.goto("/")
        page.get_by_role("link", name="Commencer").click()
        for value in (GOAL, *WAY):
            page.wait_for_load_state("networkidle")
            page.locator(f"button[value={value}]").click()
        self.known = set(counter.stop("").files)
        page.get_by_role("button", name="C’est parti").click()
        page.locator("[data-held]").wait_for()
        self.sitting = uuid.UUID(page.locator("[data-diagnostic]").get_attribute("data-diagnostic"))
        self.state = context.storage_state()
        self.following: list[str] = []
        self.question = ""
        self.path: set[str] = set()
        context.close()

    def is_asked(self, app: Flask, items: Iterable[str]) -> Cost:
        """The page of questions from an empty cache: the first of these screens, and what comes behind it."""
        with app.app_context():
            _ask_next(self.sitting, items)
        return self.opens("/usager/question/", then=lambda page: page.locator("[data-held]").wait_for())

    def opens(self, path: str, *, then: Callable[[Page], None] | None = None) -> Cost:
        """A page from an empty cache."""
        context = self.browser.new_context(base_url=self.base_url, storage_state=self.state)
        page = context.new_page()
        counter = Counter(page)
        page.goto(path)
        if then:
            then(page)
        cost = counter.stop(path)
        context.close()
        return cost


def _first_use(
    person: _Person, app: Flask, name: str, longest: SimulatedScene, scene: SimulatedScene, module: str
) -> FirstUse:
    asked = person.is_asked(app, [longest.id, *person.following])
    own, behind = asked.split(lambda url: url.endswith(SENDING) or _is_of_another(url, scene))
    after_a_question = person.is_asked(app, [person.question, longest.id])
    _, arriving = after_a_question.split(lambda url: url.endswith(SENDING) or bool(SIMULATOR.search(url)))
    path = person.path | set(person.opens(f"/usager/chemin/{module}").files)
    practice = person.opens(f"/usager/entrainement/{module}/seul?scene={scene.id}")
    return FirstUse(
        name,
        question=Cost.of("question", own, person.known),
        behind=Cost.of("derrière", behind, person.known),
        arriving=Cost.of("arrivée", arriving, person.known),
        practice=Cost.of("entraînement", practice.files, person.known | path),
    )


def _is_of_another(url: str, scene: SimulatedScene) -> bool:
    found = SIMULATOR.search(url)
    return bool(found) and found[1] != scene.start.script


def _a_question() -> str:
    """A screen that is in no simulator."""
    items = current_engines().bank(DEVICE).items
    content = current_engines().content.items
    return next(item.id for item in items if not content[item.id].is_scene)


def _following(sitting_id: uuid.UUID) -> list[str]:
    """The screens that a diagnostic asks after the one that it asks now."""
    return [entry["item"] for entry in _sitting(sitting_id).pending[1:]]


def _ask_next(sitting_id: uuid.UUID, items: Iterable[str]) -> None:
    """Have a diagnostic ask these screens, once each."""
    sitting = _sitting(sitting_id)
    sitting.pending = [
        {"item": item, "answer": str(uuid.uuid4()), "revises": False} for item in dict.fromkeys(items)
    ]
    db.session.commit()


def _sitting(sitting_id: uuid.UUID) -> DiagnosticSitting:
    return db.session.scalars(sa.select(DiagnosticSitting).where(DiagnosticSitting.id == sitting_id)).one()
