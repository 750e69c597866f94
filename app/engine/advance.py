"""How far a plan that is being laid out has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.engine.needs import Need, Needed


class Advance:
    """Which steps of what is to do (``todo``) are placed; ``open`` are the modules that may come now.

    A module waits for each of those before it (``before``) until as many of their steps are placed as it
    takes for it to be ready.
    """

    __slots__ = ("_after", "_todo", "_waits", "open", "placed")

    def __init__(self, todo: Mapping[str, Need], before: Mapping[str, Iterable[str]]) -> None:
        self._todo = todo
        self._after: dict[str, list[str]] = {module: [] for module in todo}
        self._waits = dict.fromkeys(todo, 0)
        for module, earlier in before.items():
            for prerequisite in earlier:
                if todo[prerequisite].ready_after:
                    self._after[prerequisite].append(module)
                    self._waits[module] += 1
        self.placed = dict.fromkeys(todo, 0)
        self.open = {module for module, waits in self._waits.items() if not waits}

    def copy(self) -> Advance:
        """The same, to go on from without changing this one."""
        other = Advance.__new__(Advance)
        other._todo, other._after = self._todo, self._after
        other._waits, other.placed, other.open = dict(self._waits), dict(self.placed), set(self.open)
        return other

    def next(self, module: str) -> Needed:
        """The step that an open module calls for now."""
        return self._todo[module].steps[self.placed[module]]

    def place(self, module: str) -> None:
        """One more step of this module is placed: it may be finished, and may open others."""
        need = self._todo[module]
        self.placed[module] += 1
        if self.placed[module] == len(need.steps):
            self.open.discard(module)
        if self.placed[module] == need.ready_after:
            for following in self._after[module]:
                self._waits[following] -= 1
                if not self._waits[following]:
                    self.open.add(following)
