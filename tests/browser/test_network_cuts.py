"""Networks cut, pages reloaded, tabs closed, a server stopped: no answer is lost, none counts twice."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager, suppress

import pytest
import sqlalchemy as sa
from playwright.sync_api import Error, expect

from app.config import ROOT
from app.services import diagnostic_sitting
from app.services.clock import now
from app.store import queries
from app.store.database import db
from app.store.models import DiagnosticSitting, EvidenceRow
from tests.browser.asked import (
    PANEL,
    answer,
    answer_all_that_is_held,
    asked,
    begin,
    expect_kept,
    kept,
    left_in_the_browser,
    sitting_of,
)


def test_five_screens_without_a_network(open_page, served_app, axe):
    page = open_page(800, 1280)
    sitting = begin(page)
    given = answer(page, served_app)
    expect(page.get_by_text("Enregistré")).to_be_visible()
    page.context.set_offline(True)
    given += answer_all_that_is_held(page, served_app)
    assert len({item for item, _ in given}) >= 5
    expect(page.get_by_text("Sera envoyé")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci, c’est noté")
    axe(page)
    assert len(kept(served_app, sitting)) < len(given)
    page.context.set_offline(False)
    expect(page.locator(PANEL)).to_have_count(0)
    expect_kept(page, served_app, sitting, given)


def test_reloading_in_the_middle(open_page, served_app):
    page = open_page(800, 1280)
    sitting = begin(page)
    page.context.set_offline(True)
    given = [step for _ in range(3) for step in answer(page, served_app)]
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    page.context.set_offline(False)
    page.goto("/usager/question/")
    sitting_of(page)
    assert asked(page) not in given
    expect_kept(page, served_app, sitting, given)
    given += answer(page, served_app)
    expect_kept(page, served_app, sitting, given)


def test_closing_the_tab_and_coming_back(open_page, served_app):
    page = open_page(800, 1280)
    sitting = begin(page)
    page.context.set_offline(True)
    given = [step for _ in range(3) for step in answer(page, served_app)]
    page.close()
    page.context.set_offline(False)
    assert kept(served_app, sitting) == []
    page = page.context.new_page()
    page.goto("/usager/")
    sitting_of(page)
    assert asked(page) not in given
    expect_kept(page, served_app, sitting, given)


def test_the_same_question_in_two_tabs_counts_once(open_page, served_app):
    first = open_page(800, 1280)
    sitting = begin(first)
    second = first.context.new_page()
    second.goto("/usager/question/")
    sitting_of(second)
    assert asked(first) == asked(second)
    first.context.set_offline(True)
    given = answer(first, served_app)
    answer(second, served_app)
    first.context.set_offline(False)
    expect_kept(first, served_app, sitting, given)
    for page in (first, second, first):
        given += answer(page, served_app)
    expect_kept(first, served_app, sitting, dict.fromkeys(given))


SERVER = """
import sys
from pathlib import Path
from waitress import serve
from app import create_app
from app.config import Settings
folder = Path(sys.argv[1])
serve(create_app(Settings(instance_dir=folder)), host="127.0.0.1", port=int(sys.argv[2]))
"""


@contextmanager
def served(instance, port):
    """The application in a process of its own, which is killed as a power cut would."""
    process = subprocess.Popen([sys.executable, "-c", SERVER, instance, str(port)], cwd=ROOT)
    try:
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield
    finally:
        process.kill()
        process.wait(timeout=10)


def test_the_server_is_restarted(open_page, served_app):
    instance = served_app.extensions["jalons_settings"].instance_dir
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    page = open_page(800, 1280, base_url=f"http://127.0.0.1:{port}")
    with served(instance, port):
        sitting = begin(page)
    given = [step for _ in range(2) for step in answer(page, served_app)]
    expect(page.get_by_text("Sera envoyé")).to_be_visible()
    with served(instance, port):
        given += answer(page, served_app)
        expect(page.get_by_text("Enregistré")).to_be_visible(timeout=30_000)
        expect_kept(page, served_app, sitting, given)
    page.close()


def test_a_diagnostic_ended_elsewhere_keeps_the_answers_and_shows_the_result(open_page, served_app):
    page = open_page(800, 1280)
    sitting = begin(page)
    page.context.set_offline(True)
    given = [step for _ in range(2) for step in answer(page, served_app)]
    with served_app.app_context():
        structure_id = db.session.query(DiagnosticSitting).filter_by(id=uuid.UUID(sitting)).one().structure_id
        diagnostic_sitting.stop(db.session.get(DiagnosticSitting, (structure_id, uuid.UUID(sitting))), now())
    page.wait_for_timeout(1100)  # someone has begun to read this screen: it may be answered
    page.context.set_offline(False)
    expect_kept(page, served_app, sitting, given)
    given += answer(page, served_app)
    page.wait_for_url("**/usager/resultat")
    expect_kept(page, served_app, sitting, given)


def test_finishing_sends_what_waits_first(open_page, served_app):
    page = open_page(800, 1280)
    sitting = begin(page)
    page.context.set_offline(True)
    given = [step for _ in range(2) for step in answer(page, served_app)]
    page.context.set_offline(False)
    page.get_by_role("button", name="Terminer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bienvenue")
    expect_kept(page, served_app, sitting, given)
    assert left_in_the_browser(page) == [0, 0, 0]


def test_finishing_without_a_network_asks_before_anything_is_erased(open_page, served_app, axe):
    page = open_page(360, 740)
    sitting = begin(page)
    page.context.set_offline(True)
    given = [step for _ in range(2) for step in answer(page, served_app)]
    shown = asked(page)
    page.get_by_role("button", name="Terminer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("pas encore envoyée")
    axe(page)
    page.get_by_role("button", name="Attendre").click()
    assert asked(page) == shown
    page.get_by_role("button", name="Terminer").click()
    page.get_by_role("button", name="Terminer quand même").click()
    expect(page.locator("form.answer")).to_have_count(0)
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bienvenue", timeout=15_000)
    assert left_in_the_browser(page) == [0, 0, 0]
    assert given
    assert kept(served_app, sitting) == []


def test_a_pause_without_a_network_keeps_the_page(open_page, served_app):
    page = open_page(360, 740)
    sitting = begin(page)
    page.context.set_offline(True)
    given = answer(page, served_app)
    shown = asked(page)
    page.get_by_role("link", name="Faire une pause").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le réseau est coupé")
    page.get_by_role("button", name="Continuer").click()
    assert asked(page) == shown
    page.context.set_offline(False)
    page.get_by_role("link", name="Faire une pause").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est la pause")
    expect_kept(page, served_app, sitting, given)


def test_what_waits_is_never_sent_as_somebody_else(open_page, served_app):
    page = open_page(800, 1280)
    first = begin(page)
    page.context.set_offline(True)
    answer(page, served_app)
    page.close()
    page = page.context.new_page()
    page.wait_for_timeout(500)  # the page that closes must not find the network again
    page.context.set_offline(False)
    page.set_default_timeout(15_000)
    second = begin(page)
    page.wait_for_timeout(500)
    assert second != first
    assert kept(served_app, first) == kept(served_app, second) == []
    given = answer(page, served_app)
    expect_kept(page, served_app, second, given)
    assert kept(served_app, first) == []


def test_a_double_click_answers_one_question(open_page, served_app):
    page = open_page(800, 1280)
    sitting = begin(page)
    first = asked(page)
    box = page.locator(".other-answers button").first.bounding_box()
    page.mouse.dblclick(box["x"] + 20, box["y"] + 20, delay=20)
    expect_kept(page, served_app, sitting, [first])
    assert asked(page) != first


def test_going_back_after_answers_of_the_page(open_page, served_app):
    page = open_page(800, 1280)
    sitting = begin(page, device="ordinateur")
    item, _ = asked(page)
    given = answer(page, served_app)
    while asked(page)[0] == item:
        given += answer(page, served_app)
    after = asked(page)
    page.get_by_role("button", name="Réponse d’avant").click()
    expect(page.get_by_role("button", name="Garder ma réponse")).to_be_visible()
    sitting_of(page)
    assert asked(page) == (item, 0)
    page.get_by_role("button", name="Garder ma réponse").click()
    expect(page.get_by_role("button", name="Garder ma réponse")).to_be_hidden()
    sitting_of(page)
    assert asked(page) == after
    page.get_by_role("button", name="Réponse d’avant").click()
    expect(page.get_by_role("button", name="Garder ma réponse")).to_be_visible()
    sitting_of(page)
    again = answer(page, served_app)
    while asked(page)[0] == item:
        again += answer(page, served_app)
    assert asked(page) == after
    expect_kept(page, served_app, sitting, [*given, *again])


def rows_of(app, sitting):
    """The evidence in the order it was given: item, step, what came of it, and which row it replaces."""
    with app.app_context():
        found = db.session.scalars(
            sa.select(EvidenceRow)
            .where(EvidenceRow.sitting_id == uuid.UUID(sitting))
            .order_by(EvidenceRow.occurred_at, EvidenceRow.step)
        ).all()
        places = {row.id: n for n, row in enumerate(found)}
        return [(row.item_id, row.step, row.outcome, places.get(row.corrects_id)) for row in found]


def test_going_back_without_a_network_changes_an_answer_given_here(open_page, served_app, axe):
    page = open_page(360, 740)
    sitting = begin(page, device="ordinateur", goal="e-sante")
    page.context.set_offline(True)
    first = asked(page)
    given = answer(page, served_app)
    second = asked(page)
    assert given == [first] and second[1] == 0
    back, keep = (page.get_by_role("button", name=name) for name in ("Réponse d’avant", "Garder ma réponse"))
    back.click()
    assert asked(page) == first
    expect(page.locator("h1")).to_be_focused()
    expect(back).to_be_hidden()
    axe(page)
    keep.click()
    assert asked(page) == second
    back.click()
    page.get_by_role("button", name="Je n’ai pas compris").click()
    expect(keep).to_be_hidden()
    assert asked(page) == second
    back.click()
    page.get_by_role("button", name="Je ne sais pas").click()
    expect(keep).to_be_hidden()
    assert asked(page) == second
    assert kept(served_app, sitting) == []
    page.context.set_offline(False)
    expect_kept(page, served_app, sitting, [first] * 3)
    item, step = first
    assert rows_of(served_app, sitting) == [
        (item, step, "je_ne_sais_pas", None),
        (item, step, "non_compris", 0),
        (item, step, "je_ne_sais_pas", 1),
    ]
    sitting_of(page)
    assert asked(page) == second


def test_going_back_twice_to_a_scene_and_before_it(open_page, served_app):
    page = open_page(800, 1280)
    sitting = begin(page, device="ordinateur", goal="e-sante")
    page.context.set_offline(True)
    first = asked(page)
    given = answer(page, served_app)
    scene = asked(page)[0]
    while asked(page)[0] == scene:
        given += answer(page, served_app)
    here = asked(page)
    back = page.get_by_role("button", name="Réponse d’avant")
    back.click()
    assert asked(page) == (scene, 0)
    back.click()
    assert asked(page) == first
    page.get_by_role("button", name="Garder ma réponse").click()
    assert asked(page) == here
    back.click()
    again = answer(page, served_app)
    while asked(page)[0] == scene:
        again += answer(page, served_app)
    assert asked(page) == here
    page.context.set_offline(False)
    expect_kept(page, served_app, sitting, [*given, *again])
    rows = rows_of(served_app, sitting)
    replaced = [rows[place][:2] for *_, place in rows if place is not None]
    assert replaced == again
    with served_app.app_context():
        found = db.session.scalars(sa.select(EvidenceRow).where(EvidenceRow.sitting_id == uuid.UUID(sitting)))
        assert len(queries.standing(found.all())) == len(given)


def test_answers_left_without_finishing_are_erased_once_nobody_is_there(open_page, served_app):
    page = open_page(800, 1280)
    sitting = begin(page)
    page.context.set_offline(True)
    answer(page, served_app)
    page.goto("about:blank")  # a tab that closes may find the network again for an instant
    page.context.set_offline(False)
    page.goto("/usager/chemin")
    page.get_by_role("button", name="Terminer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bienvenue")
    for _ in range(50):
        if left_in_the_browser(page) == [0, 0, 0]:
            break
        page.wait_for_timeout(100)
    assert left_in_the_browser(page) == [0, 0, 0]
    assert kept(served_app, sitting) == []
