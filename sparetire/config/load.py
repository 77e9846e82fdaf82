"""Reads ``sparetire.toml`` and reports every problem in it at once, each with its place."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from sparetire.config import schema
from sparetire.config.places import Place, line_of
from sparetire.config.schema import S3Service, Service, Settings
from sparetire.errors import ConfigurationFault

__all__ = ["FILE_NAME", "load_settings", "parse_settings"]

FILE_NAME = "sparetire.toml"

_SECRET_NAME = re.compile(r"secret|passw|token|(access|api|private)_?key", re.IGNORECASE)
_SECRET_VALUE = re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{12,}|-----BEGIN|://[^/\s:@]+:[^/\s@]+@")
_DOCS = "sparetire docs config shows every key with an example."


@dataclass(frozen=True, slots=True)
class _Problem:
    place: Place
    says: str


def load_settings(folder: Path) -> Settings:
    """Read the settings of a workspace.

    Raises:
        ConfigurationFault: The file is missing, or holds problems: all are told at once.
    """
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigurationFault(
            f"{folder} is not a sparetire workspace.",
            why=f"There is no {FILE_NAME} in it.",
            then="Run sparetire init DIR to make one, or point to yours: "
            "sparetire --workspace DIR …",
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationFault(f"{path} cannot be read.", why=str(error)) from error
    return parse_settings(text, name=str(path))


def parse_settings(text: str, *, name: str = FILE_NAME) -> Settings:
    """Turn TOML text into settings.

    Raises:
        ConfigurationFault: The text holds problems: all are told at once.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationFault(
            f"{name} is not valid TOML.", why=str(error), then=f"Correct that line. {_DOCS}"
        ) from error
    problems = list(_secrets(raw))
    settings: Settings | None = None
    if not problems:
        try:
            settings = Settings.model_validate(raw)
        except ValidationError as error:
            problems = [_problem(dict(detail)) for detail in error.errors()]
    if settings is not None:
        problems = list(_contradictions(settings))
        if not problems:
            return settings
    raise ConfigurationFault(
        f"{name} has {len(problems)} problem{'s' if len(problems) > 1 else ''}.",
        why=[_told(problem, text) for problem in problems],
        then=f"Correct {'it' if len(problems) == 1 else 'them'} and run again. {_DOCS}",
    )


def _told(problem: _Problem, text: str) -> str:
    line = line_of(text, problem.place)
    key = ".".join(str(part) for part in problem.place)
    return f"{f'line {line}, ' if line else ''}{key}: {problem.says}"


def _secrets(table: Mapping[str, Any], place: Place = ()) -> Iterator[_Problem]:
    """Find values that look like a secret; the value itself is never repeated."""
    for key, value in table.items():
        here = (*place, key)
        if isinstance(value, dict):
            yield from _secrets(value, here)
        elif isinstance(value, list):
            rows = {str(row): item for row, item in enumerate(value) if isinstance(item, dict)}
            yield from _secrets(rows, here)
        elif isinstance(value, str) and (
            _SECRET_VALUE.search(value) or (_SECRET_NAME.search(key) and value)
        ):
            yield _Problem(
                here,
                "a secret must not be written in this file: it travels with the workspace. "
                "Remove it, change that secret, and use an AWS profile (profile = …) "
                "or the usual environment variables.",
            )


def _problem(detail: dict[str, Any]) -> _Problem:
    place = _without_tags(detail["loc"])
    match detail["type"]:
        case "extra_forbidden":
            names = _fields_at(place[:-1])
            nearest = difflib.get_close_matches(str(place[-1]), names, n=1)
            hint = f"did you mean {nearest[0]}?" if nearest else f"known: {', '.join(names)}."
            return _Problem(place, f"unknown key; {hint}")
        case "missing":
            return _Problem(place, "is missing.")
        case "union_tag_not_found":
            return _Problem((*place, "host"), "is missing; it may be directory or s3.")
        case "union_tag_invalid":
            tag = detail["ctx"]["tag"]
            return _Problem((*place, "host"), f"no host is called {tag!r}; directory or s3.")
        case "value_error":
            return _Problem(place, f"{detail['input']!r} {detail['ctx']['error']}")
        case _:
            return _Problem(place, f"{detail['input']!r}: {detail['msg'].lower()}.")


def _without_tags(loc: Place) -> Place:
    # Pydantic names the chosen member of a union inside the path; the file does not.
    tags = {"directory", "s3", "str", "dict[str,str]"}
    return tuple(part for index, part in enumerate(loc) if index == 0 or part not in tags)


def _fields_at(place: Place) -> list[str]:
    """List the keys that a table may hold."""
    if place[:1] in {("targets",), ("staging",)}:
        return sorted({*schema.DirectoryService.model_fields, *schema.S3Service.model_fields})
    model: type[BaseModel] = Settings
    for part in place:
        if isinstance(part, int):
            continue
        annotation = model.model_fields[part].annotation
        for candidate in (annotation, *getattr(annotation, "__args__", ())):
            if isinstance(candidate, type) and issubclass(candidate, BaseModel):
                model = candidate
                break
    return sorted(model.model_fields)


def _contradictions(settings: Settings) -> Iterator[_Problem]:
    """Find what each key alone cannot show."""
    codes = [language.code for language in settings.languages]
    if len(set(codes)) != len(codes):
        yield _Problem(("organisation", "languages"), "each language may stand once.")
    yield from _missing_languages(settings, codes)
    for number, contact in enumerate(settings.contacts):
        if not (contact.phone or contact.email):
            yield _Problem(("contacts", number), "needs a phone or an email.")
    for section in ("crisis", "newsroom"):
        for name in getattr(settings, section).targets:
            if name not in settings.targets:
                yield _Problem((section, "targets"), _no_target(name, settings.targets))
    drill = settings.crisis.drill
    if drill is not None and drill not in settings.staging:
        yield _Problem(("crisis", "drill"), _no_target(drill, settings.staging))
    yield from _shared_ground(settings)


def _missing_languages(settings: Settings, codes: list[str]) -> Iterator[_Problem]:
    texts: list[tuple[Place, schema.Localised]] = [
        (("organisation", "name"), settings.organisation.name),
        (("organisation", "boilerplate"), settings.organisation.boilerplate),
    ]
    for number, contact in enumerate(settings.contacts):
        texts += [(("contacts", number, "name"), contact.name)]
        texts += [(("contacts", number, "hours"), contact.hours)]
    for place, text in texts:
        if isinstance(text, dict) and set(text) != set(codes):
            yield _Problem(place, f"needs a text for each of: {', '.join(codes)}.")
        if place == ("organisation", "name") and not text:
            yield _Problem(place, "is empty.")


def _no_target(name: str, known: Mapping[str, object]) -> str:
    nearest = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {nearest[0]}?" if nearest else f"known: {', '.join(known) or 'none'}."
    return f"no target is called {name!r}; {hint}"


def _shared_ground(settings: Settings) -> Iterator[_Problem]:
    """Find a staging target that stands where a live one does: a drill would go public."""
    for staged, rehearsal in settings.staging.items():
        for name, live in settings.targets.items():
            if _ground(rehearsal) == _ground(live) or rehearsal.url == live.url:
                yield _Problem(
                    ("staging", staged), f"is the same place as the live target {name!r}."
                )


def _ground(service: Service) -> tuple[str, ...]:
    if isinstance(service, S3Service):
        return (service.endpoint_url or "aws", service.bucket, service.prefix)
    return (str(Path(service.path)),)
