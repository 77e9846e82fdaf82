"""Every rule on press releases: their own, and those on any words that go public."""

import inspect
from collections.abc import Iterator

from sparetire.model.finding import Finding
from sparetire.rules.catalogue import DRAFT_RULES
from sparetire.rules.releases import pairs, parts, texts, times, titles
from sparetire.rules.releases.base import ExplainedRule, ReleaseDraft, as_words, rule_from
from sparetire.rules.releases.files import FILE_RULES

__all__ = ["RELEASE_RULES", "release_findings", "rules_on_releases"]

# Their remedies are options of a launch; releases have rules of their own in their place.
_OF_LAUNCHES = frozenset(
    ["body-short", "figures-differ", "keywords-missing", "language-missing"]
)

RELEASE_RULES = tuple(
    rule_from(look)
    for look in (
        titles.title_short,
        titles.title_shout,
        titles.title_twice,
        titles.summary,
        titles.address_words,
        titles.address_taken,
        texts.lead,
        texts.lead_long,
        texts.too_short,
        texts.length,
        texts.quote,
        texts.quote_long,
        texts.sentences_long,
        texts.links,
        texts.embargo_line,
        parts.place,
        parts.about,
        parts.contact,
        parts.tags,
        parts.picture,
        parts.picture_broken,
        parts.picture_words,
        pairs.language,
        pairs.figures,
        pairs.quotes_differ,
        times.date_ahead,
        times.embargo_first,
        times.rewritten,
        times.address_moved,
    )
)


def rules_on_releases() -> dict[str, ExplainedRule]:
    """Return every rule on releases and their files, with its explanation, by its id."""
    shared = [rule for rule in DRAFT_RULES if rule.id not in _OF_LAUNCHES]
    explained = [
        ExplainedRule(
            rule.id,
            rule.severity,
            rule.source,
            f"{inspect.getdoc(rule.look)}\n\nSeverity: {rule.severity}. Source: {rule.source}.",
        )
        for rule in shared
    ]
    explained += [
        ExplainedRule(rule.id, rule.severity, rule.source, rule.explanation)
        for rule in RELEASE_RULES
    ]
    return {rule.id: rule for rule in (*explained, *FILE_RULES)}


def release_findings(draft: ReleaseDraft) -> Iterator[Finding]:
    """Yield what any rule sees in a release, its own rules last."""
    words = as_words(draft)
    for rule in DRAFT_RULES:
        if rule.id not in _OF_LAUNCHES:
            yield from rule.findings(words)
    for own in RELEASE_RULES:
        yield from own.findings(draft)
