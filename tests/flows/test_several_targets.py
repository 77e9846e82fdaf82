"""Two places at once: each whole, and the second one there when the first is not."""

from pathlib import Path

import pytest

from tests.support.command import Team, new_team, refused
from tests.support.faults import Answer, Fault, faulty
from tests.support.places import free_port
from tests.support.seaweed import Seaweed, seaweed_server

__all__ = ["seaweed_server"]

BACKUP = """
[targets.backup]
host = "directory"
path = ".sparetire/backup"
url = "http://127.0.0.1:{port}"
"""


@pytest.fixture
def team(tmp_path: Path) -> Team:
    made = new_team(tmp_path / "team")
    text = made.settings + BACKUP.format(port=free_port())
    (made.folder / "sparetire.toml").write_text(text, encoding="utf-8")
    made.set("crisis", "targets", value='["local", "backup"]')
    return made


def tree(team: Team, name: str) -> dict[str, bytes]:
    root = team.folder / ".sparetire" / name / "current"
    files = [path for path in root.rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def test_one_edition_serves_both_byte_for_byte(team: Team) -> None:
    launched = team.call(*team.launch("--yes", "--json"))

    assert launched.code == 0, launched.out
    assert tree(team, "site") == tree(team, "backup") != {}
    assert team.call(*team.launch("--json")).json["changed"] is False


def test_a_file_to_hand_over_is_never_called_verified(team: Team) -> None:
    table = '[targets.handover]\nhost = "zip"\npath = "site.zip"\nurl = "http://127.0.0.1:1"\n'
    settings = team.folder / "sparetire.toml"
    settings.write_text(f"{team.settings}\n{table}", encoding="utf-8")

    launched = team.call(*team.launch("--yes", "--json", "--target", "handover"))

    assert launched.code == 0, launched.out
    assert launched.json["verified_after"] is None
    ledger = (team.folder / ".sparetire" / "ledger.jsonl").read_text("utf-8")
    assert '"live"' in ledger
    assert '"verified"' not in ledger


def test_when_the_primary_is_out_the_backup_is_live_and_the_error_says_where(
    team: Team,
) -> None:
    (team.folder / ".sparetire").mkdir(exist_ok=True)
    (team.folder / ".sparetire" / "site").write_text("a file where a folder must be")

    error = refused(team.call(*team.launch("--yes", "--json")), 12)

    assert "fr/panne-electricite/" in error["public"]
    assert "127.0.0.1" in error["next"]
    assert "fr/panne-electricite/index.html" in tree(team, "backup")


def test_the_missing_one_is_brought_up_to_date_by_the_same_command(team: Team) -> None:
    blocked = team.folder / ".sparetire" / "site"
    blocked.parent.mkdir(exist_ok=True)
    blocked.write_text("a file where a folder must be")
    team.call(*team.launch("--yes"))
    backup = tree(team, "backup")
    blocked.unlink()

    again = team.call(*team.launch("--yes", "--json"))

    assert again.code == 0, again.out
    assert tree(team, "site") == tree(team, "backup")
    assert set(backup) == set(tree(team, "site"))


def test_a_primary_out_of_reach_is_no_unchanged_public(
    team: Team, seaweed_server: Seaweed
) -> None:
    team.use_bucket(seaweed_server, endpoint_url=f"http://127.0.0.1:{free_port()}")
    team.set("crisis", "targets", value='["production", "backup"]')

    error = refused(team.call(*team.launch("--yes", "--json")), 7)

    assert "The edition is live elsewhere" in error["what"]
    assert "fr/panne-electricite/index.html" in tree(team, "backup")
    assert error["next"].startswith("Point the DNS name")


def test_a_backup_that_is_lost_on_the_way_is_no_unchanged_public(
    team: Team, seaweed_server: Seaweed
) -> None:
    def lose(method: str, path: str) -> Fault:
        return Answer(503) if method == "PUT" and "/packs/" in path else None

    with faulty(seaweed_server.endpoint_url) as line:
        line.rule = lose
        team.use_bucket(seaweed_server, endpoint_url=line.endpoint_url)
        team.set("crisis", "targets", value='["backup", "production"]')
        error = refused(team.call(*team.launch("--yes", "--json")), 7)

    assert "fr/panne-electricite/index.html" in tree(team, "backup")
    assert error["public"]
