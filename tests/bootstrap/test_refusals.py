"""What stops `make run` and `make test` before they begin is said in one line."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

BOOTSTRAP = Path(__file__).parents[2] / "scripts/bootstrap"
NOBODY = 65534

# One that any user may run: the one in use may lie in root's own folder.
PYTHON = "/usr/bin/python3" if Path("/usr/bin/python3").exists() else sys._base_executable


def run_as_a_user(command, **variables):
    """Run a command without the rights of root, which no folder refuses."""
    user = NOBODY if os.geteuid() == 0 else None
    environment = {"PATH": "/usr/bin:/bin"} | variables
    return subprocess.run(command, env=environment, user=user, capture_output=True, text=True, check=False)


@pytest.fixture
def readable_copy():
    """A copy of the scripts that everyone may read and only its owner change."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(BOOTSTRAP, root / "scripts/bootstrap", ignore=shutil.ignore_patterns("__pycache__"))
        for path in (root, *root.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield root
        for path in (root, *root.rglob("*")):
            path.chmod(0o755)


def test_a_folder_that_cannot_be_written(readable_copy):
    done = run_as_a_user([PYTHON, readable_copy / "scripts/bootstrap/install.py", "run"])
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "copiez Jalons dans un dossier à vous" in done.stderr


def test_a_python_too_old(tmp_path):
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)
    command = ["/bin/sh", BOOTSTRAP / "find_python.sh"]
    done = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "Python 3.11" in done.stderr and "Python 3.9.2" in done.stderr


def test_a_browser_named_but_missing(readable_copy):
    script = readable_copy / "scripts/bootstrap/chromium.py"
    done = run_as_a_user([PYTHON, script], JALONS_CHROMIUM="/nowhere/chromium")
    assert done.returncode == 1
    assert "/nowhere/chromium" in done.stderr


def test_without_a_browser_it_names_the_variable(readable_copy):
    done = run_as_a_user([PYTHON, readable_copy / "scripts/bootstrap/chromium.py"], PATH="/nowhere")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "JALONS_CHROMIUM=/chemin/vers/chromium make test" in done.stderr
