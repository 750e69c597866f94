"""What happened, newest first: sessions, diagnostics, training and choices, corrected rows included."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.engine.evidence import Outcome, Source
from app.services.local_days import local_day
from app.services.modules import ModuleName, module_name
from app.services.observations import HELP_WORDS
from app.services.plan_view import ChangeLine, lines_of
from app.store import plan_queries, queries
from app.store.models import DiagnosticSitting, EvidenceRow, Seance, Usager

NOT_WORKED_ON = "Pas travaillé"
SAME_TRAINING = timedelta(hours=2)
"""Exercises on the tablet with less than that between them are told together."""


class Kind(StrEnum):
    """What a visit was."""

    SESSION = "seance"
    WORKSHOP = "atelier"
    DIAGNOSTIC = "diagnostic"
    TRAINING = "entrainement"
    PLAN = "plan"


@dataclass(frozen=True)
class Fact:
    """One observation of a session, with the values that it replaced, oldest first."""

    row: EvidenceRow
    module: ModuleName
    value: str
    replaced: tuple[Replaced, ...]


@dataclass(frozen=True)
class Replaced:
    """A value that was corrected since."""

    value: str
    recorded_at: datetime
    author: str


@dataclass(frozen=True)
class Visit:
    """A session, a diagnostic, some training on the tablet, or a change of the plan."""

    at: datetime
    seance: Seance | None
    sitting: DiagnosticSitting | None
    author: str
    facts: tuple[Fact, ...]
    answers: int
    """How many screens of the diagnostic were answered."""
    kind: Kind = Kind.SESSION
    author_id: uuid.UUID | None = None
    modules: frozenset[str] = frozenset()
    """All the modules that it was about."""
    change: ChangeLine | None = None


@dataclass(frozen=True)
class Filter:
    """What of the history is wanted; empty: all of it. ``subject`` is a module's id or a domain's; days are
    the structure's, both included."""

    subject: str = ""
    kind: str = ""
    author_id: uuid.UUID | None = None
    since: date | None = None
    until: date | None = None
    zone: str = "Europe/Paris"

    def keeps(self, visit: Visit) -> bool:
        """Whether a visit is wanted."""
        day = local_day(visit.at, self.zone)
        return (
            (not self.kind or visit.kind == self.kind)
            and (self.author_id is None or visit.author_id == self.author_id)
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
            and (not self.subject or any(self.is_about(module) for module in visit.modules))
        )

    def is_about(self, module_id: str) -> bool:
        """Whether a module is the one wanted, or of the domain wanted."""
        return not self.subject or module_id == self.subject or module_id.partition(".")[0] == self.subject


EVERYTHING = Filter()


def visits(person: Usager, wanted: Filter = EVERYTHING) -> list[Visit]:
    """What happened with a person, newest first."""
    rows = queries.evidence_of(person)
    names = {account.id: account.name for account in queries.accounts(person.structure_id)}
    found = [_session(seance, rows, names) for seance in queries.seances_of(person, cancelled=True)]
    found += [_diagnostic(sitting, rows) for sitting in queries.sittings_of(person)]
    found += _training(rows, names)
    found += [_change(line) for line in lines_of(plan_queries.plan_changes_of(person), names)]
    kept = [visit for visit in found if wanted.keeps(visit)]
    return sorted(kept, key=lambda visit: visit.at, reverse=True)


def _session(seance: Seance, rows: Sequence[EvidenceRow], names: Mapping[uuid.UUID, str]) -> Visit:
    own = [row for row in rows if row.seance_id == seance.id]
    return Visit(
        at=seance.occurred_at,
        seance=seance,
        sitting=None,
        author=names.get(seance.author_id, ""),
        facts=_facts(own, names),
        answers=0,
        kind=Kind.WORKSHOP if seance.kind == "collectif" else Kind.SESSION,
        author_id=seance.author_id,
        modules=_modules(own),
    )


def _modules(rows: Sequence[EvidenceRow]) -> frozenset[str]:
    return frozenset(row.module_id for row in rows)


def _facts(own: Sequence[EvidenceRow], names: Mapping[uuid.UUID, str]) -> tuple[Fact, ...]:
    by_id = {row.id: row for row in own}
    return tuple(_fact(row, by_id, names) for row in queries.standing(own))


def _fact(row: EvidenceRow, by_id: Mapping[uuid.UUID, EvidenceRow], names: Mapping[uuid.UUID, str]) -> Fact:
    replaced: list[Replaced] = []
    older = by_id.get(row.corrects_id) if row.corrects_id else None
    while older is not None:
        author = names.get(older.author_id, "") if older.author_id else ""
        replaced.insert(0, Replaced(value_of(older), older.recorded_at, author))
        older = by_id.get(older.corrects_id) if older.corrects_id else None
    return Fact(row, module_name(row.module_id), value_of(row), tuple(replaced))


def value_of(row: EvidenceRow) -> str:
    """What an observation says, in a word."""
    return HELP_WORDS.get(row.help, row.help) if row.help else NOT_WORKED_ON  # type: ignore[call-overload]


OUTCOME_WORDS = {
    Outcome.SUCCESS: "Réussi",
    Outcome.FAILURE: "Pas réussi",
    Outcome.DONT_KNOW: "Je ne sais pas",
    Outcome.SHOWN: "Montrez-moi",
    Outcome.NOT_SEEN: "Pas vu",
    Outcome.NOT_UNDERSTOOD: "Question non comprise",
}


def value_in_words(row: EvidenceRow) -> str:
    """What a row says: the help seen, or what came of an answer, or both."""
    if row.source == Source.OBSERVATION or row.outcome is None:
        return value_of(row)
    outcome = OUTCOME_WORDS[Outcome(row.outcome)]
    return f"{outcome}, {value_of(row).lower()}" if row.help else outcome


def _diagnostic(sitting: DiagnosticSitting, rows: Sequence[EvidenceRow]) -> Visit:
    own = queries.standing([row for row in rows if row.sitting_id == sitting.id])
    return Visit(
        at=sitting.started_at,
        seance=None,
        sitting=sitting,
        author="",
        facts=(),
        answers=len({row.item_id for row in own}),
        kind=Kind.DIAGNOSTIC,
        modules=_modules(own),
    )


def _training(rows: Sequence[EvidenceRow], names: Mapping[uuid.UUID, str]) -> list[Visit]:
    """What was done on the tablet between sessions, exercises of one go together."""
    goes: list[list[EvidenceRow]] = []
    alone = [row for row in queries.standing(rows) if row.seance_id is None and row.sitting_id is None]
    for row in sorted(alone, key=lambda row: row.occurred_at):
        if goes and row.occurred_at - goes[-1][-1].occurred_at < SAME_TRAINING:
            goes[-1].append(row)
        else:
            goes.append([row])
    return [
        Visit(
            at=go[0].occurred_at,
            seance=None,
            sitting=None,
            author=names.get(go[0].author_id, "") if go[0].author_id else "",
            facts=tuple(Fact(row, module_name(row.module_id), value_in_words(row), ()) for row in go),
            answers=len(go),
            kind=Kind.TRAINING,
            author_id=go[0].author_id,
            modules=_modules(go),
        )
        for go in goes
    ]


def _change(line: ChangeLine) -> Visit:
    return Visit(
        at=line.change.made_at,
        seance=None,
        sitting=None,
        author=line.author,
        facts=(),
        answers=0,
        kind=Kind.PLAN,
        author_id=line.change.author_id,
        modules=frozenset(filter(None, (line.change.module_id,))),
        change=line,
    )


def can_be_corrected(row: EvidenceRow) -> bool:
    """Whether an evidence row is one that a conseiller noted in a session."""
    return row.source == Source.OBSERVATION and row.seance_id is not None
