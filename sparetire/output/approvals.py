"""The words for approving: what is about to be signed, whole, and what became of it."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sparetire.model.approval import Approval, Subject

if TYPE_CHECKING:
    from sparetire.output.terminal import Terminal

__all__ = [
    "approval_json",
    "key_in_words",
    "key_json",
    "show_approval",
    "show_subject",
    "signatures_in_words",
    "signatures_json",
]


def show_subject(terminal: "Terminal", subject: Subject) -> None:
    """Show every word that is to be signed, as it will be read."""
    facts = json.loads(subject.content)
    if "texts" in facts:
        terminal.say(subject.name)
        for part, texts in facts["texts"].items():
            for code, text in texts.items():
                terminal.say(f"\n[{code}] {part}\n\n{text}")
        return
    terminal.say(f"{subject.name}: {facts['kind']} {facts['number']}")
    for code, words in facts["words"].items():
        terminal.say(f"\n[{code}] {words['title']}\n\n{words['body']}")
        terminal.say(f"[{code}] {', '.join(facts['keywords'].get(code, ()))}")
    for name, bodies in facts["sheets"].items():
        for code, body in bodies.items():
            terminal.say(f"\n[{code}] {name}\n\n{body}")


def show_approval(terminal: "Terminal", approval: Approval) -> None:
    """Show that it was signed, and until when that counts."""
    terminal.say(f"Signed as {approval.role}, good until {approval.until.isoformat()}.")


def approval_json(approval: Approval) -> str:
    """Return a signature for programs."""
    facts = {
        "ok": True,
        "exit_code": 0,
        "digest": approval.digest,
        "role": approval.role,
        "at": approval.at.isoformat(),
        "until": approval.until.isoformat(),
    }
    return json.dumps(facts, ensure_ascii=False, indent=2)


def signatures_in_words(rows: Sequence[tuple[Approval, str]]) -> str:
    """Return a line for each signature: whether it counts, and else why not."""
    if not rows:
        return "No signature was kept for it."
    return "\n".join(
        f"{one.role}, signed at {one.at.isoformat()}: "
        + (f"does not count, {wrong}" if wrong else f"good until {one.until.isoformat()}")
        for one, wrong in rows
    )


def signatures_json(rows: Sequence[tuple[Approval, str]]) -> str:
    """Return the signatures for programs."""
    told = [
        {
            "role": one.role,
            "key": one.key,
            "at": one.at.isoformat(),
            "until": one.until.isoformat(),
            "digest": one.digest,
            "wrong": wrong,
        }
        for one, wrong in rows
    ]
    return json.dumps({"ok": True, "exit_code": 0, "signatures": told}, indent=2)


def key_json(role: str, public: str, where: str) -> str:
    """Return a new key for programs: its public half, and where the other one is."""
    facts = {"ok": True, "exit_code": 0, "role": role, "key": public, "kept": where}
    return json.dumps(facts, ensure_ascii=False, indent=2)


def key_in_words(name: str, role: str, public: str) -> str:
    """Return the table that makes a new key count."""
    return (
        "Add this to sparetire.toml:\n\n"
        f"[[approvers]]\nname = {json.dumps(name, ensure_ascii=False)}\n"
        f"role = {json.dumps(role)}\nkey = {json.dumps(public)}\n"
    )
