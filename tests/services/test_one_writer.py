"""SQLite has one writer at a time: nothing slow may happen between the first write and the commit."""

from __future__ import annotations

import sqlite3

import pytest

from app.engine.diagnostic import Diagnostic
from app.services import diagnostic_sitting as sittings
from app.store.database import db
from tests.conftest import NOW


@pytest.fixture
def choosing(app, monkeypatch):
    """Each time the next screen is chosen, another connection tries to write, without waiting."""
    chosen = []
    choose = Diagnostic.stop

    def stop(self, *arguments, **named):
        if db.engine.dialect.name == "sqlite":
            other = sqlite3.connect(db.engine.url.database, timeout=0)
            other.execute("BEGIN IMMEDIATE")
            other.close()
        chosen.append(True)
        return choose(self, *arguments, **named)

    monkeypatch.setattr(Diagnostic, "stop", stop)
    return chosen


def test_others_can_write_while_the_first_screen_is_chosen(usager, choosing):
    assert sittings.start(usager, NOW).pending
    assert choosing


def test_others_can_write_while_the_next_screen_is_chosen(usager, choosing):
    sitting = sittings.start(usager, NOW)
    while len(choosing) < 2:
        screen = sittings.current_screen(sitting, NOW)
        without = "montre" if screen.item.is_scene else "je_ne_sais_pas"
        sittings.answer(
            sitting,
            item_id=screen.item.id,
            step_number=screen.step_number,
            answer_id=screen.answer_id,
            given=None,
            without=without,
            now=NOW,
        )
    assert sitting.pending or sitting.ended_at
