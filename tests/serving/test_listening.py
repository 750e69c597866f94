"""Taking the port, or saying what to do."""

import socket

import pytest

from app.serving.listening import CannotListen, listen


def test_it_listens():
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        socket.create_connection(("127.0.0.1", port), timeout=5).close()


def test_a_port_in_use_names_another_one():
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(CannotListen, match=f"Le port {port} est déjà pris.*PORT={port + 1} make run"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize("port", [-1, 65536, 99999999])
def test_a_port_that_cannot_be(port):
    with pytest.raises(CannotListen, match="entre 1024 et 65535"):
        listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.77", "not.a.host.invalid"])
def test_an_address_that_is_not_ours(host):
    with pytest.raises(CannotListen, match="n’a pas l’adresse"):
        listen(host, 0)
