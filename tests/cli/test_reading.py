"""The commands that only read: what is live, what was done, and the manual."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from sparetire import __version__
from sparetire.cli.app import app
from sparetire.rules.catalogue import BUILT_RULES, DRAFT_RULES
from tests.support.command import Team, call, refused, run

COMMANDS = sorted(getattr(get_command(app), "commands", {}))
WIDTH = 80


@pytest.fixture
def live(team: Team) -> Team:
    assert team.call(*team.launch("--yes")).code == 0
    return team


def test_status_tells_what_the_public_sees(live: Team) -> None:
    (seen,) = live.call("status", "--json").json["targets"]
    words = live.call("status").out

    assert (seen["target"], seen["url"], seen["seen"]) == ("local", live.url, "yes")
    assert set(seen["incidents"]) == {"panne-electricite"}
    assert seen["edition"] in words
    assert "seen by the public" in words


def test_status_tells_of_a_target_with_nothing_on_it(team: Team) -> None:
    (seen,) = team.call("status", "--json").json["targets"]

    assert (seen["edition"], seen["incidents"]) == ("", {})
    assert "nothing of ours" in seen["seen"]


def test_status_sees_a_page_that_somebody_changed_by_hand(live: Team) -> None:
    page = live.folder / ".sparetire/site/current/fr/index.html"
    page.write_text("Tout va bien.", encoding="utf-8")

    (seen,) = live.call("status", "--json").json["targets"]

    assert "were changed" in seen["seen"]


def test_history_names_every_run_newest_first(live: Team) -> None:
    second = ["--slug", "autre", "--slug", "en=other", "--yes"]
    assert live.call(*live.launch(*second)).code == 0

    runs = live.call("history", "--json").json["runs"]
    newest = live.call("history", "-n", "1", "--json").json["runs"]

    assert [run["purpose"] for run in runs] == ["launch autre", "launch panne-electricite"]
    assert newest == runs[:1]
    assert "launch autre" in live.call("history").out


def test_check_is_ready_on_a_fresh_workspace_and_says_so(team: Team) -> None:
    checked = team.call("check", "--json")

    assert (checked.code, checked.json["ok"]) == (0, True)
    assert "Ready to launch" in team.call("check").out


def test_check_finds_what_would_stop_a_launch(team: Team) -> None:
    (team.folder / "brand" / "logo.svg").write_text("not a picture", encoding="utf-8")

    checked = team.call("check", "--json")

    assert (checked.code, checked.json["exit_code"], checked.json["ok"]) == (4, 4, False)
    errors = [one for one in checked.json["findings"] if one["severity"] == "error"]
    assert [one["rule"] for one in errors] == ["brand"]
    assert "Not ready" in team.call("check").out


@pytest.mark.parametrize("name", ["production", "rehearsal", ""])
@pytest.mark.parametrize("command", ["launch", "status"])
def test_only_live_targets_are_targets(team: Team, command: str, name: str) -> None:
    words = {"launch": team.launch("--target", name, "--yes"), "status": ["status", name]}

    error = refused(team.call(*words[command], "--json"), 2)

    assert repr(name) in error["what"]
    known = "staging target" if name == "rehearsal" else "local"
    assert known in " ".join(error["why"])
    assert team.public() == {}


@pytest.mark.parametrize(
    ("topic", "language", "words"),
    [
        ("launch", "en", "sparetire launch"),
        ("launch", "fr", "sparetire launch"),
        ("launch", "fr-CA", "sparetire launch"),
        ("config", "en", "[targets.local]"),
        ("errors", "en", "143"),
        ("rules", "en", "leak-text"),
    ],
)
def test_the_manual_is_here_without_a_network(topic: str, language: str, words: str) -> None:
    page = call("docs", topic, "--lang", language)

    assert page.code == 0
    assert words in page.out


def test_the_runbook_is_written_in_both_languages() -> None:
    french, english = (call("docs", "--lang", code).out for code in ("fr", "en"))

    assert "énoncé" in french.lower() or "déclaration" in french.lower()
    assert french != english


def test_the_manual_names_every_rule() -> None:
    page = call("docs", "rules").out

    names = {rule.id for rule in DRAFT_RULES} | {rule.id for rule in BUILT_RULES}
    assert {line.split()[1] for line in page.splitlines() if line.strip()} >= names


@pytest.mark.parametrize("topic", ["launch", "config", "errors", "rules"])
def test_a_language_that_the_manual_does_not_speak_is_refused(topic: str) -> None:
    error = refused(call("--json", "docs", topic, "--lang", "de"), 2)

    assert "'de'" in error["what"]


def test_the_version_is_told() -> None:
    told = run("--version")

    assert (told.code, told.out) == (0, f"sparetire {__version__}\n")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_fits_a_terminal(command: str) -> None:
    told = call(*([command] if command else []), "--help", env={"COLUMNS": str(WIDTH)})

    assert told.code == 0
    assert [line for line in told.out.splitlines() if len(line) > WIDTH] == []
    sentence = told.out.split("\n\n")[1].strip()
    assert sentence[-1] in ".-:"


def examples() -> Iterator[tuple[str, str]]:
    for name in COMMANDS:
        text = get_command(app).commands[name].help or ""  # type: ignore[attr-defined]
        _, found, example = text.partition("Example:")
        if found:
            yield name, example


@pytest.mark.parametrize(("command", "example"), list(examples()))
def test_an_example_in_the_help_is_one_that_can_be_typed(command: str, example: str) -> None:
    words = shlex.split(example.partition(">")[0])

    assert words[:2] == ["sparetire", command]
    context: Any = get_command(app).commands[command]  # type: ignore[attr-defined]
    context.make_context(command, words[2:], resilient_parsing=False)


@pytest.mark.parametrize("command", ["launch", "preview", "init"])
def test_the_commands_that_need_most_words_show_an_example(command: str) -> None:
    assert command in dict(examples())


@pytest.mark.parametrize(("typed", "offered"), [("lo", "local"), ("", "local"), ("x", "")])
def test_the_shell_completes_names_of_live_targets(
    team: Team, tmp_path: Path, typed: str, offered: str
) -> None:
    words = ["sparetire", "-w", str(team.folder), "launch", "--target", typed]
    env = {
        "_SPARETIRE_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }

    told = run(env=env, cwd=tmp_path)

    assert told.out.split() == ([offered] if offered else [])
    assert "rehearsal" not in told.out
