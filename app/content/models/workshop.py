"""A workshop sheet: one file of ``parcours/ateliers/``."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from app.content.models.base import DottedId, Entry, Slug, Text


class Workshop(Entry):
    """A session ready to run. Only what links it to the rest is fixed; its other keys are kept as written."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: Slug
    title: Text = Field(alias="titre")
    modules: tuple[DottedId, ...] = Field(min_length=1)
