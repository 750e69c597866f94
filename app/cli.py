"""The `jalons` command. Every import that costs something waits for the command that needs it."""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from app.cli_french import FrenchGroup, Refusal, run

_FOLDER = click.Path(path_type=Path)
_HOST = "Adresse écoutée ; 127.0.0.1 : cet ordinateur seulement."


@click.group(cls=FrenchGroup, help="Jalons : diagnostic, parcours et suivi de l’autonomie numérique.")
def cli() -> None:
    pass


@cli.command(help="Lance Jalons, pour cet ordinateur et les tablettes du réseau.")
@click.option("--host", metavar="ADRESSE", default="0.0.0.0", help=_HOST)
@click.option("--port", metavar="PORT", type=int, help="Port écouté ; sinon la variable PORT, sinon 8000.")
@click.option("--demo", is_flag=True, help="Charge d’abord la démonstration si la base est vide.")
def serve(host: str, port: int | None, demo: bool) -> None:
    from app import cli_application as ready
    from app.serving import housekeeping, listening, server, welcome

    settings = ready.settings()
    port = settings.port if port is None else port
    try:
        listener = listening.listen(host, port)
    except listening.CannotListen as error:
        raise Refusal(str(error)) from error
    try:
        app = ready.application(settings)
        if demo:
            ready.load_demo_apart(app)
        welcome.announce(host, port, ready.demo_sign_ins(app))
        housekeeping.begin(app)
        server.serve(app, listener)
    except KeyboardInterrupt:
        pass
    click.echo("\nJalons est arrêté. Les données sont enregistrées.")


@cli.command(help="Charge une structure de démonstration dans une base vide.")
@click.option("--if-empty", is_flag=True, help="Ne fait rien si la base contient déjà une structure.")
def demo(if_empty: bool) -> None:
    from app import cli_application as ready

    if ready.load_demo(ready.application(ready.settings())):
        click.echo("La structure de démonstration est chargée.")
    elif not if_empty:
        raise Refusal(
            "La base contient déjà une structure : la démonstration ne l’écrase pas."
            " Pour un essai à part : JALONS_INSTANCE_DIR=essai jalons serve --demo"
        )


@cli.command(help="Annonce, puis efface les fiches sans contact ; « jalons serve » le fait chaque jour.")
def purge() -> None:
    from app import cli_application as ready
    from app import cli_purge

    click.echo(cli_purge.purge(ready.application(ready.settings())))


@cli.group(help="Vérifie les contenus.")
def content() -> None:
    pass


@content.command(help="Vérifie parcours/ et quizzes/ : où est chaque erreur, que faire.")
@click.option("--json", "as_json", is_flag=True, help="Écrit le résultat en JSON.")
@click.option("--parcours", metavar="DOSSIER", type=_FOLDER, help="Un autre dossier que parcours/.")
@click.option("--quizzes", metavar="DOSSIER", type=_FOLDER, help="Un autre dossier que quizzes/.")
def check(as_json: bool, parcours: Path | None, quizzes: Path | None) -> int:
    from app import cli_application as ready
    from app.content.check import run_check
    from app.content.library import Content
    from app.services.engine_figures import engine_figures

    settings = ready.settings()
    folders = parcours or settings.parcours_dir, quizzes or settings.quizzes_dir
    report = run_check(*folders)
    figures = engine_figures(Content.load(*folders)) if report.ok else []
    if as_json:
        engine = [asdict(device) for device in figures]
        click.echo(json.dumps(report.as_dict() | {"engine": engine}, ensure_ascii=False, indent=2))
    else:
        for problem in (*report.errors, *report.warnings):
            click.echo(str(problem))
        found = ", ".join(f"{name} : {count}" for name, count in report.counts.items())
        click.echo(f"{len(report.errors)} erreur(s), {len(report.warnings)} avertissement(s). {found}")
        for device in figures:
            click.echo(str(device))
    return 1 if report.errors else 0


@content.command(help="Dessine le graphe des modules en SVG.")
@click.option(
    "--appareil", metavar="APPAREIL", default="ordinateur", help="ordinateur, telephone ou tablette."
)
@click.option("--sortie", metavar="FICHIER", type=_FOLDER, help="Le fichier à écrire ; sinon, à l’écran.")
def graph(appareil: str, sortie: Path | None) -> None:
    from app import cli_application as ready
    from app import cli_graph

    drawn = cli_graph.drawn(ready.settings(), appareil)
    if sortie is None:
        click.echo(drawn)
    else:
        cli_graph.write(drawn, sortie)
        click.echo(f"Le graphe est dans {sortie}.")


@cli.command(help="Fait les sons des phrases, pour les tablettes sans voix française.")
def audio() -> None:
    from app import cli_application as ready
    from app import cli_audio

    settings = ready.settings()
    click.echo(cli_audio.make(ready.application(settings), settings))


@cli.group(help="Gère les comptes des personnes qui se connectent.")
def account() -> None:
    pass


@account.command(help="Crée un compte ; ce qui n’est pas donné est demandé.")
@click.option("--structure", metavar="NOM", help="Nom de la structure ; elle est créée s’il n’y en a aucune.")
@click.option("--name", metavar="NOM", help="Prénom et nom de la personne.")
@click.option("--email", metavar="ADRESSE", help="Adresse mail, qui sert à se connecter.")
@click.option("--role", metavar="ROLE", default="conseiller", help="responsable, conseiller ou benevole.")
def create(structure: str | None, name: str | None, email: str | None, role: str) -> None:
    from app import cli_account
    from app import cli_application as ready

    app = ready.application(ready.settings())
    with app.app_context():
        created = cli_account.create(structure, name=name, email=email, role=role)
    click.echo(created)


@cli.group(help="Gère la base de données.")
def db() -> None:
    pass


@db.command(help="Met la base au dernier format ; « jalons serve » le fait aussi.")
def upgrade() -> None:
    from app import cli_application as ready

    ready.application(ready.settings())
    click.echo("La base est à jour.")


@db.command(help="Recalcule ce que la page « Aujourd’hui » sait de chaque personne.")
def rebuild() -> None:
    from app import cli_application as ready
    from app import cli_summaries

    with ready.application(ready.settings()).app_context():
        click.echo(cli_summaries.rebuild())


def main() -> None:
    """The console script."""
    sys.exit(run(cli))


if importlib.util.find_spec("app.cli_worlds"):
    importlib.import_module("app.cli_worlds").register(cli)

if __name__ == "__main__":
    main()
