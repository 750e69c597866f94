"""Bayesian knowledge tracing with and without forgetting, fitted by expectation-maximisation: a rival.

Two states; right answers with 1 − slip and guess; learning and forgetting between two answers (Corbett &
Anderson 1995; forgetting as in pyBKT, Badrinath & al. 2021). Checked against pyBKT's own figures in
docs/moteur-suivi.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bkt:
    """Probabilities: known at first, learning, forgetting, guess, slip."""

    known: float = 0.3
    learn: float = 0.2
    forget: float = 0.0
    guess: float = 0.2
    slip: float = 0.2

    def predict(self, right: Floats) -> tuple[Floats, Floats]:
        """P(known) and P(right) before each answer; ``right`` (steps, sequences) is 1, 0, or nan where
        none."""
        known = np.full(right.shape[1], self.known)
        states, answers = np.empty_like(right), np.empty_like(right)
        for k, row in enumerate(right):
            states[k] = known
            answers[k] = known * (1 - self.slip) + (1 - known) * self.guess
            known = self._moved(self._updated(known, row))
        return states, answers

    def _updated(self, known: Floats, row: Floats) -> Floats:
        yes = np.where(np.isnan(row), 1.0, np.where(row == 1, 1 - self.slip, self.slip))
        no = np.where(np.isnan(row), 1.0, np.where(row == 1, self.guess, 1 - self.guess))
        return np.asarray(known * yes / (known * yes + (1 - known) * no))

    def _moved(self, known: Floats) -> Floats:
        return np.asarray(known * (1 - self.forget) + (1 - known) * self.learn)


def fit(right: Floats, *, forgetting: bool, rounds: int = 150) -> Bkt:
    """Maximum likelihood on (steps, sequences) of 1, 0 and nan, from one start that favours low guess and
    slip."""
    model = Bkt(forget=0.05 if forgetting else 0.0)
    for _ in range(rounds):
        model = _step(model, right)
    return model


def _step(model: Bkt, right: Floats) -> Bkt:
    likelihood = np.stack(
        [
            np.where(right == 1, model.guess, 1 - model.guess),
            np.where(right == 1, 1 - model.slip, model.slip),
        ],
        -1,
    )
    likelihood[np.isnan(right)] = 1.0
    move = np.array([[1 - model.learn, model.learn], [model.forget, 1 - model.forget]])
    steps, count = right.shape
    alpha, beta = np.empty((steps, count, 2)), np.ones((steps, count, 2))
    now = np.broadcast_to(np.array([1 - model.known, model.known]), (count, 2))
    for k in range(steps):
        alpha[k] = now * likelihood[k]
        alpha[k] /= alpha[k].sum(axis=1, keepdims=True)
        now = alpha[k] @ move
    for k in range(steps - 1, 0, -1):
        beta[k - 1] = (likelihood[k] * beta[k]) @ move.T
        beta[k - 1] /= beta[k - 1].sum(axis=1, keepdims=True)
    gamma = alpha * beta
    gamma /= gamma.sum(axis=2, keepdims=True)
    pairs = alpha[:-1, :, :, None] * move * (likelihood[1:] * beta[1:])[:, :, None, :]
    pairs /= pairs.sum(axis=(2, 3), keepdims=True)
    # Past the last answer a sequence has nothing more to say of learning.
    last = np.where(~np.isnan(right), np.arange(steps)[:, None], -1).max(axis=0)
    pairs *= (np.arange(1, steps)[:, None] <= last)[..., None, None]
    seen = ~np.isnan(right)
    wrong, good = (right == 0) & seen, (right == 1) & seen
    moved = pairs.sum(axis=(0, 1))
    return replace(
        model,
        known=float(gamma[0, :, 1].mean()),
        learn=float(moved[0, 1] / moved[0].sum()),
        forget=float(moved[1, 0] / moved[1].sum()) if model.forget else 0.0,
        guess=float(gamma[good][:, 0].sum() / gamma[seen][:, 0].sum()),
        slip=float(gamma[wrong][:, 1].sum() / gamma[seen][:, 1].sum()),
    )
