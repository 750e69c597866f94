"""What one file says of another: modules, and places of drawn screens, must be there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.content.document import Place
from app.content.messages import nearest
from app.content.models import SceneFrame
from app.content.models.tasks import TouchTask
from app.content.problem import Problem
from app.content.sources import Entry, Sources

RULE = "references"


def check(sources: Sources) -> Iterator[Problem]:
    """Problems of what is named and is not there."""
    modules = _Known(sources)
    for entry in sources.modules():
        for n, prerequisite in enumerate(entry.model.prerequisites):
            yield from _module(entry, ("prerequis", n, "module"), prerequisite.module, modules)
    for quiz in sources.quizzes:
        yield from _module(Entry(quiz, (), None), ("module",), quiz.model.module, modules)
    for goal in sources.goals:
        for n, target in enumerate(goal.model.targets):
            yield from _module(Entry(goal, (), None), ("cibles", n), target, modules)
    for workshop in sources.workshops:
        for n, module in enumerate(workshop.model.modules):
            yield from _module(Entry(workshop, (), None), ("modules", n), module, modules)
    yield from _screens(sources, modules)


class _Known:
    """The modules there are. Those of a domain whose file can't be read are taken on trust: that is told."""

    def __init__(self, sources: Sources) -> None:
        self.ids = sorted(entry.model.id for entry in sources.modules())
        read = {source.document.path for source in sources.domains}
        paths = [document.path for document in sources.documents.values()]
        self.unread = {p.stem for p in paths if p.parent.name == "modules" and p not in read}

    def __contains__(self, module_id: str) -> bool:
        return module_id in self.ids or module_id.partition(".")[0] in self.unread


def _module(entry: Entry[Any], loc: Place, named: str, known: _Known) -> Iterator[Problem]:
    if named not in known:
        yield entry.problem(loc, f"le module « {named} » n'existe pas : {nearest(named, known.ids)}", RULE)


def _screens(sources: Sources, modules: _Known) -> Iterator[Problem]:
    for entry in sources.items():
        if isinstance(entry.model, SceneFrame):
            for n, step in enumerate(entry.model.scene_steps):
                yield from _module(entry, ("etapes", n, "module"), step.module, modules)
                yield from _places(Entry(entry.source, ("etapes", n), step))
        else:
            yield from _places(entry)


def _places(entry: Entry[Any]) -> Iterator[Problem]:
    task = entry.model
    if getattr(task, "screen", None) is None:
        return
    ids = [zone.id for zone in task.screen.zones()]
    for twice in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
        yield entry.problem(
            ("ecran",), f"l'id « {twice} » est deux fois sur l'écran : changez l'un des deux", RULE
        )
    if isinstance(task, TouchTask):
        named: list[tuple[Place, str]] = [(("bonnes", n), id_) for n, id_ in enumerate(task.targets)]
        named += [(("retours", id_), id_) for id_ in task.feedbacks]
        for loc, id_ in named:
            if id_ not in ids:
                yield entry.problem(loc, f"l'écran n'a pas d'endroit « {id_} » : {nearest(id_, ids)}", RULE)
