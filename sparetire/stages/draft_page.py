"""Marks a built page as a draft, for those who approve it: watermarked, kept out of searches.

Pages are those of our own theme, whose attributes are quoted, one style at the head.
"""

import base64
import re
from collections.abc import Callable
from html import escape
from posixpath import dirname, join, normpath

from sparetire.model.media import content_type

__all__ = ["as_file", "watermarked"]

_MARKS = {
    "fr": ("BROUILLON", "Brouillon à approuver. Rien de ceci n’est encore publié."),
    "en": ("DRAFT", "Draft for approval. None of this is published yet."),
}
_STYLE = """<style>.sparetire-draft{position:sticky;top:0;z-index:9;margin:0;padding:.6em 1em;
background:#8a1c00;color:#fff;font:700 1rem/1.4 system-ui,sans-serif;text-align:center}
body::after{content:"%s";position:fixed;inset:0;z-index:8;display:grid;place-items:center;
font:800 18vmin/1 system-ui,sans-serif;color:rgba(138,28,0,.16);transform:rotate(-30deg);
pointer-events:none}</style>"""
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
    '\n<meta name="robots" content="noindex, nofollow, noarchive">'
)
_OLD = re.compile(
    r'<meta (?:http-equiv="Content-Security-Policy"|name="robots"|property="og:[^"]*"|'
    r'name="twitter:[^"]*")[^>]*>\n?|<link rel="(?:canonical|alternate)"[^>]*>\n?|'
    r"<script\b.*?</script>\n?",
    re.DOTALL,
)
_CHARSET = re.compile(r'<meta charset="utf-8">')
_TITLE = re.compile(r"<title>")
_BODY = re.compile(r"<body\b[^>]*>")
_PLACE = re.compile(r' (href|src)="(?!#|https?:|mailto:|tel:|data:)([^"]*)"')

Read = Callable[[str], bytes | None]


def watermarked(page: str, code: str) -> str:
    """Return a page that says it is a draft, on screen, on paper and to search engines."""
    mark, told = _MARKS.get(code, _MARKS["en"])
    page = _OLD.sub("", page)
    page = _CHARSET.sub(lambda found: f"{found[0]}\n{_POLICY}", page, count=1)
    page = _TITLE.sub(lambda found: f"{_STYLE % mark}\n{found[0]}{mark} – ", page, count=1)
    banner = f'<p class="sparetire-draft" role="note">{escape(told)}</p>'
    return _BODY.sub(lambda found: f"{found[0]}\n{banner}", page, count=1)


def as_file(page: str, code: str, path: str, read: Read) -> str:
    """Return a page as one file that can be sent: its pictures in it, its links at rest.

    Args:
        page: The page as it would be public.
        code: Its language.
        path: Its path in the site, from which its links count.
        read: Returns the bytes of a file of the site, or None.
    """

    def placed(found: re.Match[str]) -> str:
        name, place = found.groups()
        target = normpath(join(dirname(path), place.partition("#")[0]))
        body = read(target)
        if body is None or target.endswith((".html", ".xml")):
            return ""  # it leads to what is not public yet
        kind = content_type(target)
        return f' {name}="data:{kind};base64,{base64.b64encode(body).decode()}"'

    return _PLACE.sub(placed, watermarked(page, code))
