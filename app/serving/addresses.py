"""Find the addresses at which other devices of the local network reach this computer."""

from __future__ import annotations

import ipaddress
import socket

# Interfaces that no tablet is on: containers, virtual machines, tunnels.
_NOT_FOR_TABLETS = ("lo", "docker", "podman", "br-", "veth", "virbr", "vmnet", "vboxnet", "tun", "tap", "wg")

_SIOCGIFADDR = 0x8915

ONLY_HERE = "jalons_only_here"
"""Among an application's extensions: whether its server listens to this computer alone."""


def is_loopback(name: str) -> bool:
    """Does this name or address mean « this computer », for whoever says it?"""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def lan_addresses() -> list[str]:
    """IPv4 addresses of this computer on its networks, the most likely first. Needs no Internet."""
    candidates = [*_of_default_route(), *_of_interfaces(), *_of_host_name()]
    return [address for address in dict.fromkeys(candidates) if _reachable_by_others(address)]


def _reachable_by_others(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    return not (ip.is_loopback or ip.is_link_local or ip.is_unspecified)


def _of_default_route() -> list[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # UDP: chooses a route and sends nothing
        except OSError:
            return []
        return [probe.getsockname()[0]]


def _of_interfaces() -> list[str]:
    try:
        import fcntl
    except ImportError:  # Windows
        return []
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            if name.startswith(_NOT_FOR_TABLETS):
                continue
            try:
                request = name.encode()[:15].ljust(40, b"\0")
                answer = fcntl.ioctl(probe.fileno(), _SIOCGIFADDR, request)
            except OSError:  # an interface without an address
                continue
            found.append(socket.inet_ntoa(answer[20:24]))
    return found


def _of_host_name() -> list[str]:
    try:
        rows = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        return []
    return [str(row[4][0]) for row in rows]
