"""Connections that are open before a request needs them: a round trip less, with TLS more."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import repeat

from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError

__all__ = ["AheadPool"]


class AheadPool(HTTPConnectionPool):
    """A pool that can open its connections side by side, before anything is sent."""

    def open_ahead(self, count: int, *, patience: float = 4.0) -> None:
        """Open so many; one that cannot be opened is left to the request that will need it.

        Args:
            count: How many.
            patience: Seconds until one is given up.
        """
        # All are taken out first: those put back would be handed out again.
        idle = [self._get_conn() for _ in range(count)]
        with ThreadPoolExecutor(count, "connect") as pool:
            list(pool.map(self._open, idle, repeat(patience)))

    def _open(self, connection: HTTPConnection, patience: float) -> None:
        with suppress(OSError, HTTPError):
            if connection.is_closed:
                connection.timeout = patience
                connection.connect()
        self._put_conn(connection)
