"""The newsroom's feeds and pictures, and what search engines are told about its pages."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

from sparetire.model.media import content_type
from sparetire.model.release import Release
from sparetire.newsroom.channel import Archive, Channel, Item, Media, parted
from sparetire.newsroom.feeds import rss_and_atom, tombstone
from sparetire.newsroom.json_feed import json_feed
from sparetire.stages.build.moments import moment_in_words
from sparetire.stages.build.release_pages import Newsroom
from sparetire.stages.build.release_rows import SHOTS
from sparetire.stages.build.release_text import told_title
from sparetire.stages.build.source import Source
from sparetire.stages.typography import typeset, typeset_html
from sparetire.workspace.releases_copies import public_picture

__all__ = ["newsroom_feeds", "newsroom_shots"]

_ARCHIVED = ("xml", "atom")  # JSON Feed has no archives
_REPEATED = 10  # old items that a feed says again, because they changed


def newsroom_shots(source: Source) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every picture of a release that is public."""
    if source.shelf is None:
        return
    files = {
        file
        for release in source.releases
        if release.publication and not release.withdrawn
        for shot in release.publication.pictures.values()
        for file in shot.files
    }
    for file in sorted(files):
        yield f"{SHOTS}/{file}", public_picture(source.shelf, file)


def newsroom_feeds(newsroom: Newsroom) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every feed of one language.

    Everything has archives, so that a reader can have it all (RFC 5005). A category's feed
    holds its newest items only: the others are in those archives.
    """
    if not newsroom.releases:
        return
    yield from _current(newsroom)
    yield from _archives(newsroom)
    for category in newsroom.categories:
        yield from _category(newsroom, category)
    for release in newsroom.releases:
        if release.withdrawn:
            yield newsroom.here.tombstone(release), tombstone(_item(newsroom, release))


def _current(newsroom: Newsroom) -> Iterator[tuple[str, bytes]]:
    archives, start = parted(newsroom.releases)
    old, new = newsroom.releases[:start], newsroom.releases[start:]
    items = _items(newsroom, (*_changed(old, new), *new))
    before = {
        form: Archive(before=_url(newsroom, len(archives), form))
        for form in _ARCHIVED
        if archives
    }
    yield from _written(newsroom, "", items, before)


def _archives(newsroom: Newsroom) -> Iterator[tuple[str, bytes]]:
    """Yield the archives, one after the other: never all their words at once."""
    parts, _ = parted(newsroom.releases)
    for number, part in enumerate(parts, start=1):
        paths = [newsroom.here.feed(archive=number, form=form) for form in _ARCHIVED]
        channels = [
            replace(
                _channel(newsroom, "", form).at(newsroom.source.routes.url(path)),
                archive=_among(newsroom, number, len(parts), form),
            )
            for form, path in zip(_ARCHIVED, paths, strict=True)
        ]
        written = rss_and_atom((channels[0], channels[1]), _items(newsroom, part))
        yield from zip(paths, written, strict=True)


def _among(newsroom: Newsroom, number: int, last: int, form: str) -> Archive:
    """Return the place of an archive among all of them."""
    current = _url(newsroom, 0, form)
    if number > 1:
        return Archive(current, before=_url(newsroom, number - 1, form))
    return Archive(current, after=_url(newsroom, 2, form) if last > 1 else current)


def _category(newsroom: Newsroom, category: str) -> Iterator[tuple[str, bytes]]:
    chosen = [each for each in newsroom.releases if each.category == category]
    yield from _written(newsroom, category, _items(newsroom, chosen[parted(chosen)[1] :]), {})


def _written(
    newsroom: Newsroom, category: str, items: list[Item], archives: dict[str, Archive]
) -> Iterator[tuple[str, bytes]]:
    """Yield a feed that people subscribe to, in every format."""
    channels = {
        form: replace(_channel(newsroom, category, form), archive=archives.get(form, Archive()))
        for form in (*_ARCHIVED, "json")
    }
    written = rss_and_atom((channels["xml"], channels["atom"]), items)
    bodies = (*written, json_feed(channels["json"], items))
    for form, body in zip(channels, bodies, strict=True):
        yield newsroom.here.feed(category, form=form), body


def _changed(old: Sequence[Release], new: Sequence[Release]) -> list[Release]:
    """Return archived releases that changed since the feed's own began.

    Subscribers must hear it: an archive alone would not tell them (RFC 5005, section 4).
    """
    since = new[0].published
    changed = [one for one in old if since and one.updated and one.updated >= since]
    return sorted(changed, key=_by_change)[-_REPEATED:]


def _by_change(release: Release) -> tuple[str, str]:
    return release.updated.isoformat() if release.updated else "", release.id


def _items(newsroom: Newsroom, releases: Sequence[Release]) -> list[Item]:
    return [_item(newsroom, release) for release in releases]


def _channel(newsroom: Newsroom, category: str, form: str) -> Channel:
    source, code = newsroom.source, newsroom.language.code
    name = source.settings.say(source.settings.organisation.name, code)
    title = newsroom.words["title"]
    if category:
        title = f"{title}{newsroom.words['separator']}{newsroom.category(category)}"
    return Channel(
        title=typeset(f"{name} – {title}", code),
        description=typeset(newsroom.words["lead"], code),
        language=newsroom.language.tag,
        address=source.routes.url(newsroom.here.feed(category, form=form)),
        page=source.routes.url(newsroom.here.section(category)),
        author=name,
        hubs=source.settings.announce.hubs,
    )


def _url(newsroom: Newsroom, archive: int, form: str) -> str:
    return newsroom.source.routes.url(newsroom.here.feed(archive=archive, form=form))


def _item(newsroom: Newsroom, release: Release) -> Item:
    source, code, here = newsroom.source, newsroom.language.code, newsroom.here
    assert release.published is not None  # noqa: S101  only public releases are built
    assert release.updated is not None  # noqa: S101  as above
    wording, url = release.wordings[code], source.routes.url(here.release(release))
    summary = newsroom.words["withdrawn"] if release.withdrawn else wording.summary
    return Item(
        id=release.entry_id(code),
        title=typeset(told_title(release, here), code),
        address=url,
        published=release.published.astimezone(here.zone),
        updated=release.updated.astimezone(here.zone),
        summary=typeset(summary, code),
        html=_notes(newsroom, release)
        + newsroom.texts.html(release).replace('href="#', f'href="{url}#'),
        categories=()
        if release.withdrawn
        else (newsroom.category(release.category), *wording.tags),
        media=None if release.withdrawn else _media(source, release, code),
        withdrawn=release.withdrawn,
        tombstone=source.routes.url(here.tombstone(release)) if release.withdrawn else "",
    )


def _notes(newsroom: Newsroom, release: Release) -> str:
    """Return the dated notes on what was put right: no subscriber gets a silent change."""
    code, here, words = newsroom.language.code, newsroom.here, newsroom.words
    corrections = () if release.withdrawn else release.wordings[code].corrections
    notes = ""
    for each in corrections:
        when = moment_in_words(each.at, newsroom.language.tag, here.zone)
        label = escape(f"{words['corrections']}{words['separator']}{when}")
        notes += f"<p><strong>{label}</strong><br>{escape(each.note)}</p>\n"
    return typeset_html(notes, code)


def _media(source: Source, release: Release, code: str) -> Media | None:
    shot = release.publication.pictures.get(code) if release.publication else None
    picture = release.wordings[code].picture
    if shot is None or picture is None:
        return None
    path = f"{SHOTS}/{shot.file}"
    return Media(
        url=source.routes.url(path),
        type=content_type(path),
        size=shot.size,
        width=shot.width,
        height=shot.height,
        alt=picture.alt,
        caption=picture.caption,
        credit=picture.credit,
    )
