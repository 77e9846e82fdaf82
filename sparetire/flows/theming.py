"""Theming: what a workspace may put in place of the theme's own parts, and what it does put."""

import re
from collections.abc import Iterator
from importlib.resources import files

from sparetire import resources
from sparetire.flows.session import Session
from sparetire.model.colour import WHITE
from sparetire.model.finding import Finding, Severity
from sparetire.model.palette import make_palette

__all__ = ["PARTS", "look_at_theme", "theme_page"]

THEME = "sparetire"
PARTS = {
    "_brand.html": "site, assets, words, to, picture",
    "_contacts.html": "site.contacts, words",
    "_footer.html": "site, page, words, to, url",
    "_incidents.html": "chosen, words, to",
    "_languages.html": "sites, site, page.twins",
    "_picture.html": "picture_row",
    "_releases.html": "chosen",
    "_sheet.html": "sheet, words",
    "_state.html": "shown, words",
    "_statement.html": "article, mine, words",
}
"""The parts that keep their names, and what each is given: a promise to workspaces."""

_BLOCK = re.compile(r"{% block (\w+)")


def theme_page(code: str) -> str:
    """Return the manual's page about a theme of one's own."""
    base = resources.theme_folder(THEME) / "templates" / "base.html"
    told = {
        "tokens": "\n".join(f"- `var(--{name})`" for name in make_palette(WHITE, WHITE).light),
        "parts": "\n".join(f"- `{name}`: {given}" for name, given in PARTS.items()),
        "blocks": ", ".join(f"`{name}`" for name in _BLOCK.findall(base.read_text("utf-8"))),
    }
    text = (files("sparetire.output") / "pages" / f"theme.{code}.md").read_text("utf-8")
    for name, words in told.items():
        text = text.replace(f"{{{{ {name} }}}}", words)
    return text


def look_at_theme(session: Session) -> Iterator[str | Finding]:
    """Yield which parts of the theme the workspace replaces, and which of them nothing uses."""
    own = session.workspace.own_theme
    if not own.is_dir():
        return
    ours = {path.name for path in (resources.theme_folder(THEME) / "templates").glob("*.html")}
    templates = sorted(path.name for path in (own / "templates").glob("*.html"))
    replaced = [name for name in templates if name in ours]
    if (own / "style.css").is_file():
        replaced.append("style.css")
    if replaced:
        yield f"Your own {', '.join(replaced)} stand in for the theme's."
    stray = [path.name for path in sorted(own.glob("*")) if path.suffix == ".html"]
    for name in stray:
        message = "is not read: templates lie one folder further down."
        remedy = f"Move it to brand/theme/templates/{name}"
        yield Finding("theme-stray", Severity.WARNING, f"brand/theme/{name}", message, remedy)
    for name in (name for name in replaced if name in ours and name not in PARTS):
        place = f"brand/theme/templates/{name}"
        message = "may change with the next version: only some parts keep their names."
        remedy = "See which: sparetire docs theme"
        yield Finding("theme-unpromised", Severity.INFO, place, message, remedy)
