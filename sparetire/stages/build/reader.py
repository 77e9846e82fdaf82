"""Reads the documents that we write for Pelican's process: JSON, JSON-LD, then words."""

import json
from datetime import datetime
from typing import Any

from sparetire.stages.markdown import to_html
from sparetire.stages.typography import typeset_html

__all__ = ["Page", "read_page"]

Page = dict[str, Any]
_INSTANTS = {"promise", "published", "started", "translated", "updated"}


def read_page(document: str, code: str) -> Page:
    """Return what a template is told of a page in a language; its words are clean HTML."""
    head, structured, body = document.split("\n", 2)
    page: Page = json.loads(head, object_hook=_with_instants)
    page["structured"] = structured
    # What themes for Pelican ask of a page.
    page["slug"] = page["url"] = page["save_as"] = page["path"]
    root = "../" * page["path"].count("/")
    for part in (*page.get("statements", ()), *page.get("sheets", ())):
        html = to_html(part["body"], top=3, anchor=part["anchor"], root=root)
        part["content"] = typeset_html(html, code)
    if not page["rendered"]:
        body = typeset_html(to_html(body, top=2, anchor="page"), code)
    page["content"] = body
    return page


def _with_instants(facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts that came through JSON, their instants as such again."""
    for name in _INSTANTS & facts.keys():
        value = facts[name]
        if isinstance(value, str) and value:
            facts[name] = datetime.fromisoformat(value)
    return facts
