"""Take the port before anything slow is done, or say in one line why it cannot be had."""

from __future__ import annotations

import errno
import socket

BACKLOG = 1024


class CannotListen(Exception):
    """Its message, in French, says what to do."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on `host` and `port`. Raises `CannotListen`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise CannotListen(_explain(error, host, port)) from error
    return listener


def _explain(error: OSError | OverflowError, host: str, port: int) -> str:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return (
            f"Le port {port} est déjà pris, peut-être par Jalons lui-même (http://localhost:{port}/)."
            f" Sinon, choisissez un autre port : PORT={port + 1} make run"
        )
    if number in (errno.EACCES, errno.EPERM):
        return f"Le port {port} est réservé au système : prenez-en un au-dessus de 1024, PORT=8000 make run"
    if isinstance(error, OverflowError):
        return "Le port est un nombre entre 1024 et 65535 : PORT=8000 make run"
    return f"Cet ordinateur n’a pas l’adresse « {host} ». Retirez --host, ou essayez --host 127.0.0.1."
