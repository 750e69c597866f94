"""The telephone: lock screen, home screen, and applications that work. A tablet is drawn as a larger one.

Three simulators are this telephone, open at another place: ``telephone``, ``messages`` and ``reglages``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from app.content.models.base import Entry, Raw, Text, ZoneId
from app.content.models.simulated_scene import SimulatedScene, Start
from app.content.simulators import telephone_defaults as usual
from app.content.simulators import telephone_settings as settings
from app.content.simulators.telephone_gestures import gestures_of
from app.content.simulators.telephone_parts import (
    App,
    Call,
    Contact,
    Conversation,
    IncomingCall,
    Network,
    Notification,
    Photo,
    Post,
    Request,
    SettingsPage,
    StoreApp,
    Subject,
)

#: What the scene names comes first; of the usual things those with another id follow.
_COMPLETED: dict[str, Sequence[Entry]] = {
    "contacts": usual.CONTACTS,
    "conversations": usual.CONVERSATIONS,
    "photos": usual.PHOTOS,
    "appels": usual.CALLS,
    "applications": usual.APPS,
    "magasin": usual.STORE,
    "reseaux": usual.NETWORKS,
    "publications": usual.POSTS,
    "demandes": usual.REQUESTS,
}


def _completed(given: Sequence[Any], usual_ones: Sequence[Any], *, last: bool) -> list[Any]:
    """``given`` and the usual things that it does not name; ``last``: these first, some of them changed."""
    named = {one.get("id"): one for one in given if isinstance(one, dict)}
    rest = [one for one in usual_ones if one.id not in named]
    if not last:
        return [*given, *rest]
    known = {one.id for one in usual_ones}
    changed = [named.get(one.id, one) for one in usual_ones]
    return [*changed, *(one for one in given if not isinstance(one, dict) or one.get("id") not in known)]


class Phone(Start):
    """A telephone, as it is when the scene begins."""

    icons: ClassVar[tuple[str, ...]] = (
        "accessible", "ad", "address-book", "alarm", "alert-triangle", "antenna-bars-5", "apps",
        "arrow-big-up",
        "arrow-forward-up", "arrow-left", "arrow-up", "backspace", "ban", "battery-2", "battery-3",
        "battery-charging",
        "battery-eco", "bell", "bell-off", "bluetooth", "bold", "bolt", "brightness-up",
        "building-community", "bulb", "calculator", "calendar", "camera", "camera-rotate",
        "chart-bar", "check",
        "checks", "chef-hat", "cherry", "chevron-left", "chevron-up", "circle", "cliche-bateau",
        "cliche-gateau", "cliche-plage", "cliche-rosier", "cliche-table", "cliche-velo", "cliche-visage",
        "clock", "copy",
        "current-location", "database", "device-mobile-vibration", "dialpad", "dots-vertical", "download",
        "edit", "eye",
        "feather", "flag", "hand-finger", "heart", "history", "home", "hourglass", "info-circle",
        "language",
        "lock", "lock-open", "mail", "map-pin", "message", "message-circle", "message-plus", "microphone",
        "microphone-off", "minus", "moon", "music", "notes", "paperclip", "pencil", "phone", "phone-incoming",
        "phone-off", "photo", "pill", "plane", "player-play", "plus", "power", "radar", "radio", "refresh",
        "rotate",
        "router", "screen-share", "search", "send", "settings", "share", "shield-lock",
        "shopping-bag",
        "shopping-cart", "soup", "square", "star", "stethoscope", "sun", "text-size", "thumb-up", "tool",
        "trash", "user",
        "user-plus", "users", "users-group", "video", "volume", "volume-off", "walk", "wifi", "wifi-off",
        "world",
        "world-check", "x", "zoom-in",
    )  # fmt: skip

    script: ClassVar[str] = "telephone"

    hour: Text = Field("10 h 24", alias="heure")
    battery: int = Field(62, alias="batterie", ge=1, le=100)
    charging: bool = Field(False, alias="en_charge")
    opened: ZoneId = Field("accueil", alias="ouvert")
    """``eteint``, ``verrouille``, ``appel``, ``accueil`` or an application."""
    conversation: ZoneId | None = None
    page: ZoneId | None = Field(None, alias="rubrique")
    code: Raw | None = None
    outdated: bool = Field(False, alias="a_mettre_a_jour")
    network: ZoneId | None = Field("box_maison", alias="reseau")
    free: int = Field(22, alias="place_libre", ge=0, le=64)
    values: dict[ZoneId, str] = Field({}, alias="valeurs")
    incoming: IncomingCall | None = Field(None, alias="appel_entrant")
    running: tuple[ZoneId, ...] = Field((), alias="en_cours")
    subject: Subject = Field(usual.SUBJECT, alias="sujet")
    notifications: tuple[Notification, ...] = ()
    contacts: tuple[Contact, ...] = usual.CONTACTS
    conversations: tuple[Conversation, ...] = usual.CONVERSATIONS
    photos: tuple[Photo, ...] = usual.PHOTOS
    bin: tuple[Photo, ...] = Field((), alias="corbeille")
    calls: tuple[Call, ...] = Field(usual.CALLS, alias="appels")
    apps: tuple[App, ...] = Field(usual.APPS, alias="applications")
    store: tuple[StoreApp, ...] = Field(usual.STORE, alias="magasin")
    networks: tuple[Network, ...] = Field(usual.NETWORKS, alias="reseaux")
    posts: tuple[Post, ...] = Field(usual.POSTS, alias="publications")
    requests: tuple[Request, ...] = Field(usual.REQUESTS, alias="demandes")
    pages: tuple[SettingsPage, ...] = Field(settings.PAGES, alias="rubriques")

    @model_validator(mode="before")
    @classmethod
    def _completed(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        whole = dict(data)
        for key, usual_ones in _COMPLETED.items():
            given = whole.get(key)
            if isinstance(given, list | tuple):
                whole[key] = _completed(given, usual_ones, last=key == "applications")
        return whole

    @model_validator(mode="after")
    def _what_is_named_is_there(self) -> Phone:
        places = {"eteint", "verrouille", "appel", "accueil", *(app.id for app in self.apps)}
        if self.opened not in places:
            raise ValueError(f"« ouvert: {self.opened} » n'est ni un écran ni une application")
        if self.conversation and self.conversation not in {one.id for one in self.conversations}:
            raise ValueError(f"« conversation: {self.conversation} » n'est pas l'id d'une conversation")
        if self.page and self.page not in {page.id for page in self.pages}:
            raise ValueError(f"« rubrique: {self.page} » n'est pas une page des réglages")
        if self.network and self.network not in {one.id for one in self.networks}:
            raise ValueError(f"« reseau: {self.network} » n'est pas l'id d'un réseau")
        for key, value in self.values.items():
            line = settings.BY_ID.get(key)
            if line is None or f"regler:{key}={value}" not in line.gestures():
                raise ValueError(f"« valeurs: {key}: {value} » n'est pas un réglage du téléphone")
        return self

    def gestures(self) -> frozenset[str]:
        return gestures_of(self)


class PhoneScene(SimulatedScene):
    """A scene that begins on the home screen, on the lock screen or in an application."""

    simulator: Literal["telephone", "messages", "reglages"] = Field(alias="simulateur")
    start: Phone = Field(alias="depart")

    @property
    def element(self) -> str:
        return "telephone"
