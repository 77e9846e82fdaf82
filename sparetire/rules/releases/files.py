"""What the files of a release must be before any rule can look at its words.

Whoever reads the folder tells these (``workspace/releases.py``); here they are explained,
beside the others.
"""

from sparetire.model.finding import Severity
from sparetire.rules.releases.base import ExplainedRule

__all__ = ["FILE_RULES"]

_OURS = "our own practice"


def _rule(name: str, demand: str, source: str, fails: str, passes: str) -> ExplainedRule:
    told = (demand, f"\nSeverity: error. Source: {source}.", f"Fails: {fails}")
    text = "\n".join((*told, f"Passes: {passes}"))
    return ExplainedRule(f"release-{name}", Severity.ERROR, source, text)


FILE_RULES = (
    _rule(
        "name",
        "A file is called after its release and a language of the site.",
        _OURS,
        "Le Port.fr.md · port.de.md · port.md",
        "port-agrandi.fr.md and port-agrandi.en.md",
    ),
    _rule(
        "unreadable",
        "A file is UTF-8 text whose head holds known keys, each with a value of its kind.",
        "TOML 1.0",
        'titel = "…" · publish_at = "tomorrow" · a head without its lines of +++',
        'title = "…" · publish_at = "2027-03-01 09:00"',
    ),
    _rule(
        "category",
        "A release belongs to a category of the newsroom.",
        _OURS,
        'category = "weather" where newsroom.categories has no such key',
        'category = "operations"',
    ),
    _rule(
        "disagrees",
        "Every language says the same about the release itself: id, category, status, times.",
        "Official Languages Act; Charter of the French language",
        'status = "ready" in French / status = "draft" in English',
        "the same in both",
    ),
    _rule(
        "id-twice",
        "No two releases share an id: readers replace one by the other.",
        "RSS 2.0, guid; RFC 4287, section 4.2.6",
        "files that were copied to begin another release",
        "files that sparetire newsroom new has made",
    ),
    _rule(
        "id-unknown",
        "An id was made by this newsroom, and is remembered in releases/ledger.jsonl.",
        "RSS 2.0, guid; RFC 4287, section 4.2.6",
        "an id typed by hand, or files without the ledger beside them",
        "files that sparetire newsroom new or import has made",
    ),
)
"""Told by the id under which the folder's reader names them."""
