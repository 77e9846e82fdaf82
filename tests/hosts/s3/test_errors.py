"""Each answer of a service gets its class, its reason, and no secret."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from sparetire.errors import (
    ConfigurationFault,
    CredentialsRefused,
    HostUnreachable,
    SparetireError,
)
from sparetire.hosts.s3.errors import Asked, explain

ASKED = Asked("boreal-info", "https://s3.example", "boreal")


@dataclass(eq=False)
class Refusal(Exception):
    """An answer of the service, as the library hands it on."""

    code: str
    operation_name: str = "PutObject"
    message: str = "said the service"
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 0

    @property
    def response(self) -> dict[str, Any]:
        return {
            "Error": {"Code": self.code, "Message": self.message},
            "ResponseMetadata": {
                "HTTPHeaders": self.headers,
                "HTTPStatusCode": self.status,
            },
        }


@pytest.mark.parametrize(
    ("code", "kind", "told"),
    [
        ("InvalidAccessKeyId", CredentialsRefused, "does not know this key"),
        ("SignatureDoesNotMatch", CredentialsRefused, "does not belong to the key"),
        ("ExpiredToken", CredentialsRefused, "aws sso login --profile boreal"),
        ("AccessDenied", CredentialsRefused, "s3:PutObject"),
        ("RequestTimeTooSkewed", CredentialsRefused, "15 min"),
        ("NoSuchBucket", ConfigurationFault, "no bucket 'boreal-info'"),
        ("PermanentRedirect", ConfigurationFault, "another region"),
        ("AuthorizationHeaderMalformed", ConfigurationFault, "another region"),
        ("QuotaExceeded", HostUnreachable, "no more room"),
        ("SlowDown", HostUnreachable, "SlowDown said the service"),
        ("503", HostUnreachable, "503"),
        ("NeverHeardOf", HostUnreachable, "NeverHeardOf said the service"),
    ],
)
def test_codes(code: str, kind: type[SparetireError], told: str) -> None:
    error = explain(Refusal(code), ASKED)
    assert type(error) is kind
    assert told in " ".join((error.what, *error.why, error.then))
    assert "https://s3.example" in error.what or "'boreal-info'" in error.what


def test_the_credentials_place_is_named() -> None:
    assert "the AWS profile 'boreal'" in explain(Refusal("InvalidAccessKeyId"), ASKED).what
    usual = explain(Refusal("InvalidAccessKeyId"), Asked("b", "AWS", None))
    assert "the AWS environment of this machine" in usual.what


@pytest.mark.parametrize(
    "code", ["InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied"]
)
def test_what_the_service_repeats_of_the_credentials_is_not_shown(code: str) -> None:
    error = explain(Refusal(code, message="AKIASECRETTHING was refused"), ASKED)
    assert "AKIASECRETTHING" not in " ".join((error.what, *error.why, error.then))


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("Mon, 23 Nov 2020 08:00:00 GMT", "ahead of the service's"),
        ("Mon, 23 Nov 2099 08:00:00 GMT", "behind the service's"),
    ],
)
def test_the_way_the_clock_is_wrong(date: str, told: str) -> None:
    error = explain(Refusal("RequestTimeTooSkewed", headers={"date": date}), ASKED)
    assert told in error.why[0]


NGINX = {"server": "nginx/1.24.0"}


@pytest.mark.parametrize(
    ("refusal", "kind", "why", "then"),
    [
        (
            Refusal("AccessDenied", message="not authorized to perform: kms:GenerateDataKey",
                    status=403),
            CredentialsRefused, "kms:GenerateDataKey", "use the key",
        ),
        (
            Refusal("KMS.DisabledException", message="arn:aws:kms:ca-central-1: key/1 disabled",
                    status=400),
            ConfigurationFault, "KMS.DisabledException", "use the key",
        ),
        (
            Refusal("AccessDenied", message="Bucket is requester pays bucket but no "
                    "x-amz-request-payer header present", status=403),
            CredentialsRefused, "requester pays", "Turn off Requester Pays",
        ),
        (
            Refusal("AccessDenied", message="Cannot upload files, storage cap exceeded",
                    status=403),
            CredentialsRefused, "storage cap exceeded", "more room",
        ),
        (
            Refusal("InvalidRequest", message="Content-MD5 is required for Put Object requests "
                    "with Object Lock parameters", status=400),
            ConfigurationFault, "400 InvalidRequest", "without Object Lock",
        ),
        (
            Refusal("AccessDenied", message="Access Denied because object protected by object "
                    "lock.", status=403),
            CredentialsRefused, "protected by object lock", "without Object Lock",
        ),
        (
            Refusal("413", message="Request Entity Too Large", headers=NGINX, status=413),
            ConfigurationFault, "413 Request Entity Too Large (nginx/1.24.0)",
            "client_max_body_size",
        ),
        (
            Refusal("403", message="Forbidden", headers=NGINX, status=403),
            CredentialsRefused, "403 Forbidden (nginx/1.24.0)", "",
        ),
        (
            Refusal("MethodNotAllowed", message="Not allowed here", status=405),
            ConfigurationFault, "405 MethodNotAllowed Not allowed here", "what it refuses",
        ),
        (
            Refusal("AccessDenied", message="An explicit deny in a bucket policy", status=403),
            CredentialsRefused, "explicit deny in a bucket policy", "grant it",
        ),
        (
            Refusal("OperationAborted", message="A conflicting operation", status=409),
            HostUnreachable, "409 OperationAborted", "Run the same command again",
        ),
        (
            Refusal("503", message="Service Unavailable", status=503),
            HostUnreachable, "503 Service Unavailable", "Run the same command again",
        ),
    ],
    ids=lambda value: value.code if isinstance(value, Refusal) else "",
)  # fmt: skip
def test_a_refusal_is_told_in_the_services_own_words(
    refusal: Refusal, kind: type[SparetireError], why: str, then: str
) -> None:
    error = explain(refusal, ASKED)
    assert type(error) is kind
    assert why in error.why[0]
    assert then in error.then
    assert "No answer" not in error.why[0]
    assert kind is HostUnreachable or "Run the same command again;" not in error.then


def test_no_key_is_repeated_from_a_message() -> None:
    secret = "x1Y" * 12
    for code, status in (("AccessDenied", 403), ("InvalidRequest", 400), ("SlowDown", 503)):
        message = f"User AKIASECRETTHING with {secret} was refused"
        error = explain(Refusal(code, message=message, status=status), ASKED)
        told = " ".join((error.what, *error.why, error.then))
        assert "AKIASECRETTHING" not in told
        assert secret not in told
        assert "was refused" in told
