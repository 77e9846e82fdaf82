"""Templates compiled once a machine, where Pelican compiles them anew for each of its runs."""

import marshal
import os
import sys
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from typing_extensions import override

from sparetire import __version__
from sparetire.disk import write_atomic
from sparetire.errors import SparetireError
from sparetire.stages.build import parts, sandbox
from sparetire.stages.build.sandbox import Sandbox, UnusableTemplateError

if TYPE_CHECKING:
    from types import CodeType

__all__ = ["CompiledTemplates", "code_file", "own_template_in"]

_OPTIONS: dict[str, Any] = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "undefined": StrictUndefined,
    "auto_reload": False,  # no template changes in the middle of a build
    "cache_size": -1,
    "extensions": [parts.FrameParts],
}
EXHAUSTED = (TimeoutError, MemoryError, RecursionError)
_DIGEST = 32  # bytes before the code: the interpreter dies of code that is damaged
_PRIVATE = 0o700
_MOST = 500  # of several themes, in each state that they have had
_OF_OTHERS = 0o022  # permissions with which somebody else could write what we would run


def code_file(*, sandboxed: bool = False) -> Path | None:
    """Return where this user keeps compiled templates, a file for all that decides their code.

    The folder is that of the XDG base directory specification; a user without a home has none.
    """
    try:
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError:
        return None
    # What a tag of ours becomes is in the code, too, and so is what the sandbox checks.
    tags = b"".join(Path(str(each.__file__)).read_bytes() for each in (parts, sandbox))
    options = zlib.crc32(repr(_OPTIONS).encode() + tags)
    versions = (__version__, sys.implementation.cache_tag, jinja2.__version__)
    kind = "sandboxed-templates" if sandboxed else "templates"
    return Path(cache) / "sparetire" / f"{kind}-{'-'.join(versions)}-{options:x}"


def own_template_in(error: Exception, folder: str) -> tuple[str, int] | None:
    """Return the file and the line of a workspace's own template that an error comes from.

    Where one of ours, which it includes, has failed, the error is ours; but not where time,
    memory or depth ran out.

    Args:
        error: What was raised while a page was rendered.
        folder: Where those templates are; empty where there are none.
    """
    if not folder:
        return None
    places = [(each.filename, each.lineno or 0) for each in extract_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError):
        places.append((error.filename or "", error.lineno))
    elif isinstance(error, UnusableTemplateError):
        places.append((error.filename, 1))
    templates = [each for each in reversed(places) if each[0].endswith(".html")]
    if not isinstance(error, EXHAUSTED):
        templates = templates[:1]
    return next((each for each in templates if Path(each[0]).is_relative_to(folder)), None)


class CompiledTemplates(BytecodeCache):
    """Keeps compiled templates in memory, by name, file and checksum of their source.

    A process that waits for its jobs fills it from the theme: whoever it forks has them, too.

    Args:
        sandboxed: The code checks what it reads and calls, which a workspace's own templates
            need. Without them it need not: the checks take a twentieth of the time.
    """

    def __init__(self, *, sandboxed: bool = False) -> None:
        self.sandboxed = sandboxed
        self._codes: dict[str, tuple[str, CodeType]] = {}
        self._used: set[str] = set()
        self._fresh = False

    @property
    def options(self) -> dict[str, Any]:
        """How every environment is set, so that what one compiles serves all."""
        return {**_OPTIONS, "bytecode_cache": self}

    def environment(self, loader: BaseLoader) -> Environment:
        """Return an environment that these templates are compiled for."""
        kind = Sandbox if self.sandboxed else Environment
        return kind(loader=loader, **self.options)

    def recall(self, file: Path) -> None:
        """Take over what an earlier process compiled, if nobody else can have written it."""
        with suppress(OSError, ValueError, EOFError, TypeError):
            if os.name == "posix":
                for place in (file, file.parent):
                    found = place.stat()
                    if found.st_uid != os.getuid() or found.st_mode & _OF_OTHERS:
                        return
            body = file.read_bytes()
            if sha256(body[_DIGEST:]).digest() == body[:_DIGEST]:
                self._codes = marshal.loads(body[_DIGEST:])  # noqa: S302  ours alone, and whole

    def keep(self, file: Path) -> None:
        """Leave what was compiled for the next process, where the machine lets us."""
        if not self._fresh:
            return
        if len(self._codes) > _MOST:
            self._codes = {key: self._codes[key] for key in self._used}
        with suppress(OSError, SparetireError):
            file.parent.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
            body = marshal.dumps(self._codes)
            write_atomic(file, sha256(body).digest() + body)

    def compile_theme(
        self, theme: Path, filters: dict[str, Callable[..., Any]], names: Iterable[str] = ()
    ) -> None:
        """Compile templates of a theme: those named, or every one."""
        environment = self.environment(FileSystemLoader(theme / "templates"))
        environment.filters.update(filters)
        for name in names or environment.list_templates():
            environment.get_template(name)

    @override
    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._codes.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code
            self._used.add(bucket.key)

    @override
    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._codes[bucket.key] = bucket.checksum, bucket.code
            self._used.add(bucket.key)
            self._fresh = True
