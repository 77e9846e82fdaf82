"""What leaves the house: the sdist and the wheel hold everything, and the wheel runs alone."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.ports import free_port

ROOT = Path(__file__).parents[2]
SHIPPED = ("themes", "skeletons")


@dataclass(frozen=True)
class Built:
    """The two files that a release consists of."""

    sdist: Path
    wheel: Path

    @property
    def sdist_files(self) -> set[str]:
        with tarfile.open(self.sdist) as archive:
            return {each.name.partition("/")[2] for each in archive if each.isfile()}

    @property
    def wheel_files(self) -> set[str]:
        with zipfile.ZipFile(self.wheel) as archive:
            return set(archive.namelist())


@dataclass(frozen=True)
class Installed:
    """A place without a checkout, where only the wheel gives sparetire."""

    python: Path
    folder: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {name: os.environ[name] for name in os.environ if name != "PYTHONPATH"}
        return subprocess.run(
            [self.python, *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def sparetire(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(str(self.python.with_name("sparetire")), *arguments)


def tree(folder: str) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def under(names: set[str], folder: str) -> set[str]:
    return {name for name in names if name.startswith(f"{folder}/")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    out = tmp_path_factory.mktemp("dist")
    # The wheel is made from the sdist, as it is for a release.
    run = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)],
        cwd=out,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    (sdist,) = out.glob("*.tar.gz")
    (wheel,) = out.glob("*.whl")
    return Built(sdist, wheel)


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("elsewhere")
    home = folder / "venv"
    venv.create(home, with_pip=False)
    bin_folder = home / ("Scripts" if os.name == "nt" else "bin")
    place = Installed(bin_folder / "python", folder)
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(place.python), "install", "--quiet",
         "--no-deps", "--no-index", "--disable-pip-version-check", str(built.wheel)],
        check=True,
    )  # fmt: skip
    # The dependencies come from the environment of the tests. A path named in a .pth file does
    # not have its own .pth files read, so the editable install in there stays out of sight.
    here = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    site = place.run("-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout
    Path(site.strip(), "dependencies.pth").write_text("\n".join(here), encoding="utf-8")
    return place


@pytest.mark.parametrize("folder", SHIPPED)
def test_the_wheel_carries_every_file_of_a_shipped_folder(built: Built, folder: str) -> None:
    carried = under(built.wheel_files, f"sparetire/_bundled/{folder}")
    assert carried == {f"sparetire/_bundled/{name}" for name in tree(folder)}
    assert carried


@pytest.mark.parametrize("folder", [*SHIPPED, "sparetire"])
def test_the_sdist_carries_every_file_of_a_folder(built: Built, folder: str) -> None:
    assert under(built.sdist_files, folder) == tree(folder)


def test_the_wheel_carries_the_whole_package_and_nothing_else(built: Built) -> None:
    carried = {name for name in built.wheel_files if ".dist-info/" not in name}
    assert {name for name in carried if "/_bundled/" not in name} == tree("sparetire")


def test_the_wheel_carries_the_licence(built: Built) -> None:
    assert any(name.endswith("/licenses/LICENSE") for name in built.wheel_files)


def test_an_installed_wheel_runs_without_the_checkout(installed: Installed) -> None:
    where = installed.run("-c", "import sparetire; print(sparetire.__file__)").stdout
    assert Path(where).is_relative_to(installed.folder)
    shown = installed.sparetire("--version")
    assert shown.returncode == 0, shown.stderr
    assert "0.1.0" in shown.stdout


def test_an_installed_wheel_launches_a_site(installed: Installed) -> None:
    made = installed.sparetire("init", "desk", "--yes")
    assert made.returncode == 0, made.stderr
    desk = installed.folder / "desk"
    settings = desk / "sparetire.toml"
    text = settings.read_text(encoding="utf-8")
    text, count = re.subn(r'(\[targets\.local\][^\[]*:)\d+"', rf'\g<1>{free_port()}"', text)
    assert count == 1
    settings.write_text(text, encoding="utf-8")
    for language in ("fr", "en"):
        desk.joinpath(f"{language}.md").write_text("Nobody was hurt.\n", encoding="utf-8")

    launched = installed.sparetire(
        "--workspace", str(desk), "--json", "launch", "--yes",
        "--keywords", "fr=déversement", "--keywords", "en=spill",
        "--title", "fr=Déversement de diesel", "--title", "en=Diesel spill",
        "--content", f"fr={desk / 'fr.md'}", "--content", f"en={desk / 'en.md'}",
    )  # fmt: skip

    assert launched.returncode == 0, launched.stdout + launched.stderr
    result = json.loads(launched.stdout)
    assert result["ok"] is True
    assert set(result["urls"]) == {"fr", "en"}
    pages = [path.read_text(encoding="utf-8") for path in desk.rglob("current/en/*/index.html")]
    assert any("Diesel spill" in page for page in pages)
