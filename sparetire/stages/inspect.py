"""Inspect: every rule, on the words before the build and on the site after it."""

from collections.abc import Iterable, Iterator

from sparetire.errors import ContentRefused
from sparetire.model.finding import Finding, Severity
from sparetire.rules.base import Built, Draft
from sparetire.rules.catalogue import BUILT_RULES, DRAFT_RULES

__all__ = ["FindingsRefused", "inspect_draft", "inspect_edition"]


class FindingsRefused(ContentRefused):
    """Rules found errors; all of them are told at once."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        many = len(errors) > 1
        super().__init__(
            f"{len(errors)} thing{'s' if many else ''} must be put right before this can "
            "be public.",
            why=[f"{one.place}: {one.message} [{one.rule}]" for one in errors],
            then=" ".join(dict.fromkeys(one.remedy for one in errors if one.remedy))
            or "Correct the text, then run the same command again.",
        )
        self.findings = findings


def inspect_draft(draft: Draft) -> tuple[Finding, ...]:
    """Return what the rules see in words that are to be published.

    Raises:
        FindingsRefused: At least one finding is an error.
    """
    return _verdict(found for rule in DRAFT_RULES for found in rule.findings(draft))


def inspect_edition(built: Built) -> tuple[Finding, ...]:
    """Return what the rules see in a built site.

    Raises:
        FindingsRefused: At least one finding is an error.
    """
    return _verdict(_sights(built))


def _sights(built: Built) -> Iterator[Finding]:
    for number, portion in enumerate(built.portions()):
        unpassed = portion.unpassed
        for rule in BUILT_RULES:
            if number == 0 or not rule.whole:
                yield from rule.findings(unpassed if rule.apart else portion)


def _verdict(found: Iterable[Finding]) -> tuple[Finding, ...]:
    findings = tuple(found)
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise FindingsRefused(findings)
    return findings
