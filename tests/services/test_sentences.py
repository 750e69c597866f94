"""Every reason that the engine gives has a plain sentence."""

from __future__ import annotations

import pytest

from app.engine.group_reasons import SeatReason, SessionReason
from app.engine.reasons import Code, Reason
from app.services.sentences import reason_sentence, seat_sentence, session_sentence

NUMBERS = {
    "minutes": 5.0,
    "times": 2.0,
    "probability": 0.5,
    "days": 12.0,
    "level": 1.0,
    "retrievability": 0.7,
}


@pytest.mark.parametrize("code", list(Code))
@pytest.mark.parametrize(
    "modules", [(), ("messagerie.lire",), ("messagerie.lire", "messagerie.ecrire"), ("parti.depuis",)]
)
def test_every_code_has_a_short_sentence(app, code, modules):
    sentence = reason_sentence(Reason(code, modules, NUMBERS))
    assert sentence.endswith(".")
    for part in sentence.rstrip(".").split(". "):
        assert 1 <= len(part.split()) <= 15, part
    assert "«\u00a0\u00a0»" not in sentence
    assert "  " not in sentence


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((4.1, 0.9, 0.0), "4 personnes prêtes, 1 personne sait déjà le faire."),
        ((1.0, 2.0, 3.0), "1 personne prête, 2 personnes savent déjà le faire, 3 personnes ont besoin"),
    ],
)
def test_a_session_of_a_group_says_for_whom_it_is(app, counts, told):
    title = app.extensions["jalons_engines"].content.modules["messagerie.lire"].title
    sentence = session_sentence(SessionReason("messagerie.lire", *counts)).replace("\u00a0", " ")
    assert title in sentence
    assert told in sentence


def test_a_seat_says_what_is_learnt_there(app):
    modules = app.extensions["jalons_engines"].content.modules
    learns = (("messagerie.lire", 0.6), ("messagerie.ecrire", 0.4), ("web.lien", 0.1))
    told = seat_sentence(SeatReason("x", learns, 1.1, 0.2), "Josette")
    assert told.startswith("Josette peut apprendre ici à ")
    for module in ("messagerie.lire", "messagerie.ecrire"):
        assert modules[module].objective.removeprefix("Je sais ").rstrip(".") in told
    assert "autre groupe" in seat_sentence(SeatReason("x", learns, 1.1, 1.05), "Josette")
    assert "compléter" in seat_sentence(SeatReason("x", (), 0.0, 0.0), "Josette")
