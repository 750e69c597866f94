"""What the sessions of a period were about: their themes and their modules."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.engine.evidence import Help
from app.store.statistics_queries import Session

NEEDED_HELP = frozenset({Help.DONE_FOR, Help.ACCOMPANIED})


@dataclass
class Reach:
    """Activities and the people they reached. ``with_help`` counts the observations where it was done for
    somebody, or step by step with them."""

    alone: int = 0
    ateliers: set[uuid.UUID] = field(default_factory=set)
    known: set[uuid.UUID] = field(default_factory=set)
    without_file: int = 0
    observations: int = 0
    with_help: int = 0

    @property
    def activities(self) -> int:
        return self.alone + len(self.ateliers)

    @property
    def people(self) -> int:
        """Those with a file once each, those without one each time."""
        return len(self.known) + self.without_file

    def add(self, session: Session, person: uuid.UUID | None) -> None:
        """Count one session."""
        if session.atelier_id is None:
            self.alone += 1
        else:
            self.ateliers.add(session.atelier_id)
        if person is None:
            self.without_file += session.participants
        else:
            self.known.add(person)


@dataclass(frozen=True)
class Worked:
    """The reach of each theme and of each module, by code and by id."""

    themes: Mapping[str, Reach]
    modules: Mapping[str, Reach]


def worked(
    sessions: Iterable[Session], theme_of: Mapping[str, str], persons: Mapping[uuid.UUID, uuid.UUID]
) -> Worked:
    """Add sessions up. ``persons`` says who a nameless usager turned out to be."""
    themes: dict[str, Reach] = {}
    modules: dict[str, Reach] = {}
    for session in sessions:
        person = persons.get(session.usager_id, session.usager_id) if session.usager_id else None
        codes = {theme_of[module] for module, _ in session.worked if module in theme_of}
        for code in codes.union(session.chosen_themes):
            themes.setdefault(code, Reach()).add(session, person)
        for module in {module for module, _ in session.worked}:
            modules.setdefault(module, Reach()).add(session, person)
        for module, help in session.worked:
            modules[module].observations += 1
            modules[module].with_help += help in NEEDED_HELP
    return Worked(themes, modules)
