"""Refitted priors on disk, and the commands that make them."""

import json
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from app.cli import cli
from app.engine.belief import Prior
from app.engine.evidence import Outcome, Source
from app.engine.simulation import Kind, Shape, simulate
from app.services import applied, calibrations
from app.services.engines import current_engines
from app.services.recorded_answers import recorded
from app.services.world_files import write_world
from app.store.database import db, write_once
from app.store.models import DiagnosticSitting, EvidenceRow, Structure, Usager
from tests.conftest import NOW


def test_the_last_applied_is_current_until_undone(tmp_path: Path) -> None:
    assert calibrations.current(tmp_path, ["a"]) == Prior()
    first, second = Prior(mean=0.5, difficulties={"a": 1.0}), Prior(mean=1.0)
    calibrations.apply(tmp_path, first, ["a", "b"])
    calibrations.apply(tmp_path, second, ["a"])
    assert calibrations.current(tmp_path, ["a"]) == second
    assert calibrations.undo(tmp_path)
    assert calibrations.current(tmp_path, ["a"]) == first
    assert calibrations.undo(tmp_path)
    assert not calibrations.undo(tmp_path)


def test_what_was_fitted_to_other_modules_does_not_serve(tmp_path: Path) -> None:
    ours, theirs = Prior(mean=0.5, difficulties={"a": 1.0}), Prior(mean=-2.0, difficulties={"x": 0.0})
    calibrations.apply(tmp_path, ours, ["a"])
    calibrations.apply(tmp_path, theirs, ["x", "y"])
    assert calibrations.current(tmp_path, ["a", "b"]) == ours
    assert calibrations.current(tmp_path, ["y"]) == theirs
    assert calibrations.current(tmp_path, ["z"]) == Prior()


def test_one_applied_by_an_earlier_version_still_serves(tmp_path: Path) -> None:
    folder = tmp_path / applied.FOLDER
    folder.mkdir()
    old = {"mean": 0.5, "spread": 1.2, "domain_spread": 0.8, "difficulties": {"a": 1.0}, "slopes": {}}
    (folder / "0001.json").write_text(json.dumps(old | {"leak": 0.04, "lapse": 0.03, "slope": 2.0}))
    assert calibrations.current(tmp_path, ["a"]) == Prior(0.5, 1.2, 0.8, difficulties={"a": 1.0})


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
    if "Le réglage est appliqué" in fitted.output:
        assert "il ne sert qu’à ce dossier" in fitted.output
    assert runner.invoke(cli, ["calibrate", "--undo"]).exit_code == 0


def test_a_method_unknown_is_refused(tmp_path: Path) -> None:
    write_world(tmp_path, simulate(Kind.T0, np.random.default_rng(0), 3, Shape(6, 2, 5, 1)))
    refused = CliRunner().invoke(cli, ["evaluate", str(tmp_path), "--method", "magie"])
    assert refused.exit_code != 0
    assert "Méthode inconnue" in refused.output


def answer_a_diagnostic(person: Usager, able: bool, minutes: int = 0) -> None:
    """Twelve questions, at the guess and slip that they had that day."""
    sitting = DiagnosticSitting(
        id=uuid.uuid4(),
        structure_id=person.structure_id,
        usager_id=person.id,
        goal_id="envoyer-un-message",
        device="ordinateur",
        started_at=NOW + timedelta(minutes=minutes),
    )
    items = [item for item in current_engines().bank("ordinateur").items if not item.is_scene][:12]
    rows = [
        EvidenceRow(
            structure_id=person.structure_id,
            answer_id=uuid.uuid4(),
            usager_id=person.id,
            module_id=item.steps[0].module,
            source=Source.DIAGNOSTIC,
            outcome=Outcome.SUCCESS if able else Outcome.FAILURE,
            item_id=item.id,
            guess=0.1,
            slip=0.2,
            sitting_id=sitting.id,
            content_version="x",
            occurred_at=NOW,
            recorded_at=NOW,
        )
        for item in items
    ]
    assert write_once([sitting], rows)


def test_recorded_diagnostics_refit_the_prior_and_are_judged_on_others(
    structure: Structure, make_usager: Callable[..., Usager], tmp_path: Path
) -> None:
    people = [make_usager(structure, f"Personne {number}", sound=number % 2 == 0) for number in range(20)]
    for number, person in enumerate(people):
        answer_a_diagnostic(person, able=number < 17, minutes=number)
    answer_a_diagnostic(people[0], able=False, minutes=60 * 24 * 9)  # later: something may have been learnt
    engines = current_engines()
    found = recorded("ordinateur", engines.bank("ordinateur"))
    assert [len(evidence) for evidence in found.evidence] == [12] * 20
    assert found.evidence[0][0].mastered == pytest.approx(0.8)
    assert Counter(found.groups["voix"].values()) == {"avec la voix": 10, "sans la voix": 10}
    graph = engines.graph("ordinateur")
    rng = np.random.default_rng(0)
    first = calibrations.fitted(graph, found.evidence, rng, tmp_path, iterations=2)
    assert first.is_better
    assert first.fit.prior.mean > 0
    calibrations.apply(tmp_path, first.fit.prior, graph.ids)
    # The same answers again, from the authors again: nothing drifts.
    again = calibrations.fitted(graph, found.evidence, np.random.default_rng(0), tmp_path, iterations=2)
    assert again.fit.prior == first.fit.prior
    assert not again.is_better


def test_answers_of_a_demonstration_refit_nothing(
    structure: Structure, make_usager: Callable[..., Usager]
) -> None:
    answer_a_diagnostic(make_usager(structure), able=True)
    structure.is_demo = True
    db.session.commit()
    bank = current_engines().bank("ordinateur")
    assert recorded("ordinateur", bank).evidence == []
    assert len(recorded("ordinateur", bank, structure.id).evidence) == 1


def test_too_few_diagnostics_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALONS_INSTANCE_DIR", str(tmp_path / "instance"))
    refused = CliRunner().invoke(cli, ["calibrate"])
    assert refused.exit_code != 0
    assert "0 diagnostic(s) sur ordinateur" in refused.output
