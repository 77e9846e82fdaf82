"""Builds an edition: same source, same bytes, whatever the clock says."""

import hashlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sparetire.disk import local_disk
from sparetire.errors import BuildFault
from sparetire.model.edition import Edition, Entry, Manifest, Wave
from sparetire.model.media import cache_control, content_type
from sparetire.stages.build.builder import Builder
from sparetire.stages.build.bundles import language_bundle
from sparetire.stages.build.document import PageDocument, write_documents
from sparetire.stages.build.documents import both_languages, language_pages
from sparetire.stages.build.source import Source
from sparetire.stages.build.style import content_security_policy, style_sheet
from sparetire.stages.build.syndication import syndication

__all__ = ["build_edition"]

ASSETS = "assets"


def build_edition(source: Source, builds: Path, editions: Path, builder: Builder) -> Edition:
    """Build the site in a fresh folder and keep it under the name of its edition.

    Args:
        source: Everything that may become public.
        builds: Where builds under way live; what an earlier crash left there is removed.
        editions: Where built editions are kept.
        builder: The process that may have been started long before.

    Raises:
        BuildFault: Pelican failed, or a source has no output, or an output no source.
        LocalDiskFault: The disk is full or not ours.
    """
    with _fresh_folder(builds) as folder:
        site = folder / "site"
        pages, jobs, sources = _prepare(source, folder, site)
        pending = builder.send(jobs)
        words = {site["lang"]["code"]: site["words"] for site in jobs[0][0]["sites"]}
        for path, content in syndication(source, pages, words):
            _write(site / path, content)
        built = builder.collect(pending)
        manifest = _manifest(site, {page.path for page in pages if page.lists})
        _account(sources, built, pages, manifest)
        root = editions / manifest.edition
        with local_disk(root):
            editions.mkdir(parents=True, exist_ok=True)
            if root.exists():  # the same edition, but maybe damaged since: the fresh one counts
                root.rename(folder / "former")
            site.rename(root)
    return Edition(manifest, root)


@contextmanager
def _fresh_folder(builds: Path) -> Iterator[Path]:
    with local_disk(builds):
        shutil.rmtree(builds, ignore_errors=True)  # one build at a time: the rest is debris
        folder = builds / secrets.token_hex(6)
        folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(
    source: Source, folder: Path, site: Path
) -> tuple[list[PageDocument], list[list[dict[str, Any]]], set[Path]]:
    """Write every document and asset, and return the pages, the jobs and the documents."""
    bundles = [language_bundle(source, language) for language in source.languages]
    css = style_sheet((source.theme / "style.css").read_text("utf-8"), source.brand.palette)
    shared = {
        "output": str(site),
        "theme": str(source.theme),
        "zone": source.settings.organisation.time_zone,
        "base_url": source.routes.base_url,
        "page_urls": str(source.routes.page_urls),
        "sites": bundles,
        "assets": _assets(source, site),
        "tokens": {
            "light": source.brand.palette.light,
            "dark": source.brand.palette.dark,
        },
        "css": css,
        "csp": content_security_policy(css),
    }
    pages: list[PageDocument] = []
    jobs: list[list[dict[str, Any]]] = []
    documents: set[Path] = set()
    for number, language in enumerate(source.languages):
        content = folder / language.code
        mine = list(language_pages(source, language, bundles[number]))
        documents |= write_documents(content, _texts(source, mine))
        jobs.append([{**shared, "content": str(content), "speaks": number}])
        pages += mine
    root = list(both_languages(source, bundles[0]))
    documents |= write_documents(folder / "root", _texts(source, root))
    jobs[-1].append({**shared, "content": str(folder / "root"), "speaks": 0})
    return pages + root, jobs, documents


def _texts(source: Source, pages: list[PageDocument]) -> dict[str, str]:
    dormant = source.dormant
    return {page.key: page.to_text(source.languages, dormant=dormant) for page in pages}


def _assets(source: Source, site: Path) -> dict[str, Any]:
    """Write the pictures under names that hold their hash, and tell the theme about them."""
    brand, settings = source.brand, source.settings
    logo = None
    if brand.logo:
        logo = {
            "path": _asset(site, "logo", brand.logo.suffix, brand.logo.content),
            "width": brand.logo.width,
            "height": brand.logo.height,
            "alt": {
                language.code: settings.say(settings.organisation.name, language.code)
                for language in source.languages
            },
        }
    return {"logo": logo, "icon": _asset(site, "icon", ".svg", brand.icon)}


def _asset(site: Path, name: str, suffix: str, content: bytes) -> str:
    path = f"{ASSETS}/{name}.{hashlib.sha256(content).hexdigest()[:8]}{suffix}"
    _write(site / path, content)
    return path


def _write(path: Path, content: bytes) -> None:
    # No sync: a build that a crash cuts short is thrown away.
    with local_disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _manifest(site: Path, lists: set[str]) -> Manifest:
    entries = {}
    for file in sorted(site.rglob("*")):
        if not file.is_file():
            continue
        path = file.relative_to(site).as_posix()
        content = file.read_bytes()
        entries[path] = Entry(
            path=path,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            content_type=content_type(path),
            cache_control=cache_control(path),
            wave=_wave(path, lists),
        )
    return Manifest(entries)


def _wave(path: str, lists: set[str]) -> Wave:
    if path.startswith(f"{ASSETS}/"):
        return Wave.ASSETS
    if not path.endswith(".html"):
        return Wave.FEEDS
    return Wave.LISTS if path in lists else Wave.PAGES


def _account(
    sources: set[Path], built: list[str], pages: list[PageDocument], manifest: Manifest
) -> None:
    """Refuse an edition in which a source was skipped, or a page came from nowhere.

    Pelican logs and goes on where a document cannot be read: the statement would be missing,
    and nobody would be told.
    """
    skipped = {str(path) for path in sources} - set(built)
    expected = {page.path for page in pages}
    actual = {path for path in manifest.entries if path.endswith(".html")}
    empty = [entry.path for entry in manifest.entries.values() if entry.size == 0]
    troubles = [
        *(f"{Path(path).name} was left out." for path in sorted(skipped)),
        *(f"{path} was not built." for path in sorted(expected - actual)),
        *(f"{path} was built from nothing." for path in sorted(actual - expected)),
        *(f"{path} is empty." for path in empty),
    ]
    if troubles:
        raise BuildFault("The built site is not what it must be.", why=troubles)
