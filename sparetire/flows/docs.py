"""Docs: the manual's pages, offline, in French and in English."""

import tomllib
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from sparetire.config.schema import Settings
from sparetire.errors import UsageFault
from sparetire.flows.headers import headers_page
from sparetire.flows.theming import theme_page
from sparetire.model.language import Language
from sparetire.rules.catalogue import BUILT_RULES, DRAFT_RULES
from sparetire.rules.releases.catalogue import RELEASE_RULES
from sparetire.stages.fill.blanks import fill_text
from sparetire.stages.fill.facts import Worded
from sparetire.stages.fill.known import known_facts
from sparetire.stages.markdown import to_html

if TYPE_CHECKING:
    from sparetire.rules.base import BuiltRule, DraftRule
    from sparetire.rules.releases.base import ReleaseRule

__all__ = [
    "CHAPTERS",
    "LANGUAGES",
    "manual_code",
    "manual_language",
    "manual_table",
    "page",
    "printed",
]

LANGUAGES = ("fr", "en")
CHAPTERS = ("before", "launch", "during", "after", "drill", "trouble")
"""The runbook, in the order of a crisis."""

_GENERATED = {"headers": headers_page, "theme": theme_page}
TABLES = ("config", "errors", "rules")

_PAGES = files("sparetire.output") / "pages"
# One page of paper: two columns would be harder to follow with a finger at night.
_STYLE = """@page { size: letter; margin: 14mm 16mm }
body { font: 10.5pt/1.32 system-ui, sans-serif; max-width: 46em; margin: 0 auto; color: #000 }
h1 { font-size: 17pt; margin: 0 0 .3em } h2 { font-size: 12pt; margin: .9em 0 .25em }
h1:not(:first-child) { margin-top: 1.6em } h1, h2 { break-after: avoid }
p, ul, ol { margin: .3em 0 }
ul, ol { padding-left: 1.4em } li { margin: .12em 0 }
pre { margin: .35em 0; padding: .45em .7em; background: #eee; white-space: pre-wrap }
code { font: 9.5pt/1.3 ui-monospace, monospace }"""


def manual_language(settings: Settings) -> str:
    """Return the first language of a site that the manual is written in too."""
    codes = [language.code for language in settings.languages]
    return next((code for code in codes if code in LANGUAGES), "en")


def manual_code(language: str, command: str) -> str:
    """Return the code of a language of the manual.

    Args:
        language: A code or a tag.
        command: What asks for it, to be typed again.

    Raises:
        UsageFault: The manual is not written in that language.
    """
    code = language.partition("-")[0].lower()
    if code in LANGUAGES:
        return code
    raise UsageFault(
        f"The manual is not written in {language!r}.",
        why=f"It is written in {' and '.join(LANGUAGES)}.",
        then=f"sparetire {command} --lang {LANGUAGES[0]}",
    )


def manual_table(name: str, code: str) -> dict[str, Any]:
    """Return a table of the manual."""
    return tomllib.loads((_PAGES / f"{name}.{code}.toml").read_text("utf-8"))


def page(topic: str, language: str, settings: Settings | None = None) -> str:
    """Return a page of the manual as plain text that is Markdown too.

    Args:
        topic: A chapter, ``runbook`` for all of them, the card, or a table.
        language: A code or a tag.
        settings: Those of the workspace, whose names the card then bears.

    Raises:
        UsageFault: The manual is not written in that language.
    """
    code = manual_code(language, f"docs {topic}")
    match topic:
        case "config":
            return (files("sparetire.config") / "reference.toml").read_text("utf-8")
        case "headers" | "theme":
            return _GENERATED[topic](code)
        case "errors":
            return "\n".join(
                f"{name:>3}  {told}" for name, told in manual_table(topic, code).items()
            )
        case "rules":
            return "\n".join(_rules(code))
        case "runbook":
            return "\n\n".join(_chapter(name, code, settings) for name in CHAPTERS)
        case _:
            return _chapter(topic, code, settings)


def printed(topic: str, text: str, language: str) -> str:
    """Return a page of the manual as an HTML file to print; a table stays as it is set."""
    code = language.partition("-")[0].lower()
    prose = topic not in TABLES
    title = text.partition("\n")[0].lstrip("# ") if prose else f"sparetire docs {topic}"
    body = to_html(text, top=1, anchor="docs") if prose else f"<pre>{escape(text)}</pre>"
    return (
        f'<!DOCTYPE html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"{body}\n</body>\n</html>"
    )


def _chapter(name: str, code: str, settings: Settings | None) -> str:
    text = (_PAGES / f"{name}.{code}.md").read_text("utf-8")
    facts = known_facts(settings) if settings else {}
    if settings:
        address = settings.target(settings.crisis.targets[0]).url
        facts["address"] = Worded(dict.fromkeys(LANGUAGES, address))
    language = next(
        (one for one in (settings.languages if settings else ()) if one.code == code),
        Language(code),
    )

    def answer(blank: str, part: str) -> str | None:
        fact = facts.get(blank)
        return fact.told(language, part) if fact else None

    return fill_text(text, answer, code)


def _rules(code: str) -> Iterator[str]:
    told = manual_table("rules", code) if code != "en" else {}
    rules: list[DraftRule | BuiltRule | ReleaseRule] = [*DRAFT_RULES, *BUILT_RULES]
    for rule in (*rules, *RELEASE_RULES):
        english = (rule.look.__doc__ or "").partition("\n")[0].replace("``", "")
        yield f"{rule.severity:<8} {rule.id}\n         {told.get(rule.id, english)}"
