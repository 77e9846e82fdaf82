"""The brand on one sheet: every colour and every state of the page, in both schemes.

It is a file to look at and to pass around: it loads nothing, and the theme's own rules dress
it.
"""

import html
import tomllib
from pathlib import Path
from typing import Any

from sparetire.model.colour import Colour
from sparetire.model.palette import Palette

__all__ = ["contrasts", "swatch_sheet"]

PAIRS = (
    ("ink", "paper", 4.5),
    ("soft", "panel", 4.5),
    ("link", "paper", 4.5),
    ("link", "panel", 4.5),
    ("on-fill", "fill", 4.5),
    ("mark", "panel", 3.0),
    ("underline", "panel", 3.0),
)  # what is read or seen on what, and the least contrast (WCAG 2.2, 1.4.3 and 1.4.11)


def contrasts(tokens: dict[str, str]) -> list[tuple[str, str, float, float]]:
    """Return what stands on what, its contrast, and the least that it must have."""
    return [
        (over, under, Colour.parse(tokens[over]).contrast(Colour.parse(tokens[under])), least)
        for over, under, least in PAIRS
    ]


def swatch_sheet(name: str, palette: Palette, theme: Path, code: str) -> str:
    """Return the sheet as one HTML file.

    Args:
        name: The organisation's.
        palette: The tokens of both schemes.
        theme: The folder whose rules and words dress the page.
        code: The language to say it in.
    """
    words = tomllib.loads((theme / "words" / f"{code}.toml").read_text("utf-8"))
    rules = (theme / "style.css").read_text("utf-8")
    schemes = (("light", palette.light), ("dark", palette.dark))
    tokens = "".join(f".{scheme} {{{_rules(values)}}}\n" for scheme, values in schemes)
    moved = "".join(f"<li>{html.escape(one.in_words())}</li>" for one in palette.adjustments)
    panels = "".join(_panel(name, scheme, values, words) for scheme, values in schemes)
    style = tokens + rules + (theme / "swatches.css").read_text("utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(name)}</title>\n<style>{style}</style>\n"
        '</head>\n<body class="light">\n<main class="swatches">\n'
        f'<h1>{html.escape(name)}</h1>\n<ul>{moved}</ul>\n<div class="schemes">{panels}</div>\n'
        "</main>\n</body>\n</html>\n"
    )


def _rules(tokens: dict[str, str]) -> str:
    return "".join(f"--{name}: {value}; " for name, value in tokens.items())


def _panel(name: str, scheme: str, tokens: dict[str, str], words: dict[str, Any]) -> str:
    state, home = words["state"], words["home"]
    return f"""<section class="scheme {scheme}" aria-label="{scheme}">
<div class="top"><div class="bar"><span class="brand"><strong>{html.escape(name)}</strong>
<span>{words["official"]}</span></span></div></div>
<div class="hero"><div class="bar">
<p class="state open"><strong>{state["open"]}</strong> <span>{state["updated"]} 16:05</span></p>
<p class="lead">{home["waiting"]}</p>
<p class="state closed"><strong>{state["closed"]}</strong></p></div></div>
<div class="columns">
<p>{home["waiting_more"]} <a href="#">{home["latest"]}</a>,
<a href="#" class="hovered">{home["latest"]}</a>,
<a href="#" class="focused">{home["latest"]}</a></p>
<p class="quiet">{words["feeds"]["explain"]}</p>
<p><a class="button" href="#">{words["root"]["enter"]}</a></p>
<div class="card"><h3>{words["contacts"]["media"]}</h3>
<p><a class="tap phone" href="#">418 555-0142</a></p></div>
<p class="notice">{words["gap"]["newer"]}</p>
<div class="chips">{_chips(tokens)}</div>{_table(tokens)}</div></section>"""


def _chips(tokens: dict[str, str]) -> str:
    return "".join(
        f'<div class="chip"><b style="background: {value}"></b>'
        f"<span>{token}<br>{value}</span></div>"
        for token, value in tokens.items()
    )


def _table(tokens: dict[str, str]) -> str:
    rows = "".join(
        f"<tr><th>{over} / {under}</th><td>{ratio:.2f}:1</td><td>≥ {least}</td></tr>"
        for over, under, ratio, least in contrasts(tokens)
    )
    return f"<table><tbody>{rows}</tbody></table>"
