"""The diagnostic made for a goal reasons on less than the whole graph, and says the same."""

from __future__ import annotations

import numpy as np
import pytest

from app.content.models import DEVICES
from app.engine.belief import Prior
from app.engine.diagnostic import Answer, answer_likelihoods
from app.engine.evidence import Likelihood, Outcome
from app.services.engine_figures import engine_figures
from app.services.engines import Engines, current_engines


@pytest.mark.parametrize("device", ["ordinateur", "telephone", "tablette"])
@pytest.mark.parametrize("goal", ["demarches-en-ligne", "e-sante", "me-proteger"])
def test_leaving_out_what_changes_nothing_changes_nothing(app, goal, device):
    engines = current_engines()
    earlier = [Likelihood("ordinateur.souris", 0.9, 0.2)]
    small = engines.diagnostic(goal, device)
    assert len(small.model.graph) < len(engines.graph(device))
    answers = []
    for n in range(6):
        [choice] = small.next_items(answers, earlier=earlier)
        outcomes = [
            Outcome.SUCCESS if (n + k) % 2 else Outcome.FAILURE for k in range(len(choice.item.steps))
        ]
        answers.append(Answer(choice.item.id, tuple(outcomes)))
    belief = small.belief(answers, earlier=earlier)
    found = [pair for a in answers for pair in answer_likelihoods(small.bank[a.item_id], a.outcomes)]
    whole = engines.model(device).posterior([*earlier, *found])
    for module in small.model.graph.ids:
        assert np.isclose(belief[module], whole[module], atol=1e-9)


def test_a_refitted_prior_is_what_people_are_believed_to_be(app):
    engines = current_engines()
    refitted = Engines(engines.content, Prior(difficulties={"ordinateur.souris": 4.0}))
    for model in (refitted.model("ordinateur"), refitted.diagnostic("me-proteger", "ordinateur").model):
        assert (
            model.posterior()["ordinateur.souris"]
            < engines.model("ordinateur").posterior()["ordinateur.souris"]
        )


def test_the_engine_says_whether_it_is_exact_and_how_long_it_takes(app):
    figures = engine_figures(current_engines().content)
    assert [of.device for of in figures] == list(DEVICES)
    for of in figures:
        assert of.is_exact
        assert of.milliseconds > 0
        assert "croyance exacte" in str(of)
        assert of.modules == len(current_engines().graph(of.device))
