"""Scores, held against the same figures counted one verdict at a time."""

from math import log

import numpy as np
import pytest
from counted_scores import counted

from app.engine.graph import Module, ModuleGraph
from app.engine.scores import Scores, score

GRAPH = ModuleGraph(
    [Module("a", "d"), Module("b", "d", ("a",)), Module("c", "e", ("a", "b")), Module("x", "e")]
)


def scored(said: list[list[float]], so: list[list[bool]]) -> Scores:
    return score(np.array(said), np.array(so), GRAPH)


@pytest.mark.parametrize("seed", range(5))
def test_every_score_is_what_counting_gives(seed: int) -> None:
    rng = np.random.default_rng(seed)
    said = rng.uniform(0.001, 0.999, (30, 4))
    so = rng.random((30, 4)) < said**2
    found = scored(said.tolist(), so.tolist()).as_dict()
    for name, value in counted(said.tolist(), so.tolist()).items():
        assert found[name] == pytest.approx(value), name


def test_the_first_proposed_module_is_ready_or_not() -> None:
    said = [[0.9, 0.2, 0.1, 0.8], [0.2, 0.1, 0.1, 0.9]]
    # The first person is proposed b and lacks it; the second is proposed a and has it.
    so = [[True, False, False, True], [True, False, False, True]]
    assert scored(said, so).first_ready == 0.5


@pytest.mark.parametrize("so", [True, False])
def test_what_has_no_value_is_none(so: bool) -> None:
    """Of what is not mastered there is no share where all is; and no chance to beat where verdicts agree."""
    right, wrong = ([[0.9] * 4], [[0.1] * 4]) if so else ([[0.1] * 4], [[0.9] * 4])
    assert scored(right, [[so] * 4]).balanced_accuracy is None
    assert scored(right, [[so] * 4]).kappa is None
    assert scored(wrong, [[so] * 4]).kappa == 0.0
    assert scored(wrong, [[so] * 4]).accuracy == 0.0


def test_nobody_with_anything_ready_has_no_share_of_it() -> None:
    assert scored([[0.9] * 4], [[True] * 4]).first_ready is None


def test_certainty_that_is_wrong_costs_a_finite_loss() -> None:
    assert scored([[1.0, 0.0, 1.0, 0.0]], [[False, True, True, False]]).log_loss == pytest.approx(
        -log(1e-6) / 2, rel=1e-4
    )
