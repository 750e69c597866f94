"""A workshop sheet: one file of ``parcours/ateliers/``.

What is said and what is handed out are for usagers, the rest is for the conseiller.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from app.content.models.base import DeviceSet, DottedId, Entry, Slug, Text
from app.content.models.coop import WorkshopLevel

SHORTEST = 60
LONGEST = 120

#: At least one text.
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
#: A module (``messagerie.lire``) or a workshop (``ecrire-un-premier-message``).
NextId = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*$")]


class Internet(StrEnum):
    """Can the workshop be held where there is no connection?"""

    NEEDED = "indispensable"
    OPTIONAL = "facultatif"
    USELESS = "inutile"


class Stage(Entry):
    """A part of the course: how long, what the conseiller does, what they say word for word."""

    minutes: int = Field(ge=2, le=45)
    title: Text = Field(alias="titre")
    actions: Texts = Field(alias="faire")
    sayings: tuple[Text, ...] = Field((), alias="dire")


class Exercise(Entry):
    """Something to do, on made-up data."""

    title: Text = Field(alias="titre")
    instructions: Texts = Field(alias="consignes")
    data: tuple[Text, ...] = Field((), alias="donnees")


class Difficulty(Entry):
    """What goes wrong, and what to do then."""

    situation: Text
    remedy: Text = Field(alias="que_faire")


class Signs(Entry):
    """What one sees of a person at each degree of the help scale, from most help to none."""

    done_for: Text = Field(alias="fait_pour")
    accompanied: Text = Field(alias="accompagne")
    guided: Text = Field(alias="guide")
    alone: Text = Field(alias="seul")
    teaches: Text = Field(alias="transmet")


class Workshop(Entry):
    """A session ready to run."""

    id: Slug
    title: Text = Field(alias="titre")
    modules: tuple[DottedId, ...] = Field(min_length=1, max_length=2)
    level: WorkshopLevel = Field(alias="niveau")
    minutes: int = Field(alias="duree", ge=SHORTEST, le=LONGEST)
    group: Text = Field(alias="groupe")
    devices: DeviceSet = Field(alias="appareils")
    internet: Internet
    offline: tuple[Text, ...] = Field((), alias="sans_internet", validate_default=True)
    audience: Texts = Field(alias="pour_qui")
    before: Texts = Field(alias="avant")
    material: Texts = Field(alias="materiel")
    room: Texts = Field(alias="salle")
    preparation: Texts = Field(alias="preparer")
    stages: tuple[Stage, ...] = Field(alias="deroule", min_length=4)
    exercises: tuple[Exercise, ...] = Field(alias="exercices", min_length=1)
    difficulties: tuple[Difficulty, ...] = Field(alias="difficultes", min_length=4, max_length=6)
    signs: Signs = Field(alias="acquis")
    ahead: Texts = Field(alias="en_avance")
    without_reading: Texts = Field(alias="sans_lire")
    handout: tuple[Text, ...] = Field(alias="a_emporter", min_length=4, max_length=8)
    next: tuple[NextId, ...] = Field(alias="suite", min_length=1)

    @field_validator("offline")
    @classmethod
    def _says_how_without_internet(cls, told: tuple[Text, ...], info: ValidationInfo) -> tuple[Text, ...]:
        if not told and info.data.get("internet") in (Internet.NEEDED, Internet.OPTIONAL):
            raise ValueError("dites quoi faire quand la connexion manque, ou écrivez « internet: inutile »")
        return told

    @field_validator("stages")
    @classmethod
    def _fill_the_time(cls, stages: tuple[Stage, ...], info: ValidationInfo) -> tuple[Stage, ...]:
        total = sum(stage.minutes for stage in stages)
        wanted = info.data.get("minutes", total)
        if total != wanted:
            raise ValueError(_remedy(total, wanted))
        return stages


def _remedy(total: int, wanted: int) -> str:
    gap = f"ajoutez {wanted - total} minutes" if total < wanted else f"ôtez {total - wanted} minutes"
    told = f"les étapes font {total} minutes et « duree: » en dit {wanted} : {gap} au déroulé"
    return f"{told}, ou écrivez « duree: {total} »" if SHORTEST <= total <= LONGEST else told
