"""Another program answers at the address of a loopback target: it is named, before anything."""

import http.server
import os
import re
import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from sparetire.config.load import load_settings
from sparetire.hosts.port_owner import free_port, stranger_at
from tests.support.command import Team, call, refused, started
from tests.support.places import free_port as any_port


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_request(self, *_told: object) -> None:
        """Say nothing."""


class Mute(socketserver.BaseRequestHandler):
    """Answers in a protocol of its own."""

    def handle(self) -> None:
        self.request.recv(1000)
        self.request.sendall(b"220 mail.boreal.example ESMTP\r\n")


@contextmanager
def program(port: int, handler: object) -> Iterator[None]:
    """Run another program at a port of this machine."""
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    server = socketserver.ThreadingTCPServer(("127.0.0.1", port), handler)  # type: ignore[arg-type]  # a partial of a handler
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def port_of(team: Team) -> int:
    return urlsplit(team.url).port or 0


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "index.html").write_text("<p>Another site")
    return folder


def test_a_launch_names_the_program_and_a_free_port_and_publishes_nothing(
    team: Team, elsewhere: Path
) -> None:
    with program(port_of(team), partial(Quiet, directory=elsewhere)):
        error = refused(team.call(*team.launch("--yes", "--json")), 4)
        ready = team.call("check", "--json").json
    assert error["what"] == f"Another program answers at {team.url}."
    assert "SimpleHTTP" in error["why"][0]
    if sys.platform == "linux":
        assert f"process {os.getpid()}" in error["why"][0]
    found = re.findall(r'url = "http://127\.0\.0\.1:(\d+)"', error["next"])
    assert int(found[0]) > port_of(team)
    assert "cache" not in str(error)
    assert team.public() == {}
    assert "SimpleHTTP" in str([one for one in ready["findings"] if one["rule"] == "target"])


def test_status_says_who_answers_there(team: Team, elsewhere: Path) -> None:
    assert team.call(*team.launch("--yes")).code == 0
    with program(port_of(team), partial(Quiet, directory=elsewhere)):
        (seen,) = team.call("status", "--json").json["targets"]
    assert "Another program answers" in seen["seen"]


def test_what_speaks_no_http_is_named_as_such(team: Team) -> None:
    with program(port_of(team), Mute):
        error = refused(team.call(*team.launch("--yes", "--json")), 4)
    assert "speaks no HTTP" in error["why"][0]


def test_a_preview_of_another_folder_is_a_stranger_and_ones_own_is_not(
    team: Team, tmp_path: Path
) -> None:
    with started("-w", str(team.folder), "preview") as preview:
        assert preview.stderr is not None
        assert "Serving local" in preview.stderr.readline()
        assert team.call(*team.launch("--yes")).code == 0
        assert requests.get(team.url, timeout=10).status_code == 200
        told = stranger_at("127.0.0.1", port_of(team), tmp_path / "current")
        assert "sparetire itself, with another folder" in told


def test_a_web_server_of_ones_own_may_serve_the_folder(team: Team) -> None:
    current = team.folder / ".sparetire/site/current"
    with program(port_of(team), partial(Quiet, directory=current)):
        assert stranger_at("127.0.0.1", port_of(team), current) == ""
        error = team.call(*team.launch("--yes", "--json"))
        assert error.code in {0, 8}, error.out  # it sends other types than we would
        assert stranger_at("127.0.0.1", port_of(team), current) == ""


def test_a_new_workspace_takes_ports_that_are_free(tmp_path: Path, elsewhere: Path) -> None:
    first = free_port(8044)
    with program(first, partial(Quiet, directory=elsewhere)):
        assert call("init", str(tmp_path / "w"), "--yes").code == 0
    settings = load_settings(tmp_path / "w")
    ports = {
        urlsplit(settings.targets["local"].url).port,
        urlsplit(settings.staging["rehearsal"].url).port,
    }
    assert len(ports) == 2
    assert first not in ports


def test_nobody_there_is_no_stranger(tmp_path: Path) -> None:
    assert stranger_at("127.0.0.1", any_port(), tmp_path / "current") == ""
