"""Practice from the path: shown, then with hints, then alone; what came of it is evidence with its help.

French people say « s'entraîner ». A module is practised in a scene that exercises it, another one each time
where there are several; each step of the scene tells about its own module.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.content.models import Item
from app.engine.evidence import Help, Outcome, Source
from app.services.engines import current_engines
from app.store import queries, training_queries
from app.store.database import write_once
from app.store.models import EvidenceRow, Usager


class Mode(StrEnum):
    """How a scene is practised, from most to least help."""

    SHOWN = "montrer"
    HINTS = "indices"
    ALONE = "seul"


@dataclass(frozen=True)
class Done:
    """One step of a practice: what was to do, and how it went: seul, guide, accompagne or nothing."""

    consigne: str
    icon: str
    help: Help | None


@dataclass(frozen=True)
class Practice:
    """A practice that is over."""

    item: Item
    mode: Mode
    steps: tuple[Done, ...]
    alone_before: int | None
    """Steps done alone the last time that this scene was done alone; empty: the first time."""

    @property
    def alone(self) -> int:
        """Steps done alone this time."""
        return sum(step.help is Help.ALONE for step in self.steps)


def scenes(module_id: str, device: str, *, simulated: bool = True) -> list[Item]:
    """The scenes that exercise the module on a device, those mostly about it first; simulated ones before."""
    found = [
        item
        for item in current_engines().content.items.values()
        if item.is_scene and module_id in item.modules and device in item.devices
    ]
    wanted = [item for item in found if item.is_simulated] if simulated else []
    fitting = wanted or [item for item in found if not item.is_simulated]
    return sorted(fitting, key=lambda item: (-item.modules.count(module_id) / len(item.modules), item.id))


def scene_for(usager: Usager, module_id: str, *, simulated: bool = True) -> Item | None:
    """The scene to practise now: the one least often done, so that each time brings another."""
    choices = scenes(module_id, usager.device, simulated=simulated)
    if not choices:
        return None
    done = training_queries.times_by_item(usager)
    return min(choices, key=lambda item: (done.get(item.id, 0), choices.index(item)))


def next_mode(usager: Usager, module_id: str) -> Mode:
    """What to begin with: shown the first time, then with hints, then alone."""
    rows = training_queries.practices_of(usager, module_id)
    if not rows:
        return Mode.SHOWN
    last = rows[-1]
    went_well = last.help == Help.ALONE or (last.help == Help.GUIDED and last.outcome is None)
    return Mode.ALONE if went_well else Mode.HINTS


def record_trace(
    usager: Usager, item: Item, mode: Mode, trace: object, answer_id: uuid.UUID, now: datetime
) -> None:
    """Keep what came of a simulated scene, once whatever the retries; what was only shown tells nothing."""
    if mode is Mode.SHOWN or not item.is_simulated or queries.answer_is_known(usager.structure_id, answer_id):
        return
    outcomes = [Outcome[verdict.outcome.upper()] for verdict in item.judge(trace)]
    rows = [
        _row(usager, item, number, mode, outcome, answer_id, now)
        for number, outcome in enumerate(outcomes)
        if outcome not in (Outcome.NOT_SEEN, Outcome.NOT_UNDERSTOOD)
    ]
    write_once(rows)


def record_step(
    usager: Usager,
    item: Item,
    number: int,
    mode: Mode,
    outcome: Outcome,
    response: object,
    answer_id: uuid.UUID,
    now: datetime,
) -> None:
    """Keep what came of one step of a drawn scene, once whatever the retries."""
    row = _row(usager, item, number, mode, outcome, answer_id, now)
    row.response = response if item.steps[number].kind != "saisie" else None
    write_once([row])


def _row(
    usager: Usager,
    item: Item,
    number: int,
    mode: Mode,
    outcome: Outcome,
    answer_id: uuid.UUID,
    now: datetime,
) -> EvidenceRow:
    step = item.steps[number]
    help, told = _help_and_outcome(mode, outcome)
    return EvidenceRow(
        structure_id=usager.structure_id,
        id=uuid.uuid5(answer_id, str(number)),
        answer_id=answer_id,
        usager_id=usager.id,
        module_id=step.module,
        source=Source.PRACTICE,
        outcome=told,
        help=help,
        item_id=item.id,
        step=number,
        guess=step.guess,
        slip=step.slip,
        device=usager.device,
        content_version=current_engines().content.version,
        occurred_at=now,
        recorded_at=now,
    )


def _help_and_outcome(mode: Mode, outcome: Outcome) -> tuple[Help, Outcome | None]:
    """With hints, the place is pointed at: the help speaks, not the answer."""
    if mode is Mode.HINTS:
        return (Help.GUIDED if outcome is Outcome.SUCCESS else Help.ACCOMPANIED), None
    if outcome is Outcome.SUCCESS:
        return Help.ALONE, outcome
    return Help.GUIDED, outcome


def practice(usager: Usager, answer_id: uuid.UUID) -> Practice | None:
    """A practice that this person did, as it is told afterwards; ``None``: none of theirs, or scene gone."""
    rows = training_queries.practice_rows(usager, answer_id)
    item = current_engines().content.find_item(rows[0].item_id or "") if rows else None
    if item is None:
        return None
    mode = Mode.HINTS if all(row.outcome is None for row in rows) else Mode.ALONE
    return Practice(item, mode, _steps(item, rows), _alone_before(usager, item, rows[0]))


def _steps(item: Item, rows: Sequence[EvidenceRow]) -> tuple[Done, ...]:
    content = current_engines().content
    by_step = {row.step: row for row in rows}
    told = []
    for number, step in enumerate(item.steps):
        row = by_step.get(number)
        module = content.find_module(step.module)
        icon = module.icon if module else "help-circle"
        told.append(Done(step.consigne, icon, Help(row.help) if row and row.help else None))
    return tuple(told)


def _alone_before(usager: Usager, item: Item, row: EvidenceRow) -> int | None:
    earlier = [
        other
        for other in training_queries.practices_with(usager, item.id)
        if other.answer_id != row.answer_id
        and other.outcome is not None
        and other.recorded_at < row.recorded_at
    ]
    if not earlier:
        return None
    last = earlier[-1].answer_id
    return sum(other.answer_id == last and other.help == Help.ALONE for other in earlier)
