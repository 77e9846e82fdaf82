"""A laptop sleeps in the middle of an upload; a colleague takes the lock over and withdraws.

A real process is stopped by SIGSTOP at a drawn place, with a short lease: on SeaweedFS and moto
at a request, which then arrives late or breaks; on an SSH server at a byte. When it wakes, no
older page covers a newer one, and its last word is what the public sees. KILL=all takes twenty
places each. SIGSTOP does not stop the clocks: those that count sleep have tests of their own.
"""

import getpass
import json
import os
import re
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from uuid import uuid4

import pytest

from sparetire.hosts.loopback import serve
from tests.kill.test_runs import Buckets, console, look_away
from tests.support.command import Outcome, Team, new_team
from tests.support.errands import ERRANDS, TARGET, add_production, files_below, restore, typed
from tests.support.faults import Death, Fault, Proxy, faulty
from tests.support.moto_server import moto_buckets
from tests.support.ports import free_port
from tests.support.samples import lots, repeats
from tests.support.seaweed import Seaweed, seaweed_server
from tests.support.sshd import needs_sshd, sshd
from tests.support.warm import Program, Warm, warm
from tests.support.wire import Wire, wire

__all__ = ["seaweed_server", "warm"]

LEASE = 3
RUNS = repeats(2, 20)
TAKES = 60.0  # seconds in which the colleague gets the lock and withdraws
WITHDRAW = ["withdraw", "--reason", "error", *TARGET]
UPDATE = ERRANDS["update"]
Site = Mapping[str, bytes]


def put_to_sleep(program: Program) -> None:
    """Stop a process, and return once it is stopped."""
    os.kill(program.pid, signal.SIGSTOP)
    state = Path(f"/proc/{program.pid}/stat")
    while state.read_text("utf-8").rpartition(")")[2].split()[0] != "T":
        time.sleep(0.001)


@dataclass(slots=True)
class Laptop:
    """A run that falls asleep at one of its puts.

    Attributes:
        step: How many puts of public files, or of the commit, are left until then.
        late: The request arrives once the machine is awake; else its line has broken.
        program: The run.
        request: The request.
    """

    step: int
    late: bool
    program: Program | None = None
    request: str = ""
    asleep: Event = field(default_factory=Event)
    awake: Event = field(default_factory=Event)
    _turn: Lock = field(default_factory=Lock)

    def rule(self, method: str, path: str) -> Fault:
        if away := look_away(method, path):
            return away
        if not is_step(method, path):
            return None
        with self._turn:
            self.step -= 1
            if self.step:
                return None
            assert self.program is not None
            self.request = f"{method} {path}"
            put_to_sleep(self.program)
            self.asleep.set()
        self.awake.wait(2 * TAKES)
        return None if self.late else Death(lambda: None, "before")


def is_step(method: str, path: str) -> bool:
    return method == "PUT" and ("/team-" in path) and not path.endswith(("lock.json", "doubt"))


@pytest.fixture(params=["seaweed", "moto"])
def server(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Seaweed]:
    if request.param == "seaweed":
        yield request.getfixturevalue("seaweed_server")
        return
    with moto_buckets(monkeypatch) as found:
        yield found


@pytest.fixture
def line(server: Seaweed) -> Iterator[Proxy]:
    with faulty(server.endpoint_url) as proxy:
        proxy.rule = look_away
        yield proxy


@pytest.fixture
def other(server: Seaweed) -> Iterator[Proxy]:
    """Return the colleague's line, on which all goes well."""
    with faulty(server.endpoint_url) as proxy:
        proxy.rule = look_away
        yield proxy


@pytest.fixture
def lines(line: Proxy, other: Proxy) -> tuple[Proxy, Proxy]:
    return line, other


@pytest.fixture
def team(server: Seaweed, line: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    made = new_team(tmp_path / f"team-{uuid4().hex[:8]}")
    made.use_bucket(server, endpoint_url=line.endpoint_url)
    made.set("crisis", "page_urls", value='"file"')
    with_short_lease(made)
    for name, value in made.env.items():
        monkeypatch.setenv(name, value)
    return made


def with_short_lease(team: Team) -> None:
    table = "\n[targets.production]\n"
    text = team.settings.replace(table, f"{table}lease = {LEASE}\n")
    (team.folder / "sparetire.toml").write_text(text, encoding="utf-8")


def colleague_of(team: Team, old: str, new: str) -> Team:
    """Return an exact copy of a workspace, whose requests take another line."""
    folder = team.folder.with_name("colleague")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(team.folder, folder, symlinks=True)
    other = Team(folder, team.env)
    text = other.settings.replace(old, new)
    (folder / "sparetire.toml").write_text(text, encoding="utf-8")
    return other


def withdraw(colleague: Team, warm: Warm) -> None:
    """Take the lock over as soon as that is allowed, and withdraw, proved."""
    end = time.monotonic() + TAKES
    while True:
        ended = warm.run("-w", str(colleague.folder), *WITHDRAW, env=colleague.env)
        if ended.code == 0:
            return
        assert ended.code == 5, ended.out + ended.err
        assert time.monotonic() < end, ended.out
        time.sleep(0.3)


@contextmanager
def sleeping(team: Team, warm: Warm, laptop: Laptop) -> Iterator[Callable[[], Outcome]]:
    """Yield, once a run sleeps, what wakes it and returns what it came to."""
    with warm.started(*typed(team, UPDATE), env=team.env) as program:
        laptop.program = program
        assert laptop.asleep.wait(TAKES), "it did not come to that place"

        def wake() -> Outcome:
            os.kill(program.pid, signal.SIGCONT)
            laptop.awake.set()
            return program.said()

        try:
            yield wake
        finally:
            laptop.awake.set()


def test_a_laptop_that_slept_in_a_put_covers_nothing_newer(
    server: Seaweed, team: Team, lines: tuple[Proxy, Proxy], warm: Warm
) -> None:
    line, other = lines
    UPDATE.before(team)
    with closing(console(server)) as client:
        buckets = Buckets(client, server, team)
        before = buckets.site()
        template = team.folder.with_name("template")
        shutil.copytree(team.folder, template, symlinks=True)
        line.seen.clear()
        assert warm.run(*typed(team, UPDATE), env=team.env).code == 0
        count = sum(is_step(method, path) for method, path, _ in line.seen)
        lot = lots(server.bucket[:5])
        for _ in range(RUNS):
            restore(team.folder, template)
            buckets.restore()
            laptop = Laptop(lot.randint(1, count), lot.random() < 0.5)
            line.rule = laptop.rule
            colleague = colleague_of(team, line.endpoint_url, other.endpoint_url)
            with sleeping(team, warm, laptop) as wake:
                withdraw(colleague, warm)
                newer = buckets.site()
                ended = wake()
            line.rule = look_away
            note = f"{laptop.request}, late: {laptop.late}\n{ended.out}{ended.err}"
            now = buckets.site()
            assert [path for path in newer if now.get(path) != newer[path]] == [], note
            assert differs(team, ended, (before, newer, now)) == [], note
            verified = warm.run(
                "-w", str(colleague.folder), "verify", "production", env=team.env
            )
            assert verified.code == 0, note + verified.err


def differs(team: Team, ended: Outcome, sites: tuple[Site, Site, Site]) -> list[str]:
    """Return in what the last word of the run that woke differs from what is public."""
    before, newer, now = sites
    if ended.code == 0 or not ended.out:
        return [f"it says that all is well: {ended.code}"]
    told = json.loads(ended.out)["error"]
    public, wrong = told["public"], []
    if "Nothing has changed" in public:
        wrong.append("the colleague's notice is public, but it says that nothing has changed")
    if "another run" not in public:
        wrong.append("it does not say that another run has published")
    for url in re.findall(r"https?://[^ ,]+?\.(?:html|xml|png)", public):
        path = url.rpartition(f"/{team.folder.name}/")[2]
        if now.get(path) != newer.get(path) or newer.get(path) == before.get(path):
            wrong.append(f"{path} is no page of the colleague")
    return wrong


@pytest.fixture
def ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Wire, int]]:
    """Return a line to an SSH server, and the server's own port."""
    with sshd(tmp_path / "sshd", monkeypatch) as server, wire(server.port) as found:
        known = server.known_hosts.read_text(encoding="utf-8")
        through = known.replace(f":{server.port} ", f":{found.port} ")
        server.known_hosts.write_text(known + through, encoding="utf-8")
        yield found, server.port


@pytest.fixture
def distant(ssh: tuple[Wire, int], tmp_path: Path) -> Iterator[Team]:
    made = new_team(tmp_path / "team")
    port = free_port()
    add_production(
        made,
        host="sftp",
        url=f"http://127.0.0.1:{port}",
        server="127.0.0.1",
        port=ssh[0].port,
        user=getpass.getuser(),
        path=str(tmp_path / "server"),
        key=str(tmp_path / "sshd/user_key"),
    )
    with_short_lease(made)
    with serve(tmp_path / "server/current", "127.0.0.1", port):
        yield made


@needs_sshd
def test_a_laptop_that_slept_switches_no_server_back(
    distant: Team, ssh: tuple[Wire, int], warm: Warm, tmp_path: Path
) -> None:
    line, port = ssh
    UPDATE.before(distant)
    root = tmp_path / "server"
    copies = {distant.folder: tmp_path / "template", root: tmp_path / "server-template"}
    for folder, copy in copies.items():
        shutil.copytree(folder, copy, symlinks=True)
    line.sent = 0
    assert warm.run(*typed(distant, UPDATE), env=distant.env).code == 0
    length, lot = line.sent, lots("sftp")
    for _ in range(RUNS):
        for folder, copy in copies.items():
            restore(folder, copy)
        place = int(length * lot.uniform(0.2, 0.95))
        colleague = colleague_of(distant, f"port = {line.port}\n", f"port = {port}\n")
        laptop, line.sent = Laptop(0, late=True), 0
        watching = Thread(target=sleep_at, args=(laptop, line, place))
        watching.start()
        with sleeping(distant, warm, laptop) as wake:
            watching.join()
            withdraw(colleague, warm)
            newer = files_below(root / "current")
            ended = wake()
        note = f"byte {place} of {length}\n{ended.out}{ended.err}"
        assert files_below(root / "current") == newer, note
        assert ended.code != 0, note
        assert "Nothing has changed" not in json.loads(ended.out)["error"]["public"], note
        verified = warm.run(
            "-w", str(colleague.folder), "verify", "production", env=distant.env
        )
        assert verified.code == 0, note + verified.err


def sleep_at(laptop: Laptop, line: Wire, place: int) -> None:
    """Put a run to sleep once so many bytes have left it."""
    end = time.monotonic() + TAKES
    while line.sent < place and time.monotonic() < end:
        time.sleep(0.0005)
    if laptop.program is not None:
        put_to_sleep(laptop.program)
        laptop.asleep.set()
