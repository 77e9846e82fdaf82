"""The theme's own words in a language, and how statements are called with them."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from sparetire.errors import ConfigurationFault
from sparetire.model.incident import Incident, Kind, Statement

__all__ = ["heading", "headline", "interface_words"]

Words = dict[str, Any]


def interface_words(theme: Path, code: str) -> Words:
    """Return every interface word of a theme in one language.

    Raises:
        ConfigurationFault: The theme does not speak it.
    """
    path = theme / "words" / f"{code}.toml"
    try:
        return _read(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        known = ", ".join(sorted(file.stem for file in path.parent.glob("*.toml")))
        raise ConfigurationFault(
            f"The theme does not speak the language {code!r}.",
            why=f"It speaks: {known}.",
            then="Correct organisation.languages in sparetire.toml.",
        ) from error


@lru_cache(maxsize=8)
def _read(text: str) -> Words:
    """Read a text that many pages ask for."""
    return tomllib.loads(text)


def heading(incident: Incident, statement: Statement, code: str, words: Words) -> str:
    """Return how a statement is called under the title of its incident."""
    title = statement.words[code].title
    first = incident.opening(code)
    # A corrected title is no longer that of the incident, nor of what was said under it.
    borrowed = first and title == first.title and statement.words[code] != first
    if title != incident.title(code) and not borrowed:
        return title
    named: dict[str, str] = words["statement"]
    told = [one for one in incident.statements if code in one.words]
    if statement.kind is not Kind.STATEMENT:
        alike = [one.number for one in told if one.kind is statement.kind]
        name = named[f"{statement.kind}_name"]
        return f"{name} {alike.index(statement.number) + 1}" if len(alike) > 1 else name
    if len(told) == 1:
        return named["only"]
    return named["first"] if statement.number == 1 else named["numbered"] % statement.number


def headline(incident: Incident, statement: Statement, code: str, words: Words) -> str:
    """Return how a statement is called where nothing names its incident."""
    title = statement.words[code].title
    if statement.kind is Kind.STATEMENT or statement.words[code] == incident.opening(code):
        return title
    called = heading(incident, statement, code, words)
    return title if called == title else f"{title}{words['language_separator']}{called}"
