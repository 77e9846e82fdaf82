"""Every page of the crisis site as a document: homes, standing pages, incidents."""

from collections.abc import Callable, Iterator
from datetime import datetime
from html import escape
from typing import Any

from sparetire.model.incident import Incident, State
from sparetire.model.language import Language
from sparetire.model.routes import INDEX, relative_link
from sparetire.stages.build.cards import card_of, card_path
from sparetire.stages.build.document import PageDocument
from sparetire.stages.build.incident_facts import (
    incident_row,
    incident_rows,
    sheet_facts,
    spoken_rows,
    statement_facts,
)
from sparetire.stages.build.newsroom_shown import Shown
from sparetire.stages.build.source import Source
from sparetire.stages.build.structured import incident_data, organisation_data
from sparetire.stages.fill.skeleton import StandingPage
from sparetire.stages.typography import typeset_html

__all__ = ["both_languages", "language_pages"]

NOT_FOUND = "404.html"


def language_pages(
    source: Source, language: Language, bundle: dict[str, Any], shown: Shown
) -> Iterator[PageDocument]:
    """Yield every page of one language: its home, the standing pages, the incidents."""
    yield _home(source, language, bundle, shown)
    for page in source.pages_in(language.code):
        yield _standing(source, page, shown)
    for incident in source.incidents:
        yield _incident(source, language, incident, bundle)
        if language.code in incident.former_slugs:
            yield _former(source, incident, language.code, bundle["words"]["translated"])


def both_languages(source: Source, bundle: dict[str, Any]) -> Iterator[PageDocument]:
    """Yield the pages at the root: all languages with equal weight, and what was not found."""
    name, words = bundle["organisation"]["name"], bundle["words"]
    names = dict.fromkeys(
        source.settings.say(source.settings.organisation.name, language.code)
        for language in source.languages
    )
    if not source.routes.single:
        yield PageDocument(
            key="root",
            template="root",
            path=INDEX,
            title=" · ".join(names),
            description=f"{name}: {words['home']['title']}.",
            alternates={
                each.code: source.routes.page(each.code, "") for each in source.languages
            },
            x_default=INDEX,
            facts={
                "incidents_by_language": {
                    each.code: incident_rows(source, each.code) for each in source.languages
                }
            },
            lists=True,
            changed=_newest(source),
        )
    yield PageDocument(
        key="missing",
        template="404",
        path=NOT_FOUND,
        title=words["missing"]["title"],
        description=words["missing"]["lead"],
        noindex=True,
    )


def _home(
    source: Source, language: Language, bundle: dict[str, Any], shown: Shown
) -> PageDocument:
    routes, words = source.routes, bundle["words"]
    return PageDocument(
        key="home",
        template="home",
        path=routes.page(language.code, ""),
        title=words["home"]["title"],
        description=f"{bundle['organisation']['name']}: {_home_says(source, language, words)}",
        alternates={each.code: routes.page(each.code, "") for each in source.languages},
        x_default="" if routes.single else INDEX,
        structured=organisation_data(source.settings, language, routes),
        facts={
            "incidents": incident_rows(source, language.code),
            "releases": shown.newest.get(language.code, {"rows": [], "path": ""}),
        },
        lists=True,
        changed=_newest(source),
    )


def _home_says(source: Source, language: Language, words: dict[str, Any]) -> str:
    """Return what previews of a home say: what is going on, or what the site is for."""
    still_open = [one for one in source.incidents if one.state is State.OPEN]
    told = [title for one in reversed(still_open) if (title := one.title(language.code))]
    return " · ".join(told) or str(words["home"]["waiting_more"])


_SHOWN: dict[str, Callable[[Source, str, Shown], dict[str, Any]]] = {
    "statements": lambda source, code, _: {"incidents": spoken_rows(source, code)},
    "follow": lambda _, code, shown: {"newsroom_feeds": shown.feeds.get(code, [])},
}  # what the standing pages with these templates show of the rest of the site


def _standing(source: Source, page: StandingPage, shown: Shown) -> PageDocument:
    show = _SHOWN.get(page.template)
    return PageDocument(
        key=page.key,
        template=page.template,
        path=source.routes.page(page.code, page.slug),
        title=page.title,
        description=page.description,
        body=page.body,
        alternates={
            twin.code: source.routes.page(twin.code, twin.slug)
            for twin in source.pages
            if twin.key == page.key
        },
        facts=show(source, page.code, shown) if show else {},
        lists=show is not None,
        changed=_newest(source) if page.template == "statements" else None,
    )


def _incident(
    source: Source, language: Language, incident: Incident, bundle: dict[str, Any]
) -> PageDocument:
    code, routes = language.code, source.routes
    told = incident_row(source, incident, code)
    twins = {each.code: routes.page(each.code, incident.slugs[each.code])
             for each in source.languages}  # fmt: skip
    words = incident.shown(code)
    gone = incident.state is State.WITHDRAWN  # its title no longer goes round
    card = card_of(source, bundle, words.title) if words and not gone else None
    picture = card_path(card) if card else ""
    gap = bundle["words"]["gap"]
    return PageDocument(
        key=f"incident-{incident.name}",
        template="incident",
        path=told["path"],
        title=words.title if words else gap["title"],
        description=(words.summary or gap["newer"]) if words else gap["lead"],
        alternates={
            other: path for other, path in twins.items() if words and incident.title(other)
        },
        twins=twins,
        structured=incident_data(incident, source.settings, language, routes, picture)
        if words
        else "",
        facts={
            "incident": told,
            "statements": statement_facts(incident, code, bundle["words"]),
            "sheets": sheet_facts(incident, code),
        },
        changed=incident.changed_in(code),
        article=True,
        card=card,
    )


def _former(
    source: Source, incident: Incident, code: str, words: dict[str, str]
) -> PageDocument:
    """Return what stands where a page said that the text in this language would follow."""
    routes = source.routes
    here = routes.page(code, incident.former_slugs[code])
    there = relative_link(
        routes.public(here), routes.public(routes.page(code, incident.slugs[code]))
    )
    link = f'<a href="{there}">{escape(words["link"])}</a>'
    return PageDocument(
        key=f"former-{incident.name}",
        template="page",
        path=here,
        title=words["title"],
        description=words["lead"],
        content=typeset_html(f"<p>{escape(words['lead'])} {link}</p>", code),
        noindex=True,
    )


def _newest(source: Source) -> datetime | None:
    return max((incident.updated for incident in source.incidents), default=None)
