"""Inspects a built site: what it shows, and what of this workspace it must not show."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

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
from sparetire.workspace.releases import unpublished_files
from sparetire.workspace.releases_index import read_index
from sparetire.workspace.rendered import Passed, open_rendered

__all__ = ["inspect_site"]


def inspect_site(session: Session, content: Content, edition: Edition) -> tuple[Finding, ...]:
    """Return what the rules see in an edition, and remember what has passed them.

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
    """Yield what press releases have said: a draft may say some of it again."""
    for release in source.releases:
        for said in release.wordings.values():
            yield f"{said.title}\n{said.summary}\n{said.body}\n{said.boilerplate}"


def _unpublished(workspace: Workspace, coming: frozenset[str]) -> dict[str, str]:
    """Return the words that are nobody's yet: other scenarios, and press releases."""
    index = read_index(workspace.releases, workspace.releases_index)
    paths = [
        path
        for path in unpublished_files(workspace.releases, index)
        if path.name.partition(".")[0] not in coming
    ]
    if workspace.scenarios.is_dir():
        for folder in workspace.scenarios.iterdir():
            if folder.name not in {SKELETON, NOTICES, EXERCISE}:
                paths += sorted(folder.rglob("*.md"))
    return {
        str(path.relative_to(workspace.root)): path.read_text("utf-8", errors="replace")
        for path in paths
    }
