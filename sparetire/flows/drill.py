"""Drill: the very same launch, updates and withdrawal, on a staging target, timed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sparetire import clock
from sparetire.announce.stub import Stub, stub_receivers
from sparetire.config.rehearsal import (
    DESK,
    DESK_VARIABLE,
    DOWN,
    Rehearsal,
    RehearsalTarget,
    StagingTarget,
    rehearse,
    staging_target,
)
from sparetire.config.schema import Target
from sparetire.errors import (
    ConfigurationFault,
    HostUnreachable,
    Interrupted,
    NotApproved,
    SparetireError,
    StoppedHalfway,
)
from sparetire.flows.amend import Amendment, amend
from sparetire.flows.drill_words import prepared_words
from sparetire.flows.launch import Request, launch
from sparetire.flows.order import Allowed, Approve
from sparetire.flows.session import Session
from sparetire.hosts.base import Host
from sparetire.hosts.registry import open_host
from sparetire.hosts.slow import slowed
from sparetire.model.incident import Kind
from sparetire.model.manifest import Known
from sparetire.model.published import Proposal, Published
from sparetire.model.scorecard import Inject, Score, Scorecard, Task
from sparetire.stages.build.builder import Builder
from sparetire.stages.fill.answers import Answers
from sparetire.stages.fill.exercise import mark_of, marked
from sparetire.stages.fill.statement import Saying
from sparetire.workspace.drills import RehearsalWorkspace, keep_scorecard, tidy
from sparetire.workspace.scenarios import Scenario

__all__ = ["Crew", "Drill", "drill", "tasks_of"]

_KINDS = {
    Task.LANGUAGE: Kind.UPDATE,
    Task.UPDATE: Kind.UPDATE,
    Task.FIGURE: Kind.UPDATE,
    Task.CORRECT: Kind.CORRECTION,
    Task.WITHDRAW: Kind.WITHDRAWAL,
    Task.CLEAR: Kind.WITHDRAWAL,
}
_ADDED = {
    Inject.LANGUAGE_LATE: (Task.LANGUAGE,),
    Inject.WRONG_FIGURE: (Task.FIGURE, Task.CORRECT),
    Inject.PAGE_TO_WITHDRAW: (Task.WITHDRAW,),
}
_ABSENT = "The approver could not be reached, in a drill."


@dataclass(frozen=True, slots=True)
class Crew:
    """The people of a drill.

    Attributes:
        words: Asked for the words of a task, given those that are prepared.
        approve: Asked before each publication.
    """

    words: Callable[[Session, Task, Answers], Answers]
    approve: Approve


@dataclass(frozen=True, slots=True)
class Drill:
    """What is to be rehearsed."""

    scenario: Scenario
    injects: tuple[Inject, ...] = ()


def tasks_of(injects: Sequence[Inject]) -> tuple[Task, ...]:
    """Return what a team has to do, in its order; the last step leaves the place clean."""
    added = [task for inject in injects for task in _ADDED.get(inject, ())]
    added.sort(key=lambda task: task is not Task.LANGUAGE)  # later it might be withdrawn
    return (Task.LAUNCH, Task.UPDATE, *added, Task.CLEAR)


def drill(session: Session, order: Drill, crew: Crew, builder: Builder) -> Scorecard:
    """Rehearse, and return how it went; what is live is neither named nor reached.

    Raises:
        ConfigurationFault: There is no place to rehearse.
        LocalDiskFault: The disk will not keep the score.
    """
    at = clock.now()
    workspace = RehearsalWorkspace(session.workspace.root, f"{at:%Y%m%dT%H%M%S}-{session.run}")
    staging = staging_target(session.settings)
    with stub_receivers() as stub:
        rehearsal = replace(
            session,
            workspace=workspace,
            settings=_settings(session, order, staging, stub),
            open=_opener(order.injects),
            environment={DESK_VARIABLE: stub.url + DESK},
        )
        run = _Rehearsal(rehearsal, order, crew, builder, staging.name)
        card = Scorecard(
            name=workspace.name,
            at=at.isoformat(),
            scenario=order.scenario.name,
            target=staging.name,
            injects=order.injects,
            receivers=_receivers(session),
            scores=tuple(run.scores()),
        )
        card = replace(card, heard=len(stub.heard))
    keep_scorecard(workspace, card)
    tidy(workspace)
    session.record(
        "drill ended",
        purpose=f"drill {card.scenario}",
        target=staging.name,
        drill=card.name,
        reached=card.reached,
        seconds=sum(score.total for score in card.scores),
    )
    return card


def _settings(session: Session, order: Drill, staging: StagingTarget, stub: Stub) -> Rehearsal:
    # Without anybody who signs, the one who confirms is the one that is absent.
    signed = Inject.APPROVER_ABSENT in order.injects and bool(session.settings.approvers)
    return rehearse(session.settings, staging, approvals=int(signed), receivers=stub.url)


def _receivers(session: Session) -> int:
    announce = session.settings.announce
    return len(announce.hubs) + len(announce.webhooks) + bool(announce.indexnow_key)


def _opener(injects: Sequence[Inject]) -> Callable[[Target, Path, Known], Host]:
    """Return how a drill opens hosts: no live one, and some of them in trouble."""

    def opened(target: Target, root: Path, known: Known) -> Host:
        if not isinstance(target, RehearsalTarget):
            raise ConfigurationFault(
                f"A drill may not open {target.name}.",
                why="It is a live target.",
                then="Report this as a bug: a drill must never come this far.",
            )
        if target.name == DOWN:
            raise HostUnreachable(
                f"{target.name} does not answer.",
                why="This drill pretends that it is down.",
                then="Publish to the other target.",
            )
        host = open_host(target, root, known)
        return slowed(host) if Inject.SLOW_NETWORK in injects else host

    return opened


@dataclass
class _Rehearsal:
    """One drill under way."""

    session: Session
    order: Drill
    crew: Crew
    builder: Builder
    target: str
    _waited: float = 0.0
    _incident: str = ""
    _late: bool = False
    _met: list[str] = field(default_factory=list)

    def scores(self) -> Iterator[Score]:
        """Do every task; after a launch that failed there is nothing to go on with."""
        several = len(session_languages(self.session)) > 1
        self._late = several and Inject.LANGUAGE_LATE in self.order.injects
        for task in tasks_of(self.order.injects):
            score = self._score(task)
            yield score
            if task is Task.LAUNCH and score.failed:
                return

    def _score(self, task: Task) -> Score:
        self._waited, self._met = 0.0, []
        session = replace(self.session, timings={})
        watch = clock.Stopwatch()
        failed, code = "", 0
        try:
            self._do(task, session)
        except Interrupted:
            raise  # somebody wants the drill itself to end
        except SparetireError as error:
            failed, code = " ".join((error.what, *error.why)), int(error.exit_code)
        machine = watch.elapsed() - self._waited
        return Score(
            task=task,
            human=round(self._waited, 3),
            machine=round(machine, 3),
            stages=dict(session.timings),
            failed=failed,
            exit_code=code,
            met=" ".join(self._met),
        )

    def _do(self, task: Task, session: Session) -> None:
        prepared = prepared_words(session, task, self.order.scenario)
        with self._waiting():
            words = self.crew.words(session, task, prepared)
        words = marked(self._only(task, words))
        if task is Task.LAUNCH:
            self._launch(session, words)
            return
        ready = task in {Task.WITHDRAW, Task.CLEAR}
        first = 1 if task is Task.LANGUAGE else None
        saying = Saying(kind=_KINDS[task], answers=words, ready=ready, translates=first)
        targets, allowed = (self.target,), self._allowed
        order = Amendment(self._incident, saying, targets, dry_run=False, allowed=allowed)
        amend(session, order, approve=self._approve, builder=self.builder)

    def _only(self, task: Task, words: Answers) -> Answers:
        """Return the words that are there already, while one language is late."""
        if not self._late:
            return words
        first, *others = session_languages(self.session)
        self._late = task is not Task.LANGUAGE
        spoken = [first] if self._late else others
        return replace(
            words,
            documents={code: each for code, each in words.documents.items() if code in spoken},
            titles={code: each for code, each in words.titles.items() if code in spoken},
            only=tuple(spoken),
        )

    def _launch(self, session: Session, words: Answers) -> None:
        slugs = {
            code: f"{mark_of(code).lower()}-{self.order.scenario.name}"
            for code in session_languages(session)
        }
        words = replace(words, slugs=slugs)
        here, allowed = (self.target,), self._allowed
        if Inject.APPROVER_ABSENT in self.order.injects:
            with self._met_by(NotApproved):
                self._published(session, words, here, Allowed(), lambda _proposal: False)
        if Inject.PRIMARY_DOWN in self.order.injects:
            with self._met_by(HostUnreachable, StoppedHalfway):
                self._published(session, words, (DOWN, *here), allowed, self._approve)
        published = self._published(session, words, here, allowed, self._approve)
        assert published.proposal.incident  # noqa: S101  a launch is about one
        self._incident = published.proposal.incident.name

    @contextmanager
    def _met_by(self, *expected: type[SparetireError]) -> Iterator[None]:
        """Meet a difficulty that was put there, and note how it was told."""
        try:
            yield
        except expected as error:
            self._met.append(error.what)

    def _published(
        self,
        session: Session,
        words: Answers,
        targets: tuple[str, ...],
        allowed: Allowed,
        approve: Approve,
    ) -> Published:
        request = Request(words, targets, dry_run=False, allowed=allowed)
        return launch(session, request, approve=approve, builder=self.builder)

    @property
    def _allowed(self) -> Allowed:
        glass = _ABSENT if Inject.APPROVER_ABSENT in self.order.injects else ""
        return Allowed(shrink=True, glass=glass)

    def _approve(self, proposal: Proposal) -> bool:
        with self._waiting():
            return self.crew.approve(proposal)

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        watch = clock.Stopwatch()
        try:
            yield
        finally:
            self._waited += watch.elapsed()


def session_languages(session: Session) -> tuple[str, ...]:
    """Return the codes of the site's languages, its first one first."""
    return tuple(language.code for language in session.settings.languages)
