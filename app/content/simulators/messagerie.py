"""The mailbox: folders, messages, a message to write, attachments, contacts."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from app.content.models.base import Entry, IconName, OptionalText, Raw, Text, ZoneId
from app.content.models.simulated_scene import SimulatedScene, Start

Folder = Literal["reception", "envoyes", "indesirables", "corbeille", "archives"]
FOLDERS: tuple[Folder, ...] = ("reception", "envoyes", "indesirables", "corbeille", "archives")


class Attachment(Entry):
    """A file that came with a message, or that can be joined to one."""

    id: ZoneId
    name: Text = Field(alias="nom")
    icon: IconName = Field("file", alias="icone")


class Message(Entry):
    """A message of the mailbox."""

    id: ZoneId
    sender: Text = Field(alias="de")
    address: Raw | None = Field(None, alias="adresse")
    subject: Text = Field(alias="objet")
    body: tuple[Text, ...] = Field(alias="texte", min_length=1)
    date: Text
    folder: Folder = Field("reception", alias="dossier")
    read: bool = Field(False, alias="lu")
    attachments: tuple[Attachment, ...] = Field((), alias="pieces")
    link: Text | None = Field(None, alias="lien")


class Contact(Entry):
    """Someone whose address is known."""

    id: ZoneId
    name: Text = Field(alias="nom")
    address: Raw = Field(alias="adresse")


class Mailbox(Start):
    """A mailbox, open on its list of messages, or asking for the password first."""

    icons: ClassVar[tuple[str, ...]] = (
        "mail", "pencil", "inbox", "send", "alert-octagon", "trash", "archive", "arrow-left", "paperclip",
        "corner-up-left", "arrow-forward-up", "x", "address-book", "plus", "user", "link", "logout",
        "check", "lock", "download", "arrow-back-up",
    )  # fmt: skip

    script: ClassVar[str] = "messagerie"

    owner: Raw = Field("camille.martin@exemple.fr", alias="proprietaire")
    password: Raw | None = Field(None, alias="mot_de_passe")
    messages: tuple[Message, ...] = Field(min_length=3)
    files: tuple[Attachment, ...] = Field((), alias="fichiers")
    contacts: tuple[Contact, ...] = ()
    opened: ZoneId | None = Field(None, alias="ouvert")
    draft_text: OptionalText = Field("", alias="brouillon")

    @model_validator(mode="after")
    def _opened_is_there(self) -> Mailbox:
        if self.opened and self.opened not in {message.id for message in self.messages}:
            raise ValueError(f"« ouvert: {self.opened} » n'est pas l'id d'un message")
        return self

    def gestures(self) -> frozenset[str]:
        found = {
            "nouveau", "envoyer", "retour", "fermer", "annuler", "carnet", "pieces", "deconnecter",
            "ecrire:destinataire", "ecrire:objet", "ecrire:message", "nouveau_contact", "enregistrer_contact",
            "ecrire:nom_contact", "ecrire:adresse_contact",
        }  # fmt: skip
        if self.password:
            found |= {"ecrire:identifiant", "ecrire:mot_de_passe", "connecter"}
        found |= {f"dossier:{folder}" for folder in FOLDERS}
        for message in self.messages:
            verbs = (
                "ouvrir",
                "repondre",
                "transferer",
                "supprimer",
                "archiver",
                "indesirable",
                "remettre",
                "fiable",
            )
            found |= {f"{verb}:{message.id}" for verb in verbs}
            found |= {
                f"{verb}:{attachment.id}"
                for verb in ("piece", "telecharger")
                for attachment in message.attachments
            }
            if message.link:
                found.add(f"lien:{message.id}")
        found |= {f"joindre:{file.id}" for file in self.files} | {f"retirer:{file.id}" for file in self.files}
        found |= {f"destinataire:{contact.id}" for contact in self.contacts}
        return frozenset(found)


class MailScene(SimulatedScene):
    """A scene in the mailbox."""

    simulator: Literal["messagerie"] = Field(alias="simulateur")
    start: Mailbox = Field(alias="depart")
