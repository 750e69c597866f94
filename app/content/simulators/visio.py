"""A video call: invitation, permissions, the mirror before it, the call, and the doctor's waiting room."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from app.content.models.base import Entry, IconName, Raw, Text, ZoneId
from app.content.models.simulated_scene import SimulatedScene, Start


class Invitation(Entry):
    """A message that may hold the link of a call."""

    id: ZoneId
    sender: Text = Field(alias="de")
    text: Text = Field(alias="texte")
    link: Raw = Field(alias="lien")
    right: bool = Field(False, alias="bon")


class Guest(Entry):
    """Someone in the call."""

    id: ZoneId
    name: Text = Field(alias="nom")


class Paper(Entry):
    """A document to share or to read afterwards."""

    id: ZoneId
    name: Text = Field(alias="nom")
    icon: IconName = Field("file-text", alias="icone")


class Call(Start):
    """The call, from its invitation on, or already begun."""

    icons: ClassVar[tuple[str, ...]] = (
        "video", "video-off", "microphone", "microphone-off", "phone-off", "screen-share", "hand-stop",
        "message-circle", "users", "volume", "volume-off", "mood-smile", "dots", "check", "x", "mail",
        "arrow-left",
        "send", "user", "bulb", "stethoscope", "file-text", "device-laptop", "settings",
        "camera-rotate", "sun", "link",
    )  # fmt: skip

    script: ClassVar[str] = "visio"

    title: Text = Field(alias="titre")
    medical: bool = False
    screen: Literal["invitation", "permission", "miroir", "appel"] = Field("invitation", alias="ecran")
    invitations: tuple[Invitation, ...] = ()
    guests: tuple[Guest, ...] = Field(alias="personnes", min_length=1)
    papers: tuple[Paper, ...] = Field((), alias="documents")
    microphone: bool = Field(True, alias="micro")
    camera: bool = True
    said: Text | None = Field(None, alias="parole")
    """What one of them says when the call begins."""
    after: tuple[Paper, ...] = Field((), alias="apres")
    """What waits in the file after the call, like a prescription."""

    def gestures(self) -> frozenset[str]:
        found = {
            "autoriser", "refuser", "rejoindre", "micro:couper", "micro:ouvrir", "camera:couper",
            "camera:ouvrir",
            "son:couper", "son:ouvrir", "retourner", "fond", "lumiere", "ecrire:nom", "partager",
            "arreter_partage",
            "main:lever", "main:baisser", "discussion", "ecrire:discussion", "envoyer",
            "personnes", "reactions",
            "reaction:sourire", "plus", "quitter", "confirmer_quitter", "annuler", "retour",
            "fermer", "reglages",
            "essayer_son", "revenir", "avis:bien", "avis:moyen", "payer", "arriver:salle", "arriver:appel",
        }  # fmt: skip
        found |= {f"{verb}:{one.id}" for one in self.invitations for verb in ("lien", "supprimer", "lire")}
        found |= {f"partager:{paper.id}" for paper in self.papers} | {"partager:ecran"}
        found |= {f"ouvrir:{paper.id}" for paper in self.after}
        return frozenset(found | {f"epingler:{guest.id}" for guest in self.guests})


class CallScene(SimulatedScene):
    """A scene of a video call."""

    simulator: Literal["visio"] = Field(alias="simulateur")
    start: Call = Field(alias="depart")
