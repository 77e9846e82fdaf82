"""Times how soon a launch says what is wrong, for each kind of bad weather.

One workspace a case, the real program from its start to its end, on one SeaweedFS on this
machine behind a proxy that spoils what it is told to. Each must end with its own exit code
within 15 seconds; where somebody is silent for ever, within 30.

python benchmarks/weather.py
"""

import json
import os
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

# The checkout must be on the path first.
from benchmarks.ground import machine
from tests.cli.test_bad_weather import CACHES, SERVICES, TO_PRODUCTION, ours, readers
from tests.support.command import Team, new_team
from tests.support.faults import Fault, Proxy, Rule, Silence, faulty
from tests.support.seaweed import Seaweed, seaweed

SOON, LATE = 15.0, 30.0
PROGRAM = "from sparetire.cli.app import main; main()"
WRONG_CLOCK = """
import datetime, time_machine
ahead = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=20)
with time_machine.travel(ahead):
    from sparetire.cli.app import main
    main()
"""


def fair(_method: str, _path: str) -> Fault:
    return None


def silent(_method: str, _path: str) -> Fault:
    return Silence()


def silent_to_readers(method: str, path: str) -> Fault:
    public = method == "GET" and path.startswith("/site/") and "?" not in path
    return Silence() if public else None


@dataclass(frozen=True)
class Weather:
    """What is wrong, and how a launch must end.

    Attributes:
        code: Its exit code.
        rule: By which requests are spoilt.
        within: The seconds that it may take.
        program: What is run.
        stranger: The service shows a certificate of another name.
    """

    code: int
    rule: Rule = fair
    within: float = SOON
    program: str = PROGRAM
    stranger: bool = False


def cases() -> Iterator[tuple[str, Weather]]:
    """Yield every kind of weather by name."""
    for name, (answer, code, _) in SERVICES.items():
        yield name, Weather(code, ours(answer))
    yield "a clock 20 minutes ahead", Weather(4, program=WRONG_CLOCK)
    yield "a certificate of another name", Weather(6, stranger=True)
    yield "a service that is silent", Weather(6, silent, LATE)
    for name, (part, answer, _) in CACHES.items():
        yield f"readers get {name}", Weather(8, readers(part, answer))
    yield "readers wait for ever", Weather(8, silent_to_readers, LATE)


@contextmanager
def team_behind(
    folder: Path, server: Seaweed, weather: Weather
) -> Iterator[tuple[Team, Proxy]]:
    """Make a workspace whose requests, and whose readers' requests, pass a proxy."""
    team = new_team(folder)
    context = None
    if weather.stranger:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(folder.with_suffix(".pem")))
        team.env["AWS_CA_BUNDLE"] = str(folder.with_suffix(".pem"))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("another.example").configure_cert(context)
    with faulty(server.endpoint_url, context) as proxy:
        url = f"{proxy.endpoint_url}/{server.bucket}/{folder.name}"
        team.use_bucket(server, endpoint_url=proxy.endpoint_url, url=url)
        team.set("crisis", "page_urls", value='"file"')
        yield team, proxy


def seconds_until_told(team: Team, weather: Weather) -> tuple[int, float, str]:
    """Return the exit code of a launch, how long it took, and what it said."""
    started = time.perf_counter()
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            weather.program,
            "-w",
            team.folder,
            *team.launch(*TO_PRODUCTION),
        ],
        cwd=ROOT,
        env=os.environ | team.env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    taken = time.perf_counter() - started
    error = json.loads(ended.stdout).get("error") or {"what": "it was live", "why": []}
    return ended.returncode, taken, " ".join([error["what"], *error["why"][:1]])


def main() -> int:
    print(machine())
    print(f"{'weather':<36}{'exit':>5}{'seconds':>9}   what it says")
    failed = 0
    with tempfile.TemporaryDirectory() as folder, seaweed() as server:
        for number, (name, weather) in enumerate(cases()):
            with team_behind(Path(folder) / f"team-{number}", server, weather) as (team, proxy):
                proxy.rule = weather.rule
                code, seconds, said = seconds_until_told(team, weather)
            wrong = code != weather.code or seconds > weather.within
            failed += wrong
            mark = "  <- wrong" if wrong else ""
            print(f"{name:<36}{code:>5}{seconds:>9.1f}   {said[:110]}{mark}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
