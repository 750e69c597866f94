"""Purge from the terminal, or from a scheduler where several servers share a database."""

from __future__ import annotations

from flask import Flask

from app.serving import housekeeping


def purge(app: Flask) -> str:
    """Announce and erase what is due; the sentence that says what was done."""
    done = housekeeping.run(app)
    return f"{done.announced} fiche(s) annoncée(s), {done.spared} gardée(s), {done.erased} effacée(s)."
