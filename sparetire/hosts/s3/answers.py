"""Reads what a service answers into what boto3 makes of it."""

from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectionClosedError

__all__ = ["parsed", "refuse_half_of"]

_LEAST_ERROR = 301
_SERVICE_FAULT = 500
_MARK = "x-amz-meta-"


def refuse_half_of(answer: AWSResponse, method: str) -> None:
    """Refuse a body that is shorter than its own headers say.

    Raises:
        ConnectionClosedError: The line was cut in the middle.
    """
    due = answer.headers.get("content-length")
    if method == "GET" and due is not None and due != str(len(answer.content)):
        raise ConnectionClosedError(endpoint_url=answer.url)


def parsed(answer: AWSResponse, method: str) -> dict[str, Any]:
    """Return the fields of an answer; one that holds an error has the key ``Error``.

    Some errors come with the status of a success. Whoever asked for nothing but a success is
    then told in the body, or finds somebody else's page there.
    """
    if answer.status_code < _LEAST_ERROR:
        if method != "GET" and answer.content:
            fields = _error(answer, _SERVICE_FAULT)
            if fields["Error"]["Code"]:
                answer.status_code = _SERVICE_FAULT
                return fields
        return _success(answer)
    return _error(answer, answer.status_code)


def _success(answer: AWSResponse) -> dict[str, Any]:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    fields: dict[str, Any] = {
        "ResponseMetadata": {"HTTPStatusCode": answer.status_code, "HTTPHeaders": headers},
        "Metadata": {
            name.removeprefix(_MARK): value
            for name, value in headers.items()
            if name.startswith(_MARK)
        },
        "Body": BytesIO(answer.content),
    }
    if tag := headers.get("etag"):
        fields["ETag"] = tag
    if changed := headers.get("last-modified"):
        fields["LastModified"] = parsedate_to_datetime(changed)
    return fields


def _error(answer: AWSResponse, status: int) -> dict[str, Any]:
    from botocore.parsers import RestXMLParser  # noqa: PLC0415  mostly nothing is wrong

    said = {"status_code": status, "headers": answer.headers, "body": answer.content}
    nothing_due: Any = None
    fields: dict[str, Any] = RestXMLParser().parse(said, nothing_due)
    return fields
