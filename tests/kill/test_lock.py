"""Of many that want one lock at once, one gets it: on a real server, again and again."""

from collections import Counter
from dataclasses import replace
from threading import Barrier, Thread

import pytest

from sparetire.errors import Locked
from sparetire.hosts.s3 import S3Host
from tests.support.editions import HOLDER
from tests.support.places import s3_service
from tests.support.samples import repeats
from tests.support.seaweed import Seaweed, seaweed_server

__all__ = ["seaweed_server"]

WRITERS = 12
ROUNDS = repeats(5, 100)


def test_twelve_writers_have_one_winner_each_time(
    seaweed_server: Seaweed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", seaweed_server.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", seaweed_server.secret_key)
    service = s3_service(seaweed_server)
    start, end = Barrier(WRITERS), Barrier(WRITERS)
    outcomes: list[tuple[int, str]] = []

    def reach(number: int) -> None:
        host = S3Host(service)
        for lap in range(ROUNDS):
            start.wait(60)
            try:
                with host.lock(replace(HOLDER, nonce=f"{number}-{lap}")):
                    outcomes.append((lap, "held"))
                    end.wait(60)
            except Locked:
                outcomes.append((lap, "refused"))
                end.wait(60)
            end.wait(60)  # The winner has let go.

    threads = [Thread(target=reach, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(600)
    counted = Counter(outcomes)
    assert all(counted[lap, "held"] == 1 for lap in range(ROUNDS))
    assert len(outcomes) == WRITERS * ROUNDS
