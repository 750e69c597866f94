"""All the pages of what comes in and goes out: importing them puts them on the blueprint."""

from __future__ import annotations

from app.web.echanges import activities, calendar, people, person, report, statistics
from app.web.echanges.pages import blueprint

__all__ = ["activities", "blueprint", "calendar", "people", "person", "report", "statistics"]
