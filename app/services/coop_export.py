"""Activities with La Coop's columns and codes: what the screen lists and what the files hold."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.engine.evidence import Help
from app.services import coop_codes
from app.services.coop_codes import NOT_SAID
from app.services.engines import current_engines
from app.services.modules import module_name
from app.services.periods import Period
from app.services.usagers import display_name
from app.store import exchange_queries
from app.store.models import Atelier, EvidenceRow, Place, Seance, Usager

AT_A_TIME = 500
COLLECTIVE = "collectif"
ANONYMOUS = "Anonyme"


@dataclass(frozen=True)
class Activity:
    """One activity: a session with one person, or an atelier. Codes are those of La Coop."""

    id: uuid.UUID
    usager_id: uuid.UUID | None
    day: date
    recorded: date
    changed: date
    kind: str
    participants: int
    beneficiary: str
    channel: str
    place: Place | None
    minutes: int
    atelier: str
    device: str
    themes: tuple[str, ...]
    procedure: str | None
    level: str | None
    redirected_to: str | None
    gender: str
    age: str
    occupation: str

    @property
    def is_collective(self) -> bool:
        return self.kind == COLLECTIVE


Cell = str | int | date | None

COLUMNS: tuple[tuple[str, Callable[[Activity], Cell]], ...] = (
    ("Date", lambda a: a.day),
    ("Enregistré le", lambda a: a.recorded),
    ("Dernière modification le", lambda a: a.changed),
    ("Type", lambda a: a.kind),
    ("Participants", lambda a: a.participants),
    ("Bénéficiaire", lambda a: a.beneficiary),
    ("Canaux d'accompagnement", lambda a: a.channel),
    ("Nom du lieu", lambda a: a.place and a.place.name),
    ("Adresse", lambda a: a.place and a.place.address),
    ("Commune", lambda a: a.place and a.place.town),
    ("Code postal", lambda a: a.place and a.place.postcode),
    ("Code Insee", lambda a: a.place and a.place.insee),
    ("Durée (min)", lambda a: a.minutes),
    ("Nom de l'atelier", lambda a: a.atelier),
    ("Matériel numérique utilisé", lambda a: a.device),
    ("Thématique(s) d'accompagnement", lambda a: ", ".join(a.themes)),
    ("Tags", lambda a: None),
    ("Nom de la démarche administrative", lambda a: a.procedure),
    ("Niveau d'autonomie (ou de l'atelier)", lambda a: a.level),
    ("Bénéficiaire réorienté", lambda a: "Oui" if a.redirected_to else "Non"),
    ("Structure de redirection", lambda a: a.redirected_to),
    ("Commune du bénéficiaire", lambda a: None),
    ("Code postal du bénéficiaire", lambda a: None),
    ("Code Insee du bénéficiaire", lambda a: None),
    ("Genre du bénéficiaire", lambda a: None if a.is_collective else a.gender),
    ("Tranche d'âge du bénéficiaire", lambda a: None if a.is_collective else a.age),
    ("Statut du bénéficiaire", lambda a: None if a.is_collective else a.occupation),
    ("Notes supplémentaires", lambda a: None),
    ("ID CRA", lambda a: str(a.id)),
)
"""La Coop's columns in its order. Where a person lives, tags and notes are not kept here: always empty."""


def header() -> list[str]:
    """The titles of the columns."""
    return [title for title, _ in COLUMNS]


def row_of(activity: Activity) -> list[Cell]:
    """One line of the file."""
    return [value(activity) for _, value in COLUMNS]


def totals(structure_id: uuid.UUID, period: Period) -> exchange_queries.ActivityTotals:
    """What the activities of a period add up to."""
    return exchange_queries.activity_totals(structure_id, period.start, period.end)


def all_activities(structure_id: uuid.UUID, period: Period) -> Iterator[Activity]:
    """Every activity of a period, newest first, read a few hundred at a time."""
    offset = 0
    while some := activities(structure_id, period, limit=AT_A_TIME, offset=offset):
        yield from some
        offset += AT_A_TIME


def activities(structure_id: uuid.UUID, period: Period, *, limit: int, offset: int) -> list[Activity]:
    """Some of the activities of a period, newest first."""
    groups = exchange_queries.activity_sessions(
        structure_id, period.start, period.end, limit=limit, offset=offset
    )
    read = _Read(structure_id, [seance for group in groups for seance in group], period.zone)
    return [read.activity(group) for group in groups]


class _Read:
    """What activities are made of, read with the same number of queries whatever their number."""

    def __init__(self, structure_id: uuid.UUID, seances: Collection[Seance], zone: str) -> None:
        self.zone = ZoneInfo(zone)
        self.people = exchange_queries.usagers_by_id(
            structure_id, {seance.usager_id for seance in seances if seance.usager_id}
        )
        self.places = exchange_queries.places_by_id(structure_id)
        self.ateliers = exchange_queries.ateliers_by_id(
            structure_id, {seance.atelier_id for seance in seances if seance.atelier_id}
        )
        self.observed: dict[uuid.UUID | None, list[EvidenceRow]] = defaultdict(list)
        for row in exchange_queries.observations_of(structure_id, seances):
            self.observed[row.seance_id].append(row)

    def activity(self, group: list[Seance]) -> Activity:
        first = group[0]
        atelier = self.ateliers.get(first.atelier_id) if first.atelier_id else None
        collective = first.kind == COLLECTIVE
        person = None if collective else self.people.get(first.usager_id) if first.usager_id else None
        rows = [row for seance in group for row in self.observed[seance.id]]
        told = {} if collective else next(iter(first.anonymous or []), {})
        return Activity(
            id=first.atelier_id or first.id,
            usager_id=person.id if person and person.first_name else None,
            day=self._day(first.occurred_at),
            recorded=self._day(min(seance.recorded_at for seance in group)),
            changed=self._day(max(last_change(seance, self.observed[seance.id]) for seance in group)),
            kind=first.kind,
            participants=sum(seance.participants for seance in group),
            beneficiary="" if collective else _name(person),
            channel=first.place,
            place=self.places.get(_place_of(group, atelier)),
            minutes=max(seance.minutes for seance in group),
            atelier=_atelier_name(atelier),
            device=first.device,
            themes=themes(rows, group, atelier),
            procedure=_first(seance.procedure_theme for seance in group),
            level=atelier.level
            if atelier
            else None
            if collective
            else coop_codes.autonomy_level([Help(row.help) for row in rows]),
            redirected_to=_first(seance.redirected_to for seance in group),
            gender=(person and person.gender) or told.get("gender") or NOT_SAID,
            age=self._age(person, told, first.occurred_at),
            occupation=(person and person.occupation) or told.get("occupation") or NOT_SAID,
        )

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def _age(self, person: Usager | None, told: dict[str, str], at: datetime) -> str:
        if person and person.birth_decade is not None:
            return coop_codes.age_of_decade(person.birth_decade, self._day(at))
        return told.get("age") or NOT_SAID


def last_change(seance: Seance, rows: Collection[EvidenceRow]) -> datetime:
    """When a session was last touched: its own line, or what was observed in it."""
    return max([seance.changed_at or seance.recorded_at, *(row.recorded_at for row in rows)])


def themes(rows: Collection[EvidenceRow], group: list[Seance], atelier: Atelier | None) -> tuple[str, ...]:
    """The themes of the modules worked on, and those chosen by hand, each once, in La Coop's order."""
    worked = {row.module_id for row in rows} | ({atelier.module_id} if atelier else set())
    modules = current_engines().content.modules
    found: set[Any] = {str(modules[id_].theme) for id_ in worked if id_ in modules}
    found.update(theme for seance in group for theme in seance.themes or [])
    return tuple(theme for theme in coop_codes.THEMES if theme in found)


def _name(person: Usager | None) -> str:
    return display_name(person) if person and person.first_name else ANONYMOUS


def _place_of(group: list[Seance], atelier: Atelier | None) -> uuid.UUID | None:
    return _first(seance.place_id for seance in group) or (atelier.place_id if atelier else None)


def _atelier_name(atelier: Atelier | None) -> str:
    return (atelier.name or module_name(atelier.module_id).title) if atelier else ""


def _first(values: Iterator[Any]) -> Any:
    return next((value for value in values if value), None)


def code_sheet() -> list[list[str]]:
    """Every code of the file and what it means, a line each."""
    lists = {
        "Type": coop_codes.KINDS,
        "Canaux d'accompagnement": coop_codes.CHANNELS,
        "Matériel numérique utilisé": coop_codes.DEVICES,
        "Thématique(s) d'accompagnement": coop_codes.THEMES,
        "Nom de la démarche administrative": coop_codes.PROCEDURES,
        "Niveau d'autonomie": coop_codes.AUTONOMY,
        "Niveau de l'atelier": coop_codes.ATELIER_LEVELS,
        "Structure de redirection": coop_codes.REDIRECTIONS,
        "Genre du bénéficiaire": coop_codes.GENDERS,
        "Tranche d'âge du bénéficiaire": coop_codes.AGES,
        "Statut du bénéficiaire": coop_codes.OCCUPATIONS,
    }
    return [[title, code, label] for title, codes in lists.items() for code, label in codes.items()]
