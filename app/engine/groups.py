"""Level groups for a workshop series, and what a group should do next.

The objective is what a group can learn together: the expected number of modules that its members learn in the
next sessions, one module a session for the whole group. Someone learns a module in a session where it is on
their outer fringe: its prerequisites mastered, itself not. For one person that is about

    F(m) = max(0, min over prerequisites p of P(p)  −  P(m))

(the module's own mastery implies its prerequisites', Doignon & Falmagne 1999). The modules of a group are
chosen one after the other, the one that most members are ready for; each teaches, then opens what comes after
it. What counts is what each person wants: a module that is on nobody's way is learnt for nothing.

The partition alternates two exact steps, as k-means does: the best modules of each group, then the best
assignment of people to groups of those sizes (Hungarian method); swaps then improve it and settle who is to
be together or apart.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.engine.graph import ModuleGraph
from app.engine.needs import Mastery

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Wanted = Sequence[str] | Mapping[str, Collection[str]]
"""The modules that count: for everyone (all of them where it is empty), or for each person by name, for whom
all count where they are not in it."""

LEARNT = 0.7
"""Share of a group's ready members that a session on the module brings there, on the way to the next."""


class GroupingError(ValueError):
    """The groups asked for cannot be: sizes that do not add up, or pairs that contradict one another."""


@dataclass(frozen=True)
class LevelGroup:
    """People to bring together, the modules that suit them, in order, and the modules learnt expected
    (sum)."""

    people: tuple[str, ...]
    modules: tuple[str, ...]
    expected: float


@dataclass(frozen=True)
class Grouping:
    """The groups; ``unmet`` are the pairs asked together or apart that could not be."""

    groups: tuple[LevelGroup, ...]
    unmet: tuple[tuple[str, str], ...] = ()

    @property
    def expected(self) -> float:
        """Modules learnt expected, all groups together."""
        return sum(group.expected for group in self.groups)


class Fringes:
    """P(mastered) of people over a graph, (people, modules), in the order given, and what they are ready to
    learn of what they want."""

    def __init__(
        self, graph: ModuleGraph, people: Sequence[str], beliefs: Mapping[str, Mastery], wanted: Wanted = ()
    ) -> None:
        self.graph = graph
        self.mastered = np.array(
            [[float(beliefs[person][m]) for m in graph.ids] for person in people]
        ).reshape(-1, len(graph))
        self.wanted = _wanted(graph, people, wanted)
        nothing = len(graph)
        most = max((len(m.prerequisites) for m in graph.modules), default=0)
        self._prerequisites = np.full((len(graph), max(most, 1)), nothing)
        for j, module in enumerate(graph.modules):
            for k, prerequisite in enumerate(module.prerequisites):
                self._prerequisites[j, k] = graph.index[prerequisite]

    def ready(self, mastered: Floats) -> Floats:
        """P(all prerequisites mastered) of each module, (people, modules), as the least of them."""
        padded = np.concatenate([mastered, np.ones((len(mastered), 1))], axis=1)
        return np.asarray(padded[:, self._prerequisites].min(axis=2))

    def fringe(self, mastered: Floats) -> Floats:
        """P(ready to be learnt next), (people, modules); 0 for what the person does not want."""
        return np.where(self.wanted, np.maximum(self.ready(mastered) - mastered, 0.0), 0.0)

    def modules_for(self, members: Ints, sessions: int) -> tuple[list[int], float]:
        """The group's modules, one a session until nobody is ready for any that they want, and the expected
        number that its members learn of what they want."""
        padded = np.concatenate([self.mastered[members], np.ones((len(members), 1))], axis=1)
        mastered, wanted = padded[:, :-1], self.wanted[members]
        chosen, expected = [], 0.0
        for _ in range(sessions):
            fringe = np.maximum(padded[:, self._prerequisites].min(axis=2) - mastered, 0.0)
            sums = np.where(wanted, fringe, 0.0).sum(axis=0)
            best = int(sums.argmax())
            if sums[best] <= 0:
                break
            chosen.append(best)
            expected += LEARNT * float(sums[best])
            mastered[:, best] += LEARNT * fringe[:, best]
        return chosen, expected

    def following(self, modules: Sequence[int]) -> Floats:
        """What each person is expected to learn of these modules, one a session in this order, (people,
        sessions); see ``counted`` for what they want of it."""
        mastered, gains = self.mastered.copy(), np.zeros((len(self.mastered), len(modules)))
        for session, module in enumerate(modules):
            needed = [self.graph.index[p] for p in self.graph.modules[module].prerequisites]
            ready = mastered[:, needed].min(axis=1) if needed else np.ones(len(mastered))
            gains[:, session] = LEARNT * np.maximum(ready - mastered[:, module], 0.0)
            mastered[:, module] += gains[:, session]
        return gains

    def counted(self, modules: Sequence[int]) -> Floats:
        """The same, (people, sessions), 0 for what the person does not want."""
        return np.where(self.wanted[:, list(modules)], self.following(modules), 0.0)


def _wanted(graph: ModuleGraph, people: Sequence[str], wanted: Wanted) -> Bools:
    """Whether each module counts for each person, (people, modules)."""
    if not isinstance(wanted, Mapping):
        wanted = dict.fromkeys(people, wanted) if wanted else {}
    everything = frozenset(graph.ids)
    sets = [frozenset(wanted.get(person, everything)) for person in people]
    return np.array([[m in each for m in graph.ids] for each in sets], dtype=bool).reshape(-1, len(graph))


def level_groups(
    graph: ModuleGraph,
    beliefs: Mapping[str, Mastery],
    sizes: Sequence[int],
    rng: np.random.Generator,
    *,
    wanted: Wanted = (),
    sessions: int = 4,
    together: Sequence[tuple[str, str]] = (),
    apart: Sequence[tuple[str, str]] = (),
    swaps: int = 3000,
) -> Grouping:
    """Groups of these sizes that can learn most together over so many sessions.

    ``beliefs`` gives each person's P(mastered) by module id; ``wanted`` the modules that count, for everyone
    or for each person (all by default). ``swaps`` bounds the search. Raises ``GroupingError`` when the sizes
    do not sum to the people, or the pairs contradict one another. The same arguments and generator state give
    the same groups.
    """
    people = sorted(beliefs)
    if sum(sizes) != len(people) or any(size < 1 for size in sizes):
        raise GroupingError(f"groups of {list(sizes)} do not seat {len(people)} people")
    if not people:
        return Grouping(())
    place = {person: i for i, person in enumerate(people)}
    pairs = _Pairs.of(place, together, apart, max(sizes))
    fringes = Fringes(graph, people, beliefs, wanted)
    search = _Search(fringes, sizes, sessions, pairs)
    search.alternate()
    search.settle(rng)
    search.swap(rng, swaps)
    groups = []
    for g in range(len(sizes)):
        modules, expected = fringes.modules_for(search.members(g), sessions)
        names = tuple(people[i] for i in search.members(g))
        groups.append(LevelGroup(names, tuple(graph.ids[m] for m in modules), expected))
    return Grouping(tuple(groups), tuple((people[a], people[b]) for a, b in pairs.broken(search.group)))


@dataclass(frozen=True)
class _Pairs:
    """Who is to be together and who apart, by place."""

    together: tuple[tuple[int, int], ...]
    apart: tuple[tuple[int, int], ...]

    @staticmethod
    def of(
        place: Mapping[str, int],
        together: Sequence[tuple[str, str]],
        apart: Sequence[tuple[str, str]],
        largest: int,
    ) -> _Pairs:
        """Pairs of people who are there; raises ``GroupingError`` when they contradict one another."""
        near, far = (
            tuple((place[a], place[b]) for a, b in pairs if a in place and b in place and a != b)
            for pairs in (together, apart)
        )
        block = list(range(len(place)))
        for a, b in near:
            old, new = block[b], block[a]
            block = [new if value == old else value for value in block]
        names = sorted(place, key=place.__getitem__)
        for a, b in far:
            if block[a] == block[b]:
                raise GroupingError(f"{names[a]} and {names[b]} are asked both together and apart")
        if place and max(block.count(value) for value in block) > largest:
            raise GroupingError("more people are asked together than the largest group seats")
        return _Pairs(near, far)

    @property
    def people(self) -> frozenset[int]:
        """Everyone in a pair."""
        return frozenset(person for pair in (*self.together, *self.apart) for person in pair)

    def broken(self, group: Ints) -> list[tuple[int, int]]:
        """The pairs that these groups do not keep."""
        return [(a, b) for a, b in self.together if group[a] != group[b]] + [
            (a, b) for a, b in self.apart if group[a] == group[b]
        ]


class _Search:
    """Groups being improved: ``group`` is each person's group, ``value`` what each group is expected to
    learn."""

    def __init__(self, fringes: Fringes, sizes: Sequence[int], sessions: int, pairs: _Pairs) -> None:
        self.fringes, self.sizes, self.sessions, self.pairs = fringes, sizes, sessions, pairs
        level = np.argsort(fringes.mastered.sum(axis=1), kind="stable")
        self.group = np.empty(len(level), dtype=np.int64)
        self.group[level] = np.repeat(np.arange(len(sizes)), sizes)
        self.value = [self._value(self.members(g)) for g in range(len(sizes))]

    def members(self, g: int) -> Ints:
        return np.flatnonzero(self.group == g)

    def _value(self, members: Ints) -> float:
        return self.fringes.modules_for(members, self.sessions)[1]

    def alternate(self, rounds: int = 15) -> None:
        """Best modules for each group, best group for each person, and again while that helps."""
        # Only here, because scipy takes most of a second to import.
        from scipy.optimize import linear_sum_assignment

        seats = np.repeat(np.arange(len(self.sizes)), self.sizes)
        for _ in range(rounds):
            worth = np.stack(
                [
                    self.fringes.counted(self.fringes.modules_for(self.members(g), self.sessions)[0]).sum(
                        axis=1
                    )
                    for g in range(len(self.sizes))
                ],
                axis=1,
            )
            rows, columns = linear_sum_assignment(-worth[:, seats])
            before, self.group = self.group.copy(), self.group.copy()
            self.group[rows] = seats[columns]
            value = [self._value(self.members(g)) for g in range(len(self.sizes))]
            if sum(value) <= sum(self.value) + 1e-9:
                self.group = before
                return
            self.value = value

    def settle(self, rng: np.random.Generator, tries: int = 2000) -> None:
        """Swap people until the pairs are kept, each time the swap that keeps most and loses least."""
        for _ in range(tries):
            broken = self.pairs.broken(self.group)
            if not broken:
                return
            person = int(rng.choice(broken[int(rng.integers(len(broken)))]))
            others = np.flatnonzero(self.group != self.group[person])
            if not len(others):
                return
            count = len(broken)
            left = [(self._broken_after(person, int(other)), int(other)) for other in others]
            least = min(number for number, _ in left)
            if least > count:
                continue
            self._exchange(person, int(rng.choice([other for number, other in left if number == least])))

    def _broken_after(self, one: int, other: int) -> int:
        swapped = self.group.copy()
        swapped[one], swapped[other] = swapped[other], swapped[one]
        return len(self.pairs.broken(swapped))

    def _exchange(self, one: int, other: int) -> None:
        g, h = int(self.group[one]), int(self.group[other])
        self.group[one], self.group[other] = h, g
        self.value[g], self.value[h] = self._value(self.members(g)), self._value(self.members(h))

    def swap(self, rng: np.random.Generator, tries: int) -> None:
        """Try swaps of two people drawn at random; keep those that help and break no pair more."""
        people, paired = len(self.group), self.pairs.people
        if len(self.sizes) < 2:
            return
        for one, other in rng.integers(people, size=(tries, 2)):
            g, h = int(self.group[one]), int(self.group[other])
            if g == h:
                continue
            if paired.intersection((int(one), int(other))) and self._broken_after(one, other) > len(
                self.pairs.broken(self.group)
            ):
                continue
            before = self.value[g] + self.value[h]
            self.group[one], self.group[other] = h, g
            after = self._value(self.members(g)), self._value(self.members(h))
            if sum(after) > before + 1e-9:
                self.value[g], self.value[h] = after
            else:
                self.group[one], self.group[other] = g, h


# What a group does next


@dataclass(frozen=True)
class Seat:
    """One participant at this module: P(mastered), P(prerequisites mastered), and what to give them instead.

    ``instead`` is a module they are readier for: a prerequisite for someone who would be lost, a later one
    for someone who would be bored; ``None`` where the module itself suits them, or nothing else does.
    """

    person: str
    mastered: float
    ready: float
    instead: str | None = None


@dataclass(frozen=True)
class NextModule:
    """A module for the group: who is ready for it, who would be bored, who would be lost; best served
    first."""

    module: str
    expected: float
    ready: tuple[Seat, ...]
    bored: tuple[Seat, ...]
    lost: tuple[Seat, ...]


def next_modules(
    graph: ModuleGraph,
    beliefs: Mapping[str, Mastery],
    *,
    wanted: Wanted = (),
    count: int = 3,
    bored: float = 0.7,
    lost: float = 0.5,
) -> tuple[NextModule, ...]:
    """The ``count`` modules that most of these people are ready to learn and want, best first.

    Bored: P(mastered) from ``bored`` on. Lost: P(prerequisites mastered) under ``lost``. Modules that nobody
    is ready for are left out; ``expected`` is the expected number of people who are ready for the module and
    want it. The seats say who is ready, whatever they want; ``instead`` is something wanted.
    """
    people = sorted(beliefs)
    if not people:
        return ()
    fringes = Fringes(graph, people, beliefs, wanted)
    ready, fringe = fringes.ready(fringes.mastered), fringes.fringe(fringes.mastered)
    sums = fringe.sum(axis=0)
    best = sorted(range(len(graph)), key=lambda m: (-round(float(sums[m]), 9), m))[:count]
    found = []
    for m in best:
        if sums[m] <= 0:
            continue
        seats: dict[str, list[Seat]] = {"ready": [], "bored": [], "lost": []}
        for i, person in enumerate(people):
            p, r = float(fringes.mastered[i, m]), float(ready[i, m])
            kind = "bored" if p >= bored else "lost" if r < lost else "ready"
            instead = None if kind == "ready" else _instead(graph, fringe[i], m, kind)
            seats[kind].append(Seat(person, p, r, instead))
        by_need = {
            kind: tuple(sorted(row, key=lambda s: (s.mastered, s.person))) for kind, row in seats.items()
        }
        found.append(
            NextModule(graph.ids[m], float(sums[m]), by_need["ready"], by_need["bored"], by_need["lost"])
        )
    return tuple(found)


def _instead(graph: ModuleGraph, fringe: Floats, module: int, kind: str) -> str | None:
    """What this person is readiest for on the way to the module (lost) or beyond it (bored), else
    anywhere."""
    name = graph.ids[module]
    near = graph.ancestors(name) if kind == "lost" else graph.descendants(name)
    for candidates in (near, set(graph.ids) - {name}):
        best = max(sorted(candidates), key=lambda m: fringe[graph.index[m]], default=None)
        if best is not None and fringe[graph.index[best]] >= 0.3:
            return best
    return None
