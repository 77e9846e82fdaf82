"""The line to an SSH server may be cut after any byte of a whole command.

Launch, update and rollback, each cut at twenty places: readers see the old site or the new one,
nothing says that all is well which is not, and the same command, typed again, finishes.
"""

import getpass
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from sparetire.hosts.loopback import serve
from tests.support.command import Team, new_team
from tests.support.errands import (
    ERRANDS,
    add_production,
    files_below,
    finish,
    restore,
    typed,
    unsound,
)
from tests.support.ports import free_port
from tests.support.samples import SHARES, draw
from tests.support.sshd import needs_sshd, sshd
from tests.support.warm import Warm, warm
from tests.support.wire import Wire, wire

__all__ = ["warm"]

pytestmark = needs_sshd

CUTS = 20
FEW = 1
SAFE = {6, 7, 8}
"""What a run says that lost its line: before, while, or after it switched editions."""


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    with sshd(tmp_path / "sshd", monkeypatch) as server, wire(server.port) as found:
        known = server.known_hosts.read_text(encoding="utf-8")
        through = known.replace(f":{server.port} ", f":{found.port} ")
        server.known_hosts.write_text(known + through, encoding="utf-8")
        yield found


@pytest.fixture
def team(line: Wire, tmp_path: Path) -> Iterator[Team]:
    made = new_team(tmp_path / "team")
    port = free_port()
    add_production(
        made,
        host="sftp",
        url=f"http://127.0.0.1:{port}",
        server="127.0.0.1",
        port=line.port,
        user=getpass.getuser(),
        path=str(tmp_path / "server"),
        key=str(tmp_path / "sshd/user_key"),
    )
    with serve(tmp_path / "server/current", "127.0.0.1", port):
        yield made


@pytest.mark.parametrize("part", [*product(ERRANDS, SHARES)], ids=str)
def test_a_command_whose_line_is_cut_leaves_the_old_site_or_the_new(
    part: tuple[str, int], team: Team, line: Wire, warm: Warm, tmp_path: Path
) -> None:
    errand, share = part
    told = ERRANDS[errand]
    told.before(team)
    root = tmp_path / "server"
    copies = {team.folder: tmp_path / "template", root: tmp_path / "server-template"}
    for folder, copy in copies.items():
        shutil.copytree(folder, copy, symlinks=True)
    before = files_below(root / "current")
    line.sent = 0
    assert warm.run(*typed(team, told), env=team.env).code == 0
    length = line.sent
    places = [length * (number + 1) // (CUTS + 1) for number in range(CUTS)]
    for place in draw(places, FEW, f"lines {errand}", share):
        for folder, copy in copies.items():
            restore(folder, copy)
        line.sent, line.cut_at = 0, place
        ended = warm.run(*typed(team, told), env=team.env)
        line.cut_at = None
        seen = files_below(root / "current")
        assert ended.code in SAFE or ended.code == 0, ended.out + ended.err
        assert unsound(seen, before, team) == [], place
        if ended.code == 0:  # The cut only spoiled the tidying.
            assert seen != before
        finish(team, told, warm, lambda: files_below(root / "current"))
