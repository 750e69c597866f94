"""Run pip, keep what it says in a file, and turn its failures into one plain line."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from trouble import Trouble, disk_full, unwritable

# Personal settings that would send the libraries elsewhere than into .venv.
_UNWANTED = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV", "PYTHONPATH", "PYTHONHOME")

_NO_NETWORK = (
    "NewConnectionError", "ConnectTimeoutError", "ReadTimeoutError", "Read timed out", "ProxyError",
    "name resolution", "Network is unreachable", "Connection refused", "Connection reset",
    "SSLError", "CERTIFICATE_VERIFY_FAILED",
)  # fmt: skip
_NOT_FOUND = ("No matching distribution", "Could not find a version")


def install(python: Path | str, arguments: list[str], *, log: Path, folder: Path) -> None:
    """`python -m pip install …`, run in `folder`; raises `Trouble`."""
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--progress-bar=off", "--retries=2", *arguments]
    with log.open("ab") as file:
        done = subprocess.run(
            command, cwd=folder, env=environment(), stdin=subprocess.DEVNULL, stdout=file, stderr=file,
            check=False,
        )  # fmt: skip
    if done.returncode:
        raise failure(log.read_text(encoding="utf-8", errors="replace"), log, folder)


def environment() -> dict[str, str]:
    """Our own environment without what would mislead pip."""
    kept = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    return kept | {"PIP_USER": "0"}


def failure(said: str, log: Path, folder: Path) -> Trouble:
    """The one line for what pip said."""
    if os.environ.get("CI"):
        print("\n".join(said.splitlines()[-20:]))  # nobody can open the file afterwards
    if "No space left" in said:
        return disk_full()
    if "Permission denied" in said or "Read-only file system" in said:
        return unwritable(folder)
    if any(words in said for words in _NO_NETWORK):
        return Trouble(
            "Les bibliothèques n’ont pas pu être téléchargées : vérifiez l’accès à Internet (PyPI), puis"
            " relancez la même commande. Internet ne sert que pour cette installation."
        )
    if any(words in said for words in _NOT_FOUND):
        return Trouble(
            "Une bibliothèque est introuvable pour cet ordinateur : vérifiez l’accès à Internet et les"
            f" réglages de pip, puis relancez la même commande. Détails : {log}"
        )
    if "DO NOT MATCH THE HASHES" in said:
        return Trouble(
            "Une bibliothèque reçue n’est pas celle attendue et n’a pas été installée : relancez la même"
            f" commande, et si cela se répète, changez de réseau. Détails : {log}"
        )
    return Trouble(f"L’installation a échoué : relancez la même commande. Si cela se répète, lisez {log}")
