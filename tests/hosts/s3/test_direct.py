"""Calls past boto3 end as they do through it: with the same fields, tries and errors."""

import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from typing import Any, cast

import pytest
from botocore.exceptions import ClientError, NoCredentialsError

from sparetire.config.services import S3Service
from sparetire.hosts.s3.client import open_client
from sparetire.hosts.s3.direct import DirectClient
from tests.support.doorkeeper import doorkeeper
from tests.support.faults import Answer, Fault, LostAnswer, Proxy

LAUNCH = """
import sys
from pathlib import Path
from sparetire.config.services import S3Service
from sparetire.hosts.s3 import S3Host
from tests.support.editions import edition, page_with_style, publish
service, folder = S3Service.model_validate_json(sys.argv[1]), Path(sys.argv[2])
made = publish(S3Host(service), edition(folder, page_with_style("one")))
assert S3Host(service).private_urls()
print(made.counter, sorted({"boto3", "s3transfer"} & sys.modules.keys()))
"""
ELSEWHERE = {"x-amz-bucket-region": "ca-central-1"}
HTML = b"<!doctype html><title>Welcome to the hotel</title><p>Sign in"
XML = b"<Error><Code>InternalError</Code><Message>Try again.</Message></Error>"

Call = Callable[[Any, S3Service], object]


@pytest.fixture
def client(service: S3Service, line: Proxy) -> DirectClient:
    return opened(service, line)


def opened(service: S3Service, line: Proxy) -> DirectClient:
    behind = service.model_copy(update={"endpoint_url": line.endpoint_url})
    client: object = open_client(behind)
    assert isinstance(client, DirectClient)
    return client


def put(client: Any, service: S3Service) -> object:
    return client.put_object(Bucket=service.bucket, Key=f"{service.prefix}fr", Body=b"un")


def get(client: Any, service: S3Service) -> object:
    return client.get_object(Bucket=service.bucket, Key=f"{service.prefix}fr")


def head(client: Any, service: S3Service) -> object:
    return client.head_object(Bucket=service.bucket, Key=f"{service.prefix}fr")


def delete(client: Any, service: S3Service) -> object:
    return client.delete_object(Bucket=service.bucket, Key=f"{service.prefix}fr")


METHODS: dict[Call, str] = {put: "PUT", get: "GET", head: "HEAD", delete: "DELETE"}
CALLS = list(METHODS)
REFUSALS = [
    Answer(301, "PermanentRedirect", ELSEWHERE),
    Answer(307, "TemporaryRedirect", ELSEWHERE),
    Answer(400, "AuthorizationHeaderMalformed", ELSEWHERE),
    Answer(400, "ExpiredToken"),
    Answer(403, "RequestTimeTooSkewed"),
    Answer(404),
    Answer(404, "NoSuchBucket"),
    Answer(409, "ConditionalRequestConflict"),
    Answer(412, "PreconditionFailed"),
    Answer(403, body=HTML),
    Answer(501, "NotImplemented"),
    Answer(507, "InsufficientStorage"),
]
PASSING = [
    (call, fault)
    for call in CALLS
    for fault in (Answer(503), Answer(500, "InternalError"), LostAnswer())
]
PASSING += [(call, Answer(200, body=XML)) for call in (put, delete)]


def told(call: Call, client: object, service: S3Service) -> tuple[str, object, object, str]:
    """Return what a refused call tells, as far as anything of ours is decided by it."""
    with pytest.raises(ClientError) as refusal:
        call(client, service)
    response = cast("dict[str, Any]", refusal.value.response)
    response["ResponseMetadata"]["HTTPHeaders"].pop("date", None)
    said = response["ResponseMetadata"]
    return (
        refusal.value.operation_name,
        response["Error"],
        (said["HTTPStatusCode"], said["HTTPHeaders"]),
        str(refusal.value).partition(" (reached")[0][:20],
    )


@pytest.mark.parametrize("call", CALLS)
def test_a_refusal_reads_as_through_boto3(service: S3Service, line: Proxy, call: Call) -> None:
    whole = opened(service, line).list_objects_v2.__self__
    for answer in REFUSALS:
        line.always(METHODS[call], "", answer)
        assert told(call, opened(service, line), service) == told(call, whole, service), answer
    whole.close()


def test_a_page_in_place_of_a_success_reads_as_through_boto3(
    service: S3Service, client: DirectClient, line: Proxy
) -> None:
    line.rule = lambda _method, _path: Answer(200, body=HTML)
    whole = client.list_objects_v2.__self__
    assert told(put, client, service) == told(put, whole, service)
    whole.close()


@pytest.mark.parametrize(("call", "fault"), PASSING)
def test_what_may_pass_is_asked_again(
    service: S3Service, client: DirectClient, line: Proxy, call: Call, fault: Fault
) -> None:
    put(client, service)
    line.seen.clear()
    faults: list[Fault] = [fault]
    line.rule = lambda _method, _path: faults.pop() if faults else None
    call(client, service)
    assert len(line.seen) == 2
    assert "amz-sdk-request" not in line.seen[0][2]  # not boto3's


def test_fields_are_those_of_boto3(
    service: S3Service, client: DirectClient, line: Proxy
) -> None:
    whole = client.list_objects_v2.__self__
    named = {"Bucket": service.bucket, "Key": f"{service.prefix}é/index.html"}
    made = client.put_object(
        **named, Body="Écrit".encode(), Metadata={"sparetire": "1"}, CacheControl="max-age=1"
    )
    ours, theirs = client.get_object(**named), whole.get_object(**named)
    assert ours["Body"].read() == theirs["Body"].read() == "Écrit".encode()
    for name in ("ETag", "LastModified", "Metadata"):
        assert ours[name] == theirs[name]
    assert ours["ETag"] == made["ETag"]
    assert "date" in ours["ResponseMetadata"]["HTTPHeaders"]
    assert client.head_object(**named)["Metadata"] == {"sparetire": "1"}
    assert line.seen
    whole.close()


def test_what_only_boto3_knows_is_left_to_it(
    service: S3Service, client: DirectClient, line: Proxy
) -> None:
    client.put_object(
        Bucket=service.bucket, Key=f"{service.prefix}fr", Body=b"un", ContentLanguage="fr-CA"
    )
    assert line.seen[0][2]["Content-Language"] == "fr-CA"
    assert "amz-sdk-request" in line.seen[0][2]
    client.close()


def test_half_a_body_is_asked_for_again(service: S3Service) -> None:
    start = b'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Length: 6\r\nConnection: close\r\n\r\n'
    bodies = [b"entier", b"ent"]
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while bodies:
                connection = server.accept()[0]
                with connection:
                    connection.recv(65536)
                    connection.sendall(start + bodies.pop())

        thread = Thread(target=answer)
        thread.start()
        here = f"http://127.0.0.1:{server.getsockname()[1]}"
        client = open_client(service.model_copy(update={"endpoint_url": here}))
        assert client.get_object(Bucket="boreal", Key="fr")["Body"].read() == b"entier"
        thread.join()


def test_without_credentials_nothing_is_sent(
    service: S3Service, line: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(NoCredentialsError):
        put(opened(service, line), service)
    assert line.seen == []


def test_a_publish_loads_no_boto3(service: S3Service, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", LAUNCH, service.model_dump_json(), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[3],
    )
    assert run.stdout.split(maxsplit=1) == ["1", "[]\n"], run.stderr


def test_connections_opened_ahead_are_those_that_a_push_uses(service: S3Service) -> None:
    with doorkeeper(8) as address, ThreadPoolExecutor(8) as pool:
        client: object = open_client(service.model_copy(update={"endpoint_url": address}))
        assert isinstance(client, DirectClient)
        client.open_ahead("boreal", 8)
        sent = [
            pool.submit(client.get_object, Bucket="boreal", Key=f"{number}")
            for number in range(8)
        ]
        assert {each.result()["ETag"] for each in sent} == {'"1"'}
        client.close()
