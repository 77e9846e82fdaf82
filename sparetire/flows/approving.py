"""Approving: who must sign what before it is public, and whether they have."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from sparetire import clock
from sparetire.errors import NotApproved, UsageFault
from sparetire.flows.session import Session
from sparetire.model.approval import Approval, Subject
from sparetire.workspace.approvals import ApprovalStore
from sparetire.workspace.keys import open_key, signature_holds

if TYPE_CHECKING:
    from sparetire.workspace.scenarios import Scenario

__all__ = [
    "Signing",
    "Verdict",
    "approve_waiting",
    "require_approvals",
    "scenario_subject",
    "verdicts",
    "waiting",
]

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")  # never a path


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, and with which key."""

    role: str
    key: Path | None
    passphrase: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a signature counts: ``wrong`` is empty, or says why it does not."""

    approval: Approval
    wrong: str


def waiting(session: Session, name: str) -> Subject:
    """Return what waits to be approved under a name.

    Raises:
        UsageFault: Nothing does.
    """
    store = ApprovalStore(session.workspace.approvals)
    subject = store.waiting(name) if _NAME.fullmatch(name) else None
    if subject is None:
        raise UsageFault(
            f"Nothing waits to be approved under the name {name!r}.",
            why="The command that publishes it lays the words down for approval.",
            then="Run that command first, such as sparetire launch or sparetire update.",
        )
    return subject


def scenario_subject(session: Session, scenario: "Scenario") -> Subject:
    """Return a scenario's texts with their blanks, to be signed in peace time.

    A signature counts until the texts are due for review.
    """
    facts = {"texts": scenario.texts, "outline": scenario.outline.model_dump(mode="json")}
    content = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)
    last = datetime.combine(scenario.outline.review_by, time.max, session.settings.zone)
    return Subject(
        name=f"scenario.{scenario.name}",
        content=f"{content}\n",
        until=last.astimezone(UTC).replace(microsecond=0),
    )


def approve_waiting(session: Session, subject: Subject, signing: Signing) -> Approval:
    """Sign exact bytes in a role, and keep the signature.

    Raises:
        UsageFault: The role or the key is not one of sparetire.toml.
        ConfigurationFault: The key cannot be opened.
    """
    settings = session.settings
    signer = open_key(signing.key, signing.role, signing.passphrase)
    named = {(one.role, one.key) for one in settings.approvers}
    if (signing.role, signer.public) not in named:
        roles = ", ".join(sorted({one.role for one in settings.approvers})) or "none"
        raise UsageFault(
            f"This key may not sign as {signing.role!r}.",
            why=f"sparetire.toml names these roles under [[approvers]]: {roles}. "
            f"This key is {signer.public}",
            then="Use the key of that role, or add it under [[approvers]].",
        )
    now = clock.now()
    until = subject.until or now + timedelta(hours=settings.crisis.approval_hours)
    unsigned = Approval(subject.digest, signing.role, signer.public, now, until)
    approval = replace(unsigned, signature=signer.sign(unsigned.message))
    ApprovalStore(session.workspace.approvals).sign(subject.name, approval)
    facts = {"name": subject.name, "role": approval.role, "digest": subject.digest}
    session.record("approved", purpose=f"approve {subject.name}", **facts)
    return approval


def verdicts(session: Session, subject: Subject) -> Iterator[Verdict]:
    """Yield every signature kept under a subject's name, and whether it counts here."""
    named = {(one.role, one.key) for one in session.settings.approvers}
    now = clock.now()
    for approval in ApprovalStore(session.workspace.approvals).approvals(subject.name):
        if not signature_holds(approval.key, approval.message, approval.signature):
            wrong = "the signature is not that key's, over these bytes"
        elif (approval.role, approval.key) not in named:
            wrong = "the key is not named under [[approvers]] for that role"
        elif approval.digest != subject.digest:
            wrong = "it is for other words"
        elif not approval.at <= now <= approval.until:
            wrong = f"it expired at {approval.until.isoformat()}"
        else:
            wrong = ""
        yield Verdict(approval, wrong)


def require_approvals(session: Session, subject: Subject, reason: str) -> None:
    """Refuse to go on until enough roles have signed these very bytes.

    Args:
        session: The run.
        subject: What is about to be public.
        reason: Why somebody breaks the glass; nothing where nobody does.

    Raises:
        NotApproved: Signatures are missing; the words are laid down for whoever must sign.
    """
    needed = session.settings.crisis.approvals
    if not needed:
        return
    found = [
        *verdicts(session, subject),
        *(verdicts(session, subject.template) if subject.template else ()),
    ]
    roles = sorted({one.approval.role for one in found if not one.wrong})
    facts = {"name": subject.name, "digest": subject.digest, "roles": roles}
    if len(roles) >= needed:
        return
    if reason:
        session.record(
            "glass broken", purpose=f"approve {subject.name}", reason=reason, **facts
        )
        return
    path = ApprovalStore(session.workspace.approvals).keep(subject)
    session.record("approval asked", purpose=f"approve {subject.name}", **facts)
    others = sorted({one.role for one in session.settings.approvers} - set(roles))
    void = [
        f"The approval of {one.approval.role} does not count: {one.wrong}."
        for one in found
        if one.wrong
    ]
    raise NotApproved(
        f"{len(roles)} of {needed} approvals are there for {subject.name}.",
        why=[*void, f"What must be signed is in {path.relative_to(session.workspace.root)}."],
        then=f"sparetire approve {quote(subject.name)} --as {quote(others[0])}, then run the "
        'same command again. In an emergency: --break-glass "reason".',
    )
