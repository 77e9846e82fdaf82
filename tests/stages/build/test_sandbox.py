"""A template of a workspace reads what it is given, and nothing else of this machine."""

import os
import re
import signal
import subprocess
import sys
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, TemplateError
from pelican.utils import DateFormatter

from sparetire.model.routes import PageUrls, Routes
from sparetire.stages.build import sandbox
from sparetire.stages.build.links import Links
from sparetire.stages.build.settings import filters_in
from sparetire.stages.build.templates import CompiledTemplates, code_file

ROUTES = Routes("https://info.boreal.example", PageUrls.FOLDER, single=False)
LINKS = Links(ROUTES, ["fr/index.html"])
GIVEN: dict[str, Any] = {
    "page": {"path": "fr/index.html", "title": "Titre", "rows": [1, 2]},
    "site": {"words": {"skip": "Passer"}, "pages": []},
    "links": LINKS,
    "link": partial(LINKS.to, "fr/index.html"),
    "url": ROUTES.url,
}
GLOBALS = ["cycler", "joiner", "namespace", "lipsum", "dict", "range"]
ESCAPES = [
    *(f"{{{{ {name}.__init__ }}}}" for name in GLOBALS),
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ cycler|attr('__init__') }}",
    "{{ cycler|attr('__in' ~ 'it__') }}",
    "{{ lipsum['__globals__'] }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ ().__class__.__base__.__subclasses__() }}",
    "{{ '{0.__class__}'.format(page) }}",
    "{{ '{0.__class__}'|attr('format')(page) }}",
    "{{ '{page.__class__}'.format_map({'page': page}) }}",
    "{{ ('{0.__class__}'|safe).format(page) }}",
    "{{ ([link]|map(attribute='func.__self__')|first).place }}",
    "{{ ([link]|map('attr', '__class__')|first).mro }}",
    "{{ [url, url]|sort(attribute='__globals__') }}",
    "{{ ([url]|groupby('__globals__')|first).grouper.os }}",
    "{{ url.__func__.__globals__ }}",
    "{{ links._routes }}",
    "{{ link.func.__self__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "{% for row in page.rows %}{{ loop._iterator }}{% endfor %}",
    "{{ page.update({'title': 'Autre'}) }}",
    "{{ page.rows.append(3) }}",
    "{{ site.pages.clear() }}",
    "{{ (page.rows|map('string')).gi_frame.f_builtins }}",
]


def rendered(text: str, **more: str) -> str:
    environment = CompiledTemplates(sandboxed=True).environment(DictLoader({"a": text, **more}))
    environment.filters.update(filters_in(UTC), strftime=DateFormatter())
    return environment.get_template("a").render(**GIVEN)


def test_a_harmless_template_reads_and_links() -> None:
    text = (
        "{{ page.title }} {{ link('fr/index.html') }} {{ '{0}'.format(page.title) }} {{ 2*3 }}"
    )
    assert rendered(text) == "Titre ./ Titre 6"


@pytest.mark.parametrize("escape", ESCAPES)
def test_no_template_reaches_python_or_changes_what_it_is_given(escape: str) -> None:
    before = repr(GIVEN["page"])
    with pytest.raises((TemplateError, TypeError, AttributeError)) as refused:
        rendered(escape)
    assert re.search("unsafe|undefined|not safely|no attribute|no filter", str(refused.value))
    assert repr(GIVEN["page"]) == before


@pytest.mark.parametrize(
    "endless",
    [
        "{{ range(10**9)|list }}",
        "{{ 10**(10**10) }}",
        "{{ (10**20000) * (10**20000) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include 'a' %}",
        "{% extends 'a' %}",
        "{% import 'a' as b %}{{ b.c }}",
    ],
)
def test_what_would_not_end_is_refused_at_once(endless: str) -> None:
    with pytest.raises((TemplateError, OverflowError, RecursionError)):
        rendered(endless)


def test_code_without_checks_is_never_taken_for_code_with_them() -> None:
    assert code_file() != code_file(sandboxed=True)
    assert CompiledTemplates().environment(DictLoader({})).sandboxed is False


LONG = """
import sys
from datetime import UTC
from pathlib import Path
from sparetire.stages.build.sandbox import limit_templates, unlimit_templates
with open(sys.argv[1], "w") as trace:
    limit_templates(trace, 1)
    exec(compile(sys.argv[3], sys.argv[2], "exec"))
"""


def limited(tmp_path: Path, code: str) -> tuple[int, str, str]:
    place = tmp_path / "templates" / "_pied-de-page.html"
    done = subprocess.run(
        [sys.executable, "-c", LONG, tmp_path / "trace", place, code],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, (tmp_path / "trace").read_text("utf-8"), done.stderr


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such limits")
def test_an_exception_ends_a_loop_and_knows_its_line(tmp_path: Path) -> None:
    code, _, said = limited(tmp_path, "\nwhile True: pass")
    assert code == 1
    assert "TimeoutError" in said
    assert '_pied-de-page.html", line 2' in said


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such limits")
def test_one_long_operation_is_ended_by_the_system_and_leaves_its_place(tmp_path: Path) -> None:
    code, trace, _ = limited(tmp_path, "sum(range(10 ** 12))")
    assert code == -signal.SIGXCPU
    assert "_pied-de-page.html" in trace


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds memory")
def test_memory_that_is_not_there_is_an_exception(tmp_path: Path) -> None:
    code, _, said = limited(tmp_path, f"'a' * {sandbox.MEMORY}")
    assert (code, "MemoryError" in said) == (1, True)
