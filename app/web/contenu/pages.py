"""The content's part of the site: its blueprint, and what its templates can call."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, abort

from app.content.library import Content
from app.content.models import DEVICES, Item, Module, Workshop
from app.services.engines import current_engines
from app.web.conseiller.words import DEVICE_ICONS, DEVICE_WORDS, percent, plural
from app.web.contenu import words

Thing = TypeVar("Thing")

blueprint = Blueprint("contenu", __name__, url_prefix="/contenu")

SECTIONS = (
    ("contenu.modules", "Modules", "list"),
    ("contenu.goals", "Buts", "flag"),
    ("contenu.workshops", "Fiches d’atelier", "clipboard-list"),
    ("contenu.graph", "Graphe", "route"),
)


@blueprint.context_processor
def wording() -> dict[str, Any]:
    """Words for the pages of the content."""
    return {
        "plural": plural,
        "devices": DEVICES,
        "device_words": DEVICE_WORDS,
        "device_icons": DEVICE_ICONS,
        "sections": SECTIONS,
        "crcn_words": words.CRCN_WORDS,
        "theme_words": words.THEME_WORDS,
        "level_words": words.LEVEL_WORDS,
        "genre_words": words.GENRE_WORDS,
        "help_words": words.HELP_WORDS,
        "shuffler": shuffler,
        "zone_name": zone_name,
        "chance": percent,
    }


def content() -> Content:
    """The content of the running application."""
    return current_engines().content


def module_or_404(module_id: str) -> Module:
    """The module, or the page that says it does not exist."""
    return content().find_module(module_id) or abort(404)


def workshop_or_404(workshop_id: str) -> Workshop:
    """The workshop sheet, or the page that says it does not exist."""
    return content().workshops.get(workshop_id) or abort(404)


def scene_or_404(scene_id: str) -> Item:
    """The scene, or the page that says it does not exist."""
    item = content().find_item(scene_id)
    return item if item and item.is_scene else abort(404)


def scenes_of(module_id: str) -> list[Item]:
    """The scenes that have a step on the module."""
    return [item for item in content().items.values() if item.is_scene and module_id in item.modules]


def shuffler(item: Item, step_number: int) -> Callable[[list[Thing]], list[Thing]]:
    """Puts answers in the order of one screen: as an usager may see them, the same at each visit."""

    def shuffled(things: list[Thing]) -> list[Thing]:
        order = list(things)
        random.Random(f"{item.id}/{step_number}").shuffle(order)
        return order

    return shuffled


def zone_name(screen: Any, zone_id: str) -> str:
    """What the place of this id is called on the drawn screen."""
    zone = screen.zone(zone_id)
    return zone.name if zone else zone_id
