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

    @property
    def response(self) -> dict[str, Any]:
        return {
            "Error": {"Code": self.code, "Message": self.message},
            "ResponseMetadata": {"HTTPHeaders": self.headers},
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
