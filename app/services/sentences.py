"""Reasons of the steps of a path as one plain French sentence each, in the usager's words.

What a conseiller is told: ``figure_sentences.py`` for figures, ``group_sentences.py`` for groups.
"""

from __future__ import annotations

from collections.abc import Callable

from app.content.models import Module
from app.content.typography import typographie
from app.engine.reasons import Code, Reason
from app.services.engines import current_engines

I_CAN = "Je sais "


def ability(module: Module) -> str:
    """What the module teaches, as it follows « savez »: « lire un message »."""
    return module.objective.removeprefix(I_CAN).rstrip(".")


def you_can(module: Module) -> str:
    """« Vous savez lire un message. »"""
    return f"Vous savez {ability(module)}."


def _abilities(module_ids: tuple[str, ...]) -> str:
    modules = current_engines().content.modules
    names = [ability(modules[id_]) for id_ in module_ids if id_ in modules][:2]
    return " et ".join(names)


def _titles(module_ids: tuple[str, ...]) -> str:
    modules = current_engines().content.modules
    names = [f"« {modules[id_].title} »" for id_ in module_ids if id_ in modules][:2]
    return " et ".join(names)


def _mastered(reason: Reason) -> str:
    known = _abilities(reason.modules[-1:])
    return f"Vous savez {known}. Ceci vient juste après." if known else "C'est à votre portée."


def _review(reason: Reason) -> str:
    return "Vous saviez le faire. On le revoit avant que cela s'oublie."


def _practise(reason: Reason) -> str:
    times = int(reason.numbers.get("times", 1))
    if times <= 1:
        return "Vous avez commencé. On le refait, avec moins d'aide."
    return f"Vous l'avez travaillé {times} fois. On le refait, avec moins d'aide."


def _needed_for(reason: Reason) -> str:
    then = _abilities(reason.modules[:1])
    return f"Il le faut pour {then}." if then else "Il le faut pour la suite."


_WRITERS: dict[str, Callable[[Reason], str]] = {
    Code.PINNED: lambda _: "Votre conseiller a choisi cette étape.",
    Code.ADDED: lambda _: "Votre conseiller a ajouté cette étape.",
    Code.MOVED: lambda _: "Votre conseiller a choisi cet ordre.",
    Code.SET_ASIDE: lambda _: "Votre conseiller a choisi de la faire plus tard.",
    Code.REVIEW: _review,
    Code.VERIFY: lambda _: "Vous savez peut-être déjà le faire. On vérifie en quelques minutes.",
    Code.PRACTISE: _practise,
    Code.CONSOLIDATE: lambda _: "Encore une fois, pour bien le garder.",
    Code.PREREQUISITES_MASTERED: _mastered,
    Code.PREREQUISITES_BEFORE: lambda r: f"On le fait après {_titles(r.modules[-1:])}.",
    Code.NEEDED_FOR: _needed_for,
    Code.GOAL: lambda _: "C'est votre but.",
    Code.PREREQUISITE_SKIPPED: lambda r: f"Sans {_titles(r.modules[1:])}, ce sera plus difficile.",
    Code.PINNED_NEEDS: lambda r: f"Avant, il faut {_titles(r.modules[1:])}.",
    Code.PREREQUISITE_MISSING: lambda r: f"Avant, il vaut mieux savoir faire {_titles(r.modules[1:])}.",
    Code.UNKNOWN_MODULE: lambda _: "Ce module n'existe plus.",
    Code.LONGER_THAN_SESSION: lambda r: f"Ce module demande {int(r.numbers.get('minutes', 0))} minutes.",
}


def reason_sentence(reason: Reason) -> str:
    """Why a step is there, in one plain sentence; every code of the engine has one."""
    return typographie(_WRITERS[reason.code](reason))
