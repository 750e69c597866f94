"""A personal account on a site: signing in, its home, its parts. The form and the health account are such."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from app.content.models.base import Entry, IconName, Raw, Text, ZoneId
from app.content.simulators.rubriques import (
    AccessPart,
    AppointmentsPart,
    BillsPart,
    DocumentsPart,
    FormPart,
    MessagesPart,
    PagePart,
    PaymentsPart,
    RequestsPart,
)
from app.content.simulators.web import LEAVING, BankCard, Option, WebFile, WebStart

Part = Annotated[
    PagePart
    | FormPart
    | RequestsPart
    | MessagesPart
    | AppointmentsPart
    | BillsPart
    | PaymentsPart
    | DocumentsPart
    | AccessPart,
    Field(discriminator="genre"),
]


class PortalSite(Entry):
    """Whose site it is."""

    name: Text = Field(alias="nom")
    address: Raw = Field(alias="adresse")
    icon: IconName = Field("building-bank", alias="icone")


class SignIn(Entry):
    """How one signs in: with the site's own account, through FranceConnect, or both."""

    login_name: Text = Field("Identifiant", alias="nom_identifiant")
    login: Raw | None = Field(None, alias="identifiant")
    password: Raw | None = Field(None, alias="mot_de_passe")
    profiles: tuple[Option, ...] = Field((), alias="profils")
    profile: ZoneId | None = Field(None, alias="profil")
    providers: tuple[Option, ...] = Field((), alias="fournisseurs")
    provider: ZoneId | None = Field(None, alias="fournisseur")

    @model_validator(mode="after")
    def _leads_somewhere(self) -> SignIn:
        if not self.login and not self.provider:
            raise ValueError("ajoutez « identifiant: » et « mot_de_passe: », ou « fournisseur: »")
        for named, options in ((self.profile, self.profiles), (self.provider, self.providers)):
            if named and named not in {option.id for option in options}:
                raise ValueError(f"« {named} » n'est pas dans la liste")
        return self

    def gestures(self) -> Iterator[str]:
        yield from ("ecrire:identifiant", "ecrire:mot_de_passe", "connecter", "oublie", "creer_compte")
        yield from (
            "voir_mot_de_passe",
            "arriver:connecte",
            "arriver:refus",
            "arriver:deconnecte",
            "arriver:oublie",
        )
        if self.providers:
            yield from ("franceconnect", "arriver:franceconnect", "continuer", "arriver:reconnu")
            yield from (
                "ecrire:fournisseur_identifiant",
                "ecrire:fournisseur_mot_de_passe",
                "fournisseur_connecter",
            )
            for provider in self.providers:
                yield from (f"fournisseur:{provider.id}", f"arriver:chez_{provider.id}")
        for profile in self.profiles:
            yield from (f"profil:{profile.id}", f"arriver:profil_{profile.id}")


class Portal(WebStart):
    """An account: signed in already, unless ``connexion`` says how."""

    icons: ClassVar[tuple[str, ...]] = (
        *WebStart.icons, "eye", "login", "logout", "user-plus", "key", "user", "send", "pencil",
        "paperclip", "camera",
        "bulb", "zoom-in", "zoom-out", "photo", "calendar", "calendar-plus", "calendar-x", "clock", "map-pin",
        "search", "mail", "corner-up-left", "trash", "receipt", "credit-card", "building-bank", "gift-card",
        "transfer", "plus", "eye-off", "share", "history", "users", "sort-descending", "file-text",
        "arrow-right",
        "shield-check", "clipboard-list", "file-check", "device-mobile", "stethoscope", "ban",
    )  # fmt: skip

    script: ClassVar[str] = "portail"

    site: PortalSite
    person: Text = Field("Camille Martin", alias="personne")
    sign_in: SignIn | None = Field(None, alias="connexion")
    welcome: Text | None = Field(None, alias="accueil")
    parts: tuple[Part, ...] = Field(alias="rubriques", min_length=3)
    files: tuple[WebFile, ...] = Field((), alias="fichiers")
    photographed: Text = Field("Facture d'eau", alias="papier_photo")
    card: BankCard | None = Field(None, alias="carte")
    opened: ZoneId | None = Field(None, alias="ouvert")

    @model_validator(mode="after")
    def _parts_are_there(self) -> Portal:
        parts = {part.id for part in self.parts}
        named = {self.opened} if self.opened else set()
        for part in self.parts:
            if isinstance(part, PagePart):
                named |= {target for bloc in part.blocs for target in bloc.targets()}
        missing = sorted(named - parts)
        if missing:
            raise ValueError(f"aucune rubrique ne s'appelle ainsi : {', '.join(missing)}")
        return self

    def gestures(self) -> frozenset[str]:
        found = {
            "retour",
            "accueil",
            "fermer",
            "actualiser",
            "regarder:site",
            "deconnecter",
            "arriver:accueil",
        }
        found |= {"arriver:deconnecte", "aide", "profil"}
        found |= set(LEAVING)
        if self.sign_in:
            found |= set(self.sign_in.gestures())
        for part in self.parts:
            found |= {*part.gestures(), f"lien:{part.id}"}
        for file in (*self.files, WebFile(id="photo", nom="Photo")):
            found |= {f"joindre:{file.id}", f"arriver:joint_{file.id}"}
        return frozenset(found)
