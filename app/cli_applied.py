"""What `jalons calibrate` says of a fit that is applied, undone, or only found better."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from app.cli_french import Refusal

_THEN = "Relancez Jalons pour qu’il serve, puis lancez « jalons db rebuild »."


_NOWHERE = "Aucun de ses modules n’est dans les contenus d’ici : il ne sert qu’à ce dossier."


def apply_or_say(
    instance_dir: Path, *, is_better: bool, apply_it: bool, put: Callable[[], Path], serves_here: bool = True
) -> None:
    """Apply a fit where it is better and wished, and say what was done."""
    if not is_better:
        click.echo("Le réglage n’est pas meilleur : rien ne change.")
    elif not apply_it:
        click.echo("Le réglage est meilleur ; --apply l’applique, --undo le défera.")
    else:
        try:
            path = put()
        except OSError as error:
            raise Refusal(
                f"Impossible d’écrire dans le dossier « {instance_dir} » : donnez-vous le droit d’y écrire."
            ) from error
        click.echo(f"Le réglage est appliqué : {path}. {_THEN if serves_here else _NOWHERE}")


def say_undone(undone: bool) -> None:
    """Say that the last fit was taken away, or that there was none."""
    click.echo(f"Le dernier réglage est défait. {_THEN}" if undone else "Aucun réglage à défaire.")
