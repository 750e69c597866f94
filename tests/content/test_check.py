"""The report, and the command; and the content that is shipped."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from app.content.check import ROOT, main, run_check
from app.content.library import Content
from app.content.models import DEVICES
from tests.content.authoring import Author


def arguments(author: Author) -> list[str]:
    author.write()
    return ["--parcours", str(author.parcours), "--quizzes", str(author.quizzes)]


def test_the_command_says_all_is_well(author: Author, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments(author)) == 0
    out = capsys.readouterr().out
    assert "questions : 12" in out
    assert out.endswith("0 erreurs, 0 avertissements, 0 acceptés\n")


def test_the_command_says_what_to_write(author: Author, capsys: pytest.CaptureFixture[str]) -> None:
    author.items()[0]["retour_juste"] = "Le mail est là."
    assert main(arguments(author)) == 1
    line = author.line("lire.yaml", "Le mail")
    assert (
        f"lire.yaml:{line}: items[1].retour_juste: « mail » : écrivez « message »" in capsys.readouterr().out
    )


def test_the_report_for_a_program(author: Author, capsys: pytest.CaptureFixture[str]) -> None:
    author.items()[0]["retour_juste"] = "Le mail est là."
    assert main([*arguments(author), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    (error,) = report["errors"]
    assert (error["rule"], error["severity"], error["path"]) == ("lexique", "erreur", "items[1].retour_juste")
    assert report["ok"] is False
    assert report["counts"]["modules"] == 2
    assert report["domains"]["messagerie"] == {"modules": 2, "questions": 12, "modules dans une scène": 2}


def test_figures(author: Author) -> None:
    counts = author.check().counts
    assert counts["questions choix"] == 4
    assert counts["part des modules dans une scène"] == 1.0
    assert counts["largeur du graphe (ordinateur)"] == 1


def test_nothing_at_all(tmp_path: Path) -> None:
    for name in ("parcours", "quizzes"):
        (tmp_path / name).mkdir()
    report = run_check(tmp_path / "parcours", tmp_path / "quizzes")
    assert not report.errors and report.counts["modules"] == 0


class TestShippedContent:
    """What Jalons is delivered with."""

    def test_it_has_no_error(self) -> None:
        report = run_check(ROOT / "parcours", ROOT / "quizzes")
        assert not report.errors, "\n".join(map(str, report.errors))

    def test_it_loads_fast_with_a_graph_and_a_bank_a_device(self) -> None:
        start = time.process_time()
        content = Content.load(ROOT / "parcours", ROOT / "quizzes")
        assert time.process_time() - start < 2
        for device in DEVICES:
            assert len(content.graph(device)) >= 50
            covered = {module for item in content.bank(device).items for module in item.modules}
            assert covered == set(content.graph(device).ids)

    def test_each_goal_leads_somewhere_on_its_devices(self) -> None:
        content = Content.load(ROOT / "parcours", ROOT / "quizzes")
        assert len(content.goals) >= 12
        for goal in content.goals.values():
            for device in goal.devices:
                assert set(goal.targets) & set(content.goal_modules(goal.id, device)), (goal.id, device)
