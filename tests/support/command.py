"""The real ``sparetire`` command, as a program or in this process, and a team that types it."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from sparetire.cli.app import app
from sparetire.config.places import replace_value
from tests.support.orphans import ENDS_WITH_TESTS
from tests.support.places import free_port
from tests.support.seaweed import Seaweed

__all__ = [
    "COMMAND",
    "PATIENCE",
    "Outcome",
    "Team",
    "call",
    "new_team",
    "refused",
    "run",
    "started",
]

COMMAND = Path(sys.executable).with_name("sparetire")
PATIENCE = 60
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 60" width="240" height="60">
<rect width="240" height="60" fill="#0b3d66"/></svg>"""
FRENCH = """Une panne d’électricité touche la raffinerie de Sept-Îles depuis ce matin.
Personne n’est blessé et les torchères sont sous surveillance.

Évitez le secteur du port. Nous reparlerons à 11 h.
"""
ENGLISH = """A power outage has affected the Sept-Îles refinery since this morning.
Nobody is hurt and the flares are being watched.

Please avoid the harbour. We will speak again at 11 a.m.
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on standard output; anything beside it is an error."""
        told = json.loads(self.out)
        assert isinstance(told, dict)
        return told


@dataclass(frozen=True, slots=True)
class Team:
    """A workspace with a French and an English statement beside it."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The address of the local target."""
        line = next(line for line in self.settings.splitlines() if line.startswith("url = "))
        return line.split('"')[1]

    @property
    def settings(self) -> str:
        """The text of the settings file."""
        return (self.folder / "sparetire.toml").read_text(encoding="utf-8")

    def set(self, *place: str, value: str) -> None:
        """Change one key of the settings file, as a person would; ``value`` is TOML."""
        text = replace_value(self.settings, place, value)
        (self.folder / "sparetire.toml").write_text(text, encoding="utf-8")

    def words(self, code: str) -> Path:
        """Return the file with the statement in one language."""
        return self.folder.parent / f"{self.folder.name}-{code}.md"

    def launch(self, *more: str, only: str = "") -> list[str]:
        """Return a launch as it is typed, of every language or of one."""
        french = ["--keywords", "panne, électricité", "--title", "Panne à Sept-Îles"]
        french += ["--content", f"fr={self.words('fr')}"]
        english = ["--keywords", "en=outage, power", "--title", "en=Power outage in Sept-Îles"]
        english += ["--content", f"en={self.words('en')}"]
        told = {"fr": french, "en": english, "": [*french, *english]}
        return ["launch", *told[only], *more]

    def call(self, *words: str, stdin: str | None = None) -> Outcome:
        """Give a command in this process."""
        return call("-w", str(self.folder), *words, env=self.env, stdin=stdin)

    def run(self, *words: str, **options: Any) -> Outcome:
        """Give a command to the real program."""
        return run("-w", str(self.folder), *words, env=self.env, **options)

    def public(self) -> dict[str, str]:
        """Return the hash of every file that readers of the local target get."""
        root = self.folder / ".sparetire" / "site" / "current"
        return {
            path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }

    def kept(self) -> dict[str, bytes]:
        """Return all that a run keeps: the target, what was said, and the ledger."""
        roots = ("incidents", ".sparetire/site", ".sparetire/ledger.jsonl")
        places = [self.folder / root for root in roots]
        files = [file for place in places for file in (place, *place.rglob("*"))]
        return {str(file): file.read_bytes() for file in files if file.is_file()}

    def use_bucket(self, server: Seaweed, **changes: str) -> None:
        """Add a production target in a bucket, under a prefix of this workspace's own."""
        prefix = self.folder.name
        keys = {
            "host": "s3",
            "url": f"{server.endpoint_url}/{server.bucket}/{prefix}",
            "bucket": server.bucket,
            "prefix": prefix,
            "state_bucket": server.state_bucket,
            "endpoint_url": server.endpoint_url,
            "region": "us-east-1",
        }
        lines = [f"{key} = {json.dumps(value)}" for key, value in (keys | changes).items()]
        table = "\n".join(["[targets.production]", *lines, "", "[staging.rehearsal]"])
        text = self.settings.replace("[staging.rehearsal]", table, 1)
        (self.folder / "sparetire.toml").write_text(text, encoding="utf-8")
        self.env["AWS_ACCESS_KEY_ID"] = server.access_key
        self.env["AWS_SECRET_ACCESS_KEY"] = server.secret_key


def new_team(folder: Path, env: Mapping[str, str] | None = None) -> Team:
    """Make a workspace by ``sparetire init``, on a free port, and write both statements."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    logo = folder.with_name(f"{folder.name}-logo.svg")
    logo.write_text(LOGO, encoding="utf-8")
    made = call(
        *("init", str(folder), "--yes", "--logo", str(logo), "--accent", "#f58220"),
        *("--name", "fr=Minéraux Boréal", "--name", "en=Boreal Minerals"),
        *("--main-site", "https://www.boreal.example", "--media-phone", "+1 418 555-0142"),
    )
    assert made.code == 0, made.err
    team = Team(folder, dict(env or {}))
    team.set("targets", "local", "url", value=f'"http://127.0.0.1:{free_port()}"')
    team.words("fr").write_text(FRENCH, encoding="utf-8")
    team.words("en").write_text(ENGLISH, encoding="utf-8")
    return team


def call(
    *words: str, env: Mapping[str, str] | None = None, stdin: str | None = None
) -> Outcome:
    """Give a command in this process, without a terminal."""
    result = CliRunner().invoke(app, words, input=stdin, env=env, prog_name="sparetire")
    return Outcome(result.exit_code, result.stdout, result.stderr)


def run(*words: str, env: Mapping[str, str] | None = None, **options: Any) -> Outcome:
    """Give a command to the real program, without a terminal, and wait for its end."""
    done = subprocess.run(
        [COMMAND, *words],
        env=os.environ | dict(env or {}),
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE,
        check=False,
        **options,
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextmanager
def started(
    *words: str, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Run the real program beside the test, in a group of its own, and end it at the end."""
    with subprocess.Popen(
        [*ENDS_WITH_TESTS, COMMAND, *words],
        env=os.environ | dict(env or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as program:
        try:
            yield program
        finally:
            program.kill()


def refused(outcome: Outcome, code: int) -> dict[str, Any]:
    """Assert a calm failure told as JSON, and return its four parts."""
    assert "Traceback" not in outcome.out + outcome.err, outcome.out + outcome.err
    assert outcome.code == code, outcome.out + outcome.err
    told = outcome.json
    assert (told["ok"], told["exit_code"]) == (False, code), outcome.out + outcome.err
    error = told["error"]
    assert isinstance(error, dict)
    empty = [part for part in ("what", "why", "public", "next") if not error[part]]
    assert not empty, f"these parts of the message are missing: {empty} in {error}"
    return error
