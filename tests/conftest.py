"""What every test stands on: loopback only, and nothing of the machine's own settings."""

import os
import signal
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.support import samples

samples.set_seed()
settings.register_profile("dev", deadline=None)
settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

LOOPBACK_NAMES = {"localhost", "localhost.localdomain", ""}
ISOLATED_PREFIXES = ("AWS_", "SPARETIRE_", "XDG_")
# They would change how rich and typer write, and the tests read what they write.
ISOLATED_NAMES = ("COLUMNS", "FORCE_COLOR", "GITHUB_ACTIONS", "LINES", "NO_COLOR", "PY_COLORS")


class LeftTheMachineError(AssertionError):
    """A test tried to talk to another machine."""


def _stays_here(host: object) -> bool:
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name.lower() in LOOPBACK_NAMES:
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse_other_machines(what: str, host: object) -> None:
    if not _stays_here(host):
        message = f"a test may not leave this machine: {what} to {host!r}"
        raise LeftTheMachineError(message)


def _guard(call: str) -> None:
    """Let no socket of this process do this to another machine, whatever library opens it."""
    real = getattr(socket.socket, call)

    def guarded(self: socket.socket, *arguments: Any) -> Any:
        # The address comes last; that of a Unix socket is a path, not a tuple.
        if isinstance(arguments[-1], tuple):
            _refuse_other_machines(call, arguments[-1][0])
        return real(self, *arguments)

    setattr(socket.socket, call, guarded)


def _guard_names() -> None:
    """Let nobody in this process look up the name of another machine."""
    real = socket.getaddrinfo

    def guarded(host: Any, *arguments: Any, **named: Any) -> Any:
        _refuse_other_machines("getaddrinfo", host)
        return real(host, *arguments, **named)

    socket.getaddrinfo = guarded


# A shell that starts the suite in the background makes it ignore Ctrl-C, and every program that
# a test starts would inherit that. Python's own handler is not inherited: they begin as usual.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# No audit hook, which could watch the same: CPython 3.11 calls it while it installs the tracer
# of a new thread, other threads may run meanwhile, and one that begins then dies of it.
for each in ("connect", "connect_ex", "sendto"):
    _guard(each)
_guard_names()


@pytest.fixture(scope="session", autouse=True)
def isolated_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the session an empty home and no credentials, here and in every child."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith(ISOLATED_PREFIXES) or name in ISOLATED_NAMES:
                patch.delenv(name)
        patch.setenv("HOME", str(home))
        patch.setenv("USERPROFILE", str(home))
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        patch.setenv("XDG_STATE_HOME", str(home / "state"))
        patch.setenv("AWS_CONFIG_FILE", str(home / "no-aws-config"))
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(home / "no-aws-credentials"))
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print which samples were drawn, so that a failure can be repeated."""
    terminalreporter.write_line(samples.described())
