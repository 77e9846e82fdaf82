"""A whole command may be killed at any request that changes something at an S3 service.

Launch, update and rollback, on two kinds of server: readers never meet a dead link or a page
of no edition, and the same command, typed again, finishes. KILL=all takes every request.
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import boto3
import pytest

from tests.support.command import Team, new_team, started
from tests.support.errands import ERRANDS, Errand, finish, restore, unsound
from tests.support.faults import Answer, Fault, Proxy, faulty
from tests.support.moto_server import moto_buckets
from tests.support.seaweed import Seaweed, seaweed_server
from tests.support.victim import ALL, Victim, sample_of

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

__all__ = ["seaweed_server"]

ENDS_WITHIN = 120.0
FEW = {("seaweed", "launch"): 1, ("seaweed", "update"): 2, ("seaweed", "rollback"): 1}
KINDS = [(server, errand) for server in ("seaweed", "moto") for errand in ERRANDS]
CASES = KINDS if ALL else [*FEW, ("moto", "update")]


@pytest.fixture
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
def team(server: Seaweed, line: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    """Return a team whose requests pass a line that can be spoilt; its readers' do not."""
    made = new_team(tmp_path / f"team-{uuid4().hex[:8]}")
    made.use_bucket(server, endpoint_url=line.endpoint_url)
    made.set("crisis", "page_urls", value='"file"')
    for name, value in made.env.items():
        monkeypatch.setenv(name, value)
    return made


def look_away(_method: str, path: str) -> Fault:
    """Refuse to list for everybody, as every service does but one."""
    return Answer(403, "AccessDenied") if path.endswith("?list-type=2") else None


@pytest.mark.parametrize(("server", "errand"), CASES, indirect=["server"])
def test_a_killed_command_leaves_a_sound_site_and_is_finished_by_itself(
    server: Seaweed, errand: str, team: Team, line: Proxy
) -> None:
    told = ERRANDS[errand]
    told.before(team)
    with closing(console(server)) as client:
        buckets = Buckets(client, server, team)
        before = buckets.site()
        template = team.folder.with_name("template")
        shutil.copytree(team.folder, template, symlinks=True)
        line.seen.clear()
        finish(team, told, buckets.site)
        changing = sum(method not in {"GET", "HEAD"} for method, _, _ in line.seen)
        for step, when in sample_of(changing, FEW.get((server_name(server), errand), 1), 5):
            restore(team.folder, template)
            buckets.restore()
            victim = Victim(step, when)
            killed(team, told, victim, line)
            assert unsound(buckets.site(), before, team) == [], (step, when)
            finish(team, told, buckets.site)
            assert buckets.leftovers() == [], (step, when)


def server_name(server: Seaweed) -> str:
    return "seaweed" if server.bucket == "site" else "moto"


def killed(team: Team, errand: Errand, victim: Victim, line: Proxy) -> None:
    """Type the command, and end it at one of its requests."""

    def rule(method: str, path: str) -> Fault:
        return look_away(method, path) or victim.rule(method, path)

    line.rule = rule
    with started("-w", str(team.folder), *errand.words(team), env=team.env) as process:
        victim.process = process
        try:
            process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            pytest.fail(f"still at work: {process.stderr.read() if process.stderr else ''}")
        finally:
            line.rule = look_away


class Buckets:
    """Both buckets of a team, seen as at the service's console, and put back as they were."""

    def __init__(self, client: "S3Client", server: Seaweed, team: Team) -> None:
        self._client = client
        self._folders = {
            server.bucket: f"{team.folder.name}/",
            server.state_bucket: f"{server.bucket}/{team.folder.name}/",
        }
        self._before = {bucket: self._read(bucket) for bucket in self._folders}

    def site(self) -> dict[str, bytes]:
        """Return every public file, by path."""
        bucket = next(iter(self._folders))
        return {path: answer["Body"] for path, answer in self._read(bucket).items()}

    def leftovers(self) -> list[str]:
        """List what only a run under way, or one that died, may leave in the state."""
        bucket = list(self._folders)[1]
        return [name for name in self._read(bucket) if name in {"lock.json", "doubt"}]

    def restore(self) -> None:
        """Put both buckets back as they were at the beginning."""
        for bucket, folder in self._folders.items():
            now, before = self._read(bucket), self._before[bucket]
            for path in now.keys() - before.keys():
                self._client.delete_object(Bucket=bucket, Key=folder + path)
            for path, answer in before.items():
                if path not in now or now[path]["ETag"] != answer["ETag"]:
                    self._client.put_object(
                        Bucket=bucket,
                        Key=folder + path,
                        Body=answer["Body"],
                        ContentType=answer["ContentType"],
                        CacheControl=answer.get("CacheControl", ""),
                        Metadata=answer["Metadata"],
                    )

    def _read(self, bucket: str) -> dict[str, dict[str, Any]]:
        folder, found = self._folders[bucket], {}
        listed = self._client.list_objects_v2(Bucket=bucket, Prefix=folder)
        for each in listed.get("Contents", []):
            told = self._client.get_object(Bucket=bucket, Key=each["Key"])
            answer: dict[str, Any] = {**told, "Body": told["Body"].read()}
            found[each["Key"].removeprefix(folder)] = answer
        return found


def console(server: Seaweed) -> "S3Client":
    client: S3Client = boto3.client(
        "s3",
        endpoint_url=server.endpoint_url,
        region_name="us-east-1",
        aws_access_key_id=server.access_key,
        aws_secret_access_key=server.secret_key,
    )
    return client
