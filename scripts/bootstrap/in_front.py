"""Run a command as the terminal's own, so that Ctrl-C reaches it alone: `in_front.py COMMAND…`.

Under `make`, Ctrl-C would reach `make` too, which then ends as interrupted however well its command ended.
Without a terminal (a service, a test), the command is simply run.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys


def main() -> int:
    """Run the command given and return its exit code."""
    command = sys.argv[1:]
    if not _holds_the_terminal():
        os.execvp(command[0], command)
    ours = os.getpgrp()
    # Ours to ignore: giving the terminal away and taking it back; the command inherits the refusal of Ctrl-Z,
    # which would stop it while the shell still waits for make.
    for name in (signal.SIGTTOU, signal.SIGTSTP):
        signal.signal(name, signal.SIG_IGN)
    process = subprocess.Popen(command, process_group=0)
    for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(name, lambda number, _frame: process.send_signal(number))
    try:
        os.tcsetpgrp(0, process.pid)
        return process.wait()
    finally:
        os.tcsetpgrp(0, ours)


def _holds_the_terminal() -> bool:
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
