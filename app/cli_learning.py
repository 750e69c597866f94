"""`jalons calibrate --learning`: how fast people learn and forget, fitted to what was recorded here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli_applied import apply_or_say, say_undone
from app.cli_french import Refusal
from app.cli_options import known_structure

if TYPE_CHECKING:
    from app.config import Settings
    from app.engine.levels import Parameters


def undo_learning(instance_dir: Path) -> None:
    """Take away the figures applied last."""
    from app.services import learning_calibrations

    say_undone(learning_calibrations.undo(instance_dir))


def fit_learning(settings: Settings, structure: str | None, seed: int, apply_it: bool) -> None:
    """Fit on the histories recorded here, say what it is worth, and apply it where asked and better."""
    import numpy as np

    from app import cli_application as ready
    from app.engine.learning_rates import FEWEST_PEOPLE, TooFewPeople
    from app.services import learning_calibrations
    from app.services.clock import now

    rng = np.random.default_rng(seed)
    with ready.application(settings).app_context():
        found = learning_calibrations.histories(rng, now(), known_structure(structure))
    here = learning_calibrations.current(settings.instance_dir)
    try:
        result = learning_calibrations.fitted(found.people, rng, settings.instance_dir)
    except TooFewPeople as error:
        raise Refusal(
            f"{len(found.people)} personne(s) ont pratiqué ou ont été observées :"
            f" il en faut {FEWEST_PEOPLE} au moins. Notez d’abord d’autres séances."
        ) from error
    if found.is_sample:
        click.echo(f"{len(found.people)} personnes tirées au hasard sur {found.out_of} suivies.")
    click.echo(f"Réglé sur {result.people} personnes, jugé sur {result.held_out} autres.")
    click.echo(
        f"Log-vraisemblance par fait : {result.before:.4f} avant, {result.after:.4f} après"
        f" (écart à {result.error:.4f} près)."
    )
    _say_what_it_means(here, result.fit.parameters)
    apply_or_say(
        settings.instance_dir,
        is_better=result.is_better,
        apply_it=apply_it,
        put=lambda: learning_calibrations.apply(settings.instance_dir, result.fit.parameters),
    )


def _say_what_it_means(before: Parameters, after: Parameters) -> None:
    """The figures in what they change for someone who begins."""
    from app.engine.practice import times_left

    nothing = (1.0, 0.0, 0.0, 0.0)
    times = [times_left(nothing, parameters) for parameters in (before, after)]
    click.echo(
        "Partie de rien, une personne sur deux fait seule après"
        f" {times[0]} séances avant le réglage, {times[1]} après."
    )
