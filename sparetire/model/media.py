"""How each kind of file is served: our own table, so that no machine's settings can change it.

Types are from the IANA registry; Python's ``mimetypes`` reads the operating system's table,
which differs between machines and lacks half of these.
"""

from pathlib import PurePosixPath

__all__ = ["cache_control", "content_type", "is_dress"]

_TEXT = {
    "atom": "application/atom+xml",
    "atomdeleted": "application/atomdeleted+xml",
    "css": "text/css",
    "csv": "text/csv",
    "htm": "text/html",
    "html": "text/html",
    "ics": "text/calendar",
    "js": "text/javascript",
    "json": "application/json",
    "map": "application/json",
    "md": "text/markdown",
    "mjs": "text/javascript",
    "rss": "application/rss+xml",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "vcf": "text/vcard",
    "vtt": "text/vtt",
    "webmanifest": "application/manifest+json",
    "xml": "application/xml",
    "xsl": "application/xslt+xml",
}
_BINARY = {
    "avif": "image/avif",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "gif": "image/gif",
    "ico": "image/vnd.microsoft.icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "png": "image/png",
    "ttf": "font/ttf",
    "webm": "video/webm",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "zip": "application/zip",
}
_FEEDS = {"xml": "application/rss+xml", "json": "application/feed+json"}
_DRESS = ("text/css", "text/javascript", "font/")
_IMMUTABLE = "public, max-age=31536000, immutable"
# Staleness stays bounded even where a CDN is never told that the page has changed.
_SHORT = "public, max-age=0, s-maxage=60, stale-while-revalidate=30"


def content_type(path: str) -> str:
    """Return the ``Content-Type`` of a site's file, with its charset where it is text."""
    name = PurePosixPath(path)
    kind = name.suffix.removeprefix(".").lower()
    if name.name.startswith("feed") and kind in _FEEDS:
        return f"{_FEEDS[kind]}; charset=utf-8"
    if kind in _TEXT:
        return f"{_TEXT[kind]}; charset=utf-8"
    return _BINARY.get(kind, "application/octet-stream")


def cache_control(path: str) -> str:
    """Return the ``Cache-Control`` of a site's file: for ever where the name holds a hash."""
    return _IMMUTABLE if path.startswith("assets/") else _SHORT


def is_dress(kind: str) -> bool:
    """Tell whether a page needs files of this type to look right.

    They may outlive their page for readers who still have it open. Pictures may not: one may
    have to vanish at once.
    """
    return kind.startswith(_DRESS)
