"""Landing: make, plan, approve, deliver, at every target that is reached."""

from concurrent.futures import Executor
from dataclasses import replace

from sparetire.errors import ContentRefused, NotApproved, SparetireError
from sparetire.flows.announcing import Announcer, refuse_silence
from sparetire.flows.approach import Approached, UnderWay, arrivals
from sparetire.flows.approving import require_approvals
from sparetire.flows.delivery import Milestones, deliver_everywhere
from sparetire.flows.ends import beside_others
from sparetire.flows.fetching import fetch_for_others
from sparetire.flows.made import Made
from sparetire.flows.order import Approve, Order
from sparetire.flows.session import Session
from sparetire.model.finding import Finding, Severity
from sparetire.model.incident import Incident, Statement
from sparetire.model.plan import Plan
from sparetire.model.published import Draft, Proposal, Published, new_texts
from sparetire.model.receipt import Receipt
from sparetire.stages.plan import make_plan, shrinks

__all__ = ["land"]


def land(
    session: Session, order: Order, approve: Approve, under_way: UnderWay, aside: Executor
) -> Published:
    """Bring those targets that can be reached to the edition that the order makes.

    Args:
        session: The run.
        order: What to publish.
        approve: Asks the person.
        under_way: The targets, on the way to them.
        aside: Does what the public does not wait for.

    Raises:
        NotApproved: The person said no.
        SparetireError: Any other end; its four parts say what the public sees.
    """
    announcer = Announcer(session, order.targets[0], order.purpose.split()[0])
    made = order.make(None)
    with session.stage("connect"):
        reached, absent = arrivals(under_way)
    made = order.make(reached[0]) or made
    assert made is not None  # noqa: S101  the second question is always answered
    with session.stage("plan"):
        made = _without_leftovers(session, order, made, reached)
        proposal = _propose(session, order, made, (reached, absent))
        proposal = replace(proposal, notices=announcer.proposed(made, proposal.plans))
    if order.dry_run:
        draft = Draft(made.edition, made.path) if made.incident else None
        name = made.edition.manifest.edition
        return Published(proposal, name, (), session.timings, draft)
    if proposal.changes:
        _require_consent(session, order, approve, made, proposal)
        fetch_for_others(reached[0], made.edition, proposal.plans)
        order.started(made)
        announcer.plan(proposal.notices, made.edition.manifest.edition, reached[0])
    milestones = Milestones(
        order.landed, lambda *told: aside.submit(_hand_over, *told), announcer.tell
    )
    receipts = _deliver(session, order, made, reached, milestones)
    if absent:
        raise _elsewhere(order, made, absent)
    published = Published(proposal, made.edition.manifest.edition, receipts, session.timings)
    refuse_silence(published.notices, list(made.urls.values()))
    return published


def _without_leftovers(
    session: Session, order: Order, made: Made, reached: list[Approached]
) -> Made:
    """Return the version with a notice at each older address of what is taken back."""
    for taken in order.takes_back(made):
        from sparetire.flows.old_addresses import with_notices  # noqa: PLC0415  rarely needed
        from sparetire.flows.other_places import still_elsewhere  # noqa: PLC0415  as above

        made = with_notices(made, reached, taken)
        left = still_elsewhere(session, made, reached, taken)
        made = replace(made, findings=(*made.findings, *left))
    return made


def _require_consent(
    session: Session, order: Order, approve: Approve, made: Made, proposal: Proposal
) -> None:
    """Refuse to go on without the signatures that are asked for, and a person's yes.

    Raises:
        NotApproved: A signature is missing, or the person said no.
    """
    for subject in order.subjects(made):
        require_approvals(session, subject, order.allowed.glass)
    if not approve(proposal):
        raise NotApproved(
            "Nobody approved it.",
            why="The confirmation was not typed as asked.",
            then="Run the same command again when you are ready.",
        )


def _deliver(
    session: Session,
    order: Order,
    made: Made,
    reached: list[Approached],
    milestones: Milestones,
) -> tuple[Receipt, ...]:
    """Deliver to every target that is reached; what outlives its page goes afterwards."""
    receipts = deliver_everywhere(session, order.purpose, made, reached, milestones)
    if order.clears:
        from sparetire.flows import clearing  # noqa: PLC0415  rarely needed

        clear = clearing.clear_rolled_back if made.goes_back else clearing.clear_pictures
        clear(session, order.purpose, made, reached)
    return receipts


def _hand_over(session: Session, made: Made, one: Approached, plan: Plan) -> None:
    """Leave for colleagues what was said; what that takes is loaded once it is public."""
    from sparetire.flows.handover import hand_over  # noqa: PLC0415

    hand_over(session, made, one, plan)


def _propose(
    session: Session,
    order: Order,
    made: Made,
    arrived: tuple[list[Approached], dict[str, SparetireError]],
) -> Proposal:
    reached, absent = arrived
    plans = []
    for one in reached:
        plans.append(make_plan(one.target.name, made.edition.manifest, one.live))
        if not order.allowed.shrink and shrinks(made.edition.manifest, one.live):
            raise ContentRefused(
                f"More than half of the pages would leave {one.target.name}.",
                why="A site that shrinks so much has usually lost its content by mistake.",
                then="Look with --dry-run; if it is meant, add --allow-shrink.",
            )
    missing = tuple(
        Finding("target-absent", Severity.WARNING, name, error.what, "The others are served.")
        for name, error in absent.items()
    )
    return Proposal(
        incident=made.incident,
        titles=made.titles,
        urls=made.urls,
        plans=tuple(plans),
        findings=(*order.findings, *made.findings, *missing),
        address=made.routes.base_url,
        public=any(target.public for target in order.targets),
        texts=new_texts(order.before, made.incident) if made.incident else (),
        quoted=_quoted(made.incident),
        zone=session.settings.zone,
    )


def _quoted(incident: Incident | None) -> Statement | None:
    """Return the statement that the newest one corrects."""
    number = incident.standing[-1].corrects if incident else None
    if incident is None or number is None:
        return None
    return next((one for one in incident.standing if one.number == number), None)


def _elsewhere(order: Order, made: Made, absent: dict[str, SparetireError]) -> SparetireError:
    """Return the error of a target that was left out, with where the public can read it now."""
    name, error = next(iter(absent.items()))
    served = [target for target in order.targets if target.name not in absent]
    lost = next(target for target in order.targets if target.name == name)
    primary = order.targets[0].name == name
    again = "Then run the same command again: it brings the missing target up to date."
    switch = f"Point the DNS name {lost.hostname} to {served[0].hostname}. " if primary else ""
    return beside_others(
        error,
        f"{error.what} The edition is live elsewhere.",
        public="Live and verified: "
        + ", ".join(made.url_at(target.url) for target in served)
        + f". {lost.url} shows what it showed before.",
        then=switch + again,
    )
