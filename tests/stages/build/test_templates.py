"""A template is compiled once a process, and never mistaken for another one."""

import marshal
import os
import sys
from pathlib import Path
from subprocess import run

import jinja2
import pytest
from jinja2 import Environment, FileSystemLoader

from sparetire import __version__
from sparetire.stages.build.templates import CompiledTemplates, code_file

PAGE = "page.html"
HOMES = ("HOME", "XDG_CACHE_HOME")
UNKNOWN = """
import pwd
from sparetire.stages.build.child import main
pwd.getpwuid = {}.__getitem__
main()
"""  # as in a container that runs under a number of its own


def theme(folder: Path, text: str) -> Path:
    templates = folder / "templates"
    templates.mkdir(parents=True, exist_ok=True)
    (templates / PAGE).write_text(text, encoding="utf-8")
    return folder


def environment_of(compiled: CompiledTemplates, folder: Path) -> Environment:
    return compiled.environment(FileSystemLoader(folder / "templates"))


def shown(compiled: CompiledTemplates, folder: Path) -> str:
    environment = environment_of(compiled, folder)
    environment.filters["loud"] = str.upper
    return environment.get_template(PAGE).render(word="<a>")


def test_what_was_compiled_before_serves_every_later_environment(tmp_path: Path) -> None:
    compiled, folder = CompiledTemplates(), theme(tmp_path, text := "{{ word|loud }}")
    file, environment = str(folder / "templates" / PAGE), environment_of(compiled, folder)
    assert compiled.get_bucket(environment, PAGE, file, text).code is None
    compiled.compile_theme(folder, {"loud": str.upper})
    assert compiled.get_bucket(environment, PAGE, file, text).code is not None
    assert shown(compiled, folder) == "&lt;A&gt;"


def test_a_template_that_was_changed_is_compiled_anew(tmp_path: Path) -> None:
    compiled, folder = CompiledTemplates(), theme(tmp_path, "before {{ word }}")
    compiled.compile_theme(folder, {})
    theme(tmp_path, "after {{ word }}")
    assert shown(compiled, folder) == "after &lt;a&gt;"


def test_templates_of_one_name_in_two_themes_are_two(tmp_path: Path) -> None:
    compiled = CompiledTemplates()
    ours, theirs = (theme(tmp_path / name, f"{name} {{{{ word }}}}") for name in ("a", "b"))
    compiled.compile_theme(ours, {}, [PAGE])
    assert shown(compiled, theirs) == "b &lt;a&gt;"
    assert shown(compiled, ours) == "a &lt;a&gt;"


def test_the_next_process_compiles_nothing_anew(tmp_path: Path) -> None:
    file, folder = tmp_path / "cache" / "codes", theme(tmp_path, text := "{{ word }}")
    first, second = CompiledTemplates(), CompiledTemplates()
    first.recall(file)
    first.compile_theme(folder, {})
    first.keep(file)
    second.recall(file)
    page = str(folder / "templates" / PAGE)
    environment = environment_of(second, folder)
    assert second.get_bucket(environment, PAGE, page, text).code is not None
    assert second.get_bucket(environment, PAGE, page, "other").code is None
    written = file.stat().st_mtime_ns
    second.compile_theme(folder, {})
    second.keep(file)
    assert file.stat().st_mtime_ns == written


@pytest.mark.parametrize("open_to_others", ["codes", "."])
def test_code_that_others_could_have_written_is_not_run(
    tmp_path: Path, open_to_others: str
) -> None:
    file, folder = tmp_path / "cache" / "codes", theme(tmp_path, text := "{{ word }}")
    compiled, again = CompiledTemplates(), CompiledTemplates()
    compiled.compile_theme(folder, {})
    compiled.keep(file)
    (file.parent / open_to_others).chmod(0o777)
    again.recall(file)
    page = str(folder / "templates" / PAGE)
    assert again.get_bucket(environment_of(again, folder), PAGE, page, text).code is None


def test_a_user_whom_the_system_does_not_know_builds_without_a_cache() -> None:
    env = {name: text for name, text in os.environ.items() if name not in HOMES}

    told = run(
        [sys.executable, "-c", UNKNOWN], input=b"", capture_output=True, env=env, check=False
    )

    assert (told.returncode, told.stderr) == (0, b"")


def test_what_decides_the_code_is_in_the_name_of_its_file() -> None:
    file = code_file()
    assert file is not None
    assert all(f"-{one}-" in file.name for one in (__version__, jinja2.__version__))


def test_a_file_in_which_one_bit_has_turned_is_not_read(tmp_path: Path) -> None:
    file, folder = tmp_path / "cache" / "codes", theme(tmp_path, text := "{{ word }}")
    compiled, again = CompiledTemplates(), CompiledTemplates()
    compiled.compile_theme(folder, {})
    compiled.keep(file)
    body = file.read_bytes()
    file.write_bytes(body[:-9] + bytes([body[-9] ^ 1]) + body[-8:])
    again.recall(file)
    page = str(folder / "templates" / PAGE)
    assert again.get_bucket(environment_of(again, folder), PAGE, page, text).code is None


@pytest.mark.parametrize("damage", [b"", b"not code", marshal.dumps(7)])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, damage: bytes) -> None:
    file, folder = tmp_path / "codes", theme(tmp_path, "{{ word }}")
    file.write_bytes(damage)
    compiled = CompiledTemplates()
    compiled.recall(file)
    assert shown(compiled, folder) == "&lt;a&gt;"
