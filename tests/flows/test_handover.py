"""What cannot be left for colleagues spoils nothing, and the ledger says so."""

from pathlib import Path

import pytest

from sparetire.flows.approach import Approached
from sparetire.flows.handover import PARCELS, hand_over
from sparetire.flows.made import Made
from sparetire.flows.session import Session
from sparetire.model.edition import Edition
from sparetire.model.manifest import Manifest
from sparetire.model.plan import Plan
from sparetire.stages.build.source import routes_of
from sparetire.workspace.incidents import write_incident
from sparetire.workspace.ledger import Ledger
from tests.support.workspaces import incident, session_in, workspace_in

GOOD, BAD = "fuite-usine", "panne-reseau"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Return a run in a workspace with two incidents, of which one cannot be read any more."""
    made = session_in(workspace_in(tmp_path / "team"))
    for name in (GOOD, BAD):
        write_incident(made.workspace.incidents / name, incident(name=name))
    (made.workspace.incidents / BAD / "incident.toml").write_text("damaged", "utf-8")
    return made


def at(session: Session) -> Approached:
    target = session.settings.target("local")
    return Approached(target, session.open(target, session.workspace.root, {}), None)


def made_in(session: Session, newest: str = "") -> Made:
    edition = Edition(Manifest({}), session.workspace.bodies)
    told = dict.fromkeys((BAD, GOOD), "2026-11-23T14:00:00+00:00")
    return Made(
        edition, routes_of(session.settings, "local"), told, None, {}, (), newest=newest
    )


def untold(session: Session) -> list[object]:
    """Return what the ledger says was not handed over."""
    records = Ledger(session.workspace.ledger).records()
    return [one.facts["purpose"] for one in records if one.what == "not handed over"]


def test_a_damaged_incident_is_told_and_keeps_no_other_back(session: Session) -> None:
    one = at(session)

    hand_over(session, made_in(session), one, Plan("local", ()))

    assert untold(session) == [f"handover {BAD}"]
    assert [*one.host.kept(PARCELS)] == [f"{PARCELS}{GOOD}.json"]


def test_an_index_of_pages_that_cannot_be_read_is_told(session: Session) -> None:
    session.workspace.rendered.mkdir(parents=True)

    hand_over(
        session, made_in(session, newest="2026-11-23T14:00:00"), at(session), Plan("local", ())
    )

    assert untold(session) == [f"handover {BAD}", "releases"]
