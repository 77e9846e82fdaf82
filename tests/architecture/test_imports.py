"""A command that only talks to its user must not pay for the libraries that do the work."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import new_team

HEAVY = (
    *("boto3", "botocore", "pelican", "feedgen", "PIL", "requests", "lxml"),
    *("paramiko", "dulwich", "mammoth", "cryptography", "keyring", "fontTools"),
    *("babel", "jinja2", "nh3", "pyromark", "sqlite3"),
)

PROBE = """
import json, sys
before = set(sys.modules)  # what measures coverage is there first, and is not ours
from sparetire.cli.app import main
sys.argv = ["sparetire", *json.loads(sys.argv[1])]
try:
    main()
except SystemExit as end:
    code = end.code or 0
else:
    code = 0
loaded = sorted({name.partition(".")[0] for name in sys.modules.keys() - before})
print(json.dumps({"code": code, "loaded": loaded}), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["launch", "--help"]], ids=" ".join
)
def test_a_command_that_does_no_work_loads_no_heavy_library(
    arguments: list[str], tmp_path: Path
) -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(arguments)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    seen = json.loads(run.stderr.splitlines()[-1])
    assert seen["code"] == 0, run.stderr
    assert run.stdout.strip()
    assert [name for name in HEAVY if name in seen["loaded"]] == []


def test_a_command_loads_none_of_the_others(tmp_path: Path) -> None:
    script = """
import sys
from sparetire.cli.app import COMMANDS, main
sys.argv = ["sparetire", "status", "--help"]
try:
    main()
except SystemExit:
    pass
others = {f"sparetire.cli.{module}" for name, module in COMMANDS.items() if name != "status"}
sys.exit(" ".join(others & set(sys.modules)) or None)
"""
    subprocess.run([sys.executable, "-c", script], check=True, cwd=tmp_path)


def test_a_launch_for_a_program_loads_neither_a_terminal_nor_what_pelican_s_process_does(
    tmp_path: Path,
) -> None:
    team = new_team(tmp_path / "team")
    words = ["-w", str(team.folder), *team.launch("--yes", "--json")]
    run = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(words)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | team.env,
    )
    seen = json.loads(run.stderr.splitlines()[-1])
    assert seen["code"] == 0, run.stdout
    assert "feedgen" in seen["loaded"]
    idle = ("rich", "pelican", "boto3", "botocore", "paramiko", "dulwich", "mammoth")
    assert [name for name in idle if name in seen["loaded"]] == []
