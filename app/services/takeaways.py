"""What to keep in mind from a diagnostic: each question with its explanation, never a mark."""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.evidence import Outcome
from app.services.engines import current_engines
from app.store import queries
from app.store.models import DiagnosticSitting


@dataclass(frozen=True)
class Takeaway:
    """A question, and what there is to say after the answer given; ``done`` when it was answered rightly."""

    consigne: str
    icon: str
    done: bool
    text: str


def takeaways(sitting: DiagnosticSitting) -> list[Takeaway]:
    """One for each step that was answered, in the order asked; questions gone since are left out."""
    content = current_engines().content
    told = []
    for row in queries.standing(queries.evidence_of_sitting(sitting)):
        item = content.find_item(row.item_id or "")
        if item is None or row.step >= len(item.steps) or row.outcome == Outcome.NOT_SEEN:
            continue
        step = item.steps[row.step]
        done = row.outcome == Outcome.SUCCESS
        text = step.task.feedback_right if done else step.judge(row.response).feedback or step.show
        module = content.find_module(step.module)
        icon = module.icon if module else "help-circle"
        told.append(Takeaway(step.consigne, icon, done, text or step.show))
    return told
