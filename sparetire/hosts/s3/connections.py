"""The connections to a service: botocore's own, opened ahead of a push."""

from collections.abc import Callable
from typing import Any, cast

from botocore.awsrequest import AWSHTTPConnectionPool, AWSHTTPSConnectionPool
from botocore.httpsession import ProxyConfiguration, URLLib3Session
from urllib3 import HTTPConnectionPool, PoolManager

from sparetire.hosts.ahead import AheadPool

__all__ = ["Connections"]


class _Plain(AheadPool, AWSHTTPConnectionPool):
    """Without TLS, as on this machine."""


class _Secure(AheadPool, AWSHTTPSConnectionPool):
    """With TLS."""


class Connections(URLLib3Session):
    """What carries requests; it may be shared between threads."""

    # What botocore has and does not declare.
    _manager: PoolManager
    _proxy_config: ProxyConfiguration
    _setup_ssl_cert: Callable[[HTTPConnectionPool, str, object], None]
    _verify: object

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  botocore's own
        super().__init__(**settings)
        self._manager.pool_classes_by_scheme = {"http": _Plain, "https": _Secure}

    def open_ahead(self, url: str, count: int) -> None:
        """Open so many connections to where an address leads, unless a proxy is in between."""
        if self._proxy_config.proxy_url_for(url):
            return
        pool = cast("AheadPool", self._manager.connection_from_url(url))
        self._setup_ssl_cert(pool, url, self._verify)
        pool.open_ahead(count)
