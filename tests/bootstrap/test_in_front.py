"""Ctrl-C under `make`: the command stops by itself, and `make` ends as it did."""

import os
import pty
import sys
import time
from pathlib import Path

IN_FRONT = Path(__file__).parents[2] / "scripts/bootstrap/in_front.py"

SERVER = """import signal, sys, time
def stop(number, frame):
    print("stopped", flush=True)
    sys.exit(0)
signal.signal(signal.SIGINT, stop)
print("ready", flush=True)
time.sleep(30)
"""


def test_ctrl_c_under_make_is_a_clean_end(tmp_path):
    (tmp_path / "server.py").write_text(SERVER)
    python = sys._base_executable
    (tmp_path / "Makefile").write_text(f"run:\n\t@'{python}' '{IN_FRONT}' '{python}' server.py\n")
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(tmp_path)
        os.execvp("make", ["make", "run"])
    said = _read_until(terminal, b"ready")
    os.write(terminal, b"\x03")
    said += _read_until(terminal, b"stopped")
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0, said


def _read_until(terminal: int, word: bytes) -> bytes:
    said = b""
    end = time.monotonic() + 20
    while word not in said and time.monotonic() < end:
        said += os.read(terminal, 1000)
    return said
