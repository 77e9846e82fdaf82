"""The process that opens a document of others: one on standard input, the answer on output.

It has a gigabyte of memory and twenty seconds of a processor. A document that wants more ends
it, and nothing else.
"""

import base64
import json
import sys
import warnings
from typing import Any

from sparetire.errors import SparetireError
from sparetire.model.intake import Intake
from sparetire.stages.intake.limits import limit_ourselves
from sparetire.stages.intake.markdown_text import markdown_to_markdown
from sparetire.stages.intake.package import refused
from sparetire.stages.intake.pdf import refuse_unsafe_pdf
from sparetire.stages.intake.word import word_to_markdown

__all__ = ["main"]


def main() -> None:
    """Take over the document and print what came of it."""
    limit_ourselves()
    warnings.simplefilter("ignore")  # of odd pictures; what matters is refused
    order = json.loads(sys.stdin.buffer.readline())
    json.dump(_answer(sys.stdin.buffer.read(), order), sys.stdout)


def _answer(content: bytes, order: dict[str, Any]) -> dict[str, Any]:
    try:
        return _told(_taken_over(content, order))
    except SparetireError as error:
        return _refusal(error)
    except MemoryError:
        return _refusal(refused("It needs more memory than a document for the public does."))
    except RecursionError:
        return _refusal(refused("It is nested deeper than any text that a person wrote."))
    except Exception as error:  # noqa: BLE001  whatever it is, the document caused it
        return _refusal(refused(f"It cannot be understood ({type(error).__name__})."))


def _taken_over(content: bytes, order: dict[str, Any]) -> Intake:
    match order["kind"]:
        case "word":
            return word_to_markdown(content, accept=order["accept"])
        case "pdf":
            refuse_unsafe_pdf(content)
            return Intake("")
        case _:
            return markdown_to_markdown(content)


def _told(intake: Intake) -> dict[str, Any]:
    pictures = {one.name: base64.b64encode(one.content).decode() for one in intake.pictures}
    return {"text": intake.text, "pictures": pictures, "dropped": list(intake.dropped)}


def _refusal(error: SparetireError) -> dict[str, Any]:
    return {"refused": {"what": error.what, "why": list(error.why), "then": error.then}}


if __name__ == "__main__":
    main()
