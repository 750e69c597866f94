"""What a drawn screen is made of, top to bottom: one class a kind of bloc.

In the file a bloc is a mapping of one key, its kind: ``- texte: Bonjour``. In code each bloc has ``kind``
(that key), a value under an English name, and ``zones()``, the places one can touch, in reading order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from app.content.models.base import Device, Entry, IconName, OptionalText, Text, ZoneId
from app.content.models.keyboard import Key, KeyboardName, keyboard_rows
from app.content.models.zone import Zone


class Bloc(Entry):
    """A bloc; without anything to touch unless it says so."""

    kind: ClassVar[str]

    def zones(self) -> Iterator[Zone]:
        """The places one can touch, in reading order."""
        return iter(())


class BarEntry(Entry):
    """An icon button of a bar, or a text in it."""

    id: ZoneId | None = None
    icon: IconName | None = Field(None, alias="icone")
    name: Text | None = Field(None, alias="nom")
    text: Text | None = Field(None, alias="texte")

    @model_validator(mode="after")
    def _has_a_name(self) -> BarEntry:
        if not (self.name or self.text):
            raise ValueError("ajoutez « nom: » : ce qu'une personne aveugle entend")
        return self

    @property
    def label(self) -> str:
        return self.name or self.text or ""


class Barre(Bloc):
    """A row of icon buttons."""

    kind = "barre"
    entries: tuple[BarEntry, ...] = Field(alias="barre", min_length=1)

    def zones(self) -> Iterator[Zone]:
        return (Zone(e.id, e.label, e.icon) for e in self.entries if e.id)


class Row(Entry):
    """A line of a list: a message, a setting, a file, a result."""

    id: ZoneId | None = None
    icon: IconName | None = Field(None, alias="icone")
    title: Text | None = Field(None, alias="titre")
    text: Text | None = Field(None, alias="texte")
    detail: Text | None = None
    name: Text | None = Field(None, alias="nom")
    bold: bool = Field(False, alias="gras")
    switch: bool | None = Field(None, alias="interrupteur")

    @model_validator(mode="after")
    def _says_something(self) -> Row:
        if not self.label:
            raise ValueError("ajoutez « titre: » ou « texte: » à cette ligne")
        return self

    @property
    def label(self) -> str:
        """What is heard for the line: its name, or what is written on it."""
        if self.name:
            return self.name
        parts = [part for part in (self.title, self.text, self.detail) if part]
        if self.switch is not None:
            parts.append("activé" if self.switch else "désactivé")
        return ", ".join(part.rstrip(".") for part in parts)


class Liste(Bloc):
    """Lines to touch."""

    kind = "liste"
    rows: tuple[Row, ...] = Field(alias="liste", min_length=1)

    def zones(self) -> Iterator[Zone]:
        return (Zone(r.id, r.label, r.icon) for r in self.rows if r.id)


class Tile(Entry):
    """An icon with its name."""

    id: ZoneId | None = None
    icon: IconName = Field(alias="icone")
    name: Text = Field(alias="nom")


def _tiles(tiles: tuple[Tile, ...]) -> Iterator[Zone]:
    return (Zone(t.id, t.name, t.icon) for t in tiles if t.id)


class Grille(Bloc):
    """Icons with their names: applications, files, photos."""

    kind = "grille"
    tiles: tuple[Tile, ...] = Field(alias="grille", min_length=1)

    def zones(self) -> Iterator[Zone]:
        return _tiles(self.tiles)


class Titre(Bloc):
    """A heading on the screen."""

    kind = "titre"
    text: Text = Field(alias="titre")


class Texte(Bloc):
    """A paragraph on the screen."""

    kind = "texte"
    text: Text = Field(alias="texte")


class Bubble(Entry):
    """What someone said in a conversation."""

    id: ZoneId | None = None
    by: Literal["moi", "autre"] = Field(alias="de")
    text: Text = Field(alias="texte")

    @property
    def mine(self) -> bool:
        return self.by == "moi"


class Bulle(Bloc):
    """A bubble of a conversation."""

    kind = "bulle"
    bubble: Bubble = Field(alias="bulle")

    def zones(self) -> Iterator[Zone]:
        if self.bubble.id:
            yield Zone(self.bubble.id, self.bubble.text)


class TextField(Entry):
    """A field with what is written in it."""

    id: ZoneId | None = None
    name: Text = Field(alias="nom")
    value: OptionalText = Field("", alias="valeur")


class Champ(Bloc):
    """A field to fill in."""

    kind = "champ"
    field: TextField = Field(alias="champ")

    def zones(self) -> Iterator[Zone]:
        if self.field.id:
            yield Zone(self.field.id, self.field.name)


class CheckBox(Entry):
    """A box, ticked or not."""

    id: ZoneId | None = None
    name: Text = Field(alias="nom")
    checked: bool = Field(False, alias="cochee")


class Case(Bloc):
    """A box to tick."""

    kind = "case"
    box: CheckBox = Field(alias="case")

    def zones(self) -> Iterator[Zone]:
        if self.box.id:
            yield Zone(self.box.id, self.box.name)


class Button(Entry):
    """A button with its text."""

    id: ZoneId | None = None
    name: Text = Field(alias="nom")
    icon: IconName | None = Field(None, alias="icone")
    primary: bool = Field(False, alias="principal")


class Boutons(Bloc):
    """A row of buttons."""

    kind = "boutons"
    buttons: tuple[Button, ...] = Field(alias="boutons", min_length=1)

    def zones(self) -> Iterator[Zone]:
        return (Zone(b.id, b.name, b.icon) for b in self.buttons if b.id)


class Link(Entry):
    """A link with its text."""

    id: ZoneId | None = None
    text: Text = Field(alias="texte")


class Lien(Bloc):
    """A link."""

    kind = "lien"
    link: Link = Field(alias="lien")

    def zones(self) -> Iterator[Zone]:
        if self.link.id:
            yield Zone(self.link.id, self.link.text)


class DrawnPicture(Entry):
    """A picture on the screen."""

    id: ZoneId | None = None
    icon: IconName = Field(alias="icone")
    alternative: Text


class Image(Bloc):
    """A picture."""

    kind = "image"
    picture: DrawnPicture = Field(alias="image")

    def zones(self) -> Iterator[Zone]:
        if self.picture.id:
            yield Zone(self.picture.id, self.picture.alternative, self.picture.icon)


class Alert(Entry):
    """A message that pops up; ``close`` is the id of its cross."""

    id: ZoneId | None = None
    text: Text = Field(alias="texte")
    close: ZoneId | None = Field(None, alias="fermer")


class Alerte(Bloc):
    """A message that pops up."""

    kind = "alerte"
    alert: Alert = Field(alias="alerte")

    def zones(self) -> Iterator[Zone]:
        if self.alert.id:
            yield Zone(self.alert.id, self.alert.text)
        if self.alert.close:
            yield Zone(self.alert.close, "Fermer", "x")


class Window(Entry):
    """What a window on top shows."""

    title: Text = Field(alias="titre")
    blocs: tuple[AnyBloc, ...] = ()


class Fenetre(Bloc):
    """A window on top: a question, a menu."""

    kind = "fenetre"
    window: Window = Field(alias="fenetre")

    def zones(self) -> Iterator[Zone]:
        for bloc in self.window.blocs:
            yield from bloc.zones()


class Clavier(Bloc):
    """A keyboard; every key can be touched."""

    kind = "clavier"
    keyboard: KeyboardName = Field(alias="clavier")

    @property
    def rows(self) -> tuple[tuple[Key, ...], ...]:
        return keyboard_rows(self.keyboard)

    def zones(self) -> Iterator[Zone]:
        return (Zone(key.id, key.name) for row in self.rows for key in row)


class Desktop(Entry):
    """The icons on a desktop and its task bar."""

    icons: tuple[Tile, ...] = Field((), alias="icones")
    tasks: tuple[Tile, ...] = Field((), alias="taches")


class Bureau(Bloc):
    """A computer's desktop."""

    kind = "bureau"
    desktop: Desktop = Field(alias="bureau")

    def zones(self) -> Iterator[Zone]:
        yield from _tiles(self.desktop.icons)
        yield from _tiles(self.desktop.tasks)


class Souris(Bloc):
    """A mouse."""

    kind = "souris"
    shown: Literal[True] = Field(alias="souris")

    def zones(self) -> Iterator[Zone]:
        yield Zone("bouton_gauche", "Bouton gauche de la souris")
        yield Zone("molette", "Molette de la souris")
        yield Zone("bouton_droit", "Bouton droit de la souris")


class AppareilDessine(Bloc):
    """The case of a device, with its buttons."""

    kind = "appareil_dessine"
    device: Device = Field(alias="appareil_dessine")

    def zones(self) -> Iterator[Zone]:
        yield Zone("ecran", "Écran")
        yield Zone("bouton_marche", "Bouton marche")
        yield Zone("volume_plus", "Volume plus")
        yield Zone("volume_moins", "Volume moins")
        yield Zone("prise", "Prise du chargeur")


_CLASSES: tuple[type[Bloc], ...] = (
    Barre, Liste, Grille, Titre, Texte, Bulle, Champ, Case, Boutons, Lien, Image, Alerte, Fenetre, Clavier,
    Bureau, Souris, AppareilDessine,
)  # fmt: skip
BLOC_KINDS: tuple[str, ...] = tuple(cls.kind for cls in _CLASSES)


def _kind_of(value: Any) -> str | None:
    if isinstance(value, Bloc):
        return value.kind
    if isinstance(value, dict):
        return next((key for key in value if key in BLOC_KINDS), None)
    return None


AnyBloc = Annotated[
    Annotated[Barre, Tag("barre")]
    | Annotated[Liste, Tag("liste")]
    | Annotated[Grille, Tag("grille")]
    | Annotated[Titre, Tag("titre")]
    | Annotated[Texte, Tag("texte")]
    | Annotated[Bulle, Tag("bulle")]
    | Annotated[Champ, Tag("champ")]
    | Annotated[Case, Tag("case")]
    | Annotated[Boutons, Tag("boutons")]
    | Annotated[Lien, Tag("lien")]
    | Annotated[Image, Tag("image")]
    | Annotated[Alerte, Tag("alerte")]
    | Annotated[Fenetre, Tag("fenetre")]
    | Annotated[Clavier, Tag("clavier")]
    | Annotated[Bureau, Tag("bureau")]
    | Annotated[Souris, Tag("souris")]
    | Annotated[AppareilDessine, Tag("appareil_dessine")],
    Discriminator(
        _kind_of,
        custom_error_type="bloc_kind",
        custom_error_message="bloc inconnu",
    ),
]

Window.model_rebuild()
Fenetre.model_rebuild()
