"""Every reason that the engine gives has a plain sentence."""

from __future__ import annotations

import pytest

from app.engine.reasons import Code, Reason
from app.services.sentences import reason_sentence

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
