"""The commands that only read: what is live, what was done, and the manual."""

import re
import shlex
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from sparetire import __version__
from sparetire.cli.app import COMMANDS as MODULES
from sparetire.cli.app import app
from sparetire.errors import ExitCode
from sparetire.flows.docs import CHAPTERS
from sparetire.rules.catalogue import BUILT_RULES, DRAFT_RULES
from sparetire.rules.releases.catalogue import RELEASE_RULES
from tests.support.command import Team, call, refused, run

COMMAND: Any = get_command(app)
COMMANDS = sorted(MODULES)
WIDTH = 80


def test_status_tells_what_the_public_sees(live: Team) -> None:
    (seen,) = live.call("status", "--json").json["targets"]
    words = live.call("status").out

    assert (seen["target"], seen["url"], seen["seen"]) == ("local", live.url, "yes")
    assert set(seen["incidents"]) == {"panne-electricite"}
    assert seen["edition"] in words
    assert "served on this machine only" in words


def test_status_tells_of_a_target_with_nothing_on_it(team: Team) -> None:
    (seen,) = team.call("status", "--json").json["targets"]

    assert (seen["edition"], seen["incidents"]) == ("", {})
    assert "Nothing published here" in seen["seen"]


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


def manual(topic: str, code: str, *more: str) -> str:
    told = call("-w", "/nowhere", "docs", topic, "--lang", code, *more)
    assert told.code == 0, told.err
    return told.out


@pytest.mark.parametrize("topic", ["card", *CHAPTERS])
def test_a_chapter_tells_the_same_commands_in_both_languages(topic: str) -> None:
    typed = re.compile(r"sparetire (\w+)")
    french, english = manual(topic, "fr"), manual(topic, "en")
    assert typed.findall(french) == typed.findall(english) != []
    assert french.count("\n#") == english.count("\n#")
    assert max(map(len, (french + english).splitlines())) <= WIDTH


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_runbook_names_only_commands_that_exist(code: str) -> None:
    typed = set(re.findall(r"sparetire (\w+)", manual("runbook", code) + manual("card", code)))
    assert typed <= set(COMMANDS)
    assert {"launch", "update", "correct", "withdraw", "close", "rollback", "pull"} <= typed


@pytest.mark.parametrize("topic", ["card", *CHAPTERS])
def test_french_is_typeset_as_in_quebec(topic: str) -> None:
    lines = manual(topic, "fr").splitlines()
    prose = [line for line in lines if not line.startswith("    ")]
    assert [line for line in prose if re.search(r" [:;!?»%]|« |['\"]", line)] == []


def test_the_card_bears_the_organisation_and_its_address(team: Team) -> None:
    card = team.call("docs").out
    assert "Minéraux Boréal" in card
    assert team.url in card
    assert "Minéraux" not in manual("card", "fr")


@pytest.mark.parametrize("topic", ["card", "runbook"])
def test_a_page_can_be_printed(topic: str) -> None:
    page = manual(topic, "fr", "--html")
    assert page.startswith('<!DOCTYPE html>\n<html lang="fr">')
    assert "<pre><code>sparetire" in page
    assert "{{" not in page


@pytest.mark.parametrize("topic", ["config", "errors", "rules"])
def test_a_table_is_printed_as_it_stands(topic: str) -> None:
    page = manual(topic, "fr", "--html")
    assert unescape(page.partition("<pre>")[2].partition("</pre>")[0]) == manual(
        topic, "fr"
    ).removesuffix("\n")


@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_exit_code_is_told(code: str) -> None:
    lines = manual("errors", code).splitlines()
    assert [int(line.split()[0]) for line in lines] == sorted(ExitCode)


def test_the_manual_names_every_rule_and_says_what_it_demands() -> None:
    rules = {rule.id for rule in DRAFT_RULES} | {rule.id for rule in BUILT_RULES}
    rules |= {rule.id for rule in RELEASE_RULES}
    french, english = (manual("rules", code).splitlines() for code in ("fr", "en"))
    assert {line.split()[1] for line in english[::2]} == rules
    assert french[::2] == english[::2]
    same = [
        name
        for name, one, other in zip(english[::2], french[1::2], english[1::2], strict=True)
        if one == other
    ]
    assert same == []  # a line for it is missing in rules.fr.toml


@pytest.mark.parametrize("topic", ["card", "launch", "config", "errors", "rules"])
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
        text = COMMAND.get_command(None, name).help or ""
        _, found, example = text.partition("Example:")
        if found:
            yield name, example


@pytest.mark.parametrize(("command", "example"), list(examples()))
def test_an_example_in_the_help_is_one_that_can_be_typed(command: str, example: str) -> None:
    words = shlex.split(example.partition(">")[0])

    assert words[:2] == ["sparetire", command]
    context = COMMAND.get_command(None, command)
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
