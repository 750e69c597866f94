"""Click in French: headings, usage, errors."""

from __future__ import annotations

from collections.abc import Sequence

import click
from click import exceptions

from app.services.applied import AppliedError


class Refusal(click.ClickException):
    """A command that cannot do its work; the message, in French, says what to do."""

    def show(self, file: object = None) -> None:
        click.echo(self.message, err=True)


class FrenchFormatter(click.HelpFormatter):
    """Help pages with French headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        words = args.replace("[OPTIONS]", "[options]").replace("COMMAND [ARGS]...", "COMMANDE…")
        super().write_usage(prog, words, "Utilisation : ")

    def write_heading(self, heading: str) -> None:
        super().write_heading({"Commands": "Commandes ", "Options": "Options "}.get(heading, heading))


class FrenchContext(click.Context):
    """A context whose help pages are in French."""

    formatter_class = FrenchFormatter


class _FrenchHelp:
    context_class = FrenchContext

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Affiche cette aide."
        return option


class FrenchCommand(_FrenchHelp, click.Command):
    """A command whose help is in French."""


class FrenchGroup(_FrenchHelp, click.Group):
    """A group of commands whose help is in French."""

    command_class = FrenchCommand
    group_class = type

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they are written: the most used first."""
        return list(self.commands)


def run(group: click.Group, arguments: Sequence[str] | None = None) -> int:
    """Run a command line; print what goes wrong in one line; return the exit code."""
    try:
        code = group.main(arguments, prog_name="jalons", standalone_mode=False)
    except Refusal as refusal:
        refusal.show()
        return 1
    except AppliedError as error:
        click.echo(str(error), err=True)
        return 1
    except exceptions.NoArgsIsHelpError as shown:
        click.echo(shown.ctx.get_help() if shown.ctx else shown.message)
        return 2
    except click.UsageError as error:
        click.echo(f"{_explain(error)} {_where_help_is(error)}", err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nInterrompu.", err=True)
        return 130
    return code if isinstance(code, int) else 0


def _explain(error: click.UsageError) -> str:
    parameter = getattr(error, "param", None)
    name = parameter.get_error_hint(error.ctx) if parameter is not None else ""
    if isinstance(error, exceptions.NoSuchOption):
        return f"L’option « {error.option_name} » n’existe pas."
    if isinstance(error, exceptions.MissingParameter):
        return f"Il manque {name}."
    if isinstance(error, click.BadParameter):
        return f"La valeur de {name} ne convient pas."
    if isinstance(error, exceptions.BadOptionUsage):
        return f"L’option « {error.option_name} » est mal écrite."
    if isinstance(error.ctx and error.ctx.command, click.Group):
        return "Cette commande n’existe pas."
    return "La commande est mal écrite."


def _where_help_is(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "jalons"
    return f"Pour voir ce qui est possible : {path} --help"


def counted(number: int, words: str) -> str:
    """These words after their number, each with an s from two on."""
    return f"{number} {words if number < 2 else ' '.join(f'{word}s' for word in words.split())}"
