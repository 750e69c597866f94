"""What a conseiller wished about the order of a plan, kept as far as it can be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Move:
    """``module`` was moved before ``other``, or after it."""

    module: str
    other: str
    earlier: bool

    @property
    def pair(self) -> tuple[str, str]:
        """What comes first, then what comes after it."""
        return (self.module, self.other) if self.earlier else (self.other, self.module)


def possible_moves(moves: Sequence[Move], before: Mapping[str, Collection[str]]) -> tuple[Move, ...]:
    """The moves that can hold together, given what must come before each module to do.

    The newest is looked at first: an older one that goes against it, or against a prerequisite, is left out,
    and so is one about a module that is not to do.
    """
    comes_after = {module: set(earlier) for module, earlier in before.items()}
    kept: list[Move] = []
    for move in reversed(moves):
        first, then = move.pair
        known = first in comes_after and then in comes_after
        if known and first != then and not _reaches(comes_after, first, then):
            comes_after[then].add(first)
            kept.append(move)
    return tuple(reversed(kept))


def before_each(moves: Sequence[Move]) -> dict[str, set[str]]:
    """For each module that others were moved before: which ones."""
    found: dict[str, set[str]] = {}
    for move in moves:
        first, then = move.pair
        found.setdefault(then, set()).add(first)
    return found


def _reaches(comes_after: Mapping[str, Collection[str]], start: str, wanted: str) -> bool:
    """Whether ``wanted`` must come before ``start``, near or far."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        module = waiting.pop()
        if module == wanted:
            return True
        if module not in seen:
            seen.add(module)
            waiting.extend(comes_after.get(module, ()))
    return False
