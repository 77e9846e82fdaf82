"""The reference file is a sample, the schema's documentation, and therefore a test."""

import re
import tomllib
from importlib.resources import files
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from sparetire.config.load import parse_settings
from sparetire.config.schema import Settings
from sparetire.config.section import Section
from sparetire.config.services import S3Service, Served

REFERENCE = files("sparetire.config").joinpath("reference.toml").read_text(encoding="utf-8")
COMMENTED = re.compile(r"^# (?=\[\[?[\w.]+\]\]?$|\w+ = )", re.MULTILINE)
WHOLE = COMMENTED.sub("", REFERENCE)


def models(annotation: Any) -> set[type[BaseModel]]:
    """List every table that an annotation may hold, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields.values()
        return {annotation}.union(*(models(field.annotation) for field in fields))
    return set().union(*(models(part) for part in get_args(annotation)))


def names(value: object) -> set[str]:
    """List every key in a document, at any depth."""
    if isinstance(value, dict):
        return set(value).union(*(names(item) for item in value.values()))
    if isinstance(value, list):
        return set().union(*(names(item) for item in value))
    return set()


TABLES: list[type[BaseModel]] = sorted(models(Settings), key=repr)


def test_the_reference_can_be_used_as_it_is() -> None:
    settings = parse_settings(REFERENCE)
    assert [language.tag for language in settings.languages] == ["fr-CA", "en-CA"]
    assert set(settings.targets) == {"local"}
    assert not settings.target("local").public
    assert settings.say(settings.organisation.name, "fr") == "Minéraux Boréal"
    assert settings.say("Boreal", "fr") == "Boreal"
    assert str(settings.zone) == "America/Toronto"


def test_the_reference_can_be_used_with_its_commented_part() -> None:
    settings = parse_settings(WHOLE)
    production = settings.target("production")
    assert isinstance(production.service, S3Service)
    assert production.public
    assert production.url == "https://info.boreal.example"


def test_the_walk_over_the_schema_reaches_every_table() -> None:
    other = "sparetire.config.scenario"  # a file of its own
    tables = {each for each in Section.__subclasses__() if each.__module__ != other}
    assert models(Settings) == (tables | {*Served.__subclasses__()}) - {Served}


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_the_reference_names_every_key(model: type[BaseModel]) -> None:
    assert set(model.model_fields) <= names(tomllib.loads(WHOLE))


def test_every_optional_key_of_a_bucket_stands_in_its_own_table() -> None:
    production = tomllib.loads(WHOLE)["targets"]["production"]
    assert set(production) == set(S3Service.model_fields)
