"""Where each page lives: the one place that knows how paths and addresses are made."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["PageUrls", "Routes", "relative_link"]

INDEX = "index.html"


class PageUrls(StrEnum):
    """``folder`` gives /fr/slug/, ``file`` gives /fr/slug.html where no index is served."""

    FOLDER = "folder"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Routes:
    """Turns a language and a slug into a path, and a path into an address.

    Attributes:
        base_url: The primary target's public address, without a closing slash.
        page_urls: Whether addresses end in a folder or in a file.
        single: True when the site has one language, which then lives at the root.
    """

    base_url: str
    page_urls: PageUrls
    single: bool = False

    def folder(self, code: str) -> str:
        """Return the folder of a language, ``fr/``, or nothing when it is the only one."""
        return "" if self.single else f"{code}/"

    def page(self, code: str, slug: str) -> str:
        """Return the path of a page; the empty slug is the language's home page."""
        if not slug:
            return f"{self.folder(code)}{INDEX}"
        if self.page_urls is PageUrls.FILE:
            return f"{self.folder(code)}{slug}.html"
        return f"{self.folder(code)}{slug}/{INDEX}"

    def feed(self, code: str, slug: str = "") -> str:
        """Return the path of a language's feed, or of one incident's feed."""
        if not slug:
            return f"{self.folder(code)}feed.xml"
        return f"{self.folder(code)}{slug}/feed.xml"

    def public(self, path: str) -> str:
        """Return the last part of a path's address: what readers see for it."""
        if self.page_urls is PageUrls.FOLDER and f"/{path}".endswith(f"/{INDEX}"):
            return path.removesuffix(INDEX)
        return path

    def url(self, path: str) -> str:
        """Return the absolute address of a path on the primary target."""
        return f"{self.base_url}/{self.public(path)}"


def relative_link(here: str, there: str) -> str:
    """Return the link from one public path to another, valid under any base address."""
    start, _, _ = here.rpartition("/")
    ours = start.split("/") if start else []
    folder, _, page = there.rpartition("/")
    theirs = folder.split("/") if folder else []
    shared = 0
    while shared < min(len(ours), len(theirs)) and ours[shared] == theirs[shared]:
        shared += 1
    up = len(ours) - shared
    # A link to a folder ends in a slash; one to the folder that we are in is "./".
    steps = [".."] * up + theirs[shared:]
    if page:
        return "/".join([*steps, page])
    return f"{'/'.join(steps) or '.'}/"
