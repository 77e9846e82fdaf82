"""Only what left long ago, is ours, and is little enough to be meant."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sparetire.config.schema import Target
from sparetire.config.services import DirectoryService
from sparetire.flows.approach import Approached
from sparetire.flows.prune import stale_files, worth_keeping
from sparetire.model.edition import Live, Past
from sparetire.model.manifest import Entry, Manifest, Wave

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TARGET = Target(
    "local", DirectoryService(host="directory", url="http://127.0.0.1:8044", path="site")
)


def manifest(*paths: str) -> Manifest:
    return Manifest(
        {path: Entry(path, "0" * 64, 1, "text/html", "", Wave.PAGES) for path in paths}
    )


@dataclass
class Memory:
    """A host that only remembers."""

    editions: list[tuple[timedelta, Manifest]] = field(default_factory=list)

    def past(self) -> tuple[Past, ...]:
        return tuple(
            Past(str(number), number, (NOW - age).isoformat(), {})
            for number, (age, _) in reversed(list(enumerate(self.editions)))
        )

    def manifest(self, past: Past) -> Manifest:
        return self.editions[past.counter][1]


def stale(*editions: tuple[timedelta, Manifest]) -> set[str]:
    host: Any = Memory(list(editions))
    live = Live("x", editions[-1][1], len(editions), NOW.isoformat(), {})
    return {entry.path for entry in stale_files(Approached(TARGET, host, live), NOW)}


def ago(hours: int) -> timedelta:
    return timedelta(hours=hours)


def test_a_file_goes_once_it_left_two_editions_and_a_day_ago() -> None:
    old = (ago(90), manifest("a", "gone"))
    assert stale(old, (ago(80), manifest("a")), (ago(30), manifest("a", "b"))) == {"gone"}


@pytest.mark.parametrize(
    "editions",
    [
        [(ago(90), manifest("a", "gone")), (ago(80), manifest("a"))],
        [(ago(90), manifest("a", "gone")), (ago(20), manifest("a")), (ago(9), manifest("a"))],
        [(ago(90), manifest("a")), (ago(80), manifest("a")), (ago(30), manifest("a"))],
        [
            (ago(90), manifest("gone")),
            (ago(80), manifest("a")),
            (ago(30), manifest("a")),
            (ago(1), manifest("gone")),
        ],
    ],
    ids=["still the edition before", "left today", "never left", "back again"],
)
def test_anything_else_stays(editions: list[tuple[timedelta, Manifest]]) -> None:
    assert stale(*editions) == set()


@pytest.mark.parametrize(
    ("editions", "hours", "kept"), [(40, 1, 40), (40, 24 * 60, 30), (3, 24 * 365, 3)]
)
def test_thirty_editions_and_ninety_days_stay(editions: int, hours: int, kept: int) -> None:
    ages = [ago(hours * number) for number in reversed(range(editions))]
    host: Any = Memory([(age, manifest("a")) for age in ages])
    live = Live("x", manifest("a"), editions, NOW.isoformat(), {})
    found = worth_keeping(Approached(TARGET, host, live), NOW)
    assert len(found) == kept
    assert found == list(host.past())[:kept]
