"""Print where the browser for the tests is; on Debian, as root, install it first."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import trouble

# Without windows or menus Chromium takes a third less of the processor, which is where the tests' time goes.
_LIGHT = "chromium-headless-shell"
_NAMES = (_LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# libatomic1: the program that drives the browser needs it and does not say so.
_DRIVER_NEEDS = "libatomic1"


def main() -> None:
    """Print the path of a browser that is there."""
    print(_named() or _ready() or _from_debian())


def _named() -> str | None:
    named = os.environ.get("JALONS_CHROMIUM")
    if named and not shutil.which(named):
        raise trouble.Trouble(f"JALONS_CHROMIUM désigne un navigateur introuvable : {named}")
    return named


def _ready() -> str | None:
    """The browser to use, unless Debian may give a better one."""
    if not _may_install():
        return _found()
    return shutil.which(_LIGHT) if _has_libatomic() else None


def _found() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)


def _from_debian() -> str:
    if not _may_install():
        raise trouble.Trouble(
            "Les essais demandent le navigateur Chromium : JALONS_CHROMIUM=/chemin/vers/chromium make test"
            " (ou sudo apt install chromium libatomic1)."
        )
    print("Installation de Chromium pour les essais…", file=sys.stderr, flush=True)
    _apt("update")
    if not _apt("install", _LIGHT, _DRIVER_NEEDS) and not (_found() and _has_libatomic()):
        _apt("install", "chromium", _DRIVER_NEEDS)
    browser = _found()
    if browser is None or not _has_libatomic():
        raise trouble.Trouble(
            "Chromium n’a pas pu être installé : vérifiez l’accès à Internet, ou indiquez-en un :"
            " JALONS_CHROMIUM=/chemin/vers/chromium make test"
        )
    return browser


def _apt(*command: str) -> bool:
    """Did this command of Debian's package manager succeed?"""
    action, *packages = command
    apt = ["apt-get", "-q", action, "-y", "--no-install-recommends", *packages]
    variables = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(apt, env=variables, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
    return done.returncode == 0


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _has_libatomic() -> bool:
    return any(Path("/usr/lib").glob("*/libatomic.so.1"))


if __name__ == "__main__":
    sys.exit(trouble.run(main))
