"""Holds press releases to the signatures that the workspace asks for, as statements are."""

import json
from dataclasses import asdict, replace

from sparetire.errors import NotApproved
from sparetire.flows.appointments import Choice
from sparetire.flows.approving import require_approvals
from sparetire.flows.session import Session
from sparetire.model.approval import Subject
from sparetire.model.release import Release
from sparetire.workspace.approvals import ApprovalStore

__all__ = ["signed"]


def signed(
    session: Session, choice: Choice, reason: str
) -> tuple[Choice, tuple[NotApproved, ...]]:
    """Return the choice without what is not signed, and an error for each of those.

    What still waits for its time is laid down too, so that it can be signed before.

    Raises:
        LocalDiskFault: The disk will not take what is laid down.
    """
    if not session.settings.crisis.approvals:
        return choice, ()
    store = ApprovalStore(session.workspace.approvals)
    for release in choice.waiting:
        store.keep(_subject(release))
    ready, missing = [], []
    for release in choice.releases:
        try:
            require_approvals(session, _subject(release), reason)
            ready.append(release)
        except NotApproved as error:
            missing.append(error)
    return replace(choice, releases=tuple(ready)), tuple(missing)


def _subject(release: Release) -> Subject:
    """Return what is signed: the words, and the time before which nobody may read them."""
    wordings = release.wordings
    facts = {
        "kind": "release",
        "number": release.due.isoformat() if release.due else "",
        "release": release.id,
        "category": release.category,
        "files": release.digests,
        "words": {code: asdict(wording) for code, wording in wordings.items()},
        "keywords": {code: wording.tags for code, wording in wordings.items()},
        "sheets": {"summary": {code: wording.summary for code, wording in wordings.items()}},
    }
    content = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True, default=str)
    return Subject(release.name, f"{content}\n")
