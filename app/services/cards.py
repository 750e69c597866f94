"""Picture cards and picture secrets: what stands for a name and a password on a shared tablet."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass

PICTURES = {
    "tree": "un arbre",
    "sailboat": "un bateau",
    "bike": "un vélo",
    "key": "une clé",
    "umbrella": "un parapluie",
    "fish": "un poisson",
    "cup": "une tasse",
    "flower": "une fleur",
    "moon": "une lune",
    "feather": "une plume",
    "anchor": "une ancre",
    "bell": "une cloche",
    "mountain": "une montagne",
    "lamp": "une lampe",
    "scissors": "des ciseaux",
    "cherry": "des cerises",
    "leaf": "une feuille",
    "star": "une étoile",
    "apple": "une pomme",
    "car": "une voiture",
}
COLOURS = {"rouge": "rouge", "bleu": "bleue", "vert": "verte", "jaune": "jaune", "gris": "grise"}
SECRET_PICTURES = ("sun", "hammer", "cat", "bread", "gift", "clock", "book", "plant", "shirt")
SECRET_NAMES = {
    "sun": "soleil",
    "hammer": "marteau",
    "cat": "chat",
    "bread": "pain",
    "gift": "cadeau",
    "clock": "horloge",
    "book": "livre",
    "plant": "plante",
    "shirt": "chemise",
}
SECRET_LENGTH = 2


@dataclass(frozen=True)
class Card:
    """A picture in a colour, such as « une clé, carte bleue »."""

    picture: str
    colour: str

    @classmethod
    def parse(cls, text: str | None) -> Card | None:
        """The card that a text such as ``key-bleu`` stands for, or ``None``."""
        picture, _, colour = (text or "").rpartition("-")
        return cls(picture, colour) if picture in PICTURES and colour in COLOURS else None

    def __str__(self) -> str:
        return f"{self.picture}-{self.colour}"

    @property
    def name(self) -> str:
        return f"{PICTURES[self.picture]}, carte {COLOURS[self.colour]}"


def free_card(taken: Collection[str | None], rng: random.Random) -> Card:
    """A card that nobody has. Raises ``LookupError`` when all of them are taken."""
    cards = [Card(p, c) for c in COLOURS for p in PICTURES if f"{p}-{c}" not in taken]
    if not cards:
        raise LookupError("toutes les cartes sont prises")
    # Different pictures are easier to tell apart than different colours of one.
    used = {str(t).rpartition("-")[0] for t in taken if t}
    return rng.choice([card for card in cards if card.picture not in used] or cards)


def new_secret(rng: random.Random) -> str:
    """Two pictures, in order, joined by a comma."""
    return ",".join(rng.sample(SECRET_PICTURES, SECRET_LENGTH))
