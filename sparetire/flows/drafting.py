"""Writes the files of a new press release, one a language, for its author to fill."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shlex import quote

from sparetire.disk import write_atomic
from sparetire.errors import UsageFault
from sparetire.flows.session import Session
from sparetire.model.moment import moment_from
from sparetire.model.outcome import Drafted
from sparetire.newsroom.drafts import Draft, draft_text
from sparetire.stages.fill.slugs import slugify
from sparetire.workspace.releases_ledger import ReleasesLedger

__all__ = ["Intent", "draft_release"]


@dataclass(frozen=True, slots=True)
class Intent:
    """What the author already knows.

    Attributes:
        titles: By language code, one for each language that the release will speak.
        name: The stem of the files, or nothing: then the first title makes it.
        random: 128 bits for the id.
    """

    titles: dict[str, str]
    category: str
    place: str
    publish_at: str
    name: str
    random: int


def draft_release(
    session: Session, intent: Intent, now: datetime, *, dry_run: bool = False
) -> Drafted:
    """Write the files and return them.

    Raises:
        UsageFault: The category, the time or the name cannot be used.
        LocalDiskFault: The disk will not take them.
    """
    folder, codes = (
        session.workspace.releases,
        [each.code for each in session.settings.languages],
    )
    first = next((intent.titles[code] for code in codes if intent.titles.get(code)), "")
    name = slugify(intent.name or first)
    _refuse_unusable(session, intent, name)
    paths = {code: folder / f"{name}.{code}.md" for code in codes if intent.titles.get(code)}
    _refuse_taken(name, paths)
    if not dry_run:
        identity = ReleasesLedger(folder).mint(intent.random, name, now)
        for code, path in paths.items():
            draft = Draft(
                id=identity,
                title=intent.titles[code],
                slug=slugify(intent.titles[code]),
                place=intent.place,
                category=intent.category,
                publish_at=intent.publish_at,
            )
            write_atomic(path, draft_text(draft, code))
    root = session.workspace.root
    files = tuple(path.relative_to(root).as_posix() for path in paths.values())
    return Drafted(name=name, files=files, dry_run=dry_run)


def _refuse_unusable(session: Session, intent: Intent, name: str) -> None:
    settings = session.settings
    if intent.category not in settings.newsroom.categories:
        raise UsageFault(
            f"There is no category {intent.category!r}.",
            why=f"There are: {', '.join(settings.newsroom.categories)}.",
            then="Take one of these, or add it to newsroom.categories in sparetire.toml.",
        )
    if not name:
        raise UsageFault(
            f"{intent.name or 'The title'} makes no file name.",
            why="A file name is made of the letters a to z, digits and hyphens.",
            then="Give one yourself: --name short-name",
        )
    if intent.publish_at:
        zone = settings.organisation.time_zone
        try:
            moment_from(intent.publish_at, zone)
        except ValueError as error:
            raise UsageFault(
                f"--publish-at {intent.publish_at!r} is no time.",
                why=f"{error}.",
                then='Write it like "2026-12-01 09:00", in your own time zone '
                f"({zone}), or with its offset: 2026-12-01T09:00-05:00",
            ) from error


def _refuse_taken(name: str, paths: dict[str, Path]) -> None:
    for path in paths.values():
        if path.exists():
            raise UsageFault(
                f"There is a release called {name!r} already.",
                why=f"{path} would be lost.",
                then=f"Edit that file, or choose another name: --name {quote(f'{name}-2')}",
            )
