"""All the conseiller's pages: importing them puts them on the blueprint."""

from __future__ import annotations

from app.web.conseiller import (
    anonymous,
    appointments,
    booklet,
    figures,
    hand_over,
    help,
    learning,
    notes,
    paper,
    person,
    personal_data,
    places,
    plan,
    seance_cancellation,
    seance_correction,
    seances,
    search,
    structure_data,
    today,
    usagers,
)
from app.web.conseiller.pages import blueprint

__all__ = [
    "anonymous",
    "appointments",
    "blueprint",
    "booklet",
    "figures",
    "hand_over",
    "help",
    "learning",
    "notes",
    "paper",
    "person",
    "personal_data",
    "places",
    "plan",
    "seance_cancellation",
    "seance_correction",
    "seances",
    "search",
    "structure_data",
    "today",
    "usagers",
]
