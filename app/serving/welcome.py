"""What `jalons serve` prints: where to go, on which device, with which sign-in."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable

from app.serving.addresses import is_loopback, lan_addresses

EVERY_INTERFACE = ("0.0.0.0", "::")

# White on black whatever the terminal's own colours: some readers refuse a code in negative.
_WHITE_ON_BLACK, _PLAIN = "\033[97;40m", "\033[0m"


def announce(host: str, port: int, sign_ins: Iterable[tuple[str, str, str]] = ()) -> None:
    """Print the addresses, the QR code for tablets and the demo's sign-ins."""
    here = "localhost" if host in EVERY_INTERFACE or is_loopback(host) else host
    print(f"\nJalons est prêt.\n\n  Sur cet ordinateur :  http://{here}:{port}/")
    _announce_tablets(host, port)
    _announce_sign_ins(list(sign_ins))
    print("\nPour arrêter : Ctrl-C", flush=True)


def qr_code(url: str, *, coloured: bool) -> str:
    """A QR code drawn with half blocks."""
    import segno

    drawing = io.StringIO()
    segno.make(url, micro=False).terminal(drawing, border=2, compact=True)
    lines = drawing.getvalue().splitlines()
    return "\n".join(f"{_WHITE_ON_BLACK}{line}{_PLAIN}" if coloured else line for line in lines)


def _announce_tablets(host: str, port: int) -> None:
    if is_loopback(host):
        print("  Sur les tablettes :   non, Jalons n’écoute que cet ordinateur (pour elles, retirez --host)")
        return
    addresses = lan_addresses() if host in EVERY_INTERFACE else [host]
    if not addresses:
        print(
            "  Sur les tablettes :   cet ordinateur n’est relié à aucun réseau."
            " Reliez-le au Wi-Fi des tablettes, puis relancez Jalons."
        )
        return
    first, *others = [f"http://{address}:{port}/" for address in addresses]
    print(f"  Sur les tablettes :   {first}")
    for other in others:
        print(f"                   ou   {other}")
    if (sys.stdout.encoding or "").lower().startswith("utf"):
        print(f"\n{qr_code(first, coloured=sys.stdout.isatty())}")


def _announce_sign_ins(sign_ins: list[tuple[str, str, str]]) -> None:
    if not sign_ins:
        return
    print("\n  Pour se connecter à la structure de démonstration :")
    width = max(len(name) for name, _, _ in sign_ins)
    for name, email, password in sign_ins:
        print(f"    {name:<{width}}  {email}  mot de passe : {password}")
