"""Timers that run the newsroom's round: systemd, cron, launchd, or a workflow of a forge.

Each asks every few minutes, and may also ask at given times of the organisation's day. What is
due is decided by the round itself, so a timer that comes late or twice does no harm.
Sources: systemd.time(7), crontab(5), launchd.plist(5), GitHub "Events that trigger workflows".
"""

import json
import plistlib
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from shlex import quote
from zoneinfo import ZoneInfo

__all__ = ["KINDS", "Paper", "Timer", "timer_papers"]

_ROUND = ("newsroom", "publish", "--yes", "--quiet")
_LOCKED = 5  # somebody else is at work: the next round will do
_YEAR = 2027  # any year: summer and winter are what counts


@dataclass(frozen=True, slots=True)
class Timer:
    """When to ask, and how.

    Attributes:
        program: The path of the command.
        workspace: The team's folder, absolute.
        label: Letters, digits and hyphens that tell this newsroom from others.
        minutes: Between two rounds.
        zone: In which ``at`` is meant.
        at: Times of the day at which to ask besides.
    """

    program: str
    workspace: str
    label: str
    minutes: int
    zone: str
    at: tuple[time, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to write, or lines to add where ``path`` is empty.

    Attributes:
        path: Where it belongs; ``~`` is the user's home, anything else starts at the workspace.
        then: What to type once it is there.
    """

    path: str
    text: str
    then: str = ""


def timer_papers(kind: str, timer: Timer) -> tuple[Paper, ...]:
    """Return what a kind of timer is made of."""
    return KINDS[kind](timer)


def _systemd(timer: Timer) -> tuple[Paper, ...]:
    name = f"sparetire-{timer.label}"
    folder = "~/.config/systemd/user"
    calendar = [f"*:0/{timer.minutes}"]
    calendar += [f"*-*-* {at:%H:%M}:00 {timer.zone}" for at in timer.at]
    command = " ".join(_unit_word(word) for word in (timer.program, *_ROUND))
    service = f"""[Unit]
Description=Publish the press releases that are due
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={timer.workspace.replace("%", "%%")}
# Credentials, one NAME=value a line; the file may be missing.
EnvironmentFile=-%h/.config/sparetire/{timer.label}.env
ExecStart={command}
# Another run was at work: the next round does what is due.
SuccessExitStatus={_LOCKED}
"""
    asks = "\n".join(f"OnCalendar={each}" for each in calendar)
    clock = f"""[Unit]
Description=Ask what press releases are due

[Timer]
{asks}
AccuracySec=1s
# A round that was missed while the machine slept is made up for, once.
Persistent=true

[Install]
WantedBy=timers.target
"""
    enable = (
        f"systemctl --user daemon-reload && systemctl --user enable --now {quote(name)}.timer"
    )
    return (
        Paper(f"{folder}/{name}.service", service),
        Paper(f"{folder}/{name}.timer", clock, f"{enable} && loginctl enable-linger"),
    )


def _cron(timer: Timer) -> tuple[Paper, ...]:
    words = " ".join(shlex.quote(word) for word in (timer.program, *_ROUND))
    command = f"cd {shlex.quote(timer.workspace)} && {words}".replace("%", r"\%")
    lines = [f"*/{timer.minutes} * * * * {command}"]
    if timer.at:
        lines += [f"CRON_TZ={timer.zone}"]
        lines += [f"{at.minute} {at.hour} * * * {command}" for at in timer.at]
    return (Paper("", "\n".join([*lines, ""]), "crontab -e, and add these lines at its end"),)


def _launchd(timer: Timer) -> tuple[Paper, ...]:
    # Its calendar knows only the zone of the machine: here every few minutes must do.
    label = f"sparetire.{timer.label}"
    facts = {
        "Label": label,
        "ProgramArguments": [timer.program, *_ROUND],
        "WorkingDirectory": timer.workspace,
        "StartInterval": timer.minutes * 60,
        "RunAtLoad": True,
        "StandardErrorPath": f"{timer.workspace}/.sparetire/newsroom.log",
    }
    path = f"~/Library/LaunchAgents/{label}.plist"
    then = f"launchctl bootstrap gui/$(id -u) {path}"
    return (Paper(path, plistlib.dumps(facts, sort_keys=False).decode(), then),)


def _github(timer: Timer) -> tuple[Paper, ...]:
    asks = [f"*/{max(timer.minutes, 5)} * * * *", *_in_utc(timer)]
    schedule = "\n".join(f"    - cron: {json.dumps(each)}" for each in asks)
    text = f"""# Publishes the press releases that are due. This cron speaks UTC, and can lag.
name: newsroom
on:
  schedule:
{schedule}
  workflow_dispatch:
permissions:
  contents: write
concurrency: newsroom
jobs:
  publish:
    runs-on: ubuntu-latest
    # Credentials: repository secrets, passed on as the environment variables of your host.
    env:
      AWS_ACCESS_KEY_ID: ${{{{ secrets.AWS_ACCESS_KEY_ID }}}}
      AWS_SECRET_ACCESS_KEY: ${{{{ secrets.AWS_SECRET_ACCESS_KEY }}}}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install sparetire
      # A git server, or an S3 service outside AWS, gets no secret before you name it here:
      # - run: sparetire hosts --confirm https://s3.boreal.example
      - run: sparetire {" ".join(_ROUND)}
      # What has become public is remembered in releases/: without it dates would change.
      - if: always()
        run: |
          git config user.name newsroom
          git config user.email newsroom@users.noreply.github.com
          git add releases
          git diff --cached --quiet || git commit -m "Note what is public"
          git push
"""
    then = "Commit that file, and keep the repository private: it holds drafts"
    return (Paper(".github/workflows/newsroom.yml", text, then),)


def _in_utc(timer: Timer) -> list[str]:
    """Return times of the day in UTC: those of winter and of summer, where they differ."""
    zone, found = ZoneInfo(timer.zone), dict[str, None]()
    for at in timer.at:
        for month in (1, 7):
            local = datetime.combine(datetime(_YEAR, month, 1, tzinfo=zone), at, zone)
            there = local.astimezone(ZoneInfo("UTC"))
            found[f"{there.minute} {there.hour} * * *"] = None
    return list(found)


def _unit_word(word: str) -> str:
    """Quote a word of a command as systemd reads it (systemd.service(5), "Command lines")."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"' if any(each.isspace() for each in word) or plain != word else word


KINDS: dict[str, Callable[[Timer], tuple[Paper, ...]]] = {
    "systemd": _systemd,
    "cron": _cron,
    "launchd": _launchd,
    "github": _github,
}
"""The kinds of timer, by the name that people type."""
