"""The `jalons` command: short help, one plain line when something is wrong."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import click
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from app.cli import cli
from app.cli_french import run


@pytest.fixture(autouse=True)
def instance(tmp_path, monkeypatch):
    """An instance of its own, without content (reading it takes a second) and with cheap passwords."""
    folder = tmp_path / "instance"
    for name in ("parcours", "quizzes"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(f"JALONS_{name.upper()}_DIR", str(tmp_path / name))
    monkeypatch.setenv("JALONS_INSTANCE_DIR", str(folder))
    monkeypatch.setenv("JALONS_ARGON2_TIME_COST", "1")
    monkeypatch.setenv("JALONS_ARGON2_MEMORY_KIB", "1024")
    for name in ("PORT", "JALONS_PORT", "DATABASE_URL", "JALONS_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return folder


def commands(group=cli, path=()):
    for name, command in group.commands.items():
        yield [*path, name]
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def refused(arguments, capsys, code=1):
    """The one line that a refused command prints."""
    assert run(cli, arguments) == code
    said = capsys.readouterr()
    assert len(said.err.splitlines()) == 1, said.err
    return said.err


@pytest.mark.parametrize("path", [[], *commands()], ids=" ".join)
def test_every_command_explains_itself_in_french(path, capsys):
    assert run(cli, [*path, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Utilisation : jalons")
    assert len(said.splitlines()) < 25
    assert not re.search(r"Usage|Show this|TEXT|INTEGER|COMMAND\b", said)


def test_help_waits_for_nothing_heavy():
    code = "import sys, app.cli; sys.exit(any(n in sys.modules for n in ('flask', 'numpy', 'sqlalchemy')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_unknown_command(capsys):
    assert "Cette commande n’existe pas" in refused(["bogus"], capsys, 2)


def test_an_unknown_option(capsys):
    assert "L’option « --porto » n’existe pas" in refused(["serve", "--porto"], capsys, 2)


def test_a_value_that_does_not_suit(capsys):
    assert "--port" in refused(["serve", "--port", "huit"], capsys, 2)


def test_a_setting_that_does_not_suit(monkeypatch, capsys):
    monkeypatch.setenv("PORT", "huit")
    assert "PORT" in refused(["serve"], capsys)


def test_an_instance_folder_that_cannot_be_written(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").touch()
    monkeypatch.setenv("JALONS_INSTANCE_DIR", str(tmp_path / "file/instance"))
    assert "Impossible d’écrire dans le dossier" in refused(["db", "upgrade"], capsys)


def test_a_database_that_does_not_open(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/at/all.db")
    assert "La base de données ne s’ouvre pas" in refused(["db", "upgrade"], capsys)


def test_content_that_cannot_be_used(tmp_path, capsys):
    (tmp_path / "parcours/broken.yaml").write_text("titre: [\n")
    assert run(cli, ["db", "upgrade"]) == 1
    said = capsys.readouterr().err
    assert "broken.yaml:" in said and "jalons content check" in said
    assert "Traceback" not in said


def test_upgrade_makes_the_database(instance, capsys):
    assert run(cli, ["db", "upgrade"]) == 0
    assert (instance / "jalons.db").stat().st_size > 0


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def shipped_content(monkeypatch):
    for name in ("JALONS_PARCOURS_DIR", "JALONS_QUIZZES_DIR"):
        monkeypatch.delenv(name)


@contextmanager
def serving(port, *arguments):
    """`jalons serve` in a process of its own, stopped at the end whatever happens."""
    command = [sys.executable, "-m", "app.cli", "serve", "--host", "127.0.0.1", *arguments]
    variables = os.environ | {"PORT": str(port)}
    with subprocess.Popen(
        command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            yield server
        finally:
            server.kill()


class TestServe:
    @pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
    def test_it_serves_then_stops_cleanly(self, port, stop):
        with serving(port) as server:
            said = iter(server.stdout.readline, "")
            assert any(f"http://localhost:{port}/" in line for line in said)
            assert any("Ctrl-C" in line for line in said)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
                assert page.status == 200
            loaded = Path(f"/proc/{server.pid}/maps").read_text()
            assert "/matplotlib/" not in loaded and "/scipy/" not in loaded
            server.send_signal(stop)
            rest = server.stdout.read()
            assert server.wait(timeout=20) == 0
        assert rest.strip() == "Jalons est arrêté. Les données sont enregistrées."

    def test_for_this_computer_alone_an_atelier_promises_tablets_nothing(self, port, shipped_content):
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

        def open_page(path, data=None):
            sent = urlencode(data).encode() if data else None
            with browser.open(f"http://localhost:{port}{path}", sent, timeout=20) as page:
                return BeautifulSoup(page.read(), "html.parser")

        with serving(port, "--demo") as server:
            assert any("Ctrl-C" in line for line in iter(server.stdout.readline, ""))
            token = open_page("/connexion/").select_one("input[name=csrf_token]")["value"]
            signing_in = {"csrf_token": token, "email": "maryse@exemple.fr", "password": "jalons-demo"}
            open_page("/connexion/", signing_in)
            opened = open_page("/atelier/").select_one("a.atelier-line.open")
            joining = open_page(opened["href"]).select_one(".joining")
        assert "relancez-le avec" in joining.get_text()
        assert joining.select_one("img.qr, .address") is None

    def test_a_port_in_use(self, capsys):
        with socket.create_server(("0.0.0.0", 0)) as other:
            port = str(other.getsockname()[1])
            assert f"Le port {port} est déjà pris" in refused(["serve", "--port", port], capsys)


class TestDemo:
    def test_serve_loads_it_first_and_prints_its_sign_ins(self, port, shipped_content):
        with serving(port, "--demo") as server:
            said = []
            while not said or "Ctrl-C" not in said[-1]:
                said.append(server.stdout.readline() or pytest.fail("".join(said)))
        assert sum("mot de passe :" in line for line in said) == 3

    def test_it_loads_once_and_never_overwrites(self, shipped_content, capsys):
        assert run(cli, ["demo"]) == 0
        assert "chargée" in capsys.readouterr().out
        assert "ne l’écrase pas" in refused(["demo"], capsys)
        assert run(cli, ["demo", "--if-empty"]) == 0
        assert capsys.readouterr().out == ""


class TestAccountCreate:
    def create(self, *arguments, typed="", password="une-phrase-de-passe"):
        command = ["account", "create", *arguments]
        return CliRunner().invoke(cli, command, input=f"{typed}{password}\n{password}\n")

    def first(self):
        return self.create("--structure", "Le Lac", "--name", "Ana", "--email", "ana@exemple.fr")

    def test_the_first_one_makes_the_structure(self):
        made = self.create(typed="Le Lac\nAna Lune\nana@exemple.fr\n")
        assert made.exit_code == 0, made.output
        assert "Compte créé pour Ana Lune (ana@exemple.fr), responsable." in made.output

    def test_the_next_ones_join_it(self):
        self.first()
        made = self.create("--name", "Bo", "--email", "bo@exemple.fr", "--role", "benevole")
        assert "Compte créé pour Bo (bo@exemple.fr), bénévole." in made.output

    def test_it_rejects_bad_input(self):
        self.first()
        taken = self.create("--name", "Bo", "--email", "ana@exemple.fr")
        short = self.create("--name", "Bo", "--email", "bo@exemple.fr", password="court")
        elsewhere = self.create("--structure", "Ailleurs", "--name", "Bo", "--email", "bo@exemple.fr")
        assert (taken.exit_code, short.exit_code, elsewhere.exit_code) == (1, 1, 1)
        assert "existe déjà" in taken.output
        assert "mot de passe d" in short.output
        assert "« Le Lac »" in elsewhere.output

    def test_two_different_passwords(self):
        command = ["account", "create", "--structure", "Le Lac", "--name", "Ana", "--email", "ana@exemple.fr"]
        made = CliRunner().invoke(cli, command, input="une-phrase-de-passe\nune-autre-phrase\n")
        assert made.exit_code == 1
        assert "ne sont pas les mêmes" in made.output


class TestContentCheck:
    @pytest.fixture(autouse=True)
    def broken(self, tmp_path):
        (tmp_path / "parcours/lac.yaml").write_text("titre: Au lac\nbogue: 1\n")

    def test_it_names_file_and_line(self, capsys):
        assert run(cli, ["content", "check"]) == 1
        said = capsys.readouterr().out
        assert re.search(r"lac\.yaml:2: .*bogue", said)
        assert "erreur(s)" in said

    def test_it_writes_json(self, capsys):
        assert run(cli, ["content", "check", "--json"]) == 1
        assert json.loads(capsys.readouterr().out)["errors"]
