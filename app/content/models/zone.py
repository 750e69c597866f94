"""A place on a drawn screen that one can touch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Zone:
    """Its id, what a blind person hears, and its icon where it has one."""

    id: str
    name: str
    icon: str | None = None
