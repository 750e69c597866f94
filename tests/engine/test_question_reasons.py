"""Why each screen was asked."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from strategies import banks_on, graphs
from test_diagnostic import QUESTIONS, RIGHT, SMALL, WRONG, diagnostic

from app.engine.bank import ItemBank
from app.engine.belief import BeliefModel, Prior
from app.engine.diagnostic import Answer, Diagnostic, answer_likelihoods
from app.engine.evidence import Outcome
from app.engine.question_reasons import why_asked
from app.engine.selection import WORTH_SAYING

OUTCOMES = st.sampled_from(list(Outcome))


@settings(max_examples=25)
@given(st.data())
def test_the_parts_add_up_to_what_each_screen_was_worth(data: st.DataObject) -> None:
    graph = data.draw(graphs(6))
    bank = data.draw(banks_on(graph))
    goal = {module: data.draw(st.floats(0.5, 3)) for module in graph.ids}
    asked = Diagnostic(BeliefModel(graph, SMALL), bank, goal)
    answers = [
        Answer(item.id, tuple(data.draw(OUTCOMES) for _ in item.steps))
        for item in data.draw(st.lists(st.sampled_from(bank.items), unique=True, max_size=4))
    ]
    for place, reason in enumerate(why_asked(asked, answers)):
        assert reason is not None
        parts = sum(goal[doubt.module] * doubt.gain for doubt in reason.doubts) / sum(goal.values())
        assert parts == pytest.approx(reason.gain, abs=WORTH_SAYING)
        assert [doubt.gain for doubt in reason.doubts] == sorted(
            (doubt.gain for doubt in reason.doubts), reverse=True
        )
        before = asked.belief(answers[:place])
        for doubt in reason.doubts:
            assert doubt.before == before[doubt.module]
            assert 0 < doubt.share <= 1
        assert reason.opening == (place == 0)


def test_it_is_what_the_diagnostic_weighed_when_it_chose() -> None:
    asked = diagnostic()
    answers: list[Answer] = []
    chosen = []
    for outcome in (RIGHT, WRONG, RIGHT):
        [choice] = asked.next_items(answers)
        chosen.append(choice)
        answers.append(Answer(choice.item.id, (outcome,) * len(choice.item.steps)))
    for choice, reason in zip(chosen, why_asked(asked, answers), strict=True):
        assert reason is not None
        assert reason.gain == pytest.approx(choice.gain)
        assert {d.module: d.gain for d in reason.doubts} == pytest.approx(dict(choice.gain_by_module))
        assert reason.success == pytest.approx(choice.success)


def test_what_is_known_already_is_no_longer_in_doubt() -> None:
    asked = diagnostic()
    told = why_asked(asked, [Answer("b0", (RIGHT,)), Answer("b1", (RIGHT,)), Answer("b2", (RIGHT,))])
    shares = [next(d.gain for d in reason.doubts if d.module == "b") for reason in told if reason]
    assert shares == sorted(shares, reverse=True)


def test_whoever_came_before_has_no_opening() -> None:
    earlier = answer_likelihoods(QUESTIONS["a0"], (RIGHT,))
    [reason] = why_asked(diagnostic(), [Answer("b0", (RIGHT,))], earlier=earlier)
    assert reason is not None and not reason.opening


def test_what_is_no_longer_asked_has_no_reason() -> None:
    bank = ItemBank(item for item in QUESTIONS.items if item.id != "a0")
    asked = Diagnostic(BeliefModel(diagnostic().model.graph, Prior()), bank, {})
    gone, kept = why_asked(asked, [Answer("a0", (RIGHT,)), Answer("a1", (RIGHT,))])
    assert gone is None and kept is not None
