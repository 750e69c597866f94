"""Whether a diagnostic ends with the answer to come: a page that knows it shows no question too many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from app.content.models import Item
from app.engine.diagnostic import Answer
from app.engine.evidence import Outcome
from app.services import diagnostic_sitting
from app.services.engines import current_engines
from app.store.models import DiagnosticSitting

SIGNS = {
    "+": Outcome.SUCCESS,
    "-": Outcome.FAILURE,
    "0": Outcome.DONT_KNOW,
    ".": Outcome.NOT_UNDERSTOOD,
}
"""What may come of a step. One that was shown weighs as a failure, one not seen as one not understood."""
LAST_OF_A_SCENE = "+-."
BEFORE_IT = "+-"
"""What is reckoned with of several steps left. With what is rare, every path would take five times longer."""


@dataclass(frozen=True)
class Endings:
    """For the item that is asked now, from ``step`` on: the signs of its steps after which the diagnostic
    ends, all of them and no others; but nothing is told of several steps of which one is ``.``. ``certain``:
    of all the items handed out, how many cannot be the last.
    """

    item: Item
    step: int
    signs: frozenset[str]
    certain: int


def endings(sitting: DiagnosticSitting, now: datetime) -> Endings | None:
    """What ends an open diagnostic; ``None`` where an answer given before is asked again."""
    asked = diagnostic_sitting.asked_now(sitting)
    if asked is None or asked.revises:
        return None
    engines = current_engines()
    item = engines.content.items[asked.item_id]
    diagnostic = diagnostic_sitting.engine_of(sitting, engines)
    earlier = diagnostic_sitting.earlier_likelihoods(sitting, diagnostic, now)
    before = [a for a in diagnostic_sitting.answers_of(sitting) if a.item_id != item.id]
    ending = frozenset(
        signs
        for signs, outcomes in _outcomes(item, asked.taken)
        if diagnostic_sitting.reason_to_end(diagnostic, [*before, Answer(item.id, outcomes)], earlier)
    )
    certain = 0 if earlier else max(diagnostic.settings.least - 1 - len(before), 0)
    return Endings(item, len(asked.taken), ending, certain)


def _outcomes(item: Item, taken: Sequence[Outcome]) -> Iterator[tuple[str, tuple[Outcome, ...]]]:
    """All that may come of the steps left, with those ``taken``, and its signs: none of a simulated scene
    that is passed over at once."""
    if item.is_simulated:
        yield "", (Outcome.NOT_SEEN,) * len(item.steps)
    left = len(item.steps) - len(taken)
    possible = BEFORE_IT if left > 1 else LAST_OF_A_SCENE if item.is_scene else SIGNS
    for signs in product(possible, repeat=left):
        yield "".join(signs), (*taken, *(SIGNS[sign] for sign in signs))
