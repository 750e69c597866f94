"""The figures of a structure over a period: without names, small groups masked.

Each table is made by sums in the database. The screen, the files, the figures and the report all read these
tables, so that they say the same.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.reports.time_axis import SHORT_MONTHS
from app.services import coop_codes, statistics_masking
from app.services.coop_codes import NOT_SAID
from app.services.engines import current_engines
from app.services.modules import module_name
from app.services.periods import Period
from app.services.statistics_masking import SMALLEST, Shown
from app.services.statistics_worked import Worked, worked
from app.store import queries
from app.store import statistics_queries as sums
from app.store.statistics_queries import Group

MODULES_SHOWN = 10
LEAST_OBSERVATIONS = 10
"""Observations under which a module is not called hard."""


@dataclass(frozen=True)
class Row:
    """A line of a table: what it is about, then its figures."""

    label: str
    values: tuple[Shown | float, ...]


@dataclass(frozen=True)
class Table:
    """A table of figures. ``id`` names it in addresses; ``columns`` are those of the figures."""

    id: str
    title: str
    first_column: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True)
class Totals:
    """What the period adds up to. ``people`` have a file; ``without_file`` are counted each time they come.
    ``newcomers`` are those of ``people`` whose file was opened in the period."""

    people: Shown
    newcomers: Shown
    without_file: Shown
    individual: int
    collective: int
    participations: int
    hours: float
    enough: bool
    """Whether five people at least came."""

    @property
    def activities(self) -> int:
        return self.individual + self.collective


@dataclass(frozen=True)
class Statistics:
    """Everything but progress and questions, which ask the engine."""

    totals: Totals
    tables: tuple[Table, ...]

    def table(self, table_id: str) -> Table:
        return next(table for table in self.tables if table.id == table_id)


def statistics(structure_id: uuid.UUID, period: Period) -> Statistics:
    """All the tables of a period; none where fewer than five people came: each would be about them."""
    added_up = totals(structure_id, period)
    if not added_up.enough:
        return Statistics(added_up, ())
    found = _worked(structure_id, period)
    return Statistics(
        added_up,
        (
            months(structure_id, period),
            _themes(found),
            ages(structure_id, period),
            genders(structure_id, period),
            occupations(structure_id, period),
            channels(structure_id, period),
            places(structure_id, period),
            devices(structure_id, period),
            _most_worked(found),
            _hardest(found),
        ),
    )


def totals(structure_id: uuid.UUID, period: Period) -> Totals:
    """What the period adds up to."""
    within = (structure_id, period.start, period.end)
    kinds = {each.kind: each for each in sums.hours(*within)}
    by_kind = {kind: kinds[kind].activities if kind in kinds else 0 for kind in coop_codes.KINDS}
    people = sum(sums.people_by(*within, "gender").values())
    nameless = sums.without_file(*within)[0]
    newcomers = sums.newcomers(*within)
    # Who is not new is the rest of the total: masked together.
    shown_newcomers = statistics_masking.parts([newcomers, people - newcomers])[0]
    return Totals(
        people=statistics_masking.alone(people),
        newcomers=shown_newcomers,
        without_file=statistics_masking.alone(nameless),
        individual=by_kind["individuel"],
        collective=by_kind["collectif"],
        participations=sum(each.participations for each in kinds.values()),
        hours=round(sum(each.minutes for each in kinds.values()) / 60, 1),
        enough=people + nameless >= SMALLEST,
    )


# --- when ---


def months(structure_id: uuid.UUID, period: Period) -> Table:
    """Activities of each month."""
    parts = [(month.isoformat(), start, end) for month, start, end in period.months()]
    counts = {kind: sums.by_instants(structure_id, parts, kind) for kind in coop_codes.KINDS}
    individual = statistics_masking.parts([counts["individuel"].get(name, 0) for name, _, _ in parts])
    rows = [
        Row(month_words(date.fromisoformat(name)), (shown, counts["collectif"].get(name, 0)))
        for (name, _, _), shown in zip(parts, individual, strict=True)
    ]
    return Table("mois", "Mois par mois", "Mois", ("Séances individuelles", "Ateliers"), tuple(rows))


def month_words(month: date) -> str:
    """« mars 2026 », short."""
    return f"{SHORT_MONTHS[month.month - 1]} {month.year}"


# --- who ---


def ages(structure_id: uuid.UUID, period: Period) -> Table:
    """People by age, as La Coop cuts it, on the last day of the period."""
    counts: Counter[str] = Counter()
    for decade, people in sums.people_by(structure_id, period.start, period.end, "birth_decade").items():
        known = decade if isinstance(decade, int) else None
        counts[coop_codes.age_of_decade(known, period.last)] += people
    note = "D'après la dizaine de naissance : à un an près, une personne peut être dans la tranche voisine."
    return _people_table("ages", "Âges", structure_id, period, counts, coop_codes.AGES, "age", note)


def genders(structure_id: uuid.UUID, period: Period) -> Table:
    """People by gender."""
    counts = _codes(sums.people_by(structure_id, period.start, period.end, "gender"))
    return _people_table("genres", "Genres", structure_id, period, counts, coop_codes.GENDERS, "gender")


def occupations(structure_id: uuid.UUID, period: Period) -> Table:
    """People by what they do."""
    counts = _codes(sums.people_by(structure_id, period.start, period.end, "occupation"))
    return _people_table(
        "statuts", "Situations", structure_id, period, counts, coop_codes.OCCUPATIONS, "occupation"
    )


def _codes(found: Mapping[object, int]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for code, people in found.items():
        counts[str(code) if code else NOT_SAID] += people
    return counts


def _people_table(
    table_id: str,
    title: str,
    structure_id: uuid.UUID,
    period: Period,
    counts: Counter[str],
    words: Mapping[str, str],
    told: str,
    note: str = "",
) -> Table:
    """People with a file and people without one, by a code that each may have told."""
    number, said = sums.without_file(structure_id, period.start, period.end)
    for one in said:
        code = one.get(told) or NOT_SAID
        counts[code if code in words else NOT_SAID] += 1
    counts[NOT_SAID] += number - len(said)
    # A code that is no longer La Coop's was not told.
    counts[NOT_SAID] += sum(counts[code] for code in set(counts) - set(words))
    shown = statistics_masking.parts([counts[code] for code in words])
    somebody_said = any(counts[code] for code in words if code != NOT_SAID)
    rows = [
        Row(label, (value,))
        for (code, label), value in zip(words.items(), shown, strict=True)
        if counts[code] and somebody_said
    ]
    return Table(table_id, title, title[:-1], ("Personnes",), tuple(rows), note)


# --- where, on what, about what ---

_ACTIVITIES_AND_PEOPLE = ("Activités", "Personnes")


def themes(structure_id: uuid.UUID, period: Period) -> Table:
    """Activities by La Coop's themes."""
    return _themes(_worked(structure_id, period))


def _worked(structure_id: uuid.UUID, period: Period) -> Worked:
    modules = current_engines().content.modules
    return worked(
        sums.sessions(structure_id, period.start, period.end),
        {id_: str(module.theme) for id_, module in modules.items()},
        queries.attachments(structure_id),
    )


def _themes(found: Worked) -> Table:
    groups = [Group(code, reach.activities, reach.people) for code, reach in found.themes.items()]
    groups.sort(key=lambda group: (-group.activities, group.key or ""))
    note = "Une activité peut avoir plusieurs thématiques."
    rows = tuple(
        Row(
            coop_codes.THEMES.get(group.key or "", group.key or ""),
            (statistics_masking.alone(group.activities), statistics_masking.alone(group.people)),
        )
        for group in groups
    )
    return Table("themes", "Thématiques", "Thématique", _ACTIVITIES_AND_PEOPLE, rows, note)


def channels(structure_id: uuid.UUID, period: Period) -> Table:
    """Activities by where they took place, as La Coop says it."""
    groups = sums.by_column(structure_id, period.start, period.end, "place")
    return _group_table("canaux", "Où", "Lieu", groups, coop_codes.CHANNELS)


def places(structure_id: uuid.UUID, period: Period) -> Table:
    """Activities by the places of the structure."""
    groups = sums.by_place(structure_id, period.start, period.end)
    return _group_table("lieux", "Lieux", "Lieu", groups, {})


def devices(structure_id: uuid.UUID, period: Period) -> Table:
    """Activities by what was worked on."""
    groups = sums.by_column(structure_id, period.start, period.end, "device")
    return _group_table("materiel", "Matériel", "Matériel", groups, coop_codes.DEVICES)


def _group_table(
    table_id: str,
    title: str,
    first_column: str,
    groups: Sequence[Group],
    words: Mapping[str, str],
    note: str = "",
) -> Table:
    """Activities and people of each group. Few activities are few people: both are masked. People may be in
    several groups, so that no total gives them back."""
    activities = statistics_masking.parts([group.activities for group in groups])
    rows = [
        Row(
            words.get(group.key or "", group.key or "Non précisé"),
            (shown, statistics_masking.alone(group.people)),
        )
        for group, shown in zip(groups, activities, strict=True)
    ]
    return Table(table_id, title, first_column, _ACTIVITIES_AND_PEOPLE, tuple(rows), note)


# --- modules ---


def _most_worked(found: Worked) -> Table:
    enough = [(id_, reach) for id_, reach in found.modules.items() if reach.people >= SMALLEST]
    enough.sort(key=lambda pair: (-pair[1].activities, pair[0]))
    rows = [
        Row(module_name(id_).title, (statistics_masking.alone(reach.activities), reach.people))
        for id_, reach in enough[:MODULES_SHOWN]
    ]
    note = f"Modules travaillés par {SMALLEST} personnes au moins."
    title = "Modules les plus travaillés"
    return Table("modules", title, "Module", _ACTIVITIES_AND_PEOPLE, tuple(rows), note)


def _hardest(found: Worked) -> Table:
    enough = [
        (id_, reach)
        for id_, reach in found.modules.items()
        if reach.people >= SMALLEST and reach.observations >= LEAST_OBSERVATIONS
    ]
    enough.sort(key=lambda pair: (-pair[1].with_help / pair[1].observations, pair[0]))
    rows = [
        Row(module_name(id_).title, (round(10 * reach.with_help / reach.observations), reach.people))
        for id_, reach in enough[:MODULES_SHOWN]
    ]
    note = "Sur 10 fois où le module a été travaillé : combien de fois fait à la place ou pas à pas."
    columns = ("Fois sur 10 avec aide", "Personnes")
    return Table("difficiles", "Modules les plus difficiles", "Module", columns, tuple(rows), note)
