"""The lock files: complete, hashed, in step with pyproject.toml, and silent about servers."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
RUNTIME = ROOT / "requirements.lock"
DEV = ROOT / "requirements-dev.lock"
PEERS = {name: ROOT / "benchmarks" / f"{name}.lock" for name in ("aws", "pelican")}
LOCKS = (RUNTIME, DEV, *PEERS.values())
NPM_LOCK = ROOT / "tests" / "pages" / "package-lock.json"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PROJECT["dependency-groups"]


def pins(lock: Path) -> dict[str, Version]:
    found = PIN.findall(lock.read_text(encoding="utf-8"))
    return {canonicalize_name(name): Version(version) for name, version in found}


def wanted(*groups: str) -> list[Requirement]:
    asked = list(PROJECT["project"]["dependencies"])
    for group in groups:
        asked += [each for each in GROUPS[group] if isinstance(each, str)]
    return [Requirement(each) for each in asked]


def unmet(lock: Path, requirements: list[Requirement]) -> list[str]:
    have = pins(lock)
    return [
        str(each)
        for each in requirements
        if not each.specifier.contains(
            have.get(canonicalize_name(each.name), Version("0.dev0")), prereleases=True
        )
    ]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_of_a_lock_carries_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
    assert [entry for entry in entries if PIN.match(entry) is None] == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_server(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text


def test_the_lock_of_the_page_audit_names_no_server() -> None:
    packages = json.loads(NPM_LOCK.read_text(encoding="utf-8"))["packages"]
    third_party = {name: value for name, value in packages.items() if name}
    assert third_party
    assert [name for name, value in third_party.items() if "resolved" in value] == []
    assert [name for name, value in third_party.items() if "integrity" not in value] == []


def test_the_runtime_lock_meets_what_the_project_asks() -> None:
    assert unmet(RUNTIME, wanted("editable")) == []


def test_the_development_lock_meets_what_the_project_asks() -> None:
    assert unmet(DEV, wanted("editable", "dev")) == []


@pytest.mark.parametrize("peer", PEERS)
def test_the_lock_of_a_peer_meets_what_the_project_asks(peer: str) -> None:
    assert unmet(PEERS[peer], [Requirement(each) for each in GROUPS[f"peer-{peer}"]]) == []


def test_tests_run_against_the_versions_that_users_get() -> None:
    development = pins(DEV)
    assert {name: development.get(name) for name in pins(RUNTIME)} == pins(RUNTIME)
