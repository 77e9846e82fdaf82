"""A workspace that others can write to sends no secret where this user has not said yes."""

import json
import os
import socket
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from sparetire.config.load import parse_settings
from sparetire.config.schema import Settings, Target
from sparetire.config.secret_use import confirm, secret_uses
from sparetire.errors import ConfigurationFault
from sparetire.hosts.registry import open_host
from tests.support.command import Team, new_team, refused
from tests.support.person import at_a_terminal

REFERENCE = files("sparetire.config").joinpath("reference.toml").read_text(encoding="utf-8")
TABLE = '\n[targets.stranger]\nurl = "https://info.boreal.example"\n'
GIT = 'host = "git"\nrepository = "https://git.stranger.example/a.git"\n'
S3 = 'host = "s3"\nbucket = "a"\nstate_bucket = "b"\nendpoint_url = "https://s3.stranger.example"\n'
SFTP = 'host = "sftp"\nserver = "stranger.example"\nuser = "a"\npath = "b"\n'
NETLIFY = 'host = "netlify"\nsite = "a.netlify.app"\n'
ENVIRONMENT = {
    "SPARETIRE_GIT_TOKEN": "canary",
    "SPARETIRE_SFTP_PASSWORD": "canary",
    "NETLIFY_AUTH_TOKEN": "canary",
    "AWS_ACCESS_KEY_ID": "canary",
    "AWS_SECRET_ACCESS_KEY": "canary",
}


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def settings_of(keys: str) -> Settings:
    return parse_settings(REFERENCE + TABLE + keys)


def opened(settings: Settings, folder: Path) -> None:
    open_host(Target("stranger", settings.targets["stranger"]), folder)


@pytest.mark.parametrize(
    ("keys", "address"),
    [
        (GIT, "https://git.stranger.example"),
        (S3, "https://s3.stranger.example"),
        (S3 + 'profile = "boreal"\n', "https://s3.stranger.example"),
        (SFTP, "sftp://stranger.example:22"),
    ],
)
def test_an_address_gets_no_secret_before_it_is_confirmed(
    tmp_path: Path, keys: str, address: str
) -> None:
    settings = settings_of(keys)
    with pytest.raises(ConfigurationFault) as caught:
        opened(settings, tmp_path)
    assert address in caught.value.what
    assert caught.value.then.endswith(f"sparetire hosts --confirm {address}")
    confirm([use for _, use in secret_uses(settings, os.environ)])
    if "profile" not in keys:  # there is none of that name
        opened(settings, tmp_path)
    assert list((tmp_path / "state" / "sparetire").iterdir())


@pytest.mark.parametrize(
    "keys",
    [
        GIT.replace("https://git.stranger.example", "https://localhost"),
        GIT.replace("https://git.stranger.example/", "git@git.stranger.example:"),
        S3.replace("https://s3.stranger.example", "http://127.0.0.1:9"),
        S3.replace('endpoint_url = "https://s3.stranger.example"\n', ""),
        SFTP.replace("stranger.example", "127.0.0.1"),
        NETLIFY,
    ],
)
def test_this_machine_and_the_services_of_a_kind_need_no_question(keys: str) -> None:
    assert list(secret_uses(settings_of(keys), os.environ)) == []


def test_another_secret_for_the_same_address_is_another_question(tmp_path: Path) -> None:
    settings = settings_of(GIT)
    confirm([use for _, use in secret_uses(settings, os.environ)])
    other = settings_of(GIT + 'token_env = "GITHUB_TOKEN"\n')
    opened(other, tmp_path)  # there is no such token: nothing can be sent
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GITHUB_TOKEN", "canary")
        with pytest.raises(ConfigurationFault, match="GITHUB_TOKEN"):
            opened(other, tmp_path)


@pytest.mark.parametrize(
    "keys",
    [
        GIT + 'token_env = "{}"\n',
        NETLIFY + 'token_env = "{}"\n',
    ],
)
@pytest.mark.parametrize(
    "name",
    [
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "SPARETIRE_PASSPHRASE",
        "SPARETIRE_SFTP_PASSWORD",
        "PATH",
        "NPM_TOKEN",
    ],
)
def test_a_variable_of_another_kind_is_refused(keys: str, name: str) -> None:
    with pytest.raises(ConfigurationFault) as caught:
        settings_of(keys.format(name))
    assert "must begin with SPARETIRE_" in caught.value.why[0]


@pytest.mark.parametrize("name", ["AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "GITHUB_TOKEN"])
def test_the_address_of_a_webhook_is_in_no_variable_of_credentials(name: str) -> None:
    table = f'\n[announce]\nwebhooks = [{{ name = "desk", url_env = "{name}" }}]\n'
    with pytest.raises(ConfigurationFault, match="problem"):
        parse_settings(REFERENCE.replace("[announce]", "[other]") + table)


@pytest.mark.parametrize("damage", ["", "{", "[1]", '[{"secret": 1}]', "\xff"])
def test_a_damaged_memory_confirms_nothing(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "state" / "sparetire" / "addresses.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(damage.encode("latin-1"))
    with pytest.raises(ConfigurationFault, match="first time"):
        opened(settings_of(GIT), tmp_path)


@pytest.fixture
def stranger() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


def team_with(folder: Path, stranger: socket.socket) -> Team:
    """A team whose second target is, for the program, an address outside this machine."""
    team = new_team(folder, ENVIRONMENT | {"XDG_STATE_HOME": str(folder.parent / "state")})
    keys = S3.replace("https://s3.stranger.example", address_of(stranger))
    text = team.settings.replace('targets = ["local"]', 'targets = ["stranger"]')
    (team.folder / "sparetire.toml").write_text(text + TABLE + keys, encoding="utf-8")
    return team


def address_of(stranger: socket.socket) -> str:
    return f"http://0.0.0.0:{stranger.getsockname()[1]}"


@pytest.mark.parametrize("words", ["launch", "prepare", "status"])
def test_without_a_terminal_nothing_is_sent_and_the_command_is_named(
    tmp_path: Path, stranger: socket.socket, words: str
) -> None:
    team = team_with(tmp_path / "boreal", stranger)
    typed = team.launch("--yes", "--json") if words == "launch" else [words, "--json"]
    outcome = team.run(*typed)
    if words == "status":
        assert "first time" in outcome.out
    else:
        told = refused(outcome, 4)
        assert told["next"].endswith(f"sparetire hosts --confirm {address_of(stranger)}")
    with pytest.raises(TimeoutError):
        stranger.accept()
    assert team.run("hosts", "--confirm", "https://other.example").code == 2
    said = team.run("hosts", "--confirm", address_of(stranger))
    assert said.code == 0, said.err
    (row,) = json.loads((tmp_path / "state/sparetire/addresses.json").read_text("utf-8"))
    assert row["address"] == address_of(stranger)
    stranger.close()
    assert "first time" not in team.run("status", "--json").out


@pytest.mark.parametrize("answer", ["oui", "no"])
def test_on_a_terminal_the_person_is_asked_once(
    tmp_path: Path, stranger: socket.socket, answer: str
) -> None:
    team = team_with(tmp_path / "boreal", stranger)
    with at_a_terminal(team, "newsroom", "list") as person:
        person.wait_for("Is this address yours?")
        person.type(answer)
        assert person.end() == 0
    with at_a_terminal(team, "newsroom", "list") as person:
        if answer == "no":
            person.wait_for("Is this address yours?")
            person.type(answer)
        assert person.end() == 0
    assert person.seen.count("Is this address yours?") == (answer == "no")
