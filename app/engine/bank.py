"""Items: screens that give evidence on modules, step by step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class BankError(ValueError):
    """The items do not make a bank: a repeated id, no step, or a probability out of its range."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done on a screen.

    ``guess`` is P(success | module not mastered), ``slip`` is P(failure | module mastered).
    """

    module: str
    guess: float
    slip: float


@dataclass(frozen=True, slots=True)
class Item:
    """A screen: a question of one step, or a scene of several steps on neighbouring modules.

    ``family`` names items that look alike (kind and situation); the diagnostic avoids two in a row.
    """

    id: str
    steps: tuple[Step, ...]
    family: str = ""

    @property
    def is_scene(self) -> bool:
        return len(self.steps) > 1

    @property
    def modules(self) -> tuple[str, ...]:
        return tuple(step.module for step in self.steps)


class ItemBank:
    """Items by id. Raises ``BankError`` on a repeated id, no step, or guess + slip of 1 and more."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items: tuple[Item, ...] = tuple(items)
        self.by_id = {item.id: item for item in self.items}
        if len(self.by_id) != len(self.items):
            raise BankError("an item id is given twice")
        for item in self.items:
            if not item.steps:
                raise BankError(f"{item.id} has no step")
            for step in item.steps:
                if not (0 <= step.guess < 1 and 0 <= step.slip < 1 and step.guess + step.slip < 1):
                    raise BankError(f"{item.id}: guess and slip must be in [0, 1[ with a sum under 1")

    def __len__(self) -> int:
        return len(self.items)

    def __contains__(self, item_id: object) -> bool:
        return item_id in self.by_id

    def __getitem__(self, item_id: str) -> Item:
        return self.by_id[item_id]

    def restricted_to(self, module_ids: Iterable[str]) -> ItemBank:
        """The items all of whose steps are on these modules."""
        kept = set(module_ids)
        return ItemBank(item for item in self.items if kept.issuperset(item.modules))
