"""A computer's desktop: session, windows, folders and files, USB key, bin, sound, light, letters, power.

On a telephone or a tablet the same files are in an application of their own, without desktop nor windows.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from app.content.models.base import Entry, IconName, Raw, Text, ZoneId
from app.content.models.simulated_scene import SimulatedScene, Start

PLACES = ("bureau", "documents", "images", "telechargements", "cle", "corbeille")
PROGRAMS = ("calculatrice", "meteo", "notes", "reglages", "documents")
SETTINGS = ("ecran", "son", "stockage", "souris", "reseau", "comptes", "mises_a_jour", "confidentialite")
LETTERS = ("petites", "moyennes", "grandes")
LEVELS = (0, 25, 50, 75, 100)
NEW = "nouveau"
"""The id of the folder that the person makes."""


class File(Entry):
    """A file or a folder."""

    id: ZoneId
    name: Text = Field(alias="nom")
    kind: Literal["dossier", "photo", "texte", "pdf", "video", "musique"] = Field(alias="genre")
    icon: IconName | None = Field(None, alias="icone")
    place: ZoneId = Field(alias="dans")
    lines: tuple[Text, ...] = Field((), alias="lignes")
    size: Text | None = Field(None, alias="taille")
    date: Text | None = None


class Desktop(Start):
    """What the computer holds, and what is open on it."""

    icons: ClassVar[tuple[str, ...]] = (
        "folder", "folder-plus", "photo", "file-text", "file-type-pdf", "movie", "music", "trash",
        "trash-x", "x", "minus",
        "square", "copy", "cut", "clipboard", "pencil", "search", "check", "arrow-left",
        "layout-grid", "power",
        "moon", "rotate-clockwise", "logout", "volume", "volume-off", "device-usb", "calculator",
        "cloud", "notes",
        "settings", "device-desktop", "download", "device-floppy", "mouse", "wifi", "user", "refresh",
        "lock", "sun",
        "restore", "info-circle", "file", "plug", "headphones", "camera",
    )  # fmt: skip

    script: ClassVar[str] = "fichiers"

    off: bool = Field(False, alias="eteint")
    owner: Text = Field("Odile", alias="nom")
    password: Raw | None = Field(None, alias="mot_de_passe")
    files: tuple[File, ...] = Field(alias="elements", min_length=4)
    opened: tuple[ZoneId, ...] = Field((), alias="fenetres")
    key: Text | None = Field(None, alias="cle")
    sound: Literal[0, 25, 50, 75, 100] = Field(50, alias="son")
    light: Literal[0, 25, 50, 75, 100] = Field(50, alias="lumiere")
    left: Text = Field("12 Go libres sur 250", alias="place_libre")

    @model_validator(mode="after")
    def _places_are_there(self) -> Desktop:
        folders = {*PLACES, *(file.id for file in self.files if file.kind == "dossier")}
        for file in self.files:
            if file.place not in folders:
                raise ValueError(
                    f"« dans: {file.place} » n'est pas un dossier : {', '.join(sorted(folders))}"
                )
        unknown = set(self.opened) - folders - {file.id for file in self.files} - set(PROGRAMS)
        if unknown:
            raise ValueError(f"« fenetres » : {', '.join(sorted(unknown))} n'existe pas")
        return self

    def gestures(self) -> frozenset[str]:
        found = {
            "allumer", "bouton:son", "bouton:camera", "prise:casque", "prise:usb", "prise:secteur",
            "session", "ecrire:mot_de_passe", "ouvrir_session", "menu", "marche", "eteindre",
            "redemarrer", "veille",
            "deconnecter", "son", "muet", "cle", "ejecter", "ecrire:chercher", "chercher", "nouveau_dossier",
            "ecrire:nom", "valider_nom", "annuler", "vider", "confirmer_vider", "retour",
            "fermer", "dossier_parent",
        }  # fmt: skip
        folders = [file.id for file in self.files if file.kind == "dossier"] + [NEW]
        files = [file.id for file in self.files] + [NEW]
        everywhere = [*PLACES, *folders]
        for file in files:
            verbs = (
                "pointer", "double", "clic_droit", "appui_long", "ouvrir", "copier", "couper", "renommer",
                "supprimer", "infos", "restaurer",
            )  # fmt: skip
            found |= {f"{verb}:{file}" for verb in verbs} | {f"arriver:ouvert={file}", f"arriver:nom={file}"}
            found |= {f"{verb}:{file}={place}" for verb in ("deposer", "arriver") for place in everywhere}
            found |= {f"arriver:copie_{file}={place}" for place in everywhere}
        for place in everywhere:
            found |= {f"aller:{place}", f"coller:{place}", f"double:{place}", f"arriver:ouvert={place}"}
        for window in (*files, *everywhere, *PROGRAMS):
            found |= {f"{verb}:{window}" for verb in ("fermer", "reduire", "agrandir", "tache", "arriver")}
        found |= {f"programme:{program}" for program in PROGRAMS} | {f"reglage:{name}" for name in SETTINGS}
        found |= {f"arriver:ouvert={program}" for program in PROGRAMS}
        found |= {f"glissiere:{name}={level}" for name in ("son", "lumiere") for level in LEVELS}
        return frozenset(found | {f"lettres:{size}" for size in LETTERS})


class FilesScene(SimulatedScene):
    """A scene on the desktop, or in the files of a touch screen."""

    simulator: Literal["fichiers"] = Field(alias="simulateur")
    start: Desktop = Field(alias="depart")
