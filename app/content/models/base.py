"""What all content models share: frozen, no unknown key, texts with their typography."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from app.content.typography import typographie

#: A text that an usager reads or hears.
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(typographie)]
#: A text that may be empty.
OptionalText = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(typographie)]
#: A string to keep to the letter: an address, what one types.
Raw = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
#: A place on a drawn screen.
ZoneId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
#: The name of a Tabler icon.
IconName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
#: A module, an item or a scene: words joined by dots.
DottedId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")]
#: A goal or a workshop: words joined by hyphens, as in its address.
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Device(StrEnum):
    """What one learns on."""

    COMPUTER = "ordinateur"
    PHONE = "telephone"
    TABLET = "tablette"


DEVICES: tuple[Device, ...] = tuple(Device)

DeviceSet = Annotated[tuple[Device, ...], Field(min_length=1)]


class Entry(BaseModel):
    """A piece of content, as its file says it: French keys in the file, English names in code."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Picture(Entry):
    """A picture beside a question, with what a blind person hears instead."""

    icon: IconName = Field(alias="icone")
    alternative: Text
