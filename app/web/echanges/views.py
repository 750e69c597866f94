"""All the pages of what comes in and goes out: importing them puts them on the blueprint."""

from __future__ import annotations

from app.web.echanges import activities, calendar, people, report, statistics
from app.web.echanges.pages import blueprint

__all__ = ["activities", "blueprint", "calendar", "people", "report", "statistics"]
