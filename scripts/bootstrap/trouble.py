"""What goes wrong and is not a bug: said in one plain line, without a traceback."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable


class Trouble(Exception):
    """Its message, in French, says what to do."""


def explain_os_error(error: OSError, folder: object) -> Trouble:
    """The line for a folder that cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full()
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return unwritable(folder)
    return Trouble(f"L’installation a échoué : {error}")


def disk_full() -> Trouble:
    """The line for a full disk."""
    return Trouble("Le disque est plein : libérez environ 1 Go, puis relancez la même commande.")


def unwritable(folder: object) -> Trouble:
    """The line for a folder that is not ours."""
    return Trouble(
        f"Impossible d’écrire dans le dossier « {folder} » : copiez Jalons dans un dossier à vous"
        " (votre dossier personnel, par exemple) et relancez la même commande."
    )


def run(main: Callable[[], None]) -> int:
    """Run `main`; print trouble as one line and return the exit code."""
    try:
        main()
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrompu. Relancez la même commande : elle reprendra.", file=sys.stderr)
        return 130
    return 0
