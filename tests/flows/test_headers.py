"""A server can be told how to protect readers, and is looked at afterwards."""

import json
import re
from pathlib import Path

import pytest

from sparetire.flows.headers import headers_page, look_at_headers
from sparetire.hosts.loopback import serve
from sparetire.model.finding import Finding
from sparetire.model.protection import HEADERS, missing
from tests.pages.audit import served
from tests.support.command import call
from tests.support.places import free_port
from tests.support.workspaces import settings_with, workspace_in

LANGUAGES = ("fr", "en")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_header_is_in_every_form_of_the_page(code: str) -> None:
    page = call("docs", "headers", "--lang", code).out
    assert "{{" not in page
    for name, value in HEADERS.items():
        assert f'add_header {name} "{value}" always;' in page
        assert f'Header always set {name} "{value}"' in page
        assert f"  {name}: {value}\n" in page


def test_the_policy_for_cloudfront_is_what_its_service_reads() -> None:
    text = re.search(r"^\{.*^\}", headers_page("en"), re.DOTALL | re.MULTILINE)
    assert text is not None
    policy = json.loads(text[0])
    security = policy["SecurityHeadersConfig"]
    assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] == 31536000
    assert security["ContentSecurityPolicy"]["ContentSecurityPolicy"].startswith("default-src")
    assert policy["CustomHeadersConfig"]["Quantity"] == len(
        policy["CustomHeadersConfig"]["Items"]
    )


def test_a_header_is_missed_in_any_case_and_only_where_it_means_something() -> None:
    assert missing({name.lower() for name in HEADERS}, secure=True) == ()
    assert missing(set(), secure=True) == tuple(HEADERS)
    assert "Strict-Transport-Security" not in missing(set(), secure=False)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<p>here", encoding="utf-8")
    return tmp_path / "site"


def looked_at(folder: Path, url: str) -> list[str | Finding]:
    workspace = workspace_in(folder / "boreal")
    settings = settings_with(workspace, {("targets", "local", "url"): f'"{url}"'})
    return list(look_at_headers(settings.target("local")))


def test_a_server_that_sends_none_is_told_which(tmp_path: Path, site: Path) -> None:
    with served(site) as base:
        (found,) = looked_at(tmp_path, base.rstrip("/"))
    assert isinstance(found, Finding)
    assert found.rule == "headers-missing"
    assert "Content-Security-Policy" in found.message
    assert "sparetire docs headers" in found.remedy


def test_our_own_server_sends_them_all(tmp_path: Path, site: Path) -> None:
    with serve(site, "127.0.0.1", free_port()) as base:
        (found,) = looked_at(tmp_path, base)
    assert found == "local sends every header that protects its readers."


def test_an_address_that_does_not_answer_is_for_others_to_tell(tmp_path: Path) -> None:
    assert looked_at(tmp_path, "http://127.0.0.1:9") == []
