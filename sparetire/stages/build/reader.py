"""Pelican's reader for the documents that we write for it: one line of JSON, then Markdown."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from pelican.readers import BaseReader

from sparetire.stages.markdown import to_html
from sparetire.stages.typography import typeset_html

__all__ = ["DocumentReader"]

_INSTANTS = {"promise", "published", "started", "updated"}


def _with_instants(facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts that came through JSON, their instants as such again."""
    for name in _INSTANTS & facts.keys():
        value = facts[name]
        if isinstance(value, str) and value:
            facts[name] = datetime.fromisoformat(value)
    return facts


class DocumentReader(BaseReader):
    """Reads a document whose metadata is ours alone: no author can set a template or a path."""

    file_extensions = ("words",)  # not "md": Pelican warns that its own reader is missing

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the clean HTML and the metadata of a document."""
        text = self.settings["DOCUMENTS"][Path(source_path).name]
        head, _, body = text.partition("\n")
        code = self.settings["DEFAULT_LANG"]
        metadata = json.loads(head, object_hook=_with_instants)
        root = "../" * metadata["path"].count("/")
        for part in (*metadata.get("statements", ()), *metadata.get("sheets", ())):
            html = to_html(part["body"], top=3, anchor=part["anchor"], root=root)
            part["content"] = typeset_html(html, code)
        return typeset_html(to_html(body, top=2, anchor="page"), code), metadata
