"""What sites are made of, for the simulators that show some: blocs, files, a paper beside the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from app.content.models.base import Entry, IconName, Raw, Text, ZoneId
from app.content.models.simulated_scene import Start

APPLICATIONS = ("navigateur", "fichiers", "photos", "messages", "agenda", "meteo", "reglages", "jeux")
#: Leaving a site for the device's own screen.
LEAVING = ("bureau", *(f"app:{name}" for name in APPLICATIONS))


class WebFile(Entry):
    """A file of the device, or one that a page offers."""

    id: ZoneId
    name: Text = Field(alias="nom")
    icon: IconName = Field("file-text", alias="icone")
    detail: Text | None = None


class Option(Entry):
    """One of the answers of a choice."""

    id: ZoneId
    name: Text = Field(alias="nom")
    icon: IconName | None = Field(None, alias="icone")


class Block(Entry):
    """A bloc of a page. Its kind is the key that names it; the others tell more of it."""

    KINDS: ClassVar[tuple[str, ...]] = (
        "lien", "bouton", "fichier", "action", "image", "champ", "choix", "titre", "texte",
    )  # fmt: skip

    link: ZoneId | None = Field(None, alias="lien")
    button: ZoneId | None = Field(None, alias="bouton")
    file: ZoneId | None = Field(None, alias="fichier")
    action: ZoneId | None = None
    image: Text | None = None
    field: ZoneId | None = Field(None, alias="champ")
    choice: ZoneId | None = Field(None, alias="choix")
    heading: Text | None = Field(None, alias="titre")
    text: Text | None = Field(None, alias="texte")
    name: Text | None = Field(None, alias="nom")
    icon: IconName | None = Field(None, alias="icone")
    detail: Text | None = None
    ad: bool = Field(False, alias="annonce")
    to: ZoneId | None = Field(None, alias="vers")
    message: Text | None = None
    needs: tuple[ZoneId, ...] = Field((), alias="demande")
    options: tuple[Option, ...] = ()
    value: ZoneId | None = Field(None, alias="valeur")

    @model_validator(mode="after")
    def _is_something(self) -> Block:
        said = {"lien": self.link, "bouton": self.button, "fichier": self.file, "action": self.action}
        said |= {"image": self.image, "champ": self.field, "choix": self.choice, "titre": self.heading}
        kinds = [kind for kind, value in said.items() if value]
        if len(kinds) > 1 or not (kinds or self.text):
            raise ValueError(f"un bloc est l'un de : {', '.join(self.KINDS)}")
        if (self.file or self.field or self.choice) and not self.name:
            raise ValueError("ajoutez « nom: » : ce qui se lit à côté")
        if self.image and not self.icon:
            raise ValueError("ajoutez « icone: », le dessin : « image: » dit ce qu'entend qui ne le voit pas")
        if (self.link or self.button or self.action) and not self.text:
            raise ValueError("ajoutez « texte: » : ce qui se lit sur le lien ou le bouton")
        return self

    def targets(self) -> Iterator[str]:
        """The pages that it leads to."""
        yield from (target for target in (self.link, self.button, self.to) if target)

    def gestures(self) -> Iterator[str]:
        """What can be done with it."""
        for target in (self.link, self.button):
            if target:
                yield f"lien:{target}"
        if self.file:
            yield from (f"telecharger:{self.file}", f"ouvrir:{self.file}")
            yield from (f"arriver:telecharge_{self.file}", f"arriver:fichier_{self.file}")
        if self.action:
            yield f"action:{self.action}"
        if self.field:
            yield f"ecrire:{self.field}"
        if self.choice:
            yield from (f"choisir:{self.choice}={option.id}" for option in self.options)


Blocks = tuple[Block, ...]


class BankCard(Entry):
    """An invented bank card, shown on the paper beside the screen."""

    number: Raw = Field(alias="numero")
    ends: Raw = Field(alias="fin")
    code: Raw


class BankRequest(Entry):
    """What the bank asks to confirm, where it isn't what was bought."""

    payee: Text = Field(alias="marchand")
    amount: Text = Field(alias="montant")


Place = Literal["menu", "bas", "cachee"]


class WebStart(Start):
    """What all simulators of sites hold: a paper beside the screen, with what is to be copied from it."""

    icons: ClassVar[tuple[str, ...]] = (
        "arrow-left", "refresh", "lock", "lock-off", "x", "check", "info-circle", "alert-triangle",
        "download", "file", "world", "note", "home", "star", "dots-vertical", "circle-check", "folder",
        "photo", "message-circle", "calendar", "sun", "settings", "device-gamepad-2",
    )  # fmt: skip

    paper: tuple[Text, ...] = Field((), alias="papier")
