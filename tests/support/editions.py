"""Small built sites on disk, and the shortest way to publish one."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from sparetire.hosts.base import Commit, Holder, Host, Upload
from sparetire.model.edition import Edition, Live, body_path
from sparetire.model.manifest import Entry, Manifest, Wave
from sparetire.model.media import cache_control, content_type

__all__ = ["AT", "HOLDER", "body_of", "edition", "page_with_style", "publish", "uploads"]

AT = "2026-11-23T08:00:00+00:00"
HOLDER = Holder(who="ana@laptop", purpose="launch spill", nonce="nonce-of-ana")
_WAVES = {".html": Wave.PAGES, ".xml": Wave.FEEDS}


def edition(folder: Path, files: Mapping[str, str]) -> Edition:
    """Write the bodies of files to a folder, as a build does, and return the edition."""
    entries = {}
    for path, text in files.items():
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        place = body_path(folder, sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
        entries[path] = Entry(
            path=path,
            sha256=sha256,
            size=len(text.encode()),
            content_type=content_type(path),
            cache_control=cache_control(path),
            wave=_WAVES.get(Path(path).suffix, Wave.ASSETS),
        )
    return Edition(Manifest(entries), folder)


def body_of(site: Edition, path: str) -> Path:
    """Return where the bytes of a file of the site are, by its path."""
    return site.file(site.manifest.entries[path])


def page_with_style(mark: str) -> dict[str, str]:
    """Return a page and the style that belongs to it alone: both carry the same mark."""
    style = f"body {{ --mark: {mark} }}"
    name = f"assets/site.{hashlib.sha256(style.encode()).hexdigest()[:8]}.css"
    return {
        name: style,
        "index.html": f'<link rel="stylesheet" href="{name}"><p>mark={mark}',
        "404.html": "<p>Nothing here",
        "fr/statement/index.html": "<p>Le même texte dans chaque édition",
    }


def uploads(site: Edition, live: Live | None) -> list[Upload]:
    """Return what differs from what is live, in waves."""
    old = live.manifest.entries if live else {}
    changed = [entry for path, entry in site.manifest.entries.items() if old.get(path) != entry]
    return [
        Upload(entry, site.file(entry))
        for entry in sorted(changed, key=lambda entry: entry.wave)
    ]


def publish(host: Host, site: Edition, holder: Holder = HOLDER) -> Live:
    """Make a site live as a run does: lock, look, put what differs, commit."""
    with host.lock(holder):
        live = host.read_live()
        list(host.put(uploads(site, live)))
        return host.commit(Commit(site.manifest, live, {"spill": AT}, AT))
