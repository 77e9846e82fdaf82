"""What a withdrawal or a correction takes back, and what older addresses say instead."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape

from sparetire.config.schema import Settings
from sparetire.flows.made import Made
from sparetire.model.incident import Incident, Kind
from sparetire.model.release import Release
from sparetire.model.taken_back import AddressNotice, TakenBack
from sparetire.stages.build.interface import interface_words
from sparetire.stages.build.moments import moment_in_words
from sparetire.stages.build.release_pages import Newsroom
from sparetire.stages.build.release_rows import SHOTS
from sparetire.stages.build.source import Source
from sparetire.stages.markdown import to_html
from sparetire.stages.typography import typeset, typeset_html
from sparetire.workspace.attachments import paths_of

__all__ = ["of_incident", "of_releases"]

_FORMS = ("xml", "atom", "json")


def of_incident(site: Source, before: Incident, made: Made) -> Iterator[TakenBack]:
    """Yield what an incident said before, which its page alone may go on to show.

    Args:
        site: What the version is made of.
        before: The incident as it was, with all that was ever said.
        made: The new version.
    """
    after = made.incident
    if after is None:
        return
    routes = made.routes
    texts = [each.title for one in before.statements for each in one.words.values()]
    for statement in before.statements:
        texts += [
            part for each in statement.words.values() for part in (each.body, each.summary)
        ]
    texts += [body for sheet in before.sheets.values() for body in sheet.body.values()]
    yield TakenBack(
        texts=tuple(texts),
        names=frozenset([before.name, *before.slugs.values(), *before.former_slugs.values()]),
        files=frozenset(paths_of(before)),
        notices={
            code: _of_statement(site, after, code, url) for code, url in made.urls.items()
        },
        feeds={(code, "xml"): routes.feed(code, slug) for code, slug in after.slugs.items()},
    )


def of_releases(
    site: Source, known: Sequence[Release], releases: Sequence[Release]
) -> Iterator[TakenBack]:
    """Yield what releases said that are withdrawn, or public with another text.

    Args:
        site: What the version is made of.
        known: What was public before.
        releases: The releases that a run is about, as the public will have them.
    """
    newsrooms = {one.code: Newsroom.of(site, one) for one in site.languages}
    for release in releases:
        before = [one for one in known if one.id == release.id]
        for one in before:
            yield TakenBack(
                texts=tuple(_texts(one)),
                names=frozenset(one.slug(code) for code in one.wordings),
                files=frozenset(_pictures(one)),
                notices={
                    code: _of_release(site, newsrooms[code], release)
                    for code in release.wordings
                },
                feeds={
                    (code, form): newsroom.here.feed(form=form)
                    for code, newsroom in newsrooms.items()
                    for form in _FORMS
                },
            )


def _pictures(release: Release) -> Iterator[str]:
    shots = release.publication.pictures.values() if release.publication else ()
    return (f"{SHOTS}/{file}" for shot in shots for file in shot.files)


def _texts(release: Release) -> Iterator[str]:
    for one in release.wordings.values():
        yield from (one.title, one.summary, one.body)


def _of_statement(site: Source, incident: Incident, code: str, url: str) -> AddressNotice:
    newest = incident.standing[-1]
    if newest.kind is not Kind.WITHDRAWAL or code not in newest.words:
        return _moved(site, code, url)
    said = newest.words[code]
    html = to_html(said.body, top=2, anchor="notice", root=site.routes.url(""))
    dated = _dated(site.settings, newest.published, code)
    tag, link = _spoken(site, code)
    return AddressNotice(
        tag, typeset(said.title, code), dated + typeset_html(html, code), url, link
    )


def _of_release(site: Source, newsroom: Newsroom, release: Release) -> AddressNotice:
    code = newsroom.language.code
    url = site.routes.url(newsroom.here.release(release))
    publication = release.publication
    if publication is None or publication.withdrawn is None:
        return _moved(site, code, url)
    words = interface_words(site.theme, code)["newsroom"]
    told = publication.notice.get(code) or words["withdrawn"]
    html = f"{_dated(site.settings, publication.withdrawn, code)}<p>{escape(told)}</p>"
    tag, link = _spoken(site, code)
    return AddressNotice(tag, words["withdrawn_title"], typeset_html(html, code), url, link)


def _moved(site: Source, code: str, url: str) -> AddressNotice:
    words = interface_words(site.theme, code)["moved"]
    tag, link = _spoken(site, code)
    return AddressNotice(tag, words["title"], f"<p>{escape(words['lead'])}</p>", url, link)


def _dated(settings: Settings, at: datetime, code: str) -> str:
    return f"<p>{escape(moment_in_words(at, code, settings.zone))}</p>\n"


def _spoken(site: Source, code: str) -> tuple[str, str]:
    """Return a language's tag, and what a link to the present page says in it."""
    tag = next(each.tag for each in site.languages if each.code == code)
    return tag, str(interface_words(site.theme, code)["moved"]["link"])
