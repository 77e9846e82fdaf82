"""The four calls that a launch makes, without boto3 between it and the service.

boto3 reads its models of the service and a rule book of all regions before its first request,
and leads each request past dozens of hooks. What must be right stays botocore's: credentials,
signatures, connections, proxies, certificates, the reading of errors, and their names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from threading import Lock
from time import sleep
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest, AWSResponse
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
from botocore.session import Session

from sparetire.hosts.s3.answers import parsed, refuse_half_of
from sparetire.hosts.s3.connections import Connections
from sparetire.hosts.s3.errors import retrieved
from sparetire.hosts.s3.places import Places
from sparetire.hosts.s3.retries import try_again

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

__all__ = ["CHANGING", "DirectClient"]

Named = Mapping[str, Any]
Answer = dict[str, Any]

_HEADERS = {
    "CacheControl": "Cache-Control",
    "ContentMD5": "Content-MD5",
    "ContentType": "Content-Type",
    "IfMatch": "If-Match",
    "IfNoneMatch": "If-None-Match",
    "Range": "Range",
}
CHANGING = {"PUT", "POST", "DELETE"}
_KNOWN = {"Body", "Bucket", "Key", "Metadata", *_HEADERS}
# Codes: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
_ELSEWHERE = {
    "AuthorizationHeaderMalformed",
    "IllegalLocationConstraintException",
    "PermanentRedirect",
    "TemporaryRedirect",
}
_ELSEWHERE_STATUS = {301, 302, 307}


@dataclass(frozen=True, slots=True)
class _Call:
    """One of the four: its name in the service's terms and in boto3's, and its HTTP method."""

    operation: str
    name: str
    method: str


_PUT = _Call("PutObject", "put_object", "PUT")
_GET = _Call("GetObject", "get_object", "GET")
_HEAD = _Call("HeadObject", "head_object", "HEAD")
_DELETE = _Call("DeleteObject", "delete_object", "DELETE")


class DirectClient:
    """Stands where a client of boto3 stands, and leaves to one whatever else is asked of it.

    Args:
        session: Where credentials come from.
        places: Where the buckets answer.
        connections: What carries requests.
        guard: Asked before each try of a request that changes something.
        complete: Makes a client of boto3.
    """

    def __init__(
        self,
        session: Session,
        places: Places,
        connections: Connections,
        guard: Callable[[], object],
        complete: Callable[[], "S3Client"],
    ) -> None:
        self.meta = SimpleNamespace(endpoint_url=places.endpoint)
        with retrieved():
            self._credentials = session.get_credentials()
        self._places = places
        self._connections = connections
        self._guard = guard
        self._make_complete = complete
        self._turn = Lock()
        self._elsewhere: set[str] = set()

    def open_ahead(self, bucket: str, count: int) -> None:
        """Open connections to a bucket that so many requests at once will soon need."""
        self._connections.open_ahead(self._places.url(bucket, ""), count)

    def close(self) -> None:
        """Close every connection."""
        self._connections.close()

    def put_object(self, **named: Any) -> Answer:  # noqa: ANN401  boto3's own names
        """Store a file."""
        return self._do(_PUT, named)

    def get_object(self, **named: Any) -> Answer:  # noqa: ANN401  boto3's own names
        """Return a file and its headers."""
        return self._do(_GET, named)

    def head_object(self, **named: Any) -> Answer:  # noqa: ANN401  boto3's own names
        """Return the headers of a file."""
        return self._do(_HEAD, named)

    def delete_object(self, **named: Any) -> Answer:  # noqa: ANN401  boto3's own names
        """Take a file away."""
        return self._do(_DELETE, named)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  boto3's own
        """Return whatever else boto3's client has."""
        with self._turn:
            complete = self._complete
        return getattr(complete, name)

    @cached_property
    def _complete(self) -> "S3Client":
        return self._make_complete()

    def _do(self, call: _Call, named: Named) -> Answer:
        if named["Bucket"] not in self._elsewhere and named.keys() <= _KNOWN:
            try:
                return self._ask(call, named)
            except ClientError as error:
                if not _is_elsewhere(error, call):
                    raise
                # To find where takes more questions, and boto3 asks them.
                self._elsewhere.add(named["Bucket"])
        answer: Answer = self.__getattr__(call.name)(**named)
        return answer

    def _ask(self, call: _Call, named: Named) -> Answer:
        """Send a request, again where that may help.

        Raises:
            BotoCoreError: No answer came, or there is nothing to sign with.
            ClientError: The service refuses.
            SparetireError: The guard does not let it be sent.
        """
        tries, context = 0, dict[str, Any]()
        while True:
            tries += 1
            if call.method in CHANGING:
                self._guard()
            failed: dict[str, Any] = {"response": None, "caught_exception": None}
            try:
                answer = self._send(call, named)
            except BotoCoreError as error:
                refused: Exception = error
                failed["caught_exception"] = error
            else:
                fields = parsed(answer, call.method)
                if "Error" not in fields:
                    return fields
                refused = ClientError(cast("Any", fields), call.operation)
                failed["response"] = (answer, fields)
            pause = try_again(attempts=tries, request_dict={"context": context}, **failed)
            if pause is None:
                raise refused
            sleep(pause)

    def _send(self, call: _Call, named: Named) -> AWSResponse:
        """Send a request once, signed for this moment."""
        request = AWSRequest(
            call.method,
            self._places.url(named["Bucket"], named["Key"]),
            headers=_headers(named),
            data=named.get("Body", b""),
        )
        if self._credentials is None:
            raise NoCredentialsError
        with retrieved():
            credentials = self._credentials.get_frozen_credentials()
        S3SigV4Auth(credentials, "s3", self._places.region).add_auth(request)
        answer: AWSResponse = self._connections.send(request.prepare())
        refuse_half_of(answer, call.method)
        return answer


def _headers(named: Named) -> dict[str, str]:
    headers = {_HEADERS[name]: value for name, value in named.items() if name in _HEADERS}
    marks = named.get("Metadata", {}).items()
    return headers | {f"x-amz-meta-{name}": value for name, value in marks}


def _is_elsewhere(error: ClientError, call: _Call) -> bool:
    """Tell whether a service says that a bucket is in another region than asked.

    An answer without a body cannot give the reason: to HEAD, any bad request may be that.
    """
    status = error.response["ResponseMetadata"]["HTTPStatusCode"]
    return (
        status in _ELSEWHERE_STATUS
        or error.response["Error"].get("Code") in _ELSEWHERE
        or (call is _HEAD and status == HTTPStatus.BAD_REQUEST)
    )
