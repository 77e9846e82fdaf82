"""A drill's settings name nothing that is live, and share no ground with it."""

from importlib.resources import files

import pytest

from sparetire.config.load import parse_settings
from sparetire.config.rehearsal import (
    DESK_VARIABLE,
    DOWN,
    Rehearsal,
    StagingTarget,
    rehearse,
    staging_target,
)
from sparetire.config.schema import Target
from sparetire.errors import ConfigurationFault

REFERENCE = (files("sparetire.config") / "reference.toml").read_text("utf-8")
LIVE = """
[targets.production]
host = "{host}"
url = "https://info.boreal.example"
{keys}
"""
STAGED = """
[staging.other]
host = "{host}"
url = "{url}"
{keys}
"""
STUB = "http://127.0.0.1:9"
TOLD = """
[announce]
hubs = ["https://hub.example/"]
webhooks = [{ name = "desk", url_env = "DESK" }]
"""
S3 = 'bucket = "{0}"\nstate_bucket = "{0}-state"\nendpoint_url = "https://s3.example"'


def with_targets(live: str, staged: str) -> str:
    return REFERENCE.replace("[crisis]", f"{live}\n{staged}\n[crisis]")


def test_a_staging_target_is_no_target() -> None:
    staging = staging_target(parse_settings(REFERENCE))
    assert staging.name == "rehearsal"
    assert not issubclass(type(staging), Target)


def test_the_settings_of_a_drill_name_nothing_that_is_live() -> None:
    live = LIVE.format(host="s3", keys=S3.format("boreal"))
    settings = parse_settings(with_targets(live, "") + TOLD)
    drill = rehearse(settings, staging_target(settings), approvals=0, receivers=STUB)
    assert isinstance(drill, Rehearsal)
    assert drill.exercise
    assert not settings.exercise
    assert set(drill.targets) == {DOWN, "rehearsal"}
    assert drill.crisis.targets == ("rehearsal",)
    assert not drill.newsroom.targets
    assert drill.announce.hubs == (f"{STUB}/hub",)
    assert drill.announce.indexnow == f"{STUB}/indexnow"
    assert [one.url_env for one in drill.announce.webhooks] == [DESK_VARIABLE]
    assert "info.boreal.example" not in drill.model_dump_json()
    assert "hub.example" not in drill.model_dump_json()
    with pytest.raises(KeyError):
        drill.target("production")


def test_what_a_drill_says_is_said_to_nobody_even_on_a_public_host() -> None:
    staged = STAGED.format(host="s3", url="https://drill.example", keys=S3.format("drill"))
    settings = parse_settings(with_targets("", staged))
    staging = StagingTarget("other", settings.staging["other"])
    drill = rehearse(settings, staging, approvals=0, receivers=STUB)
    assert not drill.target("other").public


def test_without_a_place_to_rehearse_the_way_to_one_is_told() -> None:
    settings = parse_settings(REFERENCE.replace('drill = "rehearsal"', ""))
    with pytest.raises(ConfigurationFault, match="no place to rehearse") as fault:
        staging_target(settings)
    assert "[staging.rehearsal]" in fault.value.then


@pytest.mark.parametrize(
    ("host", "keys", "mine", "url", "why"),
    [
        ("s3", S3.format("a"), S3.format("b"), "https://info.boreal.example/drill", "ground"),
        ("s3", S3.format("a"), S3.format("a"), "https://drill.example", "ground"),
        (
            "s3",
            S3.format("a") + '\nprofile = "boreal"',
            S3.format("b") + '\nprofile = "boreal"',
            "https://drill.example",
            "credentials",
        ),
        (
            "sftp",
            'server = "a.example"\nuser = "a"\npath = "a"\nkey = "~/.ssh/boreal"',
            'server = "b.example"\nuser = "b"\npath = "b"\nkey = "~/.ssh/boreal"',
            "https://drill.example",
            "credentials",
        ),
        ("netlify", 'site = "a"', 'site = "b"', "https://drill.example", "credentials"),
        (
            "git",
            'repository = "https://a.example/a"',
            'repository = "https://a.example/b"',
            "https://drill.example",
            "credentials",
        ),
    ],
)
def test_a_staging_target_shares_neither_ground_nor_credentials_with_a_live_one(
    host: str, keys: str, mine: str, url: str, why: str
) -> None:
    text = with_targets(
        LIVE.format(host=host, keys=keys), STAGED.format(host=host, url=url, keys=mine)
    )
    with pytest.raises(ConfigurationFault) as fault:
        parse_settings(text)
    assert any(why in one and "staging.other" in one for one in fault.value.why)


def test_two_ports_of_this_machine_are_two_places() -> None:
    staged = STAGED.format(host="directory", url="http://127.0.0.1:8999", keys='path = "x"')
    assert "other" in parse_settings(with_targets("", staged)).staging
