"""What an outside reader finds at public addresses, and whether a message says the same."""

import hashlib
import posixpath
import re
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import requests

__all__ = ["differences", "read_public"]

Site = Mapping[str, bytes]
_LINK = re.compile(r"""(?:href|src)=["']?([^"'\s>]+)""")
_MIXED = re.compile(r"(\d+) of (\d+) files are new")


def read_public(base: str, paths: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of every file that an address shows to everybody."""

    def read(path: str) -> tuple[str, requests.Response]:
        return path, requests.get(f"{base}/{quote(path)}", timeout=10)

    with ThreadPoolExecutor(8) as pool:
        answers = dict(pool.map(read, sorted(set(paths))))
    return {path: each.content for path, each in answers.items() if each.status_code == 200}


def differences(told: str, before: Site, now: Site, new: Mapping[str, str]) -> list[str]:
    """Return in what a message on the public differs from what is there.

    A file of an old version that no page names any more may be at the host already: it counts
    as new or as unchanged, since a reader cannot tell.

    Args:
        told: What the message says that the public sees.
        before: The files that were public before the run.
        now: Those that are public at its end.
        new: The hash of each file that the run was to put, by path.
    """
    changed = {path for path in now if before.get(path) != now[path]}
    # The same command, typed again, may tell another minute: what has changed is new, too.
    there = changed | {path for path in new if _sha256(now.get(path)) == new[path]}
    if "Nothing has changed" in told:
        return [f"changed already: {sorted(changed)}"] if dict(now) != dict(before) else []
    if not told.startswith("Mixed"):
        whole = "live" in told or told.startswith("All ")
        return [] if whole and there == set(new) else [f"{len(there)} are there: {told}"]
    found = _MIXED.search(told)
    if found is None or int(found[2]) != len(new):
        return [f"{len(new)} were to change, but it says: {told}"]
    if not len(changed) <= int(found[1]) <= len(there):
        return [f"{len(changed)} or {len(there)} are new, but it says: {told}"]
    return _differences_in_links(told, now, new, there & changed)


def _differences_in_links(
    told: str, now: Site, new: Mapping[str, str], there: Collection[str]
) -> list[str]:
    pages = [path for path in there if path.endswith(".html")]
    dead = [path for path in pages if _dead_in(path, now, new)]
    if bool(dead) != ("Dead links:" in told):
        return [f"dead links in {dead}, but it says: {told}"]
    return []


def _sha256(body: bytes | None) -> str:
    return "" if body is None else hashlib.sha256(body).hexdigest()


def _dead_in(path: str, now: Site, new: Mapping[str, str]) -> list[str]:
    """Return the files of the same run to which a page links in vain."""
    found = set()
    for link in _LINK.findall(now[path].decode()):
        parts = urlsplit(urldefrag(link).url)
        if parts.scheme or parts.netloc or not parts.path:
            continue
        there = urljoin(f"/{path}", parts.path).lstrip("/")
        found.add(posixpath.join(there, "index.html") if there[-1:] in {"", "/"} else there)
    return sorted(each for each in found if each in new and each not in now)
