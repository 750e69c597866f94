"""The content in memory: what the rest of Jalons asks for modules, items and goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from app.content.models import DEVICES, Device, Domain, Goal, Item, Module, Workshop
from app.content.problem import ContentError
from app.content.rules import cycles, ids, references
from app.content.sources import Sources, read_sources
from app.engine import bank as engine_bank
from app.engine import graph as engine_graph

#: Rules without which there is neither graph nor bank; the others are for ``app.content.check``.
ESSENTIAL = (ids.check, references.check, cycles.check)


@dataclass(frozen=True)
class Content:
    """Modules, items and goals by id, in the order of the files. Load it with ``Content.load``."""

    domains: tuple[Domain, ...]
    modules: Mapping[str, Module]
    items: Mapping[str, Item]
    goals: Mapping[str, Goal]
    workshops: Mapping[str, Workshop]
    version: str
    _banks: dict[Device, engine_bank.ItemBank] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def load(cls, parcours_dir: Path, quizzes_dir: Path) -> Content:
        """Read both folders. Raises ``ContentError`` with everything that is wrong."""
        sources = read_sources(Path(parcours_dir), Path(quizzes_dir))
        problems = [*sources.problems, *(problem for rule in ESSENTIAL for problem in rule(sources))]
        if problems:
            raise ContentError(sorted(problems))
        return cls.of(sources)

    @classmethod
    def of(cls, sources: Sources) -> Content:
        """The content of sources that were found sound."""
        return cls(
            domains=tuple(source.model for source in sources.domains),
            modules={entry.model.id: entry.model for entry in sources.modules()},
            items={entry.model.id: entry.model for entry in sources.items()},
            goals={source.model.id: source.model for source in sources.goals},
            workshops={source.model.id: source.model for source in sources.workshops},
            version=sources.version,
        )

    def find_item(self, item_id: str) -> Item | None:
        """The item, or nothing where it has left the content since."""
        return self.items.get(item_id)

    def find_module(self, module_id: str) -> Module | None:
        """The module, or nothing where it has left the content since."""
        return self.modules.get(module_id)

    def find_goal(self, goal_id: str) -> Goal | None:
        """The goal, or nothing where it has left the content since."""
        return self.goals.get(goal_id)

    def items_of(self, module_id: str) -> tuple[Item, ...]:
        """The questions on a module; scenes, which are on several, are in ``items``."""
        return self._items_by_module.get(module_id, ())

    def domain_of(self, module_id: str) -> Domain | None:
        """The domain that a module belongs to."""
        return self._domains_by_id.get(module_id.partition(".")[0])

    def goals_on(self, device: Device | str) -> tuple[Goal, ...]:
        """The goals that make sense on a device."""
        return tuple(goal for goal in self.goals.values() if Device(device) in goal.devices)

    def graph(self, device: Device | str) -> engine_graph.ModuleGraph:
        """The modules that can be learnt on a device, with the prerequisites that hold on it."""
        return self._graphs[Device(device)]

    def bank(self, device: Device | str) -> engine_bank.ItemBank:
        """The items that can be used on a device, all of whose modules can be learnt on it."""
        device = Device(device)
        if device not in self._banks:
            self._banks[device] = self._bank(device)
        return self._banks[device]

    def goal_modules(self, goal_id: str, device: Device | str) -> tuple[str, ...]:
        """The goal's targets and all that they need on this device, prerequisites first; none if unknown."""
        goal = self.find_goal(goal_id)
        return self.graph(device).closure(goal.targets) if goal else ()

    @cached_property
    def _items_by_module(self) -> dict[str, tuple[Item, ...]]:
        found: dict[str, list[Item]] = {}
        for item in self.items.values():
            if not item.is_scene:
                found.setdefault(item.modules[0], []).append(item)
        return {module: tuple(items) for module, items in found.items()}

    @cached_property
    def _domains_by_id(self) -> dict[str, Domain]:
        return {domain.id: domain for domain in self.domains}

    @cached_property
    def _graphs(self) -> dict[Device, engine_graph.ModuleGraph]:
        return {device: module_graph(self.modules, device) for device in DEVICES}

    def _bank(self, device: Device) -> engine_bank.ItemBank:
        graph = self.graph(device)
        return engine_bank.ItemBank(
            engine_item(item)
            for item in self.items.values()
            if device in item.devices and all(module in graph for module in item.modules)
        )


def module_graph(modules: Mapping[str, Module], device: Device) -> engine_graph.ModuleGraph:
    """The engine's graph of those who learn on a device.

    A module that can't be learnt there is left out, and so are the arcs that come from it.
    """
    there = {id_ for id_, module in modules.items() if module.on(device)}
    return engine_graph.ModuleGraph(
        engine_graph.Module(
            id=module.id,
            domain=module.domain,
            prerequisites=tuple(p for p in module.prerequisites_on(device) if p in there),
            difficulty=module.difficulty,
            minutes=module.minutes,
        )
        for module in modules.values()
        if module.id in there
    )


def engine_item(item: Item) -> engine_bank.Item:
    """The item as the engine sees it."""
    steps = tuple(engine_bank.Step(step.module, step.guess, step.slip) for step in item.steps)
    return engine_bank.Item(item.id, steps, family(item))


def family(item: Item) -> str:
    """Items that look alike have the same: the genre, and the application drawn or the picture shown."""
    if item.is_simulated:
        return f"simulateur:{item.simulator}"
    screen = item.steps[0].screen
    picture = item.illustration.icon if item.illustration else ""
    return f"{item.genre}:{screen.title if screen else picture}"
