"""When a release may be public, and what may still change once it is."""

from collections.abc import Iterator

from sparetire.rules.base import Sight
from sparetire.rules.releases.base import ReleaseDraft

__all__ = ["address_moved", "date_ahead", "embargo_first", "rewritten"]


def date_ahead(draft: ReleaseDraft) -> Iterator[Sight]:
    """A date that is still to come needs publish_at: a date alone holds nothing back.

    Severity: error. Source: our own practice.
    Fails: date = 2030-01-01T09:00:00-05:00 in either language
    Passes: publish_at = "2030-01-01 09:00"
    """
    dated = draft.release.dated
    if dated and dated > draft.now and draft.release.due is None:
        for _, file, _ in draft.texts():
            yield (
                f"{file}, date",
                f"The date {dated.isoformat()} is still to come.",
                'Write publish_at = "…" instead of date.',
            )


def embargo_first(draft: ReleaseDraft) -> Iterator[Sight]:
    """publish_at is not before the end of the embargo: the later of both counts.

    Severity: warning. Source: our own practice.
    Fails: publish_at = "2027-03-01 08:00" with embargo = "2027-03-01 09:00"
    Passes: both at 09:00
    """
    release = draft.release
    if release.publish_at and release.embargo:
        early = release.publish_at.instant < release.embargo.instant
        for _, file, _ in draft.texts():
            if early:
                yield (
                    f"{file}, publish_at",
                    (
                        f"{release.publish_at.typed} is before the embargo ends, "
                        f"{release.embargo.typed}: it will wait until then."
                    ),
                    "Give both the same time.",
                )


def rewritten(draft: ReleaseDraft) -> Iterator[Sight]:
    """What is public is not rewritten in silence: a change comes with a dated note.

    Severity: error. Source: RFC 4287, section 4.2.15; Google, publication dates.
    Fails: new words in a public release, and no new [[corrections]]
    Passes: [[corrections]] with at and note in the same file
    """
    release, publication = draft.release, draft.release.publication
    if publication is None or not release.edited:
        return
    for code, file, wording in draft.texts():
        changed = release.digests[code] != publication.digests.get(code)
        newest = max((each.at for each in wording.corrections), default=None)
        if changed and (newest is None or newest <= publication.updated):
            yield (
                file,
                "These words are public, and were changed without a note.",
                (
                    "Add [[corrections]] with at = … (later than "
                    f"{publication.updated.isoformat()}) and note = “what was put right”."
                ),
            )


def address_moved(draft: ReleaseDraft) -> Iterator[Sight]:
    """An address that was public stays: links to it are out there.

    Severity: warning. Source: W3C, Cool URIs don't change.
    Fails: another slug in a public release, in either language
    Passes: the slug it was published with
    """
    for code, file, wording in draft.texts():
        if wording.slug != draft.release.slug(code):
            yield (
                f"{file}, slug",
                f"It stays at {draft.release.slug(code)!r}.",
                f'Write slug = "{draft.release.slug(code)}" again.',
            )
