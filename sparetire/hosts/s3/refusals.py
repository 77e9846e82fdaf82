"""Refusals that no second try can mend: what the service itself says, and what to change.

Messages of a service are shown, since its codes alone say too little: ``AccessDenied`` is also
the code of an encryption key that may not be used, of Requester Pays and of a full account.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

__all__ = ["Refused", "forbidden", "refused", "said"]

_PASSING = {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.CONFLICT,
    HTTPStatus.PRECONDITION_FAILED,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
}
"""Statuses of the client's side that another try may mend."""

_EMPTY = {"", "access denied", "access denied.", "forbidden", "forbidden."}
# Keys of AWS begin so (IAM User Guide, "IAM identifiers"); other services make long words.
_KEYS = re.compile(r"\b(?:AKIA|ASIA)\w*|\b[A-Za-z0-9+/]{24,}={0,2}")
_LONGEST = 300  # characters of a service's message


class Refused(NamedTuple):
    """Why a service refuses, and what is to be changed there."""

    why: str
    then: str


_CASES = {
    re.compile(r"\bkms\b|kms:|KMS\.", re.IGNORECASE): (
        "Let these credentials use the key that encrypts the bucket (kms:GenerateDataKey and "
        "kms:Decrypt), then run the command again."
    ),
    re.compile(r"requester[ -]?pays|request-payer", re.IGNORECASE): (
        "Turn off Requester Pays for that bucket: readers do not pay to read."
    ),
    re.compile(r"quota|storage cap|cap exceeded|limit exceeded", re.IGNORECASE): (
        "Ask for more room there, then run the command again."
    ),
    re.compile(r"object[ -]?lock|retention|legal hold|WORM", re.IGNORECASE): (
        "Pages are replaced when they change: use a bucket without Object Lock, or lift it."
    ),
    re.compile(r"too ?large|413", re.IGNORECASE): (
        "Raise the size limit of the service or of the proxy in front of it "
        "(client_max_body_size in nginx), then run the command again."
    ),
}
_ASK = "Ask those who run the service what it refuses, then run the same command again."


def forbidden(answer: Mapping[str, Any], right: str) -> Refused:
    """Return why the service forbids a request, in its own words where it has any.

    Args:
        answer: Its answer, as boto3 reads it.
        right: The right that is missing most often.
    """
    message = str(answer.get("Error", {}).get("Message", ""))
    then = _remedy(answer)
    lack = f"They lack a right: {right}." if right else "They lack a right."
    if then:
        return Refused(said(answer), then)
    ask = "Ask those who run the account to grant it, then run the command again."
    if message.strip().lower() in _EMPTY:
        return Refused(f"{lack} {said(answer)}" if _server(answer) else lack, ask)
    return Refused(f"{lack} {said(answer)}", ask)


def refused(answer: Mapping[str, Any]) -> Refused | None:
    """Return why the service refuses for good, or None where another try may succeed."""
    status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if not (
        HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
        and status not in _PASSING
    ):
        return None
    return Refused(said(answer), _remedy(answer) or _ASK)


def said(answer: Mapping[str, Any]) -> str:
    """Return the status, the code and the message of an answer, without anything secret."""
    status = str(answer.get("ResponseMetadata", {}).get("HTTPStatusCode", "") or "")
    error = answer.get("Error", {})
    code, message = str(error.get("Code", "")), str(error.get("Message", "")).strip()
    told = " ".join(dict.fromkeys(part for part in (status, code, message) if part))
    server = _server(answer)
    shown = _KEYS.sub("…", told)[:_LONGEST]
    return f"The service says: {shown}{f' ({server})' if server else ''}"


def _remedy(answer: Mapping[str, Any]) -> str:
    error = answer.get("Error", {})
    told = f"{error.get('Code', '')} {error.get('Message', '')}"
    return next((then for sign, then in _CASES.items() if sign.search(told)), "")


def _server(answer: Mapping[str, Any]) -> str:
    """Return the name of a web server that answers in the place of a storage service."""
    headers = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    server = str(headers.get("server", ""))
    web = server.lower().startswith(("nginx", "apache", "caddy", "haproxy", "cloudflare"))
    return server if web else ""
