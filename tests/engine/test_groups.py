"""Level groups and the next module of a group."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.graph import Module, ModuleGraph
from app.engine.group_reasons import group_reasons
from app.engine.groups import GroupingError, level_groups, next_modules

GRAPH = ModuleGraph(
    [
        Module("souris", "a"),
        Module("clavier", "a", ("souris",)),
        Module("lire", "b", ("souris",)),
        Module("repondre", "b", ("lire", "clavier")),
        Module("joindre", "b", ("repondre",)),
    ]
)


def knowing(*modules: str) -> dict[str, float]:
    return {module: 0.95 if module in modules else 0.05 for module in GRAPH.ids}


BEGINNER, MIDDLE = knowing(), knowing("souris", "clavier", "lire")


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def test_people_at_the_same_place_come_together() -> None:
    beliefs = {f"b{i}": BEGINNER for i in range(4)} | {f"m{i}": MIDDLE for i in range(4)}
    made = level_groups(GRAPH, beliefs, (4, 4), rng(), sessions=2)
    assert {group.people for group in made.groups} == {("b0", "b1", "b2", "b3"), ("m0", "m1", "m2", "m3")}
    by_first = {group.people[0][0]: group.modules for group in made.groups}
    assert by_first["b"][0] == "souris"
    assert by_first["m"] == ("repondre", "joindre")


def test_it_beats_sorting_by_level_where_profiles_are_jagged() -> None:
    graph = ModuleGraph([Module(f"{d}{i}", d, (f"{d}{i - 1}",) if i else ()) for d in "xy" for i in range(3)])
    x, y = ({m: 0.95 if m[0] == d else 0.05 for m in graph.ids} for d in "xy")
    beliefs = {f"x{i}": x for i in range(3)} | {f"y{i}": y for i in range(3)}
    made = level_groups(graph, beliefs, (3, 3), rng(), sessions=3)
    assert {group.people for group in made.groups} == {("x0", "x1", "x2"), ("y0", "y1", "y2")}
    assert made.expected > 8


def test_a_group_with_nothing_left_to_learn_is_given_no_module() -> None:
    everything = dict.fromkeys(GRAPH.ids, 1.0)
    made = level_groups(GRAPH, {"a": everything, "b": everything}, (1, 1), rng())
    assert [group.modules for group in made.groups] == [(), ()]
    almost = everything | {"joindre": 0.0}
    assert level_groups(GRAPH, {"a": almost}, (1,), rng(), sessions=1).groups[0].modules == ("joindre",)
    assert group_reasons(GRAPH, {"a": everything, "b": everything}, made)[0].sessions == ()


@settings(max_examples=15)
@given(st.data())
def test_everyone_has_one_seat_and_pairs_are_kept(data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(2, 4), min_size=2, max_size=4))
    people = [f"p{i:02d}" for i in range(sum(sizes))]
    probability = st.floats(0, 1)
    beliefs = {p: {m: data.draw(probability) for m in GRAPH.ids} for p in people}
    made = level_groups(
        GRAPH,
        beliefs,
        sizes,
        rng(),
        together=[(people[0], people[-1])],
        apart=[(people[0], people[1])],
        swaps=50,
    )
    assert sorted(len(group.people) for group in made.groups) == sorted(sizes)
    assert sorted(p for group in made.groups for p in group.people) == people
    assert made.unmet == ()
    seat = {p: g for g, group in enumerate(made.groups) for p in group.people}
    assert seat[people[0]] == seat[people[-1]] != seat[people[1]]
    again = level_groups(
        GRAPH,
        beliefs,
        sizes,
        rng(),
        together=[(people[0], people[-1])],
        apart=[(people[0], people[1])],
        swaps=50,
    )
    assert again == made


def test_what_cannot_be_is_refused() -> None:
    beliefs = dict.fromkeys("abcd", BEGINNER)
    with pytest.raises(GroupingError, match="do not seat"):
        level_groups(GRAPH, beliefs, (2, 3), rng())
    with pytest.raises(GroupingError, match="both together and apart"):
        level_groups(GRAPH, beliefs, (2, 2), rng(), together=[("a", "b")], apart=[("a", "b")])
    with pytest.raises(GroupingError, match="more people"):
        level_groups(GRAPH, beliefs, (2, 2), rng(), together=[("a", "b"), ("b", "c")])


def test_pairs_that_cannot_all_be_kept_are_said() -> None:
    beliefs = dict.fromkeys("abc", BEGINNER)
    made = level_groups(GRAPH, beliefs, (2, 1), rng(), apart=[("a", "b"), ("b", "c"), ("a", "c")])
    assert len(made.unmet) == 1


def test_one_group_and_no_group() -> None:
    assert level_groups(GRAPH, {}, (), rng()).groups == ()
    (group,) = level_groups(GRAPH, {"a": BEGINNER}, (1,), rng()).groups
    assert group.people == ("a",)


def test_the_next_module_says_who_is_bored_and_who_is_lost() -> None:
    beliefs = {f"m{i}": MIDDLE for i in range(3)} | {
        "debut": BEGINNER,
        "avance": knowing("souris", "clavier", "lire", "repondre"),
    }
    best = next_modules(GRAPH, beliefs)[0]
    assert best.module == "repondre"
    assert [seat.person for seat in best.ready] == ["m0", "m1", "m2"]
    assert [(seat.person, seat.instead) for seat in best.lost] == [("debut", "souris")]
    assert [(seat.person, seat.instead) for seat in best.bored] == [("avance", "joindre")]
    assert best.expected == pytest.approx(2.7, abs=0.2)


def test_only_wanted_modules_are_proposed() -> None:
    found = next_modules(GRAPH, {"a": MIDDLE, "b": BEGINNER}, wanted=("souris", "clavier"))
    assert {one.module for one in found} <= {"souris", "clavier"}
    assert next_modules(GRAPH, {}) == ()


def test_nothing_is_proposed_where_all_is_mastered() -> None:
    assert next_modules(GRAPH, {"a": dict.fromkeys(GRAPH.ids, 1.0)}) == ()


def test_a_group_says_what_each_session_and_each_seat_is_for() -> None:
    beliefs = {f"b{i}": BEGINNER for i in range(4)} | {f"m{i}": MIDDLE for i in range(3)}
    made = level_groups(GRAPH, beliefs, (4, 3), rng(), sessions=2)
    reasons = group_reasons(GRAPH, beliefs, made)
    for group, reason in zip(made.groups, reasons, strict=True):
        assert tuple(session.module for session in reason.sessions) == group.modules
        assert tuple(seat.person for seat in reason.seats) == group.people
        assert sum(seat.here for seat in reason.seats) == pytest.approx(group.expected)
        for session in reason.sessions:
            whole = session.ready + session.mastered + session.missing
            assert whole == pytest.approx(len(group.people))
        for seat in reason.seats:
            assert sum(chance for _, chance in seat.learns) == pytest.approx(seat.here)
            assert seat.elsewhere < seat.here
    [first] = [reason.sessions[0] for reason in reasons if reason.sessions[0].module == "souris"]
    assert first.ready == pytest.approx(4 * 0.95)
    assert first.missing == pytest.approx(0)


def test_each_group_learns_what_its_own_people_want() -> None:
    beliefs = {name: knowing("souris") for name in "abcd"}
    wanted = {"a": {"souris", "clavier"}, "c": {"souris", "clavier"}, "b": {"lire"}, "d": {"lire"}}
    made = level_groups(GRAPH, beliefs, (2, 2), rng(), wanted=wanted, sessions=1)
    assert {(group.people, group.modules) for group in made.groups} == {
        (("a", "c"), ("clavier",)),
        (("b", "d"), ("lire",)),
    }
    [best] = next_modules(GRAPH, {name: beliefs[name] for name in "acb"}, wanted=wanted, count=1)
    assert best.module == "clavier"
    assert best.expected == pytest.approx(2 * 0.9)
    assert len(best.ready) == 3


def test_who_does_not_want_a_module_learns_it_and_it_counts_for_nothing() -> None:
    beliefs = {name: knowing("souris") for name in "abc"}
    wanted = {"a": {"clavier"}, "b": {"clavier"}, "c": {"lire"}}
    made = level_groups(GRAPH, beliefs, (3,), rng(), wanted=wanted, sessions=1)
    [reason] = group_reasons(GRAPH, beliefs, made, wanted=wanted)
    assert reason.sessions[0].ready == pytest.approx(3 * 0.9)
    assert [seat.here > 0 for seat in reason.seats] == [True, True, False]
    assert sum(seat.here for seat in reason.seats) == pytest.approx(made.expected)


def test_wanting_the_same_one_by_one_is_wanting_it_together() -> None:
    beliefs = {"a": BEGINNER, "b": MIDDLE, "c": knowing("souris"), "d": MIDDLE}
    of_all = ("souris", "lire", "repondre")
    together = level_groups(GRAPH, beliefs, (2, 2), rng(), wanted=of_all)
    assert level_groups(GRAPH, beliefs, (2, 2), rng(), wanted=dict.fromkeys(beliefs, of_all)) == together
    # Of whom nothing is said, all counts.
    assert level_groups(GRAPH, beliefs, (2, 2), rng(), wanted={"z": ()}) == level_groups(
        GRAPH, beliefs, (2, 2), rng()
    )


def test_someone_alone_in_a_group_has_no_other() -> None:
    made = level_groups(GRAPH, {"a": BEGINNER}, (1,), rng(), sessions=3)
    [reason] = group_reasons(GRAPH, {"a": BEGINNER}, made)
    assert reason.seats[0].elsewhere == 0
    assert reason.seats[0].learns[0][0] == "souris"
