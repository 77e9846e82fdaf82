"""Addresses of a text that a run cannot reach, read from outside and named.

They are those of other targets, and of places that settings no longer name: an earlier prefix.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import requests

from sparetire.flows.approach import Approached
from sparetire.flows.made import Made, page_addresses
from sparetire.flows.session import Session
from sparetire.model.finding import Finding, Severity
from sparetire.model.routes import INDEX
from sparetire.model.taken_back import TakenBack
from sparetire.rules.leaks import carrier
from sparetire.workspace.ledger import Ledger

__all__ = ["still_elsewhere"]

_WITHIN = (
    2.0,
    3.0,
)  # seconds to connect and to read: nobody waits long for a place that is gone
_READERS = 8
_LARGEST = 5_000_000  # bytes


def still_elsewhere(
    session: Session, made: Made, reached: list[Approached], taken: TakenBack
) -> Iterator[Finding]:
    """Yield each address out of this run's reach that goes on to show what is taken back."""
    addresses = sorted(_candidates(session, made, taken) - set(_served(made, reached)))
    carries = carrier(taken.texts)
    with ThreadPoolExecutor(_READERS, "elsewhere") as pool:
        for address, text in zip(addresses, pool.map(_read, addresses), strict=True):
            if carries(text):
                yield Finding(
                    "text-left",
                    Severity.WARNING,
                    address,
                    "goes on to show what is taken back; this run cannot reach that place.",
                    "Run the same command with --target for it, or remove it at the service.",
                )


def _candidates(session: Session, made: Made, taken: TakenBack) -> set[str]:
    """Return the addresses at which the audit log and the settings know the pages."""
    found: set[str] = set()
    for record in Ledger(session.workspace.ledger).records():
        if record.what == "live":
            found.update(map(str, record.facts.get("pages", ())))
    found = {one for one in found if not taken.names.isdisjoint(_parts(one))}
    for name in made.incident.live_on if made.incident else ():
        if name in session.settings.targets:
            found.update(page_addresses(made, session.settings.target(name).url))
    return found


def _served(made: Made, reached: list[Approached]) -> Iterator[str]:
    """Yield the addresses at which this run puts a page or a notice."""
    for one in reached:
        routes = replace(made.routes, base_url=one.target.url)
        for path in made.edition.manifest.entries:
            yield routes.url(path)
            yield f"{one.target.url}/{path.removesuffix(INDEX)}"


def _parts(address: str) -> list[str]:
    return address.removesuffix(".html").split("/")


def _read(address: str) -> str:
    """Return what an address shows; nothing where it shows none, or cannot be read."""
    try:
        with requests.get(address, timeout=_WITHIN, stream=True) as answer:
            if answer.status_code == requests.codes.ok:
                body: bytes = answer.raw.read(_LARGEST, decode_content=True)
                return body.decode("utf-8", errors="replace")
    except (requests.RequestException, OSError):
        return ""
    return ""
