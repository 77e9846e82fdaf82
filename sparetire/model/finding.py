"""The outcome of one check."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Finding", "Severity"]


class Severity(StrEnum):
    """How much a finding weighs: an error stops a launch, a warning is shown at approval."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule saw, where, and what to do about it."""

    rule: str
    severity: Severity
    place: str
    message: str
    remedy: str = ""
