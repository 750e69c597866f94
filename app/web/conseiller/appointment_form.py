"""The forms of a planned session: with one person, or an atelier with those who are expected."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wtforms import DateField, HiddenField, RadioField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from app.content.typography import NBSP
from app.services.appointments import Planning
from app.services.modules import modules_by_domain
from app.services.seance_choices import (
    APPOINTMENT,
    AT_HOME,
    DROP_IN,
    ELSEWHERE,
    REMOTE,
    WAYS,
    way_of,
)
from app.store import appointment_queries, place_queries
from app.store.models import Account, Appointment, Structure
from app.web.conseiller.seance_form import NO_PLACE, Boxes
from app.web.french_form import FrenchForm

USUAL_MINUTES = (30, 45, 60, 90, 120)
FIRST_HOUR, LAST_HOUR = 9, 17
FARTHEST = timedelta(days=400)


class AppointmentForm(FrenchForm):
    """A planned session with one person."""

    appointment_id = HiddenField()
    day = DateField("Date", [InputRequired("Choisissez la date.")])
    hour = TimeField("Heure", [InputRequired("Choisissez l'heure.")])
    minutes = RadioField("Durée", [InputRequired("Choisissez une durée.")])
    way = RadioField(
        "Comment",
        [InputRequired("Choisissez comment vous vous verrez.")],
        choices=[SelectChoice(key, way.words) for key, way in WAYS.items() if key != DROP_IN],
    )
    place_id = SelectField("Lieu", validate_choice=False)
    leader = SelectField("Avec", validate_choice=False)

    def __init__(self, *, structure: Structure, account: Account, now: datetime, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._zone = ZoneInfo(structure.timezone)
        self._now = now
        self._account = account
        self.places = place_queries.places(structure.id)
        self.leaders = appointment_queries.active_accounts(structure.id)
        self.place_id.choices = [NO_PLACE, *(SelectChoice(str(p.id), p.name) for p in self.places)]
        self.leader.choices = [SelectChoice(str(each.id), each.name) for each in self.leaders]
        self.minutes.choices = [SelectChoice(str(m), f"{m}{NBSP}min") for m in USUAL_MINUTES]

    def validate_day(self, field: DateField) -> None:
        """A day that has not gone by, not in another century."""
        if field.data is None:
            return
        today = self._now.astimezone(self._zone).date()
        if field.data < today:
            raise ValidationError("Cette date est passée. Choisissez aujourd'hui ou un jour à venir.")
        if field.data > today + FARTHEST:
            raise ValidationError("Cette date est trop loin. Vérifiez l'année.")

    @property
    def own_id(self) -> uuid.UUID:
        """The id that the page was given; another one where someone has changed it."""
        return _id(self.appointment_id.data) or uuid.uuid4()

    def planning(self) -> Planning:
        """What a valid form says."""
        place = _id(self.place_id.data)
        at_home = self.way.data == AT_HOME
        return Planning(
            starts_at=datetime.combine(self.day.data or date.min, self.hour.data or time.min, self._zone),
            minutes=int(self.minutes.data),
            leader_id=_id(self.leader.data) or self._account.id,
            place=WAYS[self.way.data].place,
            place_id=None if at_home else place if place in {p.id for p in self.places} else None,
        )

    def fill_in(self, *, starts_at: datetime, minutes: int, place_id: uuid.UUID | None) -> None:
        """What is likely; ``starts_at`` is brought into the hours in which one receives people."""
        local = starts_at.astimezone(self._zone)
        starts_at = local.replace(hour=min(max(local.hour, FIRST_HOUR), LAST_HOUR))
        self.appointment_id.data = str(uuid.uuid4())
        self.way.data, self.leader.data = APPOINTMENT, str(self._account.id)
        self._fill_when(starts_at, minutes)
        self.place_id.data = str(place_id or "")

    def fill_in_from(self, planned: Appointment) -> None:
        """What stands."""
        self.appointment_id.data = str(planned.id)
        self.way.data, self.leader.data = way_of(planned.place, False), str(planned.author_id)
        self._fill_when(planned.starts_at, planned.minutes)
        self.place_id.data = str(planned.place_id or "")

    def _fill_when(self, starts_at: datetime, minutes: int) -> None:
        local = starts_at.astimezone(self._zone)
        self.day.data, self.hour.data = local.date(), local.time().replace(second=0, microsecond=0)
        if minutes not in USUAL_MINUTES:
            self.minutes.choices = [*self.minutes.choices, SelectChoice(str(minutes), f"{minutes}{NBSP}min")]
        self.minutes.data = str(minutes)

    def allow_minutes(self, minutes: int) -> None:
        """A length that is not on the list stays possible for what was planned with it."""
        if minutes not in USUAL_MINUTES:
            self.minutes.choices = [*self.minutes.choices, SelectChoice(str(minutes), f"{minutes}{NBSP}min")]


class PlannedAtelierForm(AppointmentForm):
    """A planned atelier: one module, and who is expected."""

    module = SelectField("Module", [InputRequired("Choisissez un module.")], validate_choice=False)
    people = Boxes("Qui est attendu ?", validate_choice=False)

    def __init__(self, *, structure: Structure, account: Account, now: datetime, **kwargs: object) -> None:
        super().__init__(structure=structure, account=account, now=now, **kwargs)
        self.way.choices = [
            SelectChoice(APPOINTMENT, "Dans nos locaux"),
            SelectChoice(REMOTE, WAYS[REMOTE].words),
            SelectChoice(ELSEWHERE, WAYS[ELSEWHERE].words),
        ]
        self.module.choices = [
            SelectChoice("", "Choisissez…"),
            *(
                SelectChoice(module.id, module.title, optgroup=title)
                for title, modules in modules_by_domain(structure.default_device)
                for module in modules
            ),
        ]

    @property
    def people_ids(self) -> list[uuid.UUID]:
        """Whose boxes are ticked, each once."""
        return list(dict.fromkeys(found for text in self.people.data or () if (found := _id(text))))


def _id(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
