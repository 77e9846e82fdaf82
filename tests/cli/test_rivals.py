"""Two laptops that launch onto one place at the same moment."""

import gzip
import hashlib
import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from urllib.request import urlopen
from uuid import uuid4

import boto3

from tests.support.command import COMMAND, PATIENCE, Outcome, Team, new_team
from tests.support.faults import faulty
from tests.support.seaweed import Seaweed

WORDS = ("--target", "production", "--yes", "--json")


def side_by_side(*teams: Team) -> list[Outcome]:
    programs = [
        subprocess.Popen(
            [COMMAND, "-w", str(team.folder), *team.launch(*WORDS)],
            env=os.environ | team.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for team in teams
    ]
    told = [program.communicate(timeout=PATIENCE) for program in programs]
    return [
        Outcome(program.returncode, *texts)
        for program, texts in zip(programs, told, strict=True)
    ]


def rivals(folder: Path, server: Seaweed, prefix: str) -> list[Team]:
    """Return two workspaces of one organisation with one place in production."""
    teams = []
    for name in ("first", "second"):
        team = new_team(folder / name / prefix)
        team.use_bucket(server)
        team.set("crisis", "page_urls", value='"file"')
        teams.append(team)
    return teams


def live_manifest(server: Seaweed, prefix: str) -> dict[str, str]:
    """Return the hash of each file that is live, by its path."""
    client = boto3.client(
        "s3",
        endpoint_url=server.endpoint_url,
        aws_access_key_id=server.access_key,
        aws_secret_access_key=server.secret_key,
        region_name="us-east-1",
    )

    def read(name: str) -> Any:
        key = f"{server.bucket}/{prefix}/{name}"
        body = client.get_object(Bucket=server.state_bucket, Key=key)["Body"].read()
        return json.loads(gzip.decompress(body) if name.endswith(".gz") else body)

    rows = read(read("live.json")["manifest"])
    client.close()
    return {row["path"]: row["sha256"] for row in rows}


def assert_whole(server: Seaweed, prefix: str) -> None:
    """Read every file of the live edition, and follow every link and style of its pages."""
    base = f"{server.endpoint_url}/{server.bucket}/{prefix}/"
    files = live_manifest(server, prefix)
    for path, digest in files.items():
        with urlopen(base + path, timeout=10) as answer:
            body = answer.read()
        assert hashlib.sha256(body).hexdigest() == digest, path
        if path.endswith(".html"):
            for link in re.findall(r'(?:href|src)="([^"#]+)', body.decode()):
                there = urljoin(base + path, link)
                if there.startswith(base):
                    assert there.removeprefix(base) in files, f"{path} links to {there}"


def test_of_two_launches_at_once_each_wins_or_is_locked_out(
    tmp_path: Path, seaweed_server: Seaweed
) -> None:
    prefix = f"rivals-{uuid4().hex[:8]}"
    teams = rivals(tmp_path, seaweed_server, prefix)

    outcomes = side_by_side(*teams)

    codes = sorted(outcome.code for outcome in outcomes)
    assert codes in ([0, 0], [0, 5]), [outcome.out for outcome in outcomes]
    assert_whole(seaweed_server, prefix)


def test_who_comes_while_another_publishes_is_told_by_whom(
    tmp_path: Path, seaweed_server: Seaweed
) -> None:
    prefix = f"rivals-{uuid4().hex[:8]}"
    first, second = rivals(tmp_path, seaweed_server, prefix)
    waiting, late = [second], []

    def meanwhile(method: str, path: str) -> None:
        wanted = f"/{seaweed_server.bucket}/{prefix}/fr/panne-electricite.html"
        if (method, path) == ("PUT", wanted) and waiting:
            late.append(waiting.pop().run(*second.launch(*WORDS)))

    with faulty(seaweed_server.endpoint_url) as proxy:
        proxy.rule = meanwhile
        endpoint = f'"{proxy.endpoint_url}"'
        first.set("targets", "production", "endpoint_url", value=endpoint)
        launched = first.run(*first.launch(*WORDS))

    assert launched.code == 0, launched.out
    assert late[0].code == 5
    error = late[0].json["error"]
    assert "launch panne-electricite" in " ".join(error["why"])
    assert "Nothing has changed" in error["public"]
    assert_whole(seaweed_server, prefix)
