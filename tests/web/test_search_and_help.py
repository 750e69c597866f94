"""Search from anywhere, help on each screen, the first visit."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from app.store.database import db
from app.web.conseiller.help_texts import HELP
from tests.web.conseiller_cast import page_of, text_of


def found(client, words):
    page = page_of(client.get("/conseiller/chercher", query_string={"q": words}))
    return [link.get_text(strip=True) for link in page.select(".found a")]


def test_people_modules_and_sheets_are_found_at_once(signed_in, structure, make_usager):
    make_usager(structure, first_name="Rémi", last_initial="C")
    assert found(signed_in, "remi")[0] == "Rémi C."
    assert "Joindre un justificatif" in found(signed_in, "justif")
    assert any("mail" in title or "message" in title for title in found(signed_in, "premier message"))


def test_accents_capitals_order_and_a_slip_do_not_count(signed_in, structure, make_usager):
    make_usager(structure, first_name="Ginette", last_initial="L")
    for words in ("GINETTE", "ginète", "l ginette", "Ginete", "  ginette   l "):
        assert found(signed_in, words) == ["Ginette L."], words


def test_the_beginning_of_a_name_comes_first(signed_in, structure, make_usager):
    for name in ("Marianne", "Anne", "Joanne"):
        make_usager(structure, first_name=name, last_initial=None)
    assert found(signed_in, "anne")[:3] == ["Anne", "Joanne", "Marianne"]


def test_another_structures_people_are_not_found(signed_in, other_structure, make_usager):
    make_usager(other_structure, first_name="Zénobie")
    assert found(signed_in, "zenobie") == []


@pytest.mark.parametrize("words", ["", "a", "\x01", "%", "'; --", "«»", "🙂", "x" * 500, "\u202eabc"])
def test_odd_words_are_answered_plainly(signed_in, words):
    assert signed_in.get("/conseiller/chercher", query_string={"q": words}).status_code == 200


def test_searching_asks_as_many_queries_whatever_the_number_of_people(signed_in, structure, make_usager):
    def queries():
        count = 0

        def one_more(*_args):
            nonlocal count
            count += 1

        event.listen(db.engine, "before_cursor_execute", one_more)
        signed_in.get("/conseiller/chercher?q=personne")
        event.remove(db.engine, "before_cursor_execute", one_more)
        return count

    make_usager(structure, first_name="Personne 0")
    few = queries()
    for number in range(1, 60):
        make_usager(structure, first_name=f"Personne {number}")
    assert queries() == few


def test_the_first_visit_is_offered_once(signed_in, conseiller):
    assert "Première fois ici" in text_of(signed_in.get("/conseiller/aujourd-hui"))
    assert "Bienvenue dans Jalons" in text_of(signed_in.get("/conseiller/aide"))
    signed_in.post("/conseiller/aide/vue")
    assert "Première fois ici" not in text_of(signed_in.get("/conseiller/aujourd-hui"))
    assert "Aide et raccourcis" in text_of(signed_in.get("/conseiller/aide"))


def test_every_help_is_that_of_a_screen_and_is_shown_there(signed_in, app):
    assert set(HELP) <= set(app.view_functions)
    page = page_of(signed_in.get("/conseiller/aujourd-hui"))
    assert page.select_one(".help-here summary").get_text(strip=True) == "Aide sur cette page"
    assert page.select_one("#shortcuts")
