"""The press releases of a workspace: what their authors write, and what the public was given.

What goes public is copied aside, byte for byte, under the release's id. A site is built from
those copies alone, so that a file edited since, or a draft, cannot slip out with another run.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sparetire.config.schema import Settings
from sparetire.model.finding import Finding, Severity
from sparetire.model.release import Publication, Release
from sparetire.workspace.releases_copies import lay_aside, read_copy
from sparetire.workspace.releases_file import (
    LARGEST,
    ReleaseFile,
    UnreadableError,
    parse_release,
)
from sparetire.workspace.releases_ledger import ReleasesLedger
from sparetire.workspace.releases_pictures import picture_sizes

__all__ = [
    "Shelf",
    "make_public",
    "public_releases",
    "read_shelf",
]

_CORRECT = "Correct that line. sparetire newsroom new shows how a release is written."
_NAME = re.compile(r"(?P<name>[a-z0-9][a-z0-9-]*)\.(?P<code>[a-z]{2,3})\.md")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every release as its files are now.

    Attributes:
        releases: The readable ones, by name.
        problems: What is wrong with the others: errors, each with its place.
    """

    releases: tuple[Release, ...]
    problems: tuple[Finding, ...] = ()


def read_shelf(folder: Path, settings: Settings) -> Shelf:
    """Return the releases that a team has written, drafts among them.

    Raises:
        ConfigurationFault: The record of what became of them is damaged.
    """
    ledger = ReleasesLedger(folder)
    publications, minted = ledger.publications(), ledger.names()
    problems: list[Finding] = []
    releases: list[Release] = []
    written = _files(folder, settings, problems)
    for name, paths in written.items():
        files = _parsed(paths, settings, problems)
        if files and not any(problem.place in _places(folder, paths) for problem in problems):
            shown = _joined(name, files, publications)
            releases.append(replace(shown, originals=picture_sizes(folder, shown)))
    unread = written.keys() - {release.name for release in releases}
    clashes = list(_clashes(releases, minted, unread))
    problems += clashes
    lost = {problem.place for problem in clashes}
    return Shelf(tuple(one for one in releases if one.name not in lost), tuple(problems))


def public_releases(folder: Path, settings: Settings, target: str) -> tuple[Release, ...]:
    """Return what the public may read at a target, withdrawn ones too, oldest first.

    Raises:
        ConfigurationFault: A copy of what went public is missing or damaged.
    """
    found, zone = [], settings.organisation.time_zone
    for identity, publication in ReleasesLedger(folder).publications().items():
        if target not in publication.live_on:
            continue
        files = {
            code: read_copy(folder, (identity, code, digest), zone)
            for code, digest in publication.digests.items()
        }
        found.append(_joined(identity, files, {identity: publication}))
    return tuple(sorted(found, key=lambda each: (each.published, each.id)))


def make_public(
    folder: Path, releases: Sequence[Release], at: datetime, targets: Sequence[str]
) -> None:
    """Let the next run publish releases as their files are now.

    Copies come first, the record last: it never names a file that is not there.

    Raises:
        ContentRefused: A picture cannot be published.
        LocalDiskFault: The disk will not take a copy.
    """
    kept = [(release, lay_aside(folder, release)) for release in releases]
    ReleasesLedger(folder).published(kept, at, targets)


def _files(
    folder: Path, settings: Settings, problems: list[Finding]
) -> dict[str, dict[str, Path]]:
    """Return the files by release and language; what nobody would publish is a problem."""
    known = [language.code for language in settings.languages]
    found: dict[str, dict[str, Path]] = {}
    for path in sorted(folder.glob("*.md")):
        match = _NAME.fullmatch(path.name)
        if match and match["code"] in known:
            found.setdefault(match["name"], {})[match["code"]] = path
        elif path.stem.upper() != "README":
            problems.append(
                _problem(
                    "release-name",
                    path.name,
                    "The name says no language of this site."
                    if path.stem.rpartition(".")[2] not in known
                    else "The name holds a capital, a space, an accent or another sign.",
                    f"Name it like port-agrandi.{known[0]}.md: a to z, digits and hyphens.",
                )
            )
    order = known.index
    return {
        name: {code: paths[code] for code in sorted(paths, key=order)}
        for name, paths in found.items()
    }


def _parsed(
    paths: dict[str, Path], settings: Settings, problems: list[Finding]
) -> dict[str, ReleaseFile]:
    files = {}
    for code, path in paths.items():
        try:
            file = parse_release(_content(path), settings.organisation.time_zone)
        except UnreadableError as error:
            problems += [
                _problem("release-unreadable", path.name, told, _CORRECT)
                for told in error.problems
            ]
            continue
        if file.category not in settings.newsroom.categories:
            known = ", ".join(settings.newsroom.categories)
            problems.append(
                _problem(
                    "release-category",
                    path.name,
                    f"There is no category {file.category!r}.",
                    f"Take one of these, or add it to sparetire.toml: {known}.",
                )
            )
        files[code] = file
    problems += _disagreements(paths, files)
    return files


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableError([f"The file cannot be read: {error.strerror}."]) from error


def _disagreements(paths: dict[str, Path], files: dict[str, ReleaseFile]) -> Iterator[Finding]:
    """Find what the languages of one release say differently about the release itself."""
    if not files:
        return
    first, *others = files
    for code in others:
        for key, value in files[code].shared.items():
            if value != files[first].shared[key]:
                yield _problem(
                    "release-disagrees",
                    paths[code].name,
                    f"{key} is not what {paths[first].name} says.",
                    "Give both files the same value.",
                )


def _joined(
    name: str, files: dict[str, ReleaseFile], publications: dict[str, Publication]
) -> Release:
    first = next(iter(files.values()))
    return Release(
        id=first.id,
        name=name,
        category=first.category,
        status=first.status,
        wordings={code: file.wording for code, file in files.items()},
        digests={code: file.digest for code, file in files.items()},
        publish_at=first.publish_at,
        embargo=first.embargo,
        dated=first.dated,
        publication=publications.get(first.id),
    )


def _clashes(
    releases: list[Release], minted: dict[str, str], unread: Collection[str]
) -> Iterator[Finding]:
    """Find ids that two releases share, or that nobody minted here.

    Of two, the one for which it was minted keeps it, even while its files cannot be read: the
    other's files are a copy.
    """
    newest = {name: identity for identity, name in minted.items()}
    seen = {newest[name]: name for name in unread if name in newest}
    for release in sorted(releases, key=lambda one: minted.get(one.id) != one.name):
        if release.id in seen:
            yield _problem(
                "release-id-twice",
                release.name,
                f"It has the id of {seen[release.id]}: readers would see one of them only.",
                "Make it again with sparetire newsroom new, and move its text over.",
            )
        elif release.id not in minted:
            yield _problem(
                "release-id-unknown",
                release.name,
                "Its id was not made by this newsroom.",
                "Make it again with sparetire newsroom new, and move its text over.",
            )
        seen.setdefault(release.id, release.name)


def _places(folder: Path, paths: dict[str, Path]) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in paths.values()}


def _problem(rule: str, place: str, message: str, remedy: str) -> Finding:
    return Finding(rule, Severity.ERROR, place, message, remedy)
