"""`jalons simulate` and `jalons evaluate`: simulated people, and what each method makes of their answers."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from app.cli_calibrate import calibrate, suggest
from app.cli_french import Refusal, counted
from app.cli_options import from_one, from_zero, known_device, up_to

_FOLDER = click.Path(path_type=Path)
MOST_PEOPLE = 100_000
"""Simulated at once: a gigabyte, on the shipped content."""


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
@click.option("--modules", metavar="N", type=int, help="48 si rien n’est dit.")
@click.option("--domains", metavar="N", type=int, help="Sinon, un pour 6 modules.")
@click.option("--arcs", metavar="N", type=int, help="Prérequis en tout ; sinon, 50 pour 48 modules.")
@click.option("--across", metavar="N", type=int, help="Ceux qui joignent deux domaines ; sinon, le tiers.")
@click.option("--scenes", metavar="N", type=int, help="Scènes de 3 à 5 étapes en plus des questions.")
@click.option("--wrong-arcs", metavar="N", default=0, help="Prérequis faux que le moteur croit.")
@click.option(
    "--from", "source", metavar="DOSSIER", type=_FOLDER, help="Reprend le graphe et la banque d’un monde."
)
@click.option(
    "--content", metavar="APPAREIL", help="Prend les contenus livrés : ordinateur, tablette, telephone."
)
def simulate(
    folder: Path, kind: str, people: int, seed: int, wrong_arcs: int, source: Path | None, **options: Any
) -> None:
    import numpy as np

    from app.engine import simulation
    from app.services import world_shapes
    from app.services.world_files import WorldError, write_world

    if kind.upper() not in list(simulation.Kind):
        raise Refusal(f"Genre inconnu : {kind}. Écrivez T0, T1, T2, T3 ou T4.")
    from_one("--people", people)
    up_to(MOST_PEOPLE, "--people", people)
    from_zero("--seed", seed)
    device = options.pop("content")
    sizes = {name: value for name, value in options.items() if value is not None}
    _refuse_together(source, device, sizes)
    _refuse_to_replace(folder, source)
    rng, drawn_from = np.random.default_rng(seed), simulation.Kind(kind.upper())
    given = _given(source, device)
    try:
        if given is None:
            shape = world_shapes.shape_of(**sizes)
            world = world_shapes.simulated(drawn_from, rng, people, shape)
        else:
            world = simulation.people_of(drawn_from, *given, rng, people)
        world = world_shapes.misled(world, rng, wrong_arcs)
        write_world(folder, world)
    except (WorldError, world_shapes.ShapeError) as error:
        raise Refusal(str(error)) from error
    sizes_told = ((people, "personne"), (len(world.graph), "module"), (len(world.told), "écran"))
    click.echo(f"{folder} : {', '.join(counted(*size) for size in sizes_told)}.")
    if len(world.graph) < sizes.get("modules", 0):
        click.echo(
            f"{sizes['modules']} modules ne font pas {sizes['domains']} domaines de même taille :"
            f" il y en a {len(world.graph)}.",
            err=True,
        )


def _refuse_together(source: Path | None, device: str | None, sizes: dict[str, int]) -> None:
    """A graph comes from one place, with the size that it has there."""
    where = [name for name, value in (("--from", source), ("--content", device)) if value is not None]
    if len(where) > 1 or (where and sizes):
        other = where[1] if len(where) > 1 else f"--{next(iter(sizes))}"
        raise Refusal(f"{where[0]} donne déjà le graphe et la banque : ôtez {other}.")


def _refuse_to_replace(folder: Path, source: Path | None) -> None:
    """Nobody knows what real people master: answers without it are not ours to write over."""
    from app.services.world_files import ANSWERS, MASTERY

    if (folder / ANSWERS).exists() and not (folder / MASTERY).exists():
        raise Refusal(f"{folder} contient déjà {ANSWERS}, que rien n’a simulé : choisissez un autre dossier.")
    if source is not None and source.resolve() == folder.resolve():
        raise Refusal(f"{folder} est aussi celui de --from : choisissez un autre dossier où écrire.")


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

    known_device(device)
    content = ready.content(ready.settings())
    return content.graph(device), content.bank(device)


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
@click.option("--learn", is_flag=True, help="Règle les difficultés au fil des personnes : 100, 200, 400…")
@click.option("--people", metavar="N", type=int, help="Seulement les N premières personnes.")
@click.option("--seed", metavar="N", default=0, show_default=True, help="Graine du hasard.")
@click.option("--workers", metavar="N", type=int, help="Processus ; sinon tous les cœurs.")
@click.option("--json", "as_json", is_flag=True, help="Écrit le résultat en JSON.")
def evaluate(
    folder: Path,
    method: str,
    questions: str,
    budget: int,
    learn: bool,
    people: int | None,
    seed: int,
    workers: int | None,
    as_json: bool,
) -> None:
    from app.engine.diagnostic import Settings
    from app.services import worlds
    from app.services.world_files import WorldError, read_world

    numbers = _numbers(questions)
    wanted = _methods(method, learn)
    for name, value in (("--budget", budget), ("--people", people), ("--workers", workers)):
        from_one(name, value)
    from_zero("--seed", seed)
    try:
        world = read_world(folder).only(slice(people))
    except WorldError as error:
        raise Refusal(str(error)) from error
    lead = partial(
        worlds.evaluate,
        world,
        questions=numbers,
        seed=seed,
        workers=workers or _cores(),
        settings=Settings(budget=budget),
        learn=learn,
    )
    results = [_led(lead, name, world.people) for name in wanted]
    if as_json:
        shown = results[0] if method != "toutes" else results
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        for result in results:
            _print(result)


def _led(lead: Callable[..., dict[str, Any]], method: str, people: int) -> dict[str, Any]:
    """What one method gives, with a bar for the time it takes."""
    from app.engine.belief import TooWideError

    with _bar(people, method) as bar:
        try:
            return lead(method, progress=bar.update)
        except TooWideError as error:
            raise Refusal(
                "Ce graphe est trop large pour --learn : ôtez --learn, ou des prérequis."
            ) from error


def _methods(method: str, learn: bool) -> tuple[str, ...]:
    """The methods that the option names."""
    from app.services import worlds

    wanted = worlds.methods() if method == "toutes" else (method,)
    if not set(wanted) <= set(worlds.methods()):
        raise Refusal(f"Méthode inconnue : {method}. Écrivez {', '.join(worlds.methods())} ou toutes.")
    if learn and method != "jalons":
        raise Refusal(f"--learn ne va qu’avec la méthode jalons : ôtez-le, ou ôtez --method {method}.")
    return wanted


def _numbers(text: str) -> tuple[int, ...]:
    """The numbers of screens, each once, smallest first."""
    try:
        numbers = sorted({int(part) for part in text.split(",")})
    except ValueError:
        numbers = [-1]
    if numbers[0] < 0:
        raise Refusal(
            f"--questions {text!r} : écrivez des nombres à partir de 0, séparés par des virgules : 5,10,15."
        )
    return tuple(numbers)


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
    click.echo(f"\n{result['method']} : {counted(result['people'], 'personne simulée')}")
    if not result["exact"]:
        click.echo("  Le graphe est trop large pour un calcul exact : les croyances sont approchées.")
    if "learnt" in result:
        click.echo(f"  {_learnt(result['learnt'])}")
    click.echo("  écrans " + " ".join(f"{name:>13}" for name in _SHOWN.values()))
    for number, scores in result["questions"].items():
        click.echo(f"  {number:>6} " + " ".join(_cell(scores[key]) for key in _SHOWN))
    stop = result["stop"]
    click.echo(f"  arrêt  {stop['mean']:.1f} écrans en moyenne, exactitude {stop['accuracy']:.3f}")


def _cell(value: float | None) -> str:
    """A figure, or a dash for what has no value."""
    return f"{'—':>13}" if value is None else f"{value:13.3f}"


def _learnt(people: list[int]) -> str:
    if not people:
        return "Difficultés jamais réglées : il faut plus de 100 personnes."
    return f"Difficultés réglées sur les {', '.join(map(str, people))} premières personnes."
