"""A project as small as can be, that installs without any network."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

BOOTSTRAP = Path(__file__).parents[2] / "scripts/bootstrap"

PYPROJECT = """[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""

METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n"

BACKEND = f'''"""Builds an empty wheel, so that the test needs no build tool."""
import zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "small-1.0-py3-none-any.whl"
    with zipfile.ZipFile(folder + "/" + name, "w") as wheel:
        wheel.writestr("small-1.0.dist-info/METADATA", {METADATA.format(name="small", version="1.0")!r})
        wheel.writestr("small-1.0.dist-info/WHEEL", {WHEEL!r})
        wheel.writestr("small-1.0.dist-info/RECORD", "")
    return name
'''


class Project:
    """The project under test and the libraries that pip finds beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wheels = folder.parent / "wheels"
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder.parent), "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels), "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1",
        }  # fmt: skip

    def lock(self, **versions: str) -> None:
        """Lock these libraries, made on the spot: each is one module that knows its version."""
        lines = []
        for name, version in versions.items():
            digest = hashlib.sha256(self.wheel(name, version).read_bytes()).hexdigest()
            lines.append(f"{name}=={version} --hash=sha256:{digest}\n")
        (self.folder / "requirements/run.txt").write_text("".join(lines))

    def install(self, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the installation as `make run` does."""
        command = [sys._base_executable, self.folder / "scripts/bootstrap/install.py", "run"]
        return subprocess.run(
            command, env=self.environment | variables, capture_output=True, text=True, check=False
        )

    def version_of(self, name: str) -> str:
        """The version that `.venv` imports."""
        command = [self.folder / ".venv/bin/python", "-c", f"import {name}; print({name}.version)"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    def wheel(self, name: str, version: str, text: str = "") -> Path:
        """A library made on the spot."""
        path = self.wheels / f"{name}-{version}-py3-none-any.whl"
        info = f"{name}-{version}.dist-info"
        with zipfile.ZipFile(path, "w") as wheel:
            wheel.writestr(f"{name}.py", f"version = '{version}'\n# {text}\n")
            wheel.writestr(f"{info}/METADATA", METADATA.format(name=name, version=version))
            wheel.writestr(f"{info}/WHEEL", WHEEL)
            wheel.writestr(f"{info}/RECORD", "")
        return path


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "Médiathèque du lac"  # a space and accents, as on people's desks
    (folder / "requirements").mkdir(parents=True)
    (tmp_path / "wheels").mkdir()
    shutil.copytree(BOOTSTRAP, folder / "scripts/bootstrap", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "pyproject.toml").write_text(PYPROJECT)
    (folder / "backend.py").write_text(BACKEND)
    made = Project(folder)
    made.lock(brick="1.0")
    return made
