"""A personal account and its keys: password, codes, connected devices, card; a telephone lies beside it.

A password that someone makes up stays in the page: the trace only says whether it is strong.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from app.content.models.base import Entry, Raw, Text, ZoneId
from app.content.models.simulated_scene import SimulatedScene, Start

Method = Literal["sms", "application", "secours"]
SECTIONS = (
    "profil", "securite", "messages", "paiements", "documents", "alertes", "aide", "carte",
)  # fmt: skip
SECURITY = ("mot_de_passe", "double", "appareils", "codes", "secours", "questions")
STRENGTHS = ("faible", "moyen", "solide", "different")
PLACES = ("carnet", "coffre", "ecran", "message")


class Sms(Entry):
    """A message on the telephone that lies beside."""

    id: ZoneId
    sender: Text = Field(alias="de")
    text: Text = Field(alias="texte")


class ConnectedDevice(Entry):
    """A device that has the account open."""

    id: ZoneId
    name: Text = Field(alias="nom")
    detail: Text


class Account(Start):
    """An account, at its door or inside."""

    icons: ClassVar[tuple[str, ...]] = (
        "user", "lock", "eye", "eye-off", "login", "logout", "shield-check", "shield-lock", "mail",
        "credit-card",
        "file-text", "bell", "help-circle", "settings", "device-laptop", "device-mobile", "key",
        "list-numbers",
        "message", "phone", "phone-off", "arrow-left", "check", "x", "printer", "notebook", "note",
        "send", "refresh",
        "dice-5", "lock-access", "ban", "alert-triangle", "message-2",
    )  # fmt: skip

    script: ClassVar[str] = "code_secret"

    service: Text
    screen: Literal["connexion", "compte", "creation"] = Field("connexion", alias="ecran")
    identifier: Raw = Field("camille.martin@exemple.fr", alias="identifiant")
    password: Raw = Field("Lune-Bleue-38", alias="mot_de_passe")
    known: tuple[Raw, ...] = Field((), alias="a_eviter")
    """What others know of the person: names, years; a password that holds them is weak."""
    double: bool = False
    code: Raw = "482915"
    method: Method = Field("sms", alias="moyen")
    backup: tuple[Raw, ...] = Field(("4471-8820", "9035-1167", "2608-5542"), alias="codes_secours")
    telephone: tuple[Sms, ...] = ()
    caller: Text | None = Field(None, alias="appel")
    """Who calls while the code is waited for, and what they say."""
    devices: tuple[ConnectedDevice, ...] = Field((), alias="appareils_connectes")
    card: bool = Field(False, alias="carte")

    def gestures(self) -> frozenset[str]:
        found = {
            "ecrire:identifiant", "ecrire:mot_de_passe", "ecrire:nouveau", "ecrire:encore", "ecrire:code",
            "ecrire:numero", "ecrire:code_secours", "oeil", "connecter", "oublie", "creer",
            "proposer", "retour",
            "valider_code", "renvoyer", "autre_moyen", "deconnecter", "allumer_double", "eteindre_double",
            "tout_deconnecter", "bloquer_carte", "confirmer_blocage", "annuler", "imprimer_codes",
            "copier_codes",
            "envoyer_codes", "raccrocher", "dire_code", "fermer", "valider_numero", "memoriser",
            "nouveaux_codes",
            "valider_secours", "arriver:compte", "arriver:ouvert", "arriver:double",
        }  # fmt: skip
        found |= {f"valider:{strength}" for strength in STRENGTHS} | {f"ranger:{place}" for place in PLACES}
        found |= {f"rubrique:{name}" for name in SECTIONS} | {f"securite:{name}" for name in SECURITY}
        found |= {f"moyen:{name}" for name in ("sms", "application", "secours", "mail")}
        found |= {
            f"{verb}:{sms.id}" for sms in self.telephone for verb in ("lire", "lien", "repondre", "bloquer")
        }
        found |= {f"lire:{name}" for name in ("code", "application")}
        found |= {f"ejecter:{device.id}" for device in self.devices}
        return frozenset(found)


class AccountScene(SimulatedScene):
    """A scene at the door of an account."""

    simulator: Literal["code_secret"] = Field(alias="simulateur")
    start: Account = Field(alias="depart")
