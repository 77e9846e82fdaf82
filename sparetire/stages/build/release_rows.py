"""What pages show of releases, in one language, as plain JSON values."""

from collections.abc import Sequence
from typing import Any

from sparetire.model.release import Release, Wording
from sparetire.stages.build.newsroom_paths import NewsroomPaths
from sparetire.stages.build.release_text import told_title
from sparetire.stages.build.source import Source

__all__ = ["SHOTS", "kit_rows", "release_facts", "release_rows"]

Facts = dict[str, Any]

SHOTS = "assets/releases"
KIT = 12  # pictures that the media kit offers


def release_rows(
    source: Source, releases: Sequence[Release], paths: NewsroomPaths
) -> list[Facts]:
    """Return a row a release, in the order given."""
    return [
        {
            "title": told_title(each, paths),
            "summary": "" if each.withdrawn else each.wordings[paths.code].summary,
            "category": source.settings.newsroom.category(each.category, paths.code),
            "published": _iso(each),
            "path": paths.release(each),
            "withdrawn": each.withdrawn,
        }
        for each in releases
    ]


def release_facts(source: Source, release: Release, paths: NewsroomPaths) -> Facts:
    """Return what the page of one release shows beside its text."""
    publication = release.publication
    assert publication is not None  # noqa: S101  only public releases are built
    wording = release.wordings[paths.code]
    organisation = source.settings.organisation
    facts: Facts = {
        "published": _iso(release),
        "updated": "",
        "withdrawn": publication.withdrawn is not None,
        "front": paths.front,
        "category": source.settings.newsroom.category(release.category, paths.code),
        "category_path": paths.section(release.category),
        "tags": [],
        "picture": None,
        "contact": None,
        "boilerplate": "",
        "corrections": [],
    }
    if release.updated != release.published and release.updated:
        facts["updated"] = release.updated.isoformat()
    if publication.withdrawn:
        return facts
    return facts | {
        "tags": list(wording.tags),
        "picture": _picture(release, wording, paths.code),
        "contact": _contact(wording),
        "boilerplate": wording.boilerplate
        or source.settings.say(organisation.boilerplate, paths.code),
        "corrections": [
            {"published": each.at.isoformat(), "note": each.note}
            for each in wording.corrections
        ],
    }


def kit_rows(releases: Sequence[Release], paths: NewsroomPaths) -> list[Facts]:
    """Return the newest pictures that the media may take, each once."""
    found: dict[str, Facts] = {}
    for release in reversed(releases):
        wording = release.wordings[paths.code]
        picture = None if release.withdrawn else _picture(release, wording, paths.code)
        if picture and len(found) < KIT:
            row = {**picture, "title": wording.title, "from": paths.release(release)}
            found.setdefault(picture["path"], row)
    return list(found.values())


def _picture(release: Release, wording: Wording, code: str) -> Facts | None:
    shot = release.publication.pictures.get(code) if release.publication else None
    if shot is None or wording.picture is None:
        return None
    return {
        "path": f"{SHOTS}/{shot.file}",
        "width": shot.width,
        "height": shot.height,
        "small": f"{SHOTS}/{shot.small}" if shot.small else "",
        "small_width": shot.small_width,
        "alt": wording.picture.alt,
        "caption": wording.picture.caption,
        "credit": wording.picture.credit,
    }


def _contact(wording: Wording) -> Facts | None:
    person = wording.contact
    if person is None:
        return None
    digits = "".join(sign for sign in person.phone if sign.isdigit() or sign == "+")
    return {
        "name": person.name,
        "phone": person.phone,
        "phone_href": f"tel:{digits}" if digits else "",
        "email": person.email,
    }


def _iso(release: Release) -> str:
    assert release.published is not None  # noqa: S101  only public releases have rows
    return release.published.isoformat()
