"""Questions: one file of ``quizzes/<domaine>/`` holds those of a module."""

from __future__ import annotations

from typing import Annotated, Any, Literal, cast

from pydantic import Field, model_validator

from app.content.models.base import DEVICES, DeviceSet, DottedId, Entry, Picture, Text
from app.content.models.step import AnyTask, Step
from app.content.models.tasks import ChoiceTask, MatchTask, OrderTask, Task, TouchTask, TypeTask


class Question(Task):
    """What all questions have. A question is an item of one step."""

    id: DottedId
    module: DottedId
    genre: str
    difficulty: Literal["facile", "moyen", "difficile"] = Field(alias="difficulte")
    consigne: Text
    illustration: Picture | None = None
    feedback_right: Text = Field(alias="retour_juste")
    feedback_unknown: Text = Field(alias="retour_inconnu")
    devices: DeviceSet = Field(DEVICES, alias="appareils")

    @property
    def is_scene(self) -> bool:
        return False

    @property
    def is_simulated(self) -> bool:
        return False

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules that it tells about, one a step."""
        return (self.module,)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The question as a scene of one step."""
        return (
            Step(
                module=self.module,
                consigne=self.consigne,
                task=cast(AnyTask, self),
                show=self.feedback_unknown,
            ),
        )


class Choice(Question, ChoiceTask):
    """``choix``: one right answer among three or four."""

    genre: Literal["choix"] = "choix"


class Order(Question, OrderTask):
    """``ordre``: gestures to put in order."""

    genre: Literal["ordre"] = "ordre"
    feedback_wrong: Text = Field(alias="retour_faux")


class Match(Question, MatchTask):
    """``associer``: pairs to make."""

    genre: Literal["associer"] = "associer"
    feedback_wrong: Text = Field(alias="retour_faux")


class Touch(Question, TouchTask):
    """``toucher``: the right place of a drawn screen."""

    genre: Literal["toucher"] = "toucher"
    feedback_wrong: Text = Field(alias="retour_faux")


class Typing(Question, TypeTask):
    """``saisie``: a word or an address to write."""

    genre: Literal["saisie"] = "saisie"
    feedback_wrong: Text = Field(alias="retour_faux")


AnyQuestion = Annotated[Choice | Order | Match | Touch | Typing, Field(discriminator="genre")]


class Quiz(Entry):
    """The questions of one module."""

    module: DottedId
    items: tuple[AnyQuestion, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _questions_know_their_module(cls, value: Any) -> Any:
        """The file names the module once; each question carries it."""
        if not isinstance(value, dict) or not isinstance(value.get("items"), list):
            return value
        module = value.get("module")
        items = [{"module": module, **item} if isinstance(item, dict) else item for item in value["items"]]
        return {**value, "items": items}
