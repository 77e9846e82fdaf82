"""Docs: the manual's pages, from the same tables that the program runs on."""

from importlib.resources import files

from sparetire.errors import ExitCode, UsageFault
from sparetire.rules.catalogue import BUILT_RULES, DRAFT_RULES
from sparetire.rules.releases.catalogue import RELEASE_RULES

__all__ = ["page"]

LANGUAGES = ("fr", "en")
MEANINGS = {
    ExitCode.OK: "live and verified, or nothing to do",
    ExitCode.BUG: "a bug of ours",
    ExitCode.USAGE: "the command line is wrong",
    ExitCode.CONTENT_REFUSED: "the content was refused",
    ExitCode.CONFIGURATION: "the configuration or the credentials are wrong",
    ExitCode.LOCKED: "another run holds the target",
    ExitCode.HOST: "host or network; the public sees what it saw before",
    ExitCode.HALFWAY: "stopped half-way, safe: run the same command again",
    ExitCode.NOT_VERIFIED: "published, but not verified",
    ExitCode.NOT_ANNOUNCED: "live, but some announcements failed",
    ExitCode.NOT_APPROVED: "not approved, or under embargo",
    ExitCode.RESTORED: "failed, and the previous edition was restored",
    ExitCode.LOCAL_DISK: "this machine's disk or its permissions",
    ExitCode.INTERRUPTED: "stopped by Ctrl-C",
    ExitCode.TERMINATED: "stopped by the system",
}


def page(topic: str, language: str) -> str:
    """Return a page of the manual; only the runbook, ``launch``, is written in French too.

    Raises:
        UsageFault: It is not written in that language.
    """
    code = language.partition("-")[0].lower()
    if code not in LANGUAGES:
        raise UsageFault(
            f"The manual is not written in {language!r}.",
            why=f"It is written in {' and '.join(LANGUAGES)}.",
            then=f"sparetire docs {topic} --lang {LANGUAGES[0]}",
        )
    match topic:
        case "config":
            return (files("sparetire.config") / "reference.toml").read_text("utf-8")
        case "errors":
            return "\n".join(f"{code:>3}  {meaning}" for code, meaning in MEANINGS.items())
        case "rules":
            rules = [(rule.severity, rule.id, rule.source) for rule in DRAFT_RULES]
            rules += [(rule.severity, rule.id, rule.source) for rule in BUILT_RULES]
            rules += [(rule.severity, rule.id, rule.source) for rule in RELEASE_RULES]
            return "\n".join(f"{weight:<8} {name:<20} {why}" for weight, name, why in rules)
        case _:
            text = files("sparetire.output") / "pages" / f"{topic}.{code}.md"
            return text.read_text("utf-8")
