"""Ports that nobody listens to."""

from contextlib import closing
from socket import create_server

__all__ = ["free_port"]


def free_port() -> int:
    """Return a port that nobody listens to at present."""
    with closing(create_server(("127.0.0.1", 0))) as trial:
        port: int = trial.getsockname()[1]
        return port
