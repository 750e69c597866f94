"""Every reason that the engine gives has a plain sentence."""

from __future__ import annotations

import re

import pytest

from app.engine.reasons import Code, Reason
from app.services.sentences import reason_sentence, you_can

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


def test_an_ability_is_told_to_anyone(app):
    """« Je sais » becomes « Vous savez », or « Josette peut apprendre à »: nothing of « je » may stay."""
    for module in app.extensions["jalons_engines"].content.modules.values():
        told = you_can(module).removeprefix("Vous savez ").replace("Mon espace santé", "")
        assert not re.search(r"\b([Jj]e|[Mm]on|[Mm]a|[Mm]es|[Mm]oi|[mj]['’])\b", told), told
