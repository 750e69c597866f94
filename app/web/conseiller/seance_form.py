"""The form of a session: when, how long, on what, and the help given for each module."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, HiddenField, IntegerField, RadioField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.content.typography import NBSP
from app.engine.evidence import Help
from app.services.engines import current_engines
from app.services.modules import ModuleName, module_name, modules_by_domain
from app.services.seances import DEVICES, PLACES, NewSeance
from app.web.french_form import FrenchForm

USUAL_MINUTES = (15, 30, 45, 60, 90)
OTHER = "autre"
LONGEST = 8 * 60
OLDEST = timedelta(days=2 * 365)
CLOCKS_DIFFER = timedelta(minutes=5)
"""A tablet's clock may be a little ahead of the laptop's."""


class SeanceForm(FrenchForm):
    """A session with one person. The helps are radio buttons beside it: see ``helps_given``."""

    seance_id = HiddenField()
    minutes = RadioField(
        "Durée",
        [InputRequired("Choisissez une durée.")],
        choices=[
            *(SelectChoice(str(m), f"{m}{NBSP}min") for m in USUAL_MINUTES),
            SelectChoice(OTHER, "Autre"),
        ],
    )
    other_minutes = IntegerField(
        "Autre durée, en minutes",
        [Optional(), NumberRange(1, LONGEST, f"Écrivez un nombre de minutes, de 1 à {LONGEST}.")],
        render_kw={"inputmode": "numeric", "autocomplete": "off", "class": "input short"},
    )
    device = RadioField(
        "Appareil",
        [InputRequired("Choisissez un appareil.")],
        choices=[SelectChoice(*device) for device in DEVICES.items()],
    )
    place = RadioField(
        "Lieu",
        [InputRequired("Choisissez un lieu.")],
        choices=[SelectChoice(*place) for place in PLACES.items()],
    )
    day = DateField("Date", [InputRequired("Choisissez la date.")])
    hour = TimeField("Heure de début", [InputRequired("Choisissez l'heure.")])
    nothing = BooleanField("Aucun module cette fois")
    other_module = SelectField("Autre module", validate_choice=False)

    def __init__(self, *, zone: str, now: datetime, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._zone = ZoneInfo(zone)
        self._now = now

    @property
    def occurred_at(self) -> datetime:
        """The instant that the date and the hour stand for where the structure is."""
        day, hour = self.day.data or date.min, self.hour.data or time.min
        return datetime.combine(day, hour, self._zone)

    def validate_day(self, field: DateField) -> None:
        """Not in the future, not in another century."""
        if field.data is None or self.hour.data is None:
            return
        if self.occurred_at > self._now + CLOCKS_DIFFER:
            raise ValidationError("Cette date est à venir. Choisissez la date et l'heure de la séance.")
        if self.occurred_at < self._now - OLDEST:
            raise ValidationError("Cette date est trop ancienne. Vérifiez l'année.")

    def validate_minutes(self, field: RadioField) -> None:
        if field.data == OTHER and not self.other_minutes.data and not self.other_minutes.errors:
            raise ValidationError("Écrivez la durée en minutes.")

    def seance(self, helps: dict[str, Help]) -> NewSeance:
        """The session of a valid form."""
        chosen = self.other_minutes.data if self.minutes.data == OTHER else int(self.minutes.data)
        return NewSeance(
            id=uuid.UUID(self.seance_id.data),
            helps=helps,
            minutes=chosen,
            device=self.device.data,
            place=self.place.data,
            occurred_at=self.occurred_at,
        )

    def keep_or_make_id(self) -> None:
        """The id that the page carries, or a new one where it carries none that can be used."""
        try:
            uuid.UUID(self.seance_id.data or "")
        except ValueError:
            self.seance_id.data = str(uuid.uuid4())


def fill_in(form: SeanceForm, *, device: str, minutes: int) -> None:
    """What is likely: now, on the device the person learns on, as long as usual."""
    local = form._now.astimezone(form._zone)
    form.day.data, form.hour.data = local.date(), local.time().replace(second=0, microsecond=0)
    form.device.data, form.place.data = device, "lieu_activite"
    form.minutes.data = str(minutes) if minutes in USUAL_MINUTES else OTHER
    form.other_minutes.data = None if minutes in USUAL_MINUTES else minutes


# --- the helps ---


def shown_modules(data: MultiDict[str, str]) -> list[ModuleName]:
    """The modules that the page showed, those that the content has, each once."""
    ids = dict.fromkeys(data.getlist("module"))
    return [module_name(id_) for id_ in ids if current_engines().content.find_module(id_)]


def helps_given(data: MultiDict[str, str], modules: Iterable[ModuleName]) -> dict[str, Help]:
    """The help chosen for each module; one without a choice was not worked on."""
    found = {}
    for module in modules:
        value = data.get(f"aide-{module.id}", "")
        if value in list(Help):
            found[module.id] = Help(value)
    return found


def other_modules(device: str, shown: Iterable[ModuleName]) -> list[SelectChoice]:
    """The choices of the select, a group a domain, without those already on the page."""
    on_page = {module.id for module in shown}
    return [
        SelectChoice("", "Choisissez…"),
        *(
            SelectChoice(module.id, module.title, optgroup=title)
            for title, modules in modules_by_domain(device)
            for module in modules
            if module.id not in on_page
        ),
    ]
