"""What the files and documents for servers say is true: commands, settings, health."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import click
import pytest
import yaml
from celery.bin.celery import celery as celery_program
from django.conf import settings
from django.core.management import CommandError, get_commands, load_command_class
from gunicorn.config import Config

ROOT = Path(__file__).resolve().parent.parent
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(COMPOSE_TEXT)
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
INSTALL = (ROOT / "docs" / "operations" / "install.md").read_text(encoding="utf-8")
SYSTEM = {"chown", "mkdir", "useradd"}  # Debian's base system, where the image is built

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "clair_site.settings.production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-tests-only",
    "ALLOWED_HOSTS": "www.example.org",
    "SITE_URL": "https://www.example.org",
    # Nobody listens there: nothing tested here may need a server.
    "DATABASE_URL": "postgres://clair:password@127.0.0.1:1/clair",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess:
    """Runs Python on the project with this environment and nothing of the tests' own."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


# docker-compose.yml


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_the_form_that_compose_asks_for(name):
    service = SERVICES[name]
    assert isinstance(service.get("image") or service.get("build"), str)
    command = service.get("command", "")
    assert isinstance(command, str) or all(isinstance(word, str) for word in command)
    assert all(isinstance(value, str) for value in service.get("environment", {}).values())
    for other, condition in service.get("depends_on", {}).items():
        assert condition["condition"] in ("service_healthy", "service_completed_successfully")
        if condition["condition"] == "service_healthy":
            assert "healthcheck" in SERVICES[other]
    for volume in service.get("volumes", []):
        assert volume.partition(":")[0] in COMPOSE["volumes"]


def test_the_services_are_the_site_and_what_it_needs():
    assert set(OURS) == {"migrate", "web", "worker-translations", "worker-media", "beat"}
    assert {SERVICES[name]["image"] for name in set(SERVICES) - set(OURS)} == {
        "postgres:15",
        "redis:7",
    }
    for service in OURS.values():
        assert service["environment"]["DJANGO_SETTINGS_MODULE"] == "clair_site.settings.production"


def test_nothing_starts_before_the_migrations_but_what_they_need():
    assert set(SERVICES["migrate"]["depends_on"]) == {"postgres", "redis"}
    for name in set(OURS) - {"migrate"}:
        assert "migrate" in SERVICES[name]["depends_on"]


@pytest.mark.parametrize("secret", ["SECRET_KEY", "POSTGRES_PASSWORD"])
def test_a_secret_has_no_default(secret):
    uses = re.findall(rf"\$\{{{secret}\b(..)", COMPOSE_TEXT)
    assert uses
    assert set(uses) == {":?"}


def test_every_variable_of_compose_is_a_setting_that_readme_lists():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    used = set(re.findall(r"\$\{?(\w+)", COMPOSE_TEXT))
    for service in OURS.values():
        used |= set(service["environment"])
    assert {name for name in used if f"| `{name}` |" not in readme} == set()


# Commands


def single_commands(line: str) -> Iterator[list[str]]:
    """The commands of a shell line, as words, without the variables set before them."""
    words = shlex.split(line)
    if words[:2] == ["sh", "-c"]:
        yield from single_commands(words[2])
        return
    command: list[str] = []
    for word in [*words, "&&"]:
        if word == "&&":
            yield command
            command = []
        elif command or not re.match(r"[A-Z_]+=", word):
            command.append(word)


def written_commands() -> Iterator[tuple[str, str]]:
    """Every command line of docker-compose.yml, the Dockerfile and install.md, and where it is."""
    for name, service in OURS.items():
        yield f"compose {name}", service["command"]
        if check := service.get("healthcheck"):
            assert check["test"][0] == "CMD"
            yield f"compose {name} health", shlex.join(check["test"][1:])
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    for instruction, rest in re.findall(r"^(RUN|CMD) (.+)$", dockerfile, re.M):
        yield "Dockerfile", shlex.join(yaml.safe_load(rest)) if instruction == "CMD" else rest
    for block in re.findall(r"^```sh\n(.*?)^```", INSTALL, re.M | re.S):
        for line in block.splitlines():
            yield "install.md", line
    for line in re.findall(r"^ExecStart=(.+)$", INSTALL, re.M):
        yield "install.md", line
    for line in process_table().values():
        yield "install.md", line


def process_table() -> dict[str, str]:
    """The processes of install.md with their commands."""
    return dict(re.findall(r"^\| (.+?) \| `((?:gunicorn|celery) .+)` \|$", INSTALL, re.M))


def check_command(words: list[str]) -> None:
    """Fails when a program, a management command, an option or a file of a command is not there."""
    program, arguments = Path(words[0]).name, words[1:]
    if words[:2] == ["docker", "compose"]:
        if words[2] == "run":
            service, *inner = [word for word in words[3:] if not word.startswith("--")]
            assert service in SERVICES
            check_command(inner)
        else:
            assert words[2] == "up"
    elif program in ("python", "python3") and arguments[0] == "-m":
        assert importlib.util.find_spec(arguments[1])
    elif program in ("python", "python3"):
        assert (ROOT / arguments[0]).is_file()
        if arguments[0] == "manage.py":
            name = arguments[1]
            assert name in get_commands(), name
            parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
            parser.parse_args(arguments[2:])
    elif program == "gunicorn":
        parsed = Config().parser().parse_args(arguments)
        assert [importlib.util.find_spec(name) is not None for name in parsed.args] == [True]
    elif program == "celery":
        application, subcommand, *options = arguments
        assert application == "--app=clair_site"
        command = celery_program.commands[subcommand]
        command.make_parser(click.Context(command)).parse_args(options)
    elif program == "pip":
        assert (ROOT / arguments[arguments.index("-r") + 1]).is_file()
        assert "--require-hashes" in arguments
    else:
        assert program in SYSTEM, program


@pytest.mark.parametrize(("place", "line"), list(written_commands()))
def test_a_command_that_is_written_down_can_be_run(place, line):
    for words in single_commands(line):
        check_command(words)


@pytest.mark.parametrize(
    "wrong",
    [
        "python manage.py load_contents --once",
        "python manage.py load_content --twice",
        "python deploy/readied.py",
        "celery --app=clair_site worker --queue=media",
        "gunicorn clair_site.wsgi --no-such-option",
        "gunicorn clair_site.wsgy",
        "pip install -r requirements.lock",
        "docker compose run migrations python manage.py migrate",
        "nosuchprogram --help",
    ],
)
def test_a_wrong_command_is_noticed(wrong):
    with pytest.raises((AssertionError, CommandError, SystemExit, click.UsageError)):
        check_command(shlex.split(wrong))


def without_address(command: str) -> str:
    """A command without the address that it listens on, which differs in a container."""
    return re.sub(r"--bind=\S+", "--bind", command)


def test_compose_the_dockerfile_and_the_document_run_the_same_processes():
    documented = sorted(map(without_address, process_table().values()))
    composed = [service["command"] for name, service in OURS.items() if name != "migrate"]
    assert sorted(map(without_address, composed)) == documented
    image = next(
        line for place, line in written_commands() if "gunicorn" in line and place == "Dockerfile"
    )
    assert image == SERVICES["web"]["command"]
    unit = re.search(r"^ExecStart=/srv/clair/.venv/bin/(.+)$", INSTALL, re.M).group(1)
    assert unit == process_table()["web"]


def test_every_queue_has_a_worker():
    queues = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    queues.add(settings.CELERY_TASK_DEFAULT_QUEUE)
    served = re.findall(r"--queues=(\S+)", " ".join(process_table().values()))
    assert {queue for each in served for queue in each.split(",")} == queues


# Settings of production

# Wagtail shows previews in a frame of the site's own, so frames cannot be denied altogether.
ALLOWED_WARNINGS = {"security.W019"}


def test_production_settings_pass_djangos_check_for_deployment():
    done = run("manage.py", "check", "--deploy", **PRODUCTION)
    output = done.stdout + done.stderr
    assert done.returncode == 0, output
    assert set(re.findall(r"\((\w+\.[EWC]\d+)\)", output)) - ALLOWED_WARNINGS == set(), output


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
@pytest.mark.parametrize("command", [["manage.py", "check"], ["-c", "import clair_site.wsgi"]])
def test_production_without_a_setting_that_it_needs_stops_and_names_it(command, name):
    done = run(*command, **{key: value for key, value in PRODUCTION.items() if key != name})
    assert done.returncode != 0
    assert done.stderr.strip().splitlines()[-1].endswith(f"Set the {name} environment variable")


# Health


@pytest.fixture
def answering():
    """A server that answers as told and remembers what it was asked. Gives its address and both."""

    class Handler(BaseHTTPRequestHandler):
        status = 200
        asked: list[tuple[str, str]] = []

        def do_GET(self) -> None:
            self.asked.append((self.path, self.headers["Host"]))
            self.send_response(self.status)
            self.end_headers()

        def log_message(self, *arguments) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", Handler
    server.shutdown()
    server.server_close()


def test_the_health_check_asks_by_the_sites_own_name_and_believes_the_answer(answering):
    address, handler = answering
    assert run("deploy/ready.py", address, SITE_URL="https://www.example.org").returncode == 0
    assert handler.asked == [("/readyz", "www.example.org")]
    handler.status = 503
    assert run("deploy/ready.py", address, SITE_URL="https://www.example.org").returncode == 1


def test_the_health_check_fails_where_nobody_answers():
    assert run("deploy/ready.py", "http://127.0.0.1:1").returncode == 1
