import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import LeftTheMachineError


def test_a_test_cannot_look_up_another_machine() -> None:
    with pytest.raises(LeftTheMachineError, match="info"):
        socket.getaddrinfo("info.boreal.example", 443)


def test_a_test_can_connect_to_its_own_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()) as client:
            accepted, _ = server.accept()
            accepted.close()
        assert client.fileno() == -1


@pytest.mark.parametrize("call", ["connect", "connect_ex"])
def test_a_test_cannot_connect_to_another_machine(call: str) -> None:
    with socket.socket() as other, pytest.raises(LeftTheMachineError, match=r"192\.0\.2\.1"):
        getattr(other, call)(("192.0.2.1", 80))


def test_a_test_cannot_send_to_another_machine() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as other:
        with pytest.raises(LeftTheMachineError, match="sendto"):
            other.sendto(b"", ("192.0.2.1", 53))
        with pytest.raises(LeftTheMachineError, match="sendto"):
            other.sendto(b"", 0, ("192.0.2.1", 53))


def test_threads_may_take_their_tracers_at_the_same_moment() -> None:
    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            turns = pool.map(sys.settrace, [None] * 50_000)
            assert all(turn is None for turn in turns)
    finally:
        sys.setswitchinterval(often)


def test_no_child_sees_the_credentials_or_the_home_of_whoever_runs_the_tests() -> None:
    show = "import os, pathlib; print(pathlib.Path.home(), os.environ.get('AWS_PROFILE'))"
    shown = subprocess.run(
        [sys.executable, "-c", show], check=True, capture_output=True, text=True
    ).stdout
    assert shown.split() == [os.environ["HOME"], "None"]
    assert not list(Path(os.environ["HOME"]).glob(".aws"))
