"""Sessions as conseillers record them."""

from __future__ import annotations

import uuid
from datetime import datetime

from app.engine.evidence import Help
from app.services import seances
from app.services.seances import NewSeance
from app.store.models import Account, Seance, Usager


def come(usager: Usager, conseiller: Account, at: datetime, **helps: Help) -> Seance:
    """Someone comes for an hour; ``helps`` by module, its dots written ``__``."""
    new = NewSeance(
        id=uuid.uuid4(),
        helps={module.replace("__", "."): help for module, help in helps.items()},
        minutes=60,
        device="ordinateur",
        place="lieu_activite",
        occurred_at=at,
    )
    return seances.record(usager, conseiller, new, at)
