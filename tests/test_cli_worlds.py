"""`jalons simulate`, `evaluate`, `calibrate` and `content suggest`: what they print, and what they refuse."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import cli
from app.cli_french import run
from app.engine import belief
from tests.services.world_writing import ANSWERS, ITEMS, MODULES, written

SCORES = {
    "accuracy",
    "balanced_accuracy",
    "brier",
    "log_loss",
    "kappa",
    "ece",
    "wrongly_skipped",
    "wrongly_assigned",
    "milliseconds",
}
METHODS = ["jalons", "fixe", "pix", "pix-graphe", "oppia", "rasch", "hasard"]


@pytest.fixture(autouse=True)
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JALONS_INSTANCE_DIR", str(tmp_path / "instance"))
    return tmp_path / "instance"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    folder = tmp_path / "monde"
    folder.mkdir()
    return written(folder)


def crowd(folder: Path, people: int, mastery: str = "{0},{1},1", answers: str = "{0},{1},1") -> Path:
    """So many people; in both rows, {0} and {1} are bits of the person's number."""
    rows = [(f"p{i}", i % 2, i // 2 % 2) for i in range(people)]
    table = {
        "answers": "usager,q1,q2,q3\n" + "".join(f"{p},{answers.format(a, b)}\n" for p, a, b in rows),
        "mastery": "usager,a,b,c\n" + "".join(f"{p},{mastery.format(a, b)}\n" for p, a, b in rows),
    }
    return written(folder, **table)


def said_by(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(cli, [str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line that a refused command prints, besides the bar of who was led."""
    assert run(cli, [str(argument) for argument in arguments]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = [
        line for line in said.err.replace("\r", "\n").splitlines() if line.strip() and "pers." not in line
    ]
    return line


class TestEvaluate:
    def test_nothing_but_json_on_its_output(self, world: Path) -> None:
        command = [sys.executable, "-m", "app.cli", "evaluate", str(world)]
        options = ["--questions", "2,1,2", "--workers", "2", "--json"]
        done = subprocess.run([*command, *options], capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
        assert list(found["questions"]) == ["1", "2"]
        assert set(found["questions"]["2"]) >= SCORES
        assert found["stop"]["mean"] > 0
        assert found["exact"] is True
        assert "Warning" not in done.stderr

    def test_every_method_at_once(self, world: Path, capsys: pytest.CaptureFixture[str]) -> None:
        said = said_by(
            capsys, "evaluate", world, "--method", "toutes", "--questions", "2", "--workers", "1", "--json"
        )
        assert [result["method"] for result in json.loads(said)] == METHODS
        said = said_by(capsys, "evaluate", world, "--method", "toutes", "--questions", "2", "--workers", "1")
        assert [line.split(" :")[0] for line in said.splitlines() if "personnes" in line] == METHODS

    @pytest.mark.parametrize("mark", ["0", "1"])
    def test_what_has_no_value_is_null_or_a_dash(
        self, mark: str, world: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        crowd(world, 4, mastery=",".join([mark] * 3), answers=",".join([mark] * 3))
        options = ["evaluate", world, "--questions", "0,3", "--workers", "1"]

        def unknown(constant: str) -> None:
            raise AssertionError(constant)

        found = json.loads(said_by(capsys, *options, "--json"), parse_constant=unknown)
        assert found["questions"]["3"]["balanced_accuracy"] is None
        assert found["questions"]["3"]["accuracy"] == 1.0
        assert "—" in said_by(capsys, *options)

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--questions", ""], "--questions '' : écrivez des nombres à partir de 0"),
            (["--questions", "cinq"], "--questions 'cinq' : écrivez des nombres à partir de 0"),
            (["--questions", "5,-1"], "--questions '5,-1' : écrivez des nombres à partir de 0"),
            (["--questions", "5;10"], "--questions '5;10' : écrivez des nombres à partir de 0"),
            (["--budget", "0"], "--budget 0 : écrivez un nombre à partir de 1."),
            (["--people", "0"], "--people 0 : écrivez un nombre à partir de 1."),
            (["--people", "-2"], "--people -2 : écrivez un nombre à partir de 1."),
            (["--workers", "0"], "--workers 0 : écrivez un nombre à partir de 1."),
            (["--seed", "-1"], "--seed -1 : écrivez un nombre à partir de 0."),
            (["--method", "magie"], "Méthode inconnue : magie. Écrivez jalons, fixe"),
            (["--learn", "--method", "pix"], "--learn ne va qu’avec la méthode jalons"),
            (["--learn", "--method", "toutes"], "--learn ne va qu’avec la méthode jalons"),
        ],
    )
    def test_it_rejects_bad_input(
        self, options: list[str], said: str, world: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert refused(capsys, "evaluate", world, *options).startswith(said)

    def test_mastery_is_needed_to_score(self, world: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (world / "mastery.csv").unlink()
        said = refused(capsys, "evaluate", world)
        assert f"{world}/mastery.csv : ce fichier n’existe pas" in said
        assert "mastery.csv pour jalons evaluate" in said

    def test_it_names_the_place_in_a_broken_world(
        self, world: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        written(world, modules=MODULES.replace("b,d,a", "b,d,zz"))
        assert refused(capsys, "evaluate", world).startswith(f"{world}/modules.csv:3 : prérequis inconnu")

    @pytest.mark.parametrize("number", ["0", "99"])
    def test_as_many_screens_and_people_as_there_are(
        self, number: str, world: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        said = said_by(
            capsys, "evaluate", world, "--questions", number, "--people", "99", "--workers", "9", "--json"
        )
        assert json.loads(said)["people"] == 3

    def test_a_wide_graph_is_said_to_be_so(
        self, world: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(belief, "LARGEST", 10)
        options = ["evaluate", world, "--questions", "1", "--people", "1", "--workers", "1"]
        assert json.loads(said_by(capsys, *options, "--json"))["exact"] is False
        assert "trop large pour un calcul exact" in said_by(capsys, *options)
        assert "trop large pour --learn" in refused(capsys, *options, "--learn")

    def test_it_says_on_how_many_it_learnt(self, world: Path, capsys: pytest.CaptureFixture[str]) -> None:
        crowd(world, 101)
        options = ["evaluate", world, "--questions", "1", "--budget", "1", "--workers", "1", "--learn"]
        assert json.loads(said_by(capsys, *options, "--json"))["learnt"] == [100]
        assert "Difficultés réglées sur les 100 premières personnes." in said_by(capsys, *options)
        assert "jamais réglées" in said_by(capsys, *options, "--people", "5")


class TestSimulate:
    def simulate(self, tmp_path: Path, *options: str) -> list[str]:
        return ["simulate", str(tmp_path / "fait"), "--people", "3", *options]

    def test_what_it_writes_is_evaluated(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        said = said_by(capsys, *self.simulate(tmp_path, "--modules", "10", "--kind", "t3", "--scenes", "2"))
        assert "3 personnes, 10 modules" in said
        found = said_by(
            capsys,
            "evaluate",
            tmp_path / "fait",
            "--questions",
            "2",
            "--budget",
            "2",
            "--workers",
            "1",
            "--json",
        )
        assert json.loads(found)["people"] == 3

    def test_modules_that_domains_do_not_share_are_said(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(cli, self.simulate(tmp_path, "--modules", "10", "--domains", "3")) == 0
        assert "10 modules ne font pas 3 domaines de même taille : il y en a 9." in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--kind", "T9"], "Genre inconnu : T9. Écrivez T0"),
            (["--people", "0"], "--people 0 : écrivez un nombre à partir de 1."),
            (["--people", "9999999999"], "--people 9999999999 : écrivez un nombre jusqu’à 100000."),
            (["--seed", "-1"], "--seed -1 : écrivez un nombre à partir de 0."),
            (["--arcs", "5000"], "--arcs 5000 : écrivez un nombre de 0 à 628."),
            (["--arcs", "0", "--scenes", "1"], "--scenes 1 : une scène suit les prérequis de 3 modules"),
            (["--wrong-arcs", "5000"], "--wrong-arcs 5000 : écrivez un nombre de 0 à "),
            (["--content", "frigo"], "Un appareil est ordinateur, telephone, tablette"),
            (["--from", "/nowhere"], "/nowhere/modules.csv : ce fichier n’existe pas"),
            (["--from", "x", "--content", "tablette"], "--from donne déjà le graphe et la banque"),
            (["--from", "x", "--modules", "9"], "--from donne déjà le graphe et la banque : ôtez --modules"),
        ],
    )
    def test_it_rejects_bad_input(
        self, options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert refused(capsys, *self.simulate(tmp_path, *options)).startswith(said)
        assert not (tmp_path / "fait").exists()

    def test_answers_of_real_people_are_not_written_over(
        self, world: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (world / "mastery.csv").unlink()
        before = {file.name: file.read_bytes() for file in world.iterdir()}
        said = refused(capsys, "simulate", str(world), "--people", "3")
        assert said.startswith(f"{world} contient déjà answers.csv")
        assert {file.name: file.read_bytes() for file in world.iterdir()} == before

    def test_the_world_that_it_reads_is_not_written_over(
        self, world: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = {file.name: file.read_bytes() for file in world.iterdir()}
        said = refused(capsys, "simulate", str(world / "..") + f"/{world.name}", "--from", str(world))
        assert "est aussi celui de --from" in said
        assert {file.name: file.read_bytes() for file in world.iterdir()} == before

    def test_a_folder_that_is_a_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "fait").touch()
        assert "Impossible d’écrire dans" in refused(capsys, *self.simulate(tmp_path))

    def test_a_broken_world_is_no_source(
        self, world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        written(world, items=ITEMS.replace("q1,a,0.1", "q1,a,1.5"))
        said = refused(capsys, *self.simulate(tmp_path, "--from", str(world)))
        assert said.startswith(f"{world}/items.csv:2 : guess vaut '1.5'")


class TestCalibrate:
    def test_applied_and_undone_twice(
        self, world: Path, instance: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        crowd(world, 40, answers="1,1,1")
        assert "Le réglage est appliqué" in said_by(capsys, "calibrate", world, "--apply")
        again = said_by(capsys, "calibrate", world, "--apply")
        assert "Le réglage n’est pas meilleur : rien ne change." in again
        assert len(list((instance / "calibrations").iterdir())) == 1
        assert "Le dernier réglage est défait." in said_by(capsys, "calibrate", "--undo")
        assert "Aucun réglage à défaire." in said_by(capsys, "calibrate", "--undo")

    @pytest.mark.parametrize(
        ("written", "told"),
        [("{", "ne se lit pas."), ("[]", "mean manque."), ('{"mean": 0}', "difficulties manque.")],
    )
    def test_a_broken_fit_is_named_and_nothing_is_lost(
        self, written: str, told: str, world: Path, instance: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        crowd(world, 40)
        file = instance / "calibrations" / "0001.json"
        file.parent.mkdir(parents=True)
        file.write_text(written, encoding="utf-8")
        said = refused(capsys, "calibrate", world)
        assert said.startswith(f"{file} ")
        assert told in said
        assert "ôtez-le" in said
        assert file.read_text(encoding="utf-8") == written

    @pytest.mark.parametrize("flags", [[], ["--flags"]])
    def test_mastery_that_nobody_knows_is_not_asked_for(
        self, flags: list[str], world: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        crowd(world, 40)
        with_it = said_by(capsys, "calibrate", world, *flags)
        (world / "mastery.csv").unlink()
        assert said_by(capsys, "calibrate", world, *flags) == with_it
        assert "Réglé sur 32 personnes, jugé sur 8 autres." in with_it
        (world / "mastery.csv").write_text("n’importe quoi", encoding="utf-8")
        assert said_by(capsys, "calibrate", world, *flags) == with_it

    @pytest.mark.parametrize("name", ["modules", "items", "answers"])
    def test_what_it_reads_must_be_there(
        self, name: str, world: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (world / f"{name}.csv").unlink()
        said = refused(capsys, "calibrate", world)
        assert f"{world}/{name}.csv : ce fichier n’existe pas" in said
        assert "modules.csv, items.csv et answers.csv" in said

    def test_flags_of_a_world(self, world: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Half of forty people can do all; the others nothing; but a question is answered by chance."""
        names = [f"{m}{k}" for m in "abc" for k in "123"]
        items = "item,module,guess,slip\n" + "".join(f"{name},{name[0]},0.05,0.05\n" for name in names)
        marks = [[str(i // 2 % 2 if name == "c3" else i % 2) for name in names] for i in range(40)]
        rows = "".join(f"p{i},{','.join(row)}\n" for i, row in enumerate(marks))
        answers = f"usager,{','.join(names)}\n{rows}"
        mastery = "usager,a,b,c\n" + "".join(f"p{i},1,1,1\n" for i in range(40))
        written(world, items=items, answers=answers, mastery=mastery)
        said = said_by(capsys, "calibrate", world, "--flags", "--iterations", "2")
        flagged = [line for line in said.splitlines() if "ne distingue pas" in line]
        assert len(flagged) == 1
        assert "c3 étape 1" in flagged[0]

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ([], "3 personne(s), il en faut 10 au moins."),
            (["--iterations", "0"], "--iterations 0 : écrivez un nombre à partir de 1."),
            (["--seed", "-1"], "--seed -1 : écrivez un nombre à partir de 0."),
            (["--undo"], "--undo défait le dernier réglage : écrivez-le seul."),
            (["--structure", "x"], "--structure choisit des réponses d’ici"),
        ],
    )
    def test_it_rejects_bad_input(
        self, options: list[str], said: str, world: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert said in refused(capsys, "calibrate", world, *options)

    def test_nobody_who_answered_anything(self, world: Path, capsys: pytest.CaptureFixture[str]) -> None:
        crowd(world, 20, answers=",,")
        assert "Personne n’a rien répondu" in refused(capsys, "calibrate", world)

    def test_a_graph_too_wide(
        self, world: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(belief, "LARGEST", 10)
        assert "trop large pour un réglage" in refused(capsys, "calibrate", crowd(world, 20))

    def test_an_instance_that_cannot_be_written(
        self, world: Path, instance: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        instance.touch()
        assert run(cli, ["calibrate", str(crowd(world, 40, answers="1,1,1")), "--apply"]) == 1
        assert "Impossible d’écrire dans le dossier" in capsys.readouterr().err

    def test_a_broken_world(self, world: Path, capsys: pytest.CaptureFixture[str]) -> None:
        written(world, answers=ANSWERS.replace("u1,1", "u1,2"))
        assert "answers.csv:2 : 'q1' vaut '2'" in refused(capsys, "calibrate", world)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--device", "frigo"], "Un appareil est ordinateur, telephone, tablette : « frigo »"),
        (["--people", "0"], "--people 0 : écrivez un nombre à partir de 1."),
        (["--seed", "-1"], "--seed -1 : écrivez un nombre à partir de 0."),
        (["--goal", "rien"], "Parcours inconnu : rien. Écrivez "),
        (["--goal", "whatsapp-famille"], "whatsapp-famille n’a aucun module sur ordinateur"),
    ],
)
def test_a_suggestion_rejects_bad_input(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(capsys, "content", "suggest", *options).startswith(said)
