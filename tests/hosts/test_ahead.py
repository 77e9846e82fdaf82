"""Connections opened before they are needed serve the requests that come, and harm none."""

import pytest
from urllib3 import Timeout
from urllib3.exceptions import NewConnectionError

from sparetire.hosts.ahead import AheadPool
from tests.support.doorkeeper import doorkeeper
from tests.support.ports import free_port


def test_what_was_opened_is_used() -> None:
    with doorkeeper(3) as address:
        pool = AheadPool("127.0.0.1", int(address.rpartition(":")[2]), maxsize=3)
        pool.open_ahead(3)
        assert pool.request("GET", "/").status == 200
        assert pool.num_connections == 3
        pool.close()


def test_who_cannot_be_reached_is_told_by_the_request() -> None:
    pool = AheadPool("127.0.0.1", free_port(), maxsize=2, timeout=Timeout(1))
    pool.open_ahead(2)
    with pytest.raises(NewConnectionError):
        pool.request("GET", "/", retries=False)
