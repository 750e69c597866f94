"""The trail as a drawing: a winding path with its stakes. The list under it says the same in words."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from app.services.trail import Stake, Trail

COLUMNS = 4
CELL_WIDTH, CELL_HEIGHT = 180, 170
TOP, BOTTOM = 108, 14
"""From the top to the first row's ground, and under the last cell: what stands there is drawn whole."""
PASSED_SHOWN, AHEAD_SHOWN = 3, 12


@dataclass(frozen=True)
class Mark:
    """``x`` and ``y`` are where it stands, in the drawing's units. The last is the goal."""

    x: int
    y: int
    stake: Stake | None
    number: int
    """Its place in the list of what is ahead; 0 for what is passed."""


@dataclass(frozen=True)
class TrailMap:
    """The drawing: its size, the way as an SVG path, and the stakes along it."""

    width: int
    height: int
    way: str
    marks: tuple[Mark, ...]
    hidden: int
    """Stakes ahead that the drawing leaves out."""


def trail_map(trail: Trail) -> TrailMap:
    """The last stakes passed, those ahead, then the goal, along a path that turns at the end of each row."""
    ahead = trail.ahead[:AHEAD_SHOWN]
    passed = trail.passed[-PASSED_SHOWN:]
    shown = [(stake, 0) for stake in passed] + [(stake, n) for n, stake in enumerate(ahead, start=1)]
    marks = tuple(Mark(*_place(n), stake, number) for n, (stake, number) in enumerate([*shown, (None, 0)]))
    rows = (len(marks) + COLUMNS - 1) // COLUMNS
    return TrailMap(
        width=COLUMNS * CELL_WIDTH,
        height=rows * CELL_HEIGHT + BOTTOM,
        way=_way([(mark.x, mark.y) for mark in marks]),
        marks=marks,
        hidden=len(trail.ahead) - len(ahead),
    )


def _place(n: int) -> tuple[int, int]:
    row, column = divmod(n, COLUMNS)
    if row % 2:
        column = COLUMNS - 1 - column
    sway = 14 if n % 2 else -14
    return column * CELL_WIDTH + CELL_WIDTH // 2, row * CELL_HEIGHT + TOP + sway


def _way(points: list[tuple[int, int]]) -> str:
    """A smooth line through the points: each piece leaves and arrives level, or bulges out at a turn."""
    way = f"M{points[0][0]} {points[0][1]}"
    for (x, y), (to_x, to_y) in itertools.pairwise(points):
        if x == to_x:
            out = x + (70 if x > COLUMNS * CELL_WIDTH / 2 else -70)
            way += f"C{out} {y + 10} {out} {to_y - 10} {to_x} {to_y}"
        else:
            middle = (x + to_x) // 2
            way += f"C{middle} {y} {middle} {to_y} {to_x} {to_y}"
    return way
