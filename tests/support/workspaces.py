"""Real workspaces on disk, as ``sparetire init`` makes them, and what a build starts from."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from sparetire import resources
from sparetire.config.load import load_settings, parse_settings
from sparetire.config.places import replace_value
from sparetire.config.schema import Settings
from sparetire.disk import write_atomic
from sparetire.flows.init import Identity, init
from sparetire.flows.session import Session
from sparetire.model.edition import Edition
from sparetire.model.incident import Incident, Statement, Words
from sparetire.stages.build.builder import Builder
from sparetire.stages.build.edition import build_edition
from sparetire.stages.build.source import Source, routes_of
from sparetire.stages.fill.skeleton import fill_skeleton
from sparetire.workspace.brand import read_brand
from sparetire.workspace.layout import Workspace
from tests.support.draft import WORDS

__all__ = [
    "BASE",
    "BOTH",
    "SAID_AT",
    "build",
    "incident",
    "session_in",
    "settings_with",
    "source_of",
    "workspace_in",
]

BASE = "https://info.boreal.example"
BOTH = ("fr-CA", "en-CA")
SAID_AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 60" width="240" height="60">
<rect width="240" height="60" fill="#0b3d66"/></svg>"""
_NAMES = {"fr": "Minéraux Boréal", "en": "Boreal Minerals"}


def workspace_in(folder: Path, languages: Sequence[str] = BOTH) -> Workspace:
    """Make a workspace with a logo and a media contact; its target has a public address."""
    picture = folder.with_name(f"{folder.name}-logo.svg")
    picture.write_bytes(LOGO)
    codes = [tag.split("-")[0] for tag in languages]
    identity = Identity(
        languages=tuple(languages),
        name={code: _NAMES[code] for code in codes},
        time_zone="America/Toronto",
        colour="#0b3d66",
        accent="#f58220",
        main_site="https://www.boreal.example",
        logo=picture,
        contacts={"media": ("+1 418 555-0142", "medias@boreal.example")},
    )
    init(folder, identity, date(2026, 11, 1))
    workspace = Workspace(folder.resolve())
    settings_with(workspace, {("targets", "local", "url"): f'"{BASE}"'})
    return workspace


def settings_with(workspace: Workspace, values: dict[tuple[str, ...], str]) -> Settings:
    """Change keys of the settings file, as a person would, and return the settings."""
    text = workspace.settings.read_text(encoding="utf-8")
    for place, value in values.items():
        text = replace_value(text, place, value)
    write_atomic(workspace.settings, text)
    return parse_settings(text)


def source_of(workspace: Workspace, *incidents: Incident) -> Source:
    """Return what a build of this workspace starts from."""
    settings = load_settings(workspace.root)
    routes = routes_of(settings, settings.crisis.targets[0])
    return Source(
        settings=settings,
        brand=read_brand(settings, workspace.root),
        pages=fill_skeleton(workspace.scenarios / "statement", settings, routes),
        incidents=incidents,
        routes=routes,
        theme=resources.theme_folder("sparetire"),
    )


def session_in(workspace: Workspace) -> Session:
    """Return a run in this workspace that tells nobody what happens."""
    return Session(workspace, load_settings(workspace.root), lambda _event: None)


def build(workspace: Workspace, source: Source) -> Edition:
    """Build an edition with children of its own."""
    with Builder() as builder:
        return build_edition(source, workspace, builder)


def incident(*told: dict[str, Words], name: str = "deversement-riviere") -> Incident:
    """Return an incident with one statement an hour, by default one in both languages."""
    statements = tuple(
        Statement(number, SAID_AT.replace(hour=13 + number), words)
        for number, words in enumerate(told or (WORDS,), start=1)
    )
    codes = statements[0].words
    keywords = {"fr": ("déversement", "rivière Chaudière"), "en": ("oil spill",)}
    return Incident(
        name=name,
        slugs={"fr": name, "en": "oil-spill-river" if "en" in codes else name},
        keywords={code: keywords[code] for code in codes},
        statements=statements,
    )
