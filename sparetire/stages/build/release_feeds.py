"""The newsroom's feeds and pictures, and what search engines are told about its pages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sparetire.model.media import content_type
from sparetire.model.release import Release
from sparetire.newsroom.channel import Archive, Channel, Item, Media, parted
from sparetire.newsroom.feeds import atom, rss
from sparetire.newsroom.json_feed import json_feed
from sparetire.stages.build.release_pages import Newsroom
from sparetire.stages.build.release_rows import SHOTS
from sparetire.stages.build.release_text import release_markdown, told_title
from sparetire.stages.build.source import Source
from sparetire.stages.markdown import to_html
from sparetire.stages.typography import typeset, typeset_html
from sparetire.workspace.releases_copies import public_picture

__all__ = ["newsroom_feeds", "newsroom_shots"]

Writer = Callable[[Channel, Sequence[Item]], bytes]
_FORMS: dict[str, Writer] = {"xml": rss, "atom": atom, "json": json_feed}
_ARCHIVED = ("xml", "atom")  # JSON Feed has no archives
_REPEATED = 10  # old items that a feed says again, because they changed


def newsroom_shots(source: Source) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every picture of a release that is public."""
    if source.shelf is None:
        return
    shots = {
        shot.file: shot
        for release in source.releases
        if release.publication and not release.withdrawn
        for shot in release.publication.pictures.values()
    }
    for name, shot in sorted(shots.items()):
        yield f"{SHOTS}/{name}", public_picture(source.shelf, shot)


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


def _current(newsroom: Newsroom) -> Iterator[tuple[str, bytes]]:
    archives, start = parted(newsroom.releases)
    old, new = newsroom.releases[:start], newsroom.releases[start:]
    items = _items(newsroom, (*_changed(old, new), *new))
    for form, write in _FORMS.items():
        channel = _channel(newsroom, "", form)
        if archives and form in _ARCHIVED:
            channel = replace(
                channel, archive=Archive(before=_url(newsroom, len(archives), form))
            )
        yield newsroom.here.feed(form=form), write(channel, items)


def _archives(newsroom: Newsroom) -> Iterator[tuple[str, bytes]]:
    """Yield the archives, one after the other: never all their words at once."""
    for number, part in enumerate(parted(newsroom.releases)[0], start=1):
        items = _items(newsroom, part)
        for form in _ARCHIVED:
            archive = Archive(
                current=_url(newsroom, 0, form),
                before=_url(newsroom, number - 1, form) if number > 1 else "",
            )
            path = newsroom.here.feed(archive=number, form=form)
            channel = _channel(newsroom, "", form).at(newsroom.source.routes.url(path))
            yield path, _FORMS[form](replace(channel, archive=archive), items)


def _category(newsroom: Newsroom, category: str) -> Iterator[tuple[str, bytes]]:
    chosen = [each for each in newsroom.releases if each.category == category]
    items = _items(newsroom, chosen[parted(chosen)[1] :])
    for form, write in _FORMS.items():
        path = newsroom.here.feed(category, form=form)
        yield path, write(_channel(newsroom, category, form), items)


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
    text = release_markdown(release, here, newsroom.language.tag)
    html = typeset_html(to_html(text, top=2, anchor="page"), code)
    summary = newsroom.words["withdrawn"] if release.withdrawn else wording.summary
    return Item(
        id=release.entry_id(code),
        title=typeset(told_title(release, here), code),
        address=url,
        published=release.published.astimezone(here.zone),
        updated=release.updated.astimezone(here.zone),
        summary=typeset(summary, code),
        html=html.replace('href="#', f'href="{url}#'),
        categories=()
        if release.withdrawn
        else (newsroom.category(release.category), *wording.tags),
        media=None if release.withdrawn else _media(source, release, code),
        withdrawn=release.withdrawn,
    )


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
