"""This machine's disk says no: too full, or not where a folder must be."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.command import COMMAND, PATIENCE, Outcome, Team, refused
from tests.support.faults import faulty
from tests.support.seaweed import Seaweed

if sys.platform == "win32":
    pytest.skip("disks and limits are other things there", allow_module_level=True)

ROOM = 300  # kB: enough for the state, not for a build


@pytest.fixture
def small_disk() -> Iterator[Callable[[Path], None]]:
    """Return a way to put a small disk of its own under a folder."""
    mounted: list[Path] = []

    def mount(folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        words = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}k", "tmpfs", str(folder)]
        if (
            shutil.which("mount") is None
            or subprocess.run(words, capture_output=True, check=False).returncode
        ):
            pytest.skip("this system does not let us mount a small disk")
        mounted.append(folder)

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def again(team: Team) -> list[str]:
    return team.launch("--slug", "autre", "--slug", "en=other", "--yes", "--json")


def test_a_full_disk_under_the_state_is_told(
    team: Team, small_disk: Callable[[Path], None]
) -> None:
    small_disk(team.folder / ".sparetire")

    error = refused(team.call(*team.launch("--yes", "--json")), 12)

    assert "Nothing has changed" in error["public"]
    assert team.public() == {}


def test_a_full_disk_under_the_target_leaves_the_public(
    team: Team, small_disk: Callable[[Path], None]
) -> None:
    small_disk(team.folder / ".sparetire" / "site")
    first = team.call(*team.launch("--yes", "--json"))
    before = team.public()

    outcome = first if first.code else team.call(*again(team))

    error = refused(outcome, 12)
    assert "Nothing has changed" in error["public"]
    assert team.public() == before


def test_a_disk_that_fills_up_during_the_push_does_not_hide_what_is_live(
    bucket_team: Team, seaweed_server: Seaweed, small_disk: Callable[[Path], None]
) -> None:
    incidents = bucket_team.folder / "incidents"
    small_disk(incidents)

    def fill_up(method: str, path: str) -> None:
        if method == "PUT" and path.endswith("/live.json"):
            with suppress(OSError), (incidents / "debris").open("wb", buffering=0) as file:
                while file.write(b"x" * 512):
                    pass

    with faulty(seaweed_server.endpoint_url) as proxy:
        proxy.rule = fill_up
        endpoint = f'"{proxy.endpoint_url}"'
        bucket_team.set("targets", "production", "endpoint_url", value=endpoint)
        words = bucket_team.launch("--target", "production", "--yes", "--json")
        error = refused(bucket_team.call(*words), 12)

        assert "live at" in error["public"]
        (incidents / "debris").unlink()
        again = bucket_team.call(*words)
    assert (again.code, again.json["changed"]) == (0, False)


@pytest.mark.parametrize("limit", [1_000, 8_000])
def test_files_that_cannot_be_written_whole_are_told(team: Team, limit: int) -> None:
    outcome = limited(team, limit)

    error = refused(outcome, 12)
    assert "Nothing has changed" in error["public"]
    assert team.public() == {}
    assert team.call(*team.launch("--yes")).code == 0


def limited(team: Team, limit: int) -> Outcome:
    """Launch with a limit to the size of every file, in bytes."""
    # A program that is measured writes a file of its own, which would meet the limit too.
    env = {key: text for key, text in os.environ.items() if not key.startswith("COVERAGE")}
    done = subprocess.run(
        [COMMAND, "-w", str(team.folder), *team.launch("--yes", "--json")],
        env=env,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("blocked", [".sparetire", ".sparetire/site", ".sparetire/builds"])
def test_a_file_where_a_folder_must_be_is_told(team: Team, blocked: str) -> None:
    place = team.folder / blocked
    place.parent.mkdir(exist_ok=True)
    place.write_text("not a folder", encoding="utf-8")

    error = refused(team.call(*team.launch("--yes", "--json")), 12)

    assert str(team.folder) in error["what"]
    assert "Nothing has changed" in error["public"]


def test_words_that_cannot_be_kept_stop_the_launch_before_the_push(team: Team) -> None:
    shutil.rmtree(team.folder / "incidents")
    (team.folder / "incidents").write_text("not a folder", encoding="utf-8")

    refused(team.call(*team.launch("--yes", "--json")), 12)

    assert team.public() == {}


def test_a_ledger_that_cannot_be_written_stops_the_launch_before_the_push(team: Team) -> None:
    (team.folder / ".sparetire" / "ledger.jsonl").mkdir(parents=True)

    refused(team.call(*team.launch("--yes", "--json")), 12)

    assert team.public() == {}
