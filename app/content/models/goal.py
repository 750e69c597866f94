"""A goal (parcours): what a person wants to be able to do."""

from __future__ import annotations

from pydantic import Field

from app.content.models.base import DEVICES, DeviceSet, DottedId, Entry, IconName, Slug, Text


class Goal(Entry):
    """A wish as a person says it, and the modules it comes down to; their prerequisites follow."""

    id: Slug
    title: Text = Field(alias="titre")
    wish: Text = Field(alias="souhait")
    icon: IconName = Field(alias="pictogramme")
    targets: tuple[DottedId, ...] = Field(alias="cibles", min_length=1)
    devices: DeviceSet = Field(DEVICES, alias="appareils")
