"""`jalons simulate` and `jalons evaluate`: simulated people, and what each method makes of their answers."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click

from app.cli_calibrate import calibrate, suggest
from app.cli_french import Refusal

_FOLDER = click.Path(path_type=Path)


def register(cli: click.Group) -> None:
    """Add the commands to the command line."""
    cli.command(help="Simule des personnes et écrit leur monde dans DOSSIER.")(simulate)
    cli.command(help="Rejoue le diagnostic sur les réponses d’un monde et le note.")(evaluate)
    cli.command(help="Règle les difficultés sur des réponses enregistrées.")(calibrate)
    content = cli.commands.get("content")
    if isinstance(content, click.Group):
        content.command(help="Où le diagnostic est le plus faible, et la scène qui aiderait le plus.")(
            suggest
        )


@click.argument("folder", metavar="DOSSIER", type=_FOLDER)
@click.option("--kind", metavar="GENRE", default="T3", show_default=True, help="T0 à T4.")
@click.option("--people", metavar="N", default=2000, show_default=True, help="Nombre de personnes.")
@click.option("--seed", metavar="N", default=0, show_default=True, help="Graine du hasard.")
@click.option("--modules", metavar="N", default=48, show_default=True)
@click.option("--domains", metavar="N", default=8, show_default=True)
@click.option("--arcs", metavar="N", default=50, show_default=True, help="Prérequis en tout.")
@click.option("--across", metavar="N", default=16, show_default=True, help="Ceux qui joignent deux domaines.")
@click.option("--scenes", metavar="N", default=0, show_default=True, help="Scènes de 3 à 5 étapes en plus.")
@click.option("--wrong-arcs", metavar="N", default=0, help="Prérequis faux que le moteur croit.")
@click.option(
    "--from", "source", metavar="DOSSIER", type=_FOLDER, help="Reprend le graphe et la banque d’un monde."
)
@click.option(
    "--content", metavar="APPAREIL", help="Prend les contenus livrés : ordinateur, tablette, telephone."
)
def simulate(folder: Path, kind: str, people: int, seed: int, source: Path | None, **options: Any) -> None:
    import numpy as np

    from app.engine import simulation
    from app.services.world_files import write_world

    if kind not in list(simulation.Kind):
        raise Refusal(f"Genre inconnu : {kind}. Écrivez T0, T1, T2, T3 ou T4.")
    rng = np.random.default_rng(seed)
    given = _given(source, options.pop("content"))
    wrong = options.pop("wrong_arcs")
    if given is None:
        world = simulation.simulate(simulation.Kind(kind), rng, people, simulation.Shape(**options))
    else:
        graph, bank = given
        world = simulation.people_of(simulation.Kind(kind), graph, bank, rng, people)
    write_world(folder, simulation.with_wrong_arcs(world, rng, wrong))
    click.echo(f"{folder} : {people} personnes, {len(world.graph)} modules, {len(world.told)} écrans.")


def _given(source: Path | None, device: str | None) -> Any:
    """The graph and bank that the options name; None where they are to be simulated."""
    if source is not None:
        from app.services.world_files import WorldError, read_bank, read_graph

        try:
            graph = read_graph(source)
            return graph, read_bank(source, graph).items
        except WorldError as error:
            raise Refusal(str(error)) from error
    if device is None:
        return None
    from app import cli_application as ready
    from app.content.library import Content
    from app.content.problem import ContentError

    settings = ready.settings()
    try:
        content = Content.load(settings.parcours_dir, settings.quizzes_dir)
        return content.graph(device), content.bank(device)
    except (ContentError, ValueError) as error:
        raise Refusal(str(error)) from error


@click.argument("folder", metavar="DOSSIER", type=_FOLDER)
@click.option(
    "--method",
    metavar="NOM",
    default="jalons",
    show_default=True,
    help="jalons, fixe, pix, pix-graphe, oppia, rasch, hasard, ou toutes.",
)
@click.option(
    "--questions",
    metavar="N,N…",
    default="5,10,15,20,30",
    show_default=True,
    help="Longueurs de diagnostic à noter, en écrans.",
)
@click.option("--budget", metavar="N", default=15, show_default=True, help="Écrans au plus avant l’arrêt.")
@click.option("--people", metavar="N", type=int, help="Seulement les N premières personnes.")
@click.option("--seed", metavar="N", default=0, show_default=True, help="Graine du hasard.")
@click.option("--workers", metavar="N", type=int, help="Processus ; sinon tous les cœurs.")
@click.option("--json", "as_json", is_flag=True, help="Écrit le résultat en JSON.")
def evaluate(
    folder: Path,
    method: str,
    questions: str,
    budget: int,
    people: int | None,
    seed: int,
    workers: int | None,
    as_json: bool,
) -> None:
    from app.engine.diagnostic import Settings
    from app.services import worlds
    from app.services.world_files import WorldError, read_world

    numbers = _numbers(questions)
    wanted = worlds.methods() if method == "toutes" else (method,)
    if not set(wanted) <= set(worlds.methods()):
        raise Refusal(f"Méthode inconnue : {method}. Écrivez {', '.join(worlds.methods())} ou toutes.")
    try:
        world = read_world(folder)
    except WorldError as error:
        raise Refusal(str(error)) from error
    world = world.only(slice(people))
    results = []
    for name in wanted:
        with _bar(world.people, name) as bar:
            results.append(
                worlds.evaluate(
                    world,
                    name,
                    numbers,
                    seed=seed,
                    workers=workers or _cores(),
                    settings=Settings(budget=budget),
                    progress=bar.update,
                )
            )
    if as_json:
        click.echo(json.dumps(results[0] if method != "toutes" else results, ensure_ascii=False, indent=2))
    else:
        for result in results:
            _print(result)


def _numbers(text: str) -> tuple[int, ...]:
    try:
        numbers = tuple(int(part) for part in text.split(","))
    except ValueError:
        raise Refusal(
            f"--questions {text} : écrivez des nombres séparés par des virgules, 5,10,15."
        ) from None
    if min(numbers) < 0:
        raise Refusal("--questions : écrivez des nombres positifs.")
    return numbers


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _bar(total: int, name: str) -> Any:
    from tqdm import tqdm

    return tqdm(total=total, desc=name, unit="pers.", leave=False)


_SHOWN = {
    "accuracy": "exactitude",
    "balanced_accuracy": "équilibrée",
    "log_loss": "log-perte",
    "brier": "brier",
    "kappa": "kappa",
    "ece": "ece",
    "wrongly_skipped": "sautés à tort",
    "wrongly_assigned": "donnés à tort",
    "worst_tenth": "pire dixième",
    "first_ready": "1er prêt",
    "milliseconds": "ms",
}


def _print(result: dict[str, Any]) -> None:
    click.echo(f"\n{result['method']} : {result['people']} personnes simulées")
    click.echo("  écrans " + " ".join(f"{name:>13}" for name in _SHOWN.values()))
    for number, scores in result["questions"].items():
        click.echo(f"  {number:>6} " + " ".join(f"{scores[key]:13.3f}" for key in _SHOWN))
    stop = result["stop"]
    click.echo(f"  arrêt  {stop['mean']:.1f} écrans en moyenne, exactitude {stop['accuracy']:.3f}")
