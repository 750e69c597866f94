"""All the pages about ateliers: importing them puts them on the blueprint."""

from __future__ import annotations

from app.web.atelier import groups, joining, leading
from app.web.atelier.pages import blueprint

__all__ = ["blueprint", "groups", "joining", "leading"]
