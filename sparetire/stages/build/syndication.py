"""The feeds and sitemaps of an edition, written beside Pelican's pages."""

from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import urlsplit

from sparetire.model.incident import Incident, Statement
from sparetire.model.language import Language
from sparetire.newsroom.channel import Channel, Item
from sparetire.newsroom.feeds import rss
from sparetire.stages.build.crawling import crawling
from sparetire.stages.build.document import PageDocument
from sparetire.stages.build.interface import headline
from sparetire.stages.build.moments import moment_in_words
from sparetire.stages.build.newsroom_shown import Shown
from sparetire.stages.build.source import Source
from sparetire.stages.markdown import to_html
from sparetire.stages.typography import typeset, typeset_html

__all__ = ["syndication"]


def syndication(
    source: Source, pages: list[PageDocument], words: dict[str, dict[str, Any]], shown: Shown
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file that machines read, but for the newsroom's own.

    Args:
        source: What the edition is made of.
        pages: Its public pages.
        words: The theme's interface words, by language code.
        shown: What the files say about the newsroom.
    """
    for language in source.languages:
        yield from _feeds(source, language, words[language.code])
    yield from crawling(source, pages, shown)


def _feeds(
    source: Source, language: Language, words: dict[str, Any]
) -> Iterator[tuple[str, bytes]]:
    code, routes = language.code, source.routes
    name = source.settings.say(source.settings.organisation.name, code)
    everything: list[Item] = []
    for incident in source.incidents:
        items = list(_items(source, incident, code, words))
        everything += items
        now = incident.shown(code)
        if now:
            feed = routes.feed(code, incident.slugs[code])
            page = routes.url(routes.page(code, incident.slugs[code]))
            channel = Channel(
                title=f"{name} : {now.title}",
                description=now.summary or words["gap"]["newer"],
                language=language.tag,
                address=routes.url(feed),
                page=page,
                author=name,
                hubs=source.settings.announce.hubs,
            )
            yield feed, rss(channel, items)
    feed, page = routes.feed(code), routes.url(routes.page(code, ""))
    channel = Channel(
        title=name,
        description=words["feeds"]["site"],
        language=language.tag,
        address=routes.url(feed),
        page=page,
        author=name,
        hubs=source.settings.announce.hubs,
    )
    yield feed, rss(channel, everything)


def _items(
    source: Source, incident: Incident, code: str, words: dict[str, Any]
) -> Iterator[Item]:
    """Yield an item a statement; one that was withdrawn keeps its id and loses its words.

    RSS has no way to take an item back: readers replace what they hold under the same id.
    """
    page = source.routes.url(source.routes.page(code, incident.slugs[code]))
    zone, called = source.settings.zone, words["statement"]
    root = source.routes.url("")
    for statement in incident.withdrawn:
        if code in statement.words:
            yield Item(
                id=_tag_uri(source, incident, f"{statement.number}/{code}"),
                title=called["withdrawal_name"],
                address=page,
                published=statement.published.astimezone(zone),
                summary=called["withdrawn"],
                html=f"<p>{escape(called['withdrawn'])}</p>",
                categories=(),
                updated=_notice_of(incident, statement).published.astimezone(zone),
                withdrawn=True,
            )
    for statement in incident.statements:
        if code in statement.words:
            html = to_html(
                statement.words[code].body, top=2, anchor=statement.anchor, root=root
            )
            right = [one for one in incident.statements if one.corrects == statement.number]
            for one in right:
                when = moment_in_words(one.published, code, zone)
                note = f'{escape(called["corrected"])} <a href="#{one.anchor}">{when}</a>'
                html = f"<p>{note}</p>\n{html}"
            html = typeset_html(html, code)
            title, summary = _told(source, incident, statement, code, words)
            yield Item(
                id=_tag_uri(source, incident, f"{statement.number}/{code}"),
                title=typeset(title, code),
                address=f"{page}#{statement.anchor}",
                published=statement.published.astimezone(zone),
                summary=typeset(summary, code),
                html=html.replace('href="#', f'href="{page}#'),
                categories=incident.keywords.get(code, ()),
                updated=_updated(statement, right, code).astimezone(zone),
            )


def _told(
    source: Source, incident: Incident, statement: Statement, code: str, words: dict[str, Any]
) -> tuple[str, str]:
    """Return the title and the summary of a statement; a corrected one repeats nothing wrong.

    Many readers show these two alone.
    """
    title = headline(incident, statement, code, words)
    summary = statement.words[code].summary
    right = [one for one in incident.statements if one.corrects == statement.number]
    if not right:
        return title, summary
    when = moment_in_words(right[-1].published, code, source.settings.zone)
    note = f"{words['statement']['corrected']} {when}."
    now = right[-1].words.get(code)
    if now is None:
        return title, note
    first = incident.opening(code) == statement.words[code]
    return (incident.title(code) or title) if first else title, f"{note} {now.summary}"


def _updated(statement: Statement, right: list[Statement], code: str) -> datetime:
    """Return when an item last changed: its text came later, or it was corrected."""
    later = statement.translated.get(code, statement.published)
    return max(later, *(one.published for one in right[-1:]), statement.published)


def _notice_of(incident: Incident, withdrawn: Statement) -> Statement:
    """Return the notice that took a statement back: its own, or that of all at once."""
    own = (one for one in incident.statements if one.corrects == withdrawn.number)
    return next(own, incident.statements[0])


def _tag_uri(source: Source, incident: Incident, tail: str) -> str:
    """Return an id (RFC 4151) that no new title, date or address changes."""
    authority = urlsplit(source.routes.base_url).hostname
    return f"tag:{authority},{incident.started:%Y-%m-%d}:{incident.name}/{tail}"
