"""The plan: what always holds, and what it says to a few people."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.autonomy import Autonomy, follow_all
from app.engine.evidence import Evidence, Help, Source
from app.engine.graph import Module, ModuleGraph
from app.engine.planner import SENTENCES, Code, Plan, PlanRequest, PlanSettings, PlanStep, StepKind, plan

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def chain_graph() -> ModuleGraph:
    """souris → clavier → mail.lire → mail.repondre → mail.joindre; mot_de_passe beside, joins at repondre."""
    return ModuleGraph(
        [
            Module("souris", "materiel"),
            Module("clavier", "materiel", ("souris",)),
            Module("lire", "mail", ("souris",)),
            Module("mot_de_passe", "securite", ("clavier",)),
            Module("repondre", "mail", ("lire", "clavier")),
            Module("joindre", "mail", ("repondre", "mot_de_passe"), minutes=35),
        ]
    )


def believing(graph: ModuleGraph, p: float, **others: float) -> dict[str, float]:
    return {module: others.get(module, p) for module in graph.ids}


def worked(helps: Mapping[str, list[str]], day: float = 0.0) -> dict[str, Autonomy]:
    evidence = [
        Evidence(f"{module}{i}", module, Source.PRACTICE, START + timedelta(days=7 * i), help=Help(help))
        for module, given in helps.items()
        for i, help in enumerate(given)
    ]
    last = max((fact.occurred_at for fact in evidence), default=START)
    return follow_all(evidence, last + timedelta(days=day))


@st.composite
def situations(draw: st.DrawFn) -> tuple[ModuleGraph, dict[str, float], dict[str, Autonomy], PlanRequest]:
    count = draw(st.integers(1, 14))
    names = [f"m{i:02d}" for i in range(count)]
    modules = [
        Module(
            name,
            "d",
            tuple(draw(st.lists(st.sampled_from(names[:i]), max_size=3, unique=True))) if i else (),
            minutes=draw(st.integers(5, 90)),
        )
        for i, name in enumerate(names)
    ]
    belief = {name: draw(st.floats(0, 1)) for name in names}
    helps = st.lists(st.sampled_from([str(h) for h in Help]), min_size=1, max_size=4)
    followed = worked(
        draw(st.dictionaries(st.sampled_from(names), helps, max_size=4)), draw(st.integers(0, 500))
    )
    some = st.lists(st.sampled_from([*names, "inconnu"]), max_size=3, unique=True)
    request = PlanRequest(
        targets=tuple(draw(some)),
        session_minutes=draw(st.integers(10, 180)),
        new_per_session=draw(st.integers(1, 3)),
        pinned=tuple(draw(some)),
        skipped=frozenset(draw(some)),
    )
    return ModuleGraph(modules), belief, followed, request


Situation = tuple[ModuleGraph, dict[str, float], dict[str, Autonomy], PlanRequest]


# What always holds


@settings(deadline=None, max_examples=50)
@given(situations())
def test_prerequisites_always_come_before(situation: Situation) -> None:
    graph, request = situation[0], situation[3]
    made = plan(*situation)
    order = [step.module for step in made.trail]
    for i, module in enumerate(order):
        for ancestor in graph.ancestors(module):
            settled = {*made.acquired, *made.bypassed, *request.skipped}
            assert ancestor in order[:i] or ancestor in settled


@settings(deadline=None, max_examples=50)
@given(situations())
def test_every_needed_module_is_planned_acquired_or_skipped(situation: Situation) -> None:
    graph, _, _, request = situation
    made = plan(*situation)
    planned = {step.module for step in made.steps}
    wanted = set(graph.closure((*request.targets, *request.pinned)))
    parts = [planned, set(made.acquired), set(made.skipped), set(made.bypassed)]
    assert set().union(*parts) == wanted
    assert sum(map(len, parts)) == len(wanted)
    for target in set(request.targets) & set(graph.ids):
        assert target not in made.bypassed
    assert set(made.skipped) == wanted & request.skipped


@settings(deadline=None, max_examples=50)
@given(situations())
def test_sessions_keep_their_minutes_and_their_new_things(situation: Situation) -> None:
    request = situation[3]
    for session in plan(*situation).sessions:
        assert session.steps
        assert session.minutes == sum(step.minutes for step in session.steps)
        assert session.minutes <= request.session_minutes or len(session.steps) == 1
        new = [step for step in session.steps if step.kind is StepKind.DISCOVER]
        assert len(new) <= request.new_per_session
        modules = [step.module for step in session.steps]
        assert max(map(modules.count, modules)) <= PlanSettings().steps_per_session


@settings(deadline=None, max_examples=50)
@given(situations())
def test_every_step_and_warning_has_a_documented_reason(situation: Situation) -> None:
    made = plan(*situation)
    for reason in (*(step.reason for step in made.steps), *made.warnings):
        assert Code(reason.code) in SENTENCES
    forecast = made.forecast
    assert 0 <= forecast.low <= forecast.high
    assert (forecast.high == 0) == made.reached


@settings(deadline=None, max_examples=50)
@given(situations())
def test_the_same_input_gives_the_same_plan(situation: Situation) -> None:
    graph, belief, followed, request = situation
    again = ModuleGraph(reversed(graph.modules))
    assert plan(graph, belief, followed, request) == plan(
        again, dict(reversed(belief.items())), followed, request
    )


def test_settings_that_allow_no_check_end_too() -> None:
    graph = chain_graph()
    allowing_none = PlanSettings(verify_per_session=0)
    made = plan(graph, believing(graph, 0.6), {}, PlanRequest(("joindre",)), allowing_none)
    assert made.steps == ()


def test_every_code_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Code)


# Four people


def kinds(made: Plan) -> list[tuple[str, StepKind]]:
    return [(step.module, step.kind) for step in made.trail]


def test_everything_mastered_is_a_goal_reached() -> None:
    graph = chain_graph()
    made = plan(graph, believing(graph, 0.97), {}, PlanRequest(("joindre",)))
    assert made.reached and made.sessions == () and made.steps == ()
    assert made.acquired == graph.ids
    assert (made.forecast.low, made.forecast.high) == (0, 0)


def test_nothing_mastered_starts_with_what_needs_nothing() -> None:
    graph = chain_graph()
    made = plan(graph, believing(graph, 0.02), {}, PlanRequest(("joindre",)))
    assert {kind for _, kind in kinds(made)} == {StepKind.DISCOVER}
    assert made.steps[0].module == "souris"
    assert made.steps[0].reason.code == Code.NEEDED_FOR
    assert made.steps[0].reason.modules[-1] == "joindre"
    assert made.acquired == ()


def test_half_mastered_goes_on_from_there() -> None:
    graph = chain_graph()
    belief = believing(graph, 0.05, souris=0.99, clavier=0.95, lire=0.9)
    made = plan(graph, belief, {}, PlanRequest(("joindre",)))
    assert made.acquired == ("souris", "clavier", "lire")
    repondre = next(step for step in made.steps if step.module == "repondre")
    assert repondre.reason.code == Code.PREREQUISITES_MASTERED
    assert set(repondre.reason.modules) == {"lire", "clavier"}
    joindre = next(step for step in made.steps if step.module == "joindre")
    assert joindre.reason.code == Code.PREREQUISITES_BEFORE


def test_no_evidence_at_all_still_gives_a_path() -> None:
    graph = chain_graph()
    made = plan(graph, believing(graph, 0.3), {}, PlanRequest(("repondre",)))
    assert next(step.module for step in made.trail) == "souris"
    assert made.forecast.low >= 1


def test_no_target_is_an_empty_plan() -> None:
    graph = chain_graph()
    assert plan(graph, believing(graph, 0.3), {}, PlanRequest(())).reached


# What it does with doubt, help, time and the conseiller's wishes


def almost_there(graph: ModuleGraph, **others: float) -> dict[str, float]:
    """All is mastered but the goal and what comes just before."""
    return believing(graph, 0.97, **{"repondre": 0.1, "joindre": 0.1, **others})


def of(made: Plan, module: str) -> list[PlanStep]:
    return [step for step in made.steps if step.module == module]


def test_a_doubtful_module_is_verified_in_a_few_minutes() -> None:
    graph = chain_graph()
    made = plan(graph, almost_there(graph, clavier=0.6), {}, PlanRequest(("joindre",)))
    (step,) = of(made, "clavier")
    assert (step.kind, step.reason.code) == (StepKind.VERIFY, Code.VERIFY)
    assert step.minutes <= 5
    assert step.reason.numbers["probability"] == 0.6


def test_what_was_done_with_help_is_practised_not_taught_again() -> None:
    graph = chain_graph()
    followed = worked({"clavier": ["accompagne", "guide"]})
    made = plan(graph, almost_there(graph, clavier=0.2), followed, PlanRequest(("joindre",)))
    steps = of(made, "clavier")
    assert {step.kind for step in steps} == {StepKind.PRACTISE}
    assert steps[0].reason.code == Code.PRACTISE
    assert steps[0].reason.numbers["times"] == 2
    assert all(step.reason.code == Code.CONSOLIDATE for step in steps[1:])


def test_what_was_done_for_them_is_still_to_be_discovered() -> None:
    graph = chain_graph()
    followed = worked({"clavier": ["fait_pour", "fait_pour", "fait_pour"]})
    made = plan(graph, almost_there(graph, clavier=0.2), followed, PlanRequest(("joindre",)))
    assert of(made, "clavier")[0].kind is StepKind.DISCOVER


def test_what_is_being_forgotten_is_reviewed() -> None:
    graph = chain_graph()
    helps = {"lire": ["guide", "seul", "seul"]}
    fresh, old = worked(helps), worked(helps, day=300)
    made = plan(graph, almost_there(graph, lire=0.75), old, PlanRequest(("joindre",)))
    assert [(step.kind, step.reason.code) for step in of(made, "lire")] == [(StepKind.REVIEW, Code.REVIEW)]
    assert "lire" in plan(graph, almost_there(graph), fresh, PlanRequest(("joindre",))).acquired


def test_a_pinned_module_comes_first_with_what_it_needs() -> None:
    graph = chain_graph()
    belief = believing(graph, 0.02, souris=0.99)
    made = plan(graph, belief, {}, PlanRequest(("lire",), pinned=("mot_de_passe",)))
    order = [step.module for step in made.trail]
    assert order == ["clavier", "mot_de_passe", "lire"] or order.index("clavier") < order.index(
        "mot_de_passe"
    )
    pinned = next(step for step in made.steps if step.module == "mot_de_passe")
    assert pinned.reason.code == Code.PINNED
    assert any(
        w.code == Code.PINNED_NEEDS and w.modules == ("mot_de_passe", "clavier") for w in made.warnings
    )


def test_a_skipped_prerequisite_is_left_out_with_a_warning() -> None:
    graph = chain_graph()
    request = PlanRequest(("repondre",), skipped=frozenset({"lire"}))
    made = plan(graph, believing(graph, 0.02), {}, request)
    assert "lire" not in [step.module for step in made.steps]
    assert made.skipped == ("lire",)
    assert any(
        w.code == Code.PREREQUISITE_SKIPPED and w.modules == ("repondre", "lire") for w in made.warnings
    )


def test_what_was_learnt_on_the_way_to_a_mastered_module_is_let_be() -> None:
    graph = chain_graph()
    belief = believing(graph, 0.97, clavier=0.3, repondre=0.9, mot_de_passe=0.9, joindre=0.1)
    made = plan(graph, belief, {}, PlanRequest(("joindre",)))
    assert [step.module for step in made.trail] == ["joindre"]
    assert made.bypassed == ("clavier",)


def test_a_module_longer_than_the_session_has_one_to_itself() -> None:
    graph = chain_graph()
    belief = believing(graph, 0.97, joindre=0.02)
    made = plan(graph, belief, {}, PlanRequest(("joindre",), session_minutes=30))
    assert made.sessions[0].minutes == 35 and len(made.sessions[0].steps) == 1
    assert any(w.code == Code.LONGER_THAN_SESSION for w in made.warnings)


def test_a_target_that_is_gone_is_said_and_the_rest_goes_on() -> None:
    graph = chain_graph()
    made = plan(graph, believing(graph, 0.02), {}, PlanRequest(("souris", "disparu")))
    assert [step.module for step in made.trail] == ["souris"]
    assert made.warnings[0].code == Code.UNKNOWN_MODULE


def test_the_first_step_is_the_likeliest_success() -> None:
    graph = chain_graph()
    belief = believing(graph, 0.97, clavier=0.5, mot_de_passe=0.1, lire=0.75, repondre=0.1, joindre=0.05)
    made = plan(graph, belief, {}, PlanRequest(("joindre",)))
    assert made.steps[0].module == "lire"


def test_the_nearest_target_is_finished_first() -> None:
    graph = chain_graph()
    belief = believing(graph, 0.05, souris=0.99)
    made = plan(graph, belief, {}, PlanRequest(("joindre", "lire")))
    assert made.steps[0].module == "lire"


def test_bad_sessions_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        PlanRequest(("a",), session_minutes=0)
