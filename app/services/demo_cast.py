"""Who is in the demo: a made-up place and made-up people. Any likeness is chance."""

from __future__ import annotations

from dataclasses import dataclass

PLACE = "Espace numérique de Sainte-Aurélie"
TIMEZONE = "America/Guadeloupe"

SIGN_INS = [
    ("Maryse, responsable", "maryse@exemple.fr", "jalons-demo"),
    ("Fabrice, conseiller", "fabrice@exemple.fr", "jalons-demo"),
    ("Nadège, bénévole", "nadege@exemple.fr", "jalons-demo"),
]
"""Name, address and password of those who can sign in to the demo."""
ROLES = ("responsable", "conseiller", "benevole")


@dataclass(frozen=True)
class Character:
    """Someone of the demo.

    ``ability`` is what they came with and ``pace`` how fast they learn, in logits; ``reliance`` is how often
    they would rather have it done for them (see ``engine.learners``); ``came`` and ``last_seen`` are in days
    before now; ``visits`` counts sessions, ateliers not included.
    """

    first_name: str
    last_initial: str
    goal_id: str
    device: str
    home_device: str
    reading: str
    ability: float
    came: int
    last_seen: int
    visits: int
    pace: float = 0.9
    reliance: float = 0.02
    sound: bool = False
    took_diagnostic: bool = True
    at_home: bool = False
    session_minutes: int = 60
    birth_decade: int | None = None
    gender: str | None = None
    occupation: str | None = None


CHARACTERS = (
    Character(
        "Josette", "B", "envoyer-un-message", "ordinateur", "aucun", "un_peu", -0.2, 148, 6, 7, sound=True,
        birth_decade=1940, gender="feminin", occupation="retraite",
    ),
    Character(
        "Raymond", "T", "demarches-en-ligne", "telephone", "telephone", "facile", 0.9, 126, 12, 6,
        birth_decade=1950, gender="masculin", occupation="retraite",
    ),
    Character(
        "Fatoumata", "D", "demarches-en-ligne", "telephone", "telephone", "difficile", 0.0, 97, 3, 7,
        sound=True, birth_decade=1970, gender="feminin", occupation="sans_emploi",
    ),
    Character(
        "Ginette", "L", "e-sante", "ordinateur", "ordinateur", "facile", 0.7, 133, 16, 6,
        birth_decade=1940, gender="feminin", occupation="retraite",
    ),
    Character(
        "Kévin", "M", "faire-son-cv-et-postuler", "ordinateur", "telephone", "facile", 1.4, 61, 5, 3,
        session_minutes=45, birth_decade=1990, gender="masculin", occupation="sans_emploi",
    ),
    Character(
        "Lucien", "P", "envoyer-un-message", "tablette", "tablette", "un_peu", -0.7, 112, 4, 6,
        sound=True, at_home=True, session_minutes=45,
        birth_decade=1940, gender="masculin", occupation="retraite",
    ),
    Character(
        "Marie-Ange", "C", "e-sante", "telephone", "telephone", "un_peu", 0.4, 76, 8, 5, sound=True,
        birth_decade=1960, gender="feminin", occupation="en_emploi",
    ),
    Character(
        "Mohamed", "A", "demarches-en-ligne", "ordinateur", "aucun", "un_peu", 0.8, 47, 2, 4,
        birth_decade=1960, gender="masculin", occupation="sans_emploi",
    ),
    Character(
        "Solange", "V", "me-proteger", "tablette", "tablette", "facile", 1.0, 103, 19, 4,
        birth_decade=1950, gender="feminin", occupation="retraite",
    ),
    Character(
        "Yvon", "R", "premiers-pas-telephone", "telephone", "telephone", "difficile", -0.5, 52, 5, 4,
        sound=True, took_diagnostic=False, session_minutes=45, birth_decade=1960, gender="masculin",
    ),
    Character(
        "Thi Lan", "N", "whatsapp-famille", "telephone", "telephone", "un_peu", 0.5, 86, 24, 3,
        birth_decade=1950, gender="feminin", occupation="retraite",
    ),
    Character(
        "Denise", "F", "appels-video", "tablette", "tablette", "facile", 0.3, 149, 66, 8, reliance=0.3,
        took_diagnostic=False, at_home=True, birth_decade=1930, gender="feminin", occupation="retraite",
    ),
    Character(
        "Wilson", "J", "suivre-la-scolarite", "telephone", "telephone", "facile", 1.1, 36, 9, 3,
        birth_decade=1980, gender="masculin", occupation="en_emploi",
    ),
)  # fmt: skip

NEWCOMER = Character("Aurore", "S", "me-proteger", "ordinateur", "ordinateur", "facile", 0.0, 1, 1, 0)
"""Put on the list, and nothing else yet."""

NAMELESS = Character("", "", "demarches-en-ligne", "telephone", "telephone", "un_peu", 0.9, 1, 1, 0)
"""Took a diagnostic without giving a name; it waits for one."""

CLOSED_ATELIER = ("Josette", "Ginette", "Kévin", "Mohamed", "Solange")
CLOSED_DAYS_AGO = 10
OPEN_ATELIER = ("Fatoumata", "Josette", "Lucien", "Marie-Ange", "Mohamed", "Raymond")
