"""Connections to public addresses, open before the first of them is read."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import urlsplit

from requests import Request, Session
from requests.adapters import HTTPAdapter
from requests.utils import select_proxy
from typing_extensions import override
from urllib3 import HTTPSConnectionPool

from sparetire.hosts.ahead import AheadPool

__all__ = ["Lines"]


class _Secure(AheadPool, HTTPSConnectionPool):
    """With TLS."""


class _Adapter(HTTPAdapter):
    @override
    def init_poolmanager(self, *sizes: Any, **settings: Any) -> None:
        super().init_poolmanager(*sizes, **settings)
        self.poolmanager.pool_classes_by_scheme = {"http": AheadPool, "https": _Secure}


class Lines(Session):
    """What reads public addresses; it may be shared between threads.

    Args:
        most: How many addresses are read at once.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._adapter, self._most = _Adapter(pool_maxsize=most), most
        for scheme in ("http://", "https://"):
            self.mount(scheme, self._adapter)

    def open_ahead(self, urls: Iterable[str]) -> None:
        """Open a connection for each address, unless a proxy is in between."""
        sites = Counter(urlsplit(url)[:2] for url in urls)
        for (scheme, place), count in sites.items():
            request = self.prepare_request(Request("GET", f"{scheme}://{place}/"))
            settings = self.merge_environment_settings(request.url, {}, None, None, None)
            if select_proxy(str(request.url), settings["proxies"]):
                continue
            pool = self._adapter.get_connection_with_tls_context(
                request, settings["verify"], cert=settings["cert"]
            )
            cast("AheadPool", pool).open_ahead(min(count, self._most))
