"""The clean site with one change, and what one rule says about it."""

from pathlib import Path
from typing import Any

from sparetire.model.finding import Finding
from tests.support.site import built, built_findings, clean_site

__all__ = ["after_adding", "after_replacing"]


def after_replacing(
    root: Path,
    rule: str,
    path: str,
    old: str,
    new: str,
    **changes: Any,
) -> list[Finding]:
    """Return what a rule sees once a text in a file was replaced."""
    files = clean_site()
    assert old in files[path], f"{path} does not hold {old!r}"
    return built_findings(
        rule, built(root, files | {path: files[path].replace(old, new)}, **changes)
    )


def after_adding(root: Path, rule: str, path: str, text: str) -> list[Finding]:
    """Return what a rule sees once a file was added."""
    return built_findings(rule, built(root, clean_site() | {path: text}))
