"""Inspects a built site: what it shows, and what of this workspace it must not show."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from sparetire.errors import ReleasesDamaged
from sparetire.flows.session import Session
from sparetire.flows.site import EXERCISE, NOTICES, SKELETON, Content
from sparetire.model.edition import Edition
from sparetire.model.finding import Finding
from sparetire.model.manifest import Manifest
from sparetire.rules.base import Built
from sparetire.rules.leaks import secrets_of
from sparetire.rules.ties import read_ties, ties, write_ties
from sparetire.stages.build.signature import program_signature
from sparetire.stages.build.source import Source
from sparetire.stages.inspect import inspect_edition
from sparetire.workspace.layout import Workspace
from sparetire.workspace.releases_index import ReleasesIndex, read_index
from sparetire.workspace.releases_unpublished import PART, unpublished_texts
from sparetire.workspace.rendered import Passed, open_rendered

__all__ = ["inspect_site"]


def inspect_site(
    session: Session,
    content: Content,
    edition: Edition,
    live: Callable[[], Iterable[str]] = tuple,
) -> tuple[Finding, ...]:
    """Return what the rules see in an edition, and remember what has passed them.

    Args:
        session: The run.
        content: What the edition is made of.
        edition: The built site.
        live: Gives the files that the public reads at present, as texts.

    Raises:
        FindingsRefused: At least one finding is an error.
    """
    source = content.source
    built = Built(
        bodies=edition.bodies,
        manifest=edition.manifest,
        incidents=source.incidents,
        settings=source.settings,
        routes=source.routes,
        unpublished=_unpublished(session.workspace, content.coming),
        standing=tuple(_standing(source)),
        released=lambda: _released(source),
        live=live,
        inspected=edition.inspected,
    )
    key, index = _criteria(built, edition), session.workspace.rendered
    with open_rendered(index) as rendered:
        known = rendered.passed(key)
    own = Manifest({path: edition.manifest.entries[path] for path in built.fresh})
    changed = own.beside(known.files)
    built = replace(built, passed=own.entries.keys() - changed, ties=read_ties(known.ties))
    findings = inspect_edition(built)
    with open_rendered(index) as rendered:
        if edition.share and not edition.inspected:
            rendered.mark_inspected(edition.share)
        elif changed:
            tied = {own.entries[path].sha256: one for path, one in ties(built)}
            passed = Passed(_without_findings(own, findings), write_ties(tied))
            rendered.keep_passed(key, passed)
    return findings


def _criteria(built: Built, edition: Edition) -> str:
    """Return the name of all that rules go by, which judge a file by itself, but its bytes."""
    settings, routes = built.settings, built.routes
    told = [program_signature(), settings.model_dump_json(), f"{settings.exercise}"]
    told += [repr(routes), edition.share]
    told += (" ".join(words) for words in secrets_of(built))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _without_findings(own: Manifest, findings: Sequence[Finding]) -> Manifest:
    """Return the files of which no rule has said anything: it must be said again each time."""
    places = [f"{finding.place}, " for finding in findings]
    return Manifest(
        {
            path: entry
            for path, entry in own.entries.items()
            if not any(place.startswith(f"{path}, ") for place in places)
        }
    )


def _standing(source: Source) -> Iterator[str]:
    for page in source.pages:
        yield f"{page.title}\n{page.description}\n{page.body}"


def _released(source: Source) -> Iterator[str]:
    """Yield the text of public press releases, which a draft may repeat; newest first."""
    for release in reversed(source.releases):
        for one in () if release.withdrawn else release.wordings.values():
            picture, contact = one.picture, one.contact
            told = [one.title, one.summary, one.body, one.boilerplate, one.place, *one.tags]
            told += [each.note for each in one.corrections]
            told += [picture.alt, picture.caption, picture.credit] if picture else []
            yield PART.join([*told, contact.name] if contact else told)


def _unpublished(workspace: Workspace, coming: frozenset[str]) -> dict[str, str]:
    """Return text that nobody outside has read: other scenarios, and press releases."""
    index = ReleasesIndex(frozenset(), {})
    with suppress(ReleasesDamaged):  # Then any release may be unpublished.
        index = read_index(workspace.releases, workspace.releases_index)
    found = dict(unpublished_texts(workspace.releases, index, coming))
    if workspace.scenarios.is_dir():
        for folder in workspace.scenarios.iterdir():
            if folder.name not in {SKELETON, NOTICES, EXERCISE}:
                for path in sorted(folder.rglob("*.md")):
                    found[path] = path.read_text("utf-8", errors="replace")
    return {str(path.relative_to(workspace.root)): text for path, text in found.items()}
