"""What a team would use instead: a generator, and a tool that sends its output to S3.

Every peer gets its best settings: fast paths that are safe, many workers, and no list that
costs it the square of the archive. None of them inspects, verifies or records anything.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from benchmarks.corpus import LANGUAGES, Release
from benchmarks.ground import Ground

__all__ = ["PEERS", "Peer"]

WORKERS = "32"
PELICAN = """
SITENAME = "Boreal Minerals"
SITEURL = "https://info.boreal.example/{language}"
DEFAULT_LANG = "{language}"
TIMEZONE = "UTC"
THEME = "simple"
DEFAULT_PAGINATION = 20
ARTICLE_URL = ARTICLE_SAVE_AS = "{{slug}}.html"
TAGS_SAVE_AS = TAG_SAVE_AS = AUTHORS_SAVE_AS = AUTHOR_SAVE_AS = ""
FEED_ALL_RSS = "feeds/all.rss.xml"
CATEGORY_FEED_RSS = "feeds/{{slug}}.rss.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 50
"""
HUGO = """
baseURL = "https://info.boreal.example/"
title = "Boreal Minerals"
defaultContentLanguage = "fr"
defaultContentLanguageInSubdir = true
timeout = "300s"
[languages.fr]
contentDir = "content/fr"
[languages.en]
contentDir = "content/en"
[taxonomies]
category = "categories"
[pagination]
pagerSize = 20
[services.rss]
limit = 50
"""
HUGO_TARGET = """
[[deployment.targets]]
name = "s3"
URL = "s3://{bucket}?endpoint={endpoint}&region=us-east-1&use_path_style=true&prefix={prefix}/"
"""
HEAD = (
    '<!doctype html><html lang="{{ .Language.Lang }}"><meta charset="utf-8">'
    "<title>{{ .Title }}</title>"
)
ROWS = (
    "{{ range $p.Pages }}<article><h2><a href={{ .RelPermalink }}>{{ .Title }}</a></h2>"
    "<time>{{ .Date }}</time>{{ .Summary }}</article>{{ end }}"
    "{{ if $p.HasPrev }}<a href={{ $p.Prev.URL }}>&lsaquo;</a>{{ end }}"
    "{{ if $p.HasNext }}<a href={{ $p.Next.URL }}>&rsaquo;</a>{{ end }}"
)
LAYOUTS = {
    "page.html": HEAD + "<h1>{{ .Title }}</h1><time>{{ .Date }}</time>{{ .Content }}",
    "home.html": HEAD + "{{ $p := .Paginate .Site.RegularPages }}" + ROWS,
    "section.html": HEAD + "<h1>{{ .Title }}</h1>",
    "taxonomy.html": HEAD
    + "{{ range .Pages }}<a href={{ .RelPermalink }}>{{ .Title }}</a>{{ end }}",
    "term.html": HEAD + "{{ $p := .Paginate .Pages }}" + ROWS,
}


class Peer(Protocol):
    """A generator and its way to S3."""

    name: str

    def settle(self, folder: Path, releases: Iterable[Release]) -> None:
        """Write the archive and its settings."""

    def add(self, folder: Path, release: Release) -> None:
        """Write one more release."""

    def build(self, ground: Ground, folder: Path) -> None:
        """Make the pages."""

    def push(self, ground: Ground, folder: Path) -> None:
        """Send them to the prefix that is named like the folder."""


class _Pelican:
    """Pelican, once for each language."""

    def settle(self, folder: Path, releases: Iterable[Release]) -> None:
        for language in LANGUAGES:
            (folder / language).mkdir(parents=True)
            settings = PELICAN.format(language=language)
            (folder / f"{language}.py").write_text(settings, encoding="utf-8")
        for release in releases:
            self.add(folder, release)

    def add(self, folder: Path, release: Release) -> None:
        for language in LANGUAGES:
            head = (
                f"Title: {release.titles[language]}\n"
                f"Date: {release.published:%Y-%m-%d %H:%M}\n"
                f"Category: {release.categories[language]}\n"
                f"Slug: {release.name}\n\n"
            )
            path = folder / language / f"{release.name}.md"
            path.write_text(head + release.bodies[language], encoding="utf-8")

    def build(self, ground: Ground, folder: Path) -> None:
        for language in LANGUAGES:
            ground.run(
                ground.peers / "pelican" / "bin" / "pelican", folder / language,
                "--settings", folder / f"{language}.py",
                "--output", folder / "out" / language, "--fatal", "errors",
            )  # fmt: skip


class PelicanAws(_Pelican):
    """As Pelican's own Makefile does it."""

    name = "pelican + aws s3 sync"

    def push(self, ground: Ground, folder: Path) -> None:
        ground.run(
            ground.peers / "aws" / "bin" / "aws", "s3", "sync", folder / "out",
            f"s3://{ground.server.bucket}/{folder.name}",
            "--endpoint-url", ground.server.endpoint_url,
        )  # fmt: skip


class PelicanRclone(_Pelican):
    """Pelican, and a sync that compares checksums."""

    name = "pelican + rclone sync"

    def push(self, ground: Ground, folder: Path) -> None:
        remote = (
            f":s3,provider=Other,env_auth=true,endpoint='{ground.server.endpoint_url}'"
            f":{ground.server.bucket}/{folder.name}"
        )
        ground.run(
            Path(sys.executable).with_name("rclone"), "sync", folder / "out", remote,
            "--checksum", "--fast-list", "--transfers", WORKERS, "--checkers", WORKERS,
            "--s3-no-check-bucket",
        )  # fmt: skip


class HugoDeploy:
    """Hugo, both languages in one run, and its own deployer."""

    name = "hugo + hugo deploy"

    def settle(self, folder: Path, releases: Iterable[Release]) -> None:
        for language in LANGUAGES:
            (folder / "content" / language).mkdir(parents=True)
        (folder / "layouts").mkdir()
        for name, text in LAYOUTS.items():
            (folder / "layouts" / name).write_text(text, encoding="utf-8")
        (folder / "hugo.toml").write_text(HUGO, encoding="utf-8")
        for release in releases:
            self.add(folder, release)

    def add(self, folder: Path, release: Release) -> None:
        for language in LANGUAGES:
            head = (
                f"+++\ntitle = {json.dumps(release.titles[language], ensure_ascii=False)}\n"
                f"date = {release.published.isoformat()}\n"
                f"categories = [{json.dumps(release.categories[language])}]\n+++\n\n"
            )
            path = folder / "content" / language / f"{release.name}.md"
            path.write_text(head + release.bodies[language], encoding="utf-8")

    def build(self, ground: Ground, folder: Path) -> None:
        ground.run(_hugo(ground), "--source", folder, "--quiet")

    def push(self, ground: Ground, folder: Path) -> None:
        target = HUGO_TARGET.format(
            bucket=ground.server.bucket,
            endpoint=ground.server.endpoint_url,
            prefix=folder.name,
        )
        (folder / "target.toml").write_text(target, encoding="utf-8")
        ground.run(
            _hugo(ground), "deploy", "--source", folder,
            "--config", f"{folder}/hugo.toml,{folder}/target.toml",
            "--target", "s3", "--workers", WORKERS,
            "--maxDeletes", "-1", "--invalidateCDN=false",
        )  # fmt: skip


def _hugo(ground: Ground) -> Path:
    """Return the program itself, not the Python script in front of it."""
    return next(
        (ground.peers / "hugo" / "lib").glob("python*/site-packages/hugo/binaries/hugo")
    )


PEERS: tuple[Peer, ...] = (PelicanAws(), PelicanRclone(), HugoDeploy())
