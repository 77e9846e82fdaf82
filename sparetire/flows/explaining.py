"""Explains a rule on press releases: what it demands, its weight, its source, and examples."""

import difflib
from dataclasses import dataclass

from sparetire.errors import UsageFault
from sparetire.flows.docs import manual_code, manual_table
from sparetire.model.finding import Severity
from sparetire.rules.releases.base import ExplainedRule
from sparetire.rules.releases.catalogue import rules_on_releases

__all__ = ["Explained", "explain"]

_WEIGHTS = {
    Severity.ERROR: "erreur",
    Severity.WARNING: "avertissement",
    Severity.INFO: "à savoir",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """What a rule demands, how much that weighs, and where it comes from."""

    id: str
    explanation: str


def explain(name: str, language: str) -> Explained:
    """Return what a rule demands; the first word of its id may be left out.

    Args:
        name: The rule.
        language: A code or a tag of a language of the manual.

    Raises:
        UsageFault: There is no such rule, or the manual is not written in that language.
    """
    code = manual_code(language, "newsroom lint --explain " + name)
    rules = rules_on_releases()
    for found in (name, f"release-{name}"):
        if found in rules:
            rule = rules[found]
            return Explained(found, _in_french(rule) if code == "fr" else rule.explanation)
    near = difflib.get_close_matches(name, rules, n=1, cutoff=0.3)
    raise UsageFault(
        f"There is no rule {name!r} on press releases.",
        why=f"There are: {', '.join(rules)}.",
        then=f"sparetire newsroom lint --explain {near[0] if near else next(iter(rules))}",
    )


def _in_french(rule: ExplainedRule) -> str:
    demands, more = manual_table("rules", "fr"), manual_table("examples", "fr")
    source = more["sources"].get(rule.source, rule.source)
    examples = more.get(rule.id, {})
    lines = [
        f"{examples.get('demand') or demands[rule.id]}\n",
        f"Gravité\u00a0: {_WEIGHTS[rule.severity]}. Source\u00a0: {source}.",
    ]
    if examples:
        lines += [f"Échoue\u00a0: {examples['fails']}", f"Passe\u00a0: {examples['passes']}"]
    return "\n".join(lines)
