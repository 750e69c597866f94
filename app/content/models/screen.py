"""A drawn screen."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field, model_validator

from app.content.models.base import Device, Entry, Raw, Text
from app.content.models.blocks import AnyBloc
from app.content.models.zone import Zone


class Ecran(Entry):
    """A device's screen: a browser's chrome where there is an ``address``, then blocs from top to bottom."""

    device: Device = Field(alias="appareil")
    title: Text = Field(alias="titre")
    address: Raw | None = Field(None, alias="adresse")
    tabs: tuple[Text, ...] = Field((), alias="onglets")
    blocs: tuple[AnyBloc, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _tabs_need_a_browser(self) -> Ecran:
        if self.tabs and not self.address:
            raise ValueError("ajoutez « adresse: » : les onglets sont ceux d'un navigateur")
        return self

    def tab_zones(self) -> tuple[Zone, ...]:
        """The browser's tabs, and the button that opens one."""
        if not self.tabs:
            return ()
        tabs = (Zone(f"onglet_{n}", f"Onglet {tab}") for n, tab in enumerate(self.tabs, 1))
        return (*tabs, Zone("onglet_nouveau", "Nouvel onglet", "plus"))

    def browser_zones(self) -> tuple[Zone, ...]:
        """The browser's own buttons and its address bar."""
        if not self.address:
            return ()
        return (
            Zone("precedent", "Page précédente", "arrow-left"),
            Zone("actualiser", "Actualiser", "refresh"),
            Zone("adresse", f"Barre d’adresse, {self.address}"),
        )

    def zones(self) -> tuple[Zone, ...]:
        """All that can be touched, in reading order."""
        return tuple(self._zones())

    def _zones(self) -> Iterator[Zone]:
        yield from self.tab_zones()
        yield from self.browser_zones()
        for bloc in self.blocs:
            yield from bloc.zones()

    def zone(self, zone_id: str) -> Zone | None:
        """The place of this id, if the screen has it."""
        return next((zone for zone in self._zones() if zone.id == zone_id), None)
