"""How objectives, wishes and services are worded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.content.problem import Problem, Severity
from app.content.sources import Sources

RULE = "tournure"
_MINE = re.compile(r"(?<![\w-])(?:(?:mon|ma|mes|me|moi|je)(?![\w-])|[mj]['’])", re.IGNORECASE)
"""What no longer fits once « Je sais » is told as « Vous savez »."""
_ADDRESS = re.compile(r"https?:|www\.|/\w")
_PROPER = re.compile(r"Mon [eE]space [sS]anté")


def check(sources: Sources) -> Iterator[Problem]:
    """« Je sais … » for a module, « Je veux … » for a goal, names without addresses for services."""
    for entry in sources.modules():
        objective = entry.model.objective
        if not objective.startswith("Je sais "):
            yield entry.problem(("objectif",), "commencez par « Je sais »", RULE)
        mine = _MINE.search(_PROPER.sub("", objective.removeprefix("Je sais ")))
        if mine:
            message = f"« {mine[0]} » : dites-le sans je, mon, ma, mes, me, moi"
            yield entry.problem(("objectif",), message, RULE, Severity.WARNING)
        for n, service in enumerate(entry.model.services):
            if _ADDRESS.search(service):
                yield entry.problem(("services", n), "écrivez le nom officiel, sans adresse", RULE)
    for source in sources.goals:
        if not source.model.wish.startswith("Je "):
            yield source.problem(("souhait",), "dites-le comme une personne : « Je veux … »", RULE)
