"""Writes the texts of a share kit: posts, an e-mail, a banner for the organisation's own site.

Everybody who passes something on then says the same, and leads to the one official page.
"""

import html

from sparetire.model.sharing import Story
from sparetire.stages.typography import typeset

__all__ = ["banner", "email", "post"]

LONGEST_POST = 280  # characters, the least that a large network allows
LINK = 23  # what a link counts there, whatever its length (X, "Counting characters")

_WORDS = {
    "fr": {
        "subject": "Objet",
        "greeting": "Bonjour,",
        "more": "Le texte complet et ses mises à jour se trouvent ici :",
        "only": "Cette page est notre seule source officielle. Merci de partager son adresse "
        "plutôt que des extraits.",
        "media": "Médias :",
        "read": "Lire l’information officielle",
    },
    "en": {
        "subject": "Subject",
        "greeting": "Hello,",
        "more": "The full text, kept up to date, is here:",
        "only": "That page is our only official source. Please share its address rather than "
        "excerpts.",
        "media": "Media:",
        "read": "Read the official information",
    },
}


def post(story: Story, code: str) -> str:
    """Return the canonical short text: title and summary as far as they fit, then the link."""
    room = LONGEST_POST - LINK - 2
    title, summary = story.titles[code], story.summaries[code]
    whole = f"{title}\n\n{summary}" if summary else title
    text = whole if len(whole) <= room else title
    return f"{_shortened(typeset(text, code), room)}\n\n{story.urls[code]}\n"


def email(story: Story, code: str) -> str:
    """Return an e-mail, ready to be sent to staff, partners and elected people."""
    words = _WORDS.get(code, _WORDS["en"])
    colon = "\u00a0:" if code == "fr" else ":"
    lines = [
        f"{words['subject']}{colon} {typeset(story.titles[code], code)}",
        words["greeting"],
        typeset(story.summaries[code], code),
        f"{typeset(words['more'], code)}\n{story.urls[code]}",
        words["only"],
        story.speakers[code],
    ]
    if story.reach:
        lines.append(f"{typeset(words['media'], code)} {story.reach}")
    return "\n\n".join(filter(None, lines)) + "\n"


def banner(story: Story, colours: dict[str, str]) -> str:
    """Return HTML to paste at the top of another site: no script, no file, both languages."""
    lines = "\n".join(_line(story, code, colours) for code in story.titles)
    style = f"background:{colours['fill']};color:{colours['on-fill']};padding:.75em 1em;"
    style += "font:1rem/1.4 sans-serif"
    speaker = html.escape(next(iter(story.speakers.values())), quote=True)
    return f'<section aria-label="{speaker}" style="{style}">\n{lines}\n</section>\n'


def _line(story: Story, code: str, colours: dict[str, str]) -> str:
    title = html.escape(typeset(story.titles[code], code))
    url = html.escape(story.urls[code], quote=True)
    read = html.escape(_WORDS.get(code, _WORDS["en"])["read"])
    link = f'<a href="{url}" style="color:{colours["on-fill"]}">{read}</a>'
    return f'<p lang="{code}" style="margin:.2em 0"><strong>{title}</strong> {link}</p>'


def _shortened(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return f"{text[: room - 1].rpartition(' ')[0].rstrip(' ,;:')}…"
