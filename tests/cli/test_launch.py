"""From nothing to verified live on this machine, as a team types it."""

from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.support.command import ENGLISH, Team, started


def read(url: str) -> tuple[int, str, str]:
    try:
        with urlopen(url, timeout=10) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read().decode()


def test_two_markdown_files_are_live_and_verified_in_both_languages(team: Team) -> None:
    launched = team.run(*team.launch("--yes", "--json"))

    assert launched.code == 0, launched.out + launched.err
    told = launched.json
    assert (told["ok"], told["exit_code"], told["changed"]) == (True, 0, True)
    assert told["urls"] == {
        "fr": f"{team.url}/fr/panne-electricite/",
        "en": f"{team.url}/en/outage-power/",
    }
    assert told["files"]["put"] == len(team.public())
    assert {"fill", "build", "push", "verify", "total"} <= told["timings"].keys()


def test_a_reader_gets_the_statement_while_preview_runs(team: Team) -> None:
    urls = team.call(*team.launch("--yes", "--json")).json["urls"]

    with started("-w", str(team.folder), "preview") as program:
        assert program.stderr is not None
        assert team.url in program.stderr.readline()
        french, english, absent = (read(url) for url in (*urls.values(), f"{team.url}/xx"))
        program.terminate()
        program.communicate(timeout=10)

    assert french[:2] == (200, "text/html; charset=utf-8")
    assert "Personne n’est blessé" in french[2]
    assert ENGLISH.splitlines()[1] in english[2]
    assert absent[0] == 404
    assert "Page introuvable" in absent[2]


def test_the_same_launch_again_changes_nothing(team: Team) -> None:
    first = team.call(*team.launch("--yes", "--json")).json
    public = team.public()

    again = team.call(*team.launch("--json"))

    assert again.code == 0, again.out
    assert again.json["changed"] is False
    assert again.json["files"]["put"] == 0
    assert again.json["files"]["kept"] == first["files"]["put"]
    assert (again.json["edition"], team.public()) == (first["edition"], public)


def test_a_dry_run_tells_what_the_real_run_does_and_keeps_nothing(team: Team) -> None:
    before = team.kept()

    dry = team.call(*team.launch("--dry-run", "--json"))

    assert dry.code == 0, dry.out
    assert (dry.json["dry_run"], dry.json["changed"]) == (True, False)
    assert team.kept() == before
    real = team.call(*team.launch("--yes", "--json")).json
    assert dry.json["plan"] == real["plan"]
    assert {step["path"] for step in real["plan"]["local"]} == set(team.public())


def test_a_dry_run_on_a_live_target_leaves_it_alone(team: Team) -> None:
    assert team.call(*team.launch("--yes")).code == 0
    before = team.kept()
    second = ["--slug", "autre-panne", "--slug", "en=other-outage", "--json"]

    dry = team.call(*team.launch(*second, "--dry-run"))

    assert dry.code == 0, dry.out
    assert team.kept() == before
    real = team.call(*team.launch(*second, "--yes")).json
    assert dry.json["plan"] == real["plan"]
    assert {step["reason"] for step in real["plan"]["local"]} > {"new"}


def test_a_person_sees_the_same_plan_in_words(team: Team) -> None:
    dry = team.call("--verbose", *team.launch("--dry-run"))

    told = dry.out + dry.err
    assert "nothing was sent" in " ".join(dry.out.split())
    steps = team.call(*team.launch("--yes", "--json")).json["plan"]["local"]
    assert [step for step in steps if f"{step['action']} {step['path']}" not in told] == []


@pytest.mark.parametrize("how", ["folder", "standard input"])
def test_the_words_may_come_from_elsewhere(team: Team, how: str) -> None:
    folder = team.folder.parent / "words"
    folder.mkdir()
    for code in ("fr", "en"):
        team.words(code).rename(folder / f"{code}.md")
    options = {
        "folder": ["--content", str(folder)],
        "standard input": ["--content", f"fr={folder}/fr.md", "--content", "en=-"],
    }
    words = [*options[how], "--keywords", "panne", "--keywords", "en=outage"]
    words += ["--title", "Panne à Sept-Îles", "--title", "en=Power outage in Sept-Îles"]

    launched = team.call("launch", *words, "--yes", "--json", stdin=ENGLISH)

    assert launched.code == 0, launched.out + launched.err
    page = team.folder / ".sparetire/site/current/en/outage/index.html"
    assert "avoid the harbour" in page.read_text(encoding="utf-8")


def test_a_launch_tells_where_its_time_went(team: Team) -> None:
    told = team.run("--profile", *team.launch("--yes", "--json"))
    assert told.code == 0, told.out + told.err
    assert set(told.json["timings"])  # and standard output is one JSON object still
    lines = [line.split(maxsplit=1) for line in told.err.splitlines()]
    named = {words: float(figure) for figure, words in lines if figure[0].isdigit()}
    assert {"Build the site", "In all"} <= named.keys()
    assert max(named.values()) == named["In all"]
