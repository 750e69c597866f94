"""Derive again, from the evidence, what Today keeps of each person."""

from __future__ import annotations

from app.services import attention
from app.services.clock import now
from app.store import summaries


def rebuild() -> str:
    """Derive every summary of every structure; the sentence that says so."""
    total = sum(attention.rebuild(id_, now()) for id_ in summaries.structure_ids())
    return f"{total} personne(s) : c’est recalculé."
