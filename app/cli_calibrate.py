"""`jalons calibrate` and `jalons content suggest`: what answers and simulations say of the content."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli_applied import apply_or_say, say_undone
from app.cli_french import Refusal, counted
from app.cli_learning import fit_learning, undo_learning
from app.cli_options import from_one, from_zero, known_device, known_structure, was_written

if TYPE_CHECKING:
    from app.engine.bank import ItemBank
    from app.engine.belief import BeliefModel
    from app.engine.evidence import Likelihood
    from app.engine.graph import ModuleGraph
    from app.engine.simulation import Answered
    from app.services.engines import Engines
    from app.services.recorded_answers import Recorded

_FOLDER = click.Path(path_type=Path)
_FEWEST = 10
_WHY_NOT_REFITTED = (
    "la chance et l’étourderie restent celles de l’auteur."
    " Le diagnostic choisit à qui il pose chaque question : ses réponses ne peuvent pas les régler."
)


@click.argument("folder", metavar="[DOSSIER]", type=_FOLDER, required=False)
@click.option("--device", metavar="APPAREIL", default="ordinateur", show_default=True)
@click.option("--structure", metavar="NOM", help="Les réponses d’une seule structure (son nom court).")
@click.option("--learning", is_flag=True, help="Règle la vitesse à laquelle on apprend et on oublie ici.")
@click.option("--flags", is_flag=True, help="Dit aussi quelles questions et quels prérequis surprennent.")
@click.option("--seed", metavar="N", default=0, show_default=True, help="Graine du partage des personnes.")
@click.option("--iterations", metavar="N", default=12, show_default=True)
@click.option("--apply", "apply_it", is_flag=True, help="Applique le réglage s’il est meilleur.")
@click.option("--undo", "undo_it", is_flag=True, help="Défait le dernier réglage appliqué, de cette sorte.")
def calibrate(
    folder: Path | None,
    device: str,
    structure: str | None,
    learning: bool,
    flags: bool,
    seed: int,
    iterations: int,
    apply_it: bool,
    undo_it: bool,
) -> None:
    from app import cli_application as ready
    from app.engine.belief import BeliefModel
    from app.services import calibrations

    from_zero("--seed", seed)
    from_one("--iterations", iterations)
    settings = ready.settings()
    if learning:
        _refuse_what_learning_does_not_read(folder)
    if undo_it:
        if apply_it or folder is not None:
            raise Refusal("--undo défait le dernier réglage : écrivez-le seul.")
        if learning:
            undo_learning(settings.instance_dir)
        else:
            say_undone(calibrations.undo(settings.instance_dir))
    elif learning:
        fit_learning(settings, structure, seed, apply_it)
    elif folder is not None:
        if structure is not None:
            raise Refusal("--structure choisit des réponses d’ici : ôtez-le, ou ôtez le dossier.")
        world, found = _world(folder)
        serves_here = not apply_it or not ready.content(settings).modules.keys().isdisjoint(world.graph.ids)
        _fit(world.graph, found.evidence, settings.instance_dir, seed, iterations, apply_it, serves_here)
        if flags:
            prior = calibrations.current(settings.instance_dir, world.graph.ids)
            _print_flags(BeliefModel(world.graph, prior), world.told, found)
    else:
        with ready.application(settings).app_context():
            engines, found = _recorded(device, structure)
            _fit(engines.graph(device), found.evidence, settings.instance_dir, seed, iterations, apply_it)
            if flags:
                _print_flags(engines.model(device), engines.bank(device), found)


def _refuse_what_learning_does_not_read(folder: Path | None) -> None:
    if folder is not None:
        raise Refusal("--learning lit les séances notées ici : ôtez le dossier, qui n’en a pas.")
    for name in ("device", "flags", "iterations"):
        if was_written(name):
            raise Refusal(f"--learning lit toutes les séances, sur tous les appareils : ôtez --{name}.")


def _world(folder: Path) -> tuple[Answered, Recorded]:
    from app.services.recorded_answers import recorded_in
    from app.services.world_files import WorldError, read_answered

    try:
        world = read_answered(folder)
    except WorldError as error:
        raise Refusal(str(error)) from error
    found = recorded_in(world)
    if len(found.evidence) < _FEWEST:
        raise Refusal(f"{folder} : {len(found.evidence)} personne(s), il en faut {_FEWEST} au moins.")
    return world, found


def _recorded(device: str, structure: str | None) -> tuple[Engines, Recorded]:
    """The engines here and what was answered on a device."""
    from app.services import recorded_answers
    from app.services.engines import current_engines

    known_device(device)
    owner = known_structure(structure)
    engines = current_engines()
    found = recorded_answers.recorded(device, engines.bank(device), owner)
    if len(found.evidence) < _FEWEST:
        raise Refusal(
            f"{len(found.evidence)} diagnostic(s) sur {device} : il en faut {_FEWEST} au moins."
            " Essayez un autre --device, ou --structure pour la démonstration."
        )
    return engines, found


def _fit(
    graph: ModuleGraph,
    people: list[list[Likelihood]],
    instance_dir: Path,
    seed: int,
    iterations: int,
    apply_it: bool,
    serves_here: bool = True,
) -> None:
    import numpy as np

    from app.engine.belief import TooWideError
    from app.services import calibrations

    if not any(people):
        raise Refusal("Personne n’a rien répondu : il n’y a rien à régler.")
    try:
        result = calibrations.fitted(
            graph, people, np.random.default_rng(seed), instance_dir, iterations=iterations
        )
    except TooWideError as error:
        raise Refusal("Ce graphe est trop large pour un réglage : ôtez-lui des prérequis.") from error
    click.echo(f"Réglé sur {result.people} personnes, jugé sur {result.held_out} autres.")
    click.echo(
        f"Log-vraisemblance par personne : {result.before:.4f} avant, {result.after:.4f} après"
        f" (écart à {result.error:.4f} près)."
    )
    apply_or_say(
        instance_dir,
        is_better=result.is_better,
        apply_it=apply_it,
        put=lambda: calibrations.apply(instance_dir, result.fit.prior, graph.ids),
        serves_here=serves_here,
    )


def _print_flags(model: BeliefModel, bank: ItemBank, found: Recorded) -> None:
    """What the answers say against the authors, for people to judge."""
    from app.engine import flags

    answers = flags.step_answers(model, bank, found.answers)
    click.echo(f"\nQuestions à revoir : {_WHY_NOT_REFITTED}")
    for item in flags.item_flags(answers):
        what = "ne distingue pas ceux qui savent" if item.is_flat else "en désaccord avec son auteur"
        click.echo(
            f"  {item.item_id} étape {item.step + 1} : {what}"
            f" ({item.observed:.0%} de réussites, {item.expected:.0%} attendues, {item.answers} réponses)"
        )
    for named in found.groups.values():
        for group in flags.group_flags(answers, named):
            click.echo(
                f"  {group.item_id} étape {group.step + 1} : {group.gap:+.0%} de réussites {group.group},"
                f" à savoir égal ({group.answers} réponses)"
            )
    click.echo("\nPrérequis que les réponses contredisent :")
    for arc in flags.arc_flags(model, found.evidence):
        click.echo(
            f"  {arc.prerequisite} avant {arc.module} : {arc.share:.0%} de ceux qui savent le second"
            f" n’ont pas le premier ({arc.expected:.0%} attendus)"
        )


@click.option("--device", metavar="APPAREIL", default="ordinateur", show_default=True)
@click.option("--goal", metavar="PARCOURS", help="Un seul parcours ; sinon tous.")
@click.option("--people", metavar="N", default=20, show_default=True, help="Personnes simulées.")
@click.option("--seed", metavar="N", default=0, show_default=True, help="Graine du hasard.")
def suggest(device: str, goal: str | None, people: int, seed: int) -> None:
    import numpy as np

    from app import cli_application as ready
    from app.engine.belief import BeliefModel
    from app.engine.diagnostic import Diagnostic
    from app.engine.suggestion import suggest as suggestion_for
    from app.services import calibrations

    known_device(device)
    from_one("--people", people)
    from_zero("--seed", seed)
    settings = ready.settings()
    content = ready.content(settings)
    prior = calibrations.current(settings.instance_dir, content.modules)
    model, bank = BeliefModel(content.graph(device), prior), content.bank(device)
    if goal is not None and goal not in content.goals:
        raise Refusal(f"Parcours inconnu : {goal}. Écrivez {', '.join(content.goals)}.")
    if goal is not None and not content.goal_modules(goal, device):
        raise Refusal(f"{goal} n’a aucun module sur {device} : essayez un autre --device.")
    for name in [goal] if goal else list(content.goals):
        weights = dict.fromkeys(content.goal_modules(name, device), 1.0)
        if not weights:
            continue
        found = suggestion_for(Diagnostic(model, bank, weights), np.random.default_rng(seed), people)
        click.echo(f"\n{name} ({counted(len(weights), 'module')}, {counted(people, 'personne simulée')})")
        for weak in found.weakest[:5]:
            click.echo(f"  {weak.error:6.1%} d’erreur attendue  {weak.module} ({weak.items} écrans)")
        if found.scene:
            steps = ", ".join(found.scene)
            click.echo(f"  Scène la plus utile : {steps} (−{found.gain:.2f} module mal jugé)")
