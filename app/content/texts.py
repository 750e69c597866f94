"""Every text that an usager reads or hears, with its place and its role.

What a drawn screen shows is left out: it looks like the real thing, capitals and all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.content.document import Place
from app.content.models import SceneFrame, SimulatedStep, Workshop
from app.content.models.tasks import ChoiceTask, MatchTask, OrderTask, TouchTask
from app.content.sources import Entry, Sources


class Role(StrEnum):
    """What a text is for."""

    TITLE = "titre"
    INSTRUCTION = "consigne"
    ANSWER = "réponse"
    FEEDBACK = "retour"
    SHEET = "fiche"
    REASON = "raison"
    ALTERNATIVE = "alternative"
    SPOKEN = "à dire"
    HANDOUT = "à emporter"


@dataclass(frozen=True, slots=True)
class UsagerText:
    """A text, its role, and the piece of content that it stands in."""

    entry: Entry[Any]
    loc: Place
    text: str
    role: Role


def usager_texts(sources: Sources) -> Iterator[UsagerText]:
    """All of them, in the order of the files."""
    for source in sources.domains:
        entry: Entry[Any] = Entry(source, (), source.model)
        yield UsagerText(entry, ("titre",), source.model.title, Role.TITLE)
    for module in sources.modules():
        yield from _module(module)
    for goal in sources.goals:
        entry = Entry(goal, (), goal.model)
        yield UsagerText(entry, ("titre",), goal.model.title, Role.TITLE)
        yield UsagerText(entry, ("souhait",), goal.model.wish, Role.TITLE)
    for item in sources.items():
        yield from item_texts(item)
    for workshop in sources.workshops:
        yield from workshop_texts(Entry(workshop, (), workshop.model))


def workshop_texts(entry: Entry[Workshop]) -> Iterator[UsagerText]:
    """What is said to usagers in a workshop and what they take home; the rest is for the conseiller."""
    workshop = entry.model
    yield UsagerText(entry, ("titre",), workshop.title, Role.TITLE)
    for n, stage in enumerate(workshop.stages):
        for k, saying in enumerate(stage.sayings):
            yield UsagerText(entry, ("deroule", n, "dire", k), saying, Role.SPOKEN)
    for n, line in enumerate(workshop.handout):
        yield UsagerText(entry, ("a_emporter", n), line, Role.HANDOUT)


def item_texts(entry: Entry[Any]) -> Iterator[UsagerText]:
    """The texts of a question or of a scene."""
    item = entry.model
    if item.illustration:
        yield UsagerText(
            entry, ("illustration", "alternative"), item.illustration.alternative, Role.ALTERNATIVE
        )
    if not isinstance(item, SceneFrame):
        yield UsagerText(entry, ("consigne",), item.consigne, Role.INSTRUCTION)
        yield UsagerText(entry, ("retour_inconnu",), item.feedback_unknown, Role.FEEDBACK)
        yield from _task(entry, item)
        return
    yield UsagerText(entry, ("titre",), item.title, Role.TITLE)
    yield UsagerText(entry, ("situation",), item.situation, Role.INSTRUCTION)
    for n, step in enumerate(item.scene_steps):
        part = Entry(entry.source, (*entry.loc, "etapes", n), step)
        yield UsagerText(part, ("consigne",), step.consigne, Role.INSTRUCTION)
        yield UsagerText(part, ("montrer",), step.show, Role.FEEDBACK)
        yield from _task(part, step)
    yield UsagerText(entry, ("fin",), item.ending, Role.FEEDBACK)


def _module(entry: Entry[Any]) -> Iterator[UsagerText]:
    module = entry.model
    yield UsagerText(entry, ("titre",), module.title, Role.TITLE)
    yield UsagerText(entry, ("objectif",), module.objective, Role.TITLE)
    for n, prerequisite in enumerate(module.prerequisites):
        yield UsagerText(entry, ("prerequis", n, "pourquoi"), prerequisite.why, Role.REASON)
    for n, line in enumerate(module.activity):
        yield UsagerText(entry, ("activite", n), line, Role.SHEET)
    for n, line in enumerate(module.sheet):
        yield UsagerText(entry, ("fiche", n, "texte"), line.text, Role.SHEET)


def _task(entry: Entry[Any], task: Any) -> Iterator[UsagerText]:
    for key, text in (("retour_juste", task.feedback_right), ("retour_faux", task.feedback_wrong)):
        if text:
            yield UsagerText(entry, (key,), text, Role.FEEDBACK)
    if isinstance(task, ChoiceTask):
        for n, answer in enumerate(task.answers):
            yield UsagerText(entry, ("reponses", n, "texte"), answer.text, Role.ANSWER)
            if answer.feedback:
                yield UsagerText(entry, ("reponses", n, "retour"), answer.feedback, Role.FEEDBACK)
    elif isinstance(task, OrderTask):
        for n, card in enumerate(task.cards):
            yield UsagerText(entry, ("etapes", n, "texte"), card.text, Role.ANSWER)
    elif isinstance(task, MatchTask):
        for n, pair in enumerate(task.pairs):
            yield UsagerText(entry, ("paires", n, "gauche", "texte"), pair.left.text, Role.ANSWER)
            yield UsagerText(entry, ("paires", n, "droite"), pair.right, Role.ANSWER)
    elif isinstance(task, SimulatedStep):
        for gesture, text in task.forbidden.items():
            yield UsagerText(entry, ("interdit", gesture), text, Role.FEEDBACK)
    elif isinstance(task, TouchTask):
        for zone, text in task.feedbacks.items():
            yield UsagerText(entry, ("retours", zone), text, Role.FEEDBACK)
