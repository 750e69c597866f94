"""What a conseiller sees someone do in a session: one row of evidence a module, with the help given."""

from __future__ import annotations

import uuid

from app.engine.evidence import Help, Source
from app.services.engines import current_engines
from app.store.models import EvidenceRow, Seance

HELP_WORDS = {
    Help.DONE_FOR: "Fait pour",
    Help.ACCOMPANIED: "Accompagné",
    Help.GUIDED: "Guidé",
    Help.ALONE: "Seul",
    Help.TEACHES: "Transmet",
}
"""The five values, short enough for a cell of a grid."""


def observation(seance: Seance, module_id: str, help: Help) -> EvidenceRow:
    """The row of one module of a session; its id follows from both, so that it is written once."""
    row_id = uuid.uuid5(seance.id, module_id)
    return EvidenceRow(
        structure_id=seance.structure_id,
        id=row_id,
        answer_id=row_id,
        usager_id=seance.usager_id,
        module_id=module_id,
        source=Source.OBSERVATION,
        help=help,
        device=seance.device,
        seance_id=seance.id,
        author_id=seance.author_id,
        content_version=current_engines().content.version,
        occurred_at=seance.occurred_at,
        recorded_at=seance.recorded_at,
    )
