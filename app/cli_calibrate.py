"""`jalons calibrate` and `jalons content suggest`: what answers and simulations say of the content."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli_french import Refusal

_FOLDER = click.Path(path_type=Path)


@click.argument("folder", metavar="DOSSIER", type=_FOLDER, required=False)
@click.option("--seed", metavar="N", default=0, show_default=True, help="Graine du partage des personnes.")
@click.option("--iterations", metavar="N", default=12, show_default=True)
@click.option("--apply", "apply_it", is_flag=True, help="Applique le réglage s’il est meilleur.")
@click.option("--undo", "undo_it", is_flag=True, help="Défait le dernier réglage appliqué.")
def calibrate(folder: Path | None, seed: int, iterations: int, apply_it: bool, undo_it: bool) -> None:
    from app import cli_application as ready
    from app.services import calibrations

    instance_dir = ready.settings().instance_dir
    if undo_it:
        undone = calibrations.undo(instance_dir)
        click.echo("Le dernier réglage est défait." if undone else "Aucun réglage à défaire.")
        return
    if folder is None:
        raise Refusal("Donnez le dossier d’un monde (modules, items, answers, mastery), ou --undo.")
    _calibrate(folder, instance_dir, seed, iterations, apply_it=apply_it)


def _calibrate(folder: Path, instance_dir: Path, seed: int, iterations: int, *, apply_it: bool) -> None:
    import numpy as np

    from app.engine.calibration import calibrate as fit
    from app.services import calibrations
    from app.services.world_files import WorldError, read_world

    try:
        world = read_world(folder)
        people = calibrations.people_of(world)
        prior = calibrations.current(instance_dir)
        result = fit(world.graph, prior, people, np.random.default_rng(seed), iterations=iterations)
    except (WorldError, ValueError) as error:
        raise Refusal(str(error)) from error
    click.echo(f"Réglé sur {result.people} personnes, jugé sur {result.held_out} autres.")
    click.echo(f"Log-vraisemblance par personne : {result.before:.4f} avant, {result.after:.4f} après.")
    if not result.is_better:
        click.echo("Le réglage n’est pas meilleur : rien ne change.")
    elif apply_it:
        click.echo(f"Le réglage est appliqué : {calibrations.apply(instance_dir, result.fit.prior)}")
    else:
        click.echo("Le réglage est meilleur ; --apply l’applique, --undo le défera.")


@click.option("--device", metavar="APPAREIL", default="ordinateur", show_default=True)
@click.option("--goal", metavar="PARCOURS", help="Un seul parcours ; sinon tous.")
@click.option("--people", metavar="N", default=20, show_default=True, help="Personnes simulées.")
@click.option("--seed", metavar="N", default=0, show_default=True, help="Graine du hasard.")
def suggest(device: str, goal: str | None, people: int, seed: int) -> None:
    import numpy as np

    from app import cli_application as ready
    from app.content.library import Content
    from app.content.problem import ContentError
    from app.engine.belief import BeliefModel
    from app.engine.diagnostic import Diagnostic
    from app.engine.suggestion import suggest as suggestion_for

    settings = ready.settings()
    try:
        content = Content.load(settings.parcours_dir, settings.quizzes_dir)
        model, bank = BeliefModel(content.graph(device)), content.bank(device)
    except (ContentError, ValueError) as error:
        raise Refusal(str(error)) from error
    if goal is not None and goal not in content.goals:
        raise Refusal(f"Parcours inconnu : {goal}. Écrivez {', '.join(content.goals)}.")
    for name in [goal] if goal else list(content.goals):
        weights = dict.fromkeys(content.goal_modules(name, device), 1.0)
        if not weights:
            continue
        found = suggestion_for(Diagnostic(model, bank, weights), np.random.default_rng(seed), people)
        click.echo(f"\n{name} ({len(weights)} modules, {people} personnes simulées)")
        for weak in found.weakest[:5]:
            click.echo(f"  {weak.error:6.1%} d’erreur attendue  {weak.module} ({weak.items} écrans)")
        if found.scene:
            steps = ", ".join(found.scene)
            click.echo(f"  Scène la plus utile : {steps} (−{found.gain:.2f} module mal jugé)")
