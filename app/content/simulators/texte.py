"""A word processor: paragraphs to write, choose, copy, put in bold, centre, and to save under a name."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from app.content.models.base import Entry, Raw, Text, ZoneId
from app.content.models.simulated_scene import SimulatedScene, Start

FOLDERS = ("documents", "images", "telechargements", "bureau", "corbeille")
FORMATS = ("texte", "pdf", "image")


class Paragraph(Entry):
    """A paragraph of the page: its own field, with the name that a screen reader says."""

    id: ZoneId
    name: Text = Field(alias="nom")
    text: Raw | None = Field(None, alias="texte")
    bold: bool = Field(False, alias="gras")
    lines: int = Field(1, alias="lignes", ge=1, le=8)


class Page(Start):
    """The page that is open."""

    icons: ClassVar[tuple[str, ...]] = (
        "bold", "italic", "underline", "align-left", "align-center", "align-right", "text-increase",
        "text-decrease",
        "copy", "cut", "clipboard", "arrow-back-up", "arrow-forward-up", "device-floppy", "printer",
        "eye", "file-plus",
        "check", "x", "folder", "photo", "download", "device-desktop", "trash", "file-text",
        "file-type-pdf", "marquee-2",
    )  # fmt: skip

    script: ClassVar[str] = "texte"

    title: Text = Field(alias="titre")
    paragraphs: tuple[Paragraph, ...] = Field(alias="blocs", min_length=2)
    model: tuple[Text, ...] = Field((), alias="papier")
    """A paper beside the screen, to copy from."""

    @model_validator(mode="after")
    def _ids_differ(self) -> Page:
        ids = [paragraph.id for paragraph in self.paragraphs]
        if len(set(ids)) < len(ids):
            raise ValueError("deux blocs ont le même id")
        return self

    def gestures(self) -> frozenset[str]:
        found = {
            "annuler", "refaire", "enregistrer", "ecrire:nom_fichier", "valider_nom",
            "abandonner", "imprimer", "apercu",
            "nouveau", "fermer", "arriver:enregistre", "arriver:enregistre=pdf", "retour",
        }  # fmt: skip
        verbs = (
            "pointer",
            "selectionner",
            "gras",
            "italique",
            "souligner",
            "centrer",
            "gauche",
            "droite",
            "copier",
            "couper",
            "coller",
        )
        ids = [paragraph.id for paragraph in self.paragraphs]
        for one in ids:
            found |= {f"{verb}:{one}" for verb in verbs} | {f"ecrire:{one}"}
            found |= {f"taille:{one}=plus", f"taille:{one}=moins"}
            found |= {f"arriver:colle_{one}={other}" for other in ids}
        found |= {f"dans:{folder}" for folder in FOLDERS} | {f"format:{name}" for name in FORMATS}
        return frozenset(found | {f"arriver:enregistre={folder}" for folder in FOLDERS})


class WritingScene(SimulatedScene):
    """A scene on a page to write."""

    simulator: Literal["texte"] = Field(alias="simulateur")
    start: Page = Field(alias="depart")
