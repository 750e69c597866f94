"""Make `.venv` and install what requirements/<name>.txt lock, and Jalons itself: `install.py run test`.

A stamp in `.venv` says what is installed, so that the next run has nothing to do. A file in `.boot` says
that an installation has begun: one that was cut short is begun again in a fresh `.venv`, because pip takes
a half-copied library for an installed one.
"""

from __future__ import annotations

import fcntl
import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import environment
import pip_install
import trouble

ROOT = Path(__file__).resolve().parents[2]
BOOT = ROOT / ".boot"
LOG = BOOT / "install.log"
BEGUN = BOOT / "begun"
PLACE = ROOT / ".venv/jalons-place"


def main() -> None:
    """Install the names given on the command line."""
    names = sys.argv[1:]
    if not _missing(names):
        return
    try:
        BOOT.mkdir(exist_ok=True)
        with _alone():
            if missing := _missing(names):
                _install(missing)
    except OSError as error:
        raise trouble.explain_os_error(error, ROOT) from error


def _install(names: list[str]) -> None:
    print("Installation des bibliothèques : une à trois minutes, la première fois seulement…", flush=True)
    LOG.write_bytes(b"")
    (ROOT / ".venv").mkdir(exist_ok=True)
    usable = not BEGUN.exists() and _place_is_right() and environment.has_pip(ROOT)
    BEGUN.touch()
    if not usable:
        environment.make(ROOT, BOOT / "virtualenv", LOG)
    for name in names:
        _pip(["--require-hashes", "--only-binary=:all:", "-r", f"requirements/{name}.txt"])
    _pip(["--no-deps", "--no-build-isolation", "--no-index", "--editable", "."])
    PLACE.write_text(_place(), encoding="utf-8")
    for name in names:
        _stamp(name).write_text(_digest(name), encoding="utf-8")
    BEGUN.unlink()


def _pip(arguments: list[str]) -> None:
    pip_install.install(ROOT / ".venv/bin/python", arguments, log=LOG, folder=ROOT)


def _missing(names: list[str]) -> list[str]:
    if BEGUN.exists() or not PLACE.exists() or not _place_is_right():
        return names
    return [name for name in names if not _stamp(name).exists() or _stamp(name).read_text() != _digest(name)]


def _place_is_right() -> bool:
    """False where the folder was moved or Python replaced: `.venv` knows both by heart."""
    if environment.version_of(ROOT) is None:
        return False
    return not PLACE.exists() or PLACE.read_text(encoding="utf-8") == _place()


def _place() -> str:
    return f"{ROOT}\n{environment.version_of(ROOT)}\n"


def _stamp(name: str) -> Path:
    return ROOT / f".venv/jalons-{name}"


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / f"requirements/{name}.txt").read_bytes()).hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """One installation at a time: `make run` and `make test` may be started together."""
    with (BOOT / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Une autre installation est en cours : on attend qu’elle finisse…", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(trouble.run(main))
