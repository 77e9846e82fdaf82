"""What stands around the text: place, who speaks, whom to call, picture."""

from collections.abc import Iterator

from sparetire.config.schema import Settings
from sparetire.rules.base import Sight
from sparetire.rules.folding import count_words
from sparetire.rules.releases.base import ReleaseDraft

__all__ = ["about", "contact", "picture", "picture_broken", "picture_words", "place", "tags"]

_ABOUT_FEWEST, _ABOUT_MOST = 30, 110
_ALT_FEWEST, _ALT_MOST = 5, 125
WIDE = 1200


def place(draft: ReleaseDraft) -> Iterator[Sight]:
    """A release is dated from a place: its text opens with it.

    Severity: error. Source: OQLF, communiqué; Canadian Press, datelines.
    Fails: place = "" in either language
    Passes: place = "Sept-Îles"
    """
    for _, file, wording in draft.texts():
        if not wording.place:
            yield f"{file}, place", "The release is dated from nowhere.", 'Write place = "…".'


def about(draft: ReleaseDraft) -> Iterator[Sight]:
    """A release ends with 30 to 110 words about who publishes it.

    Severity: warning. Source: PR News, anatomy of an online news release.
    Fails: boilerplate = "" in either language
    Passes: organisation.boilerplate in sparetire.toml, for every release at once
    """
    for code, file, wording in draft.texts():
        text = wording.boilerplate or _said(draft.settings, code)
        count = count_words(text)
        if not _ABOUT_FEWEST <= count <= _ABOUT_MOST:
            yield (
                f"{file}, boilerplate",
                f"The text has {count} words, not {_ABOUT_FEWEST} to {_ABOUT_MOST}.",
                "Write organisation.boilerplate in sparetire.toml.",
            )


def contact(draft: ReleaseDraft) -> Iterator[Sight]:
    """The media can call and write to somebody.

    Severity: error. Source: Google, news transparency policy.
    Fails: a contact without phone or e-mail, in either language
    Passes: a media contact with both in sparetire.toml, or [contact] in the release
    """
    media = next((one for one in draft.settings.contacts if one.audience == "media"), None)
    for _, file, wording in draft.texts():
        person = wording.contact
        phone = person.phone if person else media.phone if media else ""
        email = person.email if person else media.email if media else ""
        missing = [name for name, value in (("phone", phone), ("e-mail", email)) if not value]
        if missing:
            yield (
                f"{file}, contact",
                f"The media have no {' and no '.join(missing)} to reach you.",
                "Add them to the media contact in sparetire.toml, or to [contact] here.",
            )


def tags(draft: ReleaseDraft) -> Iterator[Sight]:
    """A release has at least one keyword, in each language.

    Severity: warning. Source: our own practice.
    Fails: tags = [] in either language
    Passes: tags = ["port", "Sept-Îles"]
    """
    for _, file, wording in draft.texts():
        if not wording.tags:
            yield f"{file}, tags", "There is no keyword.", 'Write tags = ["…"].'


def picture(draft: ReleaseDraft) -> Iterator[Sight]:
    """A release has a picture, at least 1200 pixels wide.

    Severity: warning. Source: Google, Get on Discover.
    Fails: no [image], or one of 800 pixels, in either language
    Passes: [image] with a file of 1600 pixels
    """
    for _, file, wording in draft.texts():
        if wording.picture is None:
            yield f"{file}, image", "There is no picture.", "Add [image] with file and alt."
        elif wording.picture.file in draft.narrow:
            width = draft.narrow[wording.picture.file]
            wrong = f"{wording.picture.file} is {width} pixels wide."
            yield f"{file}, image", wrong, f"Take one of {WIDE} pixels or more."


def picture_broken(draft: ReleaseDraft) -> Iterator[Sight]:
    """The picture that a release names can be published.

    Severity: error. Source: page budget, no dead link.
    Fails: file = "images/none.jpg" in either language
    Passes: file = "images/quai.jpg", which lies in releases/images/
    """
    for _, file, wording in draft.texts():
        if wording.picture and wording.picture.file in draft.broken:
            why = draft.broken[wording.picture.file]
            wrong = f"{wording.picture.file}: {why}"
            yield f"{file}, image", wrong, "Choose another picture, or take it out."


def picture_words(draft: ReleaseDraft) -> Iterator[Sight]:
    """A picture says what it shows in 5 to 125 characters, and who took it.

    Severity: warning. Source: WCAG 2.2, 1.1.1.
    Fails: alt = "" in either language
    Passes: alt = "Le quai de Sept-Îles vu du large" and credit = "Ana Roy"
    """
    for _, file, wording in draft.texts():
        if wording.picture is None:
            continue
        shown = wording.picture.alt
        if not _ALT_FEWEST <= len(shown) <= _ALT_MOST:
            wrong = f"alt has {len(shown)} characters, not {_ALT_FEWEST} to {_ALT_MOST}."
            yield f"{file}, image", wrong, "Say what the picture shows, to who cannot see it."
        if not wording.picture.credit:
            yield f"{file}, image", "Nobody is credited.", 'Write credit = "…".'


def _said(settings: Settings, code: str) -> str:
    return settings.say(settings.organisation.boilerplate, code)
