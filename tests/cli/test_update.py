"""An update as a team types it: live, verified, once, and never another team's half-run."""

from dataclasses import replace
from pathlib import Path

import feedparser
import pytest

from sparetire.model.incident import Kind, Label
from sparetire.workspace.incidents import read_incident, write_incident
from tests.support.command import Team, refused
from tests.support.launched import Launched

NAME = "panne-electricite"
FRENCH = "Le courant est rétabli dans la moitié de la raffinerie depuis 10 h 15.\n"
ENGLISH = "Power is back in half of the refinery since 10:15 a.m. today.\n"


@pytest.fixture
def team(tmp_path: Path, launched: Launched) -> Team:
    team = launched.copy(tmp_path / "team")
    (tmp_path / "suite.fr.md").write_text(FRENCH, "utf-8")
    (tmp_path / "suite.en.md").write_text(ENGLISH, "utf-8")
    return team


def update(team: Team, *more: str) -> list[str]:
    beside = team.folder.parent
    texts = ["--content", str(beside / "suite.fr.md"), "--content", f"en={beside}/suite.en.md"]
    return ["update", *texts, "--yes", "--json", *more]


def page(team: Team, path: str = f"fr/{NAME}/index.html") -> str:
    return (team.folder / ".sparetire/site/current" / path).read_text(encoding="utf-8")


def test_an_update_is_live_above_what_was_said_before(team: Team) -> None:
    done = team.call(*update(team, "--label", "verified", "--next", "30m"))

    assert done.code == 0, done.err
    assert done.json["incident"] == NAME
    assert done.json["changed"] is True
    assert page(team).index('id="s2"') < page(team).index('id="s1"')
    assert "Vérifié" in page(team)
    assert "Prochaine mise à jour au plus tard" in page(team, "fr/index.html")
    assert "la moitié de la raffinerie" in page(team)
    assert "half of the refinery" in page(team, "en/outage-power/index.html")
    kept = read_incident(team.folder / "incidents" / NAME)
    assert [one.kind for one in kept.statements] == [Kind.STATEMENT, Kind.UPDATE]
    assert kept.statements[1].label is Label.VERIFIED
    assert kept.heard == 2


def test_each_statement_is_an_item_of_its_own_in_the_feeds(team: Team) -> None:
    before = feedparser.parse(page(team, "fr/feed.xml")).entries
    team.call(*update(team))

    for path in ("fr/feed.xml", f"fr/{NAME}/feed.xml"):
        entries = feedparser.parse(page(team, path)).entries
        assert [entry.link.rpartition("#")[2] for entry in entries] == ["s2", "s1"]
        assert entries[1].id == before[0].id
        assert entries[1].published == before[0].published


def test_the_same_update_again_changes_nothing(team: Team) -> None:
    team.call(*update(team, "--next", "30m"))
    public = team.public()

    again = team.call(*update(team, "--next", "30m"))

    assert (again.code, again.json["changed"]) == (0, False)
    assert team.public() == public


def test_a_dry_run_keeps_nothing(team: Team) -> None:
    kept = team.kept()

    told = team.call(*update(team, "--dry-run"))

    assert told.code == 0, told.err
    assert told.json["dry_run"] is True
    assert team.kept() == kept


def test_a_language_left_out_is_refused_or_declared(team: Team) -> None:
    french = ["update", "--content", str(team.folder.parent / "suite.fr.md"), "--yes", "--json"]

    error = refused(team.call(*french), 3)
    assert "language-missing" in str(error["why"])

    assert team.call(*french, "--only", "fr").code == 0
    assert "A more recent statement is available" in page(team, "en/outage-power/index.html")


def test_what_never_reached_anybody_does_not_go_out_with_the_next(team: Team) -> None:
    folder = team.folder / "incidents" / NAME
    team.call(*update(team))
    kept = read_incident(folder)
    lost = replace(kept.statements[1], number=3, published=kept.updated.replace(year=2027))
    write_incident(folder, replace(kept, statements=(*kept.statements, lost)))
    (team.folder.parent / "suite.fr.md").write_text("Tout est rétabli à 11 h 05.\n", "utf-8")

    assert team.call(*update(team)).code == 0

    now = read_incident(folder)
    assert [one.published.year for one in now.statements] == [2026, 2026, 2026]
    assert now.statements[2].words["fr"].body == "Tout est rétabli à 11 h 05.\n"


def test_what_is_live_stays_though_a_crash_kept_it_from_the_record(team: Team) -> None:
    folder = team.folder / "incidents" / NAME
    team.call(*update(team))
    public = team.public()
    write_incident(folder, replace(read_incident(folder), heard=1))

    assert team.call("prepare", "--yes", "--json").json["changed"] is False
    again = team.call(*update(team))

    assert (again.code, again.json["changed"]) == (0, False)
    assert team.public() == public
    assert read_incident(folder).heard == 2


def test_a_rollback_takes_the_update_back_and_the_next_one_goes_on(team: Team) -> None:
    folder = team.folder / "incidents" / NAME
    team.call(*update(team))

    assert team.call("rollback", "--yes").code == 0

    assert [one.taken_back for one in read_incident(folder).statements] == [False, True]
    assert "la moitié" not in page(team)
    (team.folder.parent / "suite.fr.md").write_text("Tout est rétabli à 11 h 05.\n", "utf-8")
    assert team.call(*update(team)).code == 0
    now = read_incident(folder)
    assert [one.number for one in now.public.statements] == [1, 3]
    assert "la moitié" not in page(team)


def test_an_incident_that_nobody_heard_of_is_refused_with_those_that_are_live(
    team: Team,
) -> None:
    error = refused(team.call(*update(team, "incendie")), 2)
    assert "incendie" in error["what"]
    assert NAME in "".join(error["why"])
    assert NAME in error["next"]


def test_with_two_incidents_open_the_name_is_asked_for(team: Team) -> None:
    second = ["--slug", f"{NAME}-2", "--slug", "en=outage-power-2", "--yes"]
    assert team.call(*team.launch(*second)).code == 0

    error = refused(team.call(*update(team)), 2)

    assert "Several" in error["what"]
    assert team.call(*update(team, f"{NAME}-2")).code == 0
    assert "la moitié" in page(team, f"fr/{NAME}-2/index.html")
    assert "la moitié" not in page(team)


def test_the_facts_are_revised_beside_the_statements_and_nothing_is_said(team: Team) -> None:
    facts = team.folder.parent / "facts.fr.md"
    facts.write_text("- Quatre bâtiments touchés\n- Aucun blessé\n", "utf-8")
    only = ["update", "--facts", f"fr={facts}", "--yes", "--json"]

    assert team.call(*only).json["changed"] is True

    assert "Les faits en bref" in page(team)
    assert "Quatre bâtiments touchés" in page(team)
    assert len(read_incident(team.folder / "incidents" / NAME).statements) == 1
    assert team.call(*only).json["changed"] is False

    facts.write_text("- Deux bâtiments touchés\n- Aucun blessé\n", "utf-8")
    assert team.call(*update(team, "--facts", f"fr={facts}")).code == 0
    assert "Quatre" not in page(team)
    assert "Deux bâtiments" in page(team)
    assert "la moitié de la raffinerie" in page(team)


def test_a_blank_in_the_facts_is_refused_as_in_a_statement(team: Team) -> None:
    facts = team.folder.parent / "facts.fr.md"
    facts.write_text("- {{ nombre }} bâtiments touchés\n", "utf-8")
    error = refused(team.call("update", "--facts", f"fr={facts}", "--yes", "--json"), 3)
    assert "facts (fr), line 1" in str(error["why"])


def test_contacts_that_changed_are_on_the_page_after_the_next_update(team: Team) -> None:
    settings = team.folder / "sparetire.toml"
    settings.write_text(team.settings.replace("418 555-0142", "418 555-0199"), "utf-8")
    assert team.call(*update(team)).code == 0
    assert "555-0199" in page(team).replace("\u00a0", " ").replace("\u2011", "-")
