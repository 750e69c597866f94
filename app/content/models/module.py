"""A domain and its modules: one file of ``parcours/modules/``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.content.models.base import DEVICES, Device, DeviceSet, DottedId, Entry, IconName, Text
from app.content.models.coop import Theme


class Prerequisite(Entry):
    """What must come before a module, and why; ``devices`` are those that the arc holds on."""

    module: DottedId
    why: Text = Field(alias="pourquoi")
    devices: DeviceSet = Field(DEVICES, alias="appareils")


class Crcn(Entry):
    """Where a module stands in the national framework of digital competences."""

    skill: Annotated[str, StringConstraints(pattern=r"^[1-5]\.[1-4]$")] = Field(alias="competence")
    level: int = Field(alias="niveau", ge=1, le=8)


class SheetLine(Entry):
    """One gesture of a memory sheet."""

    text: Text = Field(alias="texte")
    icon: IconName = Field(alias="icone")


class Module(Entry):
    """The smallest thing one teaches in a session part."""

    id: DottedId
    title: Text = Field(alias="titre")
    objective: Text = Field(alias="objectif")
    icon: IconName = Field(alias="pictogramme")
    prerequisites: tuple[Prerequisite, ...] = Field((), alias="prerequis")
    minutes: int = Field(alias="duree", ge=15, le=40)
    devices: DeviceSet = Field(alias="appareils")
    tablet_comfort: Literal["bon", "moyen", "difficile"] = Field(alias="confort_tablette")
    difficulty: float = Field(alias="difficulte", ge=-3, le=3)
    crcn: Crcn
    theme: Theme = Field(alias="thematique")
    activity: tuple[Text, ...] = Field(alias="activite", min_length=1)
    sheet: tuple[SheetLine, ...] = Field(alias="fiche", min_length=1)
    services: tuple[Text, ...] = ()
    observation: Text

    @property
    def domain(self) -> str:
        """The domain's id: the first word of the module's."""
        return self.id.partition(".")[0]

    def on(self, device: Device) -> bool:
        """Can it be learnt on this device?"""
        return device in self.devices

    def prerequisites_on(self, device: Device) -> tuple[str, ...]:
        """Ids of what must come before it on this device."""
        return tuple(p.module for p in self.prerequisites if device in p.devices)


class Domain(Entry):
    """Modules that go together: the mailbox, health online…"""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")] = Field(alias="domaine")
    title: Text = Field(alias="titre")
    icon: IconName = Field(alias="pictogramme")
    modules: tuple[Module, ...] = Field(min_length=1)
