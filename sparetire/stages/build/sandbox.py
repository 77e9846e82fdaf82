"""What a template may do: a workspace's own templates are data of others, not programs.

They run in Jinja's immutable sandbox, read no file outside their folder, and have a share of
processor and memory. See https://jinja.palletsprojects.com/en/stable/sandbox/.
"""

import faulthandler
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import IO, Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader
from jinja2.exceptions import SecurityError, TemplateError, TemplateNotFound
from jinja2.loaders import split_template_path
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pelican.generators import Generator
from typing_extensions import override

__all__ = [
    "Sandbox",
    "UnusableTemplateError",
    "confine",
    "limit_templates",
    "unlimit_templates",
]

PROCESSOR = 10  # seconds of work for one job; a job takes less than one
REST = 5  # seconds more, before a job ends that no exception reaches
MEMORY = 2 << 30  # bytes of address space; a job of 400 pages takes a tenth
BITS = 100_000  # of a product: whole numbers beyond that only take time


class UnusableTemplateError(TemplateError):
    """A workspace's own template cannot be read.

    Attributes:
        filename: The template.
    """

    def __init__(self, filename: str, why: str) -> None:
        super().__init__(why)
        self.filename = filename


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of a site that has templates of a workspace's own."""

    intercepted_binops = frozenset({"*", "**"})

    @override
    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse a product or a power that would only keep the processor busy."""
        if isinstance(left, int) and isinstance(right, int):
            size = left.bit_length()
            bits = size * right if operator == "**" else size + right.bit_length()
            if bits > BITS:
                raise SecurityError(f"The result of {operator} has too many digits.")
        return super().call_binop(context, operator, left, right)


class OwnTemplates(FileSystemLoader):
    """Loads a workspace's own templates, but none that a symbolic link takes from elsewhere."""

    @override
    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        place = Path(self.searchpath[0], *split_template_path(template))
        try:
            if not place.resolve().is_relative_to(Path(self.searchpath[0]).resolve()):
                raise UnusableTemplateError(str(place), "A link leads out of the folder.")
            return super().get_source(environment, template)
        except TemplateNotFound:  # the theme may have it
            raise
        except (OSError, UnicodeDecodeError, RuntimeError) as error:
            raise UnusableTemplateError(str(place), f"It cannot be read: {error}.") from error


def confine(generator: Generator, make: Callable[[BaseLoader], Environment]) -> None:
    """Give one of Pelican's generators the sandbox in place of its unrestricted environment."""
    before = generator.env
    own = OwnTemplates(generator.settings["THEME_TEMPLATES_OVERRIDES"])
    ours = FileSystemLoader(Path(generator.theme, "templates"))
    generator.env = make(ChoiceLoader([own, ours, *before.loader.loaders[1:]]))
    for kind in ("filters", "tests", "globals"):
        getattr(generator.env, kind).update(
            {
                name: thing
                for name, thing in getattr(before, kind).items()
                if name not in getattr(generator.env, kind)
            }
        )


def limit_templates(trace: IO[str], seconds: int = PROCESSOR) -> None:
    """Bound the processor time and the memory of this process from now on.

    An exception ends what takes too long, so that its template and line are known. Where one
    long operation of the interpreter keeps the exception out, the system ends the process a
    little later, and ``trace`` holds where it was.
    """
    if sys.platform == "win32":  # pragma: no cover  the parent's patience is all there is
        return
    import resource  # noqa: PLC0415  not on Windows

    signal.signal(signal.SIGPROF, _give_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    used = resource.getrusage(resource.RUSAGE_SELF)
    end = int(used.ru_utime + used.ru_stime) + seconds + REST
    faulthandler.register(signal.SIGXCPU, file=trace, all_threads=False, chain=True)
    resource.setrlimit(resource.RLIMIT_CPU, (end, end + REST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # macOS refuses a ceiling below what it has mapped already
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        bound = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))


def unlimit_templates() -> None:
    """Let the rest of the process take its time; memory stays bounded."""
    if sys.platform == "win32":  # pragma: no cover  as above
        return
    signal.setitimer(signal.ITIMER_PROF, 0)
    faulthandler.unregister(signal.SIGXCPU)


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError("It takes too much processor time.")
