"""Follows every link of a served site that stays on its host, as a crawler would."""

import re
from collections.abc import Iterator, Sequence
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

__all__ = ["broken_links"]

REFERENCE = re.compile(r"""(?:href|src)=["']([^"'#][^"']*|#[^"']+)["']""")
ANCHOR = re.compile(r"""\bid=["']([^"']+)["']""")


def broken_links(base: str, pages: Sequence[str]) -> list[tuple[str, str]]:
    """Return each page with an address on the same host that it names in vain."""
    bodies: dict[str, str | None] = {}

    def body(url: str) -> str | None:
        if url not in bodies:
            bodies[url] = _read(url)
        return bodies[url]

    found = []
    for page in pages:
        here = urljoin(base, page)
        for link in _links(body(here) or "", here):
            url, anchor = urldefrag(link)
            text = body(url)
            if text is None or (anchor and anchor not in ANCHOR.findall(text)):
                found.append((page, link))
    return found


def _links(text: str, here: str) -> Iterator[str]:
    host = urljoin(here, "/")
    for reference in dict.fromkeys(REFERENCE.findall(text)):
        link = urljoin(here, reference.replace("&amp;", "&"))
        if link.startswith(host):
            yield link


def _read(url: str) -> str | None:
    try:
        with urlopen(url, timeout=10) as answer:
            return str(answer.read().decode(errors="replace"))
    except HTTPError:
        return None
