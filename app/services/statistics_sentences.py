"""The report for the elected members, in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from app.content.typography import NBSP, typographie
from app.services.statistics import Statistics, Table
from app.services.statistics_masking import SMALLEST, Shown
from app.services.statistics_progress import Progress

TOP = 3


def sentences(found: Statistics, progress: Progress | None) -> list[str]:
    """What the period was, a sentence a fact; those that nothing is known of are left out."""
    totals = found.totals
    if not totals.enough:
        return [typographie(f"Moins de {SMALLEST} personnes sont venues : rien n'est montré sur elles.")]
    told = [
        _came(totals.people, totals.newcomers),
        _without_file(totals.without_file),
        f"{_count(totals.activities, 'activité a eu lieu', 'activités ont eu lieu')} : "
        f"{_count(totals.individual, 'séance individuelle', 'séances individuelles')} et "
        f"{_count(totals.collective, 'atelier', 'ateliers')}.",
        f"Cela fait {hours_words(totals.hours)} d'accompagnement.",
        _top("Les thématiques les plus travaillées", found.table("themes")),
        _top("Les modules les plus travaillés", found.table("modules")),
        *_progress(progress),
    ]
    return [typographie(sentence) for sentence in told if sentence]


def hours_words(hours: float) -> str:
    """« 1 240 heures » ; half hours are rounded, to the nearest."""
    whole = round(hours)
    return _count(whole, "heure", "heures")


def number_words(value: int) -> str:
    """« 1 240 »."""
    return f"{value:,}".replace(",", NBSP)


def _count(value: Shown, one: str, many: str) -> str:
    if isinstance(value, str):
        return f"{value} {many}"
    return f"{number_words(value)} {one if value < 2 else many}"


def _came(people: Shown, newcomers: Shown) -> str:
    came = _count(people, "personne est venue", "personnes sont venues")
    came = came[:1].upper() + came[1:]
    if isinstance(newcomers, int) and newcomers and newcomers != people:
        return f"{came}, dont {number_words(newcomers)} pour la première fois."
    return f"{came}."


def _without_file(people: Shown) -> str:
    if not people:
        return ""
    helped = _count(people, "personne a été aidée", "personnes ont été aidées")
    return f"En plus, {helped} sans ouvrir de fiche."


def _top(beginning: str, table: Table) -> str:
    names = [f"« {row.label} »" for row in table.rows if isinstance(row.values[0], int)][:TOP]
    return f"{beginning} : {_listed(names)}." if len(names) > 1 else ""


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} et {names[-1]}"


def _progress(progress: Progress | None) -> list[str]:
    if progress is None:
        return []
    before, after = progress.before, progress.after
    people = f"{number_words(progress.people)} personnes"
    if progress.is_sample:
        people = f"{people} tirées au sort parmi {number_words(progress.out_of)}"
    per_person = (after.acquired - before.acquired) / progress.people
    gained = f"{per_person:.1f}".replace(".", ",")
    return [
        f"Pour {people} et revenues au moins une fois, {number_words(before.acquired)} modules étaient acquis"
        f" au début, {number_words(after.acquired)} à la fin : {gained} de plus par personne."
        if progress.is_sample
        else f"Pour les {people} revenues au moins une fois, {number_words(before.acquired)} modules étaient"
        f" acquis au début, {number_words(after.acquired)} à la fin : {gained} de plus par personne."
    ]
