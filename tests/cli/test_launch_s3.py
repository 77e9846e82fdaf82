"""A launch into a bucket, read back as anybody would: no credentials, no listing."""

import json
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.support.command import Team, refused
from tests.support.faults import Answer, Fault, faulty
from tests.support.seaweed import Seaweed

HTML = "text/html; charset=utf-8"
TO_PRODUCTION = ("--yes", "--json", "--target", "production")


def read(url: str) -> tuple[int, dict[str, str], str]:
    try:
        with urlopen(url, timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read().decode(errors="replace")
    except HTTPError as error:
        with error:
            return error.code, {}, ""


def test_a_service_without_index_documents_asks_for_file_addresses(
    team: Team, seaweed_server: Seaweed
) -> None:
    team.use_bucket(seaweed_server)

    error = refused(team.call(*team.launch(*TO_PRODUCTION)), 8)

    assert 'page_urls = "file"' in " ".join(error["why"]) + error["next"]
    team.set("crisis", "page_urls", value='"file"')
    launched = team.call(*team.launch(*TO_PRODUCTION))
    assert launched.code == 0, launched.out
    assert all(read(url)[0] == 200 for url in launched.json["urls"].values())


def test_the_public_reads_both_pages_and_nothing_private(
    bucket_team: Team, seaweed_server: Seaweed
) -> None:
    launched = bucket_team.run(*bucket_team.launch(*TO_PRODUCTION))

    assert launched.code == 0, launched.out + launched.err
    urls = launched.json["urls"]
    for code, words in (("fr", "Personne n’est blessé"), ("en", "Nobody is hurt")):
        status, headers, body = read(urls[code])
        assert (status, headers["Content-Type"]) == (200, HTML)
        assert urls[code].endswith(".html")
        assert words in body
    prefix, endpoint = bucket_team.folder.name, seaweed_server.endpoint_url
    state = f"{seaweed_server.state_bucket}/{seaweed_server.bucket}/{prefix}/live.json"
    for private in (f"{seaweed_server.bucket}?list-type=2", state):
        assert read(f"{endpoint}/{private}")[0] == 403


def test_only_names_that_hold_their_hash_may_be_kept_for_ever(bucket_team: Team) -> None:
    launched = bucket_team.call(*bucket_team.launch(*TO_PRODUCTION)).json
    base = launched["urls"]["fr"].partition("/fr/")[0]
    steps = launched["plan"]["production"]

    rules = {step["path"]: read(f"{base}/{step['path']}")[1]["Cache-Control"] for step in steps}

    forever = {path for path, rule in rules.items() if "immutable" in rule}
    assert forever == {path for path in rules if path.startswith("assets/")}
    assert forever != set()


def test_a_trial_on_this_machine_never_shows_in_production(bucket_team: Team) -> None:
    trial = bucket_team.launch("--slug", "essai", "--slug", "en=trial", "--yes", "--json")
    assert bucket_team.call(*trial).code == 0

    launched = bucket_team.call(*bucket_team.launch(*TO_PRODUCTION)).json

    base = launched["urls"]["fr"].partition("/fr/")[0]
    paths = [step["path"] for step in launched["plan"]["production"]]
    texts = {path: read(f"{base}/{path}")[2] for path in paths if "assets/" not in path}
    assert {"index.html", "fr/feed.xml", "sitemap.xml"} <= texts.keys()
    assert [path for path, text in texts.items() if "essai" in text or "trial" in text] == []
    assert [path for path, text in texts.items() if bucket_team.url in text] == []


def test_the_time_of_a_trial_is_not_the_time_of_the_launch(bucket_team: Team) -> None:
    assert bucket_team.call(*bucket_team.launch("--yes")).code == 0
    record = bucket_team.folder / "incidents" / "panne-electricite" / "incident.toml"
    published = next(line for line in record.read_text("utf-8").splitlines() if "T" in line)
    then = published.partition(" = ")[2]
    record.write_text(
        record.read_text("utf-8").replace(then, "2020-02-02T02:02:02+00:00"), "utf-8"
    )

    urls = bucket_team.call(*bucket_team.launch(*TO_PRODUCTION)).json["urls"]

    assert "2020" not in read(urls["fr"])[2]
    assert "panne-electricite.html" in urls["fr"]


def test_the_same_launch_again_puts_nothing(bucket_team: Team) -> None:
    first = bucket_team.call(*bucket_team.launch(*TO_PRODUCTION)).json

    again = bucket_team.call(*bucket_team.launch(*TO_PRODUCTION)).json

    assert (again["changed"], again["files"]["put"]) == (False, 0)
    assert again["edition"] == first["edition"]


@pytest.mark.parametrize("secret", ["right", "wrong"])
def test_a_secret_is_never_written_anywhere(bucket_team: Team, secret: str) -> None:
    if secret == "wrong":  # noqa: S105  a name, not a secret
        bucket_team.env["AWS_SECRET_ACCESS_KEY"] += "-but-wrong"
    canary = bucket_team.env["AWS_SECRET_ACCESS_KEY"]

    told = [
        bucket_team.run("--verbose", *bucket_team.launch("--yes", "--target", "production")),
        bucket_team.call(*bucket_team.launch(*TO_PRODUCTION)),
        bucket_team.call("check", "--json"),
        bucket_team.call("--verbose", "status"),
    ]

    accepted = secret == "right"  # noqa: S105  a word for the case, no secret
    assert {outcome.code for outcome in told[:2]} == {0 if accepted else 4}
    assert canary not in json.dumps([[outcome.out, outcome.err] for outcome in told])
    files = [path for path in Path(bucket_team.folder).rglob("*") if path.is_file()]
    assert [path for path in files if canary.encode() in path.read_bytes()] == []


def test_when_one_target_refuses_the_push_the_error_says_where_it_is_live(
    bucket_team: Team, seaweed_server: Seaweed
) -> None:
    def refuse(method: str, path: str) -> Fault:
        public = path.startswith(f"/{seaweed_server.bucket}/{bucket_team.folder.name}/")
        return Answer(403, "AccessDenied") if method == "PUT" and public else None

    with faulty(seaweed_server.endpoint_url) as proxy:
        endpoint = f'"{proxy.endpoint_url}"'
        bucket_team.set("targets", "production", "endpoint_url", value=endpoint)
        proxy.rule = refuse
        both = ["--target", "local", "--target", "production", "--yes", "--json"]

        error = refused(bucket_team.call(*bucket_team.launch(*both)), 4)

        assert f"Live and verified: {bucket_team.url}." in error["public"]
        assert "shows what it showed before" in error["public"]
        assert "fr/panne-electricite.html" in bucket_team.public()
        proxy.rule = lambda _method, _path: None
        again = bucket_team.call(*bucket_team.launch(*both))
    assert again.code == 0, again.out
