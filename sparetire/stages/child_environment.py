"""What a process that we start may know: the variables that Python and the system need.

Credentials, proxies and agents stay with the parent: templates and documents of others are read
in these processes. Each is started with ``-P``: without it, Python would look for modules in
the current folder first, and a ``json.py`` in a shared workspace would run.
"""

import os
from collections.abc import Mapping

__all__ = ["child_environment"]

_NAMES = frozenset(
    {
        "PATH",
        "HOME",  # where compiled templates are kept
        "XDG_CACHE_HOME",
        "LANG",
        "LANGUAGE",
        "TZ",
        "PYTHONTZPATH",
        "TMPDIR",
        "TEMP",
        "TMP",
        "PYTHONHOME",
        "PYTHONPATH",
        "PYTHONUTF8",
        "PYTHONIOENCODING",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONPYCACHEPREFIX",
        "PYTHONNOUSERSITE",
        "PYTHONUSERBASE",
        "LD_LIBRARY_PATH",  # a Python that lies outside the system's folders needs its library
        "DYLD_LIBRARY_PATH",
        "SYSTEMROOT",
        "WINDIR",
        "USERPROFILE",
        "COVERAGE_PROCESS_CONFIG",  # the tests measure children with them; no secret is there
        "COVERAGE_PROCESS_START",
    }
)
_PREFIX = "LC_"


def child_environment(parent: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the variables that a child may see.

    Args:
        parent: What to choose from; by default the environment of this process.
    """
    variables = os.environ if parent is None else parent
    return {
        name: text
        for name, text in variables.items()
        if name.upper() in _NAMES or name.upper().startswith(_PREFIX)
    }
