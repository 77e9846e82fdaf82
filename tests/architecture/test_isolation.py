import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import LeftTheMachineError


def test_a_test_cannot_connect_to_another_machine() -> None:
    with socket.socket() as other, pytest.raises(LeftTheMachineError, match=r"192\.0\.2\.1"):
        other.connect(("192.0.2.1", 80))


def test_a_test_cannot_look_up_another_machine() -> None:
    with pytest.raises(LeftTheMachineError, match="info"):
        socket.getaddrinfo("info.boreal.example", 443)


def test_a_test_can_connect_to_its_own_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()) as client:
            accepted, _ = server.accept()
            accepted.close()
        assert client.fileno() == -1


def test_no_child_sees_the_credentials_or_the_home_of_whoever_runs_the_tests() -> None:
    show = "import os, pathlib; print(pathlib.Path.home(), os.environ.get('AWS_PROFILE'))"
    shown = subprocess.run(
        [sys.executable, "-c", show], check=True, capture_output=True, text=True
    ).stdout
    assert shown.split() == [os.environ["HOME"], "None"]
    assert not list(Path(os.environ["HOME"]).glob(".aws"))
