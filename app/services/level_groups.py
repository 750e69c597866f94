"""Level groups proposed to whoever prepares ateliers: who learns what together, and why.

Nothing is kept: groups follow from what is known of people, as of the end of the day, so that the page
proposes the same ones from morning to evening as long as nothing new is written.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil

import numpy as np

from app.content.models import Goal
from app.engine.assessment import Assessment, assess
from app.engine.graph import ModuleGraph
from app.engine.group_reasons import GroupReason, group_reasons
from app.engine.groups import LevelGroup, NextModule, Seat, Wanted, level_groups, next_modules
from app.services.engines import current_engines
from app.services.facts import facts
from app.services.group_candidates import AT_ONCE, by_name
from app.services.group_sentences import (
    SOMEBODY,
    count_ready,
    group_sentence,
    learns_here,
    next_module_sentence,
    nothing_left,
    seat_now_sentence,
    seat_sentence,
    session_sentence,
)
from app.services.learner import goals_of
from app.services.local_days import day_bounds, local_day
from app.services.modules import ModuleName, module_name
from app.services.people import plain
from app.services.usagers import display_name
from app.services.whole_numbers import shared_out
from app.store import group_queries
from app.store.models import Structure, Usager

SESSIONS = 4
SEED = 2026
NOTHING_LEFT, TO_BE_KNOWN = "Rien de plus à apprendre ici", "À mieux connaître d’abord"


class GroupsError(ValueError):
    """Groups cannot be proposed; the message says what to do, in French."""


@dataclass(frozen=True)
class Place:
    """Someone in a group: why there, and what the group's first module is to them."""

    usager_id: uuid.UUID
    name: str
    why: str
    now: str


@dataclass(frozen=True)
class ProposedGroup:
    """People to bring together, and why.

    ``module`` is what they learn first, ``None`` where nothing is left or too little is known; ``first`` says
    for whom it is, ``ready`` for how many, ``later`` is a sentence for each session after it. ``learnt`` is
    the number of modules expected to be learnt in four sessions; one learnt by one person counts one.
    ``on_the_way`` is the number of people who want the module: their goals need it, or they have none.
    """

    title: str
    why: str
    places: tuple[Place, ...]
    module: ModuleName | None
    first: str
    ready: int
    later: tuple[str, ...]
    learnt: int
    on_the_way: int

    @property
    def each(self) -> float:
        """Modules that a person of the group is expected to learn."""
        return self.learnt / len(self.places)


@dataclass(frozen=True)
class Proposal:
    """The groups, whom nothing is known of, and how many of those chosen are not followed here (any more)."""

    groups: tuple[ProposedGroup, ...]
    unknown: tuple[Usager, ...]
    gone: int
    goals: int = 0
    """How many different goals these people have, as their first."""

    @property
    def learnt(self) -> int:
        """Modules expected to be learnt in four sessions, all groups together."""
        return sum(group.learnt for group in self.groups)


def propose(
    structure: Structure,
    *,
    usager_ids: Collection[uuid.UUID],
    device: str,
    largest: int,
    goal: Goal | None,
    now: datetime,
    own_only: bool = False,
    seed: int = SEED,
) -> Proposal:
    """Groups of ``largest`` people at most, as even as can be, who learn most together on a device.

    What counts is what the goal needs. Without a goal it is what these people's goals need: for all of them,
    or with ``own_only`` for those whose own goals need it. Raises ``GroupsError``.
    """
    if not usager_ids:
        raise GroupsError("Choisissez au moins une personne.")
    if len(usager_ids) > AT_ONCE:
        raise GroupsError(f"Choisissez {AT_ONCE} personnes au plus à la fois.")
    people = {person.id: person for person in group_queries.followed_people(structure.id, usager_ids)}
    end_of_day = day_bounds(local_day(now, structure.timezone), structure.timezone)[1]
    beliefs = _beliefs(structure.id, people, device, end_of_day)
    unknown = by_name([person for id_, person in people.items() if str(id_) not in beliefs])
    known = {str(id_): person for id_, person in people.items() if str(id_) in beliefs}
    gone = len(set(usager_ids) - set(people))
    if not known:
        return Proposal((), unknown, gone)
    wants = _Wants.of(known, device, goal, own_only)
    groups = _groups(device, beliefs, known, wants, largest, seed)
    return Proposal(groups, unknown, gone, len({person.goal_id for person in known.values()}))


def _beliefs(
    structure_id: uuid.UUID, ids: Collection[uuid.UUID], device: str, now: datetime
) -> dict[str, Assessment]:
    """What is believed of each person that there are facts on, on the graph of this device."""
    engines = current_engines()
    known = {
        str(id_): facts(rows) for id_, rows in group_queries.evidence_of_people(structure_id, ids).items()
    }
    model = engines.model(device)
    return {id_: assess(model, found, now, engines.parameters) for id_, found in known.items() if found}


@dataclass(frozen=True)
class _Wants:
    """The modules that each person's goals need; all, for whoever is not in it. ``own_only``: a module counts
    only for who needs it; otherwise what one needs is good for all."""

    needs: Mapping[str, tuple[str, ...]]
    own_only: bool

    @staticmethod
    def of(people: Mapping[str, Usager], device: str, goal: Goal | None, own_only: bool) -> _Wants:
        """With a ``goal``, what it needs on this device. Raises ``GroupsError``."""
        goals = {id_: (goal,) if goal else goals_of(person) for id_, person in people.items()}
        needs = {id_: _needed(each, device) for id_, each in goals.items() if each}
        if len(needs) == len(people) and not any(needs.values()):
            raise GroupsError("Ce qui est voulu ne s'apprend pas sur cet appareil. Choisissez-en un autre.")
        return _Wants(needs, own_only)

    @property
    def counted(self) -> Wanted:
        """What counts, as the engine takes it."""
        if self.own_only:
            return self.needs
        return tuple(dict.fromkeys(module for each in self.needs.values() for module in each))

    def needed_by(self, id_: str, module: ModuleName | None) -> bool:
        """Whether someone needs a module."""
        return module is not None and module.id in self.needs.get(id_, (module.id,))


def _needed(goals: Sequence[Goal], device: str) -> tuple[str, ...]:
    content = current_engines().content
    return tuple(dict.fromkeys(m for goal in goals for m in content.goal_modules(goal.id, device)))


def _groups(
    device: str,
    beliefs: Mapping[str, Assessment],
    people: Mapping[str, Usager],
    wants: _Wants,
    largest: int,
    seed: int,
) -> tuple[ProposedGroup, ...]:
    graph, wanted = current_engines().graph(device), wants.counted
    rng = np.random.default_rng(seed)
    sizes = _even_sizes(len(beliefs), largest)
    grouping = level_groups(graph, beliefs, sizes, rng, wanted=wanted, sessions=SESSIONS)
    reasons = group_reasons(graph, beliefs, grouping, wanted=wanted)
    expected = [group.expected for group in grouping.groups]
    learnt = shared_out(expected, round(sum(expected)))
    proposed = []
    for group, reason, number in zip(grouping.groups, reasons, learnt, strict=True):
        first = _first_module(graph, beliefs, group, wanted) if learns_here(reason) else None
        proposed.append(_told(reason, first, people, number, wants))
    return _named_apart(proposed)


def _even_sizes(people: int, largest: int) -> list[int]:
    """As few groups as possible, whose sizes differ by one at most."""
    groups = ceil(people / largest)
    return [people // groups + (place < people % groups) for place in range(groups)]


def _first_module(
    graph: ModuleGraph,
    beliefs: Mapping[str, Assessment],
    group: LevelGroup,
    wanted: Wanted,
) -> NextModule | None:
    """Who is ready for what the group learns first; the engine may tell modules that tie in another order."""
    found = next_modules(graph, {id_: beliefs[id_] for id_ in group.people}, wanted=wanted)
    return next((each for each in found if each.module == group.modules[0]), None)


def _told(
    reason: GroupReason,
    first: NextModule | None,
    people: Mapping[str, Usager],
    learnt: int,
    wants: _Wants,
) -> ProposedGroup:
    """A group in plain French, its people by name."""
    seats: dict[str, Seat] = (
        {seat.person: seat for seat in (*first.ready, *first.bored, *first.lost)} if first else {}
    )
    whys = {seat.person: seat for seat in reason.seats}
    module = module_name(first.module) if first else None
    places = []
    for person in by_name([people[seat.person] for seat in reason.seats]):
        key, called = str(person.id), person.first_name or ""
        for_them = not wants.own_only or wants.needed_by(key, module)
        now = seat_now_sentence(first, seats[key], called, for_them) if first else ""
        places.append(Place(person.id, display_name(person), seat_sentence(whys[key], called), now))
    return ProposedGroup(
        title=module.title if module else NOTHING_LEFT if nothing_left(reason) else TO_BE_KNOWN,
        why=group_sentence(reason),
        places=tuple(places),
        module=module,
        first=next_module_sentence(first) if first else "",
        ready=count_ready(first) if first else 0,
        later=tuple(session_sentence(each) for each in reason.sessions[1:] if each.ready >= SOMEBODY),
        learnt=learnt,
        on_the_way=sum(wants.needed_by(id_, module) for id_ in whys),
    )


def _named_apart(groups: Sequence[ProposedGroup]) -> tuple[ProposedGroup, ...]:
    """Groups by what they learn first, in the order of the alphabet: an order of levels would be read as one.
    Where two learn the same first, someone of the group tells them apart."""
    counts = Counter(group.title for group in groups)
    named = [
        replace(group, title=f"{group.title}, avec {group.places[0].name}")
        if counts[group.title] > 1
        else group
        for group in groups
    ]
    return tuple(sorted(named, key=lambda group: (plain(group.title), group.places[0].usager_id)))
