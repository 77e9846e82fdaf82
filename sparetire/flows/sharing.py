"""Makes the share kit of something that is public: never of anything that is not."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from sparetire import resources
from sparetire.disk import write_atomic
from sparetire.errors import UsageFault
from sparetire.flows.session import Session
from sparetire.flows.site import THEME, standing_site
from sparetire.flows.standing import heard_on
from sparetire.model.incident import Incident, State
from sparetire.model.release import Release
from sparetire.model.sharing import Sheet, Story
from sparetire.stages.build.interface import interface_words
from sparetire.stages.build.release_pages import Newsroom
from sparetire.stages.share_kit import banner, email, post
from sparetire.stages.typography import typeset
from sparetire.workspace.brand import Brand, read_brand
from sparetire.workspace.card import Card, draw_card
from sparetire.workspace.incidents import read_incidents
from sparetire.workspace.releases import public_releases
from sparetire.workspace.releases_ledger import ReleasesLedger

__all__ = ["share"]

_CARD_COLOURS = ("fill", "on-fill", "mark")


def share(session: Session, name: str, folder: Path, *, dry_run: bool) -> tuple[Sheet, ...]:
    """Write the kit of an incident or a release into a folder, and return its files.

    Raises:
        UsageFault: Nothing public has that name.
        LocalDiskFault: The folder cannot be written.
    """
    story = _story(session, name)
    brand = read_brand(session.settings, session.workspace.root)
    sheets = list(_texts(story, brand))
    if not dry_run:
        for sheet in sheets:
            write_atomic(folder / sheet.path, sheet.text)
    for code in story.titles:
        path = f"card.{code}.png"
        if not dry_run:
            write_atomic(folder / path, draw_card(_card(story, code, brand)))
        sheets.append(Sheet(path))
    return tuple(replace(sheet, path=f"{folder / sheet.path}") for sheet in sheets)


def _texts(story: Story, brand: Brand) -> Iterator[Sheet]:
    for code in story.titles:
        yield Sheet(f"post.{code}.txt", post(story, code))
        yield Sheet(f"email.{code}.txt", email(story, code))
    yield Sheet("banner.html", banner(story, brand.palette.light))


def _card(story: Story, code: str, brand: Brand) -> Card:
    address = urlsplit(story.urls[code])
    return Card(
        name=typeset(story.speakers[code], code),
        label=interface_words(resources.theme_folder(THEME), code)["official"],
        title=typeset(story.titles[code], code),
        address=address.hostname or "",
        colours={token: brand.palette.light[token] for token in _CARD_COLOURS},
    )


def _story(session: Session, name: str) -> Story:
    incidents, releases = _incidents(session), _releases(session)
    if name in incidents:
        return _of_incident(session, incidents[name])
    if name in releases:
        return _of_release(session, name, releases[name])
    known = ", ".join((*incidents, *releases)) or "nothing yet"
    raise UsageFault(
        f"Nothing public is called {name!r}.",
        why=f"A kit is made of what the public can read: {known}.",
        then="sparetire status and sparetire newsroom list show what is public.",
    )


def _incidents(session: Session) -> dict[str, Incident]:
    primary = session.settings.crisis.targets[0]
    return {
        one.name: one.public
        for one in read_incidents(session.workspace.incidents)
        if heard_on(one, primary, session.settings) and one.state is not State.WITHDRAWN
    }


def _releases(session: Session) -> dict[str, Release]:
    folder, settings = session.workspace.releases, session.settings
    minted = ReleasesLedger(folder).names()
    found = {}
    for target in settings.newsroom.targets[:1]:
        for one in public_releases(folder, settings, target):
            if not one.withdrawn:
                found[minted.get(one.id, one.id)] = one
    return found


def _of_incident(session: Session, incident: Incident) -> Story:
    site = standing_site(session, session.settings.crisis.targets[0])
    told = {
        code: words
        for code in (each.code for each in site.languages)
        if (words := incident.shown(code))
    }
    urls = {
        code: site.routes.url(site.routes.page(code, incident.slugs[code])) for code in told
    }
    titles = {code: words.title for code, words in told.items()}
    summaries = {code: words.summary for code, words in told.items()}
    return _spoken(session, Story(incident.name, titles, summaries, urls, {}))


def _of_release(session: Session, name: str, release: Release) -> Story:
    site = standing_site(session, session.settings.newsroom.targets[0])
    paths = Newsroom.of(site, site.languages[0]).paths
    wordings = release.wordings
    urls = {code: site.routes.url(paths[code].release(release)) for code in wordings}
    titles = {code: wording.title for code, wording in wordings.items()}
    summaries = {code: wording.summary for code, wording in wordings.items()}
    return _spoken(session, Story(name, titles, summaries, urls, {}))


def _spoken(session: Session, story: Story) -> Story:
    settings = session.settings
    media = next((one for one in settings.contacts if one.audience == "media"), None)
    reach = ", ".join(filter(None, (media.phone, media.email))) if media else ""
    speakers = {code: settings.say(settings.organisation.name, code) for code in story.titles}
    return replace(story, speakers=speakers, reach=reach)
