"""The form of what a person wants to learn, how often, and on what."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from app.services.engines import current_engines
from app.services.plan_changes import HOME_WORDS, SESSION_DAYS, SESSION_MINUTES, Settings
from app.services.plan_view import often
from app.web.conseiller.forms import LearningForm

UNKNOWN = ""


class SettingsForm(LearningForm):
    """Goals, rhythm and devices. What a form leaves out stays as it is."""

    change_id = HiddenField()
    other_goals = SelectMultipleField(
        "Autres buts",
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    session_minutes = RadioField("Durée d'une séance", coerce=int)
    session_days = RadioField("Une séance", coerce=int)
    home_device = RadioField("Appareil à la maison")

    def __init__(self, formdata: object, settings: Settings, change_id: str) -> None:
        first, *others = settings.goal_ids or (UNKNOWN,)
        super().__init__(
            formdata=formdata,
            goal=first,
            other_goals=others,
            device=settings.device,
            session_minutes=settings.session_minutes,
            session_days=settings.session_days,
            home_device=settings.home_device or UNKNOWN,
            change_id=change_id,
        )
        self.other_goals.choices = [
            SelectChoice(goal.id, goal.title) for goal in current_engines().content.goals.values()
        ]
        minutes = sorted({*SESSION_MINUTES, settings.session_minutes})
        self.session_minutes.choices = [SelectChoice(n, _minutes(n)) for n in minutes]
        days = sorted({*SESSION_DAYS, settings.session_days})
        self.session_days.choices = [SelectChoice(n, often(n).capitalize()) for n in days]
        home = {**HOME_WORDS, UNKNOWN: "On ne sait pas"}
        self.home_device.choices = [SelectChoice(*choice) for choice in home.items()]

    def settings(self) -> Settings:
        """What was chosen."""
        known = current_engines().content.goals
        others = [goal for goal in self.other_goals.data or () if goal in known]
        return Settings(
            goal_ids=tuple(dict.fromkeys(filter(None, (self.goal.data, *others)))),
            session_minutes=self.session_minutes.data,
            session_days=self.session_days.data,
            device=self.device.data,
            home_device=self.home_device.data or None,
        )


def _minutes(number: int) -> str:
    hours, rest = divmod(number, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"
