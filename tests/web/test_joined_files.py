"""A script or a style sheet is delivered with all that it imports."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.content.simulators import SCENES
from app.web import static_files
from app.web.joined_files import CannotJoin, joined
from app.web.static_files import FOLDER

SCRIPTS = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("js/**/*.js"))
STYLES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("css/**/*.css"))


@pytest.fixture
def write(tmp_path):
    def write(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.js").write_text(text)
        return tmp_path

    return write


@pytest.mark.parametrize("path", SCRIPTS)
def test_every_script_can_be_joined_and_imports_only_what_stays_apart(path):
    imported = re.findall(r'^import .* from "(.*)";$', joined(FOLDER, path), re.MULTILINE)
    assert all(re.search(r"/(simulateur|donnees/\w+)\.js$", name) for name in imported)


@pytest.mark.parametrize("path", STYLES)
def test_every_style_sheet_can_be_joined(path):
    assert "@import" not in joined(FOLDER, path)


def test_the_sheet_of_simulators_has_that_of_each():
    text = joined(FOLDER, "css/simulateurs.css")
    assert [path for path in STYLES if "/simulateurs/" in path and joined(FOLDER, path) not in text] == []


def test_comments_and_layout_are_left_out_and_texts_are_not(write):
    folder = write(
        a='// A note.\nconst address = "http://a // b";\n\nconst said = `  ${address}  // said`;\nsay(said);'
    )
    text = joined(folder, "a.js")
    assert "A note" not in text
    assert '"http://a // b"' in text
    assert "`  ${address}  // said`" in text


@pytest.mark.parametrize(
    "statement",
    [
        'import b from "./b.js";',
        'import { c } from "elsewhere";',
        "export default 1;",
        'export { c } from "./b.js";',
        'export * from "./b.js";',
        "export const { c } = window;",
        'import {\n  c,\n} from "./b.js";',
        "const name = `${first}${last ? ` ${last}` : ``}`;",
    ],
)
def test_what_joining_does_not_know_is_refused(write, statement):
    folder = write(a=statement, b="export const c = 1;\n")
    with pytest.raises(CannotJoin, match=r"a\.js"):
        joined(folder, "a.js")


def test_a_circle_may_share_functions_and_not_values(write):
    circle = 'import { one } from "./a.js";\nexport function two() { return one; }\n'
    folder = write(a='import { two } from "./b.js";\nexport function one() { return two(); }\n', b=circle)
    assert "one" in joined(folder, "a.js")
    folder = write(a='import { two } from "./b.js";\nexport const one = two();\n')
    with pytest.raises(CannotJoin, match="its one is there"):
        joined(folder, "a.js")


def test_a_module_of_another_folder_loads_nothing_beside_itself(tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "a.js").write_text('import "./parts/b.js";\n')
    (tmp_path / "parts/b.js").write_text('import("./c.js");\n')
    with pytest.raises(CannotJoin, match=r"parts/b\.js"):
        joined(tmp_path, "a.js")


def test_while_debugging_a_file_is_as_it_was_written(client, app, structure, monkeypatch):
    monkeypatch.setattr(app, "debug", True)
    source = (FOLDER / "js/simulateurs/telephone.js").read_text()
    assert client.get("/fichiers/x/js/simulateurs/telephone.js").text == source


@pytest.mark.parametrize(
    "name", sorted({model.model_fields["start"].annotation.script for model in SCENES.values()})
)
def test_each_simulator_has_its_script_its_drawings_and_its_usual_content(client, structure, name):
    assert f"js/simulateurs/{name}.js" in SCRIPTS
    text = client.get(f"/fichiers/x/js/simulateurs/donnees/{name}.js").text
    known = json.loads(text.removeprefix("export const known=").removesuffix(";"))
    assert known["icones"]
    assert all("<" in drawing for drawing in known["icones"].values())
    assert isinstance(known["depart"], dict)


def test_a_simulator_comes_with_what_it_knows_and_the_telephone_in_two_parts(client, structure):
    whole, half = (
        client.get(f"/fichiers/x/js/simulateurs/{name}.js").text for name in ("visio", "telephone")
    )
    assert "donnees" not in whole
    assert '"microphone":"<path' in whole
    assert "./donnees/telephone.js" in half


def test_the_frame_comes_with_the_drawings_of_its_own_buttons(client, structure):
    assert '"player-skip-forward":"<path' in client.get("/fichiers/x/js/simulateurs/simulateur.js").text


def test_there_is_nothing_to_know_of_a_simulator_that_does_not_exist(client, structure):
    assert client.get("/fichiers/x/js/simulateurs/donnees/inconnu.js").status_code == 404


def test_the_version_changes_when_any_source_does(tmp_path, monkeypatch):
    sources = [tmp_path / "web/static/js/parts/a.js", tmp_path / "content/simulators/b.py"]
    for source in sources:
        source.parent.mkdir(parents=True)
        source.write_text("1")
    monkeypatch.setattr(static_files, "APP", tmp_path)
    versions = [static_files.version.__wrapped__()]
    for source in sources:
        source.write_text("2")
        versions.append(static_files.version.__wrapped__())
    assert len(set(versions)) == 3


def test_a_file_comes_without_a_cookie_and_does_not_depend_on_one(client, structure):
    response = client.get("/fichiers/x/css/tablette.css")
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")


def test_no_path_is_left_out_of_the_version():
    assert all((static_files.APP / name).exists() for name in static_files.MADE_OF)
    assert Path(static_files.APP / "web/static") == FOLDER
