"""Why so many sessions are left: what they are made of, and what the facts on the person changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.engine.forecast import Forecast
from app.services.figure_sentences import evidence_on_sessions_sentence, longest_sentence
from app.services.learner import Learner, from_evidence
from app.services.modules import ModuleName, module_name
from app.services.trail import KIND_WORDS
from app.services.whole_numbers import shared_out

MODULES_SHOWN = 8


@dataclass(frozen=True)
class ModuleShare:
    """What a module makes of the sessions left; ``module`` is ``None`` for all the others together."""

    module: ModuleName | None
    times: int
    minutes: int
    sessions: float


@dataclass(frozen=True)
class ForecastWhy:
    """Why a forecast is what it is. Sessions are told to a tenth, and add up so.

    ``planned`` with ``failed_checks`` and ``delays`` make ``sessions``, and the ``shares`` do. ``untold`` is
    the forecast for someone of whom nothing is known, ``None`` where nothing is.
    """

    sentence: str
    evidence_sentence: str
    untold: Forecast | None
    sessions: float
    planned: int
    failed_checks: float
    delays: float
    minutes_by_kind: tuple[tuple[str, int], ...]
    shares: tuple[ModuleShare, ...]


def forecast_why(person: Learner) -> ForecastWhy:
    """What makes the sessions left of a person."""
    left = person.plan.forecast
    tenths = round(10 * left.sessions)
    failed, delays = shared_out([10 * left.failed_checks, 10 * left.delays], tenths - 10 * left.planned)
    untold = None
    if person.evidence:
        untold = from_evidence(person.usager, (), person.now, person.wishes).plan.forecast
    return ForecastWhy(
        sentence=longest_sentence([share.module for share in left.shares]),
        evidence_sentence=evidence_on_sessions_sentence(untold, left),
        untold=untold,
        sessions=tenths / 10,
        planned=left.planned,
        failed_checks=failed / 10,
        delays=delays / 10,
        minutes_by_kind=tuple((KIND_WORDS[kind], minutes) for kind, minutes in left.minutes_by_kind),
        shares=_shares(left, tenths),
    )


def _shares(left: Forecast, tenths: int) -> tuple[ModuleShare, ...]:
    """The longest modules, then the others together."""
    shown, others = left.shares[:MODULES_SHOWN], left.shares[MODULES_SHOWN:]
    lines: list[tuple[ModuleName | None, int, int, float]] = [
        (module_name(share.module), share.times, share.minutes, share.sessions) for share in shown
    ]
    if others:
        lines.append((None, *_together([(s.times, s.minutes, s.sessions) for s in others])))
    parts = shared_out([10 * sessions for *_, sessions in lines], tenths)
    return tuple(
        ModuleShare(module, times, minutes, part / 10)
        for (module, times, minutes, _), part in zip(lines, parts, strict=True)
    )


def _together(lines: Sequence[tuple[int, int, float]]) -> tuple[int, int, float]:
    times, minutes, sessions = zip(*lines, strict=True)
    return sum(times), sum(minutes), sum(sessions)
