"""Worlds on disk, and evaluating methods on them."""

from pathlib import Path

import numpy as np
import pytest

from app.engine.simulation import Kind, Shape, World, simulate
from app.services.world_files import WorldError, read_world, write_world
from app.services.worlds import evaluate

SHAPE = Shape(modules=9, domains=3, arcs=8, across=2, scenes=2)


@pytest.fixture(scope="module")
def world() -> World:
    return simulate(Kind.T3, np.random.default_rng(1), 6, SHAPE)


def test_a_world_is_read_as_it_was_written(world: World, tmp_path: Path) -> None:
    write_world(tmp_path, world)
    read = read_world(tmp_path)
    assert read.graph.ids == world.graph.ids
    assert [item.modules for item in read.told.items] == [item.modules for item in world.told.items]
    np.testing.assert_array_equal(read.right, world.right)
    np.testing.assert_array_equal(read.mastery, world.mastery)


def test_mastery_may_come_in_another_order(world: World, tmp_path: Path) -> None:
    write_world(tmp_path, world)
    lines = (tmp_path / "mastery.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "mastery.csv").write_text("\n".join([lines[0], *reversed(lines[1:])]), encoding="utf-8")
    np.testing.assert_array_equal(read_world(tmp_path).mastery, world.mastery)


def test_an_empty_answer_is_not_taken(world: World, tmp_path: Path) -> None:
    write_world(tmp_path, world)
    header, first, *rest = (tmp_path / "answers.csv").read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    cells[1] = ""
    (tmp_path / "answers.csv").write_text("\n".join([header, ",".join(cells), *rest]), encoding="utf-8")
    assert read_world(tmp_path).right[0, 0] == -1


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("modules.csv", "module,domain\na,d\n", "modules.csv:1 : il manque la colonne prerequisites"),
        ("modules.csv", "module,domain,prerequisites,difficulty\na,d,,dur\n", "modules.csv:2 : difficulty"),
        ("modules.csv", "module,domain,prerequisites\na,d,z\n", "unknown prerequisite"),
        ("items.csv", "item,module,guess,slip\nq,zzz,0.1,0.1\n", "items.csv:2 : module inconnu 'zzz'"),
        ("answers.csv", "usager\nu1\n", "answers.csv:1 : il manque la colonne"),
    ],
)
def test_it_rejects_bad_input(world: World, tmp_path: Path, file: str, text: str, message: str) -> None:
    write_world(tmp_path, world)
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(WorldError, match=message):
        read_world(tmp_path)


def test_evaluating_gives_every_score(world: World) -> None:
    result = evaluate(world, "jalons", (2, 4))
    assert set(result["questions"]) == {"2", "4"}
    assert {"accuracy", "log_loss", "ece", "wrongly_skipped", "milliseconds"} <= set(result["questions"]["4"])
    assert 0 < result["stop"]["mean"] <= 15


def test_the_seed_decides(world: World) -> None:
    first, second = (evaluate(world, "hasard", (4,), seed=3)["stop"] for _ in range(2))
    assert first == second
