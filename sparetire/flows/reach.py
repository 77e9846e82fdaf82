"""What an address needs beyond its host: a name that resolves, a certificate that lasts."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from sparetire import clock
from sparetire.config.schema import Target
from sparetire.hosts.deadline import within
from sparetire.model.finding import Finding, Severity

__all__ = ["look_at_address"]

PATIENCE = 5.0  # seconds for the name, and again for the certificate
SOON = timedelta(days=14)


def look_at_address(target: Target) -> Iterator[str | Finding]:
    """Yield what is right, and what is not, with the name and the certificate of a target."""
    place = f"targets.{target.name}.url"
    parts = urlsplit(target.url)
    try:
        found = within(PATIENCE, partial(_names, target.hostname))
    except OSError as error:
        message = f"{target.hostname} does not resolve: {error.strerror or error}."
        yield Finding("name-unknown", Severity.ERROR, place, message, "Mend its DNS record.")
        return
    if leads_to := found - {target.hostname}:
        yield f"{target.hostname} leads to {min(leads_to)}."
    if parts.scheme != "https":
        if target.public:
            message = "is not https: readers' browsers warn, and anybody between can change it."
            yield Finding(
                "not-https", Severity.WARNING, place, message, "Give it a certificate."
            )
        return
    try:
        ends = within(PATIENCE, partial(_certificate_ends, target.hostname, parts.port or 443))
    except (OSError, ssl.SSLError, ValueError) as error:
        message = f"has no certificate that browsers accept: {error}"
        yield Finding("certificate", Severity.ERROR, place, message, "Mend the certificate.")
        return
    left = ends - clock.now()
    if left < SOON:
        message = f"the certificate ends in {left.days} days."
        yield Finding("certificate-soon", Severity.WARNING, place, message, "Renew it now.")
    else:
        yield f"The certificate of {target.hostname} is good for {left.days} days."


def _names(hostname: str) -> set[str]:
    """Return every name that a name leads to."""
    found = socket.getaddrinfo(hostname, None, flags=socket.AI_CANONNAME)
    return {name for *_, name, _ in found if name}


def _certificate_ends(hostname: str, port: int) -> datetime:
    context = ssl.create_default_context()
    with (
        socket.create_connection((hostname, port), timeout=PATIENCE) as line,
        context.wrap_socket(line, server_hostname=hostname) as secure,
    ):
        told = (secure.getpeercert() or {}).get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(told)), UTC)
