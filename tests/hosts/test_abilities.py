"""What is said of a host is what it says of itself, and README says the same."""

import json
import subprocess
import sys
from dataclasses import astuple, fields
from pathlib import Path
from typing import get_args

import pytest

from sparetire.config.services import NetlifyService, Service
from sparetire.hosts.abilities import ABILITIES, Abilities
from sparetire.hosts.directory import DirectoryHost
from sparetire.hosts.netlify import NetlifyHost
from sparetire.hosts.zipped import ZipHost
from sparetire.output.wording import ABILITY_NAMES
from tests.support.places import Place

README = Path(__file__).parents[2] / "README.md"
HEADINGS = ("host", "what", *ABILITY_NAMES.values())


def documented(rows: tuple[Abilities, ...]) -> str:
    lines = [HEADINGS, tuple("---" for _ in HEADINGS)]
    lines += [(f"`{row.host}`", *astuple(row)[1:]) for row in rows]
    return "\n".join(f"| {' | '.join(cell or '–' for cell in line)} |" for line in lines)


def said_of(host: str) -> Abilities:
    return next(row for row in ABILITIES if row.host == host)


def agrees(words: str, *, able: bool) -> bool:
    return words.startswith("yes" if able else "no")


def test_every_host_that_can_be_configured_is_in_the_table() -> None:
    services = get_args(get_args(Service)[0])
    names = {get_args(each.model_fields["host"].annotation)[0] for each in services}
    assert {row.host for row in ABILITIES} == names


def test_readme_shows_the_same_table() -> None:
    table = documented(ABILITIES)
    assert table in README.read_text(encoding="utf-8"), f"README must say:\n{table}"


def test_the_terminal_has_a_name_for_every_ability() -> None:
    assert {field.name for field in fields(Abilities)} == {"host", "what", *ABILITY_NAMES}


@pytest.mark.parametrize("host", ["directory", "netlify", "zip"])
def test_a_host_says_of_itself_what_the_table_says(host: str, tmp_path: Path) -> None:
    url = "http://127.0.0.1:1"
    service = NetlifyService(host="netlify", url=url, site="boreal.netlify.app")
    features = {
        "directory": DirectoryHost(tmp_path, url=url).features,
        "netlify": NetlifyHost(service, tmp_path).features,
        "zip": ZipHost(tmp_path / "handover.zip", url=url).features,
    }[host]
    said = said_of(host)
    assert agrees(said.atomic_switch, able=features.atomic_switch)
    assert agrees(said.headers, able=features.headers)
    assert agrees(said.lock, able=features.conditional_writes)


def test_a_bucket_says_of_itself_what_the_table_says(bucket: Place) -> None:
    said, features = said_of("s3"), bucket.open().features
    assert agrees(said.atomic_switch, able=features.atomic_switch)
    assert agrees(said.headers, able=features.headers)
    assert agrees(said.lock, able=features.conditional_writes)


def run(*arguments: str, folder: Path) -> str:
    command = [sys.executable, "-m", "sparetire", "hosts", *arguments]
    ended = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return ended.stdout


def test_a_program_reads_the_same_rows(tmp_path: Path) -> None:
    shown = json.loads(run("--json", folder=tmp_path))
    assert [tuple(row.values()) for row in shown["hosts"]] == [
        astuple(row) for row in ABILITIES
    ]


def test_a_person_reads_every_host_and_word(tmp_path: Path) -> None:
    shown = " ".join(run(folder=tmp_path).split())
    for row in ABILITIES:
        assert f"{row.host} {row.what}" in shown
        assert row.rollback in shown
