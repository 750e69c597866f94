"""Evidence: one fact about one module, the only thing that beliefs are made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What came of one step of a screen."""

    SUCCESS = "reussi"
    FAILURE = "rate"
    DONT_KNOW = "je_ne_sais_pas"
    SHOWN = "montre"  # "Montrez-moi": the gesture was shown, then the scene went on
    NOT_SEEN = "non_vu"  # skipped, abandoned or not reached: no evidence
    NOT_UNDERSTOOD = "non_compris"  # could not be read or heard: no evidence on the module


class Help(StrEnum):
    """Help given, from least to most autonomous."""

    DONE_FOR = "fait_pour"
    ACCOMPANIED = "accompagne"
    GUIDED = "guide"
    ALONE = "seul"
    TEACHES = "transmet"


class Source(StrEnum):
    """Where a fact comes from."""

    DIAGNOSTIC = "diagnostic"
    PRACTICE = "pratique"
    OBSERVATION = "observation"
    DECLARATION = "declaration"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact on one module.

    An answer has an ``outcome`` with the ``guess`` and ``slip`` of its step; an observation has a ``help``
    level; a practice may have both. ``occurred_at`` is an aware datetime in UTC.
    """

    id: str
    module: str
    source: Source
    occurred_at: datetime
    outcome: Outcome | None = None
    help: Help | None = None
    guess: float | None = None
    slip: float | None = None
    item_id: str | None = None


@dataclass(frozen=True, slots=True)
class Likelihood:
    """P(what was seen | module mastered) and P(what was seen | not mastered), both in ]0, 1]."""

    module: str
    mastered: float
    not_mastered: float
