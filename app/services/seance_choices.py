"""The closed lists of a session that are not La Coop's own (those are in ``coop_codes.py``)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """How a session came about: La Coop's place, and whether the person simply came in."""

    place: str
    drop_in: bool
    words: str


APPOINTMENT, DROP_IN, AT_HOME, REMOTE, ELSEWHERE = (
    "rendez_vous", "accueil_libre", "domicile", "a_distance", "autre",
)  # fmt: skip
WAYS = {
    APPOINTMENT: Way("lieu_activite", False, "Rendez-vous"),
    DROP_IN: Way("lieu_activite", True, "Accueil libre"),
    AT_HOME: Way("domicile", False, "À domicile"),
    REMOTE: Way("a_distance", False, "À distance"),
    ELSEWHERE: Way("autre", False, "Ailleurs"),
}


def way_of(place: str, drop_in: bool) -> str:
    """The way that a place and a drop-in stand for."""
    return next(
        (key for key, way in WAYS.items() if (way.place, way.drop_in) == (place, drop_in)),
        next((key for key, way in WAYS.items() if way.place == place), ELSEWHERE),
    )


BOOK_AGAIN = "rendez_vous"
NEXT_STEPS = {
    "refaire_a_la_maison": "Refaire à la maison",
    "revoir": "Revoir la prochaine fois",
    "suite": "Passer à la suite",
    BOOK_AGAIN: "Prendre rendez-vous",
    "orienter": "Voir une autre structure",
    "pas_de_suite": "Pas de suite prévue",
}
