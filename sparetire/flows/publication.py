"""The one way anything becomes public: build, inspect, plan, approve, push, verify, record."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sparetire import clock
from sparetire.config.schema import Target
from sparetire.errors import Interrupted, NotApproved
from sparetire.flows.approach import Approached, approach
from sparetire.flows.session import Session
from sparetire.hosts.base import Commit
from sparetire.model.edition import Edition, Live, Manifest, Wave
from sparetire.model.finding import Finding
from sparetire.model.incident import Incident
from sparetire.model.outcome import Proposal, Published
from sparetire.model.plan import Action, Plan
from sparetire.model.receipt import Receipt
from sparetire.rules.base import Built
from sparetire.stages.build.edition import build_edition
from sparetire.stages.build.source import Source
from sparetire.stages.build.workers import Workers
from sparetire.stages.inspect import inspect_edition
from sparetire.stages.plan import make_plan
from sparetire.stages.push import push_edition
from sparetire.stages.verify import Subject, verify_live

__all__ = ["Approve", "Content", "Order", "publish"]


@dataclass(frozen=True, slots=True)
class Content:
    """What to publish.

    Attributes:
        source: Everything the site is made of.
        incident: The incident that this run is about, or None for the site as it stands.
        findings: What the rules saw in the words.
        unpublished: Texts that must not be found in the site, by the name of their source.
    """

    source: Source
    incident: Incident | None
    findings: tuple[Finding, ...]
    unpublished: dict[str, str]


@dataclass(frozen=True, slots=True)
class Order:
    """What a command wants published, and where.

    Attributes:
        purpose: In a few words, for locks and the ledger.
        targets: The first is the primary.
        compose: Makes the content; asked again once the primary's live state is known.
        keep: Keeps the incident in the workspace, with the target that now carries it.
        dry_run: Stop before anything is sent or kept.
    """

    purpose: str
    targets: tuple[Target, ...]
    compose: Callable[[Live | None], Content]
    keep: Callable[[Incident | None, str | None], None]
    dry_run: bool


Approve = Callable[[Proposal], bool]


def publish(session: Session, order: Order, *, approve: Approve, workers: Workers) -> Published:
    """Bring the targets to the edition that the order describes.

    Raises:
        NotApproved: The person said no.
        SparetireError: Any other end; its four parts say what the public sees.
    """
    lock = None if order.dry_run else order.purpose
    with _interruptible(), approach(session, order.targets, lock) as under_way:
        content = order.compose(None)
        edition = _build(session, content.source, workers)
        with session.stage("connect"):
            reached = [future.result() for future in under_way]
        again = order.compose(reached[0].live)
        if again.source.incidents != content.source.incidents:
            content, edition = again, _build(session, again.source, workers)
        proposal = _propose(session, order, content, edition, reached)
        if order.dry_run:
            return Published(proposal, edition.manifest.edition, (), session.timings)
        if proposal.changes and not approve(proposal):
            raise NotApproved(
                "Nobody approved the launch.",
                why="The confirmation was not typed as asked.",
                then="Run the same command again when you are ready.",
            )
        receipts = tuple(_deliver(session, order, content, edition, one) for one in reached)
        return Published(proposal, edition.manifest.edition, receipts, session.timings)


@contextmanager
def _interruptible() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt as error:
        raise Interrupted(
            "Stopped by hand.", then="Run the same command again to go on."
        ) from error


def _build(session: Session, source: Source, workers: Workers) -> Edition:
    with session.stage("build"):
        where = session.workspace
        return build_edition(source, where.builds, where.editions, workers)


def _propose(
    session: Session,
    order: Order,
    content: Content,
    edition: Edition,
    reached: list[Approached],
) -> Proposal:
    source, incident = content.source, content.incident
    with session.stage("inspect"):
        built = Built(
            root=edition.root,
            manifest=edition.manifest,
            incidents=source.incidents,
            settings=source.settings,
            routes=source.routes,
            unpublished=content.unpublished,
            standing=tuple(
                f"{page.title}\n{page.description}\n{page.body}" for page in source.pages
            ),
        )
        findings = (*content.findings, *inspect_edition(built))
    with session.stage("plan"):
        plans = tuple(make_plan(one.target.name, edition.manifest, one.live) for one in reached)
    slugs = incident.slugs if incident else {each.code: "" for each in source.languages}
    return Proposal(
        incident=incident,
        urls={
            code: source.routes.url(source.routes.page(code, slug))
            for code, slug in slugs.items()
        },
        plans=plans,
        findings=findings,
        public=any(target.public for target in order.targets),
        address=source.routes.base_url,
    )


def _deliver(
    session: Session, order: Order, content: Content, edition: Edition, one: Approached
) -> Receipt:
    """Push to one target, keep what is now said there, and prove that it can be read."""
    name = one.target.name
    plan = make_plan(name, edition.manifest, one.live)
    facts = {"purpose": order.purpose, "target": name, "edition": edition.manifest.edition}
    commit = Commit(
        manifest=edition.manifest,
        previous=one.live,
        incidents={each.name: each.updated.isoformat() for each in content.source.incidents},
        at=clock.now().isoformat(),
    )
    if plan.changes:
        order.keep(content.incident, None)
        session.record("push started", **facts)
    with session.stage("push", name):
        receipt = push_edition(edition.root, plan, one.host, commit, emit=session.emit)
    order.keep(content.incident, name)
    if plan.changes:
        session.record("live", **facts, put=receipt.put, size=receipt.size)
    with session.stage("verify", name), one.host.serving():
        seen = verify_live(_subject(content, edition.manifest, one, plan), emit=session.emit)
    session.record("verified", **facts, seconds=max(seen.values(), default=0.0))
    return receipt


def _subject(content: Content, manifest: Manifest, one: Approached, plan: Plan) -> Subject:
    """Return what to look at: every file put, or the lists where nothing changed."""
    entries = plan.of(Action.PUT) or tuple(
        entry for entry in manifest.entries.values() if entry.wave is Wave.LISTS
    )
    return Subject(
        target=one.target.name,
        routes=replace(content.source.routes, base_url=one.target.url),
        entries=entries,
        private_urls=one.host.private_urls(),
        headers=one.host.features.headers,
    )
