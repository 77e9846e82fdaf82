"""Moves in with an archive: every release of another newsroom becomes a file of this one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sparetire.config.schema import Settings
from sparetire.disk import write_atomic
from sparetire.errors import UsageFault
from sparetire.flows.session import Session
from sparetire.flows.twins import twins_among
from sparetire.model.intake import Imported
from sparetire.model.release import Release, Status
from sparetire.stages.archive.feed import pieces_of_feed
from sparetire.stages.archive.folder import pieces_of_folder
from sparetire.stages.archive.opening import without_dateline
from sparetire.stages.archive.piece import Piece
from sparetire.stages.fill.slugs import slugify
from sparetire.stages.foreign import is_address, read_foreign
from sparetire.workspace.releases import read_shelf
from sparetire.workspace.releases_file import LARGEST, release_text
from sparetire.workspace.releases_ledger import ReleasesLedger

__all__ = ["Move", "import_archive"]

LONGEST_TITLE = 300
SUMMARY = 155


@dataclass(frozen=True, slots=True)
class Move:
    """What is taken over, and as what.

    Attributes:
        where: An address or a file of a feed, or a folder of pages.
        language: The code of the language that all of it speaks.
        category: A key of ``newsroom.categories`` for all of it; left out, its own tags tell.
        place: Where those are dated from that do not say it themselves.
        ready: Whether it may go public with the next round; else it waits as drafts.
        random: Gives 128 bits that nobody can guess, for each id.
        dry_run: Write nothing.
    """

    where: str
    language: str
    category: str
    place: str
    ready: bool
    random: Callable[[], int]
    dry_run: bool


def import_archive(session: Session, move: Move, now: datetime) -> Imported:
    """Write a file for each release that is not here yet, and tell what stayed behind.

    Raises:
        UsageFault: The language or the category is not one of this site.
        ContentRefused: It is no feed, or too large.
        HostUnreachable: The address cannot be read.
    """
    _refuse_unknown(session, move)
    folder, root = session.workspace.releases, session.workspace.root
    ledger, dropped = ReleasesLedger(folder), list[str]()
    written, pairs = dict[str, None](), list[str]()
    pieces = _pieces(move.where)
    shelf = read_shelf(folder, session.settings)
    twins = twins_among(shelf.releases, pieces(), move.language)
    for piece in pieces():
        if isinstance(piece, str):
            dropped.append(piece)
            continue
        twin = twins.of(piece)
        name = twin.name if twin else _name(piece)
        known = twins.here(piece) or (not twin and any(folder.glob(f"{name}.*.md")))
        trouble = _trouble(piece, known=known and name not in written, twice=name in written)
        if not trouble and move.ready and piece.date and piece.date > now:
            trouble = f"left out: it is dated in the future ({piece.date:%Y-%m-%d})"
        dropped += [f"{piece.place}: {each}" for each in (*piece.dropped, trouble) if each]
        if trouble:
            continue
        path = folder / f"{name}.{move.language}.md"
        written[name] = None
        if twin:
            pairs.append(" = ".join((*_titles(twin), piece.title)))
        if not move.dry_run:
            identity = twin.id if twin else ledger.mint(move.random(), name, now)
            write_atomic(path, _file(piece, move, identity, twin, session.settings))
    files = [folder / f"{name}.{move.language}.md" for name in written]
    return Imported(
        source=move.where,
        files=tuple(path.relative_to(root).as_posix() for path in files),
        dropped=tuple(dropped),
        text="",
        dry_run=move.dry_run,
        pairs=tuple(pairs),
    )


def _titles(release: Release) -> Iterable[str]:
    return (wording.title for wording in release.wordings.values())


def _pieces(where: str) -> Callable[[], Iterable[Piece | str]]:
    """Return what gives the releases, one by one, as often as it is asked."""
    if not is_address(where) and Path(where).is_dir():
        return lambda: pieces_of_folder(Path(where))
    foreign = read_foreign(where)
    return lambda: pieces_of_feed(foreign, where)


def _name(piece: Piece) -> str:
    day = f"{piece.date:%Y-%m-%d}-" if piece.date else ""
    return f"{day}{slugify(piece.title)}".strip("-")


def _trouble(piece: Piece, *, known: bool, twice: bool) -> str:
    """Return why a release is left out, or nothing."""
    reasons = {
        "it has no title": not slugify(piece.title),
        f"its title has {len(piece.title)} characters": len(piece.title) > LONGEST_TITLE,
        "it has no text": not piece.body.strip(),
        f"its text holds more than {LARGEST // 2000} kB": len(piece.body.encode())
        > LARGEST // 2,
        "another one has its title and its date": twice,
        "it is here already": known,
    }
    return next((f"left out: {why}" for why, holds in reasons.items() if holds), "")


def _filed(piece: Piece, wished: str, settings: Settings) -> tuple[str, list[str]]:
    """Return its category, and as its keywords all tags but the one that says the category.

    Where none is wished for, the first tag that names one of ours does, in any language.
    """
    categories = settings.newsroom.categories
    ours = {
        slugify(name): key
        for key, names in categories.items()
        for name in (key, *names.values())
    }
    named = [ours[slug] for slug in map(slugify, piece.tags) if slug in ours]
    category = wished or next(iter((*named, *categories)))
    return category, [tag for tag in piece.tags if ours.get(slugify(tag)) != category]


def _file(
    piece: Piece, move: Move, identity: str, twin: Release | None, settings: Settings
) -> str:
    """Return the text of a file; what both languages must agree on comes from the first."""
    day = piece.date.astimezone(settings.zone).date() if piece.date else None
    category, tags = _filed(piece, twin.category if twin else move.category, settings)
    place, body = without_dateline(piece.body, day)
    values: dict[str, object] = {
        "id": identity,
        "title": piece.title,
        "summary": _summary(body),
        "slug": slugify(piece.title),
        "place": place or move.place,
        "category": category,
        "tags": tags,
        "status": str(twin.status if twin else Status.READY if move.ready else Status.DRAFT),
    }
    return release_text(values | ({"date": piece.date} if piece.date else {}), body)


def _summary(body: str) -> str:
    """Return the beginning of a text, ended where a word ends."""
    first = next((part for part in body.split("\n\n") if part[:1].isalpha()), "")
    words = " ".join(first.replace("\\", "").split())
    if len(words) <= SUMMARY:
        return words
    return f"{words[:SUMMARY].rpartition(' ')[0].rstrip(' ,;:')}…"


def _refuse_unknown(session: Session, move: Move) -> None:
    settings = session.settings
    codes = [each.code for each in settings.languages]
    if move.language not in codes:
        raise UsageFault(
            f"This site does not speak {move.language!r}.",
            why=f"Its languages are: {', '.join(codes)}.",
            then=f"Say which one the archive speaks: --language {codes[0]}",
        )
    if move.category and move.category not in settings.newsroom.categories:
        raise UsageFault(
            f"There is no category {move.category!r}.",
            why=f"There are: {', '.join(settings.newsroom.categories)}.",
            then="Take one of these, or add it to newsroom.categories in sparetire.toml.",
        )
