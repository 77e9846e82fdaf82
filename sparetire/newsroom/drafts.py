"""What a new press release looks like before its author has written it."""

import json
from dataclasses import dataclass

__all__ = ["Draft", "draft_text"]

_FRENCH = """+++
# L’id suit le communiqué partout : n’y touchez pas. Les deux langues ont le même.
id = {id}
title = {title}
summary = ""  # une ou deux phrases, de 50 à 160 caractères, pour les listes et les moteurs
slug = {slug}  # la fin de l’adresse ; elle ne change plus une fois publique
place = {place}  # le lieu qui ouvre le texte
category = {category}
tags = []  # le premier est celui que les gens chercheront
status = "draft"  # "ready" quand tout est approuvé
{publish_at}
# embargo = "2026-12-01 09:00"  # rien ne paraît avant, pas même le titre
# boilerplate = "À propos de…"  # sinon, celui de sparetire.toml

# [image]
# file = "images/port.jpg"  # dans releases/, au moins 1200 pixels de large
# alt = ""  # ce qu’elle montre, pour qui ne la voit pas
# caption = ""
# credit = ""

# [contact]  # sinon, le contact des médias de sparetire.toml
# name = ""
# phone = ""
# email = ""
+++

[PREMIER PARAGRAPHE : QUI, QUOI, OÙ, QUAND, EN 25 À 40 MOTS]

[DEUXIÈME PARAGRAPHE : POURQUOI ET COMMENT]

> « [UNE CITATION, TROIS PHRASES AU PLUS] »
> — [NOM], [TITRE]

## [INTERTITRE QUI REPREND LE MOT CLÉ]

[LA SUITE : DE 300 À 800 MOTS EN TOUT]
"""

_ENGLISH = """+++
# The id goes everywhere with this release: leave it alone. Both languages have the same.
id = {id}
title = {title}
summary = ""  # one or two sentences, 50 to 160 characters, for lists and search engines
slug = {slug}  # the end of its address; it never changes once it is public
place = {place}  # where the text is dated from
category = {category}
tags = []  # the first is what people will search
status = "draft"  # "ready" once everything is approved
{publish_at}
# embargo = "2026-12-01 09:00"  # nothing appears before that, not even the title
# boilerplate = "About…"  # else the one of sparetire.toml

# [image]
# file = "images/port.jpg"  # in releases/, at least 1200 pixels wide
# alt = ""  # what it shows, for who cannot see it
# caption = ""
# credit = ""

# [contact]  # else the media contact of sparetire.toml
# name = ""
# phone = ""
# email = ""
+++

[FIRST PARAGRAPH: WHO, WHAT, WHERE, WHEN, IN 25 TO 40 WORDS]

[SECOND PARAGRAPH: WHY AND HOW]

> “[A QUOTE, THREE SENTENCES AT MOST]”
> — [NAME], [TITLE]

## [A HEADING WITH THE KEYWORD]

[THE REST: 300 TO 800 WORDS IN ALL]
"""

_TEMPLATES = {"fr": _FRENCH, "en": _ENGLISH}


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a release before it is written, in one language."""

    id: str
    title: str
    slug: str
    place: str
    category: str
    publish_at: str


def draft_text(draft: Draft, code: str) -> str:
    """Return the file for its author to fill; every gap is one that the rules will find."""
    template = _TEMPLATES.get(code, _ENGLISH)
    when = _quoted(draft.publish_at or "2026-12-01 09:00")
    return template.format(
        id=_quoted(draft.id),
        title=_quoted(draft.title),
        slug=_quoted(draft.slug),
        place=_quoted(draft.place),
        category=_quoted(draft.category),
        publish_at=f"{'' if draft.publish_at else '# '}publish_at = {when}",
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
