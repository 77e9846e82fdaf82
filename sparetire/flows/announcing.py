"""Tells the world what is live: planned before the push, sent once the public sees it."""

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sparetire import clock
from sparetire.announce.notices import Change, notices_of
from sparetire.announce.outbox import Outbox
from sparetire.announce.sending import send
from sparetire.config.schema import Target
from sparetire.config.section import is_loopback
from sparetire.errors import ConfigurationFault, NotAnnounced
from sparetire.flows.approach import Approached
from sparetire.flows.made import Made
from sparetire.flows.session import Session
from sparetire.model.announcement import Notice, Standing
from sparetire.model.plan import Action, Plan

__all__ = ["Announcer", "refuse_silence"]

FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
PAGE = "text/html"
_HIDDEN = re.compile(rb"<meta[^>]*\bname=\"robots\"[^>]*\bnoindex\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Announcer:
    """Speaks for the primary target of one run; no other target's addresses are told.

    Attributes:
        primary: Its addresses are the ones that are told; those of a drill to its stubs alone.
        event: What the run does, in one word.
    """

    session: Session
    primary: Target
    event: str

    def proposed(self, made: Made, plans: Sequence[Plan]) -> tuple[Notice, ...]:
        """Return what would be told of the plan for the primary; nothing when it is absent."""
        for plan in plans:
            if plan.target == self.primary.name and plan.changes:
                change = self._change(made, plan)
                announce, environment = self.session.settings.announce, self.session.environment
                return notices_of(announce, change, environment)
        return ()

    def plan(self, notices: tuple[Notice, ...], edition: str, first: Approached) -> None:
        """Write down what is to be told, before anything public is written.

        Raises:
            LocalDiskFault: The disk will not take it.
        """
        outbox = self._outbox
        if first.target.name == self.primary.name and (notices or outbox.notices):
            outbox.plan(notices, edition, first.live.edition if first.live else "")

    def tell(self, session: Session, target: Target, edition: str) -> tuple[Notice, ...]:
        """Tell everybody who is still to be told, now that the public sees the edition.

        Raises:
            LocalDiskFault: The disk will not take what became of it.
        """
        outbox = self._outbox
        due = outbox.due(edition) if target.name == self.primary.name else ()
        if not due:
            return ()
        if session.settings.exercise:
            _refuse_reality(due, session.environment)
        with session.stage("announce"), ThreadPoolExecutor(len(due)) as pool:
            told = tuple(pool.map(lambda one: send(one, session.environment, outbox.keep), due))
        for one in told:
            session.record(
                "announced", receiver=one.name, edition=one.edition, standing=one.standing
            )
        return told

    @property
    def _outbox(self) -> Outbox:
        return Outbox(self.session.workspace.outbox)

    def _change(self, made: Made, plan: Plan) -> Change:
        settings, edition = self.session.settings, made.edition
        put = plan.of(Action.PUT)
        feeds = [each.path for each in put if each.content_type.startswith(FEEDS)]
        pages = [each for each in put if each.content_type.startswith(PAGE)]
        key = settings.announce.indexnow_key
        return Change(
            event=self.event,
            edition=edition.manifest.edition,
            base_url=made.routes.base_url,
            feeds=tuple(made.routes.url(path) for path in feeds),
            pages=tuple(
                made.routes.url(each.path)
                for each in pages
                if settings.exercise or _findable(edition.file(each))
            ),
            key_file=f"{key}.txt" in edition.manifest.entries,
            titles=made.titles,
            urls=made.urls,
            at=clock.now().isoformat(),
            organisation=settings.say(settings.organisation.name, settings.languages[0].code),
        )


def refuse_silence(notices: Sequence[Notice], urls: Sequence[str]) -> None:
    """Say so when somebody was not told.

    Raises:
        NotAnnounced: A receiver was not told, or may not have been.
    """
    untold = [one for one in notices if one.standing is not Standing.ACCEPTED]
    if not untold:
        return
    again = any(one.open for one in untold)
    raise NotAnnounced(
        f"{len(untold)} of {len(notices)} announcements did not arrive.",
        why=[f"{one.name}: {one.why}" for one in untold],
        public=f"Live and verified: {', '.join(urls)}",
        then="Run the same command again: it tells those only."
        if again
        else "Tell them by hand: they may have heard it, so they are not told a third time.",
    )


def _refuse_reality(due: Sequence[Notice], environment: Mapping[str, str]) -> None:
    """Refuse to tell anybody beyond this machine of a drill.

    Raises:
        ConfigurationFault: A receiver is elsewhere.
    """
    for one in due:
        if not is_loopback(environment.get(one.to, one.to)):
            raise ConfigurationFault(
                f"A drill may not tell {one.name} anything.",
                why="It does not listen on this machine.",
                then="Report this as a bug: a drill must never come this far.",
            )


def _findable(page: Path) -> bool:
    """Tell whether search engines may know a page: what hides itself is not announced."""
    return not _HIDDEN.search(page.read_bytes())
