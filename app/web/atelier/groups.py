"""Level groups proposed from what is known of people: nothing is kept, the address says it all."""

from __future__ import annotations

from flask import render_template, request

from app.content.models import Goal
from app.services.clock import now
from app.services.engines import current_engines
from app.services.group_candidates import candidates
from app.services.level_groups import GroupsError, Proposal, propose
from app.store.models import Structure
from app.web.access import Access, current_structure, open_to
from app.web.atelier.groups_form import OWN_GOAL, GroupsForm
from app.web.atelier.pages import blueprint


@blueprint.get("/groupes")
@open_to(Access.CONSEILLER)
def groups() -> str:
    structure, asked = current_structure(), request.args
    goal_id = asked.get("but", "")
    goal = current_engines().content.find_goal(goal_id)
    wants_groups = "taille" in asked
    form = GroupsForm(structure, asked if wants_groups else None)
    there = candidates(structure, goal.id if goal else "", form.people_ids)
    form.show(there.known)
    proposal, problem = _proposed(structure, form, goal) if wants_groups else (None, "")
    return render_template(
        "atelier/groups.html",
        form=form,
        goal=goal,
        goal_is_gone=bool(goal_id) and goal is None,
        goals=current_engines().content.goals.values(),
        there=there,
        proposal=proposal,
        problem=problem,
    )


def _proposed(structure: Structure, form: GroupsForm, goal: Goal | None) -> tuple[Proposal | None, str]:
    """The groups asked for, or what to change first."""
    if not form.validate():
        return None, "Complétez ce qui manque."
    try:
        proposal = propose(
            structure,
            usager_ids=form.people_ids,
            device=form.appareil.data,
            largest=int(form.taille.data),
            goal=goal,
            now=now(),
            own_only=form.apprendre.data == OWN_GOAL,
        )
    except GroupsError as error:
        return None, str(error)
    return proposal, ""
