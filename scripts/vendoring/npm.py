"""Fetch one release of an npm package and check that it is the very one we chose."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """A release, named by the sha512 of its archive so that nothing else can take its place."""

    name: str
    version: str
    sha512: str


def fetch(package: Package, folder: Path) -> Path:
    """Unpack `package` under `folder` and return where it lies."""
    archive = _download(package, folder)
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != package.sha512:
        raise SystemExit(f"{package.name} {package.version} : l’archive reçue n’est pas celle attendue.")
    target = folder / archive.stem
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def _download(package: Package, folder: Path) -> Path:
    command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    try:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    except FileNotFoundError:
        raise SystemExit("npm manque : il ne sert qu’à « make vendor » (apt install npm).") from None
    except subprocess.CalledProcessError:
        raise SystemExit(f"npm n’a pas pu télécharger {package.name} {package.version}.") from None
    stem = package.name.removeprefix("@").replace("/", "-")
    return folder / f"{stem}-{package.version}.tgz"
