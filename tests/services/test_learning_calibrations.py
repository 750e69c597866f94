"""How fast people learn here: fitted to simulated people, applied to whoever is derived, and undone."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from app import create_app
from app.cli import cli
from app.cli_french import run
from app.config import Settings
from app.engine.belief import Prior
from app.engine.evidence import Evidence, Help, Source
from app.engine.learners import Learner as Simulated
from app.engine.learning_rates import FEWEST_PEOPLE, log_likelihood
from app.engine.levels import Level, Parameters
from app.services import accounts, applied, calibrations, diagnostic_sitting, learning_calibrations, usagers
from app.services.engines import Engines, current_engines
from app.services.learner import learner
from app.services.progress import History
from app.services.why import why
from app.store import database
from app.store.database import db, write_once
from app.store.models import EvidenceRow, Structure, Usager
from tests.conftest import NOW
from tests.sessions import come
from tests.web.conseiller_cast import answer_all

TWICE_AS_FAST = 2.0
"""Logits on each chance of learning: twice as fast, or nearly, where it was one in two or less."""
PEOPLE, WEEKS = 40, 8
WORKED = ("ordinateur.allumer", "ordinateur.souris", "ordinateur.clavier", "ordinateur.fenetres")


def lived(seed: int, logits: float = 0.0) -> list[Evidence]:
    """A simulated person who knew nothing, and worked on the same four modules each week."""
    graph = current_engines().graph("ordinateur")
    modules = [module for module in WORKED if module in graph] or list(graph.ids[:4])
    start = NOW - timedelta(weeks=WEEKS)
    person = Simulated(
        graph,
        dict.fromkeys(graph.ids, Level.DECOUVERTE),
        start,
        np.random.default_rng(seed),
        ease=dict.fromkeys(graph.ids, logits),
    )
    facts = []
    for week in range(WEEKS):
        person.wait_until(start + timedelta(weeks=week))
        facts += [person.work(module) for module in modules]
    return facts


def written_of(person: Usager, facts: list[Evidence]) -> list[EvidenceRow]:
    return [
        EvidenceRow(
            structure_id=person.structure_id,
            answer_id=uuid.uuid4(),
            usager_id=person.id,
            module_id=fact.module,
            source=fact.source,
            help=fact.help,
            content_version="x",
            occurred_at=fact.occurred_at,
            recorded_at=fact.occurred_at,
        )
        for fact in facts
    ]


@pytest.fixture
def crowd(structure: Structure, make_usager: Callable[..., Usager]) -> list[Usager]:
    """People who learn twice as fast as the authors think."""
    people = [make_usager(structure, f"Personne {n}") for n in range(PEOPLE)]
    rows = [row for n, person in enumerate(people) for row in written_of(person, lived(n, TWICE_AS_FAST))]
    assert write_once(rows)
    return people


@pytest.fixture
def restarted(app, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Jalons started again, as far as what was fitted goes."""
    content = current_engines().content

    def restart() -> None:
        engines = Engines(
            content, calibrations.current(tmp_path, content.modules), learning_calibrations.current(tmp_path)
        )
        monkeypatch.setitem(app.extensions, "jalons_engines", engines)

    return restart


def fitted_here(instance: Path):
    found = learning_calibrations.histories(np.random.default_rng(0), NOW)
    return learning_calibrations.fitted(found.people, np.random.default_rng(0), instance)


def test_people_who_learn_fast_are_forecast_fewer_sessions_until_it_is_undone(
    crowd: list[Usager], structure: Structure, make_usager, tmp_path: Path, restarted
) -> None:
    newcomer = make_usager(structure, "Nouvelle")
    usual = learner(newcomer, NOW).plan.forecast
    result = fitted_here(tmp_path)
    assert (result.people, result.held_out) == (32, 8)
    assert result.is_better
    others = [lived(1000 + n, TWICE_AS_FAST) for n in range(PEOPLE)]
    assert log_likelihood(others, result.fit.parameters) > log_likelihood(others, Parameters()) + 0.01

    learning_calibrations.apply(tmp_path, result.fit.parameters)
    restarted()
    assert current_engines().parameters == result.fit.parameters
    quick = learner(newcomer, NOW).plan.forecast
    assert quick.planned < usual.planned
    assert quick.high < usual.high

    assert learning_calibrations.undo(tmp_path)
    restarted()
    assert current_engines().parameters == Parameters()
    assert learner(newcomer, NOW).plan.forecast == usual


def test_the_same_histories_fitted_again_change_nothing(crowd: list[Usager], tmp_path: Path) -> None:
    first = fitted_here(tmp_path)
    learning_calibrations.apply(tmp_path, first.fit.parameters)
    again = fitted_here(tmp_path)
    assert again.fit.parameters == first.fit.parameters
    assert not again.is_better


def test_undoing_brings_back_the_figures_before_to_the_last_bit(tmp_path: Path) -> None:
    first = replace(Parameters(), mastered=0.1 + 0.2, falls=(1 / 3, 1 / 7, 1.0), pace_spread=2**0.5)
    learning_calibrations.apply(tmp_path, first)
    learning_calibrations.apply(tmp_path, replace(first, outside_days=1e6 / 3))
    assert learning_calibrations.current(tmp_path).outside_days == 1e6 / 3
    assert learning_calibrations.undo(tmp_path)
    assert learning_calibrations.current(tmp_path) == first
    assert learning_calibrations.undo(tmp_path)
    assert not learning_calibrations.undo(tmp_path)
    assert learning_calibrations.current(tmp_path) == Parameters()


def test_priors_and_learning_are_applied_and_undone_apart(tmp_path: Path) -> None:
    prior, figures = Prior(mean=0.5), replace(Parameters(), mastered=0.4)
    folder = tmp_path / applied.FOLDER
    folder.mkdir()
    old = {"mean": 0.25, "spread": 1.0, "domain_spread": 1.0, "difficulties": {}, "slopes": {}}
    (folder / "0001.json").write_text(json.dumps(old), encoding="utf-8")
    assert learning_calibrations.apply(tmp_path, figures).name == "learning-0001.json"
    assert calibrations.current(tmp_path, ["a"]).mean == 0.25
    assert calibrations.apply(tmp_path, prior, ["a"]).name == "0002.json"
    assert learning_calibrations.current(tmp_path) == figures
    assert calibrations.undo(tmp_path)
    assert learning_calibrations.current(tmp_path) == figures
    assert learning_calibrations.undo(tmp_path)
    assert calibrations.current(tmp_path, ["a"]).mean == 0.25


class TestWhoIsRead:
    def read(self, structure: Structure | None = None, rng: int = 0):
        owner = structure.id if structure else None
        return learning_calibrations.histories(np.random.default_rng(rng), NOW, owner)

    def test_everything_that_stands_of_whoever_was_worked_with(
        self, structure: Structure, make_usager, conseiller
    ) -> None:
        person, only_asked = make_usager(structure, "Josette"), make_usager(structure, "Marius")
        answer_all(person, NOW - timedelta(days=9), most=6)
        answer_all(only_asked, NOW - timedelta(days=9), most=6)
        rows = written_of(person, lived(1))
        assert write_once(rows)
        correction = written_of(person, lived(1)[:1])[0]
        correction.corrects_id = rows[0].id
        assert write_once([correction])
        (history,) = self.read().people
        assert {fact.source for fact in history} == {Source.DIAGNOSTIC, Source.PRACTICE}
        assert str(rows[0].id) not in {fact.id for fact in history}

    def test_what_was_taken_back_is_no_work(self, usager: Usager) -> None:
        (seen,) = written_of(usager, lived(1)[:1])
        seen.source = Source.OBSERVATION
        assert write_once([seen])
        assert len(self.read().people) == 1
        (taken_back,) = written_of(usager, lived(1)[:1])
        taken_back.source, taken_back.help, taken_back.corrects_id = Source.OBSERVATION, None, seen.id
        assert write_once([taken_back])
        assert self.read().people == []

    def test_demonstrations_only_when_named(self, structure: Structure, usager: Usager) -> None:
        assert write_once(written_of(usager, lived(1)))
        structure.is_demo = True
        db.session.commit()
        assert self.read().people == []
        assert len(self.read(structure).people) == 1

    def test_of_one_structure_alone(
        self, structure: Structure, other_structure: Structure, make_usager
    ) -> None:
        for owner in (structure, other_structure):
            assert write_once(written_of(make_usager(owner), lived(1)))
        assert len(self.read().people) == 2
        assert len(self.read(other_structure).people) == 1

    def test_too_many_are_drawn(self, structure: Structure, make_usager, monkeypatch) -> None:
        for n in range(6):
            assert write_once(written_of(make_usager(structure, f"Personne {n}"), lived(n)[:2]))
        monkeypatch.setattr(learning_calibrations, "MOST_PEOPLE", 4)
        found = self.read()
        assert (len(found.people), found.out_of, found.is_sample) == (4, 6, True)
        assert self.read().people == found.people


class TestWhatIsAppliedIsUsed:
    """Each page that derives a person, with people who learn and forget otherwise than the authors think."""

    FIGURES = replace(
        Parameters(),
        learning=dict.fromkeys(Help, (0.95, 0.95, 0.95)),
        falls=(0.9, 0.9, 1.0),
        mastered=0.6,
    )

    @pytest.fixture
    def derived(self, app, monkeypatch):
        """The same thing derived with the authors' figures, then with others."""
        content = current_engines().content

        def both(what):
            usual = what()
            monkeypatch.setitem(app.extensions, "jalons_engines", Engines(content, parameters=self.FIGURES))
            return usual, what()

        return both

    @pytest.fixture
    def known(self, usager: Usager) -> Usager:
        assert write_once(written_of(usager, lived(3)))
        return usager

    def module(self, person: Usager) -> str:
        return next(iter(learner(person, NOW).autonomy))

    def test_path_and_autonomy(self, known: Usager, derived) -> None:
        usual, here = derived(lambda: learner(known, NOW))
        assert usual.belief.as_dict() != here.belief.as_dict()
        assert usual.autonomy != here.autonomy

    def test_progress(self, known: Usager, derived, structure, conseiller) -> None:
        come(known, conseiller, NOW - timedelta(days=3), ordinateur__souris=Help.GUIDED)
        usual, here = derived(lambda: History(learner(known, NOW)).levels)
        assert usual
        assert usual != here

    def test_why_adds_up_and_counts_the_times_left(self, known: Usager, derived) -> None:
        module = self.module(known)
        usual, here = derived(lambda: why(learner(known, NOW), module).explanation)
        assert usual.now != here.now
        for told in (usual, here):
            parts = told.from_others + sum(turn.change for turn in told.own) + told.time
            assert parts == pytest.approx(told.now, abs=1e-9)
            assert told.rest == pytest.approx(0, abs=1e-9)

    def test_the_next_diagnostic(self, known: Usager, derived) -> None:
        sitting = diagnostic_sitting.start(known, NOW)

        def earlier():
            engine = diagnostic_sitting.engine_of(sitting, current_engines())
            return diagnostic_sitting.earlier_likelihoods(sitting, engine, NOW)

        usual, here = derived(earlier)
        assert usual
        assert usual != here


class TestCommand:
    @pytest.fixture
    def instance(self, tmp_path: Path, content_read, monkeypatch) -> Path:
        """The folder of an installation where nobody came yet."""
        monkeypatch.setenv("JALONS_INSTANCE_DIR", str(tmp_path))
        return content_read(tmp_path)

    def engines(self, instance: Path) -> Engines:
        """As Jalons started there has them."""
        return create_app(Settings(instance_dir=instance, testing=True)).extensions["jalons_engines"]

    def said(self, capsys, *options: str) -> str:
        assert run(cli, ["calibrate", "--learning", *options]) == 0
        return capsys.readouterr().out

    def test_applied_served_and_undone(self, instance: Path, capsys) -> None:
        made = create_app(Settings(instance_dir=instance, testing=True))
        database.upgrade(made)
        with made.app_context():
            structure = accounts.create_structure("EPN d’ici", now=NOW, timezone="Europe/Paris")
            people = [
                usagers.register(
                    structure,
                    first_name=f"Personne {n}",
                    last_initial="B",
                    goal_id="envoyer-un-message",
                    device="ordinateur",
                    now=NOW,
                    rng=random.Random(n),
                )
                for n in range(FEWEST_PEOPLE)
            ]
            db.session.commit()
            assert write_once([row for n, p in enumerate(people) for row in written_of(p, lived(n, 2.0))])
        assert self.engines(instance).parameters == Parameters()
        only_said = self.said(capsys)
        assert "Réglé sur 16 personnes, jugé sur 4 autres." in only_said
        assert "Le réglage est meilleur ; --apply l’applique" in only_said
        assert self.engines(instance).parameters == Parameters()
        applied_now = self.said(capsys, "--apply")
        assert "Le réglage est appliqué" in applied_now
        assert "jalons db rebuild" in applied_now
        assert self.engines(instance).parameters == learning_calibrations.current(instance) != Parameters()
        assert "Le réglage n’est pas meilleur : rien ne change." in self.said(capsys, "--apply")
        assert run(cli, ["calibrate", "--undo"]) == 0
        assert "Aucun réglage à défaire." in capsys.readouterr().out
        assert "Le dernier réglage est défait." in self.said(capsys, "--undo")
        assert self.engines(instance).parameters == Parameters()

    def test_too_few_people(self, instance: Path, capsys) -> None:
        assert run(cli, ["calibrate", "--learning"]) == 1
        assert f"il en faut {FEWEST_PEOPLE} au moins" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["ailleurs"], "--learning lit les séances notées ici : ôtez le dossier"),
            (["--device", "tablette"], "ôtez --device"),
            (["--flags"], "ôtez --flags"),
            (["--iterations", "3"], "ôtez --iterations"),
            (["--undo", "--apply"], "écrivez-le seul"),
            (["--structure", "inconnue"], "Structure inconnue : inconnue."),
        ],
    )
    def test_it_rejects_bad_input(self, options: list[str], said: str, instance: Path, capsys) -> None:
        assert run(cli, ["calibrate", "--learning", *options]) == 1
        assert said in capsys.readouterr().err

    def test_nothing_to_undo(self, instance: Path, capsys) -> None:
        assert run(cli, ["calibrate", "--learning", "--undo"]) == 0
        assert "Aucun réglage à défaire." in capsys.readouterr().out
