"""What is published: as it is proposed to the person who approves it, and as it came out."""

from dataclasses import dataclass, field
from datetime import tzinfo

from sparetire.model.announcement import Notice
from sparetire.model.edition import Edition
from sparetire.model.finding import Finding
from sparetire.model.incident import SHEETS, Incident, Statement
from sparetire.model.plan import Plan
from sparetire.model.receipt import Receipt

__all__ = ["Draft", "Proposal", "PublicText", "Published", "new_texts"]


@dataclass(frozen=True, slots=True)
class PublicText:
    """One text that would become public.

    Attributes:
        code: Its language.
        part: The kind of a statement, or the name of what stands beside the statements.
        title: Its own, or nothing.
        body: Markdown.
    """

    code: str
    part: str
    title: str
    body: str


def new_texts(before: Incident | None, after: Incident) -> tuple[PublicText, ...]:
    """Return what readers would find in an incident that they do not find in it now."""
    said = {one.number: one.shown.words for one in before.statements} if before else {}
    beside = before.sheets if before else {}
    public, found = after.public, []
    for code in after.slugs:
        for one in public.statements:
            words = one.words.get(code)
            if words and words != said.get(one.number, {}).get(code):
                found.append(PublicText(code, str(one.kind), words.title, words.body))
        for name in SHEETS:
            body = public.sheets[name].body.get(code) if name in public.sheets else None
            old = beside[name].body.get(code) if name in beside else None
            if body and body != old:
                found.append(PublicText(code, name, "", body))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is about to happen, for the person who must approve it.

    Attributes:
        incident: What it is about, or None for the site as it stands.
        urls: The address of the page, by language code.
        plans: What would change, by target.
        findings: What the rules saw.
        address: The primary target's address.
        public: Whether anybody but this machine can read it.
        notices: Who would be told, once it is live.
        titles: What it is about, by language code.
        texts: Every text that would become public, in full.
        quoted: The statement that it corrects or takes back.
        zone: The zone in which times are told.
    """

    incident: Incident | None
    urls: dict[str, str]
    plans: tuple[Plan, ...]
    findings: tuple[Finding, ...]
    address: str
    public: bool
    notices: tuple[Notice, ...] = ()
    titles: dict[str, str] = field(default_factory=dict)
    texts: tuple[PublicText, ...] = ()
    quoted: Statement | None = None
    zone: tzinfo | None = None

    @property
    def changes(self) -> bool:
        """Whether anything is to be done at any target."""
        return any(plan.changes for plan in self.plans)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a dry run has built, and the pages of it to look at, by language code."""

    edition: Edition
    pages: dict[str, str]


@dataclass(frozen=True, slots=True)
class Published:
    """What has happened, or in a dry run would have.

    Attributes:
        proposal: What was approved.
        edition: The edition that is live now.
        receipts: What was done, a target each; empty after a dry run.
        timings: Seconds by stage.
        draft: After a dry run about an incident, what was built.
    """

    proposal: Proposal
    edition: str
    receipts: tuple[Receipt, ...]
    timings: dict[str, float] = field(default_factory=dict)
    draft: Draft | None = None

    @property
    def changed(self) -> bool:
        """Whether any target carries something else than before."""
        return any(receipt.changed for receipt in self.receipts)

    @property
    def verified(self) -> float | None:
        """Seconds until all was seen wherever somebody could look; None where nobody could."""
        seen = (one.verified for one in self.receipts if one.verified is not None)
        return max(seen, default=None)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Who was told, or in a dry run would be."""
        if not self.receipts:
            return self.proposal.notices
        return tuple(notice for receipt in self.receipts for notice in receipt.notices)
