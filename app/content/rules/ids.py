"""Ids: each is unique, and begins with what it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.content.problem import Problem
from app.content.sources import Entry, Sources

RULE = "ids"


def check(sources: Sources) -> Iterator[Problem]:
    """Problems of ids."""
    yield from _repeated(list(sources.modules()), "module")
    yield from _repeated(list(sources.items()), "question")
    yield from _repeated([Entry(s, (), s.model) for s in sources.goals], "but")
    yield from _repeated([Entry(s, (), s.model) for s in sources.workshops], "atelier")
    yield from _prefixes(sources)
    yield from _file_names(sources)


def _repeated(entries: Iterable[Entry[Any]], what: str) -> Iterator[Problem]:
    first: dict[str, Entry[Any]] = {}
    for entry in entries:
        id_ = entry.model.id
        if id_ in first:
            there = first[id_].problem(("id",), "", RULE)
            message = (
                f"l'id « {id_} » est déjà celui d'un autre {what} ({there.file}:{there.line}) : changez-le"
            )
            yield entry.problem(("id",), message, RULE)
        first.setdefault(id_, entry)


def _prefixes(sources: Sources) -> Iterator[Problem]:
    for domain in sources.domains:
        for n, module in enumerate(domain.model.modules):
            if module.domain != domain.model.id:
                last = module.id.partition(".")[2]
                yield domain.problem(("modules", n, "id"), f"écrivez « {domain.model.id}.{last} »", RULE)
    for entry in sources.questions():
        item = entry.model
        if item.module != entry.source.model.module:
            yield entry.problem(("module",), "ôtez « module: » : le fichier le dit déjà, en haut", RULE)
        elif not item.id.startswith(item.module + "."):
            last = item.id.rpartition(".")[2]
            yield entry.problem(("id",), f"écrivez « {item.module}.{last} »", RULE)
    for scene in sources.all_scenes():
        if not scene.model.id.startswith("scene."):
            yield scene.problem(("id",), f"écrivez « scene.{scene.model.id.rpartition('.')[2]} »", RULE)


def _file_names(sources: Sources) -> Iterator[Problem]:
    for quiz in sources.quizzes:
        path = quiz.document.path
        domain, _, name = quiz.model.module.partition(".")
        if (path.parent.name, path.stem) != (domain, name):
            yield quiz.problem(("module",), f"ce fichier doit s'appeler {domain}/{name}.yaml", RULE)
    for goal in sources.goals:
        if goal.document.path.stem != goal.model.id:
            yield goal.problem(("id",), f"écrivez « {goal.document.path.stem} », comme le fichier", RULE)
