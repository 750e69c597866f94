"""The form of a session: when, how long, how, on what, and the help given for each module."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.content.typography import NBSP
from app.engine.evidence import Help
from app.services.coop_codes import DEVICES, PROCEDURES, REDIRECTIONS, THEMES
from app.services.engines import current_engines
from app.services.modules import ModuleName, module_name, modules_by_domain
from app.services.places import usual_place
from app.services.seance_choices import AT_HOME, NEXT_STEPS, WAYS, way_of
from app.services.seances import NewSeance
from app.store import place_queries
from app.store.models import Account, Seance, Structure
from app.web.french_form import FrenchForm

USUAL_MINUTES = (15, 30, 45, 60, 90)
OTHER = "autre"
LONGEST = 8 * 60
OLDEST = timedelta(days=2 * 365)
CLOCKS_DIFFER = timedelta(minutes=5)
"""A tablet's clock may be a little ahead of the laptop's."""
COMMONEST = "aide_aux_demarches_administratives"
"""What most people without a file come for: the first of the themes."""
NO_PLACE = SelectChoice("", "Sans préciser")


class Boxes(SelectMultipleField):
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SessionForm(FrenchForm):
    """What every session has: when and how long, how and where, on what, what for, what next."""

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
    way = RadioField(
        "Comment",
        [InputRequired("Choisissez comment la séance a eu lieu.")],
        choices=[SelectChoice(key, way.words) for key, way in WAYS.items()],
    )
    place_id = SelectField("Lieu", validate_choice=False)
    day = DateField("Date", [InputRequired("Choisissez la date.")])
    hour = TimeField("Heure de début", [InputRequired("Choisissez l'heure.")])
    themes = Boxes(
        "De quoi s'agissait-il ?",
        choices=[SelectChoice(code, THEMES[code]) for code in sorted(THEMES, key=COMMONEST.__ne__)],
        validate_choice=False,
    )
    procedure_theme = SelectField(
        "Quelle démarche ?",
        choices=[SelectChoice("", "Sans préciser"), *(SelectChoice(*each) for each in PROCEDURES.items())],
        validate_choice=False,
    )
    redirected_to = SelectField(
        "Orientation vers",
        choices=[
            SelectChoice("", "Pas d'orientation"),
            *(SelectChoice(*each) for each in REDIRECTIONS.items()),
        ],
        validate_choice=False,
    )
    next_step = RadioField(
        "Et après ?",
        choices=[SelectChoice("", "Sans préciser"), *(SelectChoice(*step) for step in NEXT_STEPS.items())],
        default="",
        validate_choice=False,
    )

    def __init__(self, *, structure: Structure, now: datetime, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._structure = structure
        self._zone = ZoneInfo(structure.timezone)
        self._now = now
        self.places = place_queries.places(structure.id)
        self.place_id.choices = [NO_PLACE, *(SelectChoice(str(p.id), p.name) for p in self.places)]

    def validate(self, *args: object, **kwargs: object) -> bool:
        """Check the form; what stands in « Autre durée » counts only where « Autre » is chosen."""
        if self.minutes.data != OTHER:
            self.other_minutes.process(MultiDict())
        valid: bool = super().validate(*args, **kwargs)
        return valid

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

    @property
    def chosen_themes(self) -> list[str]:
        """La Coop's codes of the boxes ticked."""
        return [code for code in THEMES if code in (self.themes.data or [])]

    def seance(self, helps: dict[str, Help]) -> NewSeance:
        """The session of a valid form."""
        way = WAYS[self.way.data]
        return NewSeance(
            id=uuid.UUID(self.seance_id.data),
            helps=helps,
            minutes=self.other_minutes.data if self.minutes.data == OTHER else int(self.minutes.data),
            device=self.device.data,
            place=way.place,
            drop_in=way.drop_in,
            place_id=self._chosen_place(),
            themes=self.chosen_themes,
            procedure_theme=_known(self.procedure_theme.data, PROCEDURES),
            redirected_to=_known(self.redirected_to.data, REDIRECTIONS),
            next_step=_known(self.next_step.data, NEXT_STEPS),
            occurred_at=self.occurred_at,
        )

    def _chosen_place(self) -> uuid.UUID | None:
        """A place of the structure; a session at someone's home is in none of them."""
        if self.way.data == AT_HOME:
            return None
        return next((place.id for place in self.places if str(place.id) == self.place_id.data), None)

    def keep_or_make_id(self) -> None:
        """The id that the page carries, or a new one where it carries none that can be used."""
        try:
            uuid.UUID(self.seance_id.data or "")
        except ValueError:
            self.seance_id.data = str(uuid.uuid4())

    def fill_in(self, account: Account, *, way: str, device: str, minutes: int) -> None:
        """What is likely: now, where this account was last."""
        local = self._now.astimezone(self._zone)
        self.day.data, self.hour.data = local.date(), local.time().replace(second=0, microsecond=0)
        self.device.data, self.way.data = device, way
        self.place_id.data = str(usual_place(account, self._now) or "")
        self._fill_minutes(minutes)

    def fill_in_from(self, seance: Seance) -> None:
        """What a session was noted with."""
        local = seance.occurred_at.astimezone(self._zone)
        self.day.data, self.hour.data = local.date(), local.time().replace(second=0, microsecond=0)
        self.device.data, self.way.data = seance.device, way_of(seance.place, seance.drop_in)
        self._propose_also(seance.place_id)
        self.place_id.data = str(seance.place_id or "")
        self._fill_minutes(seance.minutes)
        self.themes.data = list(seance.themes)
        self.procedure_theme.data = seance.procedure_theme or ""
        self.redirected_to.data = seance.redirected_to or ""
        self.next_step.data = seance.next_step or ""

    def _fill_minutes(self, minutes: int) -> None:
        self.minutes.data = str(minutes) if minutes in USUAL_MINUTES else OTHER
        self.other_minutes.data = None if minutes in USUAL_MINUTES else minutes

    def _propose_also(self, place_id: uuid.UUID | None) -> None:
        """A place no longer in use stays that of the sessions held there."""
        if place_id and all(place.id != place_id for place in self.places):
            place = place_queries.place(self._structure.id, place_id)
            if place:
                self.places = [*self.places, place]
                self.place_id.choices.append(SelectChoice(str(place.id), place.name))


def _known(code: str | None, codes: dict[str, str]) -> str | None:
    return code if code in codes else None


class SeanceForm(SessionForm):
    """A session with one person. The helps are radio buttons beside it: see ``helps_given``."""

    nothing = BooleanField("Aucun module cette fois")
    other_module = SelectField("Autre module", validate_choice=False)
    appointment_id = HiddenField()


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
