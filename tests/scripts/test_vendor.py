"""`make vendor`: the icons named are there, small; the others are not."""

import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="24" viewBox="0 0 24 24" class="icon">
  <path stroke="none" d="M0 0h24v24H0z" fill="none" />
  <path
    d="M3 7l9 6" />
</svg>"""


@pytest.fixture
def packages(tmp_path):
    icons = tmp_path / "icons"
    (icons / "icons/outline").mkdir(parents=True)
    for name in ("mail", "phone", "home", "lock"):
        (icons / f"icons/outline/{name}.svg").write_text(DRAWING)
    (icons / "LICENSE").write_text("MIT")
    font = tmp_path / "font"
    (font / "files").mkdir(parents=True)
    (font / "files/atkinson-hyperlegible-next-latin-wght-normal.woff2").write_bytes(b"font")
    for subset, weight in product(("latin", "latin-ext"), (400, 700)):
        name = f"atkinson-hyperlegible-next-{subset}-{weight}-normal.woff"
        (font / "files" / name).write_bytes(b"font")
    (font / "LICENSE").write_text("OFL")
    return icons, font


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "project"
    for folder in ("parcours/modules", "quizzes/a", "app/web/static/icons"):
        (root / folder).mkdir(parents=True)
    (root / "parcours/modules/a.yaml").write_text("# icone: never\n- icone: mail\n")
    (root / "quizzes/a/b.yaml").write_text('reponses:\n  - {texte: "Ici", pictogramme: phone}\n')
    (root / "app/web/page.html").write_text('{{ icon("home") }}')
    (root / "app/web/static/icons/extra.txt").write_text("lock  # in the style sheet\n")
    return root


def vendor(project, packages):
    icons, font = packages
    command = [sys.executable, ROOT / "scripts/vendor.py", "--root", project]
    command += ["--icons", icons, "--font", font, "--pdf-font", font]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def icon_names(project):
    return {file.stem for file in (project / "app/web/static/icons/tabler").glob("*.svg")}


def test_it_copies_the_icons_named_anywhere(project, packages):
    assert vendor(project, packages).returncode == 0
    assert icon_names(project) == {"mail", "phone", "home", "lock"}


def test_an_icon_is_its_drawing_and_nothing_else(project, packages):
    vendor(project, packages)
    svg = (project / "app/web/static/icons/tabler/mail.svg").read_text()
    assert svg.count("<path") == 1
    assert 'viewBox="0 0 24 24"' in svg and 'stroke="currentColor"' in svg
    assert "class=" not in svg and "width=" not in svg.replace("stroke-width=", "")


def test_it_removes_an_icon_no_longer_named(project, packages):
    vendor(project, packages)
    (project / "app/web/page.html").write_text("")
    vendor(project, packages)
    assert "home" not in icon_names(project)


def test_it_says_where_an_unknown_icon_is_named(project, packages):
    (project / "quizzes/a/b.yaml").write_text("x: 1\npictogramme: unicorn-42\n")
    done = vendor(project, packages)
    assert done.returncode == 1
    assert "quizzes/a/b.yaml:2: icône inconnue « unicorn-42 »" in done.stderr


def test_every_icon_named_in_jalons_is_there():
    command = [sys.executable, ROOT / "scripts/vendor.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_it_keeps_the_licences_beside_the_files(project, packages):
    vendor(project, packages)
    assert (project / "app/web/static/icons/tabler/LICENSE").read_text() == "MIT"
    assert (project / "app/web/static/fonts/OFL.txt").read_text() == "OFL"


def test_third_party_page_names_the_versions_carried():
    page = (ROOT / "THIRD_PARTY.md").read_text()
    for script in ("icons.py", "fonts.py"):
        source = (ROOT / "scripts/vendoring" / script).read_text()
        name, version = re.search(r'Package\(\s*"([^"]+)",\s*"([^"]+)"', source).groups()
        assert any(name in row and version in row for row in page.splitlines())
