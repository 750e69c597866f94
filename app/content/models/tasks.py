"""What a step asks for, and how an answer to it is judged: one class a kind.

``judge`` takes what came from the browser and never raises: an answer of the wrong shape is a wrong answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from app.content.models.base import Entry, IconName, Raw, Text, ZoneId
from app.content.models.screen import Ecran
from app.content.models.spelling import matches


@dataclass(frozen=True, slots=True)
class Verdict:
    """Was it right, and what to tell the person (``None``: nothing special to say)."""

    right: bool
    feedback: str | None = None


def text_key(text: str) -> str:
    """A short key for a text, that tells nothing of its place and stays when the others change."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


class Task(Entry):
    """One thing to do; ``kind`` names the genre. ``own_guess`` and ``own_slip`` are the author's."""

    kind: ClassVar[str]
    usual_slip: ClassVar[float]

    feedback_right: Text | None = Field(None, alias="retour_juste")
    feedback_wrong: Text | None = Field(None, alias="retour_faux")
    own_guess: float | None = Field(None, alias="devine", ge=0, le=0.6)
    own_slip: float | None = Field(None, alias="etourderie", ge=0, le=0.39)
    reason: Text | None = Field(None, alias="raison")

    @model_validator(mode="after")
    def _own_chances_have_a_reason(self) -> Task:
        if (self.own_guess is not None or self.own_slip is not None) and not self.reason:
            raise ValueError("ajoutez « raison: » : pourquoi ces chances diffèrent de celles du genre")
        return self

    @property
    def usual_guess(self) -> float:
        """P(success without knowing) for a task of this kind and size."""
        raise NotImplementedError

    @property
    def guess(self) -> float:
        """P(success without knowing)."""
        return self.usual_guess if self.own_guess is None else self.own_guess

    @property
    def typed(self) -> tuple[str, ...]:
        """What one may have to type, to the letter; empty where nothing is."""
        return ()

    @property
    def slip(self) -> float:
        """P(failure when one knows)."""
        return self.usual_slip if self.own_slip is None else self.own_slip

    def _verdict(self, right: bool, feedback: str | None = None) -> Verdict:
        if right:
            return Verdict(True, self.feedback_right)
        return Verdict(False, feedback or self.feedback_wrong)


class Answer(Entry):
    """An answer to choose; a wrong one says what a beginner who picks it should know."""

    text: Text = Field(alias="texte")
    icon: IconName | None = Field(None, alias="icone")
    right: bool = Field(False, alias="juste")
    feedback: Text | None = Field(None, alias="retour")

    @property
    def key(self) -> str:
        return text_key(self.text)

    @model_validator(mode="after")
    def _wrong_answers_have_a_feedback(self) -> Answer:
        if not self.right and not self.feedback:
            raise ValueError("ajoutez « retour: » : ce qu'apprend la personne qui choisit cette réponse")
        return self


class ChoiceTask(Task):
    """Choose the one right answer: ``judge`` takes its key."""

    kind = "choix"
    usual_slip = 0.08
    answers: tuple[Answer, ...] = Field(alias="reponses", min_length=3, max_length=4)

    @field_validator("answers")
    @classmethod
    def _one_is_right(cls, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
        right = sum(answer.right for answer in answers)
        if right != 1:
            raise ValueError(f"une seule réponse porte « juste: true » (ici {right})")
        if len({answer.text for answer in answers}) < len(answers):
            raise ValueError("deux réponses ont le même texte")
        return answers

    @property
    def usual_guess(self) -> float:
        return 0.7 / len(self.answers)

    @property
    def right_answer(self) -> Answer:
        return next(answer for answer in self.answers if answer.right)

    def judge(self, given: object) -> Verdict:
        chosen = next((answer for answer in self.answers if answer.key == given), None)
        if chosen is None:
            return self._verdict(False)
        return self._verdict(chosen.right, chosen.feedback)


class Card(Entry):
    """A gesture to put in its place."""

    text: Text = Field(alias="texte")
    icon: IconName | None = Field(None, alias="icone")

    @property
    def key(self) -> str:
        return text_key(self.text)


class OrderTask(Task):
    """Put gestures in order; ``cards`` are in the right one. ``judge`` takes keys in the order given."""

    kind = "ordre"
    usual_slip = 0.12
    cards: tuple[Card, ...] = Field(alias="etapes", min_length=3, max_length=4)
    feedback_wrong: Text = Field(alias="retour_faux")

    @field_validator("cards")
    @classmethod
    def _texts_differ(cls, cards: tuple[Card, ...]) -> tuple[Card, ...]:
        if len({card.text for card in cards}) < len(cards):
            raise ValueError("deux étapes ont le même texte")
        return cards

    @property
    def usual_guess(self) -> float:
        return 0.15 if len(self.cards) == 3 else 0.08

    def judge(self, given: object) -> Verdict:
        keys = list(given) if isinstance(given, Sequence) else []
        return self._verdict(keys == [card.key for card in self.cards])


class Pair(Entry):
    """Two things that go together."""

    left: Card = Field(alias="gauche")
    right: Text = Field(alias="droite")

    @property
    def left_key(self) -> str:
        return self.left.key

    @property
    def right_key(self) -> str:
        return text_key(self.right)


class MatchTask(Task):
    """Match the left and the right of pairs; ``judge`` takes a mapping from left keys to right keys."""

    kind = "associer"
    usual_slip = 0.12
    pairs: tuple[Pair, ...] = Field(alias="paires", min_length=3, max_length=4)
    feedback_wrong: Text = Field(alias="retour_faux")

    @field_validator("pairs")
    @classmethod
    def _texts_differ(cls, pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
        for side in ({pair.left.text for pair in pairs}, {pair.right for pair in pairs}):
            if len(side) < len(pairs):
                raise ValueError("deux paires ont le même texte d'un côté : on ne saurait les départager")
        return pairs

    @property
    def usual_guess(self) -> float:
        return 0.2 if len(self.pairs) == 3 else 0.1

    def judge(self, given: object) -> Verdict:
        links = dict(given) if isinstance(given, Mapping) else {}
        return self._verdict(links == {pair.left_key: pair.right_key for pair in self.pairs})


class TouchTask(Task):
    """Touch the right place of a drawn screen; ``judge`` takes the id of the place."""

    kind = "toucher"
    usual_slip = 0.1
    least_guess: ClassVar[float] = 0.03
    screen: Ecran = Field(alias="ecran")
    targets: tuple[ZoneId, ...] = Field(alias="bonnes", min_length=1)
    feedbacks: dict[ZoneId, Text] = Field({}, alias="retours")

    @property
    def usual_guess(self) -> float:
        places = len(self.screen.zones())
        return max(self.least_guess, min(0.6, len(self.targets) / places)) if places else 0.6

    def judge(self, given: object) -> Verdict:
        feedback = self.feedbacks.get(given) if isinstance(given, str) else None
        return self._verdict(given in self.targets, feedback)


class TypeTask(Task):
    """Write a word or an address; ``judge`` takes the text. ``screen`` may show where it goes."""

    kind = "saisie"
    usual_slip = 0.15
    screen: Ecran | None = Field(None, alias="ecran")
    model: Raw | None = Field(None, alias="modele")
    accepted: Annotated[tuple[Raw, ...], Field(min_length=1)] = Field(alias="accepte")
    tolerance: Literal["exacte", "large"]

    @property
    def typed(self) -> tuple[str, ...]:
        return self.accepted

    @property
    def usual_guess(self) -> float:
        return 0.02

    def judge(self, given: object) -> Verdict:
        text = given if isinstance(given, str) else ""
        return self._verdict(any(matches(text, wanted, self.tolerance) for wanted in self.accepted))


class GestureTask(Task):
    """Do something in a simulator. The whole scene is judged at once: see ``gestures.judge``."""

    kind = "geste"
    usual_slip = 0.1

    @property
    def usual_guess(self) -> float:
        return 0.05

    def judge(self, given: object) -> Verdict:
        return self._verdict(given == "success")
