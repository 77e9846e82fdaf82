"""Each kind of timer says what it must to whoever reads it."""

import configparser
import plistlib
import shlex
import subprocess
from datetime import time

import pytest

from sparetire.newsroom.timers import KINDS, Timer, timer_papers

NINE = time(9, 0)
TIMER = Timer(
    "/opt/bin/sparetire", "/srv/press room/100 %", "boreal", 5, "America/Toronto", (NINE,)
)


def unit(text: str) -> configparser.RawConfigParser:
    found = configparser.RawConfigParser(strict=False)
    found.optionxform = str  # type: ignore[assignment,method-assign]  # as its manual says
    found.read_string(text)
    return found


def test_systemd_asks_in_the_zone_of_the_organisation_and_makes_up_for_sleep() -> None:
    service, clock = timer_papers("systemd", TIMER)
    assert "OnCalendar=*:0/5\nOnCalendar=*-*-* 09:00:00 America/Toronto\n" in clock.text
    assert unit(clock.text)["Timer"]["Persistent"] == "true"
    told = unit(service.text)["Service"]
    assert told["WorkingDirectory"] == "/srv/press room/100 %%"
    assert told["ExecStart"] == "/opt/bin/sparetire newsroom publish --yes --quiet"
    assert told["SuccessExitStatus"] == "5"
    assert "enable --now sparetire-boreal.timer" in clock.then


def test_systemd_reads_a_program_with_spaces_as_one_word() -> None:
    odd = Timer('/opt/my "tools"/sparetire', "/srv", "boreal", 5, "America/Toronto")
    service, _ = timer_papers("systemd", odd)
    command = unit(service.text)["Service"]["ExecStart"]
    assert shlex.split(command)[0] == '/opt/my "tools"/sparetire'


def test_cron_reads_one_command_a_line_in_the_right_zone() -> None:
    [paper] = timer_papers("cron", TIMER)
    often, zone, daily = paper.text.splitlines()
    assert often.startswith("*/5 * * * * cd ")
    assert zone == "CRON_TZ=America/Toronto"
    assert daily.startswith("0 9 * * * cd ")
    # crontab(5): a bare % would end the command.
    command = often.removeprefix("*/5 * * * * ").replace(r"\%", "%")
    words = shlex.split(command)
    assert words[:4] == ["cd", "/srv/press room/100 %", "&&", "/opt/bin/sparetire"]
    assert subprocess.run(["sh", "-n", "-c", command], check=False).returncode == 0


def test_launchd_reads_a_property_list() -> None:
    [paper] = timer_papers("launchd", TIMER)
    facts = plistlib.loads(paper.text.encode())
    assert facts["ProgramArguments"] == [
        "/opt/bin/sparetire",
        "newsroom",
        "publish",
        "--yes",
        "--quiet",
    ]
    assert (facts["StartInterval"], facts["WorkingDirectory"]) == (300, "/srv/press room/100 %")


def test_a_workflow_asks_in_utc_at_both_hours_of_the_year() -> None:
    [paper] = timer_papers("github", TIMER)
    for line in ("*/5 * * * *", "0 14 * * *", "0 13 * * *"):
        assert f'- cron: "{line}"' in paper.text
    assert "git add releases" in paper.text
    assert "secrets.AWS_SECRET_ACCESS_KEY }}" in paper.text


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_runs_the_round_without_asking(kind: str) -> None:
    text = "".join(paper.text for paper in timer_papers(kind, TIMER))
    plain = text.replace("<string>", "").replace("</string>\n\t\t", " ")
    assert "newsroom publish --yes --quiet" in plain
