"""Reads ``sparetire.toml`` and reports every problem in it at once, each with its place."""

import difflib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from sparetire.config import services
from sparetire.config.contradictions import contradictions
from sparetire.config.places import Place, Problem, line_of
from sparetire.config.schema import Settings
from sparetire.errors import ConfigurationFault

__all__ = ["FILE_NAME", "load_settings", "parse_settings"]

FILE_NAME = "sparetire.toml"

_SECRET_NAME = re.compile(r"secret|passw|token|(access|api|private)_?key", re.IGNORECASE)
_SECRET_VALUE = re.compile(
    r"\b(AKIA|ASIA)[A-Z0-9]{12,}|\bnfp_[A-Za-z0-9]{16,}|-----BEGIN|://[^/\s:@]*:(?!\d*/)[^\s@]+@"
)
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")
_SERVICES: dict[str | int, type[BaseModel]] = {
    "directory": services.DirectoryService,
    "s3": services.S3Service,
    "sftp": services.SftpService,
    "git": services.GitService,
    "netlify": services.NetlifyService,
    "zip": services.ZipService,
}
_HOSTS = ", ".join(map(str, _SERVICES))
# How Pydantic names the two members of `Localised`.
_TEXT_FORM = re.compile(r"(constrained-)?str|dict\[.*")
_DOCS = "sparetire docs config shows every key with an example."


def load_settings(folder: Path) -> Settings:
    """Read the settings of a workspace.

    Raises:
        ConfigurationFault: The file is missing, or holds problems: all are told at once.
    """
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8-sig")  # some editors on Windows write a mark
    except FileNotFoundError as error:
        raise ConfigurationFault(
            f"{folder} is not a sparetire workspace.",
            why=f"There is no {FILE_NAME} in it.",
            then="Run sparetire init DIR to make one, or point to yours: "
            "sparetire --workspace DIR …",
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigurationFault(
            f"{path} cannot be read.",
            why=f"It is not UTF-8 text: {error.reason} at byte {error.start + 1}.",
            then="Open it in a text editor and save it again as UTF-8.",
        ) from error
    except OSError as error:
        raise ConfigurationFault(
            f"{path} cannot be read.",
            why=f"{error.strerror}.",
            then="Give yourself the right to read that file, or restore it from a copy.",
        ) from error
    return parse_settings(text, name=str(path))


def parse_settings(text: str, *, name: str = FILE_NAME) -> Settings:
    """Turn TOML text into settings.

    Raises:
        ConfigurationFault: The text holds problems: all are told at once.
    """
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also a number or a nesting without end
        raise ConfigurationFault(
            f"{name} is not valid TOML.", why=str(error), then=f"Correct that line. {_DOCS}"
        ) from error
    problems = list(_secrets(raw))
    secret = {problem.place for problem in problems}
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as error:
        told = dict.fromkeys(_problem(dict(detail)) for detail in error.errors())
        problems += [problem for problem in told if problem.place not in secret]
    else:
        # They repeat names, and a secret could stand in a name's place.
        problems = problems or list(contradictions(settings))
        if not problems:
            return settings
    raise ConfigurationFault(
        f"{name} has {len(problems)} problem{'s' if len(problems) > 1 else ''}.",
        why=[_told(problem, text) for problem in problems],
        then=f"Correct {'it' if len(problems) == 1 else 'them'} and run again. {_DOCS}",
    )


def _told(problem: Problem, text: str) -> str:
    line = line_of(text, problem.place)
    key = ".".join(str(part) for part in problem.place)
    return f"{f'line {line}, ' if line else ''}{key}: {problem.says}"


def _secrets(value: object, place: Place = ()) -> Iterator[Problem]:
    """Find values that look like a secret; the value itself is never repeated."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _secrets(item, (*place, key))
    elif isinstance(value, list):
        for row, item in enumerate(value):
            yield from _secrets(item, (*place, row))
    elif _SECRET_VALUE.search(str(value)) or (_named_secret(place, value) and value):
        yield Problem(
            place,
            "a secret must not be written in this file: it travels with the workspace. "
            "Remove it, change that secret, and use an AWS profile (profile = …) "
            "or the usual environment variables.",
        )


def _named_secret(place: Place, value: object) -> bool:
    named = [part for part in place if isinstance(part, str)]
    if not named or not _SECRET_NAME.search(named[-1]):
        return False
    # A key that ends so says where the secret is; the secret itself does not look like that.
    return not (named[-1].endswith("_env") and _VARIABLE.fullmatch(str(value)))


def _problem(detail: dict[str, Any]) -> Problem:
    place, member = _without_tags(detail["loc"])
    if detail["type"] in {"union_tag_not_found", "union_tag_invalid"}:
        place = (*place, "host")
    return Problem(place, _says(detail, place, member))


def _says(detail: dict[str, Any], place: Place, member: str) -> str:
    if _TEXT_FORM.fullmatch(member):
        return "must be a text, or one for each language: { fr = …, en = … }."
    match detail["type"]:
        case "extra_forbidden":
            names = sorted(_model_at(place[:-1], member).model_fields)
            nearest = difflib.get_close_matches(str(place[-1]), names, n=1)
            hint = f"did you mean {nearest[0]}?" if nearest else f"known: {', '.join(names)}."
            return f"unknown key; {hint}"
        case "missing" | "union_tag_not_found":
            return (
                f"is missing; one of: {_HOSTS}." if place[-1:] == ("host",) else "is missing."
            )
        case "union_tag_invalid":
            return f"no host is called {detail['ctx']['tag']!r}; one of: {_HOSTS}."
        case "value_error":
            return f"{_shown(detail['input'])} {detail['ctx']['error']}."
        case _:
            return f"{_shown(detail['input'])}: {detail['msg'].lower()}."


def _shown(value: object) -> str:
    # A whole table is not repeated: there may be a secret in it.
    return "this" if isinstance(value, dict | list) else repr(value)[:80]


def _without_tags(loc: Place) -> tuple[Place, str]:
    """Take out the member of a union that Pydantic names inside the path; the file does not."""
    if loc[:1] in {("targets",), ("staging",)} and loc[2:3] and loc[2] in _SERVICES:
        return (*loc[:2], *loc[3:]), str(loc[2])
    for index, part in enumerate(loc):
        if index and _TEXT_FORM.fullmatch(str(part)):
            return loc[:index], str(part)
    return loc, ""


def _model_at(place: Place, member: str) -> type[BaseModel]:
    """Find the model of a table."""
    if member:
        return _SERVICES[member]
    model: type[BaseModel] = Settings
    for part in place:
        annotation = None if isinstance(part, int) else model.model_fields[part].annotation
        for candidate in (annotation, *getattr(annotation, "__args__", ())):
            if isinstance(candidate, type) and issubclass(candidate, BaseModel):
                model = candidate
    return model
