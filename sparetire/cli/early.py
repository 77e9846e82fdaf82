"""Starts Pelican's process before the options are even read: nothing else takes as long."""

from typing import Any

import typer

from sparetire.stages.build.builder import Builder

__all__ = ["builder_of", "start_early"]

BUILDING = {
    *("launch", "prepare", "drill", "update", "translate", "correct", "close", "withdraw"),
}


def start_early(context: Any, args: list[str]) -> None:  # noqa: ANN401  typer's type is private
    """Start the process when one of the words is a command that builds; it ends with us."""
    words = set(args)
    if words & BUILDING and not words & {"-h", "--help"}:
        context.meta[__name__] = context.with_resource(Builder())


def builder_of(context: typer.Context) -> Builder:
    """Return the process that was started early."""
    builder = context.meta[__name__]
    assert isinstance(builder, Builder)  # noqa: S101  start_early has put it there
    return builder
