"""Imports all that a command may import on its way, and a few that commands of tests need."""

import pkgutil
from importlib import import_module

import sparetire

__all__: list[str] = []

_PELICAN = {
    f"sparetire.stages.build.{name}" for name in ("child", "generator", "reader", "writer")
}
"""Pelican's process imports them, and no other does."""

_APART = {"sparetire.__main__", *_PELICAN}

_THIRD = ("boto3", "paramiko", "PIL.Image", "requests", "rich.console", "sqlite3")

for module in pkgutil.walk_packages(sparetire.__path__, "sparetire."):
    if module.name not in _APART:
        import_module(module.name)
for name in (*_THIRD, "tests.support.dying", "tests.support.dying_build"):
    import_module(name)
