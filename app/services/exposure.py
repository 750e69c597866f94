"""How often each screen was asked lately: what most people see is soon told from one to the next."""

from __future__ import annotations

from app.store import diagnostic_queries
from app.store.models import DiagnosticSitting

LATELY = 50
"""Diagnostics looked back on."""
FEWEST = 10
"""Diagnostics under which a share says nothing yet."""


def exposure(sitting: DiagnosticSitting) -> dict[str, float]:
    """The share of the structure's latest diagnostics, of the same goal and device, that asked each item.

    Only those that had ended when this one began: it does not change on the way, so that resuming gives the
    same screen.
    """
    count, asked = diagnostic_queries.asked_lately(sitting, LATELY)
    return {item_id: number / count for item_id, number in asked.items()} if count >= FEWEST else {}
