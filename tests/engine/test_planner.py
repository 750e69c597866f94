"""The plan: what always holds, and what it says to a few people."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.autonomy import Autonomy, follow_all
from app.engine.belief import BeliefModel, Prior
from app.engine.evidence import Evidence, Help, Likelihood, Source
from app.engine.graph import Module, ModuleGraph
from app.engine.needs import CHECKS
from app.engine.planner import (
    SENTENCES,
    Code,
    Move,
    Plan,
    PlanRequest,
    PlanSettings,
    PlanStep,
    StepKind,
    plan,
)

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


def moves_among(names: list[str]) -> st.SearchStrategy[Move]:
    return st.builds(Move, st.sampled_from(names), st.sampled_from(names), st.booleans())


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
        added=tuple(draw(some)),
        moves=tuple(draw(st.lists(moves_among([*names, "inconnu"]), max_size=4))),
        set_aside=draw(st.dictionaries(st.sampled_from(names), st.integers(0, 9), max_size=3)),
        again=frozenset(draw(some)),
    )
    return ModuleGraph(modules), belief, followed, request


Situation = tuple[ModuleGraph, dict[str, float], dict[str, Autonomy], PlanRequest]


def asked_for(graph: ModuleGraph, request: PlanRequest) -> set[str]:
    """What the goal and the pins need, and what was added."""
    needed = graph.closure((*request.targets, *request.pinned))
    return {*needed, *(module for module in request.added if module in graph)}


# What always holds


@settings(max_examples=50)
@given(situations())
def test_prerequisites_always_come_before(situation: Situation) -> None:
    graph, request = situation[0], situation[3]
    made = plan(*situation)
    # A check may come at any time: what was mastered, or looks it, keeps nothing waiting.
    only_checked = {step.module for step in made.trail if step.kind in CHECKS}
    order = [step.module for step in made.trail if step.kind not in CHECKS]
    for i, module in enumerate(order):
        for ancestor in graph.ancestors(module):
            settled = {*made.acquired, *made.bypassed, *request.skipped, *only_checked}
            nobody_asked_for_it = set(graph.ids) - set(asked_for(graph, request))
            assert ancestor in order[:i] or ancestor in settled or ancestor in nobody_asked_for_it


@settings(max_examples=50)
@given(situations())
def test_every_needed_module_is_planned_acquired_or_skipped(situation: Situation) -> None:
    graph, _, _, request = situation
    made = plan(*situation)
    planned = {step.module for step in made.steps}
    wanted = asked_for(graph, request)
    parts = [planned, set(made.acquired), set(made.skipped), set(made.bypassed)]
    assert set().union(*parts) == wanted
    assert sum(map(len, parts)) == len(wanted)
    for target in set(request.targets) & set(graph.ids):
        assert target not in made.bypassed
    assert set(made.skipped) == wanted & request.skipped


@settings(max_examples=50)
@given(situations())
def test_sessions_keep_their_minutes_and_their_new_things(situation: Situation) -> None:
    request = situation[3]
    for session in plan(*situation).sessions:
        assert session.steps
        assert session.minutes == sum(step.minutes for step in session.steps)
        assert session.minutes <= request.session_minutes or len(session.steps) == 1
        new = [step for step in session.steps if step.kind is StepKind.DISCOVER]
        assert len(new) <= request.new_per_session
        checks = [step for step in session.steps if step.kind in CHECKS]
        assert len(checks) <= PlanSettings().verify_per_session
        modules = [step.module for step in session.steps]
        assert max(map(modules.count, modules)) <= PlanSettings().steps_per_session


@settings(max_examples=50)
@given(situations())
def test_every_step_and_warning_has_a_documented_reason(situation: Situation) -> None:
    made = plan(*situation)
    for reason in (*(step.reason for step in made.steps), *made.warnings):
        assert Code(reason.code) in SENTENCES
    forecast = made.forecast
    assert 0 <= forecast.low <= forecast.high
    assert (forecast.high == 0) == made.reached


@settings(max_examples=50)
@given(situations())
def test_what_makes_the_forecast_long_adds_up_to_it(situation: Situation) -> None:
    made = plan(*situation)
    forecast = made.forecast
    assert forecast.planned == len(made.sessions)
    assert forecast.planned + forecast.failed_checks + forecast.delays == pytest.approx(forecast.sessions)
    assert sum(share.sessions for share in forecast.shares) == pytest.approx(forecast.sessions)
    assert sum(share.minutes for share in forecast.shares) == forecast.minutes
    assert sum(minutes for _, minutes in forecast.minutes_by_kind) == forecast.minutes
    assert {share.module for share in forecast.shares} <= {step.module for step in made.steps}
    sizes = [share.sessions for share in forecast.shares]
    assert sizes == sorted(sizes, reverse=True)
    assert forecast.delays >= 0


@settings(max_examples=50)
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
    belief = believing(graph, 0.05, souris=0.99, clavier=0.97, lire=0.97)
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


def test_the_time_of_a_session_is_used_even_when_one_thing_is_left() -> None:
    graph = chain_graph()
    made = plan(
        graph,
        believing(graph, 0.95, joindre=0.1),
        worked({"joindre": ["guide"]}),
        PlanRequest(("joindre",), 75),
    )
    first = made.sessions[0]
    assert [step.module for step in first.steps] == ["joindre"] * 3
    assert {step.kind for step in first.steps} == {StepKind.PRACTISE}


@pytest.mark.parametrize("unsure", ["un", "deux"])
def test_what_is_practised_twice_in_a_session_is_the_least_sure(unsure: str) -> None:
    graph = ModuleGraph([Module(name, "d", minutes=25) for name in ("un", "deux")])
    followed = worked({name: ["accompagne", "guide"] for name in graph.ids})
    belief = {name: 0.05 if name == unsure else 0.2 for name in graph.ids}
    session = plan(graph, belief, followed, PlanRequest(graph.ids, 45)).sessions[0]
    assert sorted(step.module for step in session.steps[:2]) == ["deux", "un"]
    assert [step.module for step in session.steps[2:]] == [unsure]


def test_a_check_is_followed_by_practice_where_time_is_left() -> None:
    """Nobody comes for three minutes; of what is sure there is nothing more to practise."""
    graph = chain_graph()
    made = plan(graph, believing(graph, 0.95, joindre=0.5), {}, PlanRequest(("joindre",), 60))
    [session] = made.sessions
    assert [step.kind for step in session.steps] == [StepKind.VERIFY, StepKind.PRACTISE, StepKind.PRACTISE]
    assert {step.module for step in session.steps} == {"joindre"}
    assert session.minutes <= 60


def one_to_check_and_two_to_practise(session_minutes: int) -> Plan:
    """Practice takes 15 minutes, a check 3."""
    graph = ModuleGraph([Module(name, "d", minutes=25) for name in ("doute", "un", "deux")])
    followed = worked({name: ["accompagne", "guide"] for name in graph.ids})
    belief = {"doute": 0.3, "un": 0.1, "deux": 0.1}
    return plan(graph, belief, followed, PlanRequest(("doute", "un", "deux"), session_minutes))


def test_a_check_does_not_take_the_place_of_practice_that_is_worth_more() -> None:
    full, with_a_gap = one_to_check_and_two_to_practise(60), one_to_check_and_two_to_practise(64)
    assert [step.kind for step in full.sessions[0].steps] == [StepKind.PRACTISE] * 4
    assert "doute" in {step.module for step in full.steps}
    assert with_a_gap.sessions[0].steps[0].kind is StepKind.VERIFY
    assert with_a_gap.sessions[0].minutes == 63


def test_checks_that_may_spare_a_lesson_come_before_practice() -> None:
    graph = ModuleGraph([Module(name, "d", minutes=25) for name in ("a", "b", "c", "d")])
    belief = {"a": 0.6, "b": 0.6, "c": 0.6, "d": 0.1}
    made = plan(graph, belief, worked({"d": ["accompagne", "guide"]}), PlanRequest(graph.ids, 45))
    assert [step.module for step in made.sessions[0].steps if step.kind is StepKind.VERIFY] == ["a", "b", "c"]


@pytest.mark.parametrize(("probability", "checked"), [(0.85, True), (0.99, False)])
def test_time_that_is_left_checks_what_counts_as_mastered_and_is_not_sure(
    probability: float, checked: bool
) -> None:
    graph = ModuleGraph([Module("presque", "d"), Module("nouveau", "d", minutes=25)])
    belief = {"presque": probability, "nouveau": 0.05}
    made = plan(graph, belief, {}, PlanRequest(("presque", "nouveau"), 60))
    assert ("presque" in {step.module for step in made.sessions[0].steps}) == checked
    assert ("presque" in made.acquired) != checked
    # Of a goal that is reached nothing is left to do.
    assert plan(graph, belief, {}, PlanRequest(("presque",), 60)).reached


def test_a_wish_about_what_is_not_sure_keeps_it_in_the_plan() -> None:
    graph = ModuleGraph([Module("presque", "d"), Module("nouveau", "d", minutes=25)])
    belief = {"presque": 0.85, "nouveau": 0.05}
    later = PlanRequest(("presque", "nouveau"), 60, set_aside={"presque": 1})
    assert [step.module for step in plan(graph, belief, {}, later).trail] == ["nouveau", "presque"]
    after = PlanRequest(("presque", "nouveau"), 60, moves=(Move("presque", "nouveau", earlier=False),))
    assert [step.module for step in plan(graph, belief, {}, after).trail] == ["nouveau", "presque"]


def test_a_review_keeps_nothing_waiting() -> None:
    graph = ModuleGraph([Module("su", "d"), Module("suite", "d", ("su",), minutes=25)])
    followed = worked({"su": ["guide", "seul", "seul"]}, day=300)
    made = plan(graph, {"su": 0.75, "suite": 0.05}, followed, PlanRequest(("suite",), 25))
    assert [step.module for step in made.sessions[0].steps] == ["suite"]
    assert StepKind.REVIEW in {step.kind for step in of(made, "su")}


def test_what_keeps_nothing_waiting_still_comes_after_what_it_needs() -> None:
    names = ("base", "milieu", "suite")
    graph = ModuleGraph([Module(n, "d", names[i - 1 : i], minutes=25) for i, n in enumerate(names)])
    belief = {"base": 0.05, "milieu": 0.75, "suite": 0.05}
    followed = worked({"milieu": ["guide", "seul", "seul"]}, day=300)
    made = plan(graph, belief, followed, PlanRequest(("base",), 30, pinned=("suite",)))
    steps = [step.module for step in made.steps]
    assert steps[: steps.index("suite")].count("base") > 1


def test_what_is_only_to_be_reviewed_does_not_call_for_what_it_was_learnt_from() -> None:
    graph = chain_graph()
    followed = worked({"repondre": ["guide", "seul", "seul"]}, day=300)
    belief = believing(graph, 0.97, lire=0.1, repondre=0.75)
    made = plan(graph, belief, followed, PlanRequest(("repondre",)))
    assert kinds(made) == [("repondre", StepKind.REVIEW)]
    assert made.bypassed == ("lire",)


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


def test_what_is_being_forgotten_looks_no_shorter_once_it_is_due_for_review() -> None:
    graph = ModuleGraph([Module("su", "d", minutes=30)])
    retrieved = {"su": ["accompagne", "guide", "seul"]}
    soon, later = (
        plan(graph, {"su": 0.6}, worked(retrieved, day=day), PlanRequest(("su",), 30)) for day in (3, 300)
    )
    assert kinds(soon) == [("su", StepKind.VERIFY)] and kinds(later) == [("su", StepKind.REVIEW)]
    assert later.forecast.sessions >= soon.forecast.sessions
    assert later.forecast.failed_checks > 0


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


@pytest.mark.parametrize("session_minutes", [30, 60])
def test_checks_do_not_take_the_place_of_what_is_pinned(session_minutes: int) -> None:
    doubtful = [Module(f"doute{i}", "d", minutes=40) for i in range(4)]
    graph = ModuleGraph([*doubtful, Module("voulu", "d", minutes=40)])
    belief = {module.id: 0.7 for module in doubtful} | {"voulu": 0.05}
    request = PlanRequest(graph.ids, session_minutes, pinned=("voulu",))
    assert "voulu" in {step.module for step in plan(graph, belief, {}, request).sessions[0].steps}


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
    belief = believing(graph, 0.97, clavier=0.3, repondre=0.97, mot_de_passe=0.97, joindre=0.1)
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


# What a conseiller wishes about the order


def beside(*names: str) -> ModuleGraph:
    """Modules that need nothing, so that any order is possible."""
    return ModuleGraph([Module(name, "d", minutes=30) for name in names])


def order_of(made: Plan) -> list[str]:
    return [step.module for step in made.trail]


def test_what_is_pinned_comes_in_the_order_of_the_pins() -> None:
    graph = beside("a", "b", "c", "d")
    made = plan(graph, believing(graph, 0.05), {}, PlanRequest(("a", "b", "c", "d"), pinned=("d", "b")))
    assert order_of(made) == ["d", "b", "a", "c"]


def test_what_a_pinned_module_needs_comes_before_all_else() -> None:
    graph = chain_graph()
    made = plan(graph, believing(graph, 0.02), {}, PlanRequest(("lire",), pinned=("mot_de_passe",)))
    assert order_of(made)[:2] == ["souris", "clavier"]
    without = plan(graph, believing(graph, 0.02), {}, PlanRequest(("lire", "mot_de_passe")))
    assert order_of(without)[:2] == ["souris", "lire"]


@pytest.mark.parametrize(
    ("moves", "order"),
    [
        ((Move("c", "b", earlier=True),), ["a", "c", "b", "d"]),
        ((Move("a", "b", earlier=False),), ["b", "a", "c", "d"]),
        ((Move("d", "a", earlier=True),), ["d", "a", "b", "c"]),
        ((Move("c", "b", earlier=True), Move("c", "a", earlier=True)), ["c", "a", "b", "d"]),
        ((Move("c", "b", earlier=True), Move("b", "c", earlier=True)), ["a", "b", "c", "d"]),
        ((Move("a", "disparu", earlier=False),), ["a", "b", "c", "d"]),
    ],
)
def test_a_move_changes_the_place_of_one_step(moves: tuple[Move, ...], order: list[str]) -> None:
    graph = beside("a", "b", "c", "d")
    made = plan(graph, believing(graph, 0.05), {}, PlanRequest(("a", "b", "c", "d"), moves=moves))
    assert order_of(made) == order
    moved = {step.module for step in made.trail if step.reason.code == Code.MOVED}
    assert moved <= {move.module for move in moves}
    assert bool(moved) == (moves[-1].other in graph)


def test_a_move_against_a_prerequisite_changes_nothing() -> None:
    graph = chain_graph()
    belief = believing(graph, 0.02)
    as_it_was = plan(graph, belief, {}, PlanRequest(("repondre",)))
    wished = plan(
        graph, belief, {}, PlanRequest(("repondre",), moves=(Move("repondre", "souris", earlier=True),))
    )
    assert wished == as_it_was


def test_what_is_set_aside_waits_and_what_needs_it_too() -> None:
    graph = chain_graph()
    belief = believing(graph, 0.97, clavier=0.05, lire=0.05, repondre=0.05)
    made = plan(graph, belief, {}, PlanRequest(("repondre",), set_aside={"clavier": 3}))
    first_seen = {
        module: number
        for number, session in reversed(list(enumerate(made.sessions)))
        for module in (step.module for step in session.steps)
    }
    assert first_seen["lire"] == 0
    assert first_seen["clavier"] >= 1
    assert first_seen["repondre"] >= first_seen["clavier"]
    assert of(made, "clavier")[0].reason.code == Code.SET_ASIDE


def test_what_is_set_aside_is_still_counted() -> None:
    graph = chain_graph()
    belief = believing(graph, 0.05)
    with_all = plan(graph, belief, {}, PlanRequest(("repondre",)))
    waiting = plan(graph, belief, {}, PlanRequest(("repondre",), set_aside=dict.fromkeys(graph.ids, 5)))
    assert {step.module for step in waiting.steps} == {step.module for step in with_all.steps}
    assert waiting.forecast.minutes == with_all.forecast.minutes


def test_what_is_added_comes_alone_with_a_warning_and_is_optional() -> None:
    graph = chain_graph()
    belief = believing(graph, 0.05, souris=0.97)
    made = plan(graph, belief, {}, PlanRequest(("lire",), added=("mot_de_passe",)))
    assert set(order_of(made)) == {"lire", "mot_de_passe"}
    assert made.optional == ("mot_de_passe",)
    assert of(made, "mot_de_passe")[0].reason.code == Code.ADDED
    assert [w.modules for w in made.warnings if w.code == Code.PREREQUISITE_MISSING] == [
        ("mot_de_passe", "clavier")
    ]


def test_adding_what_is_missing_ends_the_warning() -> None:
    graph = chain_graph()
    belief = believing(graph, 0.05, souris=0.97)
    made = plan(graph, belief, {}, PlanRequest(("lire",), added=("mot_de_passe", "clavier")))
    assert made.warnings == ()
    assert order_of(made).index("clavier") < order_of(made).index("mot_de_passe")


def test_nothing_is_optional_where_the_goal_needs_it() -> None:
    graph = chain_graph()
    made = plan(graph, believing(graph, 0.05), {}, PlanRequest(("joindre",), added=("lire",)))
    assert made.optional == ()


def test_what_is_asked_for_again_is_reviewed_even_where_it_is_mastered() -> None:
    graph = chain_graph()
    belief = believing(graph, 0.97)
    made = plan(graph, belief, {}, PlanRequest(("lire",), pinned=("clavier",), again=frozenset({"clavier"})))
    assert kinds(made) == [("clavier", StepKind.REVIEW)]
    assert plan(graph, belief, {}, PlanRequest(("lire",), pinned=("clavier",))).reached


def test_the_first_thing_taught_is_what_the_person_is_the_likeliest_to_be_ready_for() -> None:
    modules = [Module("avant", "d"), Module("apres", "d", ("avant",)), Module("autre", "e")]
    graph = ModuleGraph(modules)
    belief = {"avant": 0.2, "apres": 0.1, "autre": 0.02}
    request = PlanRequest(("apres", "autre"))
    assert plan(graph, belief, {}, request).steps[0].module == "autre"
    # Once something was worked on, the goal's order decides.
    begun = worked({"avant": ["accompagne"]})
    taught = [s for s in plan(graph, belief, begun, request).steps if s.kind is StepKind.DISCOVER]
    assert [step.module for step in taught] == [
        step.module
        for step in plan(graph, belief | {"autre": 0.15}, begun, request).steps
        if step.kind is StepKind.DISCOVER
    ]


def test_the_graph_s_own_chances_say_what_one_is_ready_for() -> None:
    graph = chain_graph()
    model = BeliefModel(graph, Prior(ability_points=4, domain_points=2))
    seen = [
        Likelihood("souris", 0.95, 0.05),
        Likelihood("clavier", 0.2, 0.8),
        Likelihood("lire", 0.05, 0.95),
    ]
    belief = model.posterior(seen * 2)
    made = plan(graph, belief, {}, PlanRequest(("joindre",)))
    taught = next(step for step in made.steps if step.kind is StepKind.DISCOVER)
    assert taught.module == graph.ids[int(belief.readiness.argmax())]
