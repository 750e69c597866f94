"""Why these people are together: what each session of the group brings to each of them, and what another
group would bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.engine.graph import ModuleGraph
from app.engine.groups import LEARNT, Floats, Fringes, Grouping, Wanted
from app.engine.needs import Mastery


@dataclass(frozen=True)
class SessionReason:
    """One session of a group: numbers of people expected to be ``ready`` for its module, be it what they want
    or not, to have ``mastered`` it, and to be ``missing`` something that comes before; together the people of
    the group."""

    module: str
    ready: float
    mastered: float
    missing: float


@dataclass(frozen=True)
class SeatReason:
    """Why someone is in a group: the modules that they want and are expected to learn there, as (module,
    chance), the likeliest first; their sum, and the same sum in the best of the other groups for them (0
    without any)."""

    person: str
    learns: tuple[tuple[str, float], ...]
    here: float
    elsewhere: float


@dataclass(frozen=True)
class GroupReason:
    """Why a group is what it is: its sessions in order, its people in order."""

    sessions: tuple[SessionReason, ...]
    seats: tuple[SeatReason, ...]


def group_reasons(
    graph: ModuleGraph, beliefs: Mapping[str, Mastery], grouping: Grouping, *, wanted: Wanted = ()
) -> tuple[GroupReason, ...]:
    """The reason of each group of a grouping, in its order.

    ``beliefs`` and ``wanted`` are those that the groups were made from; what is expected is counted as there
    (``groups.py``), so that the sum of ``here`` over a group's people is its ``expected``.
    """
    people = [person for group in grouping.groups for person in group.people]
    fringes = Fringes(graph, people, beliefs, wanted)
    programmes = [[graph.index[module] for module in group.modules] for group in grouping.groups]
    gains = [fringes.counted(programme) for programme in programmes]
    reasons, start = [], 0
    for g, group in enumerate(grouping.groups):
        rows = slice(start, start + len(group.people))
        start = rows.stop
        learnt = fringes.following(programmes[g])[rows]
        sessions = _sessions(fringes.mastered[rows], programmes[g], learnt, group.modules)
        seats = []
        for row, person in enumerate(group.people, rows.start):
            others = [float(gains[h][row].sum()) for h in range(len(gains)) if h != g]
            learns = _learns(group.modules, gains[g][row].tolist())
            seats.append(SeatReason(person, learns, float(gains[g][row].sum()), max(others, default=0.0)))
        reasons.append(GroupReason(sessions, tuple(seats)))
    return tuple(reasons)


def _sessions(
    known: Floats, programme: Sequence[int], gains: Floats, modules: Sequence[str]
) -> tuple[SessionReason, ...]:
    """``known`` (people, modules) is P(mastered) before the first session, ``gains`` (people, sessions)."""
    mastered, found = known.copy(), []
    for session, (column, module) in enumerate(zip(programme, modules, strict=True)):
        can = float(mastered[:, column].sum())
        ready = float(gains[:, session].sum()) / LEARNT
        found.append(SessionReason(module, ready, can, len(mastered) - ready - can))
        mastered[:, column] += gains[:, session]
    return tuple(found)


def _learns(modules: Sequence[str], chances: Sequence[float]) -> tuple[tuple[str, float], ...]:
    """A module that comes twice is told once."""
    sums: dict[str, float] = {}
    for module, chance in zip(modules, chances, strict=True):
        sums[module] = sums.get(module, 0.0) + chance
    return tuple(sorted(sums.items(), key=lambda one: (-one[1], one[0])))
