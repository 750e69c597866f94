"""Drawn keyboards: ``clavier: azerty`` stands for rows of keys, each one touchable."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

KeyboardName = Literal["azerty", "chiffres", "ordinateur"]


@dataclass(frozen=True, slots=True)
class Key:
    """A key: the id one touches, what is printed on it, what a blind person hears, its width in keys."""

    id: str
    label: str
    name: str
    width: float = 1


_SPECIAL = {
    "espace": Key("touche_espace", "espace", "Barre d’espace", 5),
    "entree": Key("touche_entree", "Entrée", "Entrée", 2),
    "effacer": Key("touche_effacer", "⌫", "Effacer", 1.5),
    "majuscule": Key("touche_majuscule", "⇧", "Majuscule", 1.5),
    "verr_maj": Key("touche_verr_maj", "⇪", "Verrouillage des majuscules", 1.75),
    "arobase": Key("touche_arobase", "@", "Arobase"),
    "point": Key("touche_point", ".", "Point"),
    "virgule": Key("touche_virgule", ",", "Virgule"),
    "tiret": Key("touche_tiret", "-", "Tiret"),
    "ctrl": Key("touche_ctrl", "Ctrl", "Contrôle", 1.5),
    "alt": Key("touche_alt", "Alt", "Alt"),
    "altgr": Key("touche_altgr", "Alt Gr", "Alt Gr", 1.5),
    "tab": Key("touche_tab", "⇥", "Tabulation", 1.5),
    "echap": Key("touche_echap", "Échap", "Échappement"),
    "suppr": Key("touche_suppr", "Suppr", "Supprimer"),
    "gauche": Key("touche_gauche", "←", "Flèche gauche"),
    "droite": Key("touche_droite", "→", "Flèche droite"),
    "haut": Key("touche_haut", "↑", "Flèche haut"),
    "bas": Key("touche_bas", "↓", "Flèche bas"),
}

# What the digit row of a French computer keyboard prints besides the digit; its @ is under 0, by Alt Gr.
_COMPUTER_DIGITS = {
    "1": "&", "2": "é", "3": "\"", "4": "'", "5": "(", "6": "", "7": "è", "8": "_", "9": "ç", "0": "à @",
}  # fmt: skip

_ROWS: dict[str, tuple[str, ...]] = {
    "azerty": (
        "1 2 3 4 5 6 7 8 9 0",
        "a z e r t y u i o p",
        "q s d f g h j k l m",
        "majuscule w x c v b n effacer",
        "arobase tiret espace point entree",
    ),
    "chiffres": ("1 2 3", "4 5 6", "7 8 9", "effacer 0 entree"),
    "ordinateur": (
        "echap 1 2 3 4 5 6 7 8 9 0 effacer",
        "tab a z e r t y u i o p suppr",
        "verr_maj q s d f g h j k l m entree",
        "majuscule w x c v b n virgule point tiret haut",
        "ctrl alt espace altgr gauche bas droite",
    ),
}


def _key(name: str, keyboard: str) -> Key:
    if name in _SPECIAL:
        return _SPECIAL[name]
    if name.isdigit():
        extra = _COMPUTER_DIGITS[name] if keyboard == "ordinateur" else ""
        return Key(f"touche_{name}", f"{extra} {name}".strip(), name)
    return Key(f"touche_{name}", name, name.upper())


@cache
def keyboard_rows(name: KeyboardName) -> tuple[tuple[Key, ...], ...]:
    """The rows of keys of a keyboard, top to bottom."""
    return tuple(tuple(_key(key, name) for key in row.split()) for row in _ROWS[name])
