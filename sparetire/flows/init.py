"""Init: a new workspace that works at once on this machine."""

import json
import shutil
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from sparetire import resources
from sparetire.config.load import FILE_NAME, parse_settings
from sparetire.config.places import comment_out, replace_value
from sparetire.disk import local_disk, write_atomic
from sparetire.errors import UsageFault
from sparetire.hosts.port_owner import free_port
from sparetire.model.outcome import Initialised
from sparetire.workspace.brand import read_brand
from sparetire.workspace.icons import monogram
from sparetire.workspace.layout import Workspace
from sparetire.workspace.logo import read_logo

__all__ = ["Identity", "init", "refuse_workspace"]

FIRST_PORT = 8044
REVIEW = timedelta(days=180)
IGNORED = "# What sparetire keeps for itself; losing it harms nothing public.\n.sparetire/\n"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the organisation is.

    Attributes:
        languages: Tags, the default first.
        name: By language code.
        time_zone: An IANA name.
        colour: The brand colour.
        accent: A second colour, or nothing.
        main_site: The organisation's own site, or nothing.
        logo: An SVG or PNG file; without one, a monogram is drawn.
        contacts: Phone and email by audience; the empty ones are left out.
    """

    languages: tuple[str, ...]
    name: dict[str, str]
    time_zone: str
    colour: str
    accent: str = ""
    main_site: str = ""
    logo: Path | None = None
    contacts: dict[str, tuple[str, str]] = field(default_factory=dict)


def init(folder: Path, identity: Identity, today: date) -> Initialised:
    """Write a workspace: settings, brand, the standing pages, and room for the rest.

    Raises:
        UsageFault: There is a workspace already.
        ConfigurationFault: An answer, or the logo, cannot be used.
        LocalDiskFault: The folder cannot be written.
    """
    refuse_workspace(folder)
    workspace = Workspace(folder.resolve())
    text = _settings_text(identity, today)
    settings = parse_settings(text, name="The new workspace")
    first = identity.name[settings.languages[0].code]
    logo = (
        read_logo(identity.logo).content
        if identity.logo
        else monogram(first, identity.colour, "#ffffff")
    )
    logo_name = "logo.png" if logo.startswith(b"\x89PNG") else "logo.svg"
    text = replace_value(text, ("brand", "logo"), json.dumps(f"brand/{logo_name}"))
    with local_disk(workspace.root):
        for part in (workspace.releases, workspace.incidents):
            part.mkdir(parents=True, exist_ok=True)
            (part / ".gitkeep").touch()
        shutil.copytree(resources.skeletons_folder(), workspace.scenarios, dirs_exist_ok=True)
    write_atomic(workspace.brand / logo_name, logo)
    write_atomic(workspace.root / ".gitignore", IGNORED)
    write_atomic(workspace.settings, text)  # last: now it is a workspace
    palette = read_brand(parse_settings(text), workspace.root).palette
    return Initialised(
        folder=str(folder),
        written=(FILE_NAME, f"brand/{logo_name}", "scenarios/", "releases/"),
        adjustments=tuple(change.in_words() for change in palette.adjustments),
    )


def refuse_workspace(folder: Path) -> None:
    """Refuse a folder that is a workspace already.

    Raises:
        UsageFault: It is.
    """
    if Workspace(folder.resolve()).settings.exists():
        raise UsageFault(
            f"{folder} is a sparetire workspace already.",
            why=f"It holds {FILE_NAME}, which would be lost.",
            then="Choose another folder, or edit that file.",
        )


def _settings_text(identity: Identity, today: date) -> str:
    """Return the annotated reference with the organisation's own answers in it."""
    text = (files("sparetire.config") / "reference.toml").read_text(encoding="utf-8")
    codes = [tag.split("-")[0].lower() for tag in identity.languages]
    values = {
        ("organisation", "languages"): _list(identity.languages),
        ("organisation", "time_zone"): _text(identity.time_zone),
        ("organisation", "name"): _table({code: identity.name[code] for code in codes}),
        ("organisation", "main_site"): _text(identity.main_site),
        ("organisation", "boilerplate"): _table(dict.fromkeys(codes, "")),
        ("brand", "colours"): _table(
            {"brand": identity.colour, "accent": identity.accent or identity.colour}
        ),
    }
    for place, value in (values | _addresses()).items():
        text = replace_value(text, place, value)
    if not identity.main_site:
        text = comment_out(text, ("organisation", "main_site"))
    return _with_contacts(text, identity, today)


def _addresses() -> dict[tuple[str, str, str], str]:
    """Return addresses on this machine for both targets, at ports that are free today."""
    local = free_port(FIRST_PORT)
    rehearsal = free_port(FIRST_PORT + 1, frozenset([local]))
    return {
        ("targets", "local", "url"): _text(f"http://127.0.0.1:{local}"),
        ("staging", "rehearsal", "url"): _text(f"http://127.0.0.1:{rehearsal}"),
    }


def _with_contacts(text: str, identity: Identity, today: date) -> str:
    """Put the given contacts in place of the examples, which must never be published."""
    start, end = text.index("[[contacts]]"), text.index("# Live targets")
    tables = [
        "\n".join(
            [
                "[[contacts]]",
                f"audience = {_text(audience)}",
                *([f"phone = {_text(phone)}"] if phone else []),
                *([f"email = {_text(email)}"] if email else []),
                f"review_by = {today + REVIEW}\n",
            ]
        )
        for audience, (phone, email) in identity.contacts.items()
        if phone or email
    ]
    examples = "".join(
        f"# {line}\n" if line else "\n" for line in text[start:end].rstrip().splitlines()
    )
    return text[:start] + ("\n".join(tables) or examples) + "\n" + text[end:]


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)  # a JSON string is a TOML string too


def _list(values: tuple[str, ...]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


def _table(values: dict[str, str]) -> str:
    return "{ " + ", ".join(f"{key} = {_text(text)}" for key, text in values.items()) + " }"
