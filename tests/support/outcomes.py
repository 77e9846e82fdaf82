"""Results of commands, as the terminal and JSON are given them."""

from dataclasses import replace

from sparetire.model.edition import Live
from sparetire.model.finding import Finding, Severity
from sparetire.model.incident import Incident
from sparetire.model.manifest import Entry, Manifest, Wave
from sparetire.model.published import Proposal, Published
from sparetire.model.receipt import Receipt
from sparetire.stages.plan import make_plan
from tests.support.draft import incident

__all__ = ["URLS", "WARNING", "proposal", "published", "receipt", "unchanged"]

URLS = {
    "fr": "https://info.boreal.example/fr/deversement-riviere/",
    "en": "https://info.boreal.example/en/oil-spill-river/",
}
WARNING = Finding("title-long", Severity.WARNING, "title (fr)", "It is long.", "Shorten it.")
AT = "2026-11-23T14:00:00+00:00"


def _manifest(*paths: str) -> Manifest:
    return Manifest(
        {path: Entry(path, path * 9, 1_500, "text/html", "", Wave.PAGES) for path in paths}
    )


def proposal(*findings: Finding, about: Incident | None = None) -> Proposal:
    """Return a proposal that sends two files, keeps one and retires one."""
    kept, new = _manifest("a.html", "old.html"), _manifest("a.html", "b.html", "c.html")
    plan = make_plan("local", new, Live("before", kept, 1, AT, {}))
    about = about or incident()
    titles = {code: title for code in URLS if (title := about.title(code))}
    made = Proposal(about, URLS, (plan,), findings, URLS["fr"][:27], public=True)
    return replace(made, titles=titles)


def receipt() -> Receipt:
    """Return what was done for that proposal."""
    return Receipt("local", "0a1b2c3d4e5f", put=2, kept=1, retired=1, size=3_000, verified=1.5)


def published(*receipts: Receipt, of: Proposal | None = None) -> Published:
    """Return the end of a run; without receipts it was a dry one."""
    timings = {"build": 0.5, "push": 0.75}
    return Published(of or proposal(), "0a1b2c3d4e5f", receipts, timings)


def unchanged() -> Published:
    """Return a run that found everything in place."""
    return published(replace(receipt(), put=0, retired=0, size=0))
