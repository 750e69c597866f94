"""Our version of Pix's rule against what the real program gave: `python -m benchmarks.pix_check`.

40 skills in 10 tubes of 2 to 6 levels out of 7, people perfectly ordered within a tube.
"""

from __future__ import annotations

import numpy as np

from app.engine.bank import Item, ItemBank, Step
from app.engine.graph import Module, ModuleGraph
from app.engine.pix_rule import PixRule, Tubes
from app.engine.replay import Record

REAL = {
    (0.0, 0.0): (17.5, 0.0, 5.7),
    (0.1, 0.05): (17.8, 4.1, 5.5),
    (0.25, 0.1): (18.5, 10.4, 5.2),
    (0.33, 0.1): (18.8, 14.0, 4.6),
}
LENGTHS = (2, 3, 3, 4, 4, 4, 4, 5, 5, 6)
PEOPLE = 1000


def main() -> None:
    rng = np.random.default_rng(1)
    levels = [sorted(rng.choice(np.arange(1, 8), length, replace=False)) for length in LENGTHS]
    names = [[f"t{t}.{level}" for level in tube] for t, tube in enumerate(levels)]
    flat = [name for tube in names for name in tube]
    graph = ModuleGraph(
        Module(name, f"t{t}", tuple(tube[i - 1 : i]))
        for t, tube in enumerate(names)
        for i, name in enumerate(tube)
    )
    tubes = Tubes(
        {
            name: float(level)
            for tube, row in zip(names, levels, strict=True)
            for name, level in zip(tube, row, strict=True)
        },
        {name: t for t, tube in enumerate(names) for name in tube},
        {name: frozenset(tube[:i]) for tube in names for i, name in enumerate(tube)},
        {name: frozenset(tube[i + 1 :]) for tube in names for i, name in enumerate(tube)},
    )
    print("guess slip   asked (real)   wrong % (real)   undecided % (real)")
    for (guess, slip), (asked, wrong, undecided) in REAL.items():
        bank = ItemBank(Item(name, (Step(name, guess, slip),)) for name in flat)
        rule = PixRule(graph, bank, tubes, rng)
        ability = rng.uniform(0, 8, PEOPLE)
        counts = np.zeros(3)
        for person in range(PEOPLE):
            reach = {t: ability[person] + rng.normal(0, 1) for t in range(len(names))}
            known = np.array([tubes.level[name] <= reach[tubes.tube[name]] for name in flat])
            right = rng.random(len(flat)) < np.where(known, 1 - slip, guess)
            columns = {name: i for i, name in enumerate(flat)}
            replay = rule.lead(Record(right.astype(np.int8), columns), (40,))
            verdict = replay.beliefs[40][[graph.index[name] for name in flat]]
            decided = np.isclose(np.abs(verdict - 0.5), 0.4)
            counts += len(replay.asked), (decided & ((verdict > 0.5) != known)).mean(), (~decided).mean()
        counts /= PEOPLE
        ours = (counts[0], 100 * counts[1], 100 * counts[2])
        cells = [f"{mine:6.1f} ({real})" for mine, real in zip(ours, (asked, wrong, undecided), strict=True)]
        print(f"{guess:5} {slip:4} ", *cells)


if __name__ == "__main__":
    main()
