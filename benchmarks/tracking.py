"""Autonomy followed over 12 sessions of simulated people, and three times of real ones, against simpler ways.

    python -m benchmarks.tracking [--people 125] [--worlds 8] [--forecasts] [--data ../shared/data]

Figures are fitted on other worlds than those reported. Standard errors are over worlds.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.engine import practice
from app.engine.assessment import assess
from app.engine.autonomy import Parameters, Track, by_module, in_order
from app.engine.belief import BeliefModel
from app.engine.evidence import Evidence, Help, Outcome
from app.engine.learning_rates import Fit, as_figures, fit
from app.engine.levels import Level
from app.engine.pace import paces
from benchmarks import bkt, plots
from benchmarks.cohort import Cohort, Followed, cohort

Floats = NDArray[np.float64]
TRAIN_SEEDS = range(100, 104)
TEST_SEEDS = 200
ALONE = (Help.ALONE, Help.TEACHES)
HORIZONS = (30, 90, 180, 365)


def log_loss(p: Floats, y: Floats) -> float:
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def ece(p: Floats, y: Floats, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins."""
    which = np.minimum((p * bins).astype(int), bins - 1)
    return float(
        sum(abs(p[which == b].sum() - y[which == b].sum()) for b in range(bins) if (which == b).any())
        / len(p)
    )


def area(p: Floats, y: Floats) -> float:
    """Area under the ROC curve, ties counting half."""
    order = np.argsort(p, kind="stable")
    ranks = np.empty(len(p))
    _, first, counts = np.unique(p[order], return_index=True, return_counts=True)
    ranks[order] = np.repeat(first + (counts + 1) / 2, counts)
    positives = y.sum()
    return float((ranks[y == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(y) - positives)))


# Ours


def ours(people: Sequence[Followed], parameters: Parameters, own_pace: bool) -> dict[str, list[float]]:
    """Predictions before each practice fact (alone or not) and of mastery at each session start, with the
    truth."""
    found: dict[str, list[float]] = {name: [] for name in ("fact", "alone", "state", "mastered")}
    own = _own_paces(people, parameters) if own_pace else None
    for i, person in enumerate(people):
        tracks: dict[str, Track] = {}
        facts = in_order(person.evidence)
        for session, start in enumerate(person.starts):
            if own is not None:
                # With a new pace the whole past is read again.
                theirs = replace(parameters, pace=own[session][i])
                tracks = _tracks([f for f in facts if f.occurred_at < start], theirs)
            else:
                _advance(tracks, facts, person, session, parameters)
            for module, track in tracks.items():
                now = copy(track)
                now.move_to(start)
                found["state"].append(now.levels[3])
                found["mastered"].append(float(person.truths[session][module] is Level.AUTONOME))
            for fact in person.sessions[session]:
                before = copy(tracks.get(fact.module) or Track(parameters))
                before.move_to(fact.occurred_at)
                table = before.parameters.emission
                chance = sum(
                    p * (table[Help.ALONE][level] + table[Help.TEACHES][level])
                    for level, p in enumerate(before.levels)
                )
                found["fact"].append(chance)
                found["alone"].append(float(fact.help in ALONE))
    return found


def _tracks(facts: Sequence[Evidence], parameters: Parameters) -> dict[str, Track]:
    tracks: dict[str, Track] = {}
    for fact in facts:
        tracks.setdefault(fact.module, Track(parameters)).take(fact)
    return tracks


def _advance(
    tracks: dict[str, Track],
    facts: Sequence[Evidence],
    person: Followed,
    session: int,
    parameters: Parameters,
) -> None:
    """Take the facts between the session before and this one."""
    if session == 0:
        recorded = {fact.id for facts_ in person.sessions for fact in facts_}
        new = [fact for fact in facts if fact.id not in recorded]
    else:
        new = person.sessions[session - 1]
    for fact in new:
        tracks.setdefault(fact.module, Track(parameters)).take(fact)


def _own_paces(people: Sequence[Followed], parameters: Parameters) -> list[list[float]]:
    """Posterior mean pace of each person at the start of each session."""
    found = []
    for session in range(len(people[0].starts)):
        past = [
            [fact for fact in person.evidence if fact.occurred_at < person.starts[session]]
            for person in people
        ]
        found.append([pace.mean for pace in paces(past, parameters)])
    return found


def with_graph(group: Cohort, parameters: Parameters) -> dict[str, list[float]]:
    """Mastery of every module of the goal, those never worked on included, through the belief graph."""
    found: dict[str, list[float]] = {"state": [], "mastered": []}
    model = BeliefModel(group.graph)
    for person in group.people:
        for start, truth in zip(person.starts, person.truths, strict=True):
            past = [fact for fact in person.evidence if fact.occurred_at < start]
            now = assess(model, past, start, parameters)
            for module in person.goal:
                found["state"].append(now[module])
                found["mastered"].append(float(truth[module] is Level.AUTONOME))
    return found


# The others, on what was done alone or not


def binary(people: Sequence[Followed]) -> tuple[Floats, NDArray[np.bool_]]:
    """Each person's module as a row of 1 (alone, or right), 0, nan: (steps, sequences); and which are
    practice."""
    rows = []
    for person in people:
        for _, facts in by_module(person.evidence):
            rows.append(
                [
                    (float(f.help in ALONE if f.help else f.outcome is Outcome.SUCCESS), f.help is not None)
                    for f in in_order(facts)
                ]
            )
    steps = max(map(len, rows))
    right, practice = np.full((steps, len(rows)), np.nan), np.zeros((steps, len(rows)), dtype=bool)
    for n, row in enumerate(rows):
        for k, (value, practised) in enumerate(row):
            right[k, n], practice[k, n] = value, practised
    return right, practice


def last_answer(right: Floats) -> Floats:
    """The last value before each step, 0.5 at first: what is then calibrated on the training people."""
    feature = np.full_like(right, 0.5)
    feature[1:] = right[:-1]
    return feature


def moving_average(right: Floats, weight: float = 0.5) -> Floats:
    """An exponential moving average of what came before, 0.5 at first."""
    feature, now = np.empty_like(right), np.full(right.shape[1], 0.5)
    for k, row in enumerate(right):
        feature[k] = now
        now = np.where(np.isnan(row), now, (1 - weight) * now + weight * row)
    return feature


def calibrated(
    feature: Callable[[Floats], Floats], train: tuple[Floats, NDArray[np.bool_]]
) -> Callable[[Floats], Floats]:
    """The feature's value turned into a frequency, by the mean outcome in each tenth of it on training
    people."""
    right, practice = train
    which = np.minimum((feature(right)[practice] * 10).astype(int), 9)
    outcome = right[practice]
    prior = outcome.mean()
    table = np.array([(outcome[which == b].sum() + 5 * prior) / ((which == b).sum() + 5) for b in range(10)])
    return lambda other: table[np.minimum((np.nan_to_num(feature(other), nan=0.5) * 10).astype(int), 9)]


def rivals(train: Sequence[Followed]) -> dict[str, Callable[[Floats], Floats]]:
    """Each simpler way, fitted on training people: right (steps, sequences) to P(right) before each."""
    data = binary(train)
    plain, forgetting = (bkt.fit(data[0], forgetting=f) for f in (False, True))
    print("BKT", plain, "\nBKT with forgetting", forgetting)
    weights = (0.2, 0.35, 0.5, 0.7)
    losses = []
    for weight in weights:
        way = calibrated(lambda r, w=weight: moving_average(r, w), data)  # type: ignore[misc]
        losses.append(log_loss(way(data[0])[data[1]], data[0][data[1]]))
    best = weights[int(np.argmin(losses))]
    return {
        "last answer": calibrated(last_answer, data),
        "moving average": calibrated(lambda r: moving_average(r, best), data),
        "BKT": lambda right: plain.predict(right)[1],
        "BKT with forgetting": lambda right: forgetting.predict(right)[1],
    }


# Forecasts


def reviews(people: Sequence[Followed], parameters: Parameters) -> dict[int, tuple[list[float], list[float]]]:
    """P(still autonome) forecast at the last session for 1, 3, 6 and 12 months later, with what came."""
    found: dict[int, tuple[list[float], list[float]]] = {days: ([], []) for days in HORIZONS}
    for person in people:
        end = person.starts[-1] + timedelta(hours=4)
        for module, track in _tracks(in_order(person.evidence), parameters).items():
            for days in HORIZONS:
                then = copy(track)
                then.move_to(end + timedelta(days=days))
                found[days][0].append(then.levels[3])
                found[days][1].append(float(person.later[days][module]))
    return found


def times_left(people: Sequence[Followed], parameters: Parameters) -> list[tuple[int, int, bool]]:
    """Each forecast of the occasions until P(autonome) ≥ ½, made at the start of one: the number forecast,
    the occasions after which it was truly so, or that were seen, and whether it was so."""
    found = []
    for person in people:
        facts = in_order(person.evidence)
        for module in person.goal:
            worked = [
                s for s, facts_ in enumerate(person.sessions) if any(f.module == module for f in facts_)
            ]
            # What an occasion brought is seen at the start of the session after it.
            worked = [s for s in worked if s + 1 < len(person.truths)]
            for place, session in enumerate(worked[:4]):
                start = person.starts[session]
                if person.truths[session][module] is Level.AUTONOME:
                    continue
                after = [person.truths[s + 1][module] is Level.AUTONOME for s in worked[place:]]
                track = Track(parameters)
                for fact in facts:
                    if fact.module == module and fact.occurred_at < start:
                        track.take(fact)
                track.move_to(start)
                levels = track.levels
                rest = 1 - levels[3]
                known_not = (levels[0] / rest, levels[1] / rest, levels[2] / rest, 0.0)
                forecast = practice.times_left(known_not, parameters)
                times = after.index(True) + 1 if True in after else len(after)
                found.append((forecast, times, True in after))
    return found


def reached_by(rows: Sequence[tuple[int, int, bool]], number: int) -> float:
    """Share for whom it is so after this many occasions; whoever was not seen so often counts for as long as
    they were (Kaplan & Meier 1958)."""
    left = 1.0
    for occasion in range(1, number + 1):
        seen = sum(times >= occasion for _, times, _ in rows)
        so = sum(times == occasion and reached for _, times, reached in rows)
        left *= 1 - so / seen if seen else 1.0
    return 1 - left


# Tables


def mean_and_error(values: Sequence[float]) -> str:
    return f"{np.mean(values):.4f} ± {np.std(values, ddof=1) / np.sqrt(len(values)):.4f}"


def forecasts(people: int, worlds: int, plot: Path | None = None) -> None:
    """The tables of forecasts alone: a minute instead of an hour."""
    fitted = fit([person.evidence for seed in TRAIN_SEEDS for person in cohort(seed, people).people])
    _print_forecasts([cohort(TEST_SEEDS + w, people) for w in range(worlds)], fitted.parameters, plot)


def simulated(people: int, worlds: int, plot: Path | None = None) -> Fit:
    train = [person for seed in TRAIN_SEEDS for person in cohort(seed, people).people]
    fitted = fit([person.evidence for person in train])
    print(f"fitted on {len(train)} simulated people; spread of pace {fitted.parameters.pace_spread:.2f}")
    print({name: round(value, 3) for name, value in as_figures(fitted).items()})
    ways = rivals(train)
    tests = [cohort(TEST_SEEDS + w, people) for w in range(worlds)]
    print(f"\n{worlds} other worlds × {people} simulated people, 12 sessions\n")
    print("next practice, done alone or not: log loss, AUC, ECE")
    for name, way in ways.items():
        rows = []
        for group in tests:
            right, practice = binary(group.people)
            rows.append((way(right)[practice], right[practice]))
        _print(name, rows)
    for name, parameters, own_pace in _ours(fitted):
        results = [ours(group.people, parameters, own_pace) for group in tests]
        _print(name, [(np.array(r["fact"]), np.array(r["alone"])) for r in results])
        mastery = [(np.array(r["state"]), np.array(r["mastered"])) for r in results]
        _print(f"   true mastery at session start, {name}", mastery)
    graph_rows = []
    for group in tests:
        r = with_graph(group, fitted.parameters)
        graph_rows.append((np.array(r["state"]), np.array(r["mastered"])))
    _print("   true mastery, every module of the goal, through the graph", graph_rows)
    _print_forecasts(tests, fitted.parameters, plot)
    return fitted


def _ours(fitted: Fit) -> list[tuple[str, Parameters, bool]]:
    return [
        ("ours, authors' figures", Parameters(), False),
        ("ours, fitted", fitted.parameters, False),
        ("ours, fitted, own pace", fitted.parameters, True),
    ]


def _print(name: str, rows: Sequence[tuple[Floats, Floats]]) -> None:
    losses, areas, errors = ([f(p, y) for p, y in rows] for f in (log_loss, area, ece))
    pooled = ece(np.concatenate([p for p, _ in rows]), np.concatenate([y for _, y in rows]))
    print(
        f"{name:62s} {mean_and_error(losses)}   {mean_and_error(areas)}   "
        f"{mean_and_error(errors)} (worst {max(errors):.3f}, pooled {pooled:.4f})"
    )


def _print_forecasts(tests: Sequence[Cohort], parameters: Parameters, plot: Path | None) -> None:
    print("\nwhen will it need reviewing: P(still autonome) after so many days without a session")
    pooled = {}
    for days in HORIZONS:
        rows = [reviews(group.people, parameters)[days] for group in tests]
        _print(f"{days} days", [(np.array(p), np.array(y)) for p, y in rows])
        pooled[f"{days} days later"] = plots.reliability(
            np.concatenate([p for p, _ in rows]), np.concatenate([y for _, y in rows])
        )
    if plot:
        plots.curves(plot, pooled, across="P(still autonome) forecast", up="share still autonome", even=True)
    rows = [row for group in tests for row in times_left(group.people, parameters)]
    by_forecast = {n: [row for row in rows if row[0] == n] for n in sorted({row[0] for row in rows})}
    so = sum(len(own) * reached_by(own, n) for n, own in by_forecast.items()) / len(rows)
    seen = sum(reached for _, _, reached in rows) / len(rows)
    print(
        f"\nhow many more times: {len(rows)} forecasts, {seen:.0%} seen to come true; "
        f"true by the forecast number {so:.1%} (a median should give 50 %)"
    )
    for n, own in by_forecast.items():
        if len(own) > 30:
            by = "  ".join(f"{k}: {reached_by(own, k):.0%}" for k in range(1, 9))
            print(f"   forecast {n}: {len(own):5d}, by then {reached_by(own, n):.1%}   by occasion {by}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=125)
    parser.add_argument("--worlds", type=int, default=8)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--forecasts", action="store_true", help="only what is forecast")
    parser.add_argument("--plot", type=Path, help="a file for what was forecast and what came, as SVG")
    arguments = parser.parse_args()
    if arguments.forecasts:
        forecasts(arguments.people, arguments.worlds, arguments.plot)
        return
    simulated(arguments.people, arguments.worlds, arguments.plot)
    if (arguments.data / "dcm_pie.csv").exists():
        from benchmarks import pie

        pie.report(arguments.data / "dcm_pie.csv")


if __name__ == "__main__":
    main()
