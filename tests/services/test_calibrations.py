"""Refitted priors on disk, and the commands that make them."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from app.cli import cli
from app.engine.belief import Prior
from app.engine.simulation import Kind, Shape, simulate
from app.services import calibrations
from app.services.world_files import write_world


def test_the_last_applied_is_current_until_undone(tmp_path: Path) -> None:
    assert calibrations.current(tmp_path) == Prior()
    first, second = Prior(mean=0.5, difficulties={"a": 1.0}), Prior(mean=1.0)
    calibrations.apply(tmp_path, first)
    calibrations.apply(tmp_path, second)
    assert calibrations.current(tmp_path) == second
    assert calibrations.undo(tmp_path)
    assert calibrations.current(tmp_path) == first
    assert calibrations.undo(tmp_path)
    assert not calibrations.undo(tmp_path)


def test_the_commands_work_on_a_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALONS_INSTANCE_DIR", str(tmp_path / "instance"))
    folder = tmp_path / "monde"
    runner = CliRunner()
    size = ["--modules", "9", "--domains", "3", "--arcs", "8", "--across", "2", "--people", "20"]
    made = runner.invoke(cli, ["simulate", str(folder), *size, "--scenes", "2", "--seed", "3"])
    assert made.exit_code == 0, made.output
    scored = runner.invoke(cli, ["evaluate", str(folder), "--questions", "2,4", "--workers", "1", "--json"])
    assert '"accuracy"' in scored.output
    fitted = runner.invoke(cli, ["calibrate", str(folder), "--iterations", "2", "--apply"])
    assert "jugé sur 4 autres" in fitted.output
    assert runner.invoke(cli, ["calibrate", "--undo"]).exit_code == 0


def test_a_method_unknown_is_refused(tmp_path: Path) -> None:
    write_world(tmp_path, simulate(Kind.T0, np.random.default_rng(0), 3, Shape(6, 2, 5, 1)))
    refused = CliRunner().invoke(cli, ["evaluate", str(tmp_path), "--method", "magie"])
    assert refused.exit_code != 0
    assert "Méthode inconnue" in refused.output
