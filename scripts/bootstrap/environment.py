"""Make `.venv`, also where Debian's Python has no ensurepip."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pip_install
from trouble import Trouble


def make(folder: Path, boot: Path, log: Path) -> None:
    """Make `folder/.venv` anew."""
    target = folder / ".venv"
    shutil.rmtree(target, ignore_errors=True)
    if _ran([sys.executable, "-m", "venv", target], log):
        return
    # Debian without python3-venv: virtualenv carries its own pip.
    shutil.rmtree(target, ignore_errors=True)
    _fetch_virtualenv(folder, boot, log)
    if not _ran([sys.executable, "-m", "virtualenv", "--no-periodic-update", target], log, boot):
        raise Trouble(f"L’environnement Python n’a pas pu être préparé : lisez {log}")


def version_of(folder: Path) -> str | None:
    """The version of `.venv`'s Python, or None where it does not run."""
    question = "import sys; print(sys.version_info[:2])"
    try:
        command = [folder / ".venv/bin/python", "-I", "-S", "-c", question]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def has_pip(folder: Path) -> bool:
    """Whether `.venv` can install something."""
    command = [folder / ".venv/bin/python", "-m", "pip", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _fetch_virtualenv(folder: Path, boot: Path, log: Path) -> None:
    if not _ran([sys.executable, "-m", "pip", "--version"], log):
        raise Trouble(
            "Il manque à Python de quoi installer des bibliothèques : sudo apt install python3-venv,"
            " puis relancez la même commande."
        )
    arguments = ["--require-hashes", "-r", "requirements/boot.txt", "--target", str(boot), "--upgrade"]
    pip_install.install(sys.executable, arguments, log=log, folder=folder)


def _ran(command: list[str | Path], log: Path, modules: Path | None = None) -> bool:
    variables = pip_install.environment()
    if modules:
        variables["PYTHONPATH"] = str(modules)
    with log.open("ab") as file:
        return subprocess.run(command, env=variables, stdout=file, stderr=file, check=False).returncode == 0
