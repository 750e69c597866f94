"""Enough questions on each module, of enough kinds, on each device it can be learnt on."""

from __future__ import annotations

from collections.abc import Iterator

from app.content.models import Module, Question
from app.content.problem import Problem, Severity
from app.content.sources import Entry, Sources

RULE = "assez_de_questions"
LEAST = 5
WANTED = 6
GENRES = 3
DIFFICULTIES = 2


def check(sources: Sources) -> Iterator[Problem]:
    """Modules with too few questions; those whose questions can't be read are told by the schema."""
    by_module: dict[str, list[Question]] = {}
    for question in sources.questions():
        by_module.setdefault(question.model.module, []).append(question.model)
    unread = _unread(sources)
    for entry in sources.modules():
        if entry.model.id not in unread:
            yield from _of_module(entry, by_module.get(entry.model.id, []))


def _unread(sources: Sources) -> set[str]:
    read = {source.document.path for source in sources.quizzes}
    paths = [document.path for document in sources.documents.values()]
    return {f"{path.parent.name}.{path.stem}" for path in paths if path not in read}


def _of_module(entry: Entry[Module], questions: list[Question]) -> Iterator[Problem]:
    module = entry.model
    file = f"quizzes/{module.domain}/{module.id.partition('.')[2]}.yaml"
    if not questions:
        yield entry.problem(("id",), f"aucune question : écrivez-en {WANTED} dans {file}", RULE)
        return
    for device in module.devices:
        usable = [question for question in questions if device in question.devices]
        genres = {question.genre for question in usable}
        if len(usable) < LEAST or len(genres) < GENRES:
            there = f"{len(usable)} questions de {len(genres)} genres sur {device}"
            message = f"{there} : il en faut {LEAST} de {GENRES} ({file})"
            yield entry.problem(("id",), message, RULE)
        elif len(usable) < WANTED:
            message = f"{len(usable)} questions sur {device} : écrivez-en {WANTED} ({file})"
            yield entry.problem(("id",), message, RULE, Severity.WARNING)
    if len({question.difficulty for question in questions}) < DIFFICULTIES:
        message = f"toutes les questions sont de même difficulté : il en faut {DIFFICULTIES} ({file})"
        yield entry.problem(("id",), message, RULE)
