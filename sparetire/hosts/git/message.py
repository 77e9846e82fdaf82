"""The message of a commit of ours: the record of an edition, kept where its files are."""

import json

from sparetire.errors import ConfigurationFault
from sparetire.hosts.pointer import decode, encode
from sparetire.model.edition import Live

__all__ = ["compose", "read"]

_MARK = "Sparetire-Record: "


def compose(live: Live) -> bytes:
    """Return the message: a line for people, then what is live, then its files."""
    # The files are listed whole: what a later sparetire would make of their names may differ.
    pointer = json.dumps(json.loads(encode(live, "")), ensure_ascii=False)
    title = f"Publish edition {live.edition}, number {live.counter}"
    return f"{title}\n\n{_MARK}{pointer}\n{live.manifest.to_json()}".encode()


def read(message: bytes, tag: str) -> Live | None:
    """Return what a commit made live, or None where the commit is not ours.

    Raises:
        ConfigurationFault: It is ours, and was rewritten by hand.
    """
    text = message.decode(errors="replace")
    _, mark, record = text.partition(f"\n\n{_MARK}")
    if not mark:
        return None
    pointer, _, manifest = record.partition("\n")
    try:
        return decode(
            pointer.encode(), lambda _: [manifest.encode()], f"Commit {tag[:12]}", tag=tag
        )
    except ConfigurationFault as error:
        error.then = "Revert that commit, then run the same command again."
        raise
