"""Words on where the time of a command went."""

from collections.abc import Iterator, Sequence

from sparetire.events import StageFinished
from sparetire.output.wording import STAGES

__all__ = ["profile_lines"]


def profile_lines(stages: Sequence[StageFinished], start: float, total: float) -> Iterator[str]:
    """Yield a line for each stage with its seconds; with one target they add up to the total.

    Args:
        stages: In the order in which they ended; those of several targets ran side by side.
        start: Seconds from the start of the program to its first stage.
        total: Seconds from the start of the program to its end.
    """
    yield "Where the time went, in seconds:"
    yield _line(start, "Start, read the options and the settings")
    for stage in stages:
        yield _line(stage.seconds, f"{STAGES[stage.stage]} {stage.target}".rstrip())
    rest = total - start - sum(stage.seconds for stage in stages)
    yield _line(max(rest, 0.0), "Between them; hand over to colleagues, let go of the host")
    yield _line(total, "In all")


def _line(seconds: float, what: str) -> str:
    return f"{seconds:8.3f}  {what}"
