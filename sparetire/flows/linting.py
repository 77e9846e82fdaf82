"""Lints press releases: every rule on each, with its place and its remedy."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from sparetire.disk import link_target
from sparetire.errors import ContentRefused, UsageFault
from sparetire.flows.session import Session
from sparetire.model.finding import Finding
from sparetire.model.outcome import Linted
from sparetire.model.release import Release
from sparetire.rules.releases.base import ReleaseDraft
from sparetire.rules.releases.catalogue import release_findings
from sparetire.rules.releases.parts import WIDE
from sparetire.workspace.releases import Shelf, read_shelf
from sparetire.workspace.releases_pictures import clean_picture, read_picture

__all__ = ["findings_of", "lint"]


def lint(session: Session, names: tuple[str, ...], now: datetime) -> Linted:
    """Return what the rules see in some releases, or in all that are not public as they are.

    Raises:
        UsageFault: There is no release of that name.
    """
    shelf = read_shelf(session.workspace.releases, session.settings)
    known = {release.name: release for release in shelf.releases}
    places = {problem.place.partition(".")[0] for problem in shelf.problems}
    for name in names:
        if name not in known and name not in places:
            raise UsageFault(
                f"There is no press release called {name!r}.",
                why=f"There are: {', '.join(sorted(known)) or 'none'}.",
                then="sparetire newsroom list shows them all.",
            )
    chosen = [known[name] for name in names if name in known]
    if not names:
        chosen = [each for each in shelf.releases if not each.publication or each.edited]
    findings = [
        problem
        for problem in shelf.problems
        if not names or problem.place.partition(".")[0] in names
    ]
    for release in chosen:
        findings += findings_of(session, release, shelf, now)
    return Linted(tuple(findings))


def findings_of(
    session: Session, release: Release, shelf: Shelf, now: datetime
) -> Iterator[Finding]:
    """Yield what the rules see in one release; an error must keep it from the public."""
    broken, narrow = _pictures(session.workspace.releases, release)
    draft = ReleaseDraft(
        release=release,
        settings=session.settings,
        now=now,
        others=tuple(each for each in shelf.releases if each.name != release.name),
        broken=broken,
        narrow=narrow,
        leads_out=_links(session.workspace.releases, release),
    )
    yield from release_findings(draft)


def _links(folder: Path, release: Release) -> dict[str, str]:
    """Return where the files of a release lead that are links out of their folder."""
    targets = {
        code: link_target(folder / f"{release.name}.{code}.md") for code in release.wordings
    }
    return {code: target for code, target in targets.items() if target}


def _pictures(folder: Path, release: Release) -> tuple[dict[str, str], dict[str, int]]:
    """Return which pictures cannot be published, and which are narrow."""
    broken: dict[str, str] = {}
    narrow: dict[str, int] = {}
    for name in _named(release):
        try:
            shot, _ = clean_picture(name, read_picture(folder, name))
        except ContentRefused as refusal:
            broken[name] = " ".join(refusal.why)
        else:
            if shot.width < WIDE:
                narrow[name] = shot.width
    return broken, narrow


def _named(release: Release) -> Iterable[str]:
    pictures = (wording.picture for wording in release.wordings.values())
    return dict.fromkeys(picture.file for picture in pictures if picture)
