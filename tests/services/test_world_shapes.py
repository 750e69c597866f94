"""Simulated worlds of any size: what is asked for is what comes out, or is refused."""

import numpy as np
import pytest

from app.engine.simulation import Kind, Shape
from app.services.world_shapes import ShapeError, misled, shape_of, simulated

T3 = Kind.T3


def arcs_of(graph) -> list[tuple[str, str]]:
    return [(before, module.id) for module in graph.modules for before in module.prerequisites]


def test_nothing_said_is_the_usual_shape() -> None:
    assert shape_of() == Shape()


@pytest.mark.parametrize("modules", [1, 2, 3, 4, 5, 7, 10, 13, 47, 60, 100])
def test_any_number_of_modules_makes_a_world(modules: int) -> None:
    shape = shape_of(modules)
    world = simulated(T3, np.random.default_rng(0), 2, shape)
    assert len(world.graph) == shape.modules == modules
    assert len(world.graph.domains) == shape.domains
    assert len(arcs_of(world.graph)) == shape.arcs


@pytest.mark.parametrize(
    "sizes",
    [
        {"modules": 12, "domains": 3},
        {"modules": 10, "domains": 2},  # fewer pairs across than usual
        {"domains": 1},
        {"domains": 48},
        {"arcs": 0},
        {"arcs": 628},  # every pair that there can be
        {"arcs": 588, "across": 588},
        {"modules": 6, "domains": 1, "arcs": 5, "across": 0, "scenes": 3},
    ],
)
def test_odd_sizes_make_a_world(sizes: dict[str, int]) -> None:
    shape = shape_of(**sizes)
    world = simulated(T3, np.random.default_rng(0), 2, shape)
    assert len(arcs_of(world.graph)) == shape.arcs == sizes.get("arcs", shape.arcs)
    across = [arc for arc in arcs_of(world.graph) if arc[0].split(".")[0] != arc[1].split(".")[0]]
    assert len(across) == shape.across
    assert sum(item.is_scene for item in world.told.items) == shape.scenes


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ({"modules": 0}, "--modules 0 : écrivez un nombre à partir de 1."),
        ({"domains": 0}, "--domains 0 : écrivez un nombre de 1 à 48"),
        ({"modules": 3, "domains": 4}, "--domains 4 : écrivez un nombre de 1 à 3"),
        ({"arcs": -1}, "--arcs -1 : écrivez un nombre à partir de 0."),
        ({"arcs": 629}, "--arcs 629 : écrivez un nombre de 0 à 628."),
        ({"arcs": 10, "across": 16}, "--arcs 10 : avec --across 16, écrivez un nombre de 16 à 56."),
        ({"across": 589}, "--across 589 : écrivez un nombre de 0 à 588."),
        ({"across": -1}, "--across -1 : écrivez un nombre de 0 à 588."),
        ({"domains": 1, "across": 1}, "--across 1 : écrivez un nombre de 0 à 0."),
        ({"modules": 10**20}, "--modules 100000000000000000000 : écrivez un nombre jusqu’à 5000."),
        ({"scenes": 5001}, "--scenes 5001 : écrivez un nombre jusqu’à 5000."),
        ({"scenes": -1}, "--scenes -1 : écrivez un nombre à partir de 0."),
    ],
)
def test_it_rejects_bad_input(sizes: dict[str, int], said: str) -> None:
    with pytest.raises(ShapeError) as error:
        shape_of(**sizes)
    assert str(error.value).startswith(said)


@pytest.mark.parametrize("sizes", [{"arcs": 0}, {"modules": 2}])
def test_scenes_need_three_modules_in_a_row(sizes: dict[str, int]) -> None:
    shape = shape_of(**sizes, scenes=1)
    with pytest.raises(ShapeError, match="--scenes 1 : une scène suit les prérequis de 3 modules"):
        simulated(T3, np.random.default_rng(0), 2, shape)


def test_wrong_arcs_up_to_the_last_that_there_can_be() -> None:
    world = simulated(T3, np.random.default_rng(0), 2, shape_of(6, domains=1, arcs=3))
    most = 6 * 5 // 2 - sum(len(world.graph.ancestors(module)) for module in world.graph.ids)
    full = misled(world, np.random.default_rng(0), most)
    assert len(arcs_of(full.graph)) == 3 + most
    for wrong in (most + 1, -1):
        with pytest.raises(ShapeError, match=f"--wrong-arcs {wrong} : écrivez un nombre de 0 à {most}"):
            misled(world, np.random.default_rng(0), wrong)
