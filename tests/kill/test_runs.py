"""A whole command may be killed at any request that changes something at an S3 service.

Launch, update and rollback, on two kinds of server: readers never meet a dead link or a page
of no edition, and the same command, typed again, finishes. KILL=all takes every request.
"""

import shutil
import signal
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import boto3
import pytest

from tests.support.command import Team, new_team
from tests.support.errands import ERRANDS, Errand, finish, restore, typed, unsound
from tests.support.faults import Answer, Fault, Proxy, faulty
from tests.support.moto_server import moto_buckets
from tests.support.samples import ALL, SHARES, draw
from tests.support.seaweed import Seaweed, seaweed_server
from tests.support.victim import Victim, When, places_of
from tests.support.warm import Warm, warm

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

__all__ = ["seaweed_server", "warm"]

FEW = {("seaweed", "launch"): 1, ("seaweed", "update"): 2, ("seaweed", "rollback"): 1}
KINDS = [*product(("seaweed", "moto"), ERRANDS)]
ON_MOTO = [kind for kind in KINDS if kind not in FEW]
DRAWN = KINDS if ALL else [*FEW, *draw(ON_MOTO, 1, "runs on moto")]
CASES = [(server, (errand, share)) for server, errand in DRAWN for share in SHARES]


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


@pytest.mark.parametrize(("server", "part"), CASES, indirect=["server"], ids=str)
def test_a_killed_command_leaves_a_sound_site_and_is_finished_by_itself(
    server: Seaweed, part: tuple[str, int], team: Team, line: Proxy, warm: Warm
) -> None:
    errand, share = part
    told = ERRANDS[errand]
    told.before(team)
    with closing(console(server)) as client:
        buckets = Buckets(client, server, team)
        before = buckets.site()
        template = team.folder.with_name("template")
        shutil.copytree(team.folder, template, symlinks=True)
        line.seen.clear()
        finish(team, told, warm, buckets.site)
        changing = sum(method not in {"GET", "HEAD"} for method, _, _ in line.seen)
        few = FEW.get((server_name(server), errand), 1)
        for step, when in draw(places_in(changing), few, f"runs {errand}", share):
            restore(team.folder, template)
            buckets.restore()
            death = killed(team, told, Victim(step, when), line, warm)
            with noted(f"request {step}, {when}: {death}"):
                assert unsound(buckets.site(), before, team) == []
                finish(team, told, warm, buckets.site)
                assert buckets.leftovers() == []


def places_in(changing: int) -> list[tuple[int, When]]:
    """Return where to end a run: each request is cut once, before its body or in it."""
    spared: tuple[When, When] = ("headers", "during")
    return [place for place in places_of(changing) if place[1] != spared[place[0] % 2]]


def server_name(server: Seaweed) -> str:
    return "seaweed" if server.bucket == "site" else "moto"


@contextmanager
def noted(text: str) -> Iterator[None]:
    """Add to whatever fails inside which run came before."""
    try:
        yield
    except Exception as failure:
        failure.add_note(f"The run before was to die at {text}")
        raise


def killed(team: Team, errand: Errand, victim: Victim, line: Proxy, warm: Warm) -> str:
    """Type the command, end it at one of its requests, and return how it ended."""

    def rule(method: str, path: str) -> Fault:
        return look_away(method, path) or victim.rule(method, path)

    line.rule = rule
    with warm.started(*typed(team, errand), env=team.env) as program:
        victim.process = program
        ended = program.said()
    line.rule = look_away
    said = ended.out + ended.err
    assert ended.code == -signal.SIGKILL, f"{victim} lived: {ended.code}\n{said}"
    return f"{victim.died}.\n{said}"


class Buckets:
    """Both buckets of a team, seen as at the service's console, and put back as they were."""

    def __init__(self, client: "S3Client", server: Seaweed, team: Team) -> None:
        self._client = client
        self._public, self._state = server.bucket, server.state_bucket
        self._folders = {
            self._public: f"{team.folder.name}/",
            self._state: f"{server.bucket}/{team.folder.name}/",
        }
        self._bodies: dict[str, bytes] = {}
        self._before = {bucket: self._objects(bucket) for bucket in self._folders}

    def site(self) -> dict[str, bytes]:
        """Return every public file, by path."""
        tags = self._tags(self._public)
        unknown = [path for path, tag in tags.items() if tag not in self._bodies]
        for answer in self._each(lambda path: self._get(self._public, path), unknown):
            self._bodies[answer["ETag"]] = answer["Body"]
        return {path: self._bodies[tag] for path, tag in tags.items()}

    def leftovers(self) -> list[str]:
        """List what only a run under way, or one that died, may leave in the state."""
        return [name for name in self._tags(self._state) if name in {"lock.json", "doubt"}]

    def restore(self) -> None:
        """Put both buckets back as they were at the beginning."""
        for bucket, folder in self._folders.items():
            now, before = self._tags(bucket), self._before[bucket]

            def remove(path: str, bucket: str = bucket, folder: str = folder) -> None:
                self._client.delete_object(Bucket=bucket, Key=folder + path)

            def put(path: str, bucket: str = bucket, folder: str = folder) -> None:
                told = self._before[bucket][path]
                self._client.put_object(
                    Bucket=bucket,
                    Key=folder + path,
                    Body=told["Body"],
                    ContentType=told["ContentType"],
                    CacheControl=told.get("CacheControl", ""),
                    Metadata=told["Metadata"],
                )

            self._each(remove, now.keys() - before.keys())
            self._each(put, [path for path in before if now.get(path) != before[path]["ETag"]])

    def _objects(self, bucket: str) -> dict[str, dict[str, Any]]:
        paths = list(self._tags(bucket))
        found = self._each(lambda path: self._get(bucket, path), paths)
        return dict(zip(paths, found, strict=True))

    def _tags(self, bucket: str) -> dict[str, str]:
        folder = self._folders[bucket]
        listed = self._client.list_objects_v2(Bucket=bucket, Prefix=folder)
        assert not listed["IsTruncated"]
        return {
            each["Key"].removeprefix(folder): f'"{each["ETag"].strip(chr(34))}"'
            for each in listed.get("Contents", [])
        }

    def _get(self, bucket: str, path: str) -> dict[str, Any]:
        answer = self._client.get_object(Bucket=bucket, Key=self._folders[bucket] + path)
        return {**answer, "Body": answer["Body"].read()}

    @staticmethod
    def _each(ask: Callable[[str], Any], paths: Collection[str]) -> list[Any]:
        with ThreadPoolExecutor(8) as pool:
            return list(pool.map(ask, paths))


def console(server: Seaweed) -> "S3Client":
    client: S3Client = boto3.client(
        "s3",
        endpoint_url=server.endpoint_url,
        region_name="us-east-1",
        aws_access_key_id=server.access_key,
        aws_secret_access_key=server.secret_key,
    )
    return client
