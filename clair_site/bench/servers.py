"""Compares a page that is kept with the same bytes as a file from nginx, where that is there."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

NGINX = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}; default_type text/html; }}
}}
"""
REQUESTS = 400


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator[None]:
    """A server that listens on the port; stopped at the end. Raises TimeoutError."""
    process = subprocess.Popen(  # noqa: S603 (our own command)
        command, env=os.environ | environment, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if time.monotonic() > deadline or process.poll() is not None:
                    raise TimeoutError(f"{command[0]} does not listen.") from None
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(10)


def seconds_of_request(port: int, path: str) -> float:
    """Time of one request over a connection that stays open, on average."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)

    def ask() -> None:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        connection.getresponse().read()

    for _ in range(20):
        ask()
    started = time.perf_counter()
    for _ in range(REQUESTS):
        ask()
    return (time.perf_counter() - started) / REQUESTS


def seconds_of_kept_page(path: str) -> float:
    """Time of a request for a kept page, from gunicorn as `make run` starts it."""
    port = free_port()
    command = [
        *(sys.executable, "-W", "ignore", "-m", "gunicorn", "clair_site.wsgi"),
        *(f"--bind=127.0.0.1:{port}", "--worker-class=gthread", "--threads=4"),
        "--log-level=error",
    ]
    with running(command, port, LOG_LEVEL="ERROR"):
        return seconds_of_request(port, path)


def seconds_of_file(body: bytes) -> float | None:
    """Time of a request for the same bytes as a file, from nginx; None where it is not there."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        return None
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "page.html").write_bytes(body)
        Path(folder).chmod(0o755)
        conf = Path(folder, "nginx.conf")
        conf.write_text(NGINX.format(folder=folder, port=port), encoding="ascii")
        with running([nginx, "-c", str(conf), "-p", folder], port):
            return seconds_of_request(port, "/page.html")
