"""The blob store of a site: small files that nobody reads without the token.

Source: https://docs.netlify.com/build/data-and-storage/netlify-blobs/ and its client,
https://github.com/netlify/blobs, whose requests these are.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from sparetire.hosts.netlify.api import Api
from sparetire.hosts.netlify.site import Site

__all__ = ["Notes"]

_STORE = "site:sparetire"
_SIGNED = {"Accept": "application/json;type=signed-url"}
_PARALLEL = 5


class Notes:
    """Reads and writes the store that is ours.

    Args:
        api: Netlify.
        site: The site that the store belongs to.
        patience: Seconds that one operation may take.
    """

    def __init__(self, api: Api, site: Site, patience: float) -> None:
        self._api = api
        self._site = site
        self._patience = patience

    def write(self, name: str, body: bytes) -> None:
        """Replace one file; the API answers with the address to send it to."""
        until = time.monotonic() + self._patience
        told = self._api.ask(
            "PUT", f"{self._store()}/{quote(name)}", until=until, headers=_SIGNED
        )
        self._api.send(str(told["url"]), body, until=until)

    def read(self, prefix: str) -> dict[str, bytes]:
        """Return the files whose names begin so."""
        store = self._store()
        names = sorted(self._names(store, prefix))
        with ThreadPoolExecutor(_PARALLEL, "netlify") as pool:
            bodies = pool.map(lambda name: self._body(store, name), names)
            return dict(zip(names, bodies, strict=True))

    def _store(self) -> str:
        return f"/blobs/{self._site.ask('GET')['id']}/{_STORE}"

    def _names(self, store: str, prefix: str) -> Iterator[str]:
        cursor = ""
        while True:
            asked = {"prefix": prefix} | ({"cursor": cursor} if cursor else {})
            until = time.monotonic() + self._patience
            page = self._api.ask("GET", store, until=until, params=asked) or {}
            yield from (str(blob["key"]) for blob in page.get("blobs", ()))
            cursor = str(page.get("next_cursor") or "")
            if not cursor:
                return

    def _body(self, store: str, name: str) -> bytes:
        until = time.monotonic() + self._patience
        told = self._api.ask("GET", f"{store}/{quote(name)}", until=until, headers=_SIGNED)
        return self._api.public(str(told["url"]), until=until) or b""
