"""What a telephone holds: people, conversations, pictures, calls, applications, networks."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.content.models.base import Entry, IconName, Raw, Text, ZoneId

Channel = Literal["messages", "whatsapp"]
Permission = Literal["position", "micro", "camera", "contacts", "photos"]
PERMISSIONS: tuple[Permission, ...] = ("position", "micro", "camera", "contacts", "photos")


class Contact(Entry):
    """Someone whose number is known."""

    id: ZoneId
    name: Text = Field(alias="nom")
    number: Raw = Field(alias="numero")
    icon: IconName = Field("user", alias="icone")


class Bubble(Entry):
    """One message of a conversation: words, a picture, or a voice."""

    id: ZoneId
    mine: bool = Field(False, alias="moi")
    author: Text | None = Field(None, alias="auteur")
    text: Text | None = Field(None, alias="texte")
    picture: Text | None = Field(None, alias="photo")
    icon: IconName = Field("photo", alias="icone")
    seconds: int | None = Field(None, alias="vocal", ge=1, le=120)
    link: Text | None = Field(None, alias="lien")
    hour: Text = Field("9 h 10", alias="heure")


class Conversation(Entry):
    """A conversation, in the application of SMS or in WhatsApp; a group names its members."""

    id: ZoneId
    name: Text = Field(alias="nom")
    channel: Channel = Field("messages", alias="dans")
    number: Raw | None = Field(None, alias="numero")
    known: bool = Field(True, alias="connu")
    icon: IconName = Field("user", alias="icone")
    unread: bool = Field(False, alias="non_lu")
    when: Text = Field("hier", alias="quand")
    members: tuple[Text, ...] = Field((), alias="membres")
    bubbles: tuple[Bubble, ...] = Field(alias="bulles", min_length=1)


class Photo(Entry):
    """A picture of the gallery."""

    id: ZoneId
    name: Text = Field(alias="nom")
    icon: IconName = Field("photo", alias="icone")
    date: Text = Field("hier", alias="date")
    blurred: bool = Field(False, alias="floue")


class Call(Entry):
    """A call of the journal."""

    id: ZoneId
    name: Text = Field(alias="nom")
    way: Literal["recu", "emis", "manque"] = Field("recu", alias="sens")
    when: Text = Field("hier", alias="quand")


class IncomingCall(Entry):
    """The telephone rings."""

    id: ZoneId
    name: Text = Field(alias="nom")
    detail: Text = Field("Téléphone", alias="detail")


class Notification(Entry):
    """A line of the drawer; it opens an application, and there a conversation or a page."""

    id: ZoneId
    title: Text = Field(alias="titre")
    text: Text = Field(alias="texte")
    app: ZoneId
    target: ZoneId | None = Field(None, alias="ouvre")


class App(Entry):
    """An application that is on the telephone."""

    id: ZoneId
    name: Text = Field(alias="nom")
    icon: IconName = Field(alias="icone")
    system: bool = Field(True, alias="systeme")
    granted: tuple[Permission, ...] = Field((), alias="autorisations")
    notifies: bool = Field(True, alias="notifications")
    size: Text = Field("20 Mo", alias="taille")
    minutes: int = Field(0, ge=0, le=900)
    limit: int = Field(0, alias="limite", ge=0, le=120)
    outdated: bool = Field(False, alias="ancienne")
    lines: tuple[Text, ...] = Field((), alias="lignes")


class StoreApp(Entry):
    """An application of the shop; ``wants`` is what it asks for when it is first opened."""

    id: ZoneId
    name: Text = Field(alias="nom")
    editor: Text = Field(alias="editeur")
    icon: IconName = Field(alias="icone")
    stars: Text = Field("4,5", alias="note")
    price: Text = Field("Gratuit", alias="prix")
    about: Text = Field(alias="texte")
    words: tuple[Raw, ...] = Field((), alias="mots")
    wants: tuple[Permission, ...] = Field((), alias="demande")
    lines: tuple[Text, ...] = Field((), alias="lignes")


class Network(Entry):
    """A Wi-Fi network in reach."""

    id: ZoneId
    name: Text = Field(alias="nom")
    password: Raw | None = Field(None, alias="mot_de_passe")
    strength: int = Field(3, alias="force", ge=1, le=3)


class Subject(Entry):
    """What the camera sees."""

    name: Text = Field(alias="nom")
    icon: IconName = Field(alias="icone")


class Post(Entry):
    """A publication of the social network."""

    id: ZoneId
    author: Text = Field(alias="auteur")
    text: Text = Field(alias="texte")
    icon: IconName | None = Field(None, alias="icone")
    when: Text = Field("hier", alias="quand")


class Request(Entry):
    """Someone who asks to be a friend."""

    id: ZoneId
    name: Text = Field(alias="nom")
    text: Text = Field(alias="texte")
    icon: IconName = Field("user", alias="icone")


class SettingChoice(Entry):
    """One of the values of a setting."""

    id: ZoneId
    name: Text = Field(alias="nom")


class Setting(Entry):
    """A line of the settings; ``genre`` says how it is changed."""

    id: ZoneId
    name: Text = Field(alias="nom")
    kind: Literal["interrupteur", "choix", "niveau", "page", "texte"] = Field(alias="genre")
    value: str = Field("", alias="valeur")
    icon: IconName | None = Field(None, alias="icone")
    choices: tuple[SettingChoice, ...] = Field((), alias="choix")
    text: Text | None = Field(None, alias="texte")

    def gestures(self) -> frozenset[str]:
        """All that can be done with this line."""
        if self.kind == "page":
            return frozenset([f"rubrique:{self.id}"])
        values = {
            "interrupteur": ["oui", "non"],
            "choix": [choice.id for choice in self.choices],
            "niveau": [str(level) for level in range(6)],
        }.get(self.kind, [])
        return frozenset(f"regler:{self.id}={value}" for value in values)


class SettingsPage(Entry):
    """A page of the settings."""

    id: ZoneId
    name: Text = Field(alias="nom")
    icon: IconName = Field(alias="icone")
    settings: tuple[Setting, ...] = Field((), alias="lignes")
