"""All the conseiller's pages: importing them puts them on the blueprint."""

from __future__ import annotations

from app.web.conseiller import figures, person, seances, usagers
from app.web.conseiller.pages import blueprint

__all__ = ["blueprint", "figures", "person", "seances", "usagers"]
