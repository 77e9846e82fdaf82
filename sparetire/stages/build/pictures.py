"""The pictures of an edition: logo, icons and share cards, drawn while Pelican renders.

A drawn picture is named by what it shows, so that pages can name it before it is drawn, and it
is drawn again only when that, or this program, has changed.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from sparetire.stages.build.cards import ASSETS, card_path, drawn_path
from sparetire.stages.build.signature import program_signature
from sparetire.stages.build.source import Source
from sparetire.workspace.bodies import Bodies, Body
from sparetire.workspace.card import Card, draw_card
from sparetire.workspace.icons import draw_icons
from sparetire.workspace.rendered import Rendered

__all__ = ["TAB_ICON", "Pictures"]

TAB_ICON = "favicon.ico"  # at the root, where feed readers ask for it unbidden


@dataclass
class Pictures:
    """The pictures of one build.

    Attributes:
        source: What the edition is made of.
        bodies: Where bytes are kept.
        rendered: What was drawn before.
        files: The bytes of each picture by path, complete once `draw` has returned.
    """

    source: Source
    bodies: Bodies
    rendered: Rendered
    files: dict[str, Body] = field(default_factory=dict)

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

    def draw(self, cards: Iterable[Card]) -> None:
        """Draw the icons, and the cards that pages name, which were not drawn before."""
        for path, card in {card_path(card): card for card in cards}.items():
            self._drawn(path, repr(card), partial(draw_card, card))
        icons = cache(partial(draw_icons, *self._sign(), self.source.brand.logo))
        touch = self._touch_path()
        self._drawn(TAB_ICON, f"tab {touch}", lambda: icons().tab)
        self._drawn(touch, touch, lambda: icons().touch)

    def _sign(self) -> tuple[str, str, str]:
        settings, tokens = self.source.settings, self.source.brand.palette.light
        name = settings.say(settings.organisation.name, settings.languages[0].code)
        return name, tokens["fill"], tokens["on-fill"]

    def _touch_path(self) -> str:
        logo = self.source.brand.logo
        return drawn_path("touch", repr((self._sign(), logo.content if logo else b"")))

    def _drawn(self, path: str, shows: str, draw: Callable[[], bytes]) -> None:
        key = hashlib.sha256(shows.encode()).hexdigest()
        known = self.rendered.find(program_signature(), key)
        body = self.bodies.find(known) if known else None
        if body is None:
            body = self.bodies.keep(draw())
            self.rendered.note([(program_signature(), key, body.sha256)])
        self.files[path] = body

    def _keep(self, name: str, suffix: str, content: bytes) -> str:
        path = f"{ASSETS}/{name}.{hashlib.sha256(content).hexdigest()[:8]}{suffix}"
        self.files[path] = self.bodies.keep(content)
        return path
