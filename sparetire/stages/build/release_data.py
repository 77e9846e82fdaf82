"""What search engines read of a release: schema.org's NewsArticle and Organization."""

from datetime import datetime
from typing import Any

from sparetire.model.language import Language
from sparetire.model.release import Release, Wording
from sparetire.stages.build.newsroom_paths import NewsroomPaths
from sparetire.stages.build.release_text import body_html
from sparetire.stages.build.source import Source
from sparetire.stages.build.structured import json_ld, organisation_node
from sparetire.stages.markdown import plain_text

__all__ = ["release_data"]


def release_data(
    source: Source, release: Release, language: Language, everywhere: dict[str, NewsroomPaths]
) -> str:
    """Return one graph: the article, who publishes it, and the way to it from the front.

    Args:
        source: The site.
        release: The release.
        language: The language that the data speaks.
        everywhere: The newsroom's paths by language code.
    """
    paths = everywhere[language.code]
    organisation = {
        **organisation_node(source.settings, language, source.routes),
        "@id": f"{source.routes.url('')}#organisation",
    }
    url = source.routes.url(paths.release(release))
    article: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        **_words(release.wordings[paths.code], paths),
        "inLanguage": language.tag,
        "articleSection": source.settings.newsroom.category(release.category, paths.code),
        "datePublished": _local(release.published, paths),
        "dateModified": _local(release.updated, paths),
        "isAccessibleForFree": True,
        "author": {"@id": organisation["@id"]},
        "publisher": {"@id": organisation["@id"]},
        **_picture(source, release, paths.code),
        **_translations(source, release, language, everywhere),
    }
    crumbs = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            _crumb(1, paths.words["title"], source.routes.url(paths.front)),
            _crumb(2, article["headline"], url),
        ],
    }
    return json_ld(
        {"@context": "https://schema.org", "@graph": [article, organisation, crumbs]}
    )


def _words(wording: Wording, paths: NewsroomPaths) -> dict[str, Any]:
    corrections = [
        {
            "@type": "CorrectionComment",
            "text": each.note,
            "datePublished": _local(each.at, paths),
        }
        for each in wording.corrections
    ]
    return {
        "headline": wording.title,
        "description": wording.summary,
        "articleBody": plain_text(body_html(wording.body)),
        **({"dateline": wording.place} if wording.place else {}),
        **({"keywords": list(wording.tags)} if wording.tags else {}),
        **({"correction": corrections} if corrections else {}),
    }


def _picture(source: Source, release: Release, code: str) -> dict[str, Any]:
    shot = release.publication.pictures.get(code) if release.publication else None
    picture = release.wordings[code].picture
    if shot is None or picture is None:
        return {}
    return {
        "image": {
            "@type": "ImageObject",
            "url": source.routes.url(f"assets/releases/{shot.file}"),
            **({"caption": picture.caption} if picture.caption else {}),
            **({"creditText": picture.credit} if picture.credit else {}),
        }
    }


def _translations(
    source: Source, release: Release, language: Language, everywhere: dict[str, NewsroomPaths]
) -> dict[str, Any]:
    """Tie the languages together: the first is the work, the others translate it."""
    nodes = {
        code: {"@id": source.routes.url(paths.release(release))}
        for code, paths in everywhere.items()
        if code in release.wordings
    }
    first = next(iter(nodes))
    if language.code != first:
        return {"translationOfWork": nodes[first]}
    others = [node for code, node in nodes.items() if code != first]
    return {"workTranslation": others} if others else {}


def _crumb(position: int, name: str, url: str) -> dict[str, Any]:
    return {"@type": "ListItem", "position": position, "name": name, "item": url}


def _local(moment: datetime | None, paths: NewsroomPaths) -> str:
    assert moment is not None  # noqa: S101  only public releases have such data
    return moment.astimezone(paths.zone).isoformat()
