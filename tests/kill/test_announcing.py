"""A run may be killed between any two receivers: each is notified, and none three times."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from tests.support.command import Team, new_team, started
from tests.support.receivers import Receivers, receivers
from tests.support.samples import draw

PATHS = tuple(f"/hub-{number}" for number in range(4))
PLACES: list[tuple[int, Literal["before", "after"]]] = [
    (number, when) for number in range(1, len(PATHS) + 1) for when in ("before", "after")
]


@pytest.fixture
def there() -> Iterator[Receivers]:
    with receivers() as running:
        yield running


@pytest.mark.parametrize(("number", "when"), draw(PLACES, 2, "announcing"))
def test_whoever_a_killed_run_left_out_is_told_by_the_next(
    number: int, when: Literal["before", "after"], tmp_path: Path, there: Receivers
) -> None:
    team = new_team(tmp_path / "team")
    table = f"\n[announce]\nhubs = {json.dumps([there.url + path for path in PATHS])}\n"
    (team.folder / "sparetire.toml").write_text(team.settings + table, encoding="utf-8")

    killed = _killed_at(number, when, team, there)

    assert killed == -9
    assert page_is_live(team)
    again = team.run(*team.launch("--yes", "--json"))
    assert again.code == 0, again.out
    assert set(there.told) == set(PATHS)
    assert max(there.told.values()) <= 2
    quiet = there.calls
    assert team.run(*team.launch("--yes", "--json")).code == 0
    assert there.calls == quiet


def _killed_at(
    number: int, when: Literal["before", "after"], team: Team, there: Receivers
) -> int:
    with started("-w", str(team.folder), *team.launch("--yes")) as program:

        def kill(call: int) -> None:
            if call == number:
                program.kill()
                program.wait()

        setattr(there, when, kill)
        code = program.wait(timeout=60)
    setattr(there, when, lambda _number: None)
    return code


def page_is_live(team: Team) -> bool:
    return (team.folder / ".sparetire/site/current/fr/panne-electricite/index.html").exists()
