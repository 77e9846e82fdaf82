"""Every address that ever carried a text, by every way in which the text is taken back.

A bucket keeps each file that was ever put: pages under another kind of address, those of runs
that failed, lists, feeds, share cards. A folder that is switched as a whole keeps none.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from PIL import Image

from tests.support.command import Team, refused
from tests.support.faults import Answer, faulty
from tests.support.newsroom import write_ready
from tests.support.seaweed import Seaweed

TO = ("--target", "production", "--yes", "--json")
WORDS = ("Personne n’est blessé", "Nobody is hurt", "Panne à Sept-Îles", "Power outage in Sept")
PUBLISH = ("newsroom", "publish", "--yes", "--json")


@dataclass
class Bucket:
    """A team whose crisis goes to a bucket, and the files that anybody reads there."""

    team: Team
    server: Seaweed

    def files(self, prefix: str = "") -> dict[str, bytes]:
        """Return every public file of the team, by path."""
        start = prefix or f"{self.team.folder.name}/"
        client = boto3.client(
            "s3",
            endpoint_url=self.server.endpoint_url,
            aws_access_key_id=self.server.access_key,
            aws_secret_access_key=self.server.secret_key,
            region_name="us-east-1",
        )
        pages = client.get_paginator("list_objects_v2").paginate(
            Bucket=self.server.bucket, Prefix=start
        )
        keys = [row["Key"] for page in pages for row in page.get("Contents", [])]
        found = [client.get_object(Bucket=self.server.bucket, Key=key)["Body"] for key in keys]
        bodies = [body.read() for body in found]
        client.close()
        return dict(zip((key.removeprefix(start) for key in keys), bodies, strict=True))

    def carrying(self, *words: str, prefix: str = "") -> list[str]:
        """Return the paths of the files that hold one of some words."""
        wanted = [word.encode() for word in words]
        wanted += [json.dumps(word).strip('"').encode() for word in words]
        files = self.files(prefix)
        return [path for path, body in files.items() if any(one in body for one in wanted)]

    def withdraw(self) -> dict[str, Any]:
        """Take the statement back, and return what the command says."""
        done = self.team.call("withdraw", "--reason", "error", *TO)
        assert done.code == 0, done.out
        return done.json


@pytest.fixture
def bucket(team: Team, seaweed_server: Seaweed) -> Bucket:
    """Return a team that publishes to a bucket with addresses that end in files."""
    team.use_bucket(seaweed_server)
    team.set("crisis", "page_urls", value='"file"')
    return Bucket(team, seaweed_server)


def page_style(bucket: Bucket) -> None:
    """The launch fails verification under folder addresses, and advises file addresses."""
    team = bucket.team
    team.set("crisis", "page_urls", value='"folder"')
    refused(team.call(*team.launch(*TO)), 8)
    team.set("crisis", "page_urls", value='"file"')
    assert team.call(*team.launch(*TO)).code == 0


def page_style_and_nothing_after(bucket: Bucket) -> None:
    """As above, without a launch under file addresses."""
    bucket.team.set("crisis", "page_urls", value='"folder"')
    refused(bucket.team.call(*bucket.team.launch(*TO)), 8)
    bucket.team.set("crisis", "page_urls", value='"file"')


def failed_run(bucket: Bucket) -> None:
    """A launch under another slug stops after its pages, and is never run again."""
    team, server = bucket.team, bucket.server
    with faulty(server.endpoint_url) as line:
        line.always("PUT", "/fr/index.html", Answer(403, "AccessDenied"))
        team.set("targets", "production", "endpoint_url", value=json.dumps(line.endpoint_url))
        tried = team.call(*team.launch("--slug", "essai", "--slug", "en=trial", *TO))
    team.set("targets", "production", "endpoint_url", value=json.dumps(server.endpoint_url))
    assert tried.code == 7, tried.out
    assert "fr/essai.html" in bucket.files()
    assert team.call(*team.launch(*TO)).code == 0


def one_language_less(bucket: Bucket) -> None:
    """The site loses a language, so that the other one moves to the root."""
    team = bucket.team
    assert team.call(*team.launch(*TO)).code == 0
    text = re.sub(r", en = \"[^\"]*\"", "", team.settings)
    text = text.replace('["fr-CA", "en-CA"]', '["fr-CA"]')
    (team.folder / "sparetire.toml").write_text(text, encoding="utf-8")


ADDRESSES = [page_style, page_style_and_nothing_after, failed_run, one_language_less]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_withdrawal_leaves_the_text_at_no_address(
    bucket: Bucket, address: Callable[[Bucket], None]
) -> None:
    address(bucket)
    before = bucket.files()
    assert bucket.carrying(*WORDS)

    bucket.withdraw()

    after = bucket.files()
    assert bucket.carrying(*WORDS) == []
    assert before.keys() <= after.keys(), "a withdrawal deletes nothing"
    again = bucket.withdraw()
    assert (again["changed"], bucket.files()) == (False, after)
    verified = bucket.team.call("verify", "production", "--json")
    assert verified.code == 0, verified.out


@pytest.mark.parametrize("address", ADDRESSES[:3])
def test_a_correction_leaves_the_first_text_at_no_other_address(
    bucket: Bucket, address: Callable[[Bucket], None]
) -> None:
    address(bucket)
    words = [f"{code}={bucket.team.words(code)}" for code in ("fr", "en")]
    for code, text in (("fr", "Deux personnes ont été blessées."), ("en", "Two were hurt.")):
        bucket.team.words(code).write_text(text, encoding="utf-8")
    content = [part for one in words for part in ("--content", one)]

    done = bucket.team.call("correct", *content, *TO)

    assert done.code == 0, done.out
    left = set(bucket.carrying("Personne n’est blessé", "Nobody is hurt"))
    pages = {"fr/panne-electricite.html", "en/outage-power.html"}
    feeds = {"fr/feed.xml", "en/feed.xml"}
    feeds |= {"fr/panne-electricite/feed.xml", "en/outage-power/feed.xml"}
    feeds |= {"fr/essai/feed.xml", "en/trial/feed.xml"} & bucket.files().keys()
    assert left == pages | feeds, "they keep the old text, beside its correction"


def test_a_rollback_leaves_the_text_at_no_address(bucket: Bucket) -> None:
    """Behind two launches, under two kinds of addresses."""
    prepared = bucket.team.call("prepare", *TO).json["edition"]
    page_style(bucket)

    done = bucket.team.call("rollback", prepared, *TO)

    assert done.code == 0, done.out
    assert bucket.carrying("Personne n’est blessé", "Nobody is hurt") == []
    again = bucket.team.call("rollback", prepared, *TO)
    assert (again.code, again.json["changed"]) == (0, False)


def test_an_earlier_prefix_that_goes_on_to_show_the_text_is_named(bucket: Bucket) -> None:
    team = bucket.team
    assert team.call(*team.launch(*TO)).code == 0
    old = f"{team.folder.name}/"
    url = f"{bucket.server.endpoint_url}/{bucket.server.bucket}/{team.folder.name}-new"
    team.set("targets", "production", "prefix", value=f'"{team.folder.name}-new"')
    team.set("targets", "production", "url", value=f'"{url}"')

    told = bucket.withdraw()

    left = [one for one in told["findings"] if one["rule"] == "text-left"]
    assert {one["place"].rpartition("/")[2] for one in left} == {
        "panne-electricite.html",
        "outage-power.html",
    }
    assert all(f"/{old}" in one["place"] for one in left)
    assert bucket.carrying(*WORDS, prefix=f"{team.folder.name}-new/") == []


def test_another_target_that_goes_on_to_show_the_text_is_named(bucket: Bucket) -> None:
    team, name = bucket.team, bucket.team.folder.name
    start = team.settings.index("\n[targets.production]") + 1
    table = team.settings[start : team.settings.index("[staging.", start)]
    backup = table.replace("[targets.production]", "[targets.backup]")
    backup = backup.replace(name, f"b-{name}")
    text = team.settings.replace("[staging.", f"{backup}[staging.", 1)
    (team.folder / "sparetire.toml").write_text(text, encoding="utf-8")
    assert team.call(*team.launch("--target", "backup", *TO)).code == 0

    told = bucket.withdraw()

    left = [one["place"] for one in told["findings"] if one["rule"] == "text-left"]
    assert sorted(place.partition(f"b-{name}")[2] for place in left) == [
        "/en/outage-power.html",
        "/fr/panne-electricite.html",
    ]


def test_a_stranger_s_file_that_repeats_the_text_is_named_and_stays(bucket: Bucket) -> None:
    team, server = bucket.team, bucket.server
    assert team.call(*team.launch(*TO)).code == 0
    client = boto3.client(
        "s3",
        endpoint_url=server.endpoint_url,
        aws_access_key_id=server.access_key,
        aws_secret_access_key=server.secret_key,
        region_name="us-east-1",
    )
    key, body = f"{team.folder.name}/copie.html", "<p>Panne à Sept-Îles</p>".encode()
    client.put_object(Bucket=server.bucket, Key=key, Body=body)
    client.close()

    told = bucket.withdraw()

    [left] = [one for one in told["findings"] if one["rule"] == "text-left"]
    assert "/copie.html" in left["message"]
    assert bucket.carrying(*WORDS) == ["copie.html"]


def test_what_comes_back_after_a_withdrawal_is_found_and_taken_back_again(
    bucket: Bucket,
) -> None:
    """As a laptop does that slept while it put a page."""
    team, server = bucket.team, bucket.server
    assert team.call(*team.launch(*TO)).code == 0
    page = bucket.files()["fr/panne-electricite.html"]
    bucket.withdraw()
    client = boto3.client(
        "s3",
        endpoint_url=server.endpoint_url,
        aws_access_key_id=server.access_key,
        aws_secret_access_key=server.secret_key,
        region_name="us-east-1",
    )
    key, mark = f"{team.folder.name}/fr/panne/index.html", {"sparetire": "0" * 64}
    client.put_object(Bucket=server.bucket, Key=key, Body=page, Metadata=mark)
    client.close()
    team.set("crisis", "targets", value='["production"]')

    error = refused(team.call("verify", "production", "--json"), 8)
    checked = team.call("check", "--json").json
    bucket.withdraw()

    assert error["why"][0].endswith("/fr/panne/index.html")
    assert "text-left" in {one["rule"] for one in checked["findings"]}
    assert bucket.carrying(*WORDS) == []
    assert team.call("verify", "production", "--json").code == 0


@pytest.mark.parametrize("back", ["withdraw", "correct"])
def test_a_release_leaves_no_text_at_its_older_address(bucket: Bucket, back: str) -> None:
    """Under folder addresses first, then under file addresses."""
    team = bucket.team
    team.set("newsroom", "targets", value='["production"]')
    team.set("crisis", "targets", value='["production"]')
    team.set("crisis", "page_urls", value='"folder"')
    write_ready(team.folder / "releases")
    refused(team.call(*PUBLISH), 8)
    team.set("crisis", "page_urls", value='"file"')
    published = team.call(*PUBLISH, "port-agrandi")
    assert published.code == 0, published.out
    if back == "withdraw":
        done = team.call("newsroom", "withdraw", "port-agrandi", "--yes", "--json")
    else:
        note = (
            '\n[[corrections]]\nat = 2999-12-01T09:00:00-05:00\nnote = "141, et non 140."\n+++'
        )
        for code in ("fr", "en"):
            file = team.folder / "releases" / f"port-agrandi.{code}.md"
            head, body = file.read_text("utf-8").removeprefix("+++").split("+++", 1)
            file.write_text(f"+++{head}{note}{body}".replace("140 pe", "141 pe"), "utf-8")
        done = team.call(*PUBLISH, "port-agrandi")

    assert done.code == 0, done.out
    assert bucket.carrying("140 personnes de la", "140 people from") == []
    old = bucket.files()["en/news/2026/port-sept-iles-growing/index.html"].decode()
    assert "port-sept-iles-growing.html" in old


def test_a_withdrawn_release_leaves_no_picture(bucket: Bucket) -> None:
    """Nor a smaller rendition of it, nor its share card."""
    team = bucket.team
    team.set("newsroom", "targets", value='["production"]')
    team.set("crisis", "targets", value='["production"]')
    releases = team.folder / "releases"
    releases.mkdir(exist_ok=True)
    Image.effect_noise((1200, 800), 80).convert("RGB").save(releases / "quai.jpg")
    write_ready(releases, image={"file": "quai.jpg", "alt": "Le quai. The quay."})
    assert team.call(*PUBLISH).code == 0
    before = bucket.files()
    pictures = {path for path in before if path.startswith("assets/releases/")}
    assert len(pictures) == 2
    page = before["en/news/2026/port-sept-iles-growing.html"].decode()
    cards = set(re.findall(r"assets/card[^\"]+", page))

    done = team.call("newsroom", "withdraw", "port-agrandi", "--yes", "--json")

    assert done.code == 0, done.out
    after = bucket.files()
    assert before.keys() <= after.keys()
    assert [path for path in pictures | cards if after[path] == before[path]] == []
