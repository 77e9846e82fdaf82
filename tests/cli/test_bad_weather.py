"""What a network, a service or a cache can do to a launch: found, told, and never as success.

Each ends with its own exit code, leaves the public as it says, shows no secret anywhere, and
is finished by the same command once the weather is fair.
"""

import ssl
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
import trustme

from tests.support.command import Team, refused
from tests.support.faults import Answer, Fault, Proxy, faulty
from tests.support.places import free_port
from tests.support.samples import ALL, draw
from tests.support.seaweed import Seaweed

TO_PRODUCTION = ("--yes", "--json", "--target", "production")
PAGE = b"<!doctype html><title>Welcome to the hotel</title>"
HTML = {"Content-Type": "text/html; charset=utf-8"}
NEW = "panne-electricite"
MOST_LOOKS = 7  # in a second, and one to advise; the usual patience takes more than ten


@pytest.fixture
def line(seaweed_server: Seaweed) -> Iterator[Proxy]:
    with faulty(seaweed_server.endpoint_url) as proxy:
        yield proxy


@pytest.fixture
def far_team(bucket_team: Team, seaweed_server: Seaweed, line: Proxy) -> Team:
    """Return a team whose own requests and whose readers' pass the line."""
    for key in ("endpoint_url", "url"):
        path = (
            ""
            if key == "endpoint_url"
            else f"/{seaweed_server.bucket}/{bucket_team.folder.name}"
        )
        bucket_team.set("targets", "production", key, value=f'"{line.endpoint_url}{path}"')
    return bucket_team


def ours(answer: Answer) -> Callable[[str, str], Fault]:
    """Answer so to every request of ours; readers' requests are for pages."""
    return lambda _method, path: (
        None if path.startswith("/site/") and "?" not in path else answer
    )


def readers(part: str, answer: Answer) -> Callable[[str, str], Fault]:
    """Answer so to readers who ask for an address with this part."""

    def rule(method: str, path: str) -> Fault:
        public = method == "GET" and path.startswith("/site/") and "?" not in path
        return answer if public and part in path else None

    return rule


def told(error: Mapping[str, object]) -> str:
    return str(error)


SERVICES = {
    "another region": (
        Answer(400, "AuthorizationHeaderMalformed", {"x-amz-bucket-region": "ca-central-1"}),
        4,
        'region = "ca-central-1"',
    ),
    "an expired session": (Answer(400, "ExpiredToken"), 4, "session has ended"),
    "no such key": (Answer(403, "InvalidAccessKeyId"), 4, "does not know this key"),
    "no right": (Answer(403, "AccessDenied"), 4, "lack a right"),
    "a sign-in page": (Answer(200, body=PAGE, headers=HTML), 6, "as an S3 service does"),
    "an outage": (Answer(503), 6, "cannot be reached"),
}


@pytest.mark.parametrize("weather", draw(list(SERVICES), 2, "services"))
def test_a_service_that_cannot_be_used_leaves_the_public_unchanged(
    weather: str, far_team: Team, line: Proxy
) -> None:
    answer, code, words = SERVICES[weather]
    line.rule = ours(answer)

    error = spoilt(far_team, code)

    assert words in told(error)
    assert error["public"] == "Nothing has changed for the public."
    finishes_without_a_trace_of_secrets(far_team, line)


def test_a_session_that_ends_half_way_is_told_as_half_way(far_team: Team, line: Proxy) -> None:
    line.always("PUT", "/index.html", Answer(400, "ExpiredToken"))

    error = spoilt(far_team, 7)

    assert "session has ended" in told(error)
    finishes_without_a_trace_of_secrets(far_team, line)


@pytest.mark.parametrize("minutes", draw([20, -20], 1, "clocks"))
def test_a_clock_that_is_20_minutes_wrong_is_named(
    far_team: Team, line: Proxy, minutes: int
) -> None:
    wrong = datetime.now(UTC) + timedelta(minutes=minutes)  # noqa: TID251  the real one
    with time_machine.travel(wrong, tick=True):
        error = spoilt(far_team, 4)

    assert f"clock is {abs(minutes)} min" in told(error)
    finishes_without_a_trace_of_secrets(far_team, line)


def test_a_certificate_of_another_name_stops_everything(
    far_team: Team, line: Proxy, seaweed_server: Seaweed, tmp_path: Path
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    far_team.env["AWS_CA_BUNDLE"] = str(tmp_path / "authority.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("another.example").configure_cert(context)
    before = far_team.settings
    with faulty(seaweed_server.endpoint_url, context) as stranger:
        value = f'"{stranger.endpoint_url}"'
        far_team.set("targets", "production", "endpoint_url", value=value)
        error = spoilt(far_team, 6)

    assert "belongs to another name" in told(error)
    (far_team.folder / "sparetire.toml").write_text(before, encoding="utf-8")
    finishes_without_a_trace_of_secrets(far_team, line)


def test_nobody_there(far_team: Team, line: Proxy) -> None:
    before = far_team.settings
    nowhere = f'"http://127.0.0.1:{free_port()}"'
    far_team.set("targets", "production", "endpoint_url", value=nowhere)

    error = spoilt(far_team, 6)

    assert "cannot be reached" in told(error)
    (far_team.folder / "sparetire.toml").write_text(before, encoding="utf-8")
    finishes_without_a_trace_of_secrets(far_team, line)


CACHES = {
    "the old page": (
        "/fr/index.html",
        Answer(200, body=b"<p>old", headers=HTML),
        "other bytes",
    ),
    "a cached 404": (NEW, Answer(404, headers=HTML, body=b"not found"), "answers 404"),
    "a page of the cache's own": (NEW, Answer(200, body=PAGE, headers=HTML), "other bytes"),
    "an error": ("/fr/index.html", Answer(502), "answers 502"),
}


@pytest.mark.parametrize("weather", draw(list(CACHES), 2, "caches"))
def test_what_readers_do_not_see_is_no_success(
    weather: str, far_team: Team, line: Proxy
) -> None:
    part, answer, words = CACHES[weather]
    line.rule = readers(part, answer)

    error = spoilt(far_team, 8)

    assert words in told(error)
    finishes_without_a_trace_of_secrets(far_team, line)


def test_a_cache_is_given_the_time_that_the_settings_say(far_team: Team, line: Proxy) -> None:
    table = "[targets.production]\n"
    settings = far_team.settings.replace(table, f"{table}patience = 1\n")
    (far_team.folder / "sparetire.toml").write_text(settings, encoding="utf-8")
    part, answer, _ = CACHES["the old page"]
    line.rule = readers(part, answer)

    error = spoilt(far_team, 8)

    looks = [path for method, path, _ in line.seen if method == "GET" and part in path]
    assert len(looks) <= MOST_LOOKS
    assert "as long as a cache keeps it" in error["public"]
    assert "patience = SECONDS" in error["next"]
    finishes_without_a_trace_of_secrets(far_team, line)


def test_no_secret_is_among_the_words_of_any_program_that_runs(
    far_team: Team, line: Proxy
) -> None:
    found = []
    canary = far_team.env["AWS_SECRET_ACCESS_KEY"].encode()

    def look(_method: str, _path: str) -> Fault:
        for place in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = place.read_bytes()
            except OSError:
                continue
            found.extend([words] if canary in words else [])
        return None

    line.rule = look
    assert far_team.run(*far_team.launch(*TO_PRODUCTION)).code == 0
    assert found == []
    assert line.seen


def spoilt(team: Team, code: int) -> dict[str, Any]:
    """Give the command in bad weather; its words hold no secret."""
    words = ["--verbose"] if ALL else []
    ended = team.call(*words, *team.launch(*TO_PRODUCTION))
    assert secrets_in(team, ended.out + ended.err) == []
    return refused(ended, code)


def finishes_without_a_trace_of_secrets(team: Team, line: Proxy) -> None:
    """Give the same command in fair weather, and search all that was said and written."""
    line.rule = lambda _method, _path: None
    again = team.call(*team.launch(*TO_PRODUCTION))
    assert again.code == 0, again.out
    assert secrets_in(team, again.out + again.err) == []


def secrets_in(team: Team, said: str) -> list[str]:
    """Name each secret that was said, or is in a file of the workspace."""
    files = {path: path.read_bytes() for path in team.folder.rglob("*") if path.is_file()}
    return [
        name
        for name in ("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID")
        if team.env[name] in said
        or any(team.env[name].encode() in body for body in files.values())
    ]
