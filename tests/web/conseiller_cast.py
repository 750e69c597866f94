"""What the tests of the conseiller's pages share."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa
from bs4 import BeautifulSoup

from app.services import diagnostic_sitting
from app.store.database import db
from app.store.models import DiagnosticSitting, Usager


def page_of(response, status=200):
    assert response.status_code == status, (response.status_code, response.location)
    return BeautifulSoup(response.data, "html5lib")


def text_of(response, status=200):
    page = page_of(response, status)
    return " ".join(page.main.get_text(" ", strip=True).replace("\u00a0", " ").split())


def form_of(page, name="main form[method=post]"):
    """What a browser would send for a form left as it is."""
    form = page.select_one(name)
    sent: list[tuple[str, str]] = []
    for field in form.select("input, select"):
        kind = field.get("type")
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            sent.append((field["name"], chosen["value"] if chosen else ""))
        elif kind in ("radio", "checkbox"):
            if field.has_attr("checked"):
                sent.append((field["name"], field["value"]))
        elif kind != "submit":
            sent.append((field["name"], field.get("value", "")))
    data: dict[str, list[str]] = {}
    for key, value in sent:
        data.setdefault(key, []).append(value)
    return data


def answer_all(
    usager: Usager, now: datetime, without: str = "je_ne_sais_pas", most: int = 60
) -> DiagnosticSitting:
    """A diagnostic answered the same way to its end, or to ``most`` steps."""
    sitting = diagnostic_sitting.start(usager, now)
    for _ in range(most):
        screen = diagnostic_sitting.current_screen(sitting, now)
        if screen is None:
            break
        diagnostic_sitting.answer(
            sitting,
            item_id=screen.item.id,
            step_number=screen.step_number,
            answer_id=screen.answer_id,
            given=None,
            without="montre" if screen.item.is_scene else without,
            now=now,
        )
    return sitting


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The statements that the block runs."""
    seen: list[str] = []

    def note(_conn, _cursor, statement, *_):
        seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


NOBODY = uuid.UUID(int=7)
