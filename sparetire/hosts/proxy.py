"""Names the proxy that a request goes through, where it is the proxy that failed."""

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

__all__ = ["proxy_failure"]

_ITS_STATUS = (407, 502, 503, 504)
_ITS_SIGNS = ("proxy", "tunnel connection failed")


def proxy_failure(url: str, error: Exception | None = None, status: int = 0) -> str:
    """Return a sentence about the proxy that failed, or nothing where it was not the proxy.

    Args:
        url: The address that was asked for.
        error: What the library raised.
        status: Or the status of the answer. Over TLS a proxy sends none of its own; else 407
            is a proxy's, and 502, 503 and 504 come from it or from what is behind it.
    """
    place = urlsplit(url)
    proxy = getproxies().get(place.scheme) or getproxies().get("all")
    if not proxy or proxy_bypass(place.netloc):
        return ""
    address = _without_password(proxy)
    if place.scheme == "http" and status in _ITS_STATUS:
        doubt = "" if status == _ITS_STATUS[0] else "or what is behind it "
        return f"The proxy {address} {doubt}answers {status}. {_check(place.scheme)}"
    causes = _causes(error)
    if not any(sign in f"{type(one)} {one}".lower() for one in causes for sign in _ITS_SIGNS):
        return ""
    said = str(causes[-1]).rstrip(".").replace(proxy, address)
    return f"The proxy {address} failed: {said}. {_check(place.scheme)}"


def _check(scheme: str) -> str:
    return f"See {scheme.upper()}_PROXY in your environment."


def _without_password(proxy: str) -> str:
    parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _causes(error: BaseException | None) -> list[BaseException]:
    """Return an error and what caused it, the innermost last."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
