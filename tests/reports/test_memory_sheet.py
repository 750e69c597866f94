"""The memory sheet as PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from app.reports.memory_sheet import memory_sheet


@dataclass(frozen=True)
class Gesture:
    text: str
    icon: str = "mail"


@dataclass(frozen=True)
class Sheet:
    sheet: tuple[Gesture, ...]
    title: str = "Répondre à un message et le transférer à quelqu’un d’autre"
    objective: str = "Je sais répondre à un message."


@pytest.mark.parametrize("gestures", [1, 4, 7, 9])
def test_it_is_always_one_page(gestures):
    long = "Touchez « Répondre », écrivez à Léa, relisez chaque mot, puis envoyez avec l’œil ouvert."
    pdf = memory_sheet(Sheet(tuple(Gesture(long) for _ in range(gestures))), "La messagerie")
    assert pdf.startswith(b"%PDF")
    assert re.search(rb"/Count 1\b", pdf)


def test_an_icon_that_is_missing_leaves_its_place_empty():
    assert memory_sheet(Sheet((Gesture("Touchez.", "licorne-inconnue"),)), "Domaine").startswith(b"%PDF")
