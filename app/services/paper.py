"""Observation on paper: the sheet that is printed, and what was ticked on it, one session a person."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.engine.evidence import Help
from app.services.engines import current_engines
from app.services.learner import learner
from app.services.modules import ModuleName, module_name
from app.services.observations import observation
from app.services.seances import COLLECTIVE, INDIVIDUAL, NewSeance, SeanceError, seance_of
from app.store import queries
from app.store.database import write_once
from app.store.models import Account, Atelier, AtelierParticipant, EvidenceRow, Seance, Usager

MOST_PEOPLE, MOST_MODULES = 20, 24
STEPS_OF_ONE, STEPS_OF_A_GROUP = 10, 4
ENDED_CODE = "0000"
"""The code of an atelier that was never open to a tablet."""


def next_steps(people: Sequence[Usager], now: datetime) -> list[ModuleName]:
    """What a sheet proposes: someone's next steps; for a group, the steps that most of them have next."""
    trails = [[step.module for step in learner(person, now).plan.trail] for person in people]
    if len(trails) == 1:
        return [module_name(id_) for id_ in trails[0][:STEPS_OF_ONE]]
    counts = Counter(id_ for trail in trails for id_ in trail[:STEPS_OF_A_GROUP])
    return [module_name(id_) for id_, _ in counts.most_common(STEPS_OF_A_GROUP)]


def modules_of(choice: str, device: str) -> list[ModuleName]:
    """The modules of a goal (« but:… ») or of a domain (« domaine:… ») on a device; none where it is gone."""
    content = current_engines().content
    kind, _, id_ = choice.partition(":")
    ids: Sequence[str] = ()
    if kind == "but":
        ids = content.goal_modules(id_, device)
    elif kind == "domaine":
        graph = content.graph(device)
        ids = [
            module.id
            for domain in content.domains
            if domain.id == id_
            for module in domain.modules
            if module.id in graph
        ]
    return [module_name(each) for each in ids]


def record_sheet(
    author: Account,
    sheet_id: uuid.UUID,
    ticked: Mapping[uuid.UUID, Mapping[str, Help]],
    new: NewSeance,
    *,
    atelier: bool,
    now: datetime,
) -> list[Seance]:
    """One session for each person with something ticked, all or none, once whatever the retries.

    With ``atelier`` they are one group session. Raises ``SeanceError`` where nothing is ticked.
    """
    if not any(ticked.values()):
        raise SeanceError("Rien n'est coché. Choisissez l'aide d'au moins une personne.")
    people = [usager_id for usager_id, helps in ticked.items() if helps]
    ids = {usager_id: uuid.uuid5(sheet_id, str(usager_id)) for usager_id in people}
    group = _atelier(author, sheet_id, ticked, new, now) if atelier and len(people) > 1 else None
    seances, rows = [], []
    for usager_id in people:
        made = seance_of(
            author,
            replace(new, id=ids[usager_id], helps=ticked[usager_id]),
            now,
            usager_id=usager_id,
            kind=COLLECTIVE if group else INDIVIDUAL,
        )
        made.atelier_id = group.id if group else None
        seances.append(made)
        rows += [observation(made, module_id, help) for module_id, help in ticked[usager_id].items()]
    _write(group, seances, rows, ticked)
    written = [queries.seance(author.structure_id, id_) for id_ in ids.values()]
    return [seance for seance in written if seance]


def _write(
    group: Atelier | None,
    seances: Sequence[Seance],
    rows: Sequence[EvidenceRow],
    ticked: Mapping[uuid.UUID, Mapping[str, Help]],
) -> None:
    took_part = [
        AtelierParticipant(
            structure_id=group.structure_id,
            atelier_id=group.id,
            usager_id=seance.usager_id,
            help=ticked[seance.usager_id].get(group.module_id) if seance.usager_id else None,
            marked_at=seance.occurred_at,
        )
        for seance in seances
        if group
    ]
    write_once([group] if group else [], [*took_part, *seances], rows)


def _atelier(
    author: Account,
    sheet_id: uuid.UUID,
    ticked: Mapping[uuid.UUID, Mapping[str, Help]],
    new: NewSeance,
    now: datetime,
) -> Atelier:
    """The group session, already ended: its module is the one that most people worked on."""
    worked = Counter(module_id for helps in ticked.values() for module_id in helps)
    return Atelier(
        structure_id=author.structure_id,
        id=uuid.uuid5(sheet_id, "atelier"),
        author_id=author.id,
        module_id=worked.most_common(1)[0][0],
        device=new.device,
        minutes=new.minutes,
        place_id=new.place_id,
        code=ENDED_CODE,
        opened_at=new.occurred_at,
        closed_at=now,
    )
