"""Every rule, with its id, its weight and where its demand comes from."""

from sparetire.model.finding import Severity
from sparetire.rules import (
    active,
    alternates,
    blanks,
    characters,
    claims,
    contacts,
    crawlers,
    dates,
    essentials,
    exercise,
    feeds,
    figures,
    head,
    holds,
    keywords,
    languages,
    leaks,
    leftovers,
    linked_data,
    links,
    markup,
    outline,
    secrets,
    third_party,
)
from sparetire.rules.base import BuiltRule, DraftRule

__all__ = ["BUILT_RULES", "DRAFT_RULES"]

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

_FCC = "FCC report on the Hawaii alert, April 2018"
_LAWS = "Official Languages Act; Charter of the French language"
_RSS = "RSS Advisory Board: best practices profile"
_SPAM = "Google spam policies: keyword stuffing"
_XML = "XML 1.0, section 2.2"
_CREDENTIALS = "CWE-200: exposure of sensitive information"
_PRIVACY = "Act respecting the protection of personal information in the private sector"
_CVE = "CVE-2021-42574"
_GOVUK = "GOV.UK content design: titles within 65 characters"
_PRACTICE = "crisis practice: hard stops before a launch"
_STANDING = "crisis practice: readiness"
_SEARCH = "Google Search Central"
_STATIC = "page budget: no script, no third party"

DRAFT_RULES: tuple[DraftRule, ...] = (
    DraftRule("language-missing", _ERROR, _LAWS, languages.language_missing),
    DraftRule("sheet-missing", _WARNING, _LAWS, languages.sheet_missing),
    DraftRule("files-differ", _WARNING, _LAWS, languages.files_differ),
    DraftRule("keywords-missing", _ERROR, _PRACTICE, languages.keywords_missing),
    DraftRule("title-empty", _ERROR, _PRACTICE, essentials.title_empty),
    DraftRule("title-broken", _ERROR, "RSS 2.0: a title is one line", essentials.title_broken),
    DraftRule("title-too-long", _ERROR, _GOVUK, essentials.title_too_long),
    DraftRule("title-long", _WARNING, _GOVUK, essentials.title_long),
    DraftRule("title-short", _WARNING, _PRACTICE, essentials.title_short),
    DraftRule("body-empty", _ERROR, _PRACTICE, essentials.body_empty),
    DraftRule("body-short", _WARNING, _PRACTICE, essentials.body_short),
    DraftRule("blank-open", _ERROR, _PRACTICE, blanks.blank_open),
    DraftRule("placeholder-left", _ERROR, _PRACTICE, blanks.placeholder_left),
    DraftRule("secret-shown", _ERROR, _CREDENTIALS, secrets.secret_shown),
    DraftRule("hold-mark", _ERROR, _PRACTICE, holds.hold_mark),
    DraftRule("prompt-shown", _WARNING, _PRACTICE, leftovers.prompt_shown),
    DraftRule("head-shown", _WARNING, _PRACTICE, leftovers.head_shown),
    DraftRule("mail-shown", _WARNING, _PRIVACY, leftovers.mail_shown),
    DraftRule("link-tracked", _WARNING, _PRIVACY, leftovers.link_tracked),
    DraftRule("link-private", _WARNING, _PRACTICE, leftovers.link_private),
    DraftRule("link-out", _WARNING, "CWE-59", leftovers.link_out),
    DraftRule("exercise-word", _ERROR, _FCC, exercise.exercise_word),
    DraftRule("exercise-unmarked", _ERROR, _FCC, exercise.exercise_unmarked),
    DraftRule("bidi-mark", _ERROR, _CVE, characters.bidi_mark),
    DraftRule("zero-width", _ERROR, _CVE, characters.zero_width),
    DraftRule("zero-width-body", _WARNING, _CVE, characters.zero_width_body),
    DraftRule("control-character", _ERROR, _XML, characters.control_character),
    DraftRule("markup-removed", _WARNING, _STATIC, markup.markup_removed),
    DraftRule("picture-remote", _ERROR, _STATIC, markup.picture_remote),
    DraftRule("picture-unsupported", _ERROR, _STATIC, markup.picture_unsupported),
    DraftRule("link-insecure", _WARNING, "RFC 9110, section 4.2.2", markup.link_insecure),
    DraftRule("keyword-unused", _WARNING, _SEARCH, keywords.keyword_unused),
    DraftRule("figures-differ", _WARNING, _LAWS, figures.figures_differ),
    DraftRule("date-impossible", _ERROR, _PRACTICE, dates.date_impossible),
    DraftRule("date-far", _WARNING, _PRACTICE, dates.date_far),
    DraftRule("claim-forbidden", _ERROR, _PRACTICE, claims.claim_forbidden),
    DraftRule("keyword-stuffed", _WARNING, _SPAM, keywords.keyword_stuffed),
)  # fmt: skip

BUILT_RULES: tuple[BuiltRule, ...] = (
    BuiltRule("leak-draft", _ERROR, _PRACTICE, leaks.leak_draft, apart=True),
    BuiltRule("leak-text", _ERROR, _PRACTICE, leaks.leak_text, apart=True),
    BuiltRule("blank-shown", _ERROR, _PRACTICE, blanks.blank_shown, apart=True),
    BuiltRule("exercise-shown", _ERROR, _FCC, exercise.exercise_shown, apart=True),
    BuiltRule("page-unmarked", _ERROR, _FCC, exercise.unmarked_page, apart=True),
    BuiltRule("third-party", _ERROR, _STATIC, third_party.third_party, apart=True),
    BuiltRule("script", _ERROR, _STATIC, active.script, apart=True),
    BuiltRule("event-handler", _ERROR, "CSP Level 3: unsafe-inline",
              active.event_handler, apart=True),
    BuiltRule("frame-or-form", _ERROR, _STATIC, active.frame_or_form, apart=True),
    BuiltRule("style-attribute", _ERROR, "CSP Level 3: style-src-attr",
              active.style_attribute, apart=True),
    BuiltRule("head-charset", _ERROR, "HTML, 4.2.5.4", head.head_charset, apart=True),
    BuiltRule("head-language", _ERROR, "WCAG 2.2, 3.1.1", head.head_language, apart=True),
    BuiltRule("head-viewport", _ERROR, "WCAG 2.2, 1.4.4", head.head_viewport, apart=True),
    BuiltRule("head-title", _ERROR, "WCAG 2.2, 2.4.2", head.head_title, apart=True),
    BuiltRule("head-description", _ERROR, _SEARCH, head.head_description, apart=True),
    BuiltRule("head-canonical", _ERROR, "RFC 6596", head.head_canonical, apart=True),
    BuiltRule("head-hreflang", _ERROR, _SEARCH, alternates.head_hreflang),
    BuiltRule("head-card", _ERROR, "Open Graph protocol", head.head_card, apart=True),
    BuiltRule("noindex-left", _ERROR, _SEARCH, head.noindex_left),
    BuiltRule("link-broken", _ERROR, "page budget: no dead link", links.link_broken),
    BuiltRule("jsonld-broken", _ERROR, _SEARCH, linked_data.jsonld_broken, apart=True),
    BuiltRule("feed-broken", _ERROR, _RSS, feeds.feed_broken, apart=True),
    BuiltRule("sitemap-broken", _ERROR, "sitemaps.org", crawlers.sitemap_broken, whole=True),
    BuiltRule("robots-broken", _ERROR, "RFC 9309", crawlers.robots_broken, whole=True),
    BuiltRule("link-rooted", _WARNING, "one edition serves every target",
              links.link_rooted, apart=True),
    BuiltRule("title-repeated", _WARNING, "WCAG 2.2, 2.4.2", head.title_repeated),
    BuiltRule("heading-main", _WARNING, "WCAG 2.2, 1.3.1", outline.heading_main, apart=True),
    BuiltRule("heading-jump", _WARNING, "WCAG 2.2, 1.3.1", outline.heading_jump, apart=True),
    BuiltRule("contact-stale", _WARNING, _STANDING, contacts.contact_stale, whole=True),
    BuiltRule("phone-unknown", _WARNING, _PRACTICE, contacts.phone_unknown),
    BuiltRule("contact-missing", _WARNING, _STANDING, contacts.contact_missing, whole=True),
    BuiltRule("main-site-missing", _WARNING, _STANDING, contacts.main_site_missing, whole=True),
)  # fmt: skip
