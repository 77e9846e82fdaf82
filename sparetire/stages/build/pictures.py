"""The pictures of an edition: logo, icons and share cards, drawn while Pelican renders.

A drawn picture is named by what it shows, so that pages can name it before it is drawn, and it
is drawn again only when that, or this program, has changed.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from sparetire.stages.build.cards import ASSETS, card_path, drawn_path
from sparetire.stages.build.signature import program_signature
from sparetire.stages.build.source import Source
from sparetire.stages.build.work import Job
from sparetire.workspace.bodies import Bodies, Body
from sparetire.workspace.card import Card
from sparetire.workspace.icons import draw_icons
from sparetire.workspace.rendered import Rendered

__all__ = ["TAB_ICON", "Pictures"]

AT_ONCE = 30  # cards in one job: to draw them takes as long as to render a batch of pages
TAB_ICON = "favicon.ico"  # at the root, where feed readers ask for it unbidden


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A card that is not drawn yet, and where it will be."""

    shows: str
    file: Path
    card: Card


@dataclass
class Pictures:
    """The pictures of one build.

    Attributes:
        source: What the edition is made of.
        bodies: Where bytes are kept.
        rendered: What was drawn before.
        files: The bytes of each picture by path, complete once `collect` has returned.
    """

    source: Source
    bodies: Bodies
    rendered: Rendered
    files: dict[str, Body] = field(default_factory=dict)
    _awaited: dict[str, _Drawing] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """Keep the logo and the icon, and return what the theme is told about pictures."""
        brand, settings = self.source.brand, self.source.settings
        logo = None
        if brand.logo:
            logo = {
                "path": self._keep("logo", brand.logo.suffix, brand.logo.content),
                "width": brand.logo.width,
                "height": brand.logo.height,
                "alt": {
                    language.code: settings.say(settings.organisation.name, language.code)
                    for language in self.source.languages
                },
            }
        return {
            "logo": logo,
            "icon": self._keep("icon", ".svg", brand.icon),
            "tab": TAB_ICON,
            "touch": self._touch_path(),
        }

    def undrawn(self, cards: Iterable[Card], folder: Path) -> list[Job]:
        """Take note of the cards that pages name, and return jobs that draw those not known.

        Args:
            cards: All of them.
            folder: Where each new one will be, once Pelican's process has drawn it.
        """
        for path, card in {card_path(card): card for card in cards}.items():
            if not self._recall(path, repr(card)):
                self._awaited[path] = _Drawing(repr(card), folder / Path(path).name, card)
        drawings = [
            {"file": str(one.file), "card": asdict(one.card)} for one in self._awaited.values()
        ]
        return [drawings[n : n + AT_ONCE] for n in range(0, len(drawings), AT_ONCE)]

    def draw_icons(self) -> None:
        """Draw the icons, unless they were drawn before."""
        icons = cache(partial(draw_icons, *self._sign(), self.source.brand.logo))
        touch = self._touch_path()
        for path, shows in ((TAB_ICON, f"tab {touch}"), (touch, touch)):
            if not self._recall(path, shows):
                drawn = icons().tab if path == TAB_ICON else icons().touch
                self._note(path, shows, self.bodies.keep(drawn))

    def collect(self) -> dict[str, Body]:
        """Take in the cards that were drawn meanwhile, and return all pictures by path."""
        for path, one in self._awaited.items():
            self._note(path, one.shows, self.bodies.adopt(one.file))
        return self.files

    def _sign(self) -> tuple[str, str, str]:
        settings, tokens = self.source.settings, self.source.brand.palette.light
        name = settings.say(settings.organisation.name, settings.languages[0].code)
        return name, tokens["fill"], tokens["on-fill"]

    def _touch_path(self) -> str:
        logo = self.source.brand.logo
        return drawn_path("touch", repr((self._sign(), logo.content if logo else b"")))

    def _recall(self, path: str, shows: str) -> bool:
        """Tell whether a picture was drawn before, and take it if so."""
        known = self.rendered.find(program_signature(), _key(shows))
        body = self.bodies.find(known) if known else None
        if body:
            self.files[path] = body
        return body is not None

    def _note(self, path: str, shows: str, body: Body) -> None:
        self.rendered.note([(program_signature(), _key(shows), body.sha256)])
        self.files[path] = body

    def _keep(self, name: str, suffix: str, content: bytes) -> str:
        path = f"{ASSETS}/{name}.{hashlib.sha256(content).hexdigest()[:8]}{suffix}"
        self.files[path] = self.bodies.keep(content)
        return path


def _key(shows: str) -> str:
    return hashlib.sha256(shows.encode()).hexdigest()
