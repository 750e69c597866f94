"""The short reception before a diagnostic: which device, how reading goes, sound or not."""

from __future__ import annotations

from app.content.models import Device
from app.services import diagnostic_sitting
from app.services.engines import current_engines
from app.store import queries
from app.store.database import db
from app.store.models import Usager

NO_DEVICE = "aucun"
HOME_DEVICES = {
    Device.PHONE: ("Un téléphone", "device-mobile"),
    Device.TABLET: ("Une tablette", "device-tablet"),
    Device.COMPUTER: ("Un ordinateur", "device-laptop"),
    NO_DEVICE: ("Je n'ai pas d'appareil", "home"),
}
READING = {
    "facile": ("Je lis facilement", "book"),
    "un_peu": ("Je lis un peu", "eyeglass"),
    "difficile": ("Lire est difficile", "ear"),
}
SOUND = {"oui": ("Avec le son", "volume"), "non": ("Sans le son", "volume-off")}


def set_device(usager: Usager, home_device: str) -> None:
    """Keep which device the person has, and learn on it, or on one that the goal can be reached on."""
    usager.home_device = home_device
    structure = queries.structure(usager.structure_id)
    usager.device = structure.default_device if home_device == NO_DEVICE else home_device
    goal = current_engines().content.goals.get(usager.goal_id or "")
    if goal and usager.device not in goal.devices:
        usager.device = goal.devices[0]
    diagnostic_sitting.follow(usager)
    db.session.commit()


def set_reading(usager: Usager, reading: str) -> None:
    """Keep how comfortable the person is with reading."""
    usager.reading = reading
    db.session.commit()


def set_sound(usager: Usager, sound: bool) -> None:
    """Keep whether the person wants to hear the screens."""
    usager.sound = sound
    db.session.commit()


def change_goal(usager: Usager, goal_id: str) -> None:
    """Keep a new goal; the device follows if the goal cannot be reached on the present one."""
    usager.goal_id = goal_id
    goal = current_engines().content.goals[goal_id]
    if usager.device not in goal.devices:
        usager.device = goal.devices[0]
    diagnostic_sitting.follow(usager)
    db.session.commit()


def choose(usager: Usager, goal_id: str | None, device: str) -> None:
    """Keep a goal and a device that go together, as a conseiller chose them."""
    usager.goal_id = goal_id
    usager.device = device
    diagnostic_sitting.follow(usager)
    db.session.commit()
