"""The module graph: order, closure, fringes, and what it refuses."""

import pytest
from hypothesis import given
from strategies import graphs

from app.engine.graph import GraphError, Module, ModuleGraph

CHAIN = ModuleGraph(
    [Module("c", "d", ("b",)), Module("b", "d", ("a",)), Module("a", "d"), Module("seul", "e")]
)


def test_prerequisites_come_first() -> None:
    assert CHAIN.ids.index("a") < CHAIN.ids.index("b") < CHAIN.ids.index("c")


def test_the_order_depends_only_on_ids_and_arcs() -> None:
    assert ModuleGraph(reversed(CHAIN.modules)).ids == CHAIN.ids


def test_near_and_far() -> None:
    assert CHAIN.ancestors("c") == {"a", "b"}
    assert CHAIN.descendants("a") == {"b", "c"}
    assert CHAIN.successors("a") == ("b",)


def test_the_closure_of_a_goal_leaves_out_unknown_targets() -> None:
    assert CHAIN.closure(["b", "gone"]) == ("a", "b")


def test_fringes() -> None:
    assert CHAIN.outer_fringe({"a"}) == ("b", "seul")
    assert CHAIN.inner_fringe({"a", "b", "seul"}) == ("b", "seul")


def test_it_refuses_an_unknown_prerequisite() -> None:
    with pytest.raises(GraphError, match="unknown prerequisite: z"):
        ModuleGraph([Module("a", "d", ("z",))])


def test_it_refuses_an_id_given_twice() -> None:
    with pytest.raises(GraphError, match="given twice: a"):
        ModuleGraph([Module("a", "d"), Module("a", "d")])


def test_it_refuses_a_cycle_and_names_it() -> None:
    with pytest.raises(GraphError, match="go round: a → b"):
        ModuleGraph([Module("a", "d", ("b",)), Module("b", "d", ("a",))])


@given(graphs(10))
def test_what_is_ready_needs_only_what_is_mastered(graph: ModuleGraph) -> None:
    mastered = set(graph.ids[: len(graph) // 2])
    for module in graph.outer_fringe(mastered):
        assert graph.ancestors(module) <= mastered
