"""Tells which items of an archive were never public where they come from.

An export holds all that an editor has: drafts, private and trashed posts, posts behind a
password, and technical items such as attachments and revisions.
"""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from sparetire.stages.archive.piece import plain

__all__ = ["why_not_public", "why_not_public_head"]

_WORDPRESS = "{http://wordpress.org/export/"
_CONTROL = (
    "{http://www.w3.org/2007/app}control/{http://www.w3.org/2007/app}draft",  # RFC 5023, 13.1.1
    "{http://purl.org/atom/app#}control/{http://purl.org/atom/app#}draft",  # Blogger
)
_BLOGGER = "http://schemas.google.com/blogger/2008/kind#"
# Post types of WordPress that no reader opens as a page.
_TECHNICAL = {
    *("attachment", "revision", "nav_menu_item", "custom_css", "customize_changeset"),
    *("oembed_cache", "user_request", "wp_block", "wp_template", "wp_template_part"),
    *("wp_global_styles", "wp_navigation", "wp_font_family", "wp_font_face", "acf-field"),
    *("acf-field-group", "elementor_library", "shop_order"),
}
_PUBLIC = {"publish", "published", "public", "live", "active"}
_YES = {"true", "yes", "1", "on"}


def why_not_public(item: Element) -> str:
    """Return why an item of a feed or an export is not public, or nothing."""
    facts = {
        each.tag.rpartition("}")[2]: (each.text or "").strip()
        for each in item
        if str(each.tag).startswith(_WORDPRESS)
    }
    if (kind := facts.get("post_type", "post")) in _TECHNICAL:
        return f"it is no post but of the type {kind!r}"
    status = facts.get("status", "publish")
    if status not in _PUBLIC:
        return f"its status is {plain(status)!r}"
    if facts.get("post_password"):
        return "a password protects it"
    if any(item.findtext(path, "").strip().lower() == "yes" for path in _CONTROL):
        return "it is a draft"
    for category in item:
        term = category.get("term", "")
        if term.startswith(_BLOGGER) and term.removeprefix(_BLOGGER) not in {"post", "page"}:
            return f"it is no post but of the type {term.removeprefix(_BLOGGER)!r}"
    return ""


def why_not_public_head(facts: Mapping[str, str]) -> str:
    """Return why a text is not public by its head, as Pelican, Hugo and Jekyll write it."""
    status = facts.get("status", "published").strip("\"' ").lower()
    if status not in _PUBLIC:
        return f"its status is {status!r}"
    if facts.get("draft", "").strip("\"' ").lower() in _YES:
        return "it is a draft"
    if facts.get("published", "true").strip("\"' ").lower() in {"false", "no", "0"}:
        return "it is not published"
    return "a password protects it" if facts.get("password", "").strip("\"' ") else ""
