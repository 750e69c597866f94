"""Serve with waitress until asked to stop, and let the answers under way finish."""

from __future__ import annotations

import ctypes
import gc
import logging
import signal
import socket
from typing import Any

from flask import Flask

from app.serving.addresses import ONLY_HERE, is_loopback

THREADS = 8

# A room of tablets with a browser keeping several connections each.
CONNECTIONS = 500


def serve(app: Flask, listener: socket.socket) -> None:
    """Answer on `listener` until Ctrl-C or a request to end."""
    import waitress

    app.extensions[ONLY_HERE] = is_loopback(listener.getsockname()[0])
    _share_memory_between_threads()
    spare_lasting_objects()
    # It warns at each question that waits for a thread, which a busy room makes normal.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = waitress.create_server(
        app, sockets=[listener], threads=THREADS, connection_limit=CONNECTIONS, ident=None
    )
    _stop_on_request()
    try:
        server.run()  # ends by itself on KeyboardInterrupt, after the answers under way
    finally:
        server.close()


def _share_memory_between_threads() -> None:
    """glibc keeps a reserve of memory a thread, which the engine's tables fill: two halve the total."""
    arena_max = -8
    try:
        ctypes.CDLL(None).mallopt(arena_max, 2)
    except (OSError, AttributeError, TypeError):  # another system, another C library
        return


def spare_lasting_objects() -> None:
    """Have the garbage collector pass by what the application holds for good.

    Content alone is 200,000 objects. A page that makes thousands of rows has them all looked through again:
    a tenth of a second (``benchmarks/desk.py``).
    """
    gc.collect()
    gc.freeze()


def _stop_on_request() -> None:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):  # Windows has no SIGHUP
            signal.signal(number, _stop)


def _stop(_number: int, _frame: Any) -> None:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not cut the stop short
    raise KeyboardInterrupt
