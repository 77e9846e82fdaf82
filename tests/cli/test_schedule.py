"""A timer is written where it belongs, and the commands say what to type next."""

from pathlib import Path

import pytest

from tests.support.command import Team, refused


def test_files_are_written_into_the_home_of_whoever_asks(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    written = team.call("newsroom", "schedule", "install", "--kind", "systemd")
    assert written.code == 0, written.err
    units = sorted(path.name for path in (tmp_path / "home").rglob("*.*") if path.is_file())
    assert units == [
        f"sparetire-{team.folder.name}.service",
        f"sparetire-{team.folder.name}.timer",
    ]
    assert "Next: systemctl --user daemon-reload" in written.out


def test_a_workflow_goes_into_the_workspace(team: Team) -> None:
    assert team.call("newsroom", "schedule", "install", "--kind", "github").code == 0
    assert (team.folder / ".github/workflows/newsroom.yml").exists()


@pytest.mark.parametrize("words", [("show",), ("install", "--dry-run")])
def test_nothing_is_written_to_be_shown(team: Team, words: tuple[str, ...]) -> None:
    shown = team.call(
        "newsroom", "schedule", *words, "--kind", "github", "--at", "09:00", "--json"
    )
    [file] = shown.json["files"]
    assert file["path"] == ".github/workflows/newsroom.yml"
    assert not (team.folder / ".github").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--kind", "at"), "systemd, cron, launchd, github"),
        (("--kind", "cron", "--every", "0"), "from 1 to 59"),
        (("--kind", "cron", "--at", "nine"), "nine"),
    ],
)
def test_what_cannot_be_is_said(team: Team, words: tuple[str, ...], says: str) -> None:
    error = refused(team.call("newsroom", "schedule", "show", "--json", *words), 2)
    assert says in f"{error['what']} {' '.join(error['why'])}"
