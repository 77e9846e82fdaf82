"""How much of the machine a document of others may use."""

import sys

__all__ = ["PATIENCE", "limit_ourselves"]

PATIENCE = 90  # seconds by the clock: a busy machine gives a process a small share of each
PROCESSOR = 20  # seconds of work
MEMORY = 1 << 30  # bytes


def limit_ourselves() -> None:
    """Give this process a ceiling of memory and processor time, where the system knows one."""
    if sys.platform == "win32":  # pragma: no cover  the parent's patience is all there is
        return
    import resource  # noqa: PLC0415  not on Windows

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if sys.platform == "linux":  # macOS refuses a ceiling below what it has mapped already
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
