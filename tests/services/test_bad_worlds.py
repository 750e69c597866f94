"""Worlds with a mistake in them: one French line that names the place and says what to write instead."""

from pathlib import Path

import pytest

from app.services.world_files import MOST_PREREQUISITES, MOST_STEPS, WorldError, read_world
from tests.services.world_writing import ANSWERS, ITEMS, MASTERY, MODULES, written

USUAL = {"modules": MODULES, "items": ITEMS, "answers": ANSWERS, "mastery": MASTERY}
FILES = list(USUAL)
CROWDED = "".join(f"p{i},d,,\n" for i in range(MOST_PREREQUISITES + 1))
ALL_OF_THEM = "|".join(f"p{i}" for i in range(MOST_PREREQUISITES + 1))
LONG_SCENE = "".join(f"s{i},a,0.1,0.1,S\n" for i in range(MOST_STEPS + 1))


def refused(folder: Path, **files: str | bytes) -> str:
    """The one line that says what is wrong, without the folder."""
    with pytest.raises(WorldError) as error:
        read_world(written(folder, **files))
    said = str(error.value)
    assert len(said.splitlines()) == 1
    assert len(said) < 300
    return said.replace(f"{folder}/", "")


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        (MODULES.replace("b,d,a", "b,d,zz"), "modules.csv:3 : prérequis inconnu 'zz', écrivez un module"),
        (MODULES.replace("b,d,a", "b,d,b"), "modules.csv:3 : le module 'b' est son propre prérequis"),
        (MODULES.replace("a,d,", "a,d,b"), "modules.csv:3 : les prérequis tournent en rond, 'b' → 'a' → 'b'"),
        (MODULES + "a,d,,\n", "modules.csv:5 : le module 'a' est déjà modules.csv:2"),
        (MODULES + ",d,,1\n", "modules.csv:5 : module est vide"),
        (MODULES.replace("c,e", "c|x,e"), "modules.csv:4 : un module ne peut pas s’appeler 'c|x'"),
        (MODULES.replace("0.5", "dur"), "modules.csv:3 : difficulty vaut 'dur', écrivez un nombre"),
        (MODULES.replace("0.5", "nan"), "modules.csv:3 : difficulty vaut 'nan', écrivez un nombre"),
        (MODULES.replace("0.5", "1e300"), "modules.csv:3 : difficulty vaut '1e300', écrivez un nombre"),
        ("module,domain\na,d\n", "modules.csv:1 : il manque la colonne prerequisites"),
        (f"{MODULES}{CROWDED}z,d,{ALL_OF_THEM},\n", "prérequis, gardez-en 20 au plus"),
    ],
)
def test_modules(modules: str, said: str, tmp_path: Path) -> None:
    assert said in refused(tmp_path, modules=modules)


@pytest.mark.parametrize("value", ["1.2", "-0.1", "nan", "inf", "", '"0,1"', "1e999", "abc", "9" * 400])
@pytest.mark.parametrize(("column", "place"), [("guess", "q1,a,{},0.1,"), ("slip", "q1,a,0.1,{},")])
def test_a_chance_that_is_not_one(value: str, column: str, place: str, tmp_path: Path) -> None:
    said = refused(tmp_path, items=ITEMS.replace("q1,a,0.1,0.1,", place.format(value)))
    assert said.startswith(f"items.csv:2 : {column} vaut ")
    assert said.endswith("écrivez un nombre de 0 à 1, comme 0.25")


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (ITEMS.replace("q1,a,0.1,0.1", "q1,a,0.6,0.4"), "items.csv:2 : guess 0.6 et slip 0.4 font 1 ou plus"),
        (ITEMS.replace("q1,a,0.1,", "q1,a,0,12,0,05,"), "items.csv:2 : 8 cellules au lieu de 5"),
        (ITEMS + "q1,b,0.1,0.1,\n", "items.csv:5 : l’item 'q1' est déjà items.csv:2"),
        (ITEMS + ",b,0.1,0.1,\n", "items.csv:5 : item est vide"),
        (
            ITEMS.replace("q1,a", "q1,zz"),
            "items.csv:2 : module inconnu 'zz', écrivez un module de modules.csv",
        ),
        (ITEMS + LONG_SCENE, f"items.csv:17 : plus de {MOST_STEPS} étapes dans 'S'"),
    ],
)
def test_items(items: str, said: str, tmp_path: Path) -> None:
    assert said in refused(tmp_path, items=items)


@pytest.mark.parametrize("mark", ["2", "-1", "0.5", "oui", "0,"])
def test_a_mark_that_is_neither_0_nor_1(mark: str, tmp_path: Path) -> None:
    assert "answers.csv:2 : " in refused(tmp_path, answers=ANSWERS.replace("u1,1", f"u1,{mark}"))
    assert "mastery.csv:2 : " in refused(tmp_path, mastery=MASTERY.replace("u1,1", f"u1,{mark}"))


def test_mastery_is_never_unknown(tmp_path: Path) -> None:
    said = refused(tmp_path, mastery=MASTERY.replace("u1,1", "u1,"))
    assert said == "mastery.csv:2 : 'a' vaut '', écrivez 0 ou 1"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"answers": ANSWERS + "u1,1,1,1\n"}, "answers.csv:5 : 'u1' est déjà answers.csv:2"),
        ({"mastery": MASTERY + "u1,1,1,1\n"}, "mastery.csv:5 : 'u1' est déjà mastery.csv:2"),
        ({"answers": ANSWERS + "u4,1,1,1\n"}, "answers.csv:5 : 'u4' n’est pas dans mastery.csv"),
        ({"mastery": MASTERY + "u4,1,1,1\n"}, "mastery.csv:5 : 'u4' n’est pas dans answers.csv"),
        ({"answers": ANSWERS.replace("u2", "")}, "answers.csv:3 : usager est vide"),
        ({"answers": "usager\nu1\n"}, "answers.csv:1 : il manque la colonne q1"),
        ({"mastery": "usager,a\nu1,1\n"}, "mastery.csv:1 : il manque la colonne b"),
    ],
)
def test_people(files: dict[str, str], said: str, tmp_path: Path) -> None:
    assert said in refused(tmp_path, **files)


@pytest.mark.parametrize("name", FILES)
class TestEveryFile:
    def test_missing(self, name: str, tmp_path: Path) -> None:
        written(tmp_path)
        (tmp_path / f"{name}.csv").unlink()
        with pytest.raises(WorldError, match=rf"{name}\.csv : ce fichier n’existe pas"):
            read_world(tmp_path)

    def test_a_folder_in_its_place(self, name: str, tmp_path: Path) -> None:
        written(tmp_path)
        (tmp_path / f"{name}.csv").unlink()
        (tmp_path / f"{name}.csv").mkdir()
        with pytest.raises(WorldError, match="c’est un dossier"):
            read_world(tmp_path)

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda text: "", ":1 : le fichier est vide, écrivez d’abord les colonnes "),
            (lambda text: text.splitlines()[0], ":2 : aucun"),
            (lambda text: text.replace(",", ";"), "par des virgules, pas par des points-virgules"),
            (lambda text: text.replace(",", "\t"), "par des virgules, pas par des tabulations"),
            (lambda text: text.replace("\n", "é\n").encode("latin-1"), ":1 : ce n’est pas de l’UTF-8"),
            (lambda text: text.encode("utf-16"), ":1 : ce n’est pas de l’UTF-8"),
            (lambda text: text.replace(",", "\0,", 1), ":1 : un caractère nul"),
            (lambda text: text + '"abc\n', ":5 : cette ligne n’est pas du CSV, vérifiez ses guillemets"),
            (lambda text: text + "x" * 200_000 + ",1\n", ":5 : cette ligne n’est pas du CSV"),
            (lambda text: text + "x\n", ":5 : 1 cellules au lieu de "),
            (lambda text: text + "x,1,1,1,1,1,1\n", ":5 : 7 cellules au lieu de "),
            (
                lambda text: "\n".join(f"{line},{line.split(',')[1]}" for line in text.splitlines()),
                "est écrite deux fois, gardez-en une",
            ),
        ],
    )
    def test_mangled(self, name: str, change, said: str, tmp_path: Path) -> None:
        message = refused(tmp_path, **{name: change(USUAL[name])})
        assert message.startswith(f"{name}.csv:")
        assert said in message

    @pytest.mark.parametrize(
        "change",
        [
            lambda text: text.replace("\n", "\r\n"),
            lambda text: text.encode("utf-8-sig"),
            lambda text: text.replace("\n", "\n\n") + "\n,,,\n",
            lambda text: text.replace(",", " , "),
            lambda text: "\n".join(f"{line},plus" for line in text.splitlines()),
            lambda text: "\n".join(",".join(reversed(line.split(","))) for line in text.splitlines()),
        ],
        ids=["CRLF", "BOM", "empty rows", "spaces", "a column more", "columns turned round"],
    )
    def test_written_otherwise(self, name: str, change, tmp_path: Path) -> None:
        usual = read_world(written(tmp_path))
        read = read_world(written(tmp_path, **{name: change(USUAL[name])}))
        assert read.graph.modules == usual.graph.modules
        assert read.told.items == usual.told.items
        assert read.right.tolist() == usual.right.tolist() == [[1, 0, 1], [0, -1, 1], [1, 1, 0]]
        assert read.mastery.tolist() == usual.mastery.tolist()


def test_numbers_of_a_program_that_writes_all_as_numbers(tmp_path: Path) -> None:
    answers = ANSWERS.replace(",1", ",1.0").replace(",0", ",0.0")
    assert read_world(written(tmp_path, answers=answers)).right.tolist() == [[1, 0, 1], [0, -1, 1], [1, 1, 0]]


def test_a_quote_left_open_is_said_where_it_opens(tmp_path: Path) -> None:
    said = refused(tmp_path, items=ITEMS.replace("q1,a", '"q1,a'))
    assert said.startswith("items.csv:2 : cette ligne n’est pas du CSV")
