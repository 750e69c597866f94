"""How screens suit a person: size of letters, contrast, speed of the voice, sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.store.database import db
from app.store.models import Usager


@dataclass(frozen=True)
class Setting:
    """Something that can be chosen: its words, and for each value its words and its picture."""

    words: str
    values: Mapping[str, tuple[str, str]]


SETTINGS = {
    "lettres": Setting(
        "Les lettres",
        {
            "normales": ("Normales", "letter-case"),
            "grandes": ("Grandes", "text-size"),
            "tres_grandes": ("Très grandes", "zoom-in"),
        },
    ),
    "contraste": Setting(
        "Les couleurs",
        {"doux": ("Douces", "sun"), "fort": ("Noir et blanc", "contrast")},
    ),
    "voix": Setting(
        "La voix",
        {"normale": ("Normale", "player-play"), "lente": ("Lente", "walk")},
    ),
    "son": Setting(
        "Le son",
        {"oui": ("Avec le son", "volume"), "non": ("Sans le son", "volume-off")},
    ),
}
_CLASSES = {
    ("lettres", "grandes"): "letters-large",
    ("lettres", "tres_grandes"): "letters-largest",
    ("contraste", "fort"): "contrast-strong",
    ("voix", "lente"): "voice-slow",
    ("son", "non"): "silent",
}


def valid(kept: Any) -> dict[str, str]:
    """What was kept and still has a meaning."""
    known = kept if isinstance(kept, dict) else {}
    return {
        name: value for name, value in known.items() if name in SETTINGS and value in SETTINGS[name].values
    }


def of(usager: Usager | None, kept: Any) -> dict[str, str]:
    """A value for each setting: the person's, or what the tablet was set to before somebody began."""
    usual = {name: next(iter(setting.values)) for name, setting in SETTINGS.items()}
    if usager is None:
        return usual | valid(kept)
    return usual | valid(usager.comfort) | {"son": "oui" if usager.sound else "non"}


def classes(chosen: Mapping[str, str]) -> str:
    """The classes of the page that make it so."""
    return " ".join(_CLASSES[setting] for setting in chosen.items() if setting in _CLASSES)


def choose(usager: Usager, chosen: Mapping[str, str]) -> None:
    """Keep settings for the person."""
    if "son" in chosen:
        usager.sound = chosen["son"] == "oui"
    others = {name: value for name, value in chosen.items() if name != "son"}
    usager.comfort = {**valid(usager.comfort), **others}
    db.session.commit()


def take_over(usager: Usager, kept: Any) -> None:
    """Give a person what the tablet was set to just before they came in, unless they have their own."""
    before = valid(kept)
    if before and not usager.comfort:
        choose(usager, before)
