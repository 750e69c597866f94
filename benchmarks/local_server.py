"""A server of its own on loopback, with a database made for the occasion."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
SLOWEST_START = 60


def make_structure(instance: Path) -> str:
    """Make a database with one structure; return the path of its welcome page."""
    from app import create_app
    from app.config import Settings
    from app.services.accounts import create_structure
    from app.store import database

    app = create_app(Settings(instance_dir=instance, database_url=None))
    database.upgrade(app)
    with app.app_context():
        slug = create_structure("Mesure", now=datetime.now(UTC)).slug
        database.db.session.commit()
    return f"/lieu/{slug}"


class LocalServer:
    """`jalons serve` as people start it; use it in a ``with``."""

    def __init__(self, instance: Path, page: str) -> None:
        self.port = _free_port()
        self._page = f"http://127.0.0.1:{self.port}{page}"
        self._environment = os.environ | {"JALONS_INSTANCE_DIR": str(instance)}
        self._environment.pop("DATABASE_URL", None)
        self.first_page_seconds = 0.0

    def __enter__(self) -> LocalServer:
        command = [sys.executable, "-m", "app.cli", "serve", "--host", "127.0.0.1", "--port", str(self.port)]
        begin = time.perf_counter()
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        self._wait_for_page(begin)
        self.first_page_seconds = time.perf_counter() - begin
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=20)

    def memory(self) -> float:
        """Resident memory, in megabytes of 1,048,576 bytes."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found
        return int(found[1]) / 1024

    def processor_seconds(self) -> float:
        """Processor time that the server has used: unlike a delay, it does not depend on the neighbours."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _wait_for_page(self, begin: float) -> None:
        while time.perf_counter() < begin + SLOWEST_START:
            try:
                with urlopen(self._page, timeout=SLOWEST_START) as page:
                    page.read()
                return
            except OSError:
                if self._process.poll() is not None:
                    break
                time.sleep(0.01)
        raise SystemExit("Le serveur n’a pas démarré.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
