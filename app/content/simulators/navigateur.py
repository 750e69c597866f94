"""The browser: address bar, results with ads, tabs, favourites, downloads, and the device's own files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from app.content.models.base import Entry, IconName, Raw, Text, ZoneId
from app.content.models.simulated_scene import SimulatedScene
from app.content.simulators.web import LEAVING, Blocks, Place, WebFile, WebStart

FOLDERS = ("telechargements", "documents", "images", "musique")


class WebPage(Entry):
    """A page of a site; its address is the site's, then its own ``chemin``."""

    id: ZoneId
    name: Text = Field(alias="nom")
    path: Raw | None = Field(None, alias="chemin")
    place: Place = "menu"
    blocs: Blocks = Field(min_length=1)


class Site(Entry):
    """A site: the first of its pages is its home."""

    name: Text = Field(alias="nom")
    address: Raw = Field(alias="adresse")
    icon: IconName = Field("world", alias="icone")
    secure: bool = Field(True, alias="securise")
    cookies: bool = False
    pages: tuple[WebPage, ...] = Field(min_length=1)


class Result(Entry):
    """A line of the results."""

    to: ZoneId = Field(alias="vers")
    title: Text = Field(alias="titre")
    text: Text | None = Field(None, alias="texte")
    ad: bool = Field(False, alias="annonce")


class Search(Entry):
    """What is found with these words; the search that shares most words with what was written is shown."""

    id: ZoneId
    words: tuple[Raw, ...] = Field(alias="mots", min_length=1)
    results: tuple[Result, ...] = Field(alias="resultats", min_length=3)


class Browser(WebStart):
    """A browser, with its tabs open on ``onglets`` (none: an empty one)."""

    icons: ClassVar[tuple[str, ...]] = (
        *WebStart.icons, "plus", "search", "star", "dots-vertical", "history", "tabs", "home", "folder",
        "photo",
        "message-circle", "calendar", "sun", "settings", "device-gamepad-2", "arrow-right", "cookie",
        "printer",
        "text-size", "music", "eye-off", "file-off", "video", "news", "files",
    )  # fmt: skip

    script: ClassVar[str] = "navigateur"

    sites: tuple[Site, ...] = Field(min_length=1)
    searches: tuple[Search, ...] = Field((), alias="recherches")
    tabs: tuple[ZoneId, ...] = Field((), alias="onglets")
    favourites: tuple[ZoneId, ...] = Field((), alias="favoris")
    files: tuple[WebFile, ...] = Field((), alias="fichiers")

    @model_validator(mode="after")
    def _pages_are_there(self) -> Browser:
        pages = {page.id for page in self.pages()}
        named = {*self.tabs, *self.favourites, *(r.to for s in self.searches for r in s.results)}
        named |= {target for page in self.pages() for bloc in page.blocs for target in bloc.targets()}
        missing = sorted(named - pages)
        if missing:
            raise ValueError(f"aucune page ne s'appelle ainsi : {', '.join(missing)}")
        return self

    def pages(self) -> Iterator[WebPage]:
        """All pages of all sites."""
        return (page for site in self.sites for page in site.pages)

    def gestures(self) -> frozenset[str]:
        found = {
            "retour", "fermer", "actualiser", "aller", "ecrire:adresse", "menu", "onglets",
            "nouvel_onglet", "favori", "favoris", "telechargements", "historique", "imprimer", "agrandir",
            "cookies:accepter", "cookies:refuser", "arriver:vide", "arriver:introuvable", "regarder:site",
            "arriver:telechargements", "arriver:historique", "arriver:favoris", "arriver:cookies_refuses",
        }  # fmt: skip
        found |= {f"filtre:{kind}" for kind in ("tous", "images", "videos", "actualites")}
        found |= {f"{verb}:{n}" for verb in ("onglet", "fermer_onglet") for n in range(1, 7)}
        found |= set(LEAVING) | {f"dossier:{name}" for name in FOLDERS}
        found |= {f"arriver:{search.id}" for search in self.searches}
        found |= {f"ouvrir:{file.id}" for file in self.files}
        found |= {f"arriver:fichier_{file.id}" for file in self.files}
        for page in self.pages():
            found |= {f"lien:{page.id}", f"arriver:{page.id}", f"arriver:ferme_{page.id}"}
            found.add(f"arriver:favori_{page.id}")
            found |= {gesture for bloc in page.blocs for gesture in bloc.gestures()}
        return frozenset(found)


class BrowserScene(SimulatedScene):
    """A scene in the browser."""

    simulator: Literal["navigateur"] = Field(alias="simulateur")
    start: Browser = Field(alias="depart")
