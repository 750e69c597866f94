"""The desk of the demo: places, appointments gone by and to come, and visits of people without a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from app.services import demo_calendar
from app.services.demo_life import Ids, Life
from app.store.models import Account, Appointment, AppointmentUsager, Place, Seance, Structure

PLACES = (
    ("Médiathèque, salle du rez-de-chaussée", "4 rue du Moulin", "Sainte-Aurélie", "97199", "97199"),
    (
        "Salle du quartier des Flamboyants",
        "Résidence des Flamboyants, bâtiment C",
        "Sainte-Aurélie",
        "97199",
        "",
    ),
)
"""Name, address, town, postcode and Insee code; all of them made up."""
NEXT_STEPS = ("revoir", "suite", "refaire_a_la_maison", "rendez_vous")
TODAY = (("Mohamed", 9, 0), ("Lucien", 10, 30), ("Marie-Ange", 14, 0))
COMING = (("Josette", 2, 9), ("Yvon", 3, 11), ("Ginette", 6, 14))
"""First name, days from now, hour."""
MISSED = ("Wilson", 2, 15)
ATELIER_IN_DAYS = 4
EXPECTED = ("Josette", "Ginette", "Kévin", "Solange")
ANONYMOUS = (
    (
        1,
        "aide_aux_demarches_administratives",
        "social_sante",
        {"age": "soixante_soixante_neuf", "gender": "feminin"},
    ),
    (1, "prendre_en_main_du_materiel", None, {}),
    (2, "email", None, {}),
    (1, "aide_aux_demarches_administratives", "argent_impots", {"age": "quarante_cinquante_neuf"}),
    (1, "banque_et_achats_en_ligne", None, {"gender": "masculin", "occupation": "retraite"}),
)


class Desk:
    """What is on the desk, drawn from a generator of its own: the people's months stay as they are."""

    def __init__(self, structure: Structure, now: datetime, seed: int) -> None:
        self.structure = structure
        self.now = now
        self.zone = ZoneInfo(structure.timezone)
        self.rng = np.random.default_rng((seed, 1))
        self.ids = Ids(self.rng)
        self.places = [
            Place(
                structure_id=structure.id,
                id=self.ids(),
                name=name,
                address=address,
                town=town,
                postcode=postcode,
                insee=insee,
                created_at=structure.created_at,
            )
            for name, address, town, postcode, insee in PLACES
        ]

    def complete(self, seances: Sequence[Seance]) -> None:
        """Say of each session where it was held, whether it was a drop-in, and what was agreed."""
        for seance in seances:
            if seance.place == "lieu_activite":
                seance.place_id = self.places[int(self.rng.random() < 0.25)].id
                seance.drop_in = seance.atelier_id is None and bool(self.rng.random() < 0.3)
            if seance.atelier_id is None:
                seance.next_step = str(self.rng.choice(NEXT_STEPS))

    def without_a_file(self, accounts: Sequence[Account]) -> list[Seance]:
        """Visits of the last three weeks that count without a name."""
        found = []
        for n, (people, theme, procedure, told) in enumerate(ANONYMOUS * 2):
            at = demo_calendar.opening(self.now, 1 + 2 * n, self.zone, self.rng)
            found.append(
                Seance(
                    structure_id=self.structure.id,
                    id=self.ids(),
                    author_id=accounts[n % len(accounts)].id,
                    participants=people,
                    anonymous=[dict(told)] if told else [],
                    drop_in=True,
                    kind="collectif" if people > 1 else "individuel",
                    place="lieu_activite",
                    place_id=self.places[0].id,
                    device="telephone" if n % 2 else "ordinateur",
                    minutes=15 if n % 3 else 30,
                    themes=[theme],
                    procedure_theme=procedure,
                    occurred_at=at,
                    recorded_at=at + timedelta(minutes=35),
                )
            )
        return found

    def appointments(
        self, lives: Sequence[Life], leader: Account, module_id: str
    ) -> tuple[list[Appointment], list[AppointmentUsager]]:
        """Today's, the coming days', one that was never noted, and an atelier with who is expected."""
        people = {life.character.first_name: life for life in lives}
        found = [self._with(people[name], leader, self._at(0, hour, minute)) for name, hour, minute in TODAY]
        found += [self._with(people[name], leader, self._at(days, hour)) for name, days, hour in COMING]
        name, days_ago, hour = MISSED
        found.append(self._with(people[name], leader, self._at(-days_ago, hour)))
        atelier = self._appointment(leader, self._at(ATELIER_IN_DAYS, 14), 90, self.places[1])
        atelier.module_id = module_id
        expected = [
            AppointmentUsager(
                structure_id=self.structure.id, appointment_id=atelier.id, usager_id=people[name].usager.id
            )
            for name in EXPECTED
        ]
        return [*found, atelier], expected

    def _at(self, days: int, hour: int, minute: int = 0) -> datetime:
        day: date = self.now.astimezone(self.zone).date() + timedelta(days=days)
        return datetime.combine(day, time(hour, minute), self.zone)

    def _with(self, life: Life, leader: Account, starts_at: datetime) -> Appointment:
        made = self._appointment(leader, starts_at, life.usager.session_minutes, self.places[0])
        made.usager_id = life.usager.id
        if life.character.at_home:
            made.place, made.place_id = "domicile", None
        return made

    def _appointment(self, leader: Account, starts_at: datetime, minutes: int, place: Place) -> Appointment:
        return Appointment(
            structure_id=self.structure.id,
            id=self.ids(),
            author_id=leader.id,
            place="lieu_activite",
            place_id=place.id,
            starts_at=starts_at,
            minutes=minutes,
            created_at=self.now - timedelta(days=9),
        )
