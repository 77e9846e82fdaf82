"""Our requests are those of boto3's own rule book; what might not be so is left to boto3."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import boto3
import pytest
import time_machine
from botocore.awsrequest import AWSPreparedRequest, AWSRequest, AWSResponse
from botocore.exceptions import ProfileNotFound
from botocore.session import Session
from typing_extensions import override

from sparetire.config.services import S3Service
from sparetire.hosts.s3.client import open_client
from sparetire.hosts.s3.connections import Connections
from sparetire.hosts.s3.direct import DirectClient
from sparetire.hosts.s3.places import places_of
from tests.support.editions import AT
from tests.support.samples import ALL

KEY = "fr/déversement à l’île/index ~1+(2).html"
REGIONS = {
    region
    for partition in boto3.Session().get_available_partitions()
    for region in boto3.Session().get_available_regions("s3", partition)
}
if not ALL:
    REGIONS &= {"us-east-1", "ca-central-1", "us-gov-west-1", "cn-north-1"}

Sent = tuple[str, str, dict[str, str]]


@pytest.fixture(autouse=True)
def aws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of AWS's settings; nothing of this machine's own counts."""
    for name in ("AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-a-secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "of-a-role")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    return tmp_path / "config"


def service(**settings: str | None) -> S3Service:
    usual: dict[str, str | None] = {
        "host": "s3",
        "url": "https://info.boreal.example",
        "bucket": "boreal-info",
        "state_bucket": "boreal-info-state",
    }
    return S3Service.model_validate(usual | settings)


class Line(Connections):
    """Connections that lead nowhere, and keep what was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[AWSRequest | AWSPreparedRequest] = []

    @override
    def send(self, request: AWSRequest | AWSPreparedRequest) -> AWSResponse:
        self.sent.append(request)
        return AWSResponse(
            str(request.url), 200, cast("Any", {"ETag": '"1"'}), cast("Any", _Nothing())
        )


class _Nothing(BytesIO):
    def stream(self, *_sizes: int, **_options: object) -> list[bytes]:
        return []


def whole_of(client: object) -> Any:
    """Return the client of boto3 behind ours."""
    return cast("Any", client).list_objects_v2.__self__


def said(request: AWSRequest | AWSPreparedRequest) -> Sent:
    """Return all of a request, its signature too, but who sends it."""
    headers = {
        name.lower(): str(value, "utf-8") if isinstance(value, bytes) else value
        for name, value in cast("dict[str, str | bytes]", request.headers).items()
        if not name.lower().startswith(("amz-sdk-", "user-agent"))
    }
    return str(request.method), str(request.url), headers


def both(asked: S3Service, ask: Callable[[Any], object]) -> list[Sent]:
    """Return the same call as we send it and as boto3 does; only boto3 where we leave it."""
    line = Line()
    whole = whole_of(open_client(asked))
    whole.meta.events.register("before-send.s3", lambda request, **_more: line.send(request))
    session = Session()
    with time_machine.travel(AT, tick=False):
        ask(whole)
        if places := places_of(asked, session):
            ask(DirectClient(session, places, line, lambda: None, lambda: whole))
    whole.close()
    return [said(request) for request in line.sent]


def put(client: Any) -> None:
    client.put_object(
        Bucket="boreal-info",
        Key=KEY,
        Body="<p>Écrit".encode(),
        ContentType="text/html; charset=utf-8",
        CacheControl="public, max-age=60",
        Metadata={"sparetire": "0" * 64},
    )


CALLS: list[Callable[[Any], object]] = [
    put,
    lambda client: client.put_object(Bucket="boreal-info", Key=KEY, Body=b"", IfNoneMatch="*"),
    lambda client: client.put_object(Bucket="boreal-info", Key=KEY, Body=b"1", IfMatch='"1"'),
    lambda client: client.get_object(Bucket="boreal-info", Key=KEY),
    lambda client: client.get_object(Bucket="boreal-info", Key=KEY, Range="bytes=0-9"),
    lambda client: client.head_object(Bucket="boreal-info", Key=KEY),
    lambda client: client.delete_object(Bucket="boreal-info", Key=KEY),
    lambda client: client.delete_object(Bucket="boreal-info", Key=KEY, IfMatch='"1"'),
]


@pytest.mark.parametrize("endpoint", [None, "https://s3.example:8443", "http://[::1]:1/s3/"])
@pytest.mark.parametrize("ask", CALLS)
def test_every_call_is_sent_as_boto3_sends_it(
    endpoint: str | None, ask: Callable[[Any], object]
) -> None:
    theirs, ours = both(service(endpoint_url=endpoint, region="ca-central-1"), ask)
    assert ours == theirs
    assert "x-amz-security-token" in ours[-1]
    assert "Signature=" in ours[-1]["authorization"]


@pytest.mark.parametrize("region", [*sorted(REGIONS), None])
def test_every_region_is_asked_where_boto3_asks_it(region: str | None) -> None:
    requests = both(service(region=region), put)
    assert len(requests) == 1 or requests[0] == requests[1]
    assert len(requests) == 2 or region != "ca-central-1"


@pytest.mark.parametrize(
    "settings",
    [
        {"bucket": "boreal.info"},
        {"state_bucket": "boreal--x-s3"},
        {"region": "aws-global"},
        {"endpoint_url": "https://s3.example", "bucket": "arn:aws:s3:::boreal"},
    ],
    ids=str,
)
def test_what_has_rules_of_its_own_is_left_to_boto3(settings: dict[str, str]) -> None:
    assert places_of(service(**settings), Session()) is None


@pytest.mark.parametrize(
    "line",
    [
        "endpoint_url = https://s3.example",
        "services = ours",
        "use_fips_endpoint = true",
        "s3 =\n  addressing_style = path",
        "s3 =\n  signature_version = s3",
    ],
)
def test_wishes_in_the_files_of_aws_are_left_to_boto3(aws: Path, line: str) -> None:
    aws.write_text(f"[default]\n{line}\n")
    assert places_of(service(), Session()) is None


def test_an_address_in_the_environment_is_left_to_boto3(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://s3.example")
    client = open_client(service())
    assert client.meta.endpoint_url == "https://s3.example"
    client.close()


def test_wishes_for_another_program_are_no_matter(aws: Path) -> None:
    aws.write_text("[default]\nregion = ca-central-1\ns3 =\n  max_concurrent_requests = 2\n")
    places = places_of(service(), Session())
    assert places is not None
    assert places.endpoint == "https://s3.ca-central-1.amazonaws.com"


def test_a_profile_that_is_not_there_is_told() -> None:
    with pytest.raises(ProfileNotFound):
        open_client(service(profile="nobody"))
