"""Settings, credentials and hosts that do not work, and what a person is told about them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command import Team, new_team, refused
from tests.support.places import free_port
from tests.support.seaweed import Seaweed

SECRET = "wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY"  # noqa: S105  the one in AWS's own manual


def everything_in(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_an_unknown_key_is_named_with_the_nearest_one(team: Team) -> None:
    assert team.call(*team.launch("--yes")).code == 0
    public = team.public()
    text = team.settings.replace("time_zone =", "time_zones =")
    (team.folder / "sparetire.toml").write_text(text, encoding="utf-8")

    error = refused(team.call(*team.launch("--yes", "--json")), 4)

    told = " ".join([error["what"], *error["why"]])
    assert "time_zones" in told
    assert "did you mean time_zone" in told
    assert team.public() == public


@pytest.mark.parametrize("key", ["secret_access_key", "aws_secret_access_key", "password"])
def test_a_secret_in_the_settings_is_refused_and_never_said_again(
    bucket_team: Team, key: str
) -> None:
    table = f'[targets.production]\n{key} = "{SECRET}"'
    text = bucket_team.settings.replace("[targets.production]", table)
    settings = bucket_team.folder / "sparetire.toml"
    settings.write_text(text, encoding="utf-8")

    for words in (bucket_team.launch("--yes"), ["check"], ["status"]):
        outcome = bucket_team.call("--verbose", *words)
        assert outcome.code == 4
        assert key in outcome.err
        assert SECRET not in outcome.out + outcome.err

    refused(bucket_team.call(*bucket_team.launch("--yes", "--json")), 4)
    settings.unlink()
    assert SECRET.encode() not in everything_in(bucket_team.folder)


def without_credentials(team: Team) -> None:
    team.env.clear()


def with_another_secret(team: Team) -> None:
    team.env["AWS_SECRET_ACCESS_KEY"] = SECRET


def with_another_key(team: Team) -> None:
    team.env["AWS_ACCESS_KEY_ID"] = "AKIANOBODY"


def with_another_bucket(team: Team) -> None:
    team.set("targets", "production", "bucket", value='"no-such-bucket"')


def with_another_state_bucket(team: Team) -> None:
    team.set("targets", "production", "state_bucket", value='"no-such-bucket"')


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (without_credentials, "credential"),
        (with_another_secret, "secret"),
        (with_another_key, "key"),
        (with_another_bucket, "no-such-bucket"),
        (with_another_state_bucket, "no-such-bucket"),
    ],
)
def test_a_bucket_that_refuses_us_is_a_matter_of_configuration(
    bucket_team: Team, spoil: Callable[[Team], None], told: str
) -> None:
    spoil(bucket_team)

    outcome = bucket_team.call(*bucket_team.launch("--yes", "--json", "--target", "production"))

    error = refused(outcome, 4)
    assert told in json.dumps(error).lower()
    assert "Nothing has changed" in error["public"]
    assert SECRET not in outcome.out + outcome.err
    assert SECRET.encode() not in everything_in(bucket_team.folder)


def test_a_port_that_nobody_listens_to_is_a_matter_of_the_host(
    team: Team, seaweed_server: Seaweed
) -> None:
    closed = f"http://127.0.0.1:{free_port()}"
    team.use_bucket(seaweed_server, endpoint_url=closed, url=f"{closed}/site")

    error = refused(team.call(*team.launch("--yes", "--json", "--target", "production")), 6)

    assert closed in error["what"]
    assert "Nothing has changed" in error["public"]


@pytest.mark.parametrize("content", [b"not a picture", b"", b"\x89PNG\r\n\x1a\nbroken"])
def test_a_logo_that_is_no_picture_is_refused(team: Team, content: bytes) -> None:
    (team.folder / "brand" / "logo.svg").write_bytes(content)

    error = refused(team.call(*team.launch("--yes", "--json")), 4)

    assert "logo.svg" in json.dumps(error)
    assert team.public() == {}


def test_a_command_outside_any_workspace_says_how_to_make_one(tmp_path: Path) -> None:
    nowhere = Team(tmp_path)

    error = refused(nowhere.call("status", "--json"), 4)

    assert "sparetire init" in error["next"]


def test_a_workspace_is_never_made_over_another(team: Team) -> None:
    before = team.settings

    error = refused(team.call("init", str(team.folder), "--yes", "--json"), 2)

    assert str(team.folder) in error["what"]
    assert team.settings == before


def test_a_workspace_may_lie_in_any_folder(tmp_path: Path) -> None:
    odd = new_team(tmp_path / "Équipe de crise (nuit) [1]")

    launched = odd.run(*odd.launch("--yes", "--json"))

    assert launched.code == 0, launched.out + launched.err
