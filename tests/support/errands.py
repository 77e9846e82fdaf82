"""Commands that change a live site: how it stands before, how they are typed, what is left."""

import hashlib
import json
import posixpath
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from sparetire.config.load import load_settings
from sparetire.hosts.registry import open_host
from tests.support.command import Team
from tests.support.warm import Warm

__all__ = [
    "ERRANDS",
    "TARGET",
    "Errand",
    "add_production",
    "files_below",
    "finish",
    "restore",
    "typed",
    "unsound",
]

FRENCH = "Le courant est rétabli dans la moitié de la raffinerie depuis 10 h 15.\n"
ENGLISH = "Power is back in half of the refinery since 10:15 a.m. today.\n"
TARGET = ("--target", "production", "--yes", "--json")
_LINK = re.compile(r"""(?:href|src)=["']?([^"'\s>]+)""")


@dataclass(frozen=True, slots=True)
class Errand:
    """A command that changes a live site.

    Attributes:
        before: Makes the site as it is live before.
        words: Returns the command as it is typed.
        says: What the French pages say once it is done.
        no_more: What they do not say any more then.
    """

    before: Callable[[Team], None]
    words: Callable[[Team], list[str]]
    says: str
    no_more: str = "a text that no page has"


def _prepared(team: Team) -> None:
    _done(team, ["prepare", *TARGET])
    _restyle(team)


def _launched(team: Team) -> None:
    _done(team, team.launch(*TARGET))
    _restyle(team)


def _updated(team: Team) -> None:
    _launched(team)
    _done(team, _update(team))


def _update(team: Team) -> list[str]:
    texts = {"fr": FRENCH, "en": ENGLISH}
    for code, text in texts.items():
        (team.folder.parent / f"next.{code}.md").write_text(text, encoding="utf-8")
    files = [f"{code}={team.folder.parent / f'next.{code}.md'}" for code in texts]
    return ["update", "--content", files[0], "--content", files[1], *TARGET]


def _restyle(team: Team) -> None:
    """Change the colours, so that the next edition wears another style sheet."""
    team.set("brand", "colours", value='{ brand = "#5a1a66", accent = "#f58220" }')


def _done(team: Team, words: list[str]) -> None:
    ended = team.call(*words)
    assert ended.code == 0, ended.out + ended.err


ERRANDS = {
    "launch": Errand(_prepared, lambda team: team.launch(*TARGET), "Personne n’est blessé"),
    "update": Errand(_launched, _update, "la moitié de la raffinerie"),
    "rollback": Errand(
        _updated,
        lambda _team: ["rollback", *TARGET],
        "Personne n’est blessé",
        no_more="la moitié de la raffinerie",
    ),
}


def typed(team: Team, errand: Errand) -> list[str]:
    """Return all words of a command."""
    return ["-w", str(team.folder), *errand.words(team)]


def unsound(seen: Mapping[str, bytes], before: Mapping[str, bytes], team: Team) -> list[str]:
    """Return what readers would find broken or torn, from every page they knew before.

    A file must have the bytes that it had, or those of a site that was built whole; and what a
    page wears and links to must be there. Names of style sheets hold the hash of their bytes.
    """
    built = {path.name for path in (team.folder / ".sparetire/bodies").rglob("*")}
    wrong = [
        f"{path} is torn"
        for path, body in seen.items()
        if body != before.get(path) and hashlib.sha256(body).hexdigest() not in built
    ]
    todo, known = [path for path in before if path.endswith(".html")], set[str]()
    while todo:
        path = todo.pop()
        if path in known:
            continue
        known.add(path)
        if path not in seen:
            wrong.append(f"{path} is dead")
        elif path.endswith(".html"):
            todo += _links(path, seen[path].decode(), f"{team.folder.name}/")
    return wrong


def _links(path: str, text: str, root: str) -> list[str]:
    found = []
    for link in _LINK.findall(text):
        parts = urlsplit(urldefrag(link).url)
        if parts.scheme or parts.netloc or not parts.path:
            continue
        # The page for addresses that lead nowhere names its own from the root of the server.
        target = urljoin(f"/{path}", parts.path).rpartition(root)[2].lstrip("/")
        found.append(posixpath.join(target, "index.html") if target[-1:] == "/" else target)
    return found


def finish(
    team: Team, errand: Errand, warm: Warm, read: Callable[[], Mapping[str, bytes]]
) -> None:
    """Type the command, plainly, and see that it does all that it is for.

    Args:
        team: Who types it.
        errand: The command.
        warm: Runs it.
        read: Returns every public file, by path.
    """
    ended = warm.run(*typed(team, errand), env=team.env)
    assert ended.code == 0, ended.out + ended.err
    target = load_settings(team.folder).target("production")
    host = open_host(target, team.folder)
    live = host.read_live()
    assert live is not None
    assert live.manifest.edition == live.edition
    assert host.drift(live) == ()
    seen = read()
    french = [path for path in live.manifest.entries if re.fullmatch(r"fr/.*\.html", path)]
    pages = "".join(seen[path].decode() for path in french)
    assert errand.says in pages
    assert errand.no_more not in pages


def add_production(team: Team, **keys: object) -> None:
    """Add a production target to a team's settings."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in keys.items()]
    table = "\n".join(["[targets.production]", *lines, "", "[staging.rehearsal]"])
    text = team.settings.replace("[staging.rehearsal]", table, 1)
    (team.folder / "sparetire.toml").write_text(text, encoding="utf-8")


def files_below(root: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by path."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def restore(folder: Path, template: Path) -> None:
    """Make a workspace what it was when it was copied."""
    shutil.rmtree(folder)
    shutil.copytree(template, folder, symlinks=True)
