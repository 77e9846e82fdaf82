"""The words around a scenario: its questions, and the statement that grows with the answers."""

import re
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from sparetire.output.terminal import Terminal

__all__ = [
    "interview_words",
    "show_growth",
    "show_options",
    "show_question",
]

_INTERVIEW = {
    "fr": {
        "which": "Quelle situation? (numéro, ou Entrée pour votre propre texte)",
        "start": "{name}. {count} questions. Entrée passe une question facultative.",
        "kept": "Vos réponses sont gardées à mesure dans {path}",
        "back": "Tapez retour pour revenir à la question précédente.",
        "resume": "Reprendre vos réponses du {when}? (o/n)",
        "optional": "facultatif",
        "example": "Par exemple\u00a0: {}",
        "needed": "Cette réponse est nécessaire.",
        "number": "Numéro\u00a0:",
        "role": "Son titre ({code}, Entrée pour aucun)\u00a0:",
    },
    "en": {
        "which": "Which situation? (a number, or Enter for a text of your own)",
        "start": "{name}. {count} questions. Enter skips an optional one.",
        "kept": "Your answers are kept as you go in {path}",
        "back": "Type back to return to the question before.",
        "resume": "Go on with your answers of {when}? (y/n)",
        "optional": "optional",
        "example": "For example: {}",
        "needed": "This answer is needed.",
        "number": "Number:",
        "role": "Their title ({code}, Enter for none):",
    },
}
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def interview_words(code: str) -> dict[str, str]:
    """Return the words of an interview in a language, or in English."""
    return _INTERVIEW.get(code, _INTERVIEW["en"])


def show_question(
    terminal: "Terminal", where: str, question: str, example: str, hint: str
) -> None:
    """Show one question, with an example of a good answer."""
    shown = Text.assemble((f"{where}  ", "dim"), (question, "bold"))
    if hint:
        shown.append(f"  ({hint})", "dim")
    terminal.aside(Padding(shown, (1, 0, 0, 0), expand=False))
    if example:
        terminal.aside(Padding(Text(example, "dim"), (0, 0, 0, 2), expand=False))


def show_options(terminal: "Terminal", options: list[str]) -> None:
    """Show what there is to choose from, numbered."""
    for number, words in enumerate(options, start=1):
        terminal.aside(Padding(Text(f"{number:>2}  {words}"), (0, 0, 0, 2), expand=False))


def show_growth(terminal: "Terminal", lines: tuple[str, ...]) -> None:
    """Show the paragraphs that an answer has changed, as they stand."""
    for line in lines:
        grid = Table.grid(padding=(0, 1))
        grid.add_row("[green]│[/]", Text(_plain(line), "green"))
        terminal.aside(Padding(grid, (0, 0, 0, 2), expand=False))


def _plain(markdown: str) -> str:
    return _LINK.sub(r"\1", markdown).replace("**", "").replace("\\", "")
