"""From the scopes of a product of tables to the cliques of a junction tree.

Variables are integers; a scope is the set of variables of one table. Lauritzen & Spiegelhalter (1988), "Local
computations with probabilities on graphical structures". Variables go in the order of least weighted fill
(Kjærulff 1990), a greedy rule; a few runs with its weights shaken keep the smallest tables found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, prod
from random import Random

RUNS = 8
SHAKE = 0.7
MERGED_STATES = 200
"""Neighbouring cliques are joined while their union stays this small: fewer, fuller arrays go faster."""


@dataclass(frozen=True, slots=True)
class Clique:
    """A node of the junction tree. ``separator`` is shared with the parent, ``residual`` appears here first.

    ``parent`` is an index in the list of cliques, always smaller than the clique's own; -1 at the root.
    """

    separator: tuple[int, ...]
    residual: tuple[int, ...]
    parent: int

    @property
    def variables(self) -> tuple[int, ...]:
        return self.separator + self.residual


class WideError(ValueError):
    """No order tried keeps every table under the limit; ``width`` is where the best of them gave up."""

    def __init__(self, width: int) -> None:
        super().__init__(f"every order tried makes a table of {width + 1} variables")
        self.width = width


def junction_tree(scopes: Iterable[Iterable[int]], sizes: Sequence[int], most: float = inf) -> list[Clique]:
    """Cliques of a tree with the running intersection property, parents first; every scope is in one of them.

    ``sizes[v]`` is the number of values of variable v. Parts that share no variable hang from the first
    root by an empty separator, so there is always one tree. Raises ``WideError``, as soon as that is known,
    when every order tried makes a table of more than ``most`` states.
    """
    eliminated = _best_elimination([tuple(scope) for scope in scopes], sizes, most)
    position = {variable: i for i, (variable, _) in enumerate(eliminated)}
    members: dict[int, set[int]] = {}
    parents: dict[int, int] = {}
    home: dict[int, int] = {}
    for variable, neighbours in reversed(eliminated):
        parent = home[min(neighbours, key=position.__getitem__)] if neighbours else -1
        if parent >= 0 and _worth_merging(members[parent], neighbours | {variable}, sizes):
            members[parent].add(variable)
            home[variable] = parent
            continue
        clique = len(members)
        members[clique] = neighbours | {variable}
        parents[clique] = parent if parent >= 0 or not clique else 0
        home[variable] = clique
    cliques = []
    for clique, variables in members.items():
        residual = tuple(sorted(v for v in variables if home[v] == clique))
        separator = tuple(sorted(variables - set(residual)))
        cliques.append(Clique(separator, residual, parents[clique]))
    return cliques


def table_entries(cliques: Iterable[Clique], sizes: Sequence[int]) -> int:
    """Number of entries of all clique tables together."""
    return sum(prod(sizes[v] for v in clique.variables) for clique in cliques)


def width(cliques: Iterable[Clique]) -> int:
    """Variables of the largest clique, less one."""
    return max((len(clique.variables) for clique in cliques), default=1) - 1


def elimination_states(scopes: Sequence[Iterable[int]], sizes: Sequence[int], most: float) -> float:
    """States of all the tables that one unshaken run goes through; infinite when one has more than
    ``most``."""
    try:
        return _states(_eliminate(scopes, sizes, most, Random(0), 0.0), sizes)
    except WideError:
        return inf


Elimination = list[tuple[int, set[int]]]
"""Variables in the order they go, each with those it still touched then."""


def _states(run: Elimination, sizes: Sequence[int]) -> int:
    return sum(sizes[v] * prod(sizes[o] for o in around) for v, around in run)


def _best_elimination(scopes: Sequence[Iterable[int]], sizes: Sequence[int], most: float) -> Elimination:
    runs: list[Elimination] = []
    reached: list[int] = []
    for number in range(RUNS):
        try:
            runs.append(_eliminate(scopes, sizes, most, Random(number), SHAKE if number else 0.0))
        except WideError as error:
            reached.append(error.width)
    if not runs:
        raise WideError(min(reached))
    return min(runs, key=lambda run: _states(run, sizes))


def _eliminate(
    scopes: Iterable[Iterable[int]], sizes: Sequence[int], most: float, rng: Random, shake: float
) -> Elimination:
    neighbours: dict[int, set[int]] = {variable: set() for variable in range(len(sizes))}
    for scope in scopes:
        scope_set = set(scope)
        for variable in scope_set:
            neighbours[variable] |= scope_set - {variable}

    def weight(variable: int) -> tuple[float, int]:
        around = sorted(neighbours[variable])
        missing = (
            sizes[a] * sizes[b] for i, a in enumerate(around) for b in around[:i] if b not in neighbours[a]
        )
        return (1 + sum(missing)) * (1 + shake * rng.random()), variable

    weights = {variable: weight(variable) for variable in neighbours}
    eliminated = []
    while weights:
        variable = min(weights, key=weights.__getitem__)
        around = neighbours.pop(variable)
        if sizes[variable] * prod(sizes[other] for other in around) > most:
            raise WideError(len(around))
        del weights[variable]
        touched = set(around)
        for other in around:
            neighbours[other] |= around
            neighbours[other] -= {variable, other}
            touched |= neighbours[other]
        for other in sorted(touched):
            weights[other] = weight(other)
        eliminated.append((variable, around))
    return eliminated


def _worth_merging(clique: set[int], newcomers: set[int], sizes: Sequence[int]) -> bool:
    union = prod(sizes[v] for v in clique | newcomers)
    return union <= MERGED_STATES or clique <= newcomers
