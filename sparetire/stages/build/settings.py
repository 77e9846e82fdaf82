"""How Pelican is set for our sites: our own pages, one theme, nothing else."""

from collections.abc import Callable, Iterator
from datetime import tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from sparetire.model.routes import PageUrls, Routes
from sparetire.stages.build.links import Links
from sparetire.stages.build.moments import day_in_words, endonym, moment_in_words, published_in
from sparetire.stages.build.packing import DOCUMENTS, unpacked
from sparetire.stages.build.templates import CompiledTemplates
from sparetire.stages.typography import typeset

__all__ = ["filters_in", "pelican_settings"]

# Every page of ours comes from our own generator, and feeds are ours.
OFF = [
    *(f"{kind}_{form}" for kind in ("ARTICLE", "ARTICLE_LANG") for form in ("SAVE_AS", "URL")),
    *(f"{kind}_SAVE_AS" for kind in ("DRAFT", "DRAFT_LANG", "DRAFT_PAGE", "DRAFT_PAGE_LANG")),
    *(f"{kind}_SAVE_AS" for kind in ("AUTHOR", "CATEGORY", "TAG")),
    *(f"{span}_ARCHIVE_SAVE_AS" for span in ("YEAR", "MONTH", "DAY")),
    *(
        f"{kind}_{form}"
        for kind in ("FEED", "FEED_ALL", "CATEGORY_FEED", "AUTHOR_FEED", "TAG_FEED")
        for form in ("ATOM", "RSS")
    ),
    *(f"TRANSLATION_FEED_{form}" for form in ("ATOM", "RSS")),
]


def pelican_settings(run: dict[str, Any], templates: CompiledTemplates) -> dict[str, Any]:
    """Return Pelican's settings for one run of a job."""
    zone = ZoneInfo(run["zone"])
    speaks = run["sites"][run["speaks"]]
    routes = Routes(run["base_url"], PageUrls(run["page_urls"]), single=len(run["sites"]) == 1)
    return {
        **dict.fromkeys(OFF, ""),
        "PATH": run["content"],
        "OUTPUT_PATH": run["output"],
        "BODIES": run["bodies"],
        "THEME": run["theme"],
        "THEME_TEMPLATES_OVERRIDES": [run["own_templates"]] if run["own_templates"] else [],
        "THEME_STATIC_PATHS": [],
        "STATIC_PATHS": [],
        "PAGE_PATHS": [],  # documents lie in one file, which our own generator reads
        "DOCUMENTS": unpacked((Path(run["content"]) / DOCUMENTS).read_bytes()),
        "ARTICLE_PATHS": [],
        "DIRECT_TEMPLATES": [],
        "SITEURL": "",
        "SITENAME": speaks["organisation"]["name"],
        "TIMEZONE": run["zone"],
        "DEFAULT_LANG": speaks["lang"]["code"],
        "PLUGINS": [],
        "READERS": {"rst": None, "html": None, "htm": None},
        "JINJA_ENVIRONMENT": templates.options,
        "JINJA_FILTERS": filters_in(zone),
        "JINJA_GLOBALS": _globals(run, routes),
    }


def filters_in(zone: tzinfo) -> dict[str, Callable[..., Any]]:
    """Return the theme's filters, which tell instants as the clocks of a zone show them."""
    return {
        "typeset": typeset,
        "moment": lambda moment, tag: moment_in_words(moment, tag, zone),
        "day": lambda moment, tag: day_in_words(moment.astimezone(zone), tag),
        "published_in": lambda later, first, words, tag: published_in(
            later.astimezone(zone), first.astimezone(zone), words, tag
        ),
        "iso": lambda moment: moment.astimezone(zone).isoformat(),
    }


def _globals(run: dict[str, Any], routes: Routes) -> dict[str, Any]:
    sites = run["sites"]
    for site in sites:
        site["lang"]["name"] = endonym(site["lang"]["tag"])
    links = Links(routes, _common(sites, run["assets"]))
    return {
        "site": sites[run["speaks"]],
        "sites": sites,
        "assets": run["assets"],
        "tokens": run["tokens"],
        "css": Markup(run["css"]),  # noqa: S704  ours: the theme's rules and hex colours
        "csp": run["csp"],
        "links": links,
        "url": routes.url,
    }


def _common(sites: list[dict[str, Any]], assets: dict[str, Any]) -> Iterator[str]:
    """Yield what every page leads to."""
    for site in sites:
        yield from (site["home"], site["feed"])
        for page in site["pages"]:
            yield from (page[kind] for kind in ("path", "feed") if kind in page)
    yield from (assets["tab"], assets["icon"], assets["touch"])
    if assets["logo"]:
        yield assets["logo"]["path"]
