"""What a plan is asked for, and what it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.engine.needs import StepKind
from app.engine.reasons import Reason
from app.engine.wishes import Move


@dataclass(frozen=True)
class PlanStep:
    """One module in one session: what to do with it, for how long, and why."""

    module: str
    kind: StepKind
    minutes: int
    reason: Reason


@dataclass(frozen=True)
class PlannedSession:
    """The steps of one session, in order, and their minutes together."""

    steps: tuple[PlanStep, ...]
    minutes: int


@dataclass(frozen=True)
class PlanRequest:
    """What is asked for.

    ``targets`` are the goal's modules; ``pinned`` come first, in this order, with what they need; ``skipped``
    are left out. ``added`` come beside the goal, without what they need where the goal doesn't need it.
    ``moves`` are wishes about order, the newest last: each holds as far as prerequisites and newer ones let
    it. ``set_aside`` says after how many sessions a module may come (0: at once); what needs it waits too.
    ``again`` are pinned or added modules to look at once more even where they seem mastered.
    ``session_minutes`` is the length of a session, kept unless one single step is longer; ``new_per_session``
    the most new things in one. Both are at least 1, or ``ValueError``.
    """

    targets: tuple[str, ...]
    session_minutes: int = 60
    new_per_session: int = 2
    pinned: tuple[str, ...] = ()
    skipped: frozenset[str] = frozenset()
    added: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    set_aside: Mapping[str, int] = field(default_factory=dict)
    again: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.session_minutes < 1 or self.new_per_session < 1:
            raise ValueError("a session has at least one minute and room for one new thing")
