"""A language that is added to a statement: its number, its time and its ids stay."""

import json
import re
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
import requests

from sparetire.workspace.incidents import read_incident, write_incident
from tests.cli.test_pull import colleague_of
from tests.support.command import ENGLISH, Team, new_team, refused

NAME = "panne-electricite"
LATER = "Le courant est rétabli dans la moitié de la raffinerie depuis 10 h 15.\n"
LATER_ENGLISH = "Power is back in half of the refinery since 10:15 a.m. today.\n"


@pytest.fixture
def team(tmp_path: Path) -> Team:
    team = new_team(tmp_path / "team")
    done = team.call(*team.launch("--only", "fr", "--yes", only="fr"))
    assert done.code == 0, done.err
    return team


def translation(team: Team, *more: str) -> list[str]:
    words = ["--title", "en=Power outage in Sept-Îles", "--keywords", "en=outage, power"]
    return [
        "translate",
        "--content",
        f"en={team.words('en')}",
        *words,
        "--yes",
        "--json",
        *more,
    ]


def page(team: Team, path: str = f"fr/{NAME}/index.html") -> str:
    return (team.folder / ".sparetire/site/current" / path).read_text(encoding="utf-8")


def pages_with(team: Team, text: bytes) -> list[str]:
    root = team.folder / ".sparetire" / "site" / "current"
    return [path for path in team.public() if text in (root / path).read_bytes()]


def linked_data(html: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    facts: dict[str, object] = json.loads(found[1])
    return facts


def test_the_statement_keeps_its_number_its_time_and_its_ids(team: Team) -> None:
    before, kept = page(team), read_incident(team.folder / "incidents" / NAME)
    items = feedparser.parse(page(team, "fr/feed.xml")).entries

    done = team.call(*translation(team))

    assert done.code == 0, done.err
    now = read_incident(team.folder / "incidents" / NAME)
    assert [one.number for one in now.statements] == [1]
    assert now.statements[0].published == kept.statements[0].published
    assert now.statements[0].unpublished == ()
    assert linked_data(page(team)) == linked_data(before)
    again = feedparser.parse(page(team, "fr/feed.xml")).entries
    assert [(one.id, one.published) for one in again] == [(items[0].id, items[0].published)]
    assert 'id="s1"' in page(team, "en/outage-power/index.html")


def test_the_added_language_has_its_own_address_and_says_when_it_came(team: Team) -> None:
    assert team.call(*translation(team)).code == 0

    english, french = page(team, "en/outage-power/index.html"), page(team)
    assert re.search(r"English version published at \d+:\d\d\s[ap]\.m\.", english)
    assert "Version française publiée" not in french
    for html in (english, french):
        assert re.search(rf'hreflang="fr-CA" href="[^"]+/fr/{NAME}/"', html)
        assert re.search(r'hreflang="en-CA" href="[^"]+/en/outage-power/"', html)
    assert "Power outage in Sept-Îles" in page(team, "en/index.html")
    for path in ("en/feed.xml", "en/outage-power/feed.xml"):
        (item,) = feedparser.parse(page(team, path)).entries
        assert item.id.endswith(f"{NAME}/1/en")
        assert item.link.endswith("/en/outage-power/#s1")


def test_readers_of_the_page_that_announced_it_are_led_on(team: Team) -> None:
    former = f"en/{NAME}/index.html"
    assert "not yet available in English" in page(team, former)

    assert team.call(*translation(team)).code == 0

    assert 'href="../outage-power/"' in page(team, former)
    assert 'content="noindex"' in page(team, former)
    assert f"/en/{NAME}/" not in page(team, "sitemap.xml")


def test_the_same_translation_again_changes_nothing(team: Team) -> None:
    assert team.call(*translation(team)).json["changed"] is True
    public = team.public()

    again = team.call(*translation(team))

    assert (again.code, again.json["changed"]) == (0, False)
    assert team.public() == public


def test_a_dry_run_keeps_nothing(team: Team) -> None:
    kept = team.kept()

    told = team.call(*translation(team, "--dry-run"))

    assert told.code == 0, told.err
    assert told.json["dry_run"] is True
    assert team.kept() == kept


def test_a_language_that_is_there_is_refused(team: Team) -> None:
    assert team.call(*translation(team)).code == 0
    public = team.public()
    team.words("en").write_text(LATER_ENGLISH, "utf-8")

    error = refused(team.call(*translation(team)), 3)

    assert "already has a text in 'en'" in error["what"]
    assert f"sparetire correct {NAME} --statement 1" in error["next"]
    error = refused(team.call("translate", "--yes", "--json"), 2)
    assert "sparetire correct" in error["next"]
    assert team.public() == public


@pytest.mark.parametrize("missing", ["keywords", "title"])
def test_the_first_text_in_a_language_needs_its_keywords_and_title(
    team: Team, missing: str
) -> None:
    words = translation(team)
    at = words.index(f"--{missing}")
    error = refused(team.call(*words[:at], *words[at + 2 :]), 2)
    assert f"--{missing}" in error["what"]


def test_one_of_several_statements_is_named_by_its_number(team: Team, tmp_path: Path) -> None:
    later = tmp_path / "suite.md"
    later.write_text(LATER, "utf-8")
    update = ["update", "--content", f"fr={later}", "--only", "fr", "--yes", "--json"]
    assert team.call(*update).code == 0

    error = refused(team.call(*translation(team)), 2)
    assert "1, 2" in "".join(error["why"])
    assert team.call(*translation(team, "--statement", "1")).code == 0
    assert "A more recent statement is available" in page(team, "en/outage-power/index.html")
    english = tmp_path / "later.md"
    english.write_text(LATER_ENGLISH, "utf-8")
    second = team.call("translate", "--content", f"en={english}", "--yes", "--json")

    assert second.code == 0, second.err
    html = page(team, "en/outage-power/index.html")
    assert html.index('id="s2"') < html.index('id="s1"')
    assert "A more recent statement is available" not in html
    assert html.count("English version published at") == 2
    now = read_incident(team.folder / "incidents" / NAME)
    assert [sorted(one.words) for one in now.statements] == [["en", "fr"], ["en", "fr"]]
    assert ENGLISH.splitlines()[0] in now.statements[0].words["en"].body


def test_a_rollback_takes_the_text_back_and_the_next_command_leaves_it_out(
    team: Team, tmp_path: Path
) -> None:
    assert team.call(*translation(team)).code == 0
    assert team.call("rollback", "--yes").code == 0
    assert not (team.folder / ".sparetire/site/current/en/outage-power").exists()
    later = tmp_path / "suite.md"
    later.write_text(LATER, "utf-8")

    done = team.call("update", "--content", f"fr={later}", "--only", "fr", "--yes", "--json")

    assert done.code == 0, done.err
    assert "Please avoid the harbour" not in page(team, "en/feed.xml")
    assert team.call(*translation(team, "--statement", "1")).code == 0
    assert "Please avoid the harbour" in page(team, "en/outage-power/index.html")


def test_a_text_that_never_came_out_does_not_go_out_with_the_next_command(
    team: Team, tmp_path: Path
) -> None:
    folder = team.folder / "incidents" / NAME
    assert team.call(*translation(team)).code == 0
    kept = read_incident(folder)
    assert team.call("rollback", "--yes").code == 0
    lost = replace(kept.statements[0], unpublished=("en",))
    write_incident(folder, replace(kept, statements=(lost,)))
    later = tmp_path / "suite.md"
    later.write_text(LATER, "utf-8")

    done = team.call("update", "--content", f"fr={later}", "--only", "fr", "--yes", "--json")

    assert done.code == 0, done.err
    assert "not yet available in English" in page(team, f"en/{NAME}/index.html")
    assert "harbour" not in page(team, "en/feed.xml")


def test_a_withdrawal_takes_the_added_text_from_every_address(team: Team) -> None:
    assert team.call(*translation(team)).code == 0

    done = team.call("withdraw", "--reason", "wrong", "--yes", "--json")

    assert done.code == 0, done.err
    assert pages_with(team, b"harbour") == []
    for path in ("en/outage-power/index.html", f"en/{NAME}/index.html"):
        assert path in team.public()


def test_an_update_with_an_added_text_is_withdrawn_alone(team: Team, tmp_path: Path) -> None:
    assert team.call(*translation(team)).code == 0
    for code, text in {"fr": LATER, "en": LATER_ENGLISH}.items():
        (tmp_path / f"later.{code}.md").write_text(text, "utf-8")
    texts = ["--content", f"fr={tmp_path / 'later.fr.md'}", "--only", "fr"]
    assert team.call("update", *texts, "--yes").code == 0
    assert (
        team.call("translate", "--content", f"en={tmp_path / 'later.en.md'}", "--yes").code == 0
    )
    assert pages_with(team, b"since 10:15") != []

    done = team.call("withdraw", "--statement", "2", "--reason", "wrong", "--yes", "--json")

    assert done.code == 0, done.err
    assert pages_with(team, b"since 10:15") == []
    assert pages_with(team, b"depuis 10 h 15") == []
    assert "harbour" in page(team, "en/outage-power/index.html")


def test_a_colleague_goes_on_with_the_added_text(team: Team, tmp_path: Path) -> None:
    other = colleague_of(team, tmp_path / "other")
    assert other.call("pull").code == 0
    assert team.call(*translation(team)).code == 0
    later = tmp_path / "suite.md"
    later.write_text(LATER, "utf-8")
    update = ["update", "--content", f"fr={later}", "--only", "fr", "--yes", "--json"]

    loopback = other.settings
    # Nothing answers at this address, and a dry run does not look there.
    other.set("targets", "local", "url", value='"https://info.boreal.example"')
    error = refused(other.call(*update, "--dry-run"), 4)
    assert "sparetire pull" in error["next"]
    pulled = other.call("pull", "--json")
    (other.folder / "sparetire.toml").write_text(loopback, "utf-8")
    done = other.call(*update)

    assert pulled.json["incidents"][0]["outcome"] == "newer"
    assert done.code == 0, done.err
    assert "harbour" in page(team, "en/outage-power/index.html")


def test_a_bucket_gets_the_added_text_and_loses_it_by_a_withdrawal(bucket_team: Team) -> None:
    there = ("--target", "production")
    first = bucket_team.launch("--only", "fr", "--yes", *there, only="fr")
    assert bucket_team.call(*first).code == 0

    done = bucket_team.call(*translation(bucket_team, *there))

    assert (done.code, done.json["changed"]) == (0, True), done.out
    address = done.json["urls"]["en"]
    assert address.endswith("/en/outage-power.html")
    assert "harbour" in requests.get(address, timeout=10).text
    assert bucket_team.call("withdraw", "--reason", "wrong", "--yes", *there).code == 0
    assert "harbour" not in requests.get(address, timeout=10).text
