"""What the server does by itself once a day: the purge."""

from __future__ import annotations

import logging
import threading

from flask import Flask

from app.services import purge
from app.services.clock import now
from app.store import database
from app.store.database import db

EVERY = 24 * 3600.0
"""Seconds."""


def begin(app: Flask) -> threading.Event:
    """Purge now, then every day, beside the server; setting the event ends it."""
    ended = threading.Event()
    threading.Thread(target=_keep_house, args=(app, ended), name="purge", daemon=True).start()
    return ended


def _keep_house(app: Flask, ended: threading.Event) -> None:
    while True:
        try:
            run(app)
        except Exception:  # whatever happens here, tablets must be served, and tomorrow is another day
            logging.getLogger(__name__).exception("La purge n'a pas pu se faire. Elle sera refaite demain.")
        if ended.wait(EVERY):
            return


def run(app: Flask) -> purge.Purged:
    """Purge once; what it did."""
    with app.app_context():
        try:
            done = purge.purge_all(now())
            database.leave_no_trace()
        finally:
            db.session.remove()
    return done
