"""A built site in both languages that every rule accepts, to be spoilt one file at a time."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sparetire.config.schema import Settings
from sparetire.model.edition import body_path
from sparetire.model.finding import Finding
from sparetire.model.incident import Incident
from sparetire.model.manifest import Entry, Manifest, Wave
from sparetire.model.routes import PageUrls, Routes
from sparetire.rules.base import Built
from sparetire.rules.catalogue import BUILT_RULES
from tests.support.draft import BODIES, WORDS, incident

__all__ = [
    "BASE",
    "INCIDENT_PAGES",
    "built",
    "built_findings",
    "clean_site",
    "declared_gap",
    "settings",
]

BASE = "https://info.boreal.example"
INCIDENT_PAGES = {
    "fr": "fr/deversement-riviere/index.html",
    "en": "en/oil-spill-river/index.html",
}
_HOMES = {"fr": "fr/index.html", "en": "en/index.html"}
_LOCALES = {"fr": "fr-CA", "en": "en-CA"}


def clean_site() -> dict[str, str]:
    """Return the files of the clean site, by path."""
    return {
        "index.html": _page(
            "index.html", "Boréal – Boreal", "fr", _HOMES, '<a href="fr/">FR</a>'
        ),
        "404.html": _not_found(),
        **{path: _home(code) for code, path in _HOMES.items()},
        **{path: _incident(code) for code, path in INCIDENT_PAGES.items()},
        **{f"{code}/feed.xml": _feed(code) for code in _HOMES},
        "robots.txt": f"User-agent: *\nDisallow:\nSitemap: {BASE}/sitemap.xml\n",
        "sitemap.xml": _site_map(),
        "assets/site.0a1b2c3d.css": "body { background: url('logo.0a1b2c3d.svg') }",
        "assets/logo.0a1b2c3d.svg": '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    }


def settings(**changes: object) -> Settings:
    """Return valid settings, with whole tables replaced."""
    tables = {
        "organisation": {
            "languages": ["fr-CA", "en-CA"],
            "time_zone": "America/Toronto",
            "name": {"fr": "Minéraux Boréal", "en": "Boreal Minerals"},
            "main_site": "https://www.boreal.example",
            "boilerplate": {"fr": "À propos de Boréal.", "en": "About Boreal."},
        },
        "contacts": [
            {"audience": "media", "phone": "+1 418 555-0142", "review_by": "2027-03-01"},
        ],
        "targets": {"local": {"host": "directory", "path": "site", "url": BASE}},
        "crisis": {"targets": ["local"]},
    }
    return Settings.model_validate(tables | changes)


def built(root: Path, files: Mapping[str, str], **changes: Any) -> Built:
    """Write the files and return the site; ``changes`` replace parts of `Built`."""
    entries = {}
    for path, text in files.items():
        digest = hashlib.sha256(text.encode()).hexdigest()
        place = body_path(root, digest)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
        entries[path] = Entry(path, digest, len(text.encode()), "text/html", "", Wave.PAGES)
    site = Built(
        bodies=root,
        manifest=Manifest(entries),
        incidents=(incident(),),
        settings=settings(),
        routes=Routes(BASE, PageUrls.FOLDER),
        unpublished={},
    )
    return replace(site, **changes)


def built_findings(rule: str, site: Built) -> list[Finding]:
    """Return what one rule of the catalogue sees."""
    (found,) = (candidate for candidate in BUILT_RULES if candidate.id == rule)
    return list(found.findings(site))


def declared_gap() -> Incident:
    """Return an incident told in French only."""
    clean = incident()
    statement = replace(clean.statements[0], words={"fr": WORDS["fr"]})
    return replace(clean, statements=(statement,))


def _url(path: str) -> str:
    return f"{BASE}/{path.removesuffix('index.html')}"


def _page(path: str, title: str, code: str, others: Mapping[str, str], main: str) -> str:
    default = "index.html" if others is _HOMES else others["fr"]
    alternates = "\n".join(
        f'<link rel="alternate" hreflang="{tag}" href="{_url(other)}">'
        for tag, other in (
            *((_LOCALES[other], there) for other, there in others.items()),
            ("x-default", default),
        )
    )
    up = "../" * path.count("/")
    return f"""<!doctype html>
<html lang="{_LOCALES[code]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{title}.">
<link rel="canonical" href="{_url(path)}">
{alternates}
<link rel="stylesheet" href="{up}assets/site.0a1b2c3d.css">
<meta property="og:title" content="{title}">
<meta property="og:url" content="{_url(path)}">
<meta property="og:type" content="website">
<meta property="og:site_name" content="Boréal">
<meta property="og:locale" content="{_LOCALES[code].replace("-", "_")}">
</head>
<body>
<a href="#main">Contenu</a> <img src="{up}assets/logo.0a1b2c3d.svg" alt="Boréal">
<main id="main"><h1>{title}</h1>
{main}
</main>
<p><a href="https://www.boreal.example">boreal.example</a>
<a href="tel:+14185550142">418</a></p>
</body>
</html>
"""


def _home(code: str) -> str:
    slug = INCIDENT_PAGES[code].split("/")[1]
    title = {"fr": "Minéraux Boréal", "en": "Boreal Minerals"}[code]
    main = f'<h2><a href="{slug}/#s1">{WORDS[code].title}</a></h2><a href="feed.xml">RSS</a>'
    return _page(_HOMES[code], title, code, _HOMES, main)


def _incident(code: str) -> str:
    facts = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "coverageStartTime": "2026-11-23T09:00:00-05:00",
        "liveBlogUpdate": [{"datePublished": "2026-11-23T14:00:00Z"}],
    }
    main = (
        f'<article id="s1"><h2>9 h</h2><p>{BODIES[code]}</p></article>'
        f'<script type="application/ld+json">{json.dumps(facts)}</script>'
    )
    return _page(INCIDENT_PAGES[code], WORDS[code].title, code, INCIDENT_PAGES, main)


def _not_found() -> str:
    return f"""<!doctype html>
<html lang="fr-CA"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Page introuvable – Page not found</title><meta name="robots" content="noindex"></head>
<body><h1>Page introuvable – Page not found</h1><a href="{BASE}/fr/">Accueil</a></body></html>
"""


def _feed(code: str) -> str:
    link = _url(INCIDENT_PAGES[code])
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Boréal</title><link>{BASE}/{code}/</link>
<atom:link rel="self" href="{BASE}/{code}/feed.xml"/>
<description>Boréal</description><language>{_LOCALES[code].lower()}</language>
<item><title>{WORDS[code].title}</title><link>{link}#s1</link>
<description>{WORDS[code].summary}</description>
<guid isPermaLink="false">tag:boreal.example,2026:{code}:1</guid>
<pubDate>Mon, 23 Nov 2026 14:00:00 +0000</pubDate></item>
</channel></rss>
"""


def _site_map() -> str:
    pages = ("index.html", *_HOMES.values(), *INCIDENT_PAGES.values())
    rows = "".join(f"<url><loc>{_url(path)}</loc></url>" for path in pages)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="utf-8"?><urlset xmlns="{space}">{rows}</urlset>'
