"""A drill is the real thing on another stage: timed, marked, out of reach of the real one."""

import json
import random
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sparetire.announce.outbox import Outbox
from sparetire.config.load import load_settings
from sparetire.config.places import replace_value
from sparetire.config.rehearsal import rehearse, staging_target
from sparetire.flows.drill import Crew, Drill, drill, tasks_of
from sparetire.flows.drill_words import prepared_words
from sparetire.flows.launch import Request, launch
from sparetire.flows.order import Allowed
from sparetire.flows.session import Session
from sparetire.model.announcement import Channel, Notice
from sparetire.model.published import Proposal
from sparetire.model.scorecard import Inject, Scorecard, Task
from sparetire.stages.build.builder import Builder
from sparetire.stages.fill.answers import Answers
from sparetire.stages.inspect import FindingsRefused
from sparetire.workspace.drills import RehearsalWorkspace, read_scorecards
from sparetire.workspace.layout import Workspace
from sparetire.workspace.ledger import Ledger
from tests.support.places import free_port
from tests.support.samples import draw
from tests.support.scenarios import SCENARIOS
from tests.support.workspaces import workspace_in

SEQUENCES = draw(range(200), 2, "drill")
LIVE = """
[targets.production]
host = "s3"
url = "http://127.0.0.1:{port}/site"
bucket = "boreal-info"
state_bucket = "boreal-info-state"
endpoint_url = "http://127.0.0.1:{port}"

[announce]
hubs = ["http://127.0.0.1:{port}/hub"]
indexnow = "http://127.0.0.1:{port}/indexnow"
indexnow_key = "0123456789abcdef"
webhooks = [{{ name = "desk", url_env = "DESK_ADDRESS" }}]
"""
READY = Crew(words=lambda _session, _task, ready: ready, approve=lambda _proposal: True)
EVERYTHING = tuple(Inject)


@contextmanager
def listening() -> Iterator[tuple[int, list[str]]]:
    """Serve what must never be asked for anything, and log every request."""
    asked: list[str] = []

    class Log(BaseHTTPRequestHandler):
        def handle(self) -> None:
            asked.append(f"{self.client_address}")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Log)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = workspace_in(tmp_path / "site")
    url = json.dumps(f"http://127.0.0.1:{free_port()}")
    text = replace_value(made.settings.read_text("utf-8"), ("staging", "rehearsal", "url"), url)
    made.settings.write_text(text, "utf-8")
    return made


def session_of(workspace: Workspace) -> Session:
    return Session(workspace, load_settings(workspace.root), lambda _event: None)


def rehearsed(
    workspace: Workspace, *injects: Inject, scenario: str = "spill", crew: Crew = READY
) -> Scorecard:
    chosen = next(one for one in SCENARIOS if one.name == scenario)
    with Builder() as builder:
        return drill(session_of(workspace), Drill(chosen, injects), crew, builder)


def pages(workspace: Workspace) -> dict[str, str]:
    root = workspace.root / ".sparetire" / "rehearsal" / "current"
    return {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for path in root.rglob("*.html")
    }


def test_every_difficulty_is_met_and_every_step_goes_live(workspace: Workspace) -> None:
    card = rehearsed(workspace, *EVERYTHING)
    assert [score.task for score in card.scores] == list(tasks_of(EVERYTHING))
    assert [score.failed for score in card.scores] == [""] * len(card.scores)
    assert card.reached
    assert "Nobody approved it." in card.scores[0].met
    assert "primary does not answer" in card.scores[0].met
    assert all(score.machine > 0 for score in card.scores)
    assert {"build", "push", "verify", "announce"} <= set(card.scores[0].stages)


def test_every_page_is_marked_in_both_languages_dressed_apart_and_hidden(
    workspace: Workspace,
) -> None:
    seen: list[dict[str, str]] = []

    def look(proposal: Proposal) -> bool:
        del proposal
        seen.append(pages(workspace))
        return True

    rehearsed(workspace, crew=replace(READY, approve=look))
    after_launch, at_the_end = seen[1], pages(workspace)
    assert "fr/exercice-spill/index.html" in after_launch
    for page in (*after_launch.values(), *at_the_end.values()):
        assert "EXERCICE" in page
        assert "EXERCISE" in page
        assert 'content="noindex"' in page
        assert "#8a0f6b" in page
        assert "0b3d66;" not in page.split("</style>")[0]
    assert "Retiré" in at_the_end["fr/exercice-spill/index.html"]


def test_a_drill_leaves_nothing_among_what_is_live(workspace: Workspace) -> None:
    card = rehearsed(workspace, Inject.WRONG_FIGURE)
    assert not list(workspace.incidents.glob("*/incident.toml"))
    assert not (workspace.root / ".sparetire" / "site").exists()
    (record,) = Ledger(workspace.ledger).records()
    assert (record.what, record.facts["target"]) == ("drill ended", "rehearsal")
    assert read_scorecards(workspace) == (card,)
    own = RehearsalWorkspace(workspace.root, card.name)
    assert Ledger(own.ledger).first_break() is None
    assert list(own.incidents.glob("*/incident.toml"))
    assert not own.builds.exists()
    assert not own.bodies.exists()


@pytest.mark.parametrize("seed", SEQUENCES)
def test_no_sequence_of_steps_reaches_what_is_live_or_tells_anybody(
    workspace: Workspace, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    injects: Sequence[Inject] = chance.choices(EVERYTHING, k=chance.randrange(7))
    scenario = chance.choice(SCENARIOS).name
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "drill")
    with listening() as (port, asked):
        monkeypatch.setenv("DESK_ADDRESS", f"http://127.0.0.1:{port}/desk")
        text = workspace.settings.read_text("utf-8") + LIVE.format(port=port)
        text = text.replace('targets = ["local"]', 'targets = ["production", "local"]')
        workspace.settings.write_text(text, "utf-8")
        card = rehearsed(workspace, *injects, scenario=scenario)
        assert asked == []
    assert card.receivers == 3
    assert card.heard >= 3
    assert [score.failed for score in card.scores] == [""] * len(card.scores)


def test_even_a_mistake_of_ours_cannot_open_a_live_target(workspace: Workspace) -> None:
    live = load_settings(workspace.root).target("local")

    def astray(session: Session, _task: Task, ready: Answers) -> Answers:
        session.open(live, workspace.root, {})
        return ready

    card = rehearsed(workspace, crew=replace(READY, words=astray))
    assert "may not open local" in card.scores[0].failed
    assert card.exit_code == 4


def test_the_stand_ins_hear_of_every_step_as_receivers_would(workspace: Workspace) -> None:
    card = rehearsed(workspace)
    own = RehearsalWorkspace(workspace.root, card.name)
    told = [one.facts for one in Ledger(own.ledger).records() if one.what == "announced"]
    assert {one["standing"] for one in told} == {"accepted"}
    assert len(told) == card.heard
    kinds = {str(one["receiver"]).split()[0] for one in told}
    assert kinds == {"websub", "indexnow", "webhook"}
    assert card.heard == len(card.scores) * len(kinds)


def test_even_a_mistake_of_ours_cannot_tell_anybody_elsewhere(workspace: Workspace) -> None:
    hub = Notice(Channel.WEBSUB, "hub.example", "https://hub.example/", "", "1 feed", "old")

    def astray(session: Session, _task: Task, ready: Answers) -> Answers:
        Outbox(session.workspace.outbox).plan([replace(hub, proven=True)], "old", "")
        return ready

    card = rehearsed(workspace, crew=replace(READY, words=astray))
    assert "may not tell websub hub.example" in card.scores[0].failed
    assert card.heard == 0


def test_words_of_a_drill_without_their_mark_are_refused(workspace: Workspace) -> None:
    session = session_of(workspace)
    staging = staging_target(session.settings)
    stage = replace(
        session,
        workspace=RehearsalWorkspace(workspace.root, "unmarked"),
        settings=rehearse(
            session.settings, staging, approvals=0, receivers="http://127.0.0.1:9"
        ),
    )
    bare = prepared_words(stage, Task.LAUNCH, SCENARIOS[0])
    request = Request(bare, (staging.name,), dry_run=False, allowed=Allowed())
    with Builder() as builder, pytest.raises(FindingsRefused) as refusal:
        launch(stage, request, approve=lambda _proposal: True, builder=builder)
    assert {one.rule for one in refusal.value.findings} == {"exercise-unmarked"}
    assert not (workspace.root / ".sparetire" / "rehearsal").exists()


def test_people_and_machine_are_timed_apart(workspace: Workspace) -> None:
    pause = threading.Event()

    def slowly(proposal: Proposal) -> bool:
        del proposal
        pause.wait(0.3)
        return True

    card = rehearsed(workspace, crew=replace(READY, approve=slowly))
    for score in card.scores:
        assert score.human >= 0.3
        assert score.total == pytest.approx(score.human + score.machine)


def test_a_refusal_is_a_failed_step_with_its_exit_code(workspace: Workspace) -> None:
    card = rehearsed(workspace, crew=replace(READY, approve=lambda _proposal: False))
    (score,) = card.scores
    assert (score.exit_code, card.exit_code) == (10, 10)
    assert not card.reached
