"""Whoever always picks the longest answer, the shortest, or the first, must do no better than chance.

Measured on all ``choix``. Chances differ from one question to the next (three answers or four), so the law of
the number of wins under chance is the Poisson binomial, computed exactly. Questions where two answers tie for
the longest are left out of that count. Screens shuffle the answers; a printed sheet keeps the file's order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.content.models import Choice
from app.content.models.tasks import Answer
from app.content.problem import Problem, Severity
from app.content.sources import Entry, Sources

RULE = "biais"
SIGNIFICANT = 0.01
ENOUGH = 20
WORST = 5

Picker = Callable[[Choice], Answer | None]


@dataclass(frozen=True, slots=True)
class Bias:
    """How picking without knowing does: wins, tries, wins that chance gives, and how likely so many are."""

    wins: int
    tries: int
    expected: float
    p_value: float

    @property
    def significant(self) -> bool:
        return self.tries >= ENOUGH and self.p_value < SIGNIFICANT


def pick_longest(item: Choice) -> Answer | None:
    """The longest answer; none where two are as long."""
    return _extreme(item, -1)


def pick_shortest(item: Choice) -> Answer | None:
    """The shortest answer; none where two are as short."""
    return _extreme(item, 0)


def pick_first(item: Choice) -> Answer | None:
    """The first answer of the file."""
    return item.answers[0]


PICKERS: dict[str, Picker] = {
    "la plus longue": pick_longest,
    "la plus courte": pick_shortest,
    "la première": pick_first,
}


def _extreme(item: Choice, end: int) -> Answer | None:
    ranked = sorted(item.answers, key=lambda answer: len(answer.text))
    neighbour = ranked[1] if end == 0 else ranked[-2]
    return None if len(neighbour.text) == len(ranked[end].text) else ranked[end]


def measure(items: Sequence[Choice], pick: Picker) -> Bias:
    """How this way of picking does on these questions."""
    picked = [(item, answer) for item in items if (answer := pick(item)) is not None]
    wins = sum(answer.right for _, answer in picked)
    chances = [1 / len(item.answers) for item, _ in picked]
    return Bias(wins, len(picked), sum(chances), at_least(wins, chances))


def at_least(wins: int, chances: Sequence[float]) -> float:
    """P(this many wins or more) when each try wins by itself with its own chance."""
    law = np.ones(1)
    for chance in chances:
        law = np.convolve(law, [1 - chance, chance])
    return float(min(1.0, law[wins:].sum()))


def choices(sources: Sources) -> list[Entry[Choice]]:
    """All ``choix``."""
    return [entry for entry in sources.questions() if isinstance(entry.model, Choice)]  # type: ignore[misc]


def check(sources: Sources) -> Iterator[Problem]:
    """A warning for each way of picking that pays, with the modules where it pays most."""
    items = [entry.model for entry in choices(sources)]
    for name, pick in PICKERS.items():
        bias = measure(items, pick)
        if bias.significant:
            message = (
                f"choisir toujours {name} réponse réussit {bias.wins} fois sur {bias.tries} "
                f"(le hasard : {bias.expected:.0f}, p = {bias.p_value:.1g}) : "
                f"changez des longueurs, d'abord dans {_worst(items, pick)}"
            )
            yield Problem("quizzes", 1, "banque", message, RULE, Severity.WARNING)


def _worst(items: Sequence[Choice], pick: Picker) -> str:
    wins = Counter(item.module for item in items if (answer := pick(item)) is not None and answer.right)
    return ", ".join(f"{module} ({count})" for module, count in wins.most_common(WORST))
