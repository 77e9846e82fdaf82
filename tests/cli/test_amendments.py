"""Corrections, withdrawals and the last word, as a team types them and as readers see them."""

import re
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest

from sparetire.model.incident import State
from sparetire.workspace.incidents import read_incident, write_incident
from tests.support.command import Team, new_team, refused
from tests.support.launched import Launched

NAME = "panne-electricite"
RIGHT = {
    "fr": "La panne a débuté à 5 h 40, et non à 6 h 10 comme nous l’avons écrit.\n",
    "en": "The outage began at 5:40 a.m., not at 6:10 a.m. as we wrote before.\n",
}
OVER = {
    "fr": "Le courant est rétabli partout depuis 14 h. Merci de votre patience.\n",
    "en": "Power has been back everywhere since 2 p.m. Thank you for your patience.\n",
}
PAGES = {"fr": f"fr/{NAME}/index.html", "en": "en/outage-power/index.html"}
SAID = {"fr": "torchères", "en": "flares"}


@pytest.fixture
def team(tmp_path: Path, launched: Launched) -> Team:
    return launched.copy(tmp_path / "team")


def said(team: Team, command: str, texts: dict[str, str], *more: str) -> list[str]:
    words = [command]
    for code, text in texts.items():
        path = team.folder.parent / f"{command}.{code}.md"
        path.write_text(text, "utf-8")
        words += ["--content", f"{code}={path}"]
    return [*words, "--yes", "--json", *more]


def page(team: Team, path: str) -> str:
    return (team.folder / ".sparetire/site/current" / path).read_text(encoding="utf-8")


def links(team: Team, path: str) -> list[str]:
    return [entry.link for entry in feedparser.parse(page(team, path)).entries]


@pytest.mark.parametrize("code", ["fr", "en"])
def test_a_correction_leaves_the_old_wording_dated_in_place(team: Team, code: str) -> None:
    done = team.call(*said(team, "correct", RIGHT))

    assert done.code == 0, done.err
    text = page(team, PAGES[code])
    first = text[text.index('id="s1"') :]
    assert SAID[code] in first
    assert 'href="#s2"' in first
    assert 'href="#s1"' in text[text.index('id="s2"') : text.index('id="s1"')]
    assert {"fr": "Corrigé", "en": "Corrected"}[code] in text
    assert '"correction": [' in text
    old = feedparser.parse(page(team, f"{code}/feed.xml")).entries[1]
    assert SAID[code] in old.content[0].value
    assert "#s2" in old.content[0].value
    assert [link.rpartition("#")[2] for link in links(team, f"{code}/feed.xml")] == ["s2", "s1"]


def test_a_correction_can_name_an_older_statement(team: Team) -> None:
    team.call(*said(team, "update", OVER))

    assert team.call(*said(team, "correct", RIGHT, "--statement", "1")).code == 0

    kept = read_incident(team.folder / "incidents" / NAME)
    assert [one.corrects for one in kept.statements] == [None, None, 1]
    error = refused(team.call(*said(team, "correct", RIGHT, "--statement", "9")), 2)
    assert "--statement" in error["next"]


@pytest.mark.parametrize("reason", ["error", "exercise", "wrong"])
def test_a_withdrawn_page_is_a_notice_and_nothing_said_is_left_anywhere(
    team: Team, reason: str
) -> None:
    done = team.call("withdraw", "--reason", reason, "--yes", "--json")

    assert done.code == 0, done.err
    assert [one["severity"] for one in done.json["findings"]].count("error") == 0
    root = team.folder / ".sparetire/site/current"
    for file in sorted(root.rglob("*")):
        if file.is_file():
            body = file.read_text("utf-8", errors="replace")
            assert not [word for word in SAID.values() if word in body], file
    for code, path in PAGES.items():
        text = page(team, path)
        assert {"fr": "Retiré", "en": "Withdrawn"}[code] in text
        assert re.search(r"<h1>(.+?)</h1>", text)
        assert "2026" in text or "2027" in text


def test_the_feeds_of_a_withdrawn_page_replace_each_item_under_its_id(team: Team) -> None:
    before = feedparser.parse(page(team, "fr/feed.xml")).entries

    team.call("withdraw", "--reason", "error", "--yes")

    notice, gone = feedparser.parse(page(team, "fr/feed.xml")).entries
    assert gone.id == before[0].id
    assert gone.published == before[0].published
    assert gone.title == "Avis de retrait"
    assert notice.title == "Message publié par erreur"
    assert notice.link.endswith("#s2")


def test_a_withdrawal_run_again_is_done_already(team: Team) -> None:
    withdraw = ("withdraw", "--reason", "error", "--yes", "--json")
    assert team.call(*withdraw).json["changed"] is True
    again = team.call(*withdraw)
    assert (again.code, again.json["changed"]) == (0, False)


def test_the_same_launch_after_a_withdrawal_is_not_taken_for_live(team: Team) -> None:
    team.call("withdraw", "--reason", "error", "--yes")
    error = refused(team.call(*team.launch("--yes", "--json")), 3)
    assert "was withdrawn" in error["what"]
    assert f"sparetire update {NAME}" in error["next"]


def test_the_organisation_s_own_notice_comes_before_the_shipped_one(team: Team) -> None:
    own = team.folder / "scenarios" / "withdrawal"
    own.mkdir(parents=True, exist_ok=True)
    (own / "error.fr.md").write_text(
        "# Fausse alerte à la raffinerie\n\nAucune panne ne touche la raffinerie. "
        "Ce message est parti par erreur, et nous l’avons retiré aussitôt.\n",
        "utf-8",
    )

    assert team.call("withdraw", "--reason", "error", "--yes").code == 0

    assert "Fausse alerte" in page(team, PAGES["fr"])
    assert "published by mistake" in page(team, PAGES["en"])


def test_without_a_reason_there_is_nobody_to_ask(team: Team) -> None:
    error = refused(team.call("withdraw", "--yes", "--json"), 2)
    assert "--reason" in error["what"]
    error = refused(team.call("withdraw", "--reason", "bored", "--yes", "--json"), 2)
    assert "error, exercise, wrong" in "".join(error["why"])


def test_a_rollback_undoes_a_withdrawal_and_life_goes_on(team: Team) -> None:
    before = team.public()
    team.call("withdraw", "--reason", "error", "--yes")

    assert team.call("rollback", "--yes").code == 0

    assert team.public() == before
    assert read_incident(team.folder / "incidents" / NAME).state is State.OPEN
    assert team.call(*said(team, "update", OVER)).code == 0
    assert SAID["fr"] in page(team, PAGES["fr"])
    assert "Message publié par erreur" not in page(team, PAGES["fr"])


def test_after_a_withdrawal_the_facts_may_be_told_anew(team: Team) -> None:
    team.call("withdraw", "--reason", "wrong", "--yes")
    anew = {
        "fr": "# Panne partielle à Sept-Îles\n\nLa panne ne touche que le bâtiment C.\n",
        "en": "# Partial outage in Sept-Îles\n\nThe outage affects only building C.\n",
    }

    assert team.call(*said(team, "update", anew, NAME)).code == 0

    text = page(team, PAGES["fr"])
    assert "<h1>Panne partielle à Sept-Îles</h1>" in text
    assert SAID["fr"] not in text
    assert "Déclaration retirée" in text


def test_a_closed_incident_moves_to_the_past_and_its_feed_ends_with_the_last_word(
    team: Team,
) -> None:
    done = team.call(*said(team, "close", OVER))

    assert done.code == 0, done.err
    assert "Situations terminées" in page(team, "fr/index.html")
    assert "Cette situation est terminée" in page(team, PAGES["fr"])
    newest = feedparser.parse(page(team, f"fr/{NAME}/feed.xml")).entries[0]
    assert newest.title.endswith("Fin de la situation")
    assert '"coverageEndTime"' in page(team, PAGES["fr"])
    again = team.call(*said(team, "close", OVER))
    assert (again.code, again.json["changed"]) == (0, False)


def test_what_the_scenario_forbids_is_refused_in_updates_too(tmp_path: Path) -> None:
    team = new_team(tmp_path / "team")
    scenario = team.folder / "scenarios" / "outage" / "scenario.toml"
    assert "forbidden.fr = [" in scenario.read_text("utf-8")
    words = scenario.read_text("utf-8").replace(
        "forbidden.fr = [", 'forbidden.fr = [\n  "licorne rose",', 1
    )
    scenario.write_text(words, "utf-8")
    assert team.call(*team.launch("--yes")).code == 0
    folder = team.folder / "incidents" / NAME
    write_incident(folder, replace(read_incident(folder), scenario="outage"))
    texts = {"fr": "Une licorne rose a tout coupé.\n", "en": "A unicorn cut it all.\n"}

    error = refused(team.call(*said(team, "update", texts)), 3)

    assert "claim-forbidden" in str(error["why"])


def test_a_page_in_one_language_is_withdrawn_in_both(team: Team) -> None:
    first = team.folder.parent / "avis.md"
    first.write_text("# Panne d’électricité\n\nUne panne touche la raffinerie de Sept-Îles.\n")
    launch = ("launch", "--keywords", "panne", "--content", str(first), "--only", "fr", "--yes")
    assert team.call(*launch).code == 0
    taken = team.call("withdraw", "panne", "--reason", "error", "--yes", "--json")
    assert taken.code == 0, taken.out
    assert set(taken.json["urls"]) == {"fr", "en"}


@pytest.mark.parametrize("code", ["fr", "en"])
def test_one_statement_is_withdrawn_and_the_others_stay(team: Team, code: str) -> None:
    assert team.call(*said(team, "update", OVER, "--next", "2h")).code == 0
    news = {"fr": "La rue du Quai rouvre à 16 h.\n", "en": "Quay Street reopens at 4 p.m.\n"}
    assert team.call(*said(team, "update", news)).code == 0
    before = feedparser.parse(page(team, f"{code}/feed.xml")).entries

    words = ("withdraw", "--statement", "2", "--reason", "wrong", "--yes", "--json")
    done = team.call(*words)

    assert done.code == 0, done.out
    gone = OVER[code].strip()[:30]
    left = [path for path in team.public() if gone in page_bytes(team, path)]
    assert left == []
    text = page(team, PAGES[code])
    assert SAID[code] in text
    assert news[code].strip()[:12] in text.replace("\u00a0", " ")
    assert text.count('id="s2"') == 1
    assert text.index('id="s4"') < text.index('id="s2"') < text.index('id="s3"')
    kept = {one.id: one for one in feedparser.parse(page(team, f"{code}/feed.xml")).entries}
    assert {one.id for one in before} < kept.keys()
    assert {"fr": "retirée", "en": "withdrawn"}[code] in kept[before[1].id].summary
    incident = read_incident(team.folder / "incidents" / NAME)
    assert incident.state is State.OPEN
    assert incident.promise is None
    assert team.call(*words).json["changed"] is False

    assert team.call("rollback", "--yes").code == 0
    assert gone in page(team, PAGES[code])


def page_bytes(team: Team, path: str) -> str:
    root = team.folder / ".sparetire/site/current"
    return (root / path).read_bytes().decode(errors="replace")


def test_the_first_statement_is_not_withdrawn_alone(team: Team) -> None:
    assert team.call(*said(team, "update", OVER)).code == 0
    words = ("withdraw", "--reason", "wrong", "--yes", "--json", "--statement")
    assert "names the page" in str(refused(team.call(*words, "1"), 2)["why"])
    assert refused(team.call(*words, "7"), 2)["what"] == "There is no statement 7."


@pytest.mark.parametrize("reason", ["error", "exercise"])
def test_a_notice_that_nothing_happened_is_refused_for_one_statement(
    team: Team, reason: str
) -> None:
    assert team.call(*said(team, "update", OVER)).code == 0
    words = ("withdraw", "--statement", "2", "--reason", reason, "--yes", "--json")
    assert "nothing happened" in str(refused(team.call(*words), 2)["why"])
