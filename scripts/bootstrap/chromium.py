"""Print where the browser for the tests is; on Debian, as root, install it first."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import trouble

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# libatomic1: the program that drives the browser needs it and does not say so.
_PACKAGES = ("chromium", "libatomic1")


def main() -> None:
    """Print the path of a browser that is there."""
    print(_named() or _installed() or _from_debian())


def _named() -> str | None:
    named = os.environ.get("JALONS_CHROMIUM")
    if named and not shutil.which(named):
        raise trouble.Trouble(f"JALONS_CHROMIUM désigne un navigateur introuvable : {named}")
    return named


def _installed() -> str | None:
    if not _may_install() or _has_libatomic():
        return next(filter(None, map(shutil.which, _NAMES)), None)
    return None


def _from_debian() -> str:
    if not _may_install():
        raise trouble.Trouble(
            "Les essais demandent le navigateur Chromium : JALONS_CHROMIUM=/chemin/vers/chromium make test"
            " (ou sudo apt install chromium libatomic1)."
        )
    print("Installation de Chromium pour les essais…", file=sys.stderr, flush=True)
    variables = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *_PACKAGES]):
        apt = ["apt-get", "-q", *command]
        done = subprocess.run(apt, env=variables, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
    if done.returncode or not shutil.which("chromium"):
        raise trouble.Trouble(
            "Chromium n’a pas pu être installé : vérifiez l’accès à Internet, ou indiquez-en un :"
            " JALONS_CHROMIUM=/chemin/vers/chromium make test"
        )
    return str(shutil.which("chromium"))


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _has_libatomic() -> bool:
    return any(Path("/usr/lib").glob("*/libatomic.so.1"))


if __name__ == "__main__":
    sys.exit(trouble.run(main))
