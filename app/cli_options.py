"""Values on a command line: refused in plain French where they make no sense."""

from __future__ import annotations

import uuid

import click
from click.core import ParameterSource

from app.cli_french import Refusal


def from_one(option: str, value: int | None) -> None:
    """Refuse 0 and less; an option that is not given is left alone."""
    _at_least(1, option, value)


def from_zero(option: str, value: int | None) -> None:
    """Refuse less than 0; an option that is not given is left alone."""
    _at_least(0, option, value)


def up_to(most: int, option: str, value: int | None) -> None:
    """Refuse more than so many; an option that is not given is left alone."""
    if value is not None and value > most:
        raise Refusal(f"{option} {value} : écrivez un nombre jusqu’à {most}.")


def _at_least(least: int, option: str, value: int | None) -> None:
    if value is not None and value < least:
        raise Refusal(f"{option} {value} : écrivez un nombre à partir de {least}.")


def known_device(device: str) -> None:
    """Refuse what is not a device that content is written for."""
    from app.content.models import DEVICES

    if device not in list(DEVICES):
        raise Refusal(f"Un appareil est {', '.join(DEVICES)} : « {device} » n’en est pas un.")


def known_structure(slug: str | None) -> uuid.UUID | None:
    """The structure of this short name, ``None`` where none is given; one that is not here is refused."""
    from app.store import queries

    if not slug:
        return None
    found = queries.structure_by_slug(slug)
    if found is None:
        names = ", ".join(known.slug for known in queries.structures()) or "aucune"
        raise Refusal(f"Structure inconnue : {slug}. Celles d’ici : {names}.")
    return found.id


def was_written(name: str) -> bool:
    """Whether the running command was given this option, rather than its usual value."""
    return click.get_current_context().get_parameter_source(name) is ParameterSource.COMMANDLINE
