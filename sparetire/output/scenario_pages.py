"""Scenarios on paper and on screen: the list, one in full, and a brief to fill in."""

import textwrap
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.markup import escape

from sparetire.config.scenario import Blank, BlankType, Clock
from sparetire.model.finding import Severity
from sparetire.model.language import Language
from sparetire.model.outcome import Linted, ScenarioRow
from sparetire.stages.fill.facts import Fact, Moment
from sparetire.workspace.scenarios import PARTS, Scenario

if TYPE_CHECKING:
    from sparetire.output.terminal import Terminal

__all__ = [
    "brief_page",
    "duty_lines",
    "part_name",
    "scenario_page",
    "tell_linted",
    "tell_scenarios",
]

WIDTH = 80

_WORDS = {
    "fr": {
        "review": "Textes à relire avant le {date}.",
        "asked": "Ce qui est demandé",
        "optional": "facultatif",
        "clocks": "Délais : des rappels, et non un avis juridique",
        "unchecked": "À vérifier par vos juristes.",
        "before": "Avant le {moment}",
        "cautions": "À ne pas oublier",
        "forbidden": "À ne pas dire",
        "statement": "La déclaration",
        "advice": "Que faire",
        "facts": "Les faits",
        "downloads": "À télécharger",
        "questions": "Questions et réponses",
    },
    "en": {
        "review": "Texts to be reviewed by {date}.",
        "asked": "What is asked",
        "optional": "optional",
        "clocks": "Delays: reminders, not legal advice",
        "unchecked": "To be checked by counsel.",
        "before": "Before {moment}",
        "cautions": "Not to forget",
        "forbidden": "Not to be said",
        "statement": "The statement",
        "advice": "What to do",
        "facts": "The facts",
        "downloads": "To download",
        "questions": "Questions and answers",
    },
}


def tell_scenarios(terminal: "Terminal", rows: tuple[ScenarioRow, ...]) -> None:
    """Show what there is, two lines each."""
    for row in rows:
        own = "" if row.adapted else "  [dim]as shipped[/]"
        terminal.write(f"[bold]{row.name:<11}[/] {escape(row.title)}{own}")
        for line in textwrap.wrap(row.problem or row.about, WIDTH - 12):
            shown = f"[red]{escape(line)}[/]" if row.problem else escape(line)
            terminal.write(f"{'':<11} {shown}")
    terminal.write("\nsparetire scenario show NAME, sparetire launch --scenario NAME")


def tell_linted(terminal: "Terminal", result: Linted) -> None:
    """Show the findings and the verdict."""
    for one in result.findings:
        colour = "red" if one.severity is Severity.ERROR else "yellow"
        said = f"{one.place}: {one.message} {one.remedy}"
        terminal.block(f"[{colour}]{one.severity:<7}[/]", said, one.rule)
    if result.clean:
        terminal.write("[bold green]Every blank would fill[/], in every language")
    else:
        terminal.write("[bold red]A launch would be refused[/]")


def scenario_page(scenario: Scenario, code: str) -> str:
    """Return everything about a scenario in one language, to read and to print."""
    words = _WORDS.get(code, _WORDS["en"])
    lines = "\n".join(_page(scenario, code, words)).split("\n")
    return "\n".join(_wrapped(line) for line in lines)


def part_name(part: str, code: str) -> str:
    """Return what a part of a scenario is called."""
    return _WORDS.get(code, _WORDS["en"])[part]


def duty_lines(
    scenario: Scenario, language: Language, facts: Mapping[str, Fact]
) -> Iterator[str]:
    """Yield what not to forget before publishing, each delay with the moment it ends."""
    words = _WORDS.get(language.code, _WORDS["en"])
    yield f"\n{words['cautions']}"
    for caution in scenario.outline.cautions.get(language.code, ()):
        yield _wrapped(f"- {caution}")
    if scenario.outline.clocks:
        yield f"\n{words['clocks']}"
    for clock in scenario.outline.clocks:
        since = facts.get(clock.since or "")
        yield _wrapped(_clock(clock, language.code))
        if clock.hours and isinstance(since, Moment):
            end = Moment(since.at + timedelta(hours=clock.hours), since.zone)
            yield f"  {words['before'].format(moment=end.told(language))}"


def brief_page(scenario: Scenario, codes: list[str]) -> str:
    """Return a brief with every blank still open, as a TOML file with its questions."""
    return "\n".join(
        line
        for name, blank in scenario.outline.blanks.items()
        for line in _brief_lines(name, blank, codes)
    )


def _page(scenario: Scenario, code: str, words: dict[str, str]) -> Iterator[str]:
    outline = scenario.outline
    yield f"# {outline.name.get(code, scenario.name)}\n"
    yield outline.about.get(code, "")
    yield words["review"].format(date=outline.review_by)
    yield f"\n## {words['cautions']}\n"
    yield from (f"- {each}" for each in outline.cautions.get(code, ()))
    if outline.clocks:
        yield f"\n## {words['clocks']}\n"
        yield from (_clock(each, code) for each in outline.clocks)
    yield f"\n## {words['forbidden']}\n"
    yield ", ".join(outline.forbidden.get(code, ()))
    yield f"\n## {words['asked']}\n"
    for name, blank in outline.blanks.items():
        hint = "" if blank.required else f" ({words['optional']})"
        yield f"- {name}: {blank.ask.get(code, '')}{hint}"
        yield from (f"  - {key}: {told.get(code, '')}" for key, told in blank.options.items())
    for part in PARTS:
        if text := scenario.text(part, code):
            yield f"\n## {words[part]}\n"
            yield text.rstrip()


def _wrapped(line: str) -> str:
    inner = "  " if line.startswith(("- ", "  - ")) else ""
    return textwrap.fill(
        line, WIDTH, subsequent_indent=inner, break_long_words=False, break_on_hyphens=False
    )


def _clock(clock: Clock, code: str) -> str:
    told = f"- {clock.told(code)}"
    return told if clock.confirmed else f"{told} {_WORDS.get(code, _WORDS['en'])['unchecked']}"


def _brief_lines(name: str, blank: Blank, codes: list[str]) -> Iterator[str]:
    yield f"# {' / '.join(blank.ask[code] for code in codes if code in blank.ask)}"
    for key, words in blank.options.items():
        yield f"#   {key}: {' / '.join(words[code] for code in codes if code in words)}"
    if example := blank.example_in(codes[0]):
        yield f"#   {example}"
    mark = "" if blank.required else "# "
    if blank.type is BlankType.TEXT and len(codes) > 1:
        told = ", ".join(f'{code} = ""' for code in codes)
        yield f"{mark}{name} = {{ {told} }}\n"
    else:
        yield f'{mark}{name} = ""\n'
