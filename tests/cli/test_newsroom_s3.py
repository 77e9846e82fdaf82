"""A newsroom in a bucket: nothing early in any key of any bucket, and few puts a release."""

from collections.abc import Iterator

import boto3
import pytest

from tests.support.command import Team
from tests.support.newsroom import write_ready
from tests.support.seaweed import Seaweed

CANARY = "quetzalcoatlus"
PUBLISH = ("newsroom", "publish", "--yes", "--json")


@pytest.fixture
def press(bucket_team: Team) -> Team:
    """Return a team whose newsroom goes to the bucket, with a release that is due."""
    bucket_team.set("newsroom", "targets", value='["production"]')
    bucket_team.set("crisis", "targets", value='["production"]')
    write_ready(bucket_team.folder / "releases")
    return bucket_team


def objects(server: Seaweed, prefix: str) -> Iterator[tuple[str, bytes]]:
    """Yield every key of both buckets that belongs to a team, with its bytes."""
    client = boto3.client(
        "s3",
        endpoint_url=server.endpoint_url,
        aws_access_key_id=server.access_key,
        aws_secret_access_key=server.secret_key,
        region_name="us-east-1",
    )
    for bucket in (server.bucket, server.state_bucket):
        for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket):
            for row in page.get("Contents", []):
                if prefix in row["Key"]:
                    body = client.get_object(Bucket=bucket, Key=row["Key"])["Body"]
                    yield f"{bucket}/{row['Key']}", body.read()
    client.close()


def test_no_key_holds_a_word_of_what_waits(press: Team, seaweed_server: Seaweed) -> None:
    for number, key in enumerate(("publish_at", "embargo", "status"), start=2):
        write_ready(
            press.folder / "releases",
            f"{CANARY}-{number}",
            number,
            title_fr=f"Le plan {CANARY} entre en vigueur, étape {number}",
            title_en=f"The {CANARY} plan takes effect, stage {number}",
            summary_fr=f"Le plan {CANARY}.",
            summary_en=f"The {CANARY} plan.",
            slug=f"{CANARY}-{number}",
            tags=[CANARY],
            **{key: "draft" if key == "status" else "2999-12-01 09:00"},
        )

    published = press.call(*PUBLISH)
    launched = press.call(*press.launch("--yes", "--json"))

    assert (published.code, launched.code) == (0, 0), published.out + launched.out
    held = dict(objects(seaweed_server, press.folder.name))
    assert any("port-sept-iles-growing" in key for key in held)
    assert [key for key, body in held.items() if CANARY in key or CANARY.encode() in body] == []


def test_the_same_again_puts_nothing_and_one_more_puts_little(press: Team) -> None:
    folder = press.folder / "releases"
    assert press.call(*PUBLISH).code == 0

    again = press.call(*PUBLISH, "port-agrandi")

    assert (again.code, again.json["changed"], again.json["files"]["put"]) == (0, False, 0)
    words = {
        "title_fr": "Un train de plus vers Fermont",
        "title_en": "One more train to Fermont",
    }
    words |= {"slug_fr": "train-de-plus", "slug_en": "one-more-train"}
    write_ready(folder, "train", 2, **words)
    more = press.call(*PUBLISH)
    assert more.code == 0, more.out
    touched = {step["path"] for step in more.json["plan"]["production"]}
    assert "en/news/2026/port-sept-iles-growing.html" not in touched
    pages = {path for path in touched if path.endswith(".html")}
    new = {"fr/communiques/2026/train-de-plus.html", "en/news/2026/one-more-train.html"}
    assert new <= pages
    assert more.json["files"]["put"] == len(touched)
