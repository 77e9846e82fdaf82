"""Headers: what to give a server so that it protects the pages, and whether it does."""

import json
from collections.abc import Iterator
from importlib.resources import files

from sparetire.config.schema import Target
from sparetire.hosts.deadline import exchange
from sparetire.model.finding import Finding, Severity
from sparetire.model.protection import HEADERS, missing

__all__ = ["headers_page", "look_at_headers"]

PATIENCE = 15.0  # seconds


def headers_page(code: str) -> str:
    """Return the manual's page about headers, ready to be pasted into each server."""
    text = (files("sparetire.output") / "pages" / f"headers.{code}.md").read_text("utf-8")
    for name, snippet in _SNIPPETS.items():
        text = text.replace(f"{{{{ {name} }}}}", snippet)
    return text


def look_at_headers(target: Target) -> Iterator[str | Finding]:
    """Yield whether the public address sends the headers that protect its readers.

    An address that cannot be read is told by others.
    """
    import requests  # noqa: PLC0415  slow to import

    try:
        answer = exchange(None, f"{target.url}/", seconds=PATIENCE)
    except requests.RequestException:
        return
    lacks = missing(set(answer.headers), secure=answer.url.startswith("https:"))
    if lacks:
        yield Finding(
            "headers-missing",
            Severity.INFO,
            f"targets.{target.name}.url",
            f"does not send {', '.join(lacks)}.",
            "Where your service lets you set headers: sparetire docs headers",
        )
    else:
        yield f"{target.name} sends every header that protects its readers."


def _nginx() -> str:
    return "\n".join(f'add_header {name} "{value}" always;' for name, value in HEADERS.items())


def _apache() -> str:
    return "\n".join(f'Header always set {name} "{value}"' for name, value in HEADERS.items())


def _files() -> str:
    return "\n".join(["/*", *(f"  {name}: {value}" for name, value in HEADERS.items())])


def _cloudfront() -> str:
    """Return a response headers policy, as ``create-response-headers-policy`` reads it.

    CloudFront has fields of its own for most, and takes the rest as custom headers.
    """
    age = HEADERS["Strict-Transport-Security"].partition("=")[2]
    rest = ("Permissions-Policy", "Cross-Origin-Opener-Policy")
    custom = [{"Header": name, "Value": HEADERS[name], "Override": True} for name in rest]
    policy = HEADERS["Content-Security-Policy"]
    facts = {
        "Name": "sparetire",
        "SecurityHeadersConfig": {
            "ContentSecurityPolicy": {"Override": True, "ContentSecurityPolicy": policy},
            "StrictTransportSecurity": {"Override": True, "AccessControlMaxAgeSec": int(age)},
            "ContentTypeOptions": {"Override": True},
            "FrameOptions": {"Override": True, "FrameOption": HEADERS["X-Frame-Options"]},
            "ReferrerPolicy": {
                "Override": True,
                "ReferrerPolicy": HEADERS["Referrer-Policy"],
            },
        },
        "CustomHeadersConfig": {"Quantity": len(custom), "Items": custom},
    }
    return json.dumps(facts, indent=2)


_SNIPPETS = {
    "nginx": _nginx(),
    "apache": _apache(),
    "files": _files(),
    "cloudfront": _cloudfront(),
}
