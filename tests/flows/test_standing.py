"""What stands on a site beside a new incident, and what happens to what was said before."""

from dataclasses import replace
from pathlib import Path

import pytest
import time_machine

from sparetire.errors import ConfigurationFault
from sparetire.flows.session import Session
from sparetire.flows.standing import heard_on, others_on, refuse_unknown
from sparetire.model.edition import Live
from sparetire.model.manifest import Manifest
from sparetire.workspace.incidents import read_incident, write_incident
from tests.support.command import Team, new_team, refused
from tests.support.draft import incident
from tests.support.workspaces import session_in, settings_with, workspace_in

PUBLIC = "https://info.boreal.example"
LOOPBACK = "http://127.0.0.1:8044"
NAME = "panne-electricite"


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return new_team(tmp_path / "team")


def page(team: Team, path: str = f"fr/{NAME}/index.html") -> str:
    return (team.folder / ".sparetire/site/current" / path).read_text(encoding="utf-8")


def test_other_words_under_a_name_that_is_live_are_refused(live: Team) -> None:
    public = live.public()
    live.words("fr").write_text(
        "Une autre panne touche Baie-Comeau depuis midi, sans aucun blessé.\n", "utf-8"
    )

    error = refused(live.call(*live.launch("--yes", "--json")), 3)

    assert NAME in error["what"]
    assert f"--slug {NAME}-2" in error["next"]
    assert live.public() == public


def test_the_hint_works_and_both_incidents_stand(live: Team) -> None:
    live.words("fr").write_text(
        "Une autre panne touche Baie-Comeau depuis midi, sans aucun blessé.\n", "utf-8"
    )

    second = ["--slug", f"{NAME}-2", "--slug", "en=outage-power-2", "--yes", "--json"]

    assert live.call(*live.launch(*second)).code == 0
    home = page(live, "fr/index.html")
    assert f'href="{NAME}/' in home
    assert f'href="{NAME}-2/' in home


@pytest.mark.parametrize("lost", ["live_on", "nothing but the start"])
def test_a_crash_between_commit_and_record_changes_no_time(live: Team, lost: str) -> None:
    folder = live.folder / "incidents" / NAME
    before, public = read_incident(folder), live.public()
    write_incident(folder, replace(before, live_on=()))
    if lost != "live_on":
        (live.folder / ".sparetire" / "ledger.jsonl").unlink()

    again = live.call(*live.launch("--yes", "--json"))

    assert (again.code, again.json["changed"]) == (0, False)
    assert live.public() == public
    assert read_incident(folder) == before


def test_a_record_of_what_was_never_live_lends_no_time(live: Team) -> None:
    folder = live.folder / "incidents" / NAME
    before = read_incident(folder)
    early = replace(before.statements[0], published=before.started.replace(year=2020))
    write_incident(folder, replace(before, statements=(early,), live_on=()))

    # Times are whole seconds: another year makes sure of another one.
    with time_machine.travel(early.published.replace(year=2027), tick=True):
        again = live.call(*live.launch("--yes"))

    assert again.code == 0, again.err
    assert read_incident(folder).started.year == 2027
    assert "2020" not in page(live)


def test_a_run_killed_before_it_kept_its_record_is_no_record(team: Team) -> None:
    (team.folder / "incidents" / NAME).mkdir(parents=True)
    (team.folder / "incidents" / NAME / "0001.fr.md").write_text("cut sho", "utf-8")

    assert team.call(*team.launch("--yes")).code == 0

    assert "Personne n’est blessé" in page(team)


def live_with(*names: str) -> Live:
    told = dict.fromkeys(names, "2026-11-23T14:00:00+00:00")
    return Live(
        edition="0a1b2c3d4e5f",
        manifest=Manifest({}),
        counter=1,
        committed="2026-11-23T14:00:00+00:00",
        incidents=told,
    )


def at(folder: Path, url: str) -> Session:
    """Return a run in a workspace that knows one incident, at a target with this address."""
    workspace = workspace_in(folder / "ws")
    settings_with(workspace, {("targets", "local", "url"): f'"{url}"'})
    return session_in(workspace)


def test_what_another_workspace_launched_is_never_dropped_from_a_public_site(
    tmp_path: Path,
) -> None:
    ours = incident()

    with pytest.raises(ConfigurationFault) as refusal:
        refuse_unknown(at(tmp_path, PUBLIC), live_with(ours.name, "incendie"), [ours], "local")

    assert "incendie" in refusal.value.what
    assert "sparetire pull" in refusal.value.then
    assert refusal.value.public == "The public goes on seeing it."


def test_a_newer_word_of_another_workspace_is_never_dropped_either(tmp_path: Path) -> None:
    session, ours = at(tmp_path, PUBLIC), incident()
    first = ours.statements[0]
    behind = replace(
        ours, statements=(replace(first, published=first.published.replace(hour=9)),)
    )
    write_incident(session.workspace.incidents / ours.name, behind)

    with pytest.raises(ConfigurationFault) as refusal:
        # What we are about to say is of the very second in which the colleague spoke.
        refuse_unknown(session, live_with(ours.name), [ours], "local")

    assert ours.name in refusal.value.what
    assert "sparetire pull" in refusal.value.then
    assert refusal.value.public == "The public goes on seeing it."
    # Said from here and taken back since: it is no news to this workspace.
    write_incident(session.workspace.incidents / ours.name, ours)
    refuse_unknown(session, live_with(ours.name), [behind], "local")


@pytest.mark.parametrize(
    ("live", "url"),
    [
        (live_with("incendie"), LOOPBACK),
        (live_with(incident().name), PUBLIC),
        (None, PUBLIC),
    ],
)
def test_a_site_that_loses_nothing_public_may_go(
    tmp_path: Path, live: Live | None, url: str
) -> None:
    session = at(tmp_path, url)
    write_incident(session.workspace.incidents / incident().name, incident())

    refuse_unknown(session, live, [incident()], "local")


@pytest.mark.parametrize(
    ("live_on", "primary", "heard"),
    [
        ("local", "local", True),
        ("local", "production", False),
        ("production", "production", True),
        ("production", "mirror", True),
        ("production", "local", False),
        ("a target that is gone", "production", False),
    ],
)
def test_what_is_said_on_one_public_target_is_said_on_all(
    tmp_path: Path, live_on: str, primary: str, *, heard: bool
) -> None:
    workspace = workspace_in(tmp_path / "ws")
    text = workspace.settings.read_text("utf-8")
    for name in ("production", "mirror"):
        keys = f'host = "directory"\npath = "{name}"\nurl = "https://{name}.boreal.example"\n'
        text = f"{text}\n[targets.{name}]\n{keys}"
    workspace.settings.write_text(text, "utf-8")
    settings = settings_with(workspace, {("targets", "local", "url"): f'"{LOOPBACK}"'})
    told = replace(incident(), live_on=(live_on,))
    write_incident(workspace.incidents / told.name, told)

    assert heard_on(told, primary, settings) is heard
    session = session_in(workspace)
    names = [one.name for one in others_on(session, primary, None, "another")]
    assert names == ([told.name] if heard else [])
    assert others_on(session, primary, None, told.name) == ()
