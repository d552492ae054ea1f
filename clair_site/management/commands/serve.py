"""Starts the whole site on this machine: database, content, accounts, then web and worker."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

STOP_SECONDS = 10


class Command(BaseCommand):
    """Does what is needed and no more: a second start finds everything done."""

    help = __doc__
    requires_system_checks = ()

    def handle(self, **options) -> None:
        host = os.environ.get("HOST", "127.0.0.1")
        port = read_port(os.environ.get("PORT", "8000"))
        make_folders()
        require_free_port(host, port)
        self.prepare()
        url = f"http://{host}:{port}"
        self.run(host, port, url)

    def prepare(self) -> None:
        """Everything that must be there before the site can answer."""
        call_command("catalogues", compile=True)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database …")
            self.stdout.flush()
            call_command("migrate", verbosity=0)
        call_command("load_content", once=True)
        call_command("create_staff")
        self.stdout.flush()

    def run(self, host: str, port: int, url: str) -> None:
        """Runs web and worker until one of them ends or somebody stops them."""
        environment = {**os.environ, "SITE_URL": os.environ.get("SITE_URL", url)}
        processes = [
            subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603
            for command in (web_command(host, port), worker_command())
        ]
        signal.signal(signal.SIGTERM, lambda *args: sys.exit(0))
        try:
            if wait_until_served(f"{url}/healthz", processes):
                self.stdout.write(f"\nCLAIR’s site: {url}/   Admin: {url}/admin/   Stop: Ctrl-C\n")
                self.stdout.flush()
            while all(process.poll() is None for process in processes):
                time.sleep(0.5)
            raise CommandError("A part of the site stopped by itself; see its lines above.")
        except KeyboardInterrupt:
            self.stdout.write("\nStopping …")
        finally:
            stop(processes)


def read_port(text: str) -> int:
    """A port number from the environment. Raises CommandError."""
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CommandError(f"PORT must be a number from 1 to 65535, not “{text}”.")
    return int(text)


def make_folders() -> None:
    """The folders that the site writes to. Raises CommandError when they cannot be written."""
    folders = [settings.DATA_DIR, Path(settings.MEDIA_ROOT), Path(settings.STATIC_ROOT)]
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    folders += [
        Path(options[name]) for name in ("data_folder_in", "control_folder") if name in options
    ]
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / ".writable"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise CommandError(f"Cannot write to {folder}: {error.strerror}.") from None


def require_free_port(host: str, port: int) -> None:
    """Raises CommandError when something else listens there already."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise CommandError(
            f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with PORT=8001."
        ) from None


def web_command(host: str, port: int) -> list[str]:
    """The web process."""
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "clair_site.wsgi",
        f"--bind={host}:{port}",
        "--worker-class=gthread",
        "--workers=1",
        "--threads=8",
        "--log-level=warning",
        "--no-control-socket",
        "--timeout=60",
    ]


def worker_command() -> list[str]:
    """The worker, for both queues."""
    return [
        sys.executable,
        "-W",
        "ignore:You're running the worker with superuser",
        "-m",
        "celery",
        "--app=clair_site",
        "--quiet",
        "worker",
        "--queues=translations,media",
        "--beat",
        f"--schedule={settings.DATA_DIR / 'celerybeat'}",
        "--concurrency=1",
        "--pool=solo",
        "--loglevel=WARNING",
        "--without-mingle",
        "--without-gossip",
    ]


def wait_until_served(url: str, processes: list[subprocess.Popen], seconds: int = 60) -> bool:
    """Whether the web process answers in time; False as well when a process has ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in processes):
            return False
        try:
            with urlopen(url, timeout=2):  # noqa: S310 (our own address)
                return True
        except OSError:
            time.sleep(0.2)
    return False


def stop(processes: list[subprocess.Popen]) -> None:
    """Stops the processes and everything that they started."""
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
