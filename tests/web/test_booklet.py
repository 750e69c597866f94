"""What a person takes home, asked by a conseiller."""

from __future__ import annotations

import uuid

import pytest

from app.engine.evidence import Help
from app.services.acquired import acquired
from app.services.clock import now
from app.services.learner import learner
from tests.sessions import come
from tests.web.conseiller_cast import text_of


@pytest.fixture
def at(usager):
    return f"/conseiller/usagers/{usager.id}/"


def test_the_booklet_is_a_pdf_from_the_first_day(signed_in, at):
    response = signed_in.get(f"{at}livret.pdf")
    assert response.status_code == 200
    assert response.data.startswith(b"%PDF")


def test_nothing_is_attested_that_was_not_done_alone(signed_in, at, usager, conseiller):
    come(usager, conseiller, now(), ordinateur__souris=Help.ACCOMPANIED)
    assert acquired(learner(usager, now())) == []
    response = signed_in.get(f"{at}attestation.pdf", follow_redirects=True)
    assert "il n’y a rien à attester" in text_of(response)


def test_what_was_done_alone_in_sessions_is_attested(signed_in, at, usager, conseiller):
    for _ in range(4):
        come(usager, conseiller, now(), ordinateur__souris=Help.ALONE)
    [found] = acquired(learner(usager, now()))
    assert (found.module.id, found.source) == ("ordinateur.souris", "observation")
    assert signed_in.get(f"{at}attestation.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize("paper", ["livret.pdf", "attestation.pdf"])
def test_somebody_elses_is_not_there(signed_in, paper):
    assert signed_in.get(f"/conseiller/usagers/{uuid.uuid4()}/{paper}").status_code == 404


@pytest.mark.parametrize(
    ("first_name", "is_told"), [("محمد", True), ("美玲", True), ("Юлия", False), ("Łukasz", False)]
)
def test_a_line_left_to_fill_by_hand_is_told_before_printing(
    signed_in, structure, make_usager, first_name, is_told
):
    person = make_usager(structure, first_name)
    for page in (f"/conseiller/usagers/{person.id}/", f"/conseiller/usagers/{person.id}/relais"):
        told = "Une ligne y reste à remplir à la main." in text_of(signed_in.get(page))
        assert told == is_told, page
    assert signed_in.get(f"/conseiller/usagers/{person.id}/livret.pdf").data.startswith(b"%PDF")
