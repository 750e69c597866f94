"""A table with photos, letters, a plan and folders, where one gesture of the hand is the point of a step."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from app.content.models.base import Entry, IconName, Raw, Text, ZoneId
from app.content.models.simulated_scene import SimulatedScene, Start

MENU = ("ouvrir", "favori", "partager", "infos", "supprimer")
HELD_KEYS = "aceiou"


class Thing(Entry):
    """Something that lies on the table."""

    id: ZoneId
    name: Text = Field(alias="nom")
    kind: Literal["photo", "lecture", "plan", "note", "dossier"] = Field(alias="genre")
    icon: IconName = Field(alias="icone")
    lines: tuple[Text, ...] = Field((), alias="lignes")
    detail: Text | None = Field(None, alias="detail")
    """What is read on a photo or a plan once it is made larger."""
    text: Raw | None = Field(None, alias="texte")
    """What a note already holds."""
    model: Text | None = Field(None, alias="modele")
    """What is to be copied in a note, as on a piece of paper."""


class Table(Start):
    """Things on a table, one of them perhaps open."""

    icons: ClassVar[tuple[str, ...]] = (
        "arrow-left", "trash", "heart", "share", "info-circle", "folder-open", "x", "backspace",
        "arrow-big-up",
        "photo", "check", "corner-down-left",
    )  # fmt: skip

    script: ClassVar[str] = "gestes"

    title: Text = Field("Ma table", alias="titre")
    things: tuple[Thing, ...] = Field(alias="objets", min_length=5)
    opened: ZoneId | None = Field(None, alias="ouvert")

    @model_validator(mode="after")
    def _opened_is_there(self) -> Table:
        if self.opened and self.opened not in {thing.id for thing in self.things}:
            raise ValueError(f"« ouvert: {self.opened} » n'est pas l'id d'un objet")
        return self

    def gestures(self) -> frozenset[str]:
        found = {"retour", "fermer", *(f"appui_long:touche_{key}" for key in HELD_KEYS)}
        folders = [thing.id for thing in self.things if thing.kind == "dossier"]
        for thing in self.things:
            found |= {
                f"{verb}:{thing.id}" for verb in ("pointer", "double", "clic_droit", "appui_long", *MENU)
            }
            found |= {f"deposer:{thing.id}={place}" for place in (*folders, "corbeille") if place != thing.id}
            found |= {f"arriver:{thing.id}={place}" for place in (*folders, "corbeille") if place != thing.id}
            found |= {f"arriver:ouvert={thing.id}"}
            if thing.kind in ("photo", "plan"):
                found |= {f"zoomer:{thing.id}=plus", f"zoomer:{thing.id}=moins"}
                found |= {f"balayer:{thing.id}=gauche", f"balayer:{thing.id}=droite"}
            elif thing.kind == "lecture":
                found |= {f"defiler:{thing.id}=fin", f"defiler:{thing.id}=debut"}
            elif thing.kind == "note":
                found.add(f"ecrire:{thing.id}")
        return frozenset(found)


class GestureScene(SimulatedScene):
    """A scene on the table."""

    simulator: Literal["gestes"] = Field(alias="simulateur")
    start: Table = Field(alias="depart")
