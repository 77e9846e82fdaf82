"""Programs that tests start end with them, even where the tests are killed."""

import shutil

__all__ = ["ENDS_WITH_TESTS"]

_SETPRIV = shutil.which("setpriv")  # part of util-linux; elsewhere a kill may leave servers
ENDS_WITH_TESTS: tuple[str, ...] = (_SETPRIV, "--pdeathsig", "KILL") if _SETPRIV else ()
"""Put before a command, it has the system kill the program as soon as its starter ends.

Its starter is a thread, not a process. Source: ``prctl(2)``, PR_SET_PDEATHSIG.
"""
